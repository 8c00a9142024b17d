package pages

import (
	"fmt"
	"math"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// run is a number of values of one area that may be joined by a line: of one
// series of reports and one way of counting.
type run struct {
	Key    string
	Name   string
	Values []*public.Value
}

// runs splits the history of an area, or of several that followed each other
// on one ground, the earliest first. What runs from the start of the year is
// only compared at the same day of the year.
func (v *view) runs(ind model.Indicator, areas ...public.Key) []run {
	// series is what may be joined; day is set of what runs from the start of
	// the year, alone of ranges and days.
	type series struct {
		source, kind, territory, day string
		alone                        bool
	}
	byKey := map[series]*run{}
	var order []*run
	basis := v.s.basis(ind)
	var history []*public.Value
	for _, a := range areas {
		history = append(history, v.s.Data.Indicator(ind.ID).Of(a)...)
	}
	for _, val := range history {
		key := series{source: val.Source, kind: string(val.Period.Kind), territory: val.Territory,
			alone: val.Period.Kind == model.Range || val.Period.Kind == model.Day}
		if src := v.s.sources[val.Source]; len(src) > 0 && src[0].Series != "" {
			key.source = src[0].Series
		}
		if basis == model.YearToDate && len(val.Period.End) == 10 {
			key.day = "/" + string(val.Period.End[5:])
		}
		r := byKey[key]
		if r == nil {
			r = &run{Key: key.source + "/" + key.kind + "/" + key.territory + key.day + tern(key.alone, "/", ""), Name: v.sourceName(val)}
			byKey[key] = r
			order = append(order, r)
		}
		r.Values = append(r.Values, val)
	}
	out := make([]run, 0, len(order))
	for _, r := range order {
		out = append(out, *r)
	}
	return out
}

// longest is the run with the most numbers, the latest of equals.
func longest(runs []run) run {
	var best run
	most := 0
	for _, r := range runs {
		if n := numbers(r.Values); n >= most && n > 0 {
			best, most = r, n
		}
	}
	return best
}

func numbers(vals []*public.Value) int {
	n := 0
	for _, v := range vals {
		if v.Has() {
			n++
		}
	}
	return n
}

// tail is the part of a run since the last event that touched it: what may be
// compared with each other. Gaps stay in it as gaps.
func tail(vals []*public.Value) []*public.Value {
	from := 0
	for i, v := range vals {
		if v.Status == model.Break || len(v.Events) > 0 {
			from = i
		}
	}
	vals = vals[from:]
	for len(vals) > 0 && !vals[0].Has() {
		vals = vals[1:]
	}
	for len(vals) > 0 && !vals[len(vals)-1].Has() {
		vals = vals[:len(vals)-1]
	}
	return vals
}

// comparablePart is the latest part of a run that no event cuts and that has
// two numbers, from its first to its last; where none has two, one number.
func comparablePart(vals []*public.Value) []*public.Value {
	var best []*public.Value
	for len(vals) > 0 {
		end := 1
		for end < len(vals) && vals[end].Status != model.Break && len(vals[end].Events) == 0 {
			end++
		}
		part := tail(vals[:end])
		if n := numbers(part); n >= min(max(numbers(best), 1), 2) {
			best = part
		}
		vals = vals[end:]
	}
	return best
}

func (v *view) marks(ind model.Indicator, vals []*public.Value) []figure.Mark {
	basis := v.s.basis(ind)
	out := make([]figure.Mark, 0, len(vals))
	for _, val := range vals {
		m := figure.Mark{Key: val.Period.ID, Label: v.periodOf(val), N: v.number(ind, val, "value"),
			X: year(val.Period.Period, basis), XLabel: v.shortOf(val)}
		v.bounds(ind, val, &m)
		out = append(out, m)
	}
	return out
}

// bounds adds the interval of a value to its mark.
func (v *view) bounds(ind model.Indicator, val *public.Value, m *figure.Mark) {
	if val == nil || val.Interval == model.NoInterval {
		return
	}
	lo, hi := v.number(ind, val, "lower"), v.number(ind, val, "upper")
	if lo.Has && hi.Has {
		m.Lower, m.Upper = &lo, &hi
	}
}

// sourceName is the publisher of a value, or the words for "computed from
// the reports".
func (v *view) sourceName(val *public.Value) string {
	if val.Computed() {
		return v.T("source.computed")
	}
	if src, ok := v.s.In.Source(val.Source); ok {
		return v.name(src.Publisher)
	}
	return val.Source
}

// eventsOf are the dated changes that belong on the time axis of values: all
// that touch them, cutting the line, and the rule periods of their measures.
func (v *view) eventsOf(ind model.Indicator, groups ...[]*public.Value) []figure.Event {
	lo, hi := 9999.0, 0.0
	touched := map[string]bool{}
	basis := v.s.basis(ind)
	for _, vals := range groups {
		for _, val := range vals {
			x := year(val.Period.Period, basis)
			lo, hi = min(lo, x), max(hi, x)
			for _, id := range val.Events {
				touched[id] = true
			}
		}
	}
	measures := map[string]bool{ind.Numerator.Measure: true, ind.Denominator.Measure: true}
	var out []figure.Event
	for _, e := range v.s.In.AreaEvents {
		if touched[e.ID] {
			out = append(out, figure.Event{X: dayYear(e.Date), Date: v.l.Date(e.Date), Label: v.name(e.Name), Cut: true, Land: true})
		}
	}
	for _, e := range v.s.In.PolicyEvents {
		hits := touched[e.ID]
		for _, m := range e.Measures {
			hits = hits || measures[m]
		}
		x := dayYear(e.Date)
		if !hits || x > hi || x < lo && (e.Until == "" || dayYear(e.Until) < lo) {
			continue
		}
		ev := figure.Event{X: x, Date: v.l.Date(e.Date), Label: v.name(e.Name), Cut: touched[e.ID]}
		if x > lo { // a band over the whole chart would tell nothing apart
			ev.Until = math.Inf(1)
		}
		if e.Until != "" {
			ev.Until = dayYear(e.Until)
			ev.Date = fmt.Sprintf("%s – %s", v.l.Date(e.Date), v.l.Date(e.Until))
		}
		if !e.Verified {
			ev.Label += " " + v.T("mark.unverified")
		}
		out = append(out, ev)
	}
	return out
}
