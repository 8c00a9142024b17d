package pages

import (
	"slices"
	"sort"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// pointsAtMost bounds the small multiples of one page: with many districts
// and many periods the newest periods are drawn, the file has the rest.
const pointsAtMost = 1200

// multiples is the same history for every area of the set on one scale,
// sorted by the latest value. It stands on the page of the indicator and on
// that of its subject, and is described once for both.
func (v *view) multiples(ind model.Indicator, c *comparison) *figure.Figure {
	shared := v.s.multiples.twice(multiplesKey{ind.ID, v.code, v.up}, func() *figure.Figure {
		f := v.s.view(v.code, v.path).everyHistory(ind, c)
		if f != nil {
			f.Prepare()
		}
		return f
	})
	if shared == nil {
		return nil
	}
	f := *shared
	f.Notes = slices.Clip(f.Notes) // a page may add to them
	return &f
}

// multiplesKey is what small multiples depend on: their links start where the
// page stands.
type multiplesKey struct{ indicator, lang, up string }

// everyHistory describes the small multiples. They need three areas with two
// points.
func (v *view) everyHistory(ind model.Indicator, c *comparison) *figure.Figure {
	type row struct {
		area   model.Area
		vals   []*public.Value
		events []figure.Event
	}
	if ind.Kind == model.Change {
		return nil
	}
	var rows []row
	several := 0
	for _, a := range v.sorted(c.Areas) {
		ground, renames := v.s.sameGround(a)
		vals := v.sinceBorder(longest(v.runs(ind, ground...)).Values)
		if numbers(vals) > 1 {
			several++
		}
		if n := len(vals); n > 0 { // the name it bears at the end of the line
			if last, ok := v.s.areaOf(vals[n-1].Area); ok {
				a = last
			}
		}
		rows = append(rows, row{a, vals, v.renamed(ind, renames, vals)})
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
	var up, down, pairs, cut int
	f := v.figure("all", figure.Multiples, ind, "", v.T("figure_head.multiples", "name", v.name(ind.Name), "unit", v.l.UnitHead(ind.Unit)))
	for _, r := range rows {
		if len(r.vals) > keep {
			r.vals = r.vals[len(r.vals)-keep:]
			cut = keep
		}
		part := tail(r.vals)
		if len(part) > 1 {
			pairs++
			switch first, end := part[0].Value, part[len(part)-1].Value; {
			case end > first:
				up++
			case end < first:
				down++
			}
		}
		_, borders := apart(v.eventsOf(ind, r.vals))
		f.Series = append(f.Series, figure.Series{Key: r.area.Code, Name: v.name(r.area.Names), Href: v.areaHref(r.area),
			Marks: v.marks(ind, r.vals), Events: append(borders, r.events...), Highlight: c.Peers && r.area.Code == v.s.Region.Code})
		all = append(all, r.vals...)
	}
	if upArea, _ := v.s.upper(ind, c); comparable(ind) && upArea.Code != "" {
		if vals := longest(v.runs(ind, public.KeyOf(upArea))).Values; numbers(vals) > 1 {
			if len(vals) > keep {
				vals = vals[len(vals)-keep:]
			}
			_, borders := apart(v.eventsOf(ind, vals))
			f.Series = append(f.Series, figure.Series{Key: "upper/" + upArea.Code, Name: v.name(upArea.Names), Marks: v.marks(ind, vals), Events: borders, Faint: true})
			all = append(all, vals...)
		}
	}
	set := tern(c.Peers, "regions", "districts")
	if ind.Survey { // which of its differences are more than chance nobody can say
		set = "survey"
	}
	f.Finding = plain(v.T("multiples.finding_"+set, "up", up, "down", down, "n", len(rows)))
	if pairs == 0 && set != "survey" {
		f.Finding = v.T("multiples.finding_none")
	}
	f.Events, _ = apart(v.eventsOf(ind, all))
	f.Columns = []string{v.T(tern(c.Peers, "table.region", "table.area")), v.T("table.period"), f.Unit}
	f.Source = v.sourceLine(all...)
	if cut > 0 {
		f.Notes = append(f.Notes, v.T("multiples.cut", "n", cut))
	}
	f.Download = "all.svg"
	return f
}

// sameGround is all dated areas of one territory, the earliest first: a new
// name makes a new area of the same ground. With them come the renames.
func (s *Site) sameGround(a model.Area) ([]public.Key, []model.AreaEvent) {
	keys := []public.Key{public.KeyOf(a)}
	var renames []model.AreaEvent
	step := func(match func(model.Area, model.AreaEvent) bool, at model.Area) (model.Area, model.AreaEvent, bool) {
		for _, e := range s.In.AreaEvents {
			if e.Kind != "rename" || !has(e.From, at.Code) && !has(e.To, at.Code) {
				continue
			}
			for _, b := range s.In.Areas {
				if b.Code == at.Code && match(b, e) {
					return b, e, true
				}
			}
		}
		return model.Area{}, model.AreaEvent{}, false
	}
	for at := a; ; { // back: the area that ended the day before the name changed
		b, e, ok := step(func(b model.Area, e model.AreaEvent) bool {
			return at.ValidFrom == e.Date && b.ValidTo == e.Date.AddDays(-1)
		}, at)
		if !ok {
			break
		}
		keys, renames, at = append([]public.Key{public.KeyOf(b)}, keys...), append([]model.AreaEvent{e}, renames...), b
	}
	for at := a; ; {
		b, e, ok := step(func(b model.Area, e model.AreaEvent) bool {
			return b.ValidFrom == e.Date && at.ValidTo == e.Date.AddDays(-1)
		}, at)
		if !ok {
			break
		}
		keys, renames, at = append(keys, public.KeyOf(b)), append(renames, e), b
	}
	return keys, renames
}

// renamed are the marks of the days on which an area got another name, as far
// as its line reaches.
func (v *view) renamed(ind model.Indicator, renames []model.AreaEvent, vals []*public.Value) []figure.Event {
	if numbers(vals) < 2 {
		return nil
	}
	basis := v.s.basis(ind)
	from, to := year(vals[0].Period.Period, basis), year(vals[len(vals)-1].Period.Period, basis)
	var out []figure.Event
	for _, e := range renames {
		if x := dayYear(e.Date); x >= from && x <= to {
			out = append(out, figure.Event{X: x, Date: v.l.Date(e.Date), Label: v.name(e.Name)})
		}
	}
	return out
}

// apart parts the events of small multiples: a rule holds in every cell, a
// border is marked and cuts in the cells of the areas that it touched.
func apart(events []figure.Event) (rules, borders []figure.Event) {
	for _, e := range events {
		if e.Land {
			borders = append(borders, e)
		} else {
			rules = append(rules, e)
		}
	}
	return rules, borders
}

// sinceBorder is the part of a history on one territory.
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
