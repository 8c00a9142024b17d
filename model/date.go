package model

import (
	"fmt"
	"time"
)

// Date is a civil day written as ISO 8601 (2021-06-30), or empty for "not
// known". Being text it has no clock and no time zone, so it cannot shift
// when it crosses a driver, and it sorts as days do.
type Date string

// OpenStart is the validity start of an area whose creation is not recorded.
const OpenStart Date = "1900-01-01"

// ParseDate reads an ISO date. The error says what was found and expected.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("%q is not a date; expected YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// MakeDate builds a date from its parts; it normalises like the calendar does.
func MakeDate(year, month, day int) Date {
	return DateOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// DateOf is the calendar day that t shows on its own clock.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time is the date at midnight UTC; the zero time when the date is empty.
func (d Date) Time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

// AddDays moves the date by n days.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// Year is the calendar year, 0 for an empty date.
func (d Date) Year() int {
	if d == "" {
		return 0
	}
	return d.Time().Year()
}

func (d Date) String() string { return string(d) }
