package transforms

import (
	"testing"

	"tereze/model"
)

// A rate is brought to a year only where its indicator says so: half a year's
// 5 per thousand is 10 a year for one and 5 for the other.
func TestPeriodsAreBroughtToAYearOnlyWhenDeclared(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.Measures = append(s.Measures, model.Measure{ID: "came", Name: model.Text{"en": "came"}, Unit: "persons", Counts: model.Persons, Basis: model.Flow})
	s.deliver("forms", "A 2021-H1 came 5\nA 2021-06-30 people 1000\nA 2021-Q1 came 5\nA 2021-03-31 people 1000\nA 2020 came 5\nA 2020-12-31 people 1000")
	s.indicator("plain_rate rate came people 1000", "year_rate rate came people 1000")
	s.Indicators[1].Annualise = true
	same(t, s.compute(t).ask(t, `select k.id, p.name, v.value, v.numerator, v.denominator from value v join indicator k using (indicator) join period p on p.period = v.period where v.origin = 'given'`), `
		plain_rate 2020 5 5 1000
		plain_rate 2021-H1 5 5 1000
		plain_rate 2021-Q1 5 5 1000
		year_rate 2020 5 5 1000
		year_rate 2021-H1 10 5 1000
		year_rate 2021-Q1 20 5 1000`)
}

// A denominator older than the indicator allows marks the value: it divides
// by the people of another time.
func TestAnOldDenominatorIsMarked(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021-11 since_january 50\nA 2021-01-01 people 1000\nB 2021-01 since_january 5\nB 2021-01-01 people 1000")
	s.indicator("any_rate rate since_january people 1000", "fresh_rate rate since_january people 1000")
	s.Indicators[1].MaxAge = 180
	same(t, s.compute(t).ask(t, `select k.id, a.code, v.value, v.obs_status from value v join indicator k using (indicator) join area a using (area)`), `
		any_rate A 50 A
		any_rate B 5 A
		fresh_rate A 50 D
		fresh_rate B 5 A`)
}

// What a month added to the count since January begins anew each year, and a
// count that fell adds nothing that could be named.
func TestMonthlyFlowsBeginAnewInJanuary(t *testing.T) {
	s := newSmall()
	s.source("ministry", "ministry", model.Published)
	s.deliver("ministry", "A 2020-12 since_january 900\nA 2021-01 since_january 120\nA 2021-02 since_january 200\nA 2021-03 since_january 190\nA 2021-05 since_january 300\nB 2021-Q1 since_january 190\nB 2021-Q2 since_january 310")
	s.indicator("joined pace since_january")
	same(t, s.compute(t).ask(t, `select p.name, v.value, v.basis, v.obs_status from value v join period p on p.period = v.period`), `
		2021-01 120 flow A
		2021-02 80 flow A
		2021-03 _ flow O
		2021-Q1 190 flow A
		2021-Q2 120 flow A`)
}

// A half-year's flow is brought to a year only where the indicator says so,
// its interval with it; the number that happened stays as it was counted.
func TestTheIntervalOfARateIsBroughtToAYearWithIt(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.Measures = append(s.Measures, model.Measure{ID: "came", Name: model.Text{"en": "came"}, Unit: "persons", Counts: model.Persons, Basis: model.Flow})
	s.deliver("forms", "A 2021-H1 came 20\nA 2021-06-30 people 1000\nA 2021-01-01..2021-03-01 came 20\nA 2021-03-01 people 1000")
	s.indicator("plain_rate rate came people 1000", "year_rate rate came people 1000")
	s.Indicators[1].Annualise = true
	same(t, s.compute(t).ask(t, `select k.id, p.name, round(v.value, 3), round(v.lower / v.value, 4), round(v.upper / v.value, 4), v.interval_kind, v.numerator
		from value v join indicator k using (indicator) join period p on p.period = v.period where v.origin = 'given'`), `
		plain_rate 2021-H1 20 0.6108 1.5444 model_95 20
		plain_rate 2021-01-01..2021-03-01 20 0.6108 1.5444 model_95 20
		year_rate 2021-H1 40 0.6108 1.5444 model_95 20
		year_rate 2021-01-01..2021-03-01 121.75 0.6108 1.5444 model_95 20`)
}

// A denominator of its own day says of which, on every territory, and one that
// is too old says so in the row and not only by its number.
func TestADenominatorCarriesItsOwnDay(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021-11 since_january 50\nA 2021-01-01 people 1000\nB 2021-11 since_january 50\nB 2021-11 people 1000\nC 2021-11 since_january 50\nC 2020-06-30 people 1000")
	s.indicator("fresh_rate rate since_january people 1000")
	s.Indicators[0].MaxAge = 183
	p, _ := s.protect(t)
	same(t, p.ask(t, "select area, obs_status, reason from value where value is not null"), "A D old_denominator\nB A ''")
	same(t, p.ask(t, "select area, period, measure, stock_period, cast(stock_date as varchar), age_days, allowed_days from denominator"), `
		A 2021-11 people 2021-01-01 2021-01-01 333 183
		B 2021-11 people 2021-11 2021-11-30 0 183`)
}

// What is divided by the stock of another time than the period is no rate at
// all: neither the count of the year before nor that of the next.
func TestAFlowIsNotDividedByTheStockOfAnotherPeriod(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.Measures = append(s.Measures, model.Measure{ID: "came", Name: model.Text{"en": "came"}, Unit: "persons", Counts: model.Persons, Basis: model.Flow})
	s.deliver("forms", "A 2021-H1 came 20\nA 2020-06-30 people 1000\nA 2021-07-01 people 1000\nB 2021-H1 came 20\nB 2020-12-31 people 1000")
	s.indicator("year_rate rate came people 1000")
	same(t, s.compute(t).ask(t, `select a.code, v.value from value v join area a using (area) where v.origin = 'given'`), "B 20")
}
