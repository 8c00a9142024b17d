package territory

import (
	"math"
	"math/rand"
	"testing"

	"tereze/model"
)

// on keeps the counts of the areas that existed on the day: the others have
// none to give.
func (c *country) on(day model.Date, counts map[int]float64) map[int]float64 {
	out := map[int]float64{}
	for i, n := range counts {
		if c.areas[i].ValidOn(day) {
			out[i] = n
		}
	}
	return out
}

// every runs a check over random countries.
func every(t *testing.T, check func(t *testing.T, c *country, l *Ledger)) {
	t.Helper()
	for seed := range int64(150) {
		r := rand.New(rand.NewSource(seed))
		c := newCountry(r, 200, 2+r.Intn(12))
		check(t, c, New(c.areas, c.events))
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

// A person counted in one place must not be counted twice or lost when the
// borders are drawn anew.
func TestTotalsAreConservedOverEveryEvent(t *testing.T) {
	every(t, func(t *testing.T, c *country, l *Ledger) {
		for i, day := range c.days {
			for _, to := range c.days {
				counts := c.on(day, c.counts(c.home[i], func(int) bool { return true }))
				total, sum, least, most, known := 0.0, 0.0, 0.0, 0.0, true
				for _, n := range counts {
					total += n
				}
				for _, n := range l.Restate(counts, to) {
					known = known && n.Known()
					sum += n.Value
					least += n.Least
					most += n.Most
				}
				if known && math.Abs(sum-total) > 1e-6 {
					t.Errorf("%s on the territory of %s: %g of %g people", day, to, sum, total)
				}
				if least > total+1e-9 || most < total-1e-9 {
					t.Errorf("%s on the territory of %s: %g to %g does not hold the total %g", day, to, least, most, total)
				}
			}
		}
	})
}

// Whatever part of the people a count is of, its range holds the number that
// really lived on the other territory.
func TestRangesContainTheTruth(t *testing.T) {
	every(t, func(t *testing.T, c *country, l *Ledger) {
		marked := func(i int) bool { return i%7 < 3 }
		for i, day := range c.days {
			for j, to := range c.days {
				truth := c.on(to, c.counts(c.home[j], marked))
				for w, n := range l.Restate(c.on(day, c.counts(c.home[i], marked)), to) {
					if n.Least > truth[w] || truth[w] > n.Most {
						t.Errorf("%s on the territory of %s, area %s: %g lies outside %g to %g", day, to, c.areas[w].Code, truth[w], n.Least, n.Most)
					}
					if n.Exact && (n.Value != truth[w] || n.Least != n.Most) {
						t.Errorf("%s on the territory of %s, area %s: said to be exactly %g, is %g", day, to, c.areas[w].Code, n.Value, truth[w])
					}
				}
			}
		}
	})
}

// What was split and is put together again is what it was; what was merged
// and is taken apart holds what it was within its range.
func TestThereAndBackGivesTheStart(t *testing.T) {
	every(t, func(t *testing.T, c *country, l *Ledger) {
		all := func(int) bool { return true }
		for i, day := range c.days {
			start := c.on(day, c.counts(c.home[i], all))
			for _, to := range c.days {
				there := l.Restate(start, to)
				values := map[int]float64{}
				exact := true
				for w, n := range there {
					exact = exact && n.Exact
					values[w] = n.Value
				}
				if !exact {
					continue
				}
				for u, n := range l.Restate(values, day) {
					if n.Exact && n.Value != start[u] || n.Least > start[u] || n.Most < start[u] {
						t.Errorf("%s by way of %s, area %s: %g became %+v", day, to, c.areas[u].Code, start[u], n)
					}
				}
			}
		}
		// Shares that were taken from these very people bring them there and,
		// over splits, back.
		for _, e := range c.events {
			if !c.known || e.Kind != "split" {
				continue
			}
			before, after := e.Date.AddDays(-1), e.Date
			u, _ := l.Find(e.From[0], before)
			sum := 0.0
			for _, p := range l.Parts(u, after) {
				sum += p.Share
			}
			back := true
			for _, w := range l.After(u) {
				p := l.Parts(w, before)
				back = back && len(p) == 1 && p[0].In == u && p[0].Whole
			}
			if math.Abs(sum-1) > 1e-9 || !back {
				t.Errorf("%s: the parts of %s hold %g of its people, all lead back: %t", e.ID, e.From[0], sum, back)
			}
		}
	})
}

// The history of any area is a walk: each step ends on the day before the
// next begins, and on every day somebody holds its people.
func TestHistoryIsAWalkWithoutGapsOrOverlaps(t *testing.T) {
	every(t, func(t *testing.T, c *country, l *Ledger) {
		for i, a := range c.areas {
			for _, n := range l.After(i) {
				if a.ValidTo == "" || a.ValidTo.AddDays(1) != c.areas[n].ValidFrom {
					t.Errorf("%s %s..%s is followed by %s from %s", a.Code, a.ValidFrom, a.ValidTo, c.areas[n].Code, c.areas[n].ValidFrom)
				}
				if !contains(l.Before(n), i) {
					t.Errorf("%s leads to %s, which does not lead back", a.Code, c.areas[n].Code)
				}
			}
			for _, day := range c.days {
				parts := l.Parts(i, day)
				if len(parts) == 0 {
					t.Errorf("nobody holds the people of %s from %s on %s", a.Code, a.ValidFrom, day)
				}
				for _, p := range parts {
					if !c.areas[p.In].ValidOn(day) {
						t.Errorf("%s on %s is said to lie in %s, which did not exist", a.Code, day, c.areas[p.In].Code)
					}
				}
			}
		}
	})
}

func contains(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// A chain of splits and merges that doubles at each step stays quick, and
// what meets again is whole again.
func TestLongChainsStaySmall(t *testing.T) {
	var areas []model.Area
	var events []model.AreaEvent
	version := func(code string, from, to int) {
		a := model.Area{Code: code, ValidFrom: model.MakeDate(from, 1, 1), ValidTo: model.MakeDate(to, 12, 31)}
		areas = append(areas, a)
	}
	for y := 1900; y < 2100; y += 2 {
		version("a", y, y)
		version("b", y+1, y+1)
		version("c", y+1, y+1)
		events = append(events, model.AreaEvent{ID: "s", Date: model.MakeDate(y+1, 1, 1), Kind: "split", From: []string{"a"}, To: []string{"b", "c"}, Share: -1},
			model.AreaEvent{ID: "m", Date: model.MakeDate(y+2, 1, 1), Kind: "merge", From: []string{"b", "c"}, To: []string{"a"}, Share: -1})
	}
	version("a", 2100, 2100)
	l := New(areas, events)
	p := l.Parts(0, "2100-06-01")
	if len(p) != 1 || !p[0].Whole || p[0].Share != 1 {
		t.Errorf("after a hundred divisions and reunions the area is %+v; nobody ever left it", p)
	}
}

// A region whose districts moved whole is the sum of them, also where the
// ledger does not know how the region itself was divided.
func TestARegionIsPutTogetherFromItsDistricts(t *testing.T) {
	areas := []model.Area{
		{Code: "R", ValidFrom: model.OpenStart, ValidTo: "2022-06-07"}, {Code: "R", ValidFrom: "2022-06-08"}, {Code: "S", ValidFrom: "2022-06-08"},
		{Code: "k", Parent: "R", ValidFrom: model.OpenStart},
		{Code: "m", Parent: "R", ValidFrom: model.OpenStart, ValidTo: "2022-06-07"}, {Code: "n", Parent: "S", ValidFrom: "2022-06-08"},
		{Code: "p", Parent: "R", ValidFrom: model.OpenStart, ValidTo: "2022-06-07"}, {Code: "p", Parent: "R", ValidFrom: "2022-06-08"}, {Code: "q", Parent: "S", ValidFrom: "2022-06-08"},
	}
	events := []model.AreaEvent{
		{ID: "r", Date: "2022-06-08", Kind: "split", From: []string{"R"}, To: []string{"R", "S"}, Share: 0.25},
		{ID: "m", Date: "2022-06-08", Kind: "recode", From: []string{"m"}, To: []string{"n"}, Share: -1},
		{ID: "p", Date: "2022-06-08", Kind: "split", From: []string{"p"}, To: []string{"p", "q"}, Share: -1},
	}
	l := New(areas, events)
	for _, c := range []struct {
		area  int
		on    model.Date
		whole bool
		in    []int
	}{{3, "2023-01-01", true, []int{1}}, {4, "2023-01-01", true, []int{2}}, {6, "2023-01-01", false, []int{1, 2}}, {8, "2021-01-01", true, []int{0}}} {
		got := l.Upward(c.area, c.on)
		if len(got) != len(c.in) || got[0].Whole != c.whole || got[0].In != c.in[0] {
			t.Errorf("%s from %s on %s: %+v, want %v whole %t", areas[c.area].Code, areas[c.area].ValidFrom, c.on, got, c.in, c.whole)
		}
	}
	for i, want := range []float64{0.75, 0.25} {
		if p := l.Parts(0, "2023-01-01"); math.Abs(p[i].Share-want) > 1e-12 || p[i].Whole {
			t.Errorf("the share of part %d is %g, want %g", i, p[i].Share, want)
		}
	}
	if got := l.Dates("R", "2021-06-30"); len(got) != 2 || got[0] != "2021-06-30" || got[1] != "2022-06-08" {
		t.Errorf("territories %v; expected that of the reference day and that of the event", got)
	}
}
