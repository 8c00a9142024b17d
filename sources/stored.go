package sources

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/sources/shape"
	"tereze/sources/snapshot"
)

// NotFetched is the reason code of a source that never answered.
const NotFetched = "not_fetched"

// fetched reads what is in use of a fetched source. Where its newest answer
// is not in use, the deliveries are stale and say why, and an answer that
// came and was refused is a Delivery of its own without records.
func fetched(ctx context.Context, inst *config.Instance, src config.Source, store *snapshot.Store) ([]Delivery, []model.Problem) {
	h, err := store.History(src.ID)
	if err != nil {
		return nil, []model.Problem{unreadable(src.Path, err.Error(), "")}
	}
	door := newDoor(inst)
	var out []Delivery
	for _, k := range h.Good {
		if ctx.Err() != nil {
			return out, []model.Problem{unreadable(src.Path, "reading was stopped: "+ctx.Err().Error(), "")}
		}
		if !isTable(k.Name) {
			continue
		}
		out = append(out, door.kept(src, store, k))
	}
	if h.Trouble == nil && len(h.Good) > 0 {
		return out, nil
	}
	since := day(h.Checked)
	for i := range out {
		d := &out[i]
		d.Stale, d.Since, d.Age = true, since, days(since, inst.Today)
		d.Problems = append(d.Problems, staleProblem(d, h.Trouble))
	}
	switch {
	case h.Trouble != nil && h.Trouble.SHA256 != "":
		out = append(out, refusedDelivery(src, h.Trouble))
	case len(h.Good) == 0:
		out = append(out, Delivery{Source: src, File: src.ID, Problems: []model.Problem{neverFetched(src, h.Trouble)}})
	}
	return out, nil
}

// kept reads one answer in use.
func (o door) kept(src config.Source, store *snapshot.Store, k snapshot.Kept) Delivery {
	d := Delivery{Source: settled(src), File: k.Name}
	data, _, err := store.Get(k.SHA256)
	d.Snapshot = snapshot.Describe(data, model.Snapshot{
		Origin: k.Origin, Source: src.ID, RetrievedAt: k.RetrievedAt, RetrievedOn: day(k.RetrievedAt),
		Licence: src.Licence, Original: k.Original, Redacted: k.Redacted,
	})
	d.Source.RetrievedOn = d.Snapshot.RetrievedOn
	if err != nil {
		d.Snapshot.SHA256 = k.SHA256
		d.Problems = append(d.Problems, unreadable(k.Name, err.Error(), "fetch the source anew"))
		return d
	}
	Decode(&d, data, o.totals)
	d.tellRedacted()
	return d
}

// isTable tells the data from what only describes them, such as the field
// map of a data set.
func isTable(name string) bool { return !strings.HasSuffix(name, ".meta.json") }

func staleProblem(d *Delivery, t *snapshot.Trouble) model.Problem {
	p := model.Problem{
		Place: model.Place{File: d.File}, Code: t.Code, Level: model.Warning,
		Args: map[string]string{"since": string(d.Since), "days": fmt.Sprint(d.Age), "address": t.Address},
		Text: fmt.Sprintf("the copy of %s is in use, %d days old: %s", d.Since, d.Age, t.Text), Hint: t.Hint,
	}
	if t.Address != "" {
		p.Text = fmt.Sprintf("the copy of %s is in use, %d days old: %s: %s", d.Since, d.Age, t.Address, t.Text)
	}
	return p
}

func refusedDelivery(src config.Source, t *snapshot.Trouble) Delivery {
	return Delivery{
		Source: src, File: t.Name,
		Snapshot: model.Snapshot{SHA256: t.SHA256, Origin: t.Address, Source: src.ID, RetrievedAt: t.At, RetrievedOn: day(t.At), Licence: src.Licence},
		Problems: []model.Problem{{
			Place: model.Place{File: t.Name}, Code: t.Code, Level: model.Error,
			Args: refusedArgs(t), Text: t.Text, Hint: t.Hint,
		}},
	}
}

// refusedArgs are what words about a refused answer need; ChangesOf reads the
// differences of its shape back.
func refusedArgs(t *snapshot.Trouble) map[string]string {
	args := map[string]string{"file": t.Name}
	if len(t.Changes) > 0 {
		if text, err := json.Marshal(t.Changes); err == nil { // plain texts; they always can be written
			args["changes"] = string(text)
		}
	}
	return args
}

// ChangesOf are the differences of shape that a problem tells of.
func ChangesOf(p model.Problem) []shape.Change {
	var changes []shape.Change
	if json.Unmarshal([]byte(p.Args["changes"]), &changes) != nil {
		return nil // not about a shape
	}
	return changes
}

func neverFetched(src config.Source, t *snapshot.Trouble) model.Problem {
	p := model.Problem{
		Place: model.Place{File: src.ID}, Code: NotFetched, Level: model.Error, Args: map[string]string{"file": src.ID},
		Text: "the source has never answered yet", Hint: "run: tereze fetch " + src.ID,
	}
	if t != nil {
		p.Text += ": " + strings.TrimPrefix(t.Address+": "+t.Text, ": ")
		if t.Hint != "" {
			p.Hint = t.Hint
		}
	}
	return p
}

// Standing says, in a text to hash, what is in use of all fetched sources of
// an instance. It changes with everything that a site shows of them, and with
// nothing else: a source that was asked again and had nothing new leaves it
// as it was.
func Standing(inst *config.Instance, store *snapshot.Store) (string, error) {
	type answer struct{ Name, SHA256, Day string }
	type standing struct {
		Source             string
		Good               []answer
		Code, Refused, Age string
	}
	var all []standing
	for _, src := range inst.Sources {
		if !src.Networked() {
			continue
		}
		h, err := store.History(src.ID)
		if err != nil {
			all = append(all, standing{Source: src.ID, Code: err.Error()})
			continue
		}
		s := standing{Source: src.ID}
		for _, k := range h.Good {
			s.Good = append(s.Good, answer{k.Name, k.SHA256, string(day(k.RetrievedAt))})
		}
		if h.Trouble != nil {
			s.Code, s.Refused, s.Age = h.Trouble.Code, h.Trouble.SHA256, string(day(h.Checked))
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return "", nil
	}
	text, err := json.Marshal(all)
	return string(text), err
}

// day is the date of a time as histories write it.
func day(at string) model.Date {
	if len(at) < len("2006-01-02") {
		return ""
	}
	return model.Date(at[:len("2006-01-02")])
}

func days(from, to model.Date) int {
	if from == "" || to <= from {
		return 0
	}
	return int(to.Time().Sub(from.Time()).Hours() / 24)
}
