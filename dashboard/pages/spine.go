package pages

import (
	"math"
	"sort"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// standing is one indicator of one area beside its parent and its sisters.
type standing struct {
	Ind    model.Indicator
	Value  *public.Value
	Upper  *public.Value // the parent's, same period
	Spread *figure.Spread
	N      int // sisters with a number
}

// spreadKey names a distribution that many pages share.
type spreadKey struct {
	indicator, parent string
	period            *public.Period
}

type spread struct {
	*figure.Spread
	n int
}

// spreadOf is how the values of all children of a parent lie in a period.
func (s *Site) spreadOf(id, parent string, p *public.Period) spread {
	return s.spreads.of(spreadKey{id, parent, p}, func() spread {
		var vals []float64
		for _, a := range s.In.AreasIn(parent, p.End) {
			if b := s.Data.Indicator(id).Best(public.KeyOf(a), p); b.Has() {
				vals = append(vals, b.Value)
			}
		}
		sp := spread{n: len(vals)}
		if len(vals) > 1 {
			sort.Float64s(vals)
			sp.Spread = &figure.Spread{Min: vals[0], Q1: quantile(vals, 0.25), Q3: quantile(vals, 0.75), Max: vals[len(vals)-1]}
		}
		return sp
	})
}

// quantile interpolates between order statistics (Hyndman and Fan 1996, type 7).
func quantile(sorted []float64, p float64) float64 {
	h := p * float64(len(sorted)-1)
	i := int(math.Floor(h))
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}

// readOn is the day up to which the newest number of an area is wanted: the
// reference day, or the last day of an area that was gone by then; an area
// that came after it is read as of today.
func (s *Site) readOn(a model.Area) model.Date {
	day := s.In.ReferenceDate
	switch {
	case a.ValidOn(day):
		return day
	case a.ValidTo != "" && a.ValidTo < day:
		return a.ValidTo
	}
	return s.In.Today
}

// standings are all indicators that have a row for the area, in the order of
// the site.
func (s *Site) standings(a model.Area) []standing {
	return s.placed.of(public.KeyOf(a), func() []standing { return s.standingsOf(a) })
}

func (s *Site) standingsOf(a model.Area) []standing {
	day := s.readOn(a)
	k := public.KeyOf(a)
	var out []standing
	for _, ind := range s.In.Indicators {
		d := s.Data.Indicator(ind.ID)
		p := d.Latest([]public.Key{k}, day, true)
		if p == nil {
			p = d.Latest([]public.Key{k}, day, false)
		}
		if p == nil {
			continue
		}
		st := standing{Ind: ind, Value: d.Best(k, p)}
		if a.Parent != "" {
			if parent, ok := s.In.Area(a.Parent, p.End); ok {
				st.Upper = d.Best(public.KeyOf(parent), p)
			}
			sp := s.spreadOf(ind.ID, a.Parent, p)
			st.Spread, st.N = sp.Spread, sp.n
		}
		out = append(out, st)
	}
	return out
}

// spine sets one area against its parent over the indicators that may stand
// on one scale with it. A count of people only says how large a district is,
// and a change across a break has no one percentage: neither is a row.
func (v *view) spine(a model.Area, list []standing) *figure.Figure {
	parent, _ := v.s.In.Area(a.Parent, onDay(a, v.s.In.ReferenceDate))
	f := v.figure("spine", figure.Spine, model.Indicator{}, v.comparedFinding(list), v.T("spine.subtitle", "area", upperFirst(v.name(a.Names)), "upper", v.name(parent.Names)))
	f.Words.Region = v.name(parent.Names)
	f.Unit = ""
	var vals []*public.Value
	for _, st := range list {
		across := st.Ind.Kind == model.Change && st.Value.Status == model.Break
		if st.Spread == nil || st.N < 3 || !comparable(st.Ind) || !st.Upper.Has() || across {
			continue
		}
		m := figure.Mark{Key: a.Code, Label: v.name(a.Names), N: v.number(st.Ind, st.Value, "value"), Highlight: true,
			XLabel: v.shortOf(st.Value)}
		v.bounds(st.Ind, st.Value, &m)
		row := figure.Series{Key: st.Ind.ID, Name: v.name(st.Ind.Name), Href: v.indicatorHref(st.Ind.ID), Marks: []figure.Mark{m},
			Direction: st.Ind.Direction, Unit: v.l.UnitHead(st.Ind.Unit), Spread: st.Spread}
		row.Rule = &figure.Rule{Label: v.name(parent.Names), N: v.number(st.Ind, st.Upper, "value")}
		f.Series = append(f.Series, row)
		vals = append(vals, st.Value, st.Upper)
	}
	if len(f.Series) == 0 {
		return nil
	}
	f.Columns = []string{v.T("table.indicator"), v.T("table.value")}
	f.Source = v.sourceLine(vals...)
	f.Notes = []string{v.T("spine.note")}
	return f
}

// standingFinding says how much is known of an area, and how it stands
// beside its parent.
func (v *view) standingFinding(a model.Area, list []standing) string {
	with := known(list)
	place, all := v.l.In(a), len(v.s.In.Indicators)
	if with == 0 {
		return v.T("area.nothing", "place", place, "all", all)
	}
	some := v.T("area.some", "place", place, "n", with, "all", all)
	if compared := v.comparedFinding(list); compared != "" {
		return some + " " + compared
	}
	return some
}

// comparedFinding counts what can be told from the parent's value: only
// values with an interval of their own can.
func (v *view) comparedFinding(list []standing) string {
	above, below, judged := 0, 0, 0
	for _, st := range list {
		if !st.Value.Has() || !st.Upper.Has() || st.Value.Interval != model.Model95 || !comparable(st.Ind) {
			continue
		}
		judged++
		switch {
		case st.Value.Lower > st.Upper.Value:
			above++
		case st.Value.Upper < st.Upper.Value:
			below++
		}
	}
	if judged == 0 {
		return ""
	}
	return v.T("area.compared", "n", judged, "judged", judged, "above", above, "below", below, "same", judged-above-below)
}
