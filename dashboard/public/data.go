package public

import (
	"sort"

	"tereze/model"
)

// Data is the whole protected database as the site needs it. It is read
// once and never changed, so any number of workers may share it.
type Data struct {
	Release    map[string]string
	Indicators map[string]*Indicator
	Accounting []Accounting
	Refusals   []Refusal
	Deliveries []Delivery
	Evidence   []Evidence
	Register   Register
	Checks     Checks
	Statistics Statistics
	Counts     map[string]int64 // rows by table
	coverage   map[string]Coverage
	// by the identity of the value
	denominators map[string]Denominator
	references   map[refKey]Reference
	byArea       map[Key][]*Value
}

// Indicator is all values of one indicator, by area, then time, then source.
type Indicator struct {
	ID       string
	Values   []*Value
	Restated []*Value // on the territories of other days, in the order of the files
	byArea   map[Key][]*Value
	periods  []*Period // newest first
	every    []*Value
}

// Coverage says how many of the children that owed a report sent one.
type Coverage struct{ Reported, Due int }

// Denominator is the stock that a rate divides by: what it counts, of what
// day it is, how many days before the end of the period that was, and how many
// the indicator allows (0 = any).
type Denominator struct {
	Measure      string
	Date         model.Date
	Age, Allowed int
}

// Accounting is what became of the value cells of one file.
type Accounting struct {
	Source, Snapshot, File                           string
	Read, Accepted, Refused, DroppedPersonal, Layout int64
}

// Refusal is a value cell that was not accepted, without its text.
type Refusal struct {
	Source, Snapshot, File, Sheet string
	Row                           int64
	Column, Code                  string
	Area, Period, Measure         string
	Words                         model.Text
}

// Delivery is one report that was due or came.
type Delivery struct {
	Source, Series string
	Area           Key
	Period         *Period
	Due, Received  model.Date
	Status, File   string
}

// Evidence is a document that proves a count of things.
type Evidence struct {
	Measure  string
	Area     Key
	Period   *Period
	Document string
	Date     model.Date
	Source   string
}

type refKey struct {
	measure string
	area    Key
	period  string
	source  string
}

// Reference says when one figure became public, and where.
type Reference struct {
	KnownFrom model.Date
	Address   string
}

// Indicator is the values of one indicator; never nil.
func (d *Data) Indicator(id string) *Indicator {
	if i, ok := d.Indicators[id]; ok {
		return i
	}
	return &Indicator{ID: id}
}

// Coverage is how many reports a computed value rests on.
func (d *Data) Coverage(v *Value) (Coverage, bool) {
	c, ok := d.coverage[v.ID("value")]
	return c, ok
}

// Denominator is the stock that a rate was divided by.
func (d *Data) Denominator(v *Value) (Denominator, bool) {
	n, ok := d.denominators[v.ID("value")]
	return n, ok
}

// Reference is the address and day of one published figure.
func (d *Data) Reference(measure string, v *Value) (Reference, bool) {
	r, ok := d.references[refKey{measure, v.Area, v.Period.ID, v.Source}]
	return r, ok
}

// OfArea is every value of one area.
func (d *Data) OfArea(k Key) []*Value { return d.byArea[k] }

// Of is the values of an area, oldest first.
func (i *Indicator) Of(k Key) []*Value { return i.byArea[k] }

// At is the values of an area in one period: one a source.
func (i *Indicator) At(k Key, period *Period) []*Value {
	var out []*Value
	for _, v := range i.byArea[k] {
		if v.Period == period {
			out = append(out, v)
		}
	}
	return out
}

// Best is the one value of an area in a period that stands for it in a
// figure: one with a number before one without, one computed from reports
// before a stated one (it rests on what the others rest on).
func (i *Indicator) Best(k Key, period *Period) *Value {
	var best *Value
	for _, v := range i.byArea[k] {
		if v.Period == period && better(v, best) {
			best = v
		}
	}
	return best
}

func better(v, than *Value) bool {
	switch {
	case than == nil:
		return true
	case v.Has() != than.Has():
		return v.Has()
	case v.Computed() != than.Computed():
		return v.Computed()
	}
	return false
}

// Periods are the periods with any value, newest first.
func (i *Indicator) Periods() []*Period { return i.periods }

// Latest is the newest period in which one of the areas has a row (with a
// number, where needNumber): the newest that ends by the day, or else the
// earliest after it.
func (i *Indicator) Latest(areas []Key, by model.Date, needNumber bool) *Period {
	var before, after *Period
	for _, k := range areas {
		for _, v := range i.byArea[k] {
			if needNumber && !v.Has() {
				continue
			}
			p := v.Period
			if p.End <= by {
				if before == nil || later(p, before) {
					before = p
				}
			} else if after == nil || later(after, p) {
				after = p
			}
		}
	}
	if before != nil {
		return before
	}
	return after
}

// later orders periods by their end, then the shorter after the longer.
func later(a, b *Period) bool {
	if a.End != b.End {
		return a.End > b.End
	}
	if a.Start != b.Start {
		return a.Start > b.Start
	}
	return a.ID > b.ID
}

func (i *Indicator) index() {
	i.byArea = map[Key][]*Value{}
	seen := map[*Period]bool{}
	for _, v := range i.Values {
		i.byArea[v.Area] = append(i.byArea[v.Area], v)
		if !seen[v.Period] {
			seen[v.Period] = true
			i.periods = append(i.periods, v.Period)
		}
	}
	sort.Slice(i.periods, func(a, b int) bool { return later(i.periods[a], i.periods[b]) })
}
