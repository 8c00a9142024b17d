package main

import "tereze/model"

// report is what one office sends for one half-year.
type report struct {
	source   string
	area     area
	half     int
	name     string // the district as written in it
	received model.Date
	missing  bool
	cells    []cell // in the order of the form
}

// cell is one value of a report with its truth and its fate.
type cell struct {
	measure string // empty where the line names none that exists
	label   string // only where it differs from the measure's
	period  string // only where it differs from the report's
	truth   int
	text    string
	number  bool // written as a number of the file format
	again   bool // a second line for a cell that stands already
	fate    fate
}

// status is the word for the report's arrival.
func (r report) status() string {
	switch {
	case r.missing:
		return "not_supplied"
	case r.received > due(r.half):
		return "late"
	}
	return "on_time"
}

func due(half int) model.Date { return halves[half].End.AddDays(dueDays) }

// compile writes down all reports, source by source, with their faults.
func compile(p plan, w world) ([]report, error) {
	var out []report
	for _, s := range p.sources {
		days := dice("received " + s.id)
		for half := s.first; half < len(halves); half++ {
			together := halves[half].End.AddDays(between(days, 8, 18)) // of a file for several districts
			for _, a := range p.areasAt(half) {
				if s.carries == "akimat" && a.reportsTo != s.id {
					continue
				}
				r := report{source: s.id, area: a, half: half, name: a.names[s.language],
					received: halves[half].End.AddDays(between(days, 8, 18))}
				if s.id == "akimat_xlsx" {
					r.received = together
				}
				if s.id == "population_register" || s.id == "certificate_register" {
					r.name = a.code
				}
				r.fill(p, w, s)
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// fill writes the cells and applies the faults that the plan has for them.
func (r *report) fill(p plan, w world, s source) {
	whole := p.faults[faultKey{s.id, r.area.code, "", r.half}]
	switch whole.kind {
	case missingReport:
		r.missing = true
	case lateReport:
		r.received = model.Date(whole.text)
	case misspeltName:
		r.name = whole.text
	}
	for _, m := range p.carried(s.carries) {
		c := written(s.id, m.id, w.value(m.id, r.area, r.half))
		if whole.fate != "" {
			c.fate = whole.fate
		}
		f := p.faults[faultKey{s.id, r.area.code, m.id, r.half}]
		r.cells = append(r.cells, c.with(f)...)
	}
	if f, ok := p.extra(unknownLine, s.id, r.area.code, r.half); ok {
		label, value := f.split()
		r.cells = append(r.cells, cell{label: label, text: value, fate: f.fate})
	}
}

// with is the cell as the fault leaves it, with a second line where there is one.
func (c cell) with(f fault) []cell {
	switch f.kind {
	case otherText:
		c.text, c.number, c.fate = f.text, false, f.fate
	case otherNumber:
		c.text, c.number, c.fate = f.text, true, f.fate
	case personalNumber:
		c.text, c.number, c.fate = invention(f.area), false, f.fate
	case wrongPeriod:
		c.period, c.fate = f.text, f.fate
	case secondLine:
		second := c
		second.again, second.fate = true, f.fate
		if f.text != "" { // another number: neither line can be believed
			second.text, c.fate = f.text, f.fate
		}
		return []cell{c, second}
	}
	return []cell{c}
}
