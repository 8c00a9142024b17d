package pages

import (
	"html/template"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// reading says in plain words what a published rise or fall of the region's
// code is worth where its borders changed in between: what was published,
// what the former territory would show, and whether the direction survives.
// It is empty where no such step was published.
func (v *view) reading(ind model.Indicator) []string {
	if ind.Kind == model.Change {
		return nil
	}
	step := v.landStep(ind)
	if step == nil {
		return nil
	}
	last, later, same := step.last, step.later, step.same
	place := v.l.In(v.s.Region)
	out := []string{v.T("ledger.read_published", "place", place, "from", v.quantity(ind, last), "when_from", v.periodOf(last),
		"to", v.quantity(ind, later), "when_to", v.periodOf(later), "events", v.eventNames(v.bordersBetween(last, later)))}
	date := v.l.Date(model.Date(same.Territory))
	if same.Holds("lower") && same.Holds("upper") {
		key := "ledger.read_moved_range"
		if !same.Has() {
			key = "ledger.read_range_only"
		}
		out = append(out, v.T(key, "date", date, "when", v.periodOf(same), "value", v.quantity(ind, same),
			"lower", v.put(v.limit(ind, same, "lower")), "upper", v.put(v.limit(ind, same, "upper"))))
	} else {
		out = append(out, v.T("ledger.read_moved", "date", date, "when", v.periodOf(same), "value", v.quantity(ind, same)))
	}
	out = append(out, v.T("ledger."+step.survives(), "from", v.quantity(ind, last), "when_from", v.periodOf(last)))
	if said := v.twoBorders(ind, last, later); said != "" {
		out = append(out, said)
	}
	if ind.Survey {
		out = append(out, v.T("ledger.read_survey"))
	}
	return out
}

// landStep is a published step of the region's code over its borders: the
// last value before them, the latest after them, and what that would be on
// the territory before.
type landStep struct{ last, later, same *public.Value }

func (v *view) landStep(ind model.Indicator) *landStep {
	reported, moved := v.landRuns(ind)
	var s landStep
	for _, val := range reported {
		if val.Area == public.KeyOf(v.s.Region) && val.Has() {
			s.last = val
		}
	}
	for _, m := range moved {
		for _, val := range reported {
			if val.Period == m.Period && val.Area != m.Area && val.Has() && (m.Has() || m.Holds("lower")) {
				s.later, s.same = val, m
			}
		}
	}
	if s.last == nil || s.later == nil {
		return nil
	}
	return &s
}

// survives is the word for what becomes of the step on one territory.
func (s *landStep) survives() string {
	low, high := s.same.Value, s.same.Value
	if s.same.Holds("lower") && s.same.Holds("upper") {
		low, high = s.same.Lower, s.same.Upper
	}
	return survives(s.last.Value, s.later.Value, low, high)
}

// stepFinding says it in one sentence, with the numbers.
func (v *view) stepFinding(ind model.Indicator, s *landStep) string {
	return v.T("ledger.finding_"+s.survives(), "from", v.quantity(ind, s.last), "when_from", v.periodOf(s.last),
		"to", v.quantity(ind, s.later), "when_to", v.periodOf(s.later), "date", v.l.Date(model.Date(s.same.Territory)),
		"value", v.onLand(ind, s.same))
}

// onLand is a moved value with its range, or the range alone.
func (v *view) onLand(ind model.Indicator, val *public.Value) string {
	if !val.Holds("lower") || !val.Holds("upper") {
		return v.quantity(ind, val)
	}
	lower, upper := v.put(v.limit(ind, val, "lower")), v.put(v.limit(ind, val, "upper"))
	if !val.Has() {
		return v.T("ledger.from_to", "lower", lower, "upper", upper)
	}
	return v.T("ledger.value_from_to", "value", v.quantity(ind, val), "lower", lower, "upper", upper)
}

// limit is an end of a range; that of weighed percentages is narrower than
// their last decimal, so it gets one more.
func (v *view) limit(ind model.Indicator, val *public.Value, field string) figure.Number {
	n := v.number(ind, val, field)
	if n.Has && ind.Weight != "" {
		n.Shown = v.l.Number(n.Value, ind.Decimals+1)
	}
	return n
}

// survives names what becomes of a published step once both ends are on one
// territory.
func survives(before, published, low, high float64) string {
	switch {
	case published < before && low >= before:
		return "read_no_fall"
	case published < before && high < before:
		return "read_less_fall"
	case published > before && high <= before:
		return "read_no_rise"
	case published > before && low > before:
		return "read_less_rise"
	}
	return "read_open"
}

// bordersBetween are the border events of the region's code between two of
// its values.
func (v *view) bordersBetween(a, b *public.Value) []string {
	var out []string
	for _, e := range v.s.In.AreaEvents {
		if e.ChangesTerritory() && e.Date > a.Period.End && e.Date <= b.Period.End && (has(e.From, a.Area.Code) || has(e.To, a.Area.Code)) {
			out = append(out, e.ID)
		}
	}
	if len(out) == 0 { // given on later borders before they came
		out = b.Events
	}
	return out
}

// eitherBorder are the two rows of a figure between two others that stands in
// two sources, once on the borders before an event and once on those after it.
func (v *view) eitherBorder(ind model.Indicator, from, to *public.Value) []*public.Value {
	d := v.s.Data.Indicator(ind.ID)
	for _, x := range d.Of(from.Area) {
		if !x.Has() || x.Territory == "as_reported" || x.Period.End <= from.Period.End || x.Period.End >= to.Period.End {
			continue
		}
		for _, y := range d.At(to.Area, x.Period) {
			if y.Has() && y.Value == x.Value && y.Source != x.Source && y.Territory != x.Territory {
				return []*public.Value{x, y}
			}
		}
	}
	return nil
}

// twoBorders speaks of such a figure.
func (v *view) twoBorders(ind model.Indicator, from, to *public.Value) string {
	two := v.eitherBorder(ind, from, to)
	if two == nil {
		return ""
	}
	x, y := two[0], two[1]
	return v.T("ledger.read_two_borders", "when", v.periodOf(x), "value", v.quantity(ind, x),
		"before", v.l.Date(model.Date(x.Territory)), "after", v.l.Date(model.Date(y.Territory)))
}

// landReading is the part of an indicator's page about borders.
type landReading struct {
	Said   []template.HTML
	Figure template.HTML // as reported and on one territory, where a step was published
	Link   *Link
}

func (v *view) landReading(ind model.Indicator) (*landReading, error) {
	link := v.territoryLink(ind)
	if link == nil {
		return nil, nil
	}
	r := &landReading{Link: link}
	for _, s := range v.reading(ind) {
		r.Said = append(r.Said, v.html(s))
	}
	if len(r.Said) == 0 {
		return r, nil
	}
	var err error
	r.Figure, err = v.place(v.landFigure(ind))
	return r, err
}

// means is what a change over events can and cannot mean: one sentence for
// each kind of event between its ends.
func (v *view) means(ids []string) string {
	kinds := map[string]bool{}
	for _, id := range ids {
		if v.s.events[id].Territory {
			kinds["territory"] = true
		}
		for _, e := range v.s.In.PolicyEvents {
			if e.ID == id {
				kinds[e.Changes] = true
			}
		}
	}
	for _, k := range []string{"territory", "counting", "responsible_body", "eligibility", "amount"} {
		if kinds[k] {
			return v.T("ledger.means_" + k) // the strongest reason says enough
		}
	}
	return ""
}
