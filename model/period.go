package model

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// PeriodKind says how long a period is and how it is named.
type PeriodKind string

const (
	Year    PeriodKind = "year"
	Half    PeriodKind = "half"
	Quarter PeriodKind = "quarter"
	Month   PeriodKind = "month"
	Range   PeriodKind = "range"
	Day     PeriodKind = "date"
)

// Period is a span of days, both ends included. Start and End are the span
// of its name; what a value covers also depends on its basis (see Span).
type Period struct {
	Kind  PeriodKind
	Start Date
	End   Date
}

var (
	yearRE    = regexp.MustCompile(`^(\d{4})$`)
	halfRE    = regexp.MustCompile(`^(\d{4})-H([12])$`)
	quarterRE = regexp.MustCompile(`^(\d{4})-Q([1-4])$`)
	monthRE   = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])$`)
)

// ParsePeriod reads the canonical form that String prints: 2021, 2021-H1,
// 2021-Q2, 2021-06, 2021-07-01 or 2021-06-01..2021-08-31. Reports write
// periods in many other ways; those are read by the door's parser.
func ParsePeriod(s string) (Period, error) {
	bad := fmt.Errorf("%q is not a period; expected 2021, 2021-H1, 2021-Q2, 2021-06, 2021-07-01 or 2021-06-01..2021-08-31", s)
	num := func(t string) int { n, _ := strconv.Atoi(t); return n }
	if m := yearRE.FindStringSubmatch(s); m != nil {
		return YearOf(num(m[1])), nil
	}
	if m := halfRE.FindStringSubmatch(s); m != nil {
		return HalfOf(num(m[1]), num(m[2])), nil
	}
	if m := quarterRE.FindStringSubmatch(s); m != nil {
		return QuarterOf(num(m[1]), num(m[2])), nil
	}
	if m := monthRE.FindStringSubmatch(s); m != nil {
		return MonthOf(num(m[1]), num(m[2])), nil
	}
	if a, b, ok := strings.Cut(s, ".."); ok {
		start, err1 := ParseDate(a)
		end, err2 := ParseDate(b)
		if err1 != nil || err2 != nil || end < start {
			return Period{}, bad
		}
		return Period{Range, start, end}, nil
	}
	d, err := ParseDate(s)
	if err != nil {
		return Period{}, bad
	}
	return DayOf(d), nil
}

// YearOf is a calendar year.
func YearOf(y int) Period { return Period{Year, MakeDate(y, 1, 1), MakeDate(y, 12, 31)} }

// HalfOf is the first (1) or second (2) half of a calendar year.
func HalfOf(y, h int) Period { return months(Half, y, 6*(h-1)+1, 6) }

// QuarterOf is a calendar quarter, 1 to 4.
func QuarterOf(y, q int) Period { return months(Quarter, y, 3*(q-1)+1, 3) }

// MonthOf is a calendar month, 1 to 12.
func MonthOf(y, m int) Period { return months(Month, y, m, 1) }

// DayOf is a single day.
func DayOf(d Date) Period { return Period{Day, d, d} }

func months(k PeriodKind, y, first, n int) Period {
	return Period{k, MakeDate(y, first, 1), MakeDate(y, first+n, 0)}
}

// String is the canonical name, the one used in files and addresses.
func (p Period) String() string {
	y, m := 0, 0
	if p.Start != "" {
		t := p.Start.Time()
		y, m = t.Year(), int(t.Month())
	}
	switch p.Kind {
	case Year:
		return fmt.Sprintf("%04d", y)
	case Half:
		return fmt.Sprintf("%04d-H%d", y, (m-1)/6+1)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", y, (m-1)/3+1)
	case Month:
		return fmt.Sprintf("%04d-%02d", y, m)
	case Day:
		return string(p.Start)
	case Range:
		return string(p.Start) + ".." + string(p.End)
	}
	return ""
}

// Span is the days a value of this period covers, given how it was counted:
// a stock is as at the end (start = end), year-to-date starts on 1 January,
// a cumulative count starts at since (empty when nobody named it), a flow
// covers the period itself.
func (p Period) Span(b Basis, since Date) (start, end Date) {
	switch b {
	case Stock:
		return p.End, p.End
	case YearToDate:
		return MakeDate(p.End.Year(), 1, 1), p.End
	case Cumulative:
		return since, p.End
	}
	return p.Start, p.End
}

// Previous is the period of the same kind just before; ok is false for
// ranges and days, which have none.
func (p Period) Previous() (prev Period, ok bool) {
	t := p.Start.Time()
	y, m := t.Year(), int(t.Month())
	switch p.Kind {
	case Year:
		return YearOf(y - 1), true
	case Half:
		return months(Half, y, m-6, 6), true
	case Quarter:
		return months(Quarter, y, m-3, 3), true
	case Month:
		return months(Month, y, m-1, 1), true
	}
	return Period{}, false
}

// YearsBefore is the same period n years earlier.
func (p Period) YearsBefore(n int) Period {
	shift := func(d Date, end bool) Date {
		t := d.Time()
		if end && p.Kind != Day && p.Kind != Range {
			first := MakeDate(t.Year()-n, int(t.Month())+1, 1)
			return first.AddDays(-1)
		}
		return DateOf(t.AddDate(-n, 0, 0))
	}
	return Period{p.Kind, shift(p.Start, false), shift(p.End, true)}
}
