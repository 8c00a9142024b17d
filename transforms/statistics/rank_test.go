package statistics

import (
	"math"
	"math/rand"
	"sort"
	"testing"
)

// The promise of a rank range: in 95 of 100 worlds all true ranks lie within
// all ranges at once, with ties counted as any of their places.
func TestRankRangesHoldAllTrueRanksAtOnce(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	worlds := map[string][]float64{
		"spread":    {0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.55, 0.6, 0.62, 0.7},
		"all equal": {0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4},
		"two camps": {0.3, 0.3, 0.3, 0.3, 0.5, 0.5, 0.5, 0.5},
		"rare":      {0.02, 0.02, 0.03, 0.05, 0.05, 0.09},
	}
	const tries = 600
	for name, truth := range worlds {
		held := 0
		for range tries {
			areas := make([]Fraction, len(truth))
			for i, p := range truth {
				n := 80 + 60*i
				areas[i] = Fraction{binomial(r, n, p), float64(n)}
			}
			if allHeld(Ranks(areas, false, false, 0.05), truth) {
				held++
			}
		}
		if got := float64(held) / tries; got < 0.94 {
			t.Errorf("%s: all ranks are within their ranges in %.1f %% of worlds", name, 100*got)
		}
	}
}

// allHeld: the true rank of an area is any place between those strictly above
// it and those not below it.
func allHeld(ranks []Rank, truth []float64) bool {
	for i, p := range truth {
		above, notBelow := 0, 0
		for _, q := range truth {
			if q > p {
				above++
			}
			if q >= p {
				notBelow++
			}
		}
		if ranks[i].Lower > notBelow || ranks[i].Upper < above+1 {
			return false
		}
		if ranks[i].Lower > above+1 || ranks[i].Upper < notBelow {
			return false
		}
	}
	return true
}

// Whatever comes in, a range is a range, and equal districts share it.
func TestRanksAreRangesAndEqualsShareThem(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 300 {
		k := 1 + r.Intn(15)
		areas := make([]Fraction, k)
		for i := range areas {
			n := float64(1 + r.Intn(900))
			areas[i] = Fraction{math.Floor(r.Float64() * (n + 1)), n}
		}
		areas = append(areas, areas[0])
		for _, ascending := range []bool{false, true} {
			ranks := Ranks(areas, false, ascending, 0.05)
			if ranks[0] != ranks[k] {
				t.Fatalf("the same data get the ranks %v and %v", ranks[0], ranks[k])
			}
			for i, x := range ranks {
				if x.Lower < 1 || x.Upper > k+1 || x.Lower > x.Upper || x.Group < 1 {
					t.Fatalf("rank %+v of %d areas", x, k+1)
				}
				if place := placeOf(areas, i, ascending); place < x.Lower || place > x.Upper {
					t.Fatalf("area %d stands at place %d, outside its range %+v", i, place, x)
				}
			}
		}
	}
}

func placeOf(areas []Fraction, i int, ascending bool) int {
	place := 1
	for _, a := range areas {
		if x, y := a.Value(), areas[i].Value(); x != y && x > y != ascending {
			place++
		}
	}
	return place
}

func TestRanksAtTheEdges(t *testing.T) {
	same := func(ranks []Rank, k int) bool {
		for _, x := range ranks {
			if x != (Rank{1, k, 1}) {
				return false
			}
		}
		return true
	}
	for name, areas := range map[string][]Fraction{
		"one district": {{5, 10}}, "none of anything": {{0, 10}, {0, 2000}, {0, 30}}, "all of everything": {{10, 10}, {2000, 2000}},
		"one case each": {{1, 1}, {0, 1}, {1, 1}}, "all equal": {{50, 100}, {500, 1000}, {5, 10}},
	} {
		if got := Ranks(areas, false, false, 0.05); !same(got, len(areas)) {
			t.Errorf("%s: %v; nothing can be told apart here", name, got)
		}
	}
	if len(Ranks(nil, false, false, 0.05)) != 0 {
		t.Error("ranks of nobody")
	}
	got := Ranks([]Fraction{{100, 1000}, {900, 1000}, {500, 1000}}, false, false, 0.05)
	if got[1] != (Rank{1, 1, 1}) || got[2] != (Rank{2, 2, 2}) || got[0] != (Rank{3, 3, 3}) {
		t.Errorf("three clearly apart: %v", got)
	}
}

// An independent Holm: sort the p-values and walk down.
func TestHolmIsHolm(t *testing.T) {
	r := rand.New(rand.NewSource(11))
	for range 500 {
		z := make([]float64, 1+r.Intn(60))
		for i := range z {
			z[i] = r.NormFloat64() * 3
		}
		m := 2 * len(z)
		sorted := make([]float64, len(z))
		for i := range z {
			sorted[i] = math.Abs(z[i])
		}
		sort.Sort(sort.Reverse(sort.Float64Slice(sorted)))
		want := 0
		for i, v := range sorted {
			if v < oneSidedZ(0.05/float64(m-i)) {
				break
			}
			want++
		}
		limit, got := holm(z, m, 0.05), 0
		for _, v := range z {
			if math.Abs(v) >= limit {
				got++
			}
		}
		if got != want {
			t.Fatalf("%d rejected, step by step %d", got, want)
		}
	}
}

// Two districts that differ by less than chance gives must not be put in an
// order: their places overlap, and they stand in one group.
func TestNearEqualDistrictsNeverGetDistinctPlaces(t *testing.T) {
	r := rand.New(rand.NewSource(11))
	pairs := 0
	for range 1500 {
		areas := make([]Fraction, 3+r.Intn(12))
		for i := range areas {
			n := 200 + r.Intn(1500)
			areas[i] = Fraction{binomial(r, n, 0.2+0.6*r.Float64()), float64(n)}
		}
		// A neighbour of the first: one case more or less.
		near := areas[0]
		near.Part = math.Max(0, near.Part-1)
		areas = append(areas, near)
		for _, ascending := range []bool{false, true} {
			ranks := Ranks(areas, false, ascending, 0.05)
			for i := range areas {
				for j := range i {
					d := ShareDifference(areas[i], areas[j], Z95)
					if d.Lower > 0 || d.Upper < 0 {
						continue
					}
					pairs++
					if ranks[i].Lower > ranks[j].Upper || ranks[j].Lower > ranks[i].Upper {
						t.Fatalf("%v and %v cannot be told apart (%v) and get the places %+v and %+v", areas[i], areas[j], d, ranks[i], ranks[j])
					}
				}
			}
			if a, b := ranks[0], ranks[len(ranks)-1]; a.Group != b.Group {
				t.Fatalf("one case of %v lies between them, and they stand in the groups %d and %d", areas[0].Whole, a.Group, b.Group)
			}
		}
	}
	if pairs < 5000 {
		t.Errorf("only %d pairs were near each other", pairs)
	}
}
