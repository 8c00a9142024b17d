package door

import (
	"strconv"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/sources/number"
)

// Reviewed is a cell that an entry of the reviewed files is about.
type Reviewed struct {
	Cell  int64
	Entry int
	Given string // the text that stands in the source
	Fits  bool   // it is the text that the entry was written about
}

// subject is one value of one source, as people name it.
type subject struct {
	area    string
	period  model.Period
	measure string
}

// book is what people wrote about single values, by source.
type book map[string]*pages

type pages struct {
	source      config.Source
	inst        *config.Instance
	corrections map[subject]int
	decisions   map[subject]int
}

func newBook(inst *config.Instance) book {
	b := book{}
	page := func(source string) *pages {
		if b[source] == nil {
			b[source] = &pages{inst: inst, corrections: map[subject]int{}, decisions: map[subject]int{}}
		}
		return b[source]
	}
	for i, c := range inst.Corrections {
		page(c.Source).corrections[subject{c.Area, c.Period, c.Measure}] = i
	}
	for i, d := range inst.Decisions {
		page(d.Source).decisions[subject{d.Area, d.Period, d.Measure}] = i
	}
	return b
}

// of is what was written about a source, nil where nothing was.
func (b book) of(src config.Source) *pages {
	p := b[src.ID]
	if p != nil {
		p.source = src
	}
	return p
}

// look puts a known error right and notes what was decided about a value.
func (p *pages) look(s *Staged, cell int64, got *Reading, rec *model.Record) {
	if got.Area.Code == "" || got.Period.Kind == "" || got.Measure == "" {
		return
	}
	about := subject{got.Area.Code, got.Period, got.Measure}
	if i, ok := p.decisions[about]; ok {
		want := p.inst.Decisions[i].Value
		s.Decided = append(s.Decided, Reviewed{cell, i, rec.Value.Text, strings.TrimSpace(want) == "" || p.same(want, got, rec)})
	}
	i, ok := p.corrections[about]
	if !ok {
		return
	}
	c := p.inst.Corrections[i]
	fits := p.same(c.Published, got, rec)
	s.Corrected = append(s.Corrected, Reviewed{cell, i, rec.Value.Text, fits})
	if !fits {
		return
	}
	if got.Code == NotANumber {
		got.Code, got.Hint = "", ""
	}
	if got.Number == "" { // a sign or words stood where the number belongs
		got.Trait.ObsStatus, got.Trait.ConfStatus, got.Trait.Reason = model.Normal, model.Free, ""
	}
	got.Number = strconv.FormatFloat(c.Corrected, 'f', -1, 64)
}

// same reports whether the text that a person wrote down is what the source
// gives: letter by letter, or as a number.
func (p *pages) same(written string, got *Reading, rec *model.Record) bool {
	written = strings.TrimSpace(written)
	if written == strings.TrimSpace(rec.Value.Text) {
		return true
	}
	if got.Number == "" {
		return false
	}
	for _, o := range []number.Options{{Literal: true}, {Decimal: p.source.Decimal}} {
		if n, err := number.Parse(written, o); err == nil && n.Canonical != "" && equal(n.Canonical, got.Number) {
			return true
		}
	}
	return false
}

func equal(a, b string) bool {
	if a == b {
		return true
	}
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && x == y
}
