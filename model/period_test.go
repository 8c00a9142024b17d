package model

import (
	"testing"
	"testing/quick"
)

func TestPeriodNamesRoundTrip(t *testing.T) {
	for _, name := range []string{"2021", "2021-H1", "2021-H2", "2021-Q1", "2021-Q4", "2021-06", "2020-02", "2021-07-01", "2021-06-01..2021-08-31"} {
		p, err := ParsePeriod(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := p.String(); got != name {
			t.Errorf("period %s prints as %s: files and addresses would no longer meet", name, got)
		}
	}
}

func TestPeriodRefusesWhatIsNotCanonical(t *testing.T) {
	for _, name := range []string{"", "21", "2021-H3", "2021-Q0", "2021-13", "2021-02-30", "2021-08-31..2021-06-01", "I полугодие 2021", "2021 "} {
		if p, err := ParsePeriod(name); err == nil {
			t.Errorf("%q was read as %v; a guessed period would put a number on the wrong date", name, p)
		}
	}
}

func TestSpanFollowsBasis(t *testing.T) {
	half := HalfOf(2021, 2)
	for _, c := range []struct {
		basis      Basis
		since      Date
		start, end Date
	}{
		{Stock, "", "2021-12-31", "2021-12-31"},
		{Flow, "", "2021-07-01", "2021-12-31"},
		{YearToDate, "", "2021-01-01", "2021-12-31"},
		{Cumulative, "", "", "2021-12-31"},
		{Cumulative, "2019-05-01", "2019-05-01", "2021-12-31"},
	} {
		start, end := half.Span(c.basis, c.since)
		if start != c.start || end != c.end {
			t.Errorf("%s since %q covers %s..%s, want %s..%s", c.basis, c.since, start, end, c.start, c.end)
		}
	}
}

func TestPreviousPeriodEndsTheDayBefore(t *testing.T) {
	check := func(year uint8, part uint8) bool {
		y := 1990 + int(year)
		for _, p := range []Period{YearOf(y), HalfOf(y, 1+int(part)%2), QuarterOf(y, 1+int(part)%4), MonthOf(y, 1+int(part)%12)} {
			prev, ok := p.Previous()
			if !ok || prev.Kind != p.Kind || prev.End.AddDays(1) != p.Start {
				return false
			}
		}
		return true
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

func TestYearsBeforeKeepsTheShape(t *testing.T) {
	for _, c := range []struct{ from, want string }{
		{"2021-H1", "2019-H1"}, {"2021", "2019"}, {"2021-06", "2019-06"}, {"2022-02", "2020-02"}, {"2021-07-01", "2019-07-01"},
	} {
		p, err := ParsePeriod(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.YearsBefore(2); got.String() != c.want {
			t.Errorf("two years before %s is %s, want %s", c.from, got, c.want)
		}
		if end := p.YearsBefore(2).End; end.Year() != p.End.Year()-2 {
			t.Errorf("two years before %s ends on %s", c.from, end)
		}
	}
}

func TestAreaValidityHoldsBothEnds(t *testing.T) {
	a := Area{ValidFrom: "2019-01-01", ValidTo: "2022-06-07"}
	for day, want := range map[Date]bool{"2018-12-31": false, "2019-01-01": true, "2022-06-07": true, "2022-06-08": false} {
		if a.ValidOn(day) != want {
			t.Errorf("valid on %s = %t: a day between two vintages would belong to none or to both", day, !want)
		}
	}
}

func TestAccountingHasNoFourthFate(t *testing.T) {
	if !(Accounting{Read: 6, Accepted: 3, Refused: 2, DroppedPersonal: 1, Layout: 9}).Balanced() {
		t.Error("a full account does not balance")
	}
	if (Accounting{Read: 7, Accepted: 3, Refused: 2, DroppedPersonal: 1}).Balanced() {
		t.Error("a lost cell goes unnoticed")
	}
}

func TestProblemNamesThePlace(t *testing.T) {
	p := Problem{Place: Place{File: "reports/altai.xlsx", Sheet: "Есеп", Row: 14, Column: "D"}, Text: `"2 кв" is not a count`, Hint: "expected a whole number"}
	want := `reports/altai.xlsx, sheet "Есеп", row 14, column D: "2 кв" is not a count; expected a whole number`
	if got := p.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
