package transforms

import (
	"testing"

	"tereze/config"
	"tereze/model"
)

const shown = `select k.id, a.code, p.name, coalesce(b.name, '-'), v.source_id, round(v.value, 2), round(v.lower, 2), round(v.upper, 2), v.interval_kind, v.obs_status, v.reason
	from value v join indicator k using (indicator) join area a using (area) join period p on p.period = v.period left join period b on b.period = v.base `

// The founding claim: 9 of 18 thousand, both rounded to thousands. The range
// of rounding is 8,500 ÷ 18,499 to 9,499 ÷ 17,500.
func TestAShareOfRoundedNumbersHasTheRangeOfTheirRounding(t *testing.T) {
	s := newSmall()
	s.source("article", "article", model.Published)
	s.deliver("article", "R 2021-H1 need 18000 about 1000\nR 2021-H1 housed 9000 rounded 1000")
	s.indicator("housed_share share housed need")
	same(t, s.compute(t).ask(t, shown), "housed_share R 2021-H1 - article 50 45.95 54.28 rounding A ''")
}

// Wilson for 30 of 40: 0.598 to 0.858 (the textbook's limits).
func TestAShareOfCountedFamiliesHasWilsonsInterval(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 40\nA 2021 served 30\nB 2021 need 0\nB 2021 served 0")
	s.indicator("served_share share served need")
	same(t, s.compute(t).ask(t, shown), `
		served_share A 2021 - forms 75 59.81 85.81 model_95 A ''
		served_share B 2021 - forms _ _ _ '' M ''`)
}

// 5 events among 1,000 people: Garwood's 1.623 to 11.668 per thousand. The
// stock is the one at the end of the period where there are several.
func TestARateHasTheExactPoissonInterval(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021-H1 since_january 5\nA 2020-12-31 people 900\nA 2021-06-30 people 1000\nA 2021-07-01 people 10")
	s.indicator("new_rate rate since_january people 1000")
	same(t, s.compute(t).ask(t, shown), "new_rate A 2021-H1 - forms 5 1.62 11.67 model_95 A ''")
}

// A region is summed from its parts only when all have reported; the
// region's own row stands beside the sum under its own source.
func TestARegionIsSummedOnlyWhenAllReported(t *testing.T) {
	s := newSmall()
	src := s.source("forms", "forms", model.Reported)
	src.Calendar = &config.Calendar{Periods: []model.Period{model.YearOf(2020), model.YearOf(2021)}, DueDays: 20}
	s.deliver("forms", `
		A 2020 need 40
		B 2020 need 50
		C 2020 need 10
		R 2020 need 99
		A 2021 need 41
		B 2021 need 51
		A 2020 served 20
		B 2020 served 30
		C 2020 served 0`)
	s.indicator("need_count count need", "served_share share served need")
	st := s.compute(t)
	same(t, st.ask(t, shown+" where a.code = 'R'"), `
		need_count R 2020 - forms 99 _ _ '' A ''
		need_count R 2020 - computed:forms 100 _ _ '' A ''
		need_count R 2021 - computed:forms _ _ _ '' O not_supplied
		served_share R 2020 - computed:forms 50 40.38 59.62 model_95 A ''`)
	same(t, st.ask(t, `select k.id, p.name, c.reported, c.due from coverage c join value v using (value_row) join indicator k using (indicator) join period p on p.period = v.period`), `
		need_count 2020 3 3
		need_count 2021 2 3
		served_share 2020 3 3`)
	same(t, st.ask(t, shown+" where a.code = 'C' and p.name = '2021'"), `
		need_count C 2021 - forms _ _ _ '' O not_supplied
		served_share C 2021 - forms _ _ _ '' O not_supplied`)
}

// Percentages of parts do not add up to the percentage of the whole.
func TestSharesAreNeverSummed(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 poor 5\nB 2021 poor 6\nC 2021 poor 7")
	s.indicator("poverty count poor")
	same(t, s.compute(t).ask(t, shown+" where a.code = 'R'"), "")
}

