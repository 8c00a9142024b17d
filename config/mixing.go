package config

import (
	"tereze/config/formula"
	"tereze/config/tree"
	"tereze/model"
)

// counted is what a term of a formula counts, and when.
type counted struct {
	model.Measure
	area   string
	period model.Period
}

// countedTerms are the terms of a reading that are counts: measures, and
// indicators that show one or what it gained.
func (in *Instance) countedTerms(s Statement, x Reading) map[string]counted {
	out := map[string]counted{}
	for _, t := range x.Terms {
		t = s.Place(t)
		id, basis := t.Measure, model.Basis("")
		if k, ok := in.Indicator(t.Indicator); ok {
			switch k.Kind {
			case model.Count:
				id = k.Numerator.Measure
			case model.Pace:
				id, basis = k.Numerator.Measure, model.Flow
			}
		}
		m, ok := in.Measure(id)
		if !ok {
			continue
		}
		if basis != "" {
			m.Basis = basis
		}
		out[t.Name] = counted{m, t.Area, t.Period}
	}
	return out
}

// checkMixing refuses a formula that sets counts against each other which
// cover different times or different things.
func (r *reader) checkMixing(f *formula.Formula, terms map[string]counted, n *tree.Node) {
	f.Pairs(func(op byte, left, right string, gained bool) {
		a, aok := terms[left]
		b, bok := terms[right]
		if !aok || !bok {
			return
		}
		say := func(code, format string, args ...any) {
			r.bad(n.At("formula"), code, "", "%s %c %s: "+format, append([]any{left, op, right}, args...)...)
		}
		switch {
		case a.Counts != b.Counts && a.Counts.Protected() && b.Counts.Protected():
			say("mixed_counts", "%s counts %s and %s counts %s; persons and families never mix", a.ID, a.Counts, b.ID, b.Counts)
		case gained, a.period.End == "", b.period.End == "":
			// A difference of two counts is a flow of its own; a term without a
			// period is told of elsewhere.
		case op == '+' && a.ID == b.ID && a.area == b.area && a.Basis == model.Cumulative:
			say("mixed_basis", "%s counts everybody since its beginning; two such counts hold the same people twice and are not added up", a.ID)
		case op == '+' && a.ID == b.ID && a.area == b.area && a.Basis == model.YearToDate && a.period.End.Year() == b.period.End.Year():
			say("mixed_basis", "%s counts everybody since January; the counts of %s and %s hold the same people twice and are not added up", a.ID, a.period, b.period)
		case op != '+' && a.Basis == model.YearToDate && b.Basis == model.YearToDate && !sameDay(a.period.End, b.period.End) &&
			!(op == '-' && a.ID == b.ID && a.period.End.Year() == b.period.End.Year()):
			say("mixed_basis", "year-to-date counts up to %s and up to %s are of different lengths; expected the same day of each year", a.period.End, b.period.End)
		case op == '/' && standing(b) && happens(a) && !a.covers(b), op == '/' && standing(a) && happens(b) && !b.covers(a):
			say("mixed_basis", "what happened in one period is divided by the stock of another (%s and %s); expected a stock within the period or at its ends", a.period, b.period)
		}
	})
}

// sameDay reports whether two days are the same day of a year, or both the
// last of the same month.
func sameDay(a, b model.Date) bool {
	last := func(d model.Date) bool { return d.AddDays(1)[8:] == "01" }
	return a[4:] == b[4:] || a[4:7] == b[4:7] && last(a) && last(b)
}

func standing(c counted) bool { return c.Basis == model.Stock }

func happens(c counted) bool { return c.Basis == model.Flow || c.Basis == model.YearToDate }

// covers reports whether a stock is of a day within the period of a flow or at
// one of its ends.
func (c counted) covers(stock counted) bool {
	start, end := c.period.Span(c.Basis, "")
	return stock.period.End >= start.AddDays(-1) && stock.period.End <= end
}
