package transforms

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tereze/config"
	"tereze/model"
)

func number(v float64) *float64 { return &v }

// spoken is a region where "half of the families in need are served" was
// said on 1 August 2021; districts reported in July.
func spoken(served string) *small {
	s := newSmall()
	s.source("forms", "forms", model.Published)
	s.source("late", "late", model.Published)
	s.deliver("forms", "R 2021-H1 need 2000 _ _ 2021-07-10\nR 2021-H1 served "+served+" _ _ 2021-07-20")
	s.indicator("need_count count need", "served_count count served")
	s.Statements = []config.Statement{{
		ID: "half", Area: "R", Period: model.HalfOf(2021, 1), Unit: "percent", Said: config.Occasion{On: "2021-08-01"}, Says: &config.Says{Value: number(50), RoundedTo: 2},
		Readings: []config.Reading{{ID: "all", Formula: "100 * a / b", Terms: []config.Operand{{Name: "a", Indicator: "served_count"}, {Name: "b", Indicator: "need_count"}}}},
	}}
	return s
}

// built runs the small region in a store that stays, as release n.
func (s *small) built(t *testing.T, dir string, release int) *VerdictLog {
	t.Helper()
	st, err := Open(filepath.Join(dir, "store.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if _, err := st.Load(t.Context(), &s.Instance, s.deliveries); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Compute(t.Context(), &s.Instance); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Protect(t.Context(), &s.Instance, filepath.Join(dir, "public.duckdb"), release); err != nil {
		t.Fatal(err)
	}
	return st.Verdicts()
}

func TestOneInputFlipsAVerdictAndWritesALine(t *testing.T) {
	dir := t.TempDir()
	if err := spoken("1000").built(t, dir, 1).Save(); err != nil {
		t.Fatal(err)
	}
	log := spoken("700").built(t, dir, 2)
	last := log.Log[len(log.Log)-2:]
	for _, l := range last {
		if l.Release != 2 || l.Before != "consistent" || l.After != "not_consistent" || l.Reason != "data_changed" || l.Inputs != "served_count/R/1900-01-01/2021-H1/-/as_reported/forms=1000→700" {
			t.Errorf("the log says %+v", l)
		}
	}
	p, err := OpenPublic(filepath.Join(dir, "public.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	same(t, p.ask(t, "select verdict_then, verdict_now from statement"), "not_consistent not_consistent")
	same(t, p.ask(t, "select as_of, before, after, reason from verdict_change where release = 2"), "now consistent not_consistent data_changed\nthen consistent not_consistent data_changed")
}

// A release built again must show the history it showed the first time.
func TestTheLogDependsOnEarlierReleasesOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "verdicts.json")
	for _, x := range []struct {
		served  string
		release int
	}{{"1000", 1}, {"700", 2}} {
		if err := spoken(x.served).built(t, dir, x.release).Save(); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	log := spoken("1000").built(t, dir, 1)
	if lines := log.upTo(1); len(lines) != 2 || lines[0].Reason != "first" {
		t.Errorf("release 1 built again shows %+v", lines)
	}
	if err := log.Save(); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Errorf("the log changed though nothing did:\n%s", after)
	}
}

// What reached the public after the speech cannot have been known to the speaker.
func TestTheDayOfTheStatementCounts(t *testing.T) {
	s := spoken("1000")
	s.Statements[0].Said.On = "2021-07-15"
	p, _ := s.protect(t)
	same(t, p.ask(t, "select verdict_then, verdict_now from statement"), "cannot_be_checked consistent")
	same(t, p.ask(t, "select reason, lacks from statement_verdict where as_of = 'then'"), "missing a")
}

// A verdict that rested on a hidden count would give it away.
func TestAHiddenCountDecidesNothing(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021-H1 served 3\nB 2021-H1 served 30\nC 2021-H1 served 40")
	s.indicator("served_count count served")
	s.Statements = []config.Statement{{
		ID: "three", Area: "A", Period: model.HalfOf(2021, 1), Unit: "families", Says: &config.Says{Value: number(3)},
		Readings: []config.Reading{{ID: "counted", Formula: "a", Terms: []config.Operand{{Name: "a", Indicator: "served_count"}}}},
	}}
	p, _ := s.protect(t)
	same(t, p.ask(t, "select verdict, reason, inputs from statement_verdict where as_of = 'now'"), "cannot_be_checked protected ''")
}

// "No document" is not "not done", and a number alone is no proof.
func TestWhatBecameOfACommitment(t *testing.T) {
	c := config.Commitment{Due: "2021-06-30", AtLeast: 10}
	none := config.Proof{}
	nan := math.NaN()
	for _, x := range []struct {
		name  string
		value float64
		proof config.Proof
		today model.Date
		want  string
	}{
		{"number and document", 12, config.Proof{On: "2021-06-01"}, "2021-09-01", done},
		{"document after the day", 12, config.Proof{On: "2021-07-01"}, "2021-09-01", late},
		{"number alone", 12, none, "2021-09-01", notEvidenced},
		{"number too small", 3, config.Proof{On: "2021-06-01"}, "2021-09-01", notDone},
		{"number too small, day to come", 3, none, "2021-05-01", waits},
		{"neither", nan, none, "2021-09-01", noDocument},
		{"neither, day to come", nan, none, "2021-05-01", waits},
		{"document alone", nan, config.Proof{On: "2021-06-01"}, "2021-09-01", done},
	} {
		if got := keep(c, x.value, x.proof, x.today); got != x.want {
			t.Errorf("%s: %s, expected %s", x.name, got, x.want)
		}
	}
}

func TestARequestFallsSilent(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Published)
	s.deliver("forms", "A 2021-H1 need 100")
	s.Laws = []config.Law{{ID: "law", TermDays: 5, Days: "working"}}
	s.Requests = []config.Request{{ID: "q", Law: "law", State: "sent", DraftedOn: "2022-12-01", SentOn: "2022-12-16", Cells: config.Cells{Measures: []string{"need"}, Areas: "districts", Periods: []model.Period{model.YearOf(2021)}}}}
	p, _ := s.protect(t)
	if got := strings.Join(p.ask(t, "select state, strftime(due, '%Y-%m-%d'), days_silent, cells from request"), "\n"); got != "silent 2022-12-23 8 3" {
		t.Errorf("a week and a half after a Friday: %s", got)
	}
}
