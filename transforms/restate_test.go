package transforms

import (
	"context"
	"fmt"
	"math"
	"math/rand"
	"strings"
	"syscall"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
	"tereze/transforms/territory"
)

// newDivided is region R of the districts A, B and C. On 1 January 2022 A
// gave a part to the new D by a known share, B took a new code, C was divided
// nobody knows how, and S with what became of B and half of C left R.
func newDivided() *small {
	s := newSmall()
	s.Country, s.ReferenceDate = "N", "2021-06-30"
	text := func(t string) model.Text { return model.Text{"en": t} }
	area := func(code, parent, level string, from, to model.Date) model.Area {
		return model.Area{Code: code, ValidFrom: from, ValidTo: to, Parent: parent, Level: level, Names: text("Area " + code)}
	}
	const open, last, first = model.OpenStart, model.Date("2021-12-31"), model.Date("2022-01-01")
	s.Areas = []model.Area{
		area("A", "R", "district", open, last), area("A", "R", "district", first, ""), area("B", "R", "district", open, last), area("BB", "S", "district", first, ""),
		area("C", "R", "district", open, last), area("C", "R", "district", first, ""), area("CC", "S", "district", first, ""), area("D", "R", "district", first, ""),
		area("E", "R", "district", open, ""), area("N", "", "country", open, ""), area("R", "N", "region", open, last), area("R", "N", "region", first, ""), area("S", "N", "region", first, ""),
	}
	event := func(id, kind, from, to string, share float64) model.AreaEvent {
		return model.AreaEvent{ID: id, Date: first, Kind: kind, From: strings.Fields(from), To: strings.Fields(to), Share: share, Name: text(id)}
	}
	s.AreaEvents = []model.AreaEvent{event("a", "split", "A", "A D", 0.25), event("b", "recode", "B", "BB", -1), event("c", "split", "C", "C CC", -1), event("r", "split", "R", "R S", -1)}
	return s
}

const moved = `select k.id, a.code, p.name, coalesce(b.name, '-'), v.territory, round(v.value, 2), round(v.lower, 2), round(v.upper, 2), v.interval_kind, v.obs_status
	from restated v join indicator k using (indicator) join area a using (area) join period p on p.period = v.period left join period b on b.period = v.base where true `

// Whole areas are added up exactly, parts by a known share are estimates
// between none and all, and where nobody knows the share there is a range
// and no number.
func TestCountsMoveToAnotherTerritory(t *testing.T) {
	s := newDivided()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2021 need 400
		B 2021 need 200
		C 2021 need 100
		E 2021 need 50
		A 2022 need 300
		BB 2022 need 210
		C 2022 need 60
		CC 2022 need 30
		D 2022 need 90
		E 2022 need 55`)
	s.indicator("need_count count need")
	same(t, s.compute(t).ask(t, moved), `
		need_count A 2021 - 2022-01-01 300 0 400 apportionment E
		need_count D 2021 - 2022-01-01 100 0 400 apportionment E
		need_count BB 2021 - 2022-01-01 200 _ _ '' A
		need_count C 2021 - 2022-01-01 _ 0 100 apportionment E
		need_count CC 2021 - 2022-01-01 _ 0 100 apportionment E
		need_count R 2021 - 2022-01-01 _ 450 550 apportionment E
		need_count S 2021 - 2022-01-01 _ 200 300 apportionment E
		need_count A 2022 - 2021-06-30 390 _ _ '' A
		need_count B 2022 - 2021-06-30 210 _ _ '' A
		need_count C 2022 - 2021-06-30 90 _ _ '' A
		need_count R 2022 - 2021-06-30 745 _ _ '' A`)
}

// A share on another territory is the quotient of the counts there; the mean
// of 10 % and 80 % is not what the two have together.
func TestSharesAreRecomputedAndNeverAveraged(t *testing.T) {
	s := newDivided()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2022 need 900
		A 2022 served 90
		D 2022 need 100
		D 2022 served 80
		A 2021 need 1000
		A 2021 served 100`)
	s.indicator("served_share share served need", "need_change change need 1")
	same(t, s.compute(t).ask(t, moved+" and a.code = 'A' and v.territory = '2021-06-30'"), `
		served_share A 2022 - 2021-06-30 17 14.8 19.45 model_95 A
		need_change A 2022 2021 2021-06-30 0 _ _ '' A`)
}

