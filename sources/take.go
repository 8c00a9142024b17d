package sources

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tereze/config"
	"tereze/model"
	"tereze/sources/egov"
	"tereze/sources/fetch"
	"tereze/sources/grid"
	"tereze/sources/shape"
	"tereze/sources/snapshot"
)

// Reason codes of answers that came and are not used, beside grid.Unreadable.
const (
	Drift     = "drift"
	NoRecords = "no_records"
)

// Fetcher takes new snapshots of sources on a network.
type Fetcher struct {
	Client      *fetch.Client
	Store       *snapshot.Store
	AcceptShape []string            // ids of sources whose new shape a person accepts
	Env         func(string) string // where secrets are read; nil = the environment
	Count       Counter             // for files of cases; nil where there are none
}

// Fetched says how the attempt to fetch one source ended. Nothing in it is
// secret.
type Fetched struct {
	Source   string
	Outcome  snapshot.Outcome
	Answers  int
	Bytes    int64
	Redacted int            // cells with personal data that were taken out
	Changes  []shape.Change // of a refused, or an accepted, new shape
	Problem  *model.Problem // why the answer is not used, or none came
	Since    model.Date     // the day of what is in use; empty = nothing is
}

// Fetch asks one source and keeps what it answers, if it can be read and has
// the shape of what came before; else the last good snapshots stay in use.
func (f Fetcher) Fetch(ctx context.Context, inst *config.Instance, src config.Source) Fetched {
	t := taking{Fetcher: f, door: newDoor(inst), src: src, cases: map[string]string{}, result: Fetched{Source: src.ID}}
	h, err := f.Store.History(src.ID)
	if err != nil {
		return t.broken(unreadable(src.Path, err.Error(), ""))
	}
	t.history = h
	answers, err := connectors[src.Kind](ctx, request{client: f.Client, source: src, known: t.known(), env: f.Env, door: t.door})
	for i := range answers {
		if src.Aggregate != nil && err == nil {
			t.cases[answers[i].Name] = snapshot.Describe(answers[i].Body, model.Snapshot{}).SHA256
			answers[i], err = countAnswer(ctx, t.door, f.Count, src, answers[i])
		}
	}
	switch {
	case ctx.Err() != nil:
		return t.broken(unreadable(src.Path, "fetching was stopped: "+ctx.Err().Error(), ""))
	case err != nil:
		t.fail(err)
	default:
		t.take(answers)
	}
	if err := f.Store.Keep(t.history); err != nil {
		return t.broken(unreadable(src.Path, "its history cannot be kept: "+err.Error(), ""))
	}
	t.result.Since = day(t.history.Checked)
	return t.result
}

// taking is one attempt.
type taking struct {
	Fetcher
	door    door
	src     config.Source
	cases   map[string]string // hashes of fetched files of cases, by name: of them only counts are kept
	history snapshot.History
	result  Fetched
}

// broken is an attempt that leaves no trace in the history.
func (t *taking) broken(p model.Problem) Fetched {
	t.result.Outcome, t.result.Problem, t.result.Since = snapshot.Failed, &p, day(t.history.Checked)
	return t.result
}

// known are the validators of the snapshots in use; none where one of them
// is damaged, so that it comes anew.
func (t *taking) known() fetch.Known {
	if !t.Store.Holds(t.history) {
		return nil
	}
	known := fetch.Known{}
	for _, k := range t.history.Good {
		known[k.Name] = fetch.Validators{ETag: k.ETag, LastModified: k.LastModified}
	}
	return known
}

// fail records that no answer came.
func (t *taking) fail(err error) {
	now := t.Store.Now()
	trouble := snapshot.Trouble{At: now, Code: grid.Unreadable, Text: err.Error()}
	var e *fetch.Error
	if errors.As(err, &e) {
		trouble.Code, trouble.Text, trouble.Hint, trouble.Address = string(e.Code), e.Text, e.Hint, e.Address
		if e.Attempts > 1 {
			trouble.Text += fmt.Sprintf(" (%d attempts)", e.Attempts)
		}
	}
	t.history.Note(snapshot.Event{At: now, Outcome: snapshot.Failed, Code: trouble.Code})
	t.inTrouble(snapshot.Failed, trouble)
}

