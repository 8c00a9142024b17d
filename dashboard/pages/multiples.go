package pages

import (
	"sort"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// pointsAtMost bounds the small multiples of one page: with many districts
// and many periods the newest periods are drawn, the file has the rest.
const pointsAtMost = 1200

// multiples is the same history for every area of the set on one scale,
// sorted by the latest value. It needs three areas with two points.
func (v *view) multiples(ind model.Indicator, c *comparison) *figure.Figure {
	type row struct {
		area model.Area
		vals []*public.Value
	}
	if ind.Kind == model.Change {
		return nil
	}
	var rows []row
	several := 0
	for _, a := range v.sorted(c.Areas) {
		vals := v.sinceBorder(longest(v.runs(ind, public.KeyOf(a))).Values)
		if numbers(vals) > 1 {
			several++
		}
		rows = append(rows, row{a, vals})
	}
	if several < 3 {
		return nil
	}
	last := func(vals []*public.Value) (float64, bool) {
		for i := len(vals) - 1; i >= 0; i-- {
			if vals[i].Has() {
				return vals[i].Value, true
			}
		}
		return 0, false
	}
	sort.SliceStable(rows, func(i, j int) bool {
		a, okA := last(rows[i].vals)
		b, okB := last(rows[j].vals)
		return okA && (!okB || a > b)
	})
	keep := max(4, pointsAtMost/max(1, len(rows)))
	var all []*public.Value
	var up, down, cut int
	f := v.figure("all", figure.Multiples, ind, "", v.T("figure_head.multiples", "name", v.name(ind.Name), "unit", v.l.UnitHead(ind.Unit)))
	for _, r := range rows {
		if len(r.vals) > keep {
			r.vals = r.vals[len(r.vals)-keep:]
			cut = keep
		}
		part := tail(r.vals)
		if len(part) > 1 {
			switch first, end := part[0].Value, part[len(part)-1].Value; {
			case end > first:
				up++
			case end < first:
				down++
			}
		}
		f.Series = append(f.Series, figure.Series{Key: r.area.Code, Name: v.name(r.area.Names), Href: v.areaHref(r.area),
			Marks: v.marks(ind, r.vals), Highlight: c.Peers && r.area.Code == v.s.Region.Code})
		all = append(all, r.vals...)
	}
	if upArea, _ := v.s.upper(ind, c); comparable(ind) && upArea.Code != "" {
		if vals := longest(v.runs(ind, public.KeyOf(upArea))).Values; numbers(vals) > 1 {
			if len(vals) > keep {
				vals = vals[len(vals)-keep:]
			}
			f.Series = append(f.Series, figure.Series{Key: "upper/" + upArea.Code, Name: v.name(upArea.Names), Marks: v.marks(ind, vals), Faint: true})
			all = append(all, vals...)
		}
	}
	set := tern(c.Peers, "regions", "districts")
	if ind.Survey { // which of its differences are more than chance nobody can say
		set = "survey"
	}
	f.Finding = plain(v.T("multiples.finding_"+set, "up", up, "down", down, "n", len(rows)))
	f.Events = v.eventsOf(ind, all)
	f.Columns = []string{v.T(tern(c.Peers, "table.region", "table.area")), v.T("table.period"), f.Unit}
	f.Source = v.sourceLine(all...)
	if cut > 0 {
		f.Notes = append(f.Notes, v.T("multiples.cut", "n", cut))
	}
	f.Download = "all.svg"
	return f
}

// sinceBorder is the part of a history on one territory: the cuts of small
// multiples are drawn in every cell, so a border of one area has no place
// among them.
func (v *view) sinceBorder(vals []*public.Value) []*public.Value {
	from := 0
	for i, val := range vals {
		for _, id := range val.Events {
			if v.s.events[id].Territory {
				from = i
			}
		}
	}
	return vals[from:]
}
