package pages

import (
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

// The first sentence of a page is its answer. Findings are put together
// from whole messages, one a case, so that each language keeps its grammar:
// number, place, period, compared with what, by whose report.

// headline is the value of the region that answers an indicator's question:
// the newest by the reference date, or else the earliest after it.
func (v *view) headline(ind model.Indicator) *public.Value {
	d := v.s.Data.Indicator(ind.ID)
	k := public.KeyOf(v.s.Region)
	if p := d.Latest([]public.Key{k}, v.s.In.ReferenceDate, true); p != nil {
		return d.Best(k, p)
	}
	if p := d.Latest([]public.Key{k}, v.s.In.ReferenceDate, false); p != nil {
		return d.Best(k, p)
	}
	return nil
}

// fact is the core of a finding: place, time, number, out of what.
func (v *view) fact(ind model.Indicator, val *public.Value) string {
	area, _ := v.s.areaOf(val.Area)
	place := v.l.In(area)
	when := v.whenOf(val.Period.Period, v.basisOf(ind, val), v.s.since(ind))
	if !val.Has() {
		if c, ok := v.s.Data.Coverage(val); ok && c.Reported < c.Due && val.Status != model.Suppressed {
			return v.T("finding.incomplete", "place", place, "when", when, "n", c.Due, "reported", c.Reported, "due", c.Due)
		}
		_, why := v.sign(val)
		return v.T("finding.no_number", "place", place, "when", when, "why", why)
	}
	switch ind.Kind {
	case model.Change:
		return v.changeFact(ind, val, place)
	case model.Share, model.Rate:
		if num, den := v.number(ind, val, "numerator"), v.number(ind, val, "denominator"); num.Has && den.Has {
			m, _ := v.s.In.Measure(ind.Denominator.Measure)
			return v.T("finding.share", "place", place, "when", when, "value", v.quantity(ind, val),
				"num", v.put(num), "den", v.dated(ind, val, v.counted(den, m.Unit)))
		}
	}
	if others := v.disagreeing(ind, val); len(others) > 0 {
		values := []string{v.quantity(ind, val)}
		for _, o := range others {
			values = append(values, v.quantity(ind, o))
		}
		return v.T("finding.disagree", "place", place, "when", when, "values", strings.Join(values, v.T("finding.and")))
	}
	if val.Qualifier == model.Nil && val.Value == 0 {
		n := v.number(ind, val, "value")
		n.Shown = v.T("finding.nil_number", "unit", v.unit(ind.Unit, 0, true))
		return v.T("finding.nil", "place", place, "when", when, "none", v.put(n))
	}
	return v.T("finding.count", "place", place, "when", when, "value", v.quantity(ind, val))
}

// changeFact never states one percentage across a break: it gives both ends
// and the rule or border that lies between.
func (v *view) changeFact(ind model.Indicator, val *public.Value, place string) string {
	m, _ := v.s.In.Measure(ind.Numerator.Measure)
	from, to := v.number(ind, val, "denominator"), v.number(ind, val, "numerator")
	args := []any{"place", place, "from", v.put(from), "to", v.counted(to, m.Unit),
		"when_from", v.periodEnd(val.Base, val.Basis), "when_to", v.periodEnd(val.Period, val.Basis)}
	if val.Status == model.Break {
		return sentences(v.T("finding.change_break", append(args, "events", v.eventNames(val.Events))...), v.means(val.Events))
	}
	return v.T("finding.change", append(args, "value", v.quantity(ind, val))...)
}

func (v *view) periodEnd(p *public.Period, basis model.Basis) string {
	if p == nil {
		return ""
	}
	return v.period(p.Period, basis)
}

func (v *view) basisOf(ind model.Indicator, val *public.Value) model.Basis {
	if b := v.s.basis(ind); b != "" {
		return b
	}
	return val.Basis
}

// disagreeing are other stated numbers for the same area and period.
func (v *view) disagreeing(ind model.Indicator, val *public.Value) []*public.Value {
	var out []*public.Value
	for _, o := range v.s.Data.Indicator(ind.ID).At(val.Area, val.Period) {
		if o != val && o.Has() && o.Value != val.Value && o.Territory == val.Territory && o.Base == val.Base &&
			o.Computed() == val.Computed() {
			out = append(out, o)
		}
	}
	return out
}

// eventNames joins the events between two values, with their days.
func (v *view) eventNames(ids []string) string {
	var out []string
	for _, id := range ids {
		if e, ok := v.s.events[id]; ok {
			out = append(out, v.T("finding.event", "name", v.name(e.Name), "date", v.l.Date(e.Date)))
		}
	}
	return strings.Join(out, "; ")
}

// by says by whose report a value stands.
func (v *view) by(val *public.Value) string {
	if val.Computed() {
		if c, ok := v.s.Data.Coverage(val); ok {
			return v.T("finding.by_reports", "n", c.Due, "reported", c.Reported, "due", c.Due)
		}
		return v.T("finding.by_computed")
	}
	src, ok := v.s.In.Source(val.Source)
	if !ok {
		return ""
	}
	if val.Nature == model.Published && src.PublishedOn != "" {
		return v.T("finding.by_source_dated", "publisher", v.name(src.Publisher), "date", unstopped(v.dayOf(src, "")))
	}
	return v.T("finding.by_source", "publisher", v.name(src.Publisher))
}

// compared sets the value beside the country's of the same period, or else
// beside the last earlier value that may be compared with it.
func (v *view) compared(ind model.Indicator, val *public.Value) string {
	if !val.Has() || ind.Kind == model.Change {
		return ""
	}
	d := v.s.Data.Indicator(ind.ID)
	if v.s.Country.Code != "" && val.Area != public.KeyOf(v.s.Country) && ind.Kind != model.Count || ind.Survey {
		if c := d.Best(public.KeyOf(v.s.Country), val.Period); c.Has() {
			return v.T("finding.country", "place", v.l.In(v.s.Country), "value", v.quantity(ind, c))
		}
	}
	if b := v.before(ind, val); b != nil {
		return v.T("finding.before", "when", v.whenOf(b.Period.Period, v.basisOf(ind, b), ""), "value", v.quantity(ind, b))
	}
	return ""
}

// before is the last earlier value of the same area, source and kind of
// period, when no event lies between.
func (v *view) before(ind model.Indicator, val *public.Value) *public.Value {
	if val.Status == model.Break {
		return nil
	}
	var out *public.Value
	for _, o := range v.s.Data.Indicator(ind.ID).Of(val.Area) {
		if o.Has() && o.Source == val.Source && o.Territory == val.Territory && o.Period.Kind == val.Period.Kind && o.Period.End < val.Period.End {
			out = o
		}
	}
	return out
}

// rounding adds, to a value that its owner rounded, the range it can mean.
func (v *view) rounding(ind model.Indicator, val *public.Value) string {
	lo, hi := v.number(ind, val, "lower"), v.number(ind, val, "upper")
	if val.Interval != model.RoundingRange || !lo.Has || !hi.Has {
		return ""
	}
	return v.T("finding.rounding", "lower", v.put(lo), "upper", v.counted(hi, ind.Unit))
}

// answer is the whole first sentence of an indicator's page, marked.
func (v *view) answer(ind model.Indicator) string {
	val := v.headline(ind)
	if val == nil {
		return v.gapSentence(ind)
	}
	example := ""
	if v.s.In.Example {
		example = v.T("example.sentence")
	}
	return sentences(v.fact(ind, val), v.rounding(ind, val), v.compared(ind, val), v.by(val), v.oldCopy(val), example)
}

// sentences puts those that say something in a row.
func sentences(list ...string) string {
	var said []string
	for _, s := range list {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// named is the finding of an indicator in one line, with its subject.
func (v *view) named(ind model.Indicator) string {
	val := v.headline(ind)
	if val == nil {
		return v.gapSentence(ind)
	}
	return v.T("finding.named", "name", v.name(ind.Name), "fact", v.fact(ind, val))
}

// gapSentence says what is missing; districts or the country may have
// figures all the same.
func (v *view) gapSentence(ind model.Indicator) string {
	place := v.l.In(v.s.Region)
	if n := v.districtsWith(ind); n > 0 {
		return v.T("finding.no_region_total", "place", place, "n", n, "name", v.name(ind.Name))
	}
	return v.T("finding.nothing", "place", place, "name", v.name(ind.Name))
}

// gapShort is the same beside the indicator's name: what is missing.
func (v *view) gapShort(ind model.Indicator) string {
	place := v.l.In(v.s.Region)
	if n := v.districtsWith(ind); n > 0 {
		return v.T("finding.no_region_total_short", "place", place, "n", n)
	}
	if what := v.name(ind.Gap.What); what != "" {
		return v.T("finding.nothing_but", "what", strings.TrimSuffix(what, "."))
	}
	return v.T("finding.nothing_short", "place", place)
}

// districtsWith counts districts with a number in the newest period that any has.
func (v *view) districtsWith(ind model.Indicator) int {
	d := v.s.Data.Indicator(ind.ID)
	ks := keys(v.s.Districts)
	p := d.Latest(ks, v.s.In.ReferenceDate, true)
	n := 0
	if p != nil {
		for _, k := range ks {
			if d.Best(k, p).Has() {
				n++
			}
		}
	}
	return n
}
