package pages

import (
	"fmt"
	"math"

	"tereze/config/words"
	"tereze/dashboard/public"
	"tereze/model"
)

// when is the time phrase of a value, given how it was counted: on a day,
// in a period, since the start of the year, up to a day.
func (v *view) when(val *public.Value) string { return v.whenOf(val.Period.Period, val.Basis, "") }

func (v *view) whenOf(p model.Period, basis model.Basis, since model.Date) string {
	date := v.l.Date(p.End)
	switch basis {
	case model.Stock:
		return v.l.AsAt(p.End)
	case model.YearToDate:
		return v.l.YearToDateIn(p)
	case model.Cumulative:
		if since != "" {
			return v.T("when.cumulative_since", "date", date, "since", v.l.Date(since))
		}
		return v.T("when.cumulative", "date", date)
	}
	return v.l.PeriodIn(p)
}

// since is the start of the cumulative count behind an indicator.
func (s *Site) since(ind model.Indicator) model.Date {
	m, _ := s.In.Measure(ind.Numerator.Measure)
	return m.Since
}

// basis is how the numerator of an indicator was counted; a pace is what came
// within its period, whatever running count it was taken from.
func (s *Site) basis(ind model.Indicator) model.Basis {
	if ind.Kind == model.Pace {
		return model.Flow
	}
	m, _ := s.In.Measure(ind.Numerator.Measure)
	return m.Basis
}

// basisOfID is how the indicator or the measure of that id is counted.
func (v *view) basisOfID(id string) model.Basis {
	if ind, ok := v.s.In.Indicator(id); ok {
		return v.s.basis(ind)
	}
	m, _ := v.s.In.Measure(id)
	return m.Basis
}

// year places a period on a time axis: the end of a stock or running count,
// the middle of a flow.
func year(p model.Period, basis model.Basis) float64 {
	at := func(d model.Date) float64 {
		t := d.Time()
		return float64(t.Year()) + float64(t.YearDay()-1)/365.25
	}
	x := at(p.End)
	if basis == model.Flow {
		x = (at(p.Start) + at(p.End)) / 2
	}
	return math.Round(x*1000) / 1000
}

func dayYear(d model.Date) float64 {
	return year(model.DayOf(d), model.Stock)
}

// period names the period of what was counted so: the months from January for
// what runs from the start of the year, so that five months never read "May".
func (v *view) period(p model.Period, basis model.Basis) string {
	return periodIn(v.l, p, basis)
}

// periodIn is the same in any language.
func periodIn(l *words.Lang, p model.Period, basis model.Basis) string {
	if basis == model.YearToDate {
		return l.YearToDate(p)
	}
	return l.Period(p)
}

// periodOf is the period of a value by its name.
func (v *view) periodOf(val *public.Value) string { return v.period(val.Period.Period, val.Basis) }

// shortOf is the same for a column or an axis.
func (v *view) shortOf(val *public.Value) string { return v.shortAs(val.Period.Period, val.Basis) }

func (v *view) shortAs(p model.Period, basis model.Basis) string {
	if basis == model.YearToDate {
		return v.l.YearToDateShort(p)
	}
	return v.short(p)
}

// short names a period for a column or an axis; a range of whole years is
// named by its years.
func (v *view) short(p model.Period) string {
	if p.Kind == model.Range && p.Start[4:] == "-01-01" && p.End[4:] == "-12-31" {
		return fmt.Sprintf("%d–%d", p.Start.Year(), p.End.Year())
	}
	return v.l.PeriodShort(p)
}