// A change names both periods; a pace of a year-to-date count begins each
// year at nought, and a running count that fell is held, not negative.
func TestChangeAndPaceCompareTheRightPeriods(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2019-H1 need 80
		A 2021-H1 need 40
		B 2020-H2 since_january 90
		B 2021-H1 since_january 30
		B 2021-H2 since_january 75
		C 2020-H2 housed 50
		C 2021-H1 housed 62
		C 2021-H2 housed 61`)
	s.Decisions = []config.Decision{{ID: "corrected", Source: "forms", Area: "C", Period: model.HalfOf(2021, 2), Measure: "housed", Decision: config.Release}}
	s.indicator("need_change change need 2", "year_pace pace since_january", "housed_pace pace housed")
	same(t, s.compute(t).ask(t, shown), `
		need_change A 2021-H1 2019-H1 forms -50 _ _ '' A ''
		year_pace B 2021-H1 - forms 30 _ _ '' A ''
		year_pace B 2021-H2 2021-H1 forms 45 _ _ '' A ''
		housed_pace C 2021-H1 2020-H2 forms 12 _ _ '' A ''
		housed_pace C 2021-H2 2021-H1 forms _ _ _ '' O held`)
}

// A value after a change of borders or of rules is not compared in silence.
func TestEventsBetweenTwoPointsMarkTheBreak(t *testing.T) {
	s := newSmall()
	s.AreaEvents = []model.AreaEvent{
		{ID: "split_a", Date: "2020-09-01", Kind: "split", From: []string{"A"}, To: []string{"A", "C"}},
		{ID: "rename_b", Date: "2020-09-01", Kind: "rename", From: []string{"B"}, To: []string{"B"}},
	}
	s.PolicyEvents = []model.PolicyEvent{{ID: "new_rule", Date: "2021-03-01", Measures: []string{"need"}}}
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2020-H1 need 80
		A 2020-H2 need 60
		A 2021-H1 need 50
		B 2020-H1 served 8
		B 2020-H2 served 6
		B 2021-H1 served 5`)
	s.indicator("need_count count need", "served_count count served", "need_change change need 1")
	same(t, s.compute(t).ask(t, `select k.id, a.code, p.name, v.events, v.obs_status from value v join indicator k using (indicator) join area a using (area) join period p on p.period = v.period`), `
		need_count A 2020-H1 '' A
		need_count A 2020-H2 split_a B
		need_count A 2021-H1 new_rule B
		served_count B 2020-H1 '' A
		served_count B 2020-H2 '' A
		served_count B 2021-H1 '' A
		need_change A 2021-H1 new_rule split_a B`)
}

// The strongest word of the inputs holds; below the line it loses its direction.
func TestAComputedValueCarriesTheStrongestQualifier(t *testing.T) {
	s := newSmall()
	s.source("press", "press", model.Published)
	s.deliver("press", `
		A 2021 need 100 more_than
		A 2021 served 50
		B 2021 need 100 about
		B 2021 served 50 less_than
		C 2021 need 100
		C 2021 served -`)
	s.indicator("served_share share served need")
	same(t, s.compute(t).ask(t, `select a.code, v.value, v.qualifier from value v join area a using (area)`), `
		A 50 about
		B 50 less_than
		C 0 ''
		R 33.333333 less_than`)
}

// An instance's own SQL reads what is there and what was computed before it.
func TestAnOwnModelReadsObservationsAndEarlierValues(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 100\nA 2021 served 50")
	s.Indicators = []model.Indicator{
		{ID: "double", Kind: model.Model, Model: "double.sql", After: []string{"half"}},
		{ID: "half", Kind: model.Model, Model: "half.sql"},
	}
	s.Models = map[string]string{
		"half.sql":   "select area, area_valid_from, period, series, value / 2 as value from observations where measure = 'need';",
		"double.sql": "select area, area_valid_from, period, series, value * 4 as value, 'about' as qualifier from earlier_values where indicator = 'half'",
	}
	same(t, s.compute(t).ask(t, `select k.id, v.source_id, v.value, v.qualifier, v.obs_status, v.nature from value v join indicator k using (indicator)`), `
		half computed:forms 50 '' A reported
		double computed:forms 200 about A reported`)
}
