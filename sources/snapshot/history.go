package snapshot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"tereze/sources/shape"
)

// History is what happened to one fetched source: what is in use, since when
// it is known to be right, and what came since that is not used.
type History struct {
	Source  string                 `json:"source"`
	Good    []Kept                 `json:"good,omitempty"`    // the last good delivery; all of it is in use
	Checked string                 `json:"checked,omitempty"` // RFC 3339: when the source last gave or confirmed it
	Shapes  map[string]shape.Shape `json:"shapes,omitempty"`  // of the good delivery, by the name of the answer
	Trouble *Trouble               `json:"trouble,omitempty"` // why the last answer is not in use; nil = it is
	Events  []Event                `json:"events,omitempty"`  // oldest first
}

// Kept is one answer of a good delivery. Its bytes are a snapshot.
type Kept struct {
	Name         string `json:"name"`
	SHA256       string `json:"sha256"`
	Origin       string `json:"origin"` // address, redacted
	RetrievedAt  string `json:"retrieved_at"`
	Content      string `json:"content,omitempty"` // hash that does not depend on the order of rows
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	Original     string `json:"original,omitempty"` // hash of what came, where this is a redacted copy
	Redacted     int    `json:"redacted,omitempty"` // cells with personal data that the copy lacks
}

// Trouble is why the newest answer of a source is not in use.
type Trouble struct {
	At      string         `json:"at"`
	Code    string         `json:"code"`
	Text    string         `json:"text"`
	Hint    string         `json:"hint,omitempty"`
	Address string         `json:"address,omitempty"`
	Name    string         `json:"name,omitempty"`   // of the answer; empty where none came
	SHA256  string         `json:"sha256,omitempty"` // of its bytes, which are kept for looking at
	Changes []shape.Change `json:"changes,omitempty"`
}

// Outcome is how one attempt to fetch ended.
type Outcome string

// The outcomes of an attempt.
const (
	Fresh     Outcome = "new"
	Unchanged Outcome = "unchanged" // checked, unchanged
	Accepted  Outcome = "accepted"  // of a new shape, which a person accepted
	Refused   Outcome = "refused"   // an answer came and is not used
	Failed    Outcome = "failed"    // no answer came
)

// Event is one attempt, or several in a row that ended alike.
type Event struct {
	At      string   `json:"at"`
	Until   string   `json:"until,omitempty"` // the last of several
	Times   int      `json:"times,omitempty"` // how many, where more than one
	Outcome Outcome  `json:"outcome"`
	Code    string   `json:"code,omitempty"`
	SHA256  []string `json:"sha256,omitempty"`
}

// maxEvents is how many attempts are remembered; snapshots are kept all.
const maxEvents = 200

var sourceID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// History reads what is known of a source; of one never fetched, nothing.
func (s *Store) History(source string) (History, error) {
	h := History{Source: source}
	name, err := s.historyName(source)
	if err != nil {
		return h, err
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return h, nil
	}
	if err != nil {
		return h, err
	}
	if err := json.Unmarshal(text, &h); err != nil || h.Source != source {
		return History{Source: source}, fmt.Errorf("%s: is not the history of source %s; restore it from a copy, or remove it to fetch the source anew", name, source)
	}
	return h, nil
}

// Keep writes the history in one step.
func (s *Store) Keep(h History) error {
	name, err := s.historyName(h.Source)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return err
	}
	return write(name, append(text, '\n'))
}

func (s *Store) historyName(source string) (string, error) {
	if !sourceID.MatchString(source) {
		return "", fmt.Errorf("%q cannot name the history of a source; expected letters, digits, - and _", source)
	}
	return filepath.Join(s.dir, "sources", source+".json"), nil
}

// Now is the store's time as it is written.
func (s *Store) Now() string { return s.now().UTC().Format(time.RFC3339) }

// Note adds an attempt; one that ended like the attempt before is counted
// with it.
func (h *History) Note(e Event) {
	if n := len(h.Events); n > 0 {
		last := &h.Events[n-1]
		if last.Outcome == e.Outcome && last.Code == e.Code && slices.Equal(last.SHA256, e.SHA256) && e.Outcome != Accepted {
			last.Until, last.Times = e.At, max(last.Times, 1)+1
			return
		}
	}
	h.Events = append(h.Events, e)
	if extra := len(h.Events) - maxEvents; extra > 0 {
		h.Events = slices.Delete(h.Events, 0, extra)
	}
}

// Holds reports whether the bytes of every answer in use are there and whole.
func (s *Store) Holds(h History) bool {
	for _, k := range h.Good {
		if _, _, err := s.Get(k.SHA256); err != nil {
			return false
		}
	}
	return len(h.Good) > 0
}

// Last is the answer in use with the name.
func (h History) Last(name string) (Kept, bool) {
	i := slices.IndexFunc(h.Good, func(k Kept) bool { return k.Name == name })
	if i < 0 {
		return Kept{}, false
	}
	return h.Good[i], true
}

// Hashes are those of the delivery in use.
func (h History) Hashes() []string {
	var out []string
	for _, k := range h.Good {
		out = append(out, k.SHA256)
	}
	return out
}
