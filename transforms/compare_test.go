package transforms

import (
	"fmt"
	"math"
	"math/rand"
	"strconv"
	"strings"
	"testing"

	"tereze/model"
)

// wide is a region of n districts that report need, served and housed.
func wide(n int) *small {
	s := newSmall()
	s.Areas = s.Areas[:1]
	for i := range n {
		code := fmt.Sprintf("D%02d", i)
		s.Areas = append(s.Areas, model.Area{Code: code, ValidFrom: model.OpenStart, Level: "district", Parent: "R", Names: model.Text{"en": "Area " + code}})
	}
	s.source("forms", "forms", model.Reported)
	return s
}

// A verdict about a district must rest on the other districts, not on itself,
// and its numbers must be those a reader gets from the published values.
func TestAComparisonIsWithTheOthers(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
A 2021-H1 need 1000
A 2021-H1 served 600
B 2021-H1 need 1000
B 2021-H1 served 300
C 2021-H1 need 500
C 2021-H1 served 160`)
	s.indicator("share share served need")
	s.Indicators[0].Direction = "up"
	p, _ := s.protect(t)
	got := p.ask(t, "select area, verdict, round(benchmark, 3), round(difference, 3), lower > 0 or upper < 0, others, due, reason from comparison where against = 'rest' order by area")
	want := []string{
		"A better 30.667 29.333 true 2 2 ''",
		"B worse 50.667 -20.667 true 2 2 ''",
		"C worse 45 -13 true 2 2 ''",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	got = p.ask(t, `select area, lower, upper, "of", rank_group from rank order by area`)
	if strings.Join(got, "|") != "A 1 1 3 1|B 2 3 3 2|C 2 3 3 2" {
		t.Errorf("ranks %v: A is first, B and C cannot be told apart", got)
	}
}

// A comparison of a protected number would give it away; so there is none, and
// the reason says so. A stated or rounded number has no chance interval.
func TestNothingIsComparedThatIsHiddenOrRounded(t *testing.T) {
	s := wide(5)
	s.deliver("forms", `
D00 2021-H1 need 1000
D00 2021-H1 served 600
D01 2021-H1 need 1000
D01 2021-H1 served 3
D02 2021-H1 need 1000
D02 2021-H1 served 300
D03 2021-H1 need 1000
D03 2021-H1 served 500 _ 100
D04 2021-H1 need 1000`)
	s.indicator("share share served need", "served_count count served")
	p, _ := s.protect(t)
	for _, l := range p.ask(t, "select c.area, c.reason, v.obs_status, c.difference, c.benchmark from comparison c join value v using (indicator, area, period) where against = 'rest'") {
		f := strings.Fields(l)
		if f[2] == "Q" && (f[1] != "protected" || f[3] != "_" || f[4] != "_") {
			t.Errorf("%s: a protected number is compared", l)
		}
		if f[0] == "D03" && f[1] != "no_interval" {
			t.Errorf("%s: a rounded number is compared", l)
		}
	}
	if got := p.ask(t, "select count(*) from contribution where reason = ''"); got[0] != "0" {
		t.Errorf("parts of a change although districts are missing: %v", got)
	}
}

// Everything said is worked out from what is published: two worlds with the
// same published values must get the same statistics, whatever is hidden.
func TestStatisticsAreAFunctionOfWhatIsPublished(t *testing.T) {
	tables := []string{"comparison", "rank", "funnel", "trend", "contribution", "queue", "queue_test"}
	build := func(one, other int) (string, string) {
		s := wide(4)
		var lines []string
		for _, p := range []string{"2020-H1", "2020-H2", "2021-H1"} {
			for i := range 4 {
				served := 100 + 40*i
				if i == 1 {
					served = one
				}
				if i == 2 {
					served = other
				}
				lines = append(lines, fmt.Sprintf("D%02d %s need 1000", i, p), fmt.Sprintf("D%02d %s served %d", i, p, served))
			}
		}
		s.deliver("forms", strings.Join(lines, "\n"))
		s.indicator("share share served need", "served_count count served", "need_count count need")
		p, _ := s.protect(t)
		var said []string
		for _, table := range tables {
			said = append(said, p.ask(t, `select * from "`+table+`" order by all`)...)
		}
		return strings.Join(p.ask(t, "select * from value order by all"), "\n"), strings.Join(said, "\n")
	}
	values, first := build(1, 4)
	for _, w := range [][2]int{{4, 1}, {2, 3}, {3, 2}} {
		v, again := build(w[0], w[1])
		if v != values {
			t.Fatalf("hidden counts of %v change the published values; this test needs two worlds that look alike", w)
		}
		if again != first {
			t.Errorf("hidden counts of %v change the statistics although no published value changes", w)
		}
	}
}

// Contributions on the site must add up to 100.0 in the public file itself.
func TestContributionsInThePublicFileAddUp(t *testing.T) {
	r := rand.New(rand.NewSource(8))
	s := wide(11)
	var lines []string
	for i := range 11 {
		lines = append(lines, fmt.Sprintf("D%02d 2020-H2 need %d", i, 500+r.Intn(900)), fmt.Sprintf("D%02d 2021-H1 need %d", i, 500+r.Intn(900)))
	}
	s.deliver("forms", strings.Join(lines, "\n"))
	s.indicator("need_count count need")
	p, _ := s.protect(t)
	sum := 0
	rows := p.ask(t, "select contribution from contribution")
	for _, l := range rows {
		v, err := strconv.ParseFloat(l, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += int(math.Round(v * 10))
	}
	if len(rows) != 11 || sum != 1000 {
		t.Errorf("%d parts add up to %d tenths of a per cent, want 11 and 1000", len(rows), sum)
	}
	if got := p.ask(t, "select distinct total - (select sum(change) from contribution) from contribution"); len(got) != 1 || got[0] != "0" {
		t.Errorf("the changes do not add up to the region's: %v", got)
	}
}

// From 7 to 9 families is 2 families: shares of the change would print what
// the wall hides where it is a number of its own.
func TestSmallGainsOfARunningCountAreNotSharedOut(t *testing.T) {
	for _, c := range []struct {
		gain int
		want string
	}{{2, "protected"}, {40, "''"}} {
		s := wide(11)
		s.Measures = append(s.Measures, model.Measure{ID: "given", Name: model.Text{"en": "given"}, Unit: "families", Counts: model.Families, Basis: model.Cumulative, Since: "2019-01-01"})
		var lines []string
		for i := range 11 {
			gain := 100 + i
			if i == 4 {
				gain = c.gain
			}
			lines = append(lines, fmt.Sprintf("D%02d 2020-H2 given %d", i, 500+i), fmt.Sprintf("D%02d 2021-H1 given %d", i, 500+i+gain))
		}
		s.deliver("forms", strings.Join(lines, "\n"))
		s.indicator("given_count count given")
		p, _ := s.protect(t)
		if got := p.ask(t, "select distinct reason from contribution"); len(got) != 1 || got[0] != c.want {
			t.Errorf("gain %d: reasons %q, want %q", c.gain, got, c.want)
		}
	}
}

func queueWorld(t *testing.T, lines string) *Public {
	t.Helper()
	s := newSmall()
	s.Measures = append(s.Measures, model.Measure{ID: "left", Name: model.Text{"en": "left"}, Unit: "families", Counts: model.Families, Basis: model.Flow})
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", lines)
	s.indicator("waiting_count count waiting", "left_count count left")
	s.Indicators[0].Queue = model.Queue{Stock: "waiting", Exits: "left"}
	p, _ := s.protect(t)
	return p
}

// The date must follow from the counts, and a queue that grows has none.
func TestQueueClearance(t *testing.T) {
	p := queueWorld(t, `
A 2019-H2 waiting 1300
A 2020-H1 waiting 1200
A 2020-H1 left 160
A 2020-H2 waiting 1100
A 2020-H2 left 190
A 2021-H1 waiting 1000
A 2021-H1 left 120
B 2019-H2 waiting 900
B 2020-H1 waiting 950
B 2020-H1 left 160
B 2020-H2 waiting 1000
B 2020-H2 left 190
B 2021-H1 waiting 980
B 2021-H1 left 120
C 2021-H1 waiting 500
C 2021-H1 left 60`)
	got := p.ask(t, "select area, stock, exits, entries, entries_kind, net, points, clears, expected, earliest, latest, reason from queue where area in ('A', 'B', 'C') order by area")
	for i, want := range []string{
		"A 1000 120 20 balance 100 3 true 2026-06-30", // ten half-years on
		"B 980 120 100 balance -26.666667 3 false _ _ _",
		"C 500 _ _ balance _ 0 _ _ _ _ few_points",
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Errorf("got %v, want a row beginning %q", got, want)
		}
	}
	tests := p.ask(t, "select area, back, base_period, expected, lower, upper, came, held from queue_test where area = 'A' order by back")
	if len(tests) != 1 || tests[0] != "A 1 2020-H2 1000 1000 1000 1000 true" {
		t.Errorf("the back-test says %v", tests)
	}
}

// A trend across a border or of a running count would be an artefact.
func TestTrendsOnlyWhereTheyApply(t *testing.T) {
	s := wide(3)
	var lines []string
	for i, p := range []string{"2017", "2018", "2019", "2020", "2021"} {
		for d := range 3 {
			lines = append(lines, fmt.Sprintf("D%02d %s need 1000", d, p), fmt.Sprintf("D%02d %s served %d", d, p, 200+50*i*(1-d)), fmt.Sprintf("D%02d %s housed %d", d, p, 100+50*i))
		}
	}
	s.deliver("forms", strings.Join(lines, "\n"))
	s.indicator("share share served need", "running share housed need")
	for i := range s.Indicators {
		s.Indicators[i].Direction = "up"
	}
	p, _ := s.protect(t)
	got := strings.Join(p.ask(t, "select indicator, area, word, points, base_period, reason from trend where area <> 'R' order by indicator, area"), "|")
	want := "running D00 '' 0 '' cumulative|running D01 '' 0 '' cumulative|running D02 '' 0 '' cumulative|" +
		"share D00 rising_better 5 2017 ''|share D01 no_trend 5 2017 ''|share D02 falling_worse 5 2017 ''"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A target of nought is a target.
func TestTargetOfNought(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021-H1 waiting 300\nB 2021-H1 waiting 300\nC 2021-H1 waiting 100")
	s.indicator("waiting_count count waiting")
	half, _ := model.ParsePeriod("2020-H1")
	s.Indicators[0].Targets = []model.Target{{Base: 1000, BasePeriod: half, Goal: 0, By: "2025-06-30", Reference: "order 1"}}
	p, _ := s.protect(t)
	got := p.ask(t, "select value, progress, round(expected), state, round(required) from target")
	if len(got) != 1 || got[0] != "700 30 800 ahead -175" {
		t.Errorf("got %v", got)
	}
}