func (t *taking) inTrouble(o snapshot.Outcome, trouble snapshot.Trouble) {
	t.history.Trouble = &trouble
	place := trouble.Address
	if place == "" {
		place = t.src.ID
	}
	t.result.Outcome, t.result.Changes = o, trouble.Changes
	t.result.Problem = &model.Problem{
		Place: model.Place{File: place}, Code: trouble.Code, Level: model.Error,
		Args: map[string]string{"source": t.src.ID, "address": trouble.Address}, Text: trouble.Text, Hint: trouble.Hint,
	}
}

// take keeps a whole delivery or nothing of it.
func (t *taking) take(answers []fetch.Answer) {
	now := t.Store.Now()
	var kept []snapshot.Kept
	var fresh []arrival
	for _, a := range answers {
		k, body, err := t.keep(a)
		if err != nil {
			t.refuse(now, k, *err)
			return
		}
		kept = append(kept, k)
		t.result.Bytes += int64(len(body))
		t.result.Redacted += k.Redacted
		if body != nil {
			fresh = append(fresh, arrival{k, body})
		}
	}
	t.result.Answers = len(kept)
	event := snapshot.Event{At: now, Outcome: snapshot.Unchanged, SHA256: hashes(kept)}
	if len(fresh) > 0 || len(kept) != len(t.history.Good) {
		shapes, refused := t.judge(now, kept, fresh)
		if refused {
			return
		}
		event.Outcome = snapshot.Fresh
		if len(t.result.Changes) > 0 {
			event.Outcome = snapshot.Accepted
		}
		// A new release often has another name; the shape of the old one must
		// not linger, or nothing would be compared with it any more.
		maps.DeleteFunc(shapes, func(name string, _ shape.Shape) bool {
			return !slices.ContainsFunc(kept, func(k snapshot.Kept) bool { return k.Name == name })
		})
		t.history.Shapes = shapes
	}
	t.history.Good, t.history.Checked, t.history.Trouble = kept, now, nil
	t.history.Note(event)
	t.result.Outcome = event.Outcome
}

// arrival is an answer that is not in use yet.
type arrival struct {
	snapshot.Kept
	body []byte
}

// keep looks through an answer and makes a snapshot of it. The bytes come
// back where they are not what is in use already.
func (t *taking) keep(a fetch.Answer) (snapshot.Kept, []byte, *model.Problem) {
	k := snapshot.Kept{
		Name: a.Name, Origin: a.Address, Content: a.Content, RetrievedAt: a.At.UTC().Format(time.RFC3339),
		ETag: a.Validators.ETag, LastModified: a.Validators.LastModified,
	}
	last, had := t.history.Last(a.Name)
	same := func() snapshot.Kept {
		if k.ETag != "" || k.LastModified != "" {
			last.ETag, last.LastModified = k.ETag, k.LastModified
		}
		return last
	}
	if had && t.Store.Holds(t.history) && (a.Unchanged || a.Content != "" && a.Content == last.Content) {
		return same(), nil, nil
	}
	if a.Unchanged {
		p := unreadable(a.Name, "the source says that nothing has changed, but nothing of it is kept", "fetch it once more")
		return k, nil, &p
	}
	meta := model.Snapshot{
		Origin: a.Address, Source: t.src.ID, RetrievedAt: k.RetrievedAt, RetrievedOn: day(k.RetrievedAt),
		Licence: t.src.Licence, Headers: a.Headers,
	}
	src := settled(t.src)
	if !isTable(a.Name) {
		src = config.Source{Kind: "json"}
	}
	data, meta, _, err := t.door.redact(a.Body, meta, src)
	if err != nil {
		p := unreadable(a.Name, err.Error(), "")
		return k, nil, &p
	}
	if hash := t.cases[a.Name]; hash != "" {
		meta.Original = hash
	}
	k.Original, k.Redacted = meta.Original, meta.Redacted
	if k.SHA256 = snapshot.Describe(data, meta).SHA256; had && k.SHA256 == last.SHA256 && t.Store.Holds(t.history) {
		return same(), nil, nil
	}
	if _, err := t.Store.Put(data, meta); err != nil {
		p := unreadable(a.Name, "its snapshot cannot be kept: "+err.Error(), "")
		return k, nil, &p
	}
	return k, data, nil
}

