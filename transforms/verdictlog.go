package transforms

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sort"
	"strings"

	"tereze/config"
)

// VerdictLog remembers the verdicts of every release in which one changed.
// What a page shows of it depends only on the releases up to its own, so
// that building one again gives the same bytes.
type VerdictLog struct {
	path     string
	Releases []verdictState  `json:"releases"`
	Log      []VerdictChange `json:"log"` // derived, for whoever reads the file
}

type verdictState struct {
	Release  int                       `json:"release"`
	Today    string                    `json:"today"`
	Verdicts map[string]rememberedCase `json:"verdicts"` // by statement/then, statement/now
}

type rememberedCase struct {
	Verdict  string   `json:"verdict"`
	Inputs   []string `json:"inputs"`
	Declared string   `json:"declared"` // of the statement's own words and formula
}

// VerdictChange is one line of the log.
type VerdictChange struct {
	Statement string `json:"statement"`
	AsOf      string `json:"as_of"` // then, now
	Release   int    `json:"release"`
	Today     string `json:"today"`
	Before    string `json:"before,omitempty"`
	After     string `json:"after"`
	Reason    string `json:"reason"` // first, declaration_changed, data_arrived, data_changed, data_withdrawn
	Inputs    string `json:"inputs,omitempty"`
}

// openVerdictLog reads the log at path; an empty path keeps none.
func openVerdictLog(path string) (*VerdictLog, error) {
	l := &VerdictLog{path: path}
	if path == "" {
		return l, nil
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, l); err != nil {
		return nil, fmt.Errorf("%s: not a log of verdicts: %w; restore it, or remove it to begin a new one", path, err)
	}
	return l, nil
}

// note takes the verdicts of a release in.
func (l *VerdictLog) note(release int, today string, list []judged) {
	state := verdictState{release, today, map[string]rememberedCase{}}
	for _, x := range list {
		raw, _ := json.Marshal(x.Statement) // plain values: cannot fail
		sum := sha256.Sum256(raw)
		for asOf, j := range x.by {
			c := rememberedCase{Verdict: string(j.Verdict), Declared: hex.EncodeToString(sum[:8]), Inputs: []string{}}
			for _, o := range j.Outcomes {
				c.Inputs = append(c.Inputs, inputsOf(o.Inputs)...)
			}
			slices.Sort(c.Inputs)
			c.Inputs = slices.Compact(c.Inputs)
			state.Verdicts[x.ID+"/"+asOf] = c
		}
	}
	l.Releases = slices.DeleteFunc(l.Releases, func(s verdictState) bool { return s.Release == release })
	at := sort.Search(len(l.Releases), func(i int) bool { return l.Releases[i].Release > release })
	l.Releases = slices.Insert(l.Releases, at, state)
	l.Log = l.upTo(l.Releases[len(l.Releases)-1].Release)
}

// upTo are the lines of the releases up to one.
func (l *VerdictLog) upTo(release int) []VerdictChange {
	out := []VerdictChange{}
	before := map[string]rememberedCase{}
	for _, s := range l.Releases {
		if s.Release > release {
			break
		}
		var keys []string
		for k := range s.Verdicts {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			is := s.Verdicts[k]
			was, known := before[k]
			before[k] = is
			if known && was.Verdict == is.Verdict {
				continue
			}
			c := VerdictChange{Release: s.Release, Today: s.Today, Before: was.Verdict, After: is.Verdict, Reason: "first"}
			c.Statement, c.AsOf, _ = strings.Cut(k, "/")
			if known {
				c.Reason, c.Inputs = why(was, is)
			}
			out = append(out, c)
		}
	}
	return out
}

// why says what changed a verdict, and in which numbers.
func why(was, is rememberedCase) (reason, inputs string) {
	value := func(list []string) map[string]string {
		m := map[string]string{}
		for _, s := range list {
			id, v, _ := strings.Cut(s, "=")
			m[id] = v
		}
		return m
	}
	old, new := value(was.Inputs), value(is.Inputs)
	var changed, arrived, gone []string
	for id, v := range new {
		if o, ok := old[id]; !ok {
			arrived = append(arrived, id+"="+v)
		} else if o != v {
			changed = append(changed, id+"="+o+"→"+v)
		}
	}
	for id, v := range old {
		if _, ok := new[id]; !ok {
			gone = append(gone, id+"="+v)
		}
	}
	for _, x := range []struct {
		reason string
		list   []string
	}{{"data_changed", changed}, {"data_arrived", arrived}, {"data_withdrawn", gone}} {
		if len(x.list) > 0 && was.Declared == is.Declared {
			sort.Strings(x.list)
			return x.reason, strings.Join(x.list, " ")
		}
	}
	return "declaration_changed", ""
}

// Save writes the log; called once the site is switched, so that a build that
// failed leaves no line.
func (l *VerdictLog) Save() error {
	if l.path == "" || len(l.Releases) == 0 {
		return nil
	}
	raw, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(l.path+".new", append(raw, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(l.path+".new", l.path)
}

// Verdicts is the log of the store with the verdicts of its last Protect.
func (s *Store) Verdicts() *VerdictLog { return s.verdicts }

// register writes the tables of what was said, asked and promised.
func (s *Store) register(ctx context.Context, inst *config.Instance, release int) error {
	list, err := s.judge(ctx, inst)
	if err != nil {
		return fmt.Errorf("statements: %w", err)
	}
	if len(list) > 0 {
		s.verdicts.note(release, string(inst.Today), list)
	}
	if err := s.fillStatements(ctx, inst, list); err != nil {
		return err
	}
	changes := s.verdicts.upTo(release)
	nature := natureOf(inst)
	err = s.fill(ctx, "said_change", "statement varchar, as_of varchar, release bigint, today date, before varchar, after varchar, reason varchar, inputs varchar, nature varchar",
		len(changes), func(i int) []driver.Value {
			c := changes[i]
			return row(c.Statement, c.AsOf, int64(c.Release), c.Today, c.Before, c.After, c.Reason, c.Inputs, nature)
		})
	if err != nil {
		return err
	}
	if err := s.fillRequests(ctx, inst); err != nil {
		return err
	}
	return s.fillCommitments(ctx, inst)
}
