package words

import (
	"strconv"

	"tereze/model"
)

// Date writes a day as people do; empty for an unknown one.
func (l *Lang) Date(d model.Date) string {
	if d == "" {
		return ""
	}
	if text, ok := l.dates.Load(d); ok { // a site names a few days many times
		return text.(string)
	}
	y, m, day := parts(d)
	text := l.T("format.date", "day", day, "month", l.T("month_of."+m), "year", y)
	l.dates.Store(d, text)
	return text
}

// DateShort writes a day with its month as a number.
func (l *Lang) DateShort(d model.Date) string {
	if d == "" {
		return ""
	}
	y, m, day := parts(d)
	if len(m) == 1 {
		m = "0" + m
	}
	if len(day) == 1 {
		day = "0" + day
	}
	return l.T("format.date_short", "day", day, "month", m, "year", y)
}

// AsAt says that something holds on a day: "as at 30 June 2021".
func (l *Lang) AsAt(d model.Date) string {
	if d == "" {
		return ""
	}
	return l.T("format.as_at", "date", l.Date(d))
}

// Since says that something holds from a day on.
func (l *Lang) Since(d model.Date) string {
	if d == "" {
		return ""
	}
	return l.T("format.since", "date", l.Date(d))
}

// Period names a period in full.
func (l *Lang) Period(p model.Period) string {
	if p.Kind == model.Day {
		return l.Date(p.Start)
	}
	return l.period(p, "format.period.", "", l.Date)
}

// PeriodShort names a period for the head of a column or an axis.
func (l *Lang) PeriodShort(p model.Period) string {
	if p.Kind == model.Day {
		return l.DateShort(p.Start)
	}
	return l.period(p, "format.period_short.", "_short", l.DateShort)
}

// PeriodIn is a period in a sentence: "in the first half of 2021".
func (l *Lang) PeriodIn(p model.Period) string {
	if p.Kind == model.Day {
		return l.T("format.period_in.day", "date", l.Date(p.Start))
	}
	return l.period(p, "format.period_in.", "_in", l.Date)
}

// YearToDate names what is counted from 1 January to the end of a period: a
// count up to the end of May is one of five months and never "May".
func (l *Lang) YearToDate(p model.Period) string {
	return l.yearToDate(p, "format.period.year_to_date", "", l.Period)
}

// YearToDateShort is the same for the head of a column or an axis.
func (l *Lang) YearToDateShort(p model.Period) string {
	return l.yearToDate(p, "format.period_short.year_to_date", "_short", l.PeriodShort)
}

// YearToDateIn is the same in a sentence: "from January to May 2019".
func (l *Lang) YearToDateIn(p model.Period) string {
	return l.yearToDate(p, "format.period_in.year_to_date", "", l.PeriodIn)
}

// yearToDate names the first and the last month; a whole year, a January
// alone and a count that ends within a month have their own names.
func (l *Lang) yearToDate(p model.Period, key, form string, named func(model.Period) string) string {
	if p.End == "" || p.Kind == model.Year {
		return named(p)
	}
	start, end := p.Span(model.YearToDate, "")
	y, m, _ := parts(end)
	switch {
	case start == end:
		return named(model.DayOf(end))
	case end.AddDays(1).Time().Day() != 1:
		return named(model.Period{Kind: model.Range, Start: start, End: end})
	case m == "1":
		return named(model.MonthOf(end.Time().Year(), 1))
	}
	return l.T(key, "from", l.T("month"+form+".1"), "to", l.T("month"+form+"."+m), "year", y)
}

// period picks the format of the period's kind and the names of its part of
// the year in the form the format asks for.
func (l *Lang) period(p model.Period, key, form string, date func(model.Date) string) string {
	if p.Start == "" {
		return ""
	}
	type asked struct {
		model.Period
		key string
	}
	if text, ok := l.periods.Load(asked{p, key}); ok { // a page names a few periods many times
		return text.(string)
	}
	text := l.newPeriod(p, key, form, date)
	l.periods.Store(asked{p, key}, text)
	return text
}

func (l *Lang) newPeriod(p model.Period, key, form string, date func(model.Date) string) string {
	y, m, _ := parts(p.Start)
	month, _ := strconv.Atoi(m)
	switch p.Kind {
	case model.Year:
		return l.T(key+"year", "year", y)
	case model.Half:
		return l.T(key+"half", "half", l.T("half"+form+"."+strconv.Itoa((month-1)/6+1)), "year", y)
	case model.Quarter:
		return l.T(key+"quarter", "quarter", l.T("quarter"+form+"."+strconv.Itoa((month-1)/3+1)), "year", y)
	case model.Month:
		return l.T(key+"month", "month", l.T("month"+form+"."+m), "year", y)
	case model.Range:
		return l.T(key+"range", "from", date(p.Start), "to", date(p.End))
	}
	return p.String()
}

// parts are year, month and day as plain digits, without leading zeros.
func parts(d model.Date) (year, month, day string) {
	t := d.Time()
	return strconv.Itoa(t.Year()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Day())
}
