package pages

import (
	"html/template"
	"sort"

	"tereze/dashboard/public"
	"tereze/model"
)

// ruleReading is what can be compared of an indicator whose rules changed:
// its first and last figure within each rule, what a change over a rule can
// mean, and the country under the same rules.
type ruleReading struct {
	Text   string
	Rows   []template.HTML
	Said   []template.HTML
	Beside *table // the subject on one page: region and country, as published and derived
}

// ruleSpan is a stretch of time under one rule; empty ends are open.
type ruleSpan struct{ from, until model.Date }

// ruleSpans cuts time at every change of a rule that touches an indicator.
func (s *Site) ruleSpans(ind model.Indicator) (spans []ruleSpan, ids []string) {
	cuts := map[model.Date]bool{}
	for _, e := range s.In.PolicyEvents {
		if !has(e.Measures, ind.Numerator.Measure) && (ind.Denominator.Measure == "" || !has(e.Measures, ind.Denominator.Measure)) {
			continue
		}
		ids = append(ids, e.ID)
		cuts[e.Date] = true
		if e.Until != "" {
			cuts[e.Until.AddDays(1)] = true
		}
	}
	var days []model.Date
	for d := range cuts {
		days = append(days, d)
	}
	sort.Slice(days, func(i, j int) bool { return days[i] < days[j] })
	from := model.Date("")
	for _, d := range days {
		spans = append(spans, ruleSpan{from, d.AddDays(-1)})
		from = d
	}
	return append(spans, ruleSpan{from, ""}), ids
}

// holds reports whether all the days that a value covers lie under the rule.
func (r ruleSpan) holds(p model.Period, basis model.Basis) bool {
	start, end := p.Span(basis, "")
	return (r.from == "" || start >= r.from) && (r.until == "" || end <= r.until)
}

// within is the longest run of an area whose figures lie under one rule.
func (v *view) within(ind model.Indicator, k public.Key, r ruleSpan) []*public.Value {
	var best []*public.Value
	for _, run := range v.runs(ind, k) {
		var vals []*public.Value
		for _, val := range run.Values {
			if val.Has() && r.holds(val.Period.Period, v.s.basis(ind)) {
				vals = append(vals, val)
			}
		}
		if len(vals) > len(best) {
			best = vals
		}
	}
	return best
}

// ruleReading is nil where no rule touches the indicator or nothing is known
// of it; the country stands for a region without figures.
func (v *view) ruleReading(ind model.Indicator) *ruleReading {
	spans, ids := v.s.ruleSpans(ind)
	if len(ids) == 0 || ind.Kind == model.Change {
		return nil
	}
	place, area := v.s.Region, public.KeyOf(v.s.Region)
	if total(v.runs(ind, area)) < 2 && v.s.Country.Code != "" {
		place, area = v.s.Country, public.KeyOf(v.s.Country)
	}
	if total(v.runs(ind, area)) == 0 {
		return nil
	}
	out := &ruleReading{Text: v.T("ledger.rules_text", "place", v.l.In(place))}
	for _, r := range spans {
		vals := v.within(ind, area, r)
		from, until := v.T("ledger.rules_start"), v.T("ledger.rules_now")
		if r.from != "" {
			from = v.l.Date(r.from)
		}
		if r.until != "" {
			until = v.l.Date(r.until)
		}
		args := []any{"from", from, "until", until}
		key := "ledger.rules_none"
		if len(vals) > 0 {
			first, last := vals[0], vals[len(vals)-1]
			key = tern(len(vals) > 1, "ledger.rules_row", "ledger.rules_single")
			args = append(args, "first", v.quantity(ind, first), "when_first", v.when(first), "last", v.quantity(ind, last), "when_last", v.when(last))
		}
		out.Rows = append(out.Rows, v.html(v.T(key, args...)))
	}
	out.Said = append(out.Said, v.html(v.means(ids)))
	out.Beside = v.beside(ind)
	if v.s.Country.Code != "" {
		out.Said = append(out.Said, v.html(v.yardstick(ind, spans)))
	}
	return out
}

