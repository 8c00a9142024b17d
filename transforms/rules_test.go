package transforms

import (
	"errors"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

func ptr(v float64) *float64 { return &v }

func (s *small) rule(measure string, r model.Rules) {
	for i := range s.Measures {
		if s.Measures[i].ID == measure {
			s.Measures[i].Rules = r
		}
	}
}

func (s *small) decide(id, area string, p model.Period, measure, verdict, value string) {
	s.Decisions = append(s.Decisions, config.Decision{ID: id, Source: "forms", Area: area, Period: p, Measure: measure, Decision: verdict, Value: value,
		By: "A person", On: "2022-01-20", Reason: model.Text{"en": "because"}, Place: model.Place{File: "decisions.yaml", Line: 3}})
}

// A slip of a nought must not reach a page, and must not make the right
// values after it look wrong.
func TestAJumpIsHeldAndIsNoMeasureForTheNext(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.rule("need", model.Rules{Jump: ptr(3), JumpFrom: ptr(20)})
	s.deliver("forms", `
		A 2020-H1 need 100
		A 2020-H2 need 1000
		A 2021-H1 need 110
		A 2021-H2 need 30
		B 2020-H1 need 5
		B 2020-H2 need 24
		C 2020-H1 need 0
		C 2020-H2 need 21`)
	st, r := s.load(t)
	same(t, fates(t, st), `
		A 2020-H1 need accepted
		A 2020-H2 need held
		A 2021-H1 need accepted
		A 2021-H2 need held
		B 2020-H1 need accepted
		B 2020-H2 need accepted
		C 2020-H1 need accepted
		C 2020-H2 need held`)
	if r.Sources[0].Reasons["held"] != 3 {
		t.Errorf("accounting says %v", r.Sources[0].Reasons)
	}
	same(t, st.ask(t, "select a.code, p.name, obs_status, reason from observation join area a using (area) join period p using (period) where value is null"), `
		A 2020-H2 O held
		A 2021-H2 O held
		C 2020-H2 O held`)
	same(t, st.ask(t, "select rule, checked, refused, held, released from rule_outcome where rule = 'jump'"), "jump 8 0 3 0")
}

// A release is for the value that the person saw, and makes it the measure
// for the next.
func TestAReleasedValueIsTakenAndAnotherOneIsNot(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.rule("need", model.Rules{Jump: ptr(3)})
	s.deliver("forms", `
		A 2020-H1 need 100
		A 2020-H2 need 1000
		A 2021-H1 need 1100
		B 2020-H1 need 100
		B 2020-H2 need 1~000
		C 2020-H1 need 60
		C 2020-H2 need 61`)
	s.decide("new_list", "A", model.HalfOf(2020, 2), "need", config.Release, "1000")
	s.decide("other_value", "B", model.HalfOf(2020, 2), "need", config.Release, "900")
	s.decide("needless", "C", model.HalfOf(2020, 2), "need", config.Release, "")
	s.decide("gone", "C", model.HalfOf(2021, 2), "need", config.Release, "")
	s.decide("wrong_list", "C", model.HalfOf(2020, 1), "need", config.Refuse, "60")
	st, r := s.load(t)
	same(t, fates(t, st), `
		A 2020-H1 need accepted
		A 2020-H2 need accepted
		A 2021-H1 need accepted
		B 2020-H1 need accepted
		B 2020-H2 need held
		C 2020-H1 need refused_by_decision
		C 2020-H2 need accepted`)
	var stale []string
	for _, w := range r.Warnings {
		if w.Code == "stale_decision" && w.Place.Line == 3 {
			stale = append(stale, w.Args["id"])
		}
	}
	same(t, stale, "other_value\nneedless\ngone")
	if r.Released != 1 {
		t.Errorf("%d released", r.Released)
	}
	p, _ := s.protect(t)
	same(t, p.ask(t, `select id, area, period, decision, rule, "by" from decision`), `
		new_list A 2020-H2 release jump A person
		wrong_list C 2020-H1 refuse '' A person`)
}

// Flows of other lengths, and year-to-date counts of other parts of a year,
// differ by nature.
func TestJumpsCompareLikeWithLike(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.rule("poor", model.Rules{Jump: ptr(2)})
	s.rule("since_january", model.Rules{Jump: ptr(2)})
	s.deliver("forms", `
		A 2020 poor 40
		A 2021-Q1 poor 10
		A 2021-06-01..2021-08-31 poor 1
		B 2020-Q1 since_january 10
		B 2020-Q4 since_january 45
		B 2021-Q1 since_january 12
		B 2022-Q1 since_january 25`)
	st, _ := s.load(t)
	same(t, fates(t, st), `
		A 2020 poor accepted
		A 2021-Q1 poor accepted
		A 2021-06-01..2021-08-31 poor accepted
		B 2020-Q1 since_january accepted
		B 2020-Q4 since_january accepted
		B 2021-Q1 since_january accepted
		B 2022-Q1 since_january held`)
}

// What was counted once cannot be uncounted.
func TestRunningCountsNeverFall(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2020-H2 housed 50
		A 2021-H1 housed 49
		A 2021-H2 housed 50
		B 2020-Q4 since_january 90
		B 2021-Q1 since_january 30
		B 2021-Q2 since_january 29
		B 2021-Q3 since_january 30
		C 2020-H2 housed 9000 _ 1000
		C 2021-H1 housed 8800`)
	st, _ := s.load(t)
	same(t, fates(t, st), `
		A 2020-H2 housed accepted
		A 2021-H1 housed cumulative_fell
		A 2021-H2 housed accepted
		B 2020-Q4 since_january accepted
		B 2021-Q1 since_january accepted
		B 2021-Q2 since_january cumulative_fell
		B 2021-Q3 since_january accepted
		C 2020-H2 housed accepted
		C 2021-H1 housed accepted`)
}

// The region's own figure stands beside its districts, or does not stand.
func TestDistrictsAddUpToTheRegionsOwnFigure(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.rule("need", model.Rules{SumTolerance: ptr(1)})
	s.deliver("forms", `
		A 2019 need 100
		B 2019 need 100
		C 2019 need 100
		R 2019 need 303
		A 2020 need 100
		B 2020 need 100
		C 2020 need 100
		R 2020 need 304
		A 2021 need 200
		B 2021 need 150
		R 2021 need 300
		A 2022 need 200
		R 2022 need 300
		A 2021 served 1
		R 2021 served 9
		R 2018 need 9000 _ 1000
		A 2018 need 3000
		B 2018 need 3000
		C 2018 need 2600`)
	st, _ := s.load(t)
	same(t, st.ask(t, `select a.code, p.name, m.id, c.refusal from cell c join area a using (area) join period p using (period) join measure m using (measure) where refusal <> ''`), `
		R 2020 need sum_mismatch
		R 2021 need sum_mismatch`)
	same(t, st.ask(t, "select rule, checked, refused from rule_outcome where rule = 'sum'"), "sum 5 2")
}

// A contract says which values there can be.
func TestAContractBindsItsSource(t *testing.T) {
	s := newSmall()
	src := s.source("forms", "forms", model.Reported)
	src.Calendar = &config.Calendar{Periods: []model.Period{model.YearOf(2021)}, DueDays: 20, Areas: []string{"A", "B"}}
	src.Contract = &config.Contract{OnlyCalendar: true, Measures: []config.ContractMeasure{
		{ID: "need", Min: ptr(10), Max: ptr(90)}, {ID: "poor", Allowed: []float64{1, 2.5}},
	}}
	s.deliver("forms", `
		A 2021 need 9
		B 2021 need 90
		A 2021 poor 2.50
		B 2021 poor 2
		C 2021 need 50
		A 2020 need 50
		A 2021 meetings -1`)
	st, _ := s.load(t)
	same(t, fates(t, st), `
		A 2021 need outside_contract
		B 2021 need accepted
		A 2021 poor accepted
		B 2021 poor outside_contract
		C 2021 need unexpected_area
		A 2020 need unexpected_period
		A 2021 meetings negative_count`)
}

// Silence has seven kinds, and none of them is a number.
func TestEverySilenceHasItsOwnStatus(t *testing.T) {
	s := newSmall()
	src := s.source("forms", "forms", model.Reported)
	src.Calendar = &config.Calendar{Periods: []model.Period{model.YearOf(2019), model.YearOf(2020), model.YearOf(2021), model.YearOf(2022)}, DueDays: 20}
	s.rule("need", model.Rules{Jump: ptr(2)})
	s.SenderRefusals = []config.SenderRefusal{{ID: "letter", Source: "forms", Area: "B", Period: model.YearOf(2020)}}
	s.deliver("forms", `
		A 2019 need 10 _ _ 2020-01-05
		A 2020 need 90 _ _ 2021-01-05
		A 2021 need many _ _ 2022-01-05
		B 2019 need 10 _ _ 2020-02-05
		Nobody 2022 need 10 _ _ 2022-12-31`)
	st, _ := s.load(t)
	same(t, st.ask(t, "select a.code, p.name, status from due join area a using (area) join period p using (period)"), `
		A 2019 on_time
		A 2020 held
		A 2021 refused_at_door
		A 2022 not_due
		B 2019 late
		B 2020 refused_by_sender
		B 2021 not_supplied
		B 2022 not_due
		C 2019 not_supplied
		C 2020 not_supplied
		C 2021 not_supplied
		C 2022 not_due`)
	same(t, st.ask(t, "select a.code, p.name, reason from observation join area a using (area) join period p using (period) where value is null"), `
		A 2020 held
		A 2021 refused_at_door
		B 2020 refused_by_sender
		B 2021 not_supplied
		C 2019 not_supplied
		C 2020 not_supplied
		C 2021 not_supplied`)
	s.Indicators = append(s.Indicators, model.Indicator{ID: "on_time", Kind: model.Timeliness, Unit: "percent"})
	same(t, s.compute(t).ask(t, "select a.code, p.name, v.value, v.numerator, v.denominator, source_id from value v join area a using (area) join period p using (period)"), `
		A 2019 100 1 1 computed:forms
		A 2020 0 0 1 computed:forms
		A 2021 0 0 1 computed:forms
		B 2019 0 0 1 computed:forms
		B 2020 0 0 1 computed:forms
		B 2021 0 0 1 computed:forms
		C 2019 0 0 1 computed:forms
		C 2020 0 0 1 computed:forms
		C 2021 0 0 1 computed:forms
		R 2019 33.333333 1 3 computed:forms
		R 2020 0 0 3 computed:forms
		R 2021 0 0 3 computed:forms`)
}

// A misspelt district sent a report: it is refused, nobody guesses the
// area, and nobody says that the district was silent.
func TestAMisspeltDistrictIsRefusedAndNotSilent(t *testing.T) {
	name := func(s *small, names ...string) {
		for i, n := range names {
			s.Areas[i+1].Names = model.Text{"en": n}
		}
	}
	for _, c := range []struct{ name, lines, want string }{
		{"near to one", "Shemonaika 2021 need 5", "A 2021 refused_at_door\nB 2021 not_supplied\nC 2021 not_supplied"},
		{"near to two alike", "Zaysax 2021 need 5", "A 2021 not_supplied\nB 2021 not_supplied\nC 2021 not_supplied"},
		{"named rightly beside", "Shemonaika 2021 need 5\nShemonaikha 2021 need 6", "A 2021 on_time\nB 2021 not_supplied\nC 2021 not_supplied"},
		{"two ways to misspell it", "Shemonaika 2021 need 5\nShemonaiha 2021 need 6", "A 2021 not_supplied\nB 2021 not_supplied\nC 2021 not_supplied"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSmall()
			name(s, "Shemonaikha", "Zaysan", "Zaysar")
			s.source("forms", "forms", model.Reported).Calendar = &config.Calendar{Periods: []model.Period{model.YearOf(2021)}, DueDays: 20}
			s.deliver("forms", c.lines)
			st, _ := s.load(t)
			same(t, st.ask(t, "select a.code, p.name, status from due join area a using (area) join period p using (period)"), c.want)
			same(t, st.ask(t, "select count(*) from observation where value = 5"), "0")
		})
	}
}

// A file that cannot be read says by its name whose it is.
func TestAnUnreadableFileIsNotSilenceEither(t *testing.T) {
	s := newSmall()
	src := s.source("forms", "forms", model.Reported)
	src.Calendar = &config.Calendar{Periods: []model.Period{model.YearOf(2021)}, DueDays: 20}
	src.Table.Area, src.Table.Period = config.Key{File: `_([A-Z])\.`}, config.Key{File: `(\d{4})_`}
	s.deliveries = []sources.Delivery{{Source: *src, File: "reports/2021_B.xlsx",
		Problems: []model.Problem{{Code: "unreadable_file", Level: model.Error, Place: model.Place{File: "reports/2021_B.xlsx"}}}}}
	st, _ := s.load(t)
	same(t, st.ask(t, "select a.code, status, file from due join area a using (area)"), `
		A not_supplied ''
		B refused_at_door reports/2021_B.xlsx
		C not_supplied ''`)
	same(t, st.ask(t, "select source, file, code, level from source_problem"), "forms reports/2021_B.xlsx unreadable_file error")
}

// A known error is put right as long as it is there, and stops the release
// once it is mended: else the right value would be "corrected".
func TestACorrectionHoldsAsLongAsTheError(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Published)
	s.deliver("forms", "A 2021 need 1~625\nB 2021 need twice\nC 2021 need 7")
	for _, c := range []config.Correction{
		{ID: "slip", Area: "A", Published: "1625", Corrected: 625}, {ID: "words", Area: "B", Published: "twice", Corrected: 40},
	} {
		c.Source, c.Period, c.Measure, c.Evidence, c.ToldPublisherOn, c.Note = "forms", model.YearOf(2021), "need", "https://example.org", "2022-01-02", model.Text{"en": "a slip"}
		s.Corrections = append(s.Corrections, c)
	}
	p, _ := s.protect(t)
	same(t, p.ask(t, "select area, value, obs_status from observation"), "A 625 A\nB 40 A\nC 7 A")
	same(t, p.ask(t, "select id, source, area, period, measure, published, corrected, told_publisher_on, note_en from correction"), `
		slip forms A 2021 need 1625 625 2022-01-02 00:00:00 +0000 UTC a slip
		words forms B 2021 need twice 40 2022-01-02 00:00:00 +0000 UTC a slip`)

	for name, mended := range map[string]string{"another value": "A 2021 need 625\nB 2021 need twice", "no value": "B 2021 need twice"} {
		s.deliveries = nil
		s.deliver("forms", mended)
		st, err := Open("")
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		_, err = st.Load(t.Context(), &s.Instance, s.deliveries)
		var stale *CorrectionError
		if !errors.As(err, &stale) || stale.Entry.ID != "slip" {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.deliveries = nil
	if _, r := s.load(t); len(r.Warnings) != 2 {
		t.Errorf("a silent source: %v", r.Warnings)
	}
}

// A hidden count stays hidden in every register.
func TestRegistersKeepHiddenCountsHidden(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.source("other", "other", model.Reported)
	s.deliver("forms", "A 2021 need 33\nB 2021 need 50")
	s.deliver("other", "A 2021 need 4\nB 2021 need 60")
	s.Corrections = []config.Correction{{ID: "slip", Source: "forms", Area: "A", Period: model.YearOf(2021), Measure: "need", Published: "33", Corrected: 3}}
	p, _ := s.protect(t)
	same(t, p.ask(t, "select id, published, corrected from correction"), "slip _ _")
	same(t, p.ask(t, "select area, source, value, other_source, other_value, gap_percent from disagreement"), `
		A forms _ other _ _
		B forms 50 other 60 16.666667`)
}

// Two publishers: both stay, and a gap needs words.
func TestTwoPublishersAreBothKeptAndAGapNeedsWords(t *testing.T) {
	s := newSmall()
	s.source("first", "first", model.Published)
	s.source("second", "second", model.Published)
	s.rule("need", model.Rules{GapTolerance: ptr(2)})
	s.deliver("first", "R 2020 need 625\nR 2021 need 100\nR 2022 need 9000 _ 1000\nA 2022 need 600 more_than")
	s.deliver("second", "R 2020 need 1625\nR 2021 need 101\nR 2022 need 9400\nA 2022 need 9000")
	s.Explanations = []config.Explanation{
		{ID: "no_gap", Measure: "need", Area: "R", Period: model.YearOf(2021), Sources: []string{"first", "second"}},
	}
	_, r := s.load(t)
	codes := []string{}
	for _, w := range r.Warnings {
		codes = append(codes, w.Code)
	}
	same(t, codes, "unexplained_disagreement\nstale_explanation")
	s.Explanations = append(s.Explanations, config.Explanation{ID: "rural", Measure: "need", Area: "R", Period: model.YearOf(2020),
		Sources: []string{"second", "first"}, By: "A person", Explanation: model.Text{"en": "villages only"}})
	p, _ := s.protect(t)
	same(t, p.ask(t, "select area, period, value, other_value, above_tolerance, id, explanation_en from disagreement"), `
		R 2020 625 1625 true rural villages only
		R 2021 100 101 false no_gap ''`)
	same(t, p.ask(t, "select count(*) from observation where measure = 'need'"), "8")
}

// A day of receipt that nobody can read is not taken for another in silence.
func TestAnUnreadableDayOfReceiptIsTold(t *testing.T) {
	s := newSmall()
	src := s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 5 _ _ 03/04/2022\nB 2021 need 6 _ _ yesterday")
	st, _ := s.load(t)
	same(t, st.ask(t, "select code, level, n from source_problem"), "unreadable_date warning 2")
	src.DateOrder = "day_first"
	s.deliveries[0].Source = *src
	st, _ = s.load(t)
	same(t, st.ask(t, "select code, level, n from source_problem"), "unreadable_date warning 1")
	same(t, st.ask(t, "select known_from from observation where value = 5"), "2022-04-03 00:00:00 +0000 UTC")
}

// A column that nobody agreed on may be the one that was meant.
func TestAClosedContractRefusesAFileWithMoreColumns(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported).Contract = &config.Contract{OnlyColumns: true}
	s.deliver("forms", "A 2021 need 5")
	s.deliveries[0].Problems = []model.Problem{{Code: "unmapped_column", Level: model.Warning, Place: model.Place{Row: 2, Column: "F"}}}
	st, _ := s.load(t)
	same(t, fates(t, st), "A 2021 need unexpected_column")
	same(t, st.ask(t, `select "column", code from source_problem`), "F unmapped_column")
}
