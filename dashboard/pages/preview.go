package pages

import (
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

// Ask names the values whose sentences are wanted.
type Ask struct {
	Indicators []string // ids, in the order of the answer
	Areas      []model.Area
	Period     model.Period
}

// Finding is one value as the pages say it.
type Finding struct {
	Indicator string
	Area      model.Area
	Period    string
	Base      string
	Sentence  string // plain text, the words of the page
	Raw       string // the value as in the files; empty = none
	Shown     string // the value, or its sign, as in a table
	Status    model.ObsStatus
	Conf      model.ConfStatus
}

// Preview is the sentences of the pages about some values, in a language.
func (s *Site) Preview(code string, ask Ask) []Finding {
	v := s.view(code, "")
	var out []Finding
	for _, a := range ask.Areas {
		for _, id := range ask.Indicators {
			ind, ok := s.In.Indicator(id)
			if !ok {
				continue
			}
			for _, val := range s.touched(ind, public.KeyOf(a), ask.Period) {
				out = append(out, v.preview(ind, a, val))
			}
		}
	}
	return out
}

// touched is the one value of an area that a page shows for a period, and
// those that compare a later period with it.
func (s *Site) touched(ind model.Indicator, k public.Key, period model.Period) []*public.Value {
	d := s.Data.Indicator(ind.ID)
	var out []*public.Value
	for _, val := range d.Of(k) {
		now := val.Period.Period == period
		then := val.Base != nil && val.Base.Period == period
		if (now || then) && d.Best(k, val.Period) == val {
			out = append(out, val)
		}
	}
	return out
}

func (v *view) preview(ind model.Indicator, a model.Area, val *public.Value) Finding {
	parts := []string{v.T("finding.named", "name", v.name(ind.Name), "fact", v.fact(ind, val))}
	for _, more := range []string{v.rounding(ind, val), v.compared(ind, val), v.by(val)} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	n := v.number(ind, val, "value")
	f := Finding{Indicator: ind.ID, Area: a, Period: val.Period.ID, Sentence: plain(strings.Join(parts, " ")),
		Raw: n.Raw, Shown: n.Shown, Status: val.Status, Conf: val.Conf}
	if !n.Has {
		f.Shown = n.Sign
	}
	if val.Base != nil {
		f.Base = val.Base.ID
	}
	return f
}
