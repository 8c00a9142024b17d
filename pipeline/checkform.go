package pipeline

import (
	"errors"
	"slices"
	"strconv"

	"tereze/config"
	"tereze/model"
	"tereze/sources/form"
	"tereze/sources/number"
)

// formRemarks says what a build would take from a form without a word, and
// the officer who filled it in may not have meant.
func (c *checker) formRemarks() {
	if c.sheet == nil {
		return
	}
	if c.identity.Source != c.src.ID {
		c.remark(c.identityCell(config.FormSourceCell, "other_source"), "said", c.identity.Source, "read", c.src.ID)
	}
	c.owed()
	lines := form.Lines(c.sheet)
	seen := map[string]form.Line{}
	empty := 0
	for _, l := range lines {
		seen[l.Measure] = l
		if l.Text == "" {
			empty++
		}
	}
	if empty == len(lines) {
		c.remark(CheckProblem{Code: "empty_form"})
	}
	for _, l := range lines {
		at := c.lineCell(l)
		switch {
		case !slices.Contains(c.src.Form.Measures, l.Measure):
			if _, known := c.inst.Measure(l.Measure); known {
				c.remark(with(at, "unasked_line"))
			}
		case l.Text == "" && empty < len(lines):
			c.remark(with(at, "left_empty"))
		}
	}
	for _, id := range c.src.Form.Measures {
		if _, ok := seen[id]; !ok {
			if m, ok := c.inst.Measure(id); ok {
				c.remark(CheckProblem{Code: "missing_line", Measure: id}, "name", c.l.Name(m.Name))
			}
		}
	}
	c.totals(seen)
}

func (c *checker) lineCell(l form.Line) CheckProblem {
	return CheckProblem{Sheet: c.sheet.Sheet, Row: l.Row, Column: l.Column, Measure: l.Measure, Found: l.Text}
}

func with(p CheckProblem, code string) CheckProblem {
	p.Code = code
	return p
}

func (c *checker) identityCell(at, code string) CheckProblem {
	text, _ := c.sheet.Cell(at)
	return CheckProblem{Sheet: c.sheet.Sheet, Row: rowOf(at), Column: at[:1], Code: code, Found: text}
}

// owed looks whether this area was asked for this report; whether it existed
// then is for the door to say.
func (c *checker) owed() {
	p, err := model.ParsePeriod(c.identity.Period)
	if err != nil {
		return
	}
	a, ok := c.inst.Area(c.identity.Area, p.End)
	if !ok {
		return
	}
	var not *config.NotOwed
	if errors.As(c.inst.Owes(c.src, a, p), &not) {
		at := map[string]string{"area": config.FormAreaCell, "period": config.FormPeriodCell}[not.Key]
		c.remark(c.identityCell(at, "unasked_"+not.Key), "name", c.l.Name(a.Names), "period", c.l.Period(p))
	}
}

// totals adds up the lines that must add up.
func (c *checker) totals(lines map[string]form.Line) {
	for _, t := range c.src.Form.Totals {
		refused := func(p CheckProblem) bool { return p.Measure == t.Measure }
		whole, ok := c.value(lines[t.Measure])
		ok = ok && !slices.ContainsFunc(c.report.Problems, refused)
		sum := 0.0
		for _, part := range t.Parts {
			v, has := c.value(lines[part])
			ok = ok && has
			sum += v
		}
		if ok && sum != whole {
			c.remark(with(c.lineCell(lines[t.Measure]), "total_differs"), "sum", c.l.Trim(sum, 2), "value", c.l.Trim(whole, 2))
		}
	}
}

// value is the number of a line; ok is false for a sign and for what the
// door refuses.
func (c *checker) value(l form.Line) (v float64, ok bool) {
	n, err := number.Parse(l.Text, number.Options{Decimal: c.src.Decimal})
	if err != nil || n.Canonical == "" {
		return 0, false
	}
	v, err = strconv.ParseFloat(n.Canonical, 64)
	return v, err == nil
}