// judge reads the new answers as a build will, and compares their shapes
// with those of the delivery in use.
func (t *taking) judge(now string, kept []snapshot.Kept, fresh []arrival) (map[string]shape.Shape, bool) {
	shapes := map[string]shape.Shape{}
	for name, s := range t.history.Shapes {
		shapes[name] = s
	}
	announced := t.announced(kept)
	var values int64
	tables := 0
	for _, a := range fresh {
		if !isTable(a.Name) {
			continue
		}
		tables++
		before, known := t.shapeBefore(a.Name)
		wanted := before.Heads()
		if !known {
			wanted = grid.Heads(t.src.Table)
		}
		d := Delivery{Source: settled(t.src), File: a.Name}
		grids := d.grids(a.body, nil)
		var found shape.Shape
		if len(grids) > 0 {
			found = shapeOf(grids, wanted, t.src.Table.HeaderRows, announced)
		}
		changes := shape.Diff(before, found)
		if known && len(grids) > 0 && len(changes) > 0 {
			t.result.Changes = append(t.result.Changes, changes...)
			if !slices.Contains(t.AcceptShape, t.src.ID) {
				t.drifted(now, a.Kept)
				return nil, true
			}
		}
		check := Delivery{Source: d.Source, File: a.Name}
		Decode(&check, a.body, t.door.totals)
		for _, p := range check.Problems {
			if p.Level == model.Error {
				t.refuse(now, a.Kept, p)
				return nil, true
			}
		}
		values += int64(len(check.Records)) + check.DroppedPersonal
		delete(shapes, a.Name)
		shapes[a.Name] = found.Remember(before)
	}
	if tables > 0 && values == 0 {
		t.refuse(now, fresh[0].Kept, model.Problem{
			Code: NoRecords, Text: "the answer holds not a single value under the columns that the source names",
			Hint: "compare the table of the source with the answer",
		})
		return nil, true
	}
	return shapes, false
}

// shapeBefore is the shape to compare with: that of the same name, or the
// only one there is, since a new release often has another name.
func (t *taking) shapeBefore(name string) (shape.Shape, bool) {
	if s, ok := t.history.Shapes[name]; ok {
		return s, true
	}
	if len(t.history.Shapes) == 1 {
		for _, s := range t.history.Shapes {
			return s, true
		}
	}
	return shape.Shape{}, false
}

// refuse records an answer that came and cannot be used.
func (t *taking) refuse(now string, k snapshot.Kept, p model.Problem) {
	t.history.Note(snapshot.Event{At: now, Outcome: snapshot.Refused, Code: p.Code, SHA256: nonEmpty(k.SHA256)})
	t.inTrouble(snapshot.Refused, snapshot.Trouble{
		At: now, Code: p.Code, Text: p.Text, Hint: p.Hint, Address: k.Origin, Name: k.Name, SHA256: k.SHA256,
	})
}

func (t *taking) drifted(now string, k snapshot.Kept) {
	said := make([]string, len(t.result.Changes))
	for i, c := range t.result.Changes {
		said[i] = c.String()
	}
	t.history.Note(snapshot.Event{At: now, Outcome: snapshot.Refused, Code: Drift, SHA256: nonEmpty(k.SHA256)})
	t.inTrouble(snapshot.Refused, snapshot.Trouble{
		At: now, Code: Drift, Address: k.Origin, Name: k.Name, SHA256: k.SHA256, Changes: t.result.Changes,
		Text: "the table has another shape: " + strings.Join(said, "; "),
		Hint: "look at it, mend the source's table where needed, then run: tereze fetch --accept-shape " + t.src.ID,
	})
}

// shapeOf is the shape of the sheets of an answer, with the columns that the
// source itself announces for it.
func shapeOf(grids []grid.Grid, wanted []string, headerRows int, announced []shape.Column) shape.Shape {
	s := shape.Of(&grids[0], wanted, headerRows)
	for _, c := range announced {
		if !slices.ContainsFunc(s.Columns, func(d shape.Column) bool { return d.Name == c.Name }) {
			s.Columns = append(s.Columns, c)
		}
	}
	return s
}

// announced are the columns that a field map among the answers names: a
// column that is empty in every row is not in the rows at all.
func (t *taking) announced(kept []snapshot.Kept) (columns []shape.Column) {
	for _, k := range kept {
		if isTable(k.Name) {
			continue
		}
		body, _, err := t.Store.Get(k.SHA256)
		if err != nil {
			continue // then the rows alone tell
		}
		m, err := egov.ParseMeta(body)
		if err != nil {
			continue // the connector has read it already
		}
		for name := range m.Fields {
			columns = append(columns, shape.Column{Name: name, Type: shape.Unknown})
		}
	}
	slices.SortFunc(columns, func(a, b shape.Column) int { return strings.Compare(a.Name, b.Name) })
	return columns
}

func hashes(kept []snapshot.Kept) (out []string) {
	for _, k := range kept {
		out = append(out, k.SHA256)
	}
	return out
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
