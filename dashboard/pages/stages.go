package pages

import (
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// stages is one total cut into its parts: the indicators of a subject whose
// measures name the same total, in the order they are declared.
func (v *view) stages(ind model.Indicator) *figure.Figure {
	total := v.s.totalOf(ind)
	if total == "" {
		return nil
	}
	whole, ok := v.s.countOf(total)
	if !ok {
		return nil
	}
	val := v.headline(whole)
	if !val.Has() || val.Value == 0 {
		return nil
	}
	marks := []figure.Mark{{Key: whole.ID, Label: v.name(whole.Name), Href: v.indicatorHref(whole.ID), N: v.number(whole, val, "value"), Class: whole.ID}}
	vals := []*public.Value{val}
	var last model.Indicator
	for _, m := range v.s.In.Measures {
		part, ok := v.s.countOf(m.ID)
		if m.Total != total || !ok || part.Subject != ind.Subject {
			continue
		}
		pv := v.s.Data.Indicator(part.ID).Best(val.Area, val.Period)
		of := marks[0].N
		mark := figure.Mark{Key: part.ID, Label: v.name(part.Name), Href: v.indicatorHref(part.ID), N: v.number(part, pv, "value"), Of: &of, Class: part.ID}
		if share, sv := v.s.shareOf(m.ID, total, val.Area, val.Period); sv.Has() {
			n := v.number(share, sv, "value")
			n.Shown = v.joined(n.Shown, share.Unit, v.unit(share.Unit, n.Value, false))
			mark.Share = &n
		}
		marks = append(marks, mark)
		vals = append(vals, pv)
		last = part
	}
	if len(marks) < 3 {
		return nil
	}
	lv := vals[len(vals)-1]
	finding := v.T("stages.finding", "place", v.l.In(v.s.Region), "when", v.whenOf(val.Period.Period, v.basisOf(whole, val), ""),
		"first", v.name(whole.Name), "first_value", v.number(whole, val, "value").Shown,
		"last", v.name(last.Name), "last_value", shown(v.number(last, lv, "value")))
	f := v.figure("stages", figure.Stages, whole, finding, v.T("figure_head.stages", "name", v.name(whole.Name), "period", v.periodOf(val), "unit", v.l.UnitHead(whole.Unit)))
	f.Period = v.periodOf(val)
	f.Series = []figure.Series{{Key: total, Name: v.name(whole.Name), Marks: marks}}
	f.Columns = []string{v.T("table.part"), f.Unit}
	f.Source = v.sourceLine(vals...)
	f.Download = "stages.svg"
	return f
}

func shown(n figure.Number) string {
	if n.Has {
		return n.Shown
	}
	return n.Sign
}

// totalOf is the measure that an indicator's numerator is a part of, or that
// others are parts of.
func (s *Site) totalOf(ind model.Indicator) string {
	m, ok := s.In.Measure(ind.Numerator.Measure)
	if ok && m.Total != "" {
		return m.Total
	}
	for _, o := range s.In.Measures {
		if o.Total == ind.Numerator.Measure && o.Total != "" {
			return o.Total
		}
	}
	return ""
}

// countOf is the indicator that shows a measure as it is.
func (s *Site) countOf(measure string) (model.Indicator, bool) {
	if list := s.measures[measure]; len(list) > 0 {
		return list[0], true
	}
	return model.Indicator{}, false
}

// shareOf is the value of the indicator that divides one measure by another.
func (s *Site) shareOf(num, den string, area public.Key, p *public.Period) (model.Indicator, *public.Value) {
	for _, i := range s.In.Indicators {
		if i.Kind == model.Share && i.Numerator.Measure == num && i.Denominator.Measure == den {
			return i, s.Data.Indicator(i.ID).Best(area, p)
		}
	}
	return model.Indicator{}, nil
}