// A sum that lacks one of its parts is no sum.
func TestATerritoryIsNotPutTogetherFromSomeOfItsParts(t *testing.T) {
	s := newDivided()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2022 need 300\nC 2022 need 60\nCC 2022 need 30")
	s.indicator("need_count count need")
	same(t, s.compute(t).ask(t, moved), "need_count C 2022 - 2021-06-30 90 _ _ '' A")
}

// A percentage of a survey is put together by people, only where every part
// has both numbers, with the range of its last decimal; of a part of an area
// it says nothing.
func TestPercentagesAreWeighedByPeople(t *testing.T) {
	s := newDivided()
	s.source("survey", "survey", model.Published)
	s.source("census", "census", model.Published)
	s.deliver("survey", "R 2021 poor 5.5\nR 2022 poor 4.2\nS 2022 poor 8.0\nR 2023 poor 4\nS 2023 poor 8")
	s.deliver("census", "R 2022-01-01 people 730236\nS 2022-01-01 people 610205")
	s.indicator("poverty count poor")
	s.Indicators[0].Weight, s.Indicators[0].Decimals = "people", 1
	same(t, s.compute(t).ask(t, moved), "poverty R 2022 - 2021-06-30 5.93 5.88 5.98 apportionment E")
}

// What is hidden stays hidden on every territory, and what rests on shown
// counts alone is shown.
func TestAMovedValueIsHiddenWithAnyOfItsCounts(t *testing.T) {
	s := newDivided()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2022 need 900
		D 2022 need 3
		C 2022 need 60
		CC 2022 need 30`)
	s.indicator("need_count count need")
	p, _ := s.protect(t)
	same(t, p.ask(t, "select area, value, lower, obs_status, conf_status from value where territory = '2021-06-30'"), `
		A _ _ Q D
		C 90 _ A F`)
}

// A rule that changed is a break on any territory; a border is none on one.
func TestOnOneTerritoryOnlyRulesBreakASeries(t *testing.T) {
	s := newDivided()
	s.PolicyEvents = []model.PolicyEvent{{ID: "rule", Date: "2022-03-01", Measures: []string{"need"}}}
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 400\nA 2022-01-31 need 310\nD 2022-01-31 need 80\nA 2022 need 300\nD 2022 need 90")
	s.indicator("need_count count need", "need_change change need 1")
	same(t, s.compute(t).ask(t, `select k.id, p.name, v.events, v.obs_status from restated v join indicator k using (indicator) join area a using (area) join period p on p.period = v.period
		where a.code = 'A' and v.territory = '2021-06-30'`), `
		need_count 2022-01-31 '' A
		need_count 2022 rule B
		need_change 2022 rule B`)
}

// The database moves counts exactly as the ledger does.
func TestTheDatabaseAgreesWithTheLedger(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	s := newDivided()
	s.source("forms", "forms", model.Reported)
	var lines strings.Builder
	counts := map[model.Date]map[int]float64{}
	for _, day := range []model.Date{"2021-12-31", "2022-12-31"} {
		counts[day] = map[int]float64{}
		for i, a := range s.Areas {
			if a.ValidOn(day) && a.Level == "district" {
				n := float64(20 + r.Intn(1000))
				counts[day][i] = n
				fmt.Fprintf(&lines, "%s %s need %g\n", a.Code, day, n)
			}
		}
	}
	s.deliver("forms", lines.String())
	s.indicator("need_count count need")
	st := s.compute(t)
	l := territory.New(s.Areas, s.AreaEvents)
	var want strings.Builder
	for day, c := range counts {
		to := model.Date("2021-06-30")
		if day < "2022" {
			to = "2022-01-01"
		}
		for w, n := range l.Restate(c, to) {
			if s.Areas[w].ValidOn(day) {
				continue
			}
			value := "_"
			if n.Known() {
				value = fmt.Sprint(math.Round(n.Value))
			}
			low, high := fmt.Sprint(n.Least), fmt.Sprint(n.Most)
			if n.Exact {
				low, high = "_", "_"
			}
			fmt.Fprintln(&want, s.Areas[w].Code, day, value, low, high)
		}
	}
	same(t, st.ask(t, `select a.code, p.name, v.value, v.lower, v.upper from restated v join area a using (area) join period p on p.period = v.period
		where a.level = 'district'`), want.String())
}

// changing is the national instance with sixty events over ten years, of the
// kinds that a real country has.
func changing() (*config.Instance, []sources.Delivery) {
	in, deliveries := national()
	r := rand.New(rand.NewSource(2))
	in.ReferenceDate = "2020-06-30"
	version := func(i int, day model.Date, code string) {
		a := in.Areas[i]
		a.Code, a.ValidFrom = code, day
		in.Areas[i].ValidTo = day.AddDays(-1)
		in.Areas = append(in.Areas, a)
	}
	recoded := map[string]string{}
	for e := range 60 {
		i := 1 + e*3
		day, code := model.MakeDate(2016+r.Intn(10), 1+r.Intn(12), 1), in.Areas[i].Code
		ev := model.AreaEvent{ID: fmt.Sprintf("event_%02d", e), Date: day, Share: -1, From: []string{code}, To: []string{code}}
		other := "9" + code[1:]
		switch e % 3 {
		case 0:
			ev.Kind = "rename"
			version(i, day, code)
		case 1:
			ev.Kind, ev.To = "recode", []string{other}
			version(i, day, other)
			recoded[code] = other
		case 2:
			ev.Kind, ev.To = "split", []string{code, other}
			if e%2 == 0 {
				ev.Share = 0.3
			}
			version(i, day, code)
			a := in.Areas[len(in.Areas)-1]
			a.Code = other
			in.Areas = append(in.Areas, a)
		}
		in.AreaEvents = append(in.AreaEvents, ev)
	}
	for d := range deliveries {
		var more []model.Record
		for i := range deliveries[d].Records {
			rec := &deliveries[d].Records[i]
			p, _ := model.ParsePeriod(rec.Period)
			if _, ok := in.Area(rec.Area, p.End); !ok && recoded[rec.Area] != "" {
				rec.Area = recoded[rec.Area]
			}
			if a, ok := in.Area("9"+rec.Area[1:], p.End); ok && a.Code != rec.Area {
				part := *rec
				part.Area = a.Code
				more = append(more, part)
			}
		}
		deliveries[d].Records = append(deliveries[d].Records, more...)
	}
	return in, deliveries
}

// BenchmarkRestate is what three territories add to the way of a national
// instance with sixty events, from its records to its download files: 220
// areas, 40 quarters, 30 indicators. Both ways run the same steps, one of them
// with a ledger that moves nothing; added-% is the processor time of the one
// over that of the other, the least of each: what else runs on the machine
// only adds. Pages are not in it, so the part of a whole build is smaller.
func BenchmarkRestate(b *testing.B) {
	in, deliveries := changing()
	ctx := context.Background()
	if days := restateDates(territory.New(in.Areas, in.AreaEvents), in); len(days) != 3 {
		b.Fatalf("territories of %v; expected three", days)
	}
	way := func(moved bool) (seconds float64, values int64) {
		dir := b.TempDir()
		start := cpuSeconds(b)
		s, err := Open(dir + "/store.duckdb")
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		if _, err := s.Load(ctx, in, deliveries); err != nil {
			b.Fatal(err)
		}
		if err := s.formulas(ctx, in); err != nil {
			b.Fatal(err)
		}
		if moved {
			err = s.restate(ctx, in)
		} else {
			err = s.restateTo(ctx, nil)
		}
		if err != nil {
			b.Fatal(err)
		}
		p, err := s.Protect(ctx, in, dir+"/public.duckdb", 1)
		if err != nil {
			b.Fatal(err)
		}
		public, _, err := Export(ctx, dir+"/public.duckdb", dir+"/data", into(dir+"/data"))
		if err != nil {
			b.Fatal(err)
		}
		public.Close()
		return cpuSeconds(b) - start, p.Values
	}
	without, with := math.Inf(1), math.Inf(1)
	var few, all int64
	for b.Loop() {
		t, n := way(false)
		without, few = min(without, t), n
		t, n = way(true)
		with, all = min(with, t), n
	}
	b.ReportMetric(without, "without-cpu-s")
	b.ReportMetric(with, "with-cpu-s")
	b.ReportMetric(100*(with/without-1), "added-%")
	b.ReportMetric(float64(all-few), "moved")
}

// cpuSeconds is the work of this process so far: other work on the machine
// does not count.
func cpuSeconds(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// A figure that a source gives on later borders stands beside the ones before
// it with a break, also when it is of an earlier day than the event.
func TestDeclaredBordersAreABreakToo(t *testing.T) {
	s := newDivided()
	s.source("census", "census", model.Published)
	s.source("census_new", "census", model.Published).Territory = "2022-01-01"
	s.deliver("census", "R 2021-01-01 people 1363797\nR 2023-01-01 people 730236\nS 2023-01-01 people 610205")
	s.deliver("census_new", "R 2021-12-01 people 732966\nS 2021-12-01 people 611888")
	s.indicator("people_count count people")
	st := s.compute(t)
	same(t, st.ask(t, `select a.code, p.name, v.territory, v.value, v.obs_status, v.events from value v join area a using (area) join period p on p.period = v.period where v.origin = 'given' and a.code = 'R'`), `
		R 2021-01-01 as_reported 1.363797e+06 A ''
		R 2021-12-01 2022-01-01 732966 B r
		R 2023-01-01 as_reported 730236 B r`)
	same(t, st.ask(t, moved+" and v.territory = '2021-06-30'"), `
		people_count R 2021-12-01 - 2021-06-30 1.344854e+06 _ _ '' A
		people_count R 2023-01-01 - 2021-06-30 1.340441e+06 _ _ '' A`)
}

// A year is compared with the year before it, also where a month was
// reported in between: the rule between the two years must not go unseen.
func TestAYearIsComparedWithTheYearBefore(t *testing.T) {
	s := newSmall()
	s.PolicyEvents = []model.PolicyEvent{{ID: "rule", Date: "2021-03-01", Measures: []string{"since_january"}}}
	s.source("press", "press", model.Published)
	s.deliver("press", "A 2020 since_january 900\nA 2021-06 since_january 500\nA 2021-09 since_january 600\nA 2021 since_january 700")
	s.indicator("year_count count since_january")
	same(t, s.compute(t).ask(t, `select p.name, v.events, v.obs_status from value v join period p on p.period = v.period`), `
		2020 '' A
		2021-06 rule B
		2021-09 '' A
		2021 rule B`)
}

// A rate on another territory has the interval it has as reported where whole
// areas moved; where its denominator was divided there is no upper limit, and
// the row says so.
func TestMovedRatesHaveTheirIntervalOrSayWhyNot(t *testing.T) {
	s := newDivided()
	s.source("forms", "forms", model.Reported)
	s.Measures = append(s.Measures, model.Measure{ID: "came", Name: model.Text{"en": "came"}, Unit: "persons", Counts: model.Persons, Basis: model.Flow})
	s.deliver("forms", `
		A 2022 came 15
		A 2022 people 900
		D 2022 came 5
		D 2022 people 100
		B 2021 came 20
		B 2021 people 1000
		A 2021 came 20
		A 2021 people 1000`)
	s.indicator("came_rate rate came people 1000")
	same(t, s.compute(t).ask(t, `select a.code, p.name, v.territory, round(v.value, 2), round(v.lower, 2), round(v.upper, 2), v.interval_kind, v.obs_status, v.reason
		from restated v join area a using (area) join period p on p.period = v.period`), `
		A 2022 2021-06-30 20 12.22 30.89 model_95 A ''
		BB 2021 2022-01-01 20 12.22 30.89 model_95 A ''
		A 2021 2022-01-01 20 _ _ '' E no_upper_limit
		D 2021 2022-01-01 20 _ _ '' E no_upper_limit`)
}

// The share of all people says nothing of a group of them: of large families
// only the range moves. A count that is declared to be spread like the people
// is an estimate that says so.
func TestAShareOfThePeopleIsNoShareOfAGroup(t *testing.T) {
	for _, c := range []struct {
		name       string
		population string
		spread     model.Spread
		want       string
	}{
		{"a group", "large", model.SpreadByGroup, "_ 0 400 E spread_unknown"},
		{"a group that is declared like the people", "large", model.LikePeople, "100 0 400 E spread_assumed"},
		{"all, but not people", "all", model.SpreadByGroup, "100 0 400 E spread_assumed"},
		{"all, declared uneven", "all", model.Uneven, "_ 0 400 E spread_unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newDivided()
			s.source("forms", "forms", model.Reported)
			s.Measures[0].Population, s.Measures[0].Spread = c.population, c.spread
			s.deliver("forms", "A 2021 need 400")
			s.indicator("need_count count need")
			same(t, s.compute(t).ask(t, `select round(v.value, 2), v.lower, v.upper, v.obs_status, v.reason from restated v join area a using (area) where a.code = 'D'`), c.want)
		})
	}
}

// People themselves move by the share of people: nothing is assumed but the
// share. Where nobody knows it, the row says that.
func TestPeopleMoveByTheirOwnShare(t *testing.T) {
	s := newDivided()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 people 4000\nC 2021 people 1000")
	s.indicator("people_count count people")
	same(t, s.compute(t).ask(t, `select a.code, round(v.value, 2), v.lower, v.upper, v.obs_status, v.reason from restated v join area a using (area)`), `
		A 3000 0 4000 E ''
		D 1000 0 4000 E ''
		C _ 0 1000 E share_unknown
		CC _ 0 1000 E share_unknown`)
}