// yardstick sets what happened in the region beside the country under the
// same rule, from the same period to the same period; the latest rule that
// has both goes first.
func (v *view) yardstick(ind model.Indicator, spans []ruleSpan) string {
	region, country := public.KeyOf(v.s.Region), public.KeyOf(v.s.Country)
	for i := len(spans) - 1; i >= 0; i-- {
		for _, run := range v.runs(ind, region) {
			var mine, theirs []*public.Value
			for _, val := range run.Values {
				if !val.Has() || !spans[i].holds(val.Period.Period, v.s.basis(ind)) {
					continue
				}
				if c := v.s.Data.Indicator(ind.ID).Best(country, val.Period); c.Has() {
					mine, theirs = append(mine, val), append(theirs, c)
				}
			}
			if n := len(mine) - 1; n > 0 {
				return v.T("ledger.yardstick", "when_from", v.periodOf(mine[0]), "when_to", v.periodOf(mine[n]),
					"region_place", v.l.In(v.s.Region), "region_from", v.quantity(ind, mine[0]), "region_to", v.quantity(ind, mine[n]),
					"country_place", v.l.In(v.s.Country), "country_from", v.quantity(ind, theirs[0]), "country_to", v.quantity(ind, theirs[n]))
			}
		}
	}
	return v.T("ledger.yardstick_none")
}

// beside is what is known of the whole subject and of what its indicators
// call near, each with its own day and way of counting, so that persons stand
// beside families and a running count beside what was derived from it.
func (v *view) beside(ind model.Indicator) *table {
	v.used = map[string]bool{}
	t := &table{ID: "part-beside", Head: v.T("ledger.head_beside"), Caption: v.caption(v.T("ledger.beside_caption"))}
	t.Columns = []column{{v.T("table.indicator"), false}, {v.name(v.s.Region.Names), true}, {v.T("table.period"), false}}
	country := v.s.Country.Code != ""
	if country {
		t.Columns = append(t.Columns, column{v.name(v.s.Country.Names), true}, column{v.T("table.period"), false})
	}
	t.Columns = append(t.Columns, column{v.T("declared.basis"), false})
	for _, o := range v.s.In.Indicators {
		if o.Subject != ind.Subject && !has(ind.Gap.Nearby, o.ID) || o.Kind == model.Change {
			continue
		}
		r := row{ID: "beside-" + Kebab(o.ID), Own: o.ID == ind.ID, Cells: []cell{{Link: &Link{Href: v.indicatorHref(o.ID), Text: v.name(o.Name) + ", " + v.l.UnitHead(o.Unit)}, Rowhead: true}}}
		known := false
		for _, a := range []model.Area{v.s.Region, v.s.Country} {
			if a.Code == "" {
				continue
			}
			d := v.s.Data.Indicator(o.ID)
			p := d.Latest([]public.Key{public.KeyOf(a)}, v.s.In.ReferenceDate, true)
			if p == nil {
				r.Cells = append(r.Cells, cell{Text: v.cell(o, nil, "value"), Numeric: true}, cell{})
				continue
			}
			known = true
			val := d.Best(public.KeyOf(a), p)
			r.Cells = append(r.Cells, cell{Text: v.worded(o, val), Numeric: true}, cell{Text: escaped(v.when(val)), Whole: true})
		}
		if !known {
			continue
		}
		basis := v.s.basis(o)
		if o.Kind == model.Pace {
			basis = model.Flow
		}
		r.Cells = append(r.Cells, cell{Text: escaped(tern(basis == "", "", v.T("basis."+string(basis))))})
		t.Rows = append(t.Rows, r)
	}
	if len(t.Rows) < 2 {
		return nil
	}
	t.Signs = v.signs()
	return t
}
