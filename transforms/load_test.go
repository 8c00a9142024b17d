package transforms

import (
	"errors"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

func fates(t *testing.T, st *Store) []string {
	t.Helper()
	return st.ask(t, `select coalesce(a.code, '-'), coalesce(p.name, '-'), coalesce(m.id, '-'), case when c.refusal = '' then 'accepted' else c.refusal end
		from cell c left join area a using (area) left join period p using (period) left join measure m using (measure)`)
}

// Each line breaks one rule; a cell that slipped through would be published.
func TestEachWrongCellIsRefusedForItsOwnReason(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2021-H1 need 40
		A 2021-H1 served 41
		B 2021-H1 need -3
		B 2021-H1 served 2.5
		C 2021-H1 need 10
		C 2021-H1 need 10
		C 2021-H1 served 6
		C 2021-H1 served 7
		Nowhere 2021-H1 need 5
		A sometime need 5
		A 2021-H1 nothing 5
		A 2021-H1 meetings many
		A 2021-H1 poor 101
		B 2021-H1 poor 100
		C 2021-H1 poor -1
		_ 2021-H1 need 9`)
	st, r := s.load(t)
	same(t, fates(t, st), `
		A 2021-H1 need accepted
		A 2021-H1 served part_exceeds_whole
		B 2021-H1 need negative_count
		B 2021-H1 served fraction_of_count
		C 2021-H1 need accepted
		C 2021-H1 need duplicate_same
		C 2021-H1 served duplicate_conflict
		C 2021-H1 served duplicate_conflict
		- 2021-H1 need unknown_area
		A - need unknown_period
		A 2021-H1 - unknown_measure
		A 2021-H1 meetings not_a_number
		A 2021-H1 poor out_of_range
		B 2021-H1 poor accepted
		C 2021-H1 poor out_of_range
		- 2021-H1 need missing_key`)
	if got := r.Sources[0]; got.Read != 16 || got.Accepted != 3 || got.Refused != 13 {
		t.Errorf("accounting says %+v", got.Accounting)
	}
	if len(r.Refusals) != 13 || r.Refusals[0].Place.Row != 3 {
		t.Errorf("refusals are %+v", r.Refusals)
	}
}

// A rounded whole may truly be larger than it reads.
func TestAPartWithinTheRoundingOfItsWholeIsAccepted(t *testing.T) {
	s := newSmall()
	s.source("press", "press", model.Published)
	s.deliver("press", `
		R 2021 need 9000 _ 1000
		R 2021 served 9400`)
	st, _ := s.load(t)
	same(t, fates(t, st), "R 2021 need accepted\nR 2021 served accepted")
}

// What was due and is not there must have a row that says why.
func TestMissingReportsHaveRowsWithReasons(t *testing.T) {
	s := newSmall()
	src := s.source("forms", "forms", model.Reported)
	src.Calendar = &config.Calendar{Periods: []model.Period{model.HalfOf(2021, 1), model.HalfOf(2022, 2)}, DueDays: 20}
	s.deliver("forms", `
		A 2021-H1 need 40 _ _ 2021-07-10
		A 2021-H1 served 30 _ _ 2021-07-10
		B 2021-H1 need 50 _ _ 2021-08-10
		B 2021-H1 served lots _ _ 2021-08-10`)
	st, _ := s.load(t)
	same(t, st.ask(t, `select a.code, p.name, status from due join area a using (area) join period p using (period)`), `
		A 2021-H1 on_time
		B 2021-H1 late
		C 2021-H1 not_supplied
		A 2022-H2 not_due
		B 2022-H2 not_due
		C 2022-H2 not_due`)
	same(t, st.ask(t, `select a.code, m.id, value, obs_status, reason from observation join area a using (area) join measure m using (measure)`), `
		A need 40 A ''
		A served 30 A ''
		B need 50 A ''
		B served _ O refused_at_door
		C need _ O not_supplied
		C served _ O not_supplied`)
}

// Two forms of one delivery: each area owes the form it uses.
func TestAnAreaOwesOnlyTheFormItUses(t *testing.T) {
	s := newSmall()
	for _, id := range []string{"table", "workbook"} {
		s.source(id, "half_year", model.Reported).Calendar = &config.Calendar{Periods: []model.Period{model.HalfOf(2021, 1)}, DueDays: 20}
	}
	s.deliver("table", "A 2021-H1 need 40\nB 2021-H1 need 41")
	s.deliver("workbook", "C 2021-H1 need 42")
	st, _ := s.load(t)
	same(t, st.ask(t, `select s.id, a.code, status from due join area a using (area) join source s using (source)`), `
		table A on_time
		table B on_time
		workbook C on_time`)
}

// Signs are values, not noughts.
func TestSignsKeepTheirMeaning(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need -\nB 2021 need …\nC 2021 need x\nA 2020 need 0")
	st, _ := s.load(t)
	same(t, st.ask(t, `select a.code, p.name, value, qualifier, obs_status, conf_status, reason from observation join area a using (area) join period p using (period)`), `
		A 2021 0 nil A F ''
		B 2021 _ '' O F not_supplied
		C 2021 _ '' Q C ''
		A 2020 0 '' A F ''`)
}

// A cell that is lost on the way stops the release: exit code 3.
func TestALostCellIsAnError(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 40\nB 2021 need 50")
	st, _ := s.load(t)
	if err := st.db.Exec(t.Context(), "delete from observation where value = 40"); err != nil {
		t.Fatal(err)
	}
	if err := st.run(t.Context(), "accounting"); err != nil {
		t.Fatal(err)
	}
	var lost *AccountingError
	if _, err := st.report(t.Context(), &s.Instance); !errors.As(err, &lost) || lost.Counted.Accepted != 1 || lost.Counted.Read != 2 {
		t.Errorf("got %v", err)
	}
}

// A file that cannot be read stands among the refusals and stops nothing.
func TestAnUnreadableFileIsListedAndStopsNothing(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 40")
	s.deliveries = append(s.deliveries, sources.Delivery{
		Source: s.Sources[0], File: "broken.xlsx",
		Problems: []model.Problem{{Code: "unreadable_file", Level: model.Error, Place: model.Place{File: "broken.xlsx"}}},
	})
	st, r := s.load(t)
	if r.Sources[0].Read != 1 || r.Sources[0].Accepted != 1 || r.Sources[0].Refused != 0 {
		t.Errorf("accounting says %+v", r.Sources[0].Accounting)
	}
	same(t, st.ask(t, `select file, coalesce("row", 0), code from refusal`), "broken.xlsx 0 unreadable_file")
}
