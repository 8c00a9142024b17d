package pages

import (
	"sort"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// claim sets a stated number beside what was published about the same thing
// by the period: the ruler and its sentences.
type claim struct {
	Figure *figure.Figure
	Text   string // marked
}

// ruler compares the numerator of a stated share with the published flows of
// the same subject, counted in the same units, that ended by then.
func (v *view) ruler(ind model.Indicator, area public.Key, period string) *claim {
	count, ok := v.s.countOf(ind.Numerator.Measure)
	if !ok {
		return nil
	}
	m, _ := v.s.In.Measure(ind.Numerator.Measure)
	var stated *public.Value
	for _, val := range v.s.Data.Indicator(count.ID).Of(area) {
		if val.Has() && (period == "" || val.Period.ID == period) && val.Interval == model.RoundingRange {
			stated = val
		}
	}
	if stated == nil {
		return nil
	}
	var flows []*public.Value
	inds := map[*public.Value]model.Indicator{}
	for _, o := range v.s.In.Indicators {
		om, ok := v.s.In.Measure(o.Numerator.Measure)
		if !ok || o.Kind != model.Count || o.Subject != ind.Subject || om.Basis != model.Flow || om.Unit != m.Unit {
			continue
		}
		for _, val := range v.s.Data.Indicator(o.ID).Of(area) {
			if val.Has() && val.Period.End <= stated.Period.End {
				flows = append(flows, val)
				inds[val] = o
			}
		}
	}
	if len(flows) == 0 {
		return nil
	}
	sort.SliceStable(flows, func(i, j int) bool { return flows[i].Period.End < flows[j].Period.End })
	sum := 0.0
	for _, val := range flows {
		sum += val.Value
	}
	n := v.number(count, stated, "value")
	lo, hi := v.number(count, stated, "lower"), v.number(count, stated, "upper")
	args := []any{"n", len(flows), "value", v.put(n), "lower", v.put(lo), "upper", v.put(hi),
		"sum", v.joined(v.l.Number(sum, 0), m.Unit, v.unit(m.Unit, sum, true))}
	key := "ruler.short"
	if sum >= stated.Lower {
		key = "ruler.reaches"
	}
	text := v.T(key, args...)
	f := v.figure("ruler", figure.Ruler, count, text, "")
	head := figure.Mark{Key: "claim", Label: v.T("ruler.claim", "period", v.periodOf(stated)), N: n, Lower: &lo, Upper: &hi, Highlight: true, Class: "claim"}
	f.Series = []figure.Series{{Key: "claim", Name: v.T("ruler.claim_head"), Marks: []figure.Mark{head}, Highlight: true}}
	main := mostCommon(flows, inds)
	f.Subtitle = v.T("figure_head.ruler", "name", v.name(count.Name), "unit", v.l.UnitHead(count.Unit), "flows", v.name(main.Name))
	data := figure.Series{Key: "data", Name: v.T("ruler.data_head")}
	for _, val := range flows {
		o := inds[val]
		label := v.shortOf(val)
		if o.ID != main.ID {
			label = v.T("ruler.flow", "period", label, "name", v.name(o.Name))
		}
		mark := figure.Mark{Key: o.ID + "/" + val.Period.ID + "/" + val.Source, Href: v.indicatorHref(o.ID),
			Label: label, N: v.number(o, val, "value"),
			Class: "data", Note: v.sourceName(val)}
		v.bounds(o, val, &mark)
		data.Marks = append(data.Marks, mark)
	}
	f.Series = append(f.Series, data)
	f.Columns = []string{v.T("table.what"), f.Unit}
	f.Source = v.sourceLine(append([]*public.Value{stated}, flows...)...)
	f.Notes = []string{v.T("ruler.note")}
	f.Download = "ruler.svg"
	return &claim{f, text}
}

// mostCommon is the indicator with the most of the values: the one that the
// rows of the ruler need not name again.
func mostCommon(vals []*public.Value, inds map[*public.Value]model.Indicator) model.Indicator {
	count := map[string]int{}
	var best model.Indicator
	for _, val := range vals {
		ind := inds[val]
		if count[ind.ID]++; count[ind.ID] > count[best.ID] {
			best = ind
		}
	}
	return best
}
