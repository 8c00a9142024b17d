package statistics

import (
	"math"
	"math/rand"
	"testing"
)

// Alcohol and malformation (A. Agresti, Categorical Data Analysis, 3.4.5):
// with the scores 0, 0.5, 1.5, 4, 7 the trend statistic is 6.57, p = 0.01.
func TestTrendGivesThePublishedStatistic(t *testing.T) {
	points := []Point{{0, Fraction{48, 17114}}, {0.5, Fraction{38, 14502}}, {1.5, Fraction{5, 793}}, {4, Fraction{1, 127}}, {7, Fraction{1, 38}}}
	z, p := TrendTest(points, false)
	if !near(z*z, 6.57, 0.01) || !near(p, 0.010, 0.001) || z < 0 {
		t.Errorf("χ² = %.3f, p = %.4f; published 6.57 and 0.010", z*z, p)
	}
}

// With two periods the trend test is the test of two shares (Pearson's χ²).
func TestTrendOfTwoPeriodsIsTheFourfoldTable(t *testing.T) {
	a, b := Fraction{30, 100}, Fraction{45, 120}
	z, _ := TrendTest([]Point{{1, a}, {2, b}}, false)
	if want := -pairZ(a, b, false); !near(z, want, 1e-9) {
		t.Errorf("z = %v, from the fourfold table %v", z, want)
	}
	z, _ = TrendTest([]Point{{1, a}, {2, b}}, true)
	if want := -pairZ(a, b, true); !near(z, want, 1e-9) {
		t.Errorf("rates: z = %v, from two rates %v", z, want)
	}
}

func series(n float64, parts ...float64) []Point {
	var out []Point
	for i, x := range parts {
		out = append(out, Point{float64(i), Fraction{x, n}})
	}
	return out
}

// The words are what readers remember; each must need what it says.
func TestTrendWords(t *testing.T) {
	for _, c := range []struct {
		name      string
		points    []Point
		direction string
		want      Trend
	}{
		{"rising, good", series(1000, 100, 140, 180, 220, 260), "up", RisingBetter},
		{"rising, bad", series(1000, 100, 140, 180, 220, 260), "down", RisingWorse},
		{"rising, neither", series(1000, 100, 140, 180, 220, 260), "none", Rising},
		{"falling, good", series(1000, 260, 220, 180, 140, 100), "down", FallingBetter},
		{"falling, bad", series(1000, 260, 220, 180, 140, 100), "up", FallingWorse},
		{"falling, neither", series(1000, 260, 220, 180, 140, 100), "", Falling},
		{"level", series(1000, 180, 181, 179, 180, 181), "up", NoTrend},
		{"all equal", series(1000, 180, 180, 180, 180, 180), "up", NoTrend},
		{"all of all", series(50, 50, 50, 50, 50, 50), "up", TooFew},
		{"none of all", series(50, 0, 0, 0, 0, 0), "up", TooFew},
		{"four periods", series(1000, 100, 140, 180, 220), "up", TooFew},
		{"one period makes it", series(1000, 180, 180, 180, 180, 260), "up", OnePoint},
		{"nobody", series(0, 0, 0, 0, 0, 0), "up", TooFew},
	} {
		if got, _ := TrendOf(c.points, false, c.direction, 0.05); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Without any trend, chance may make at most one in twenty; with the check
// that leaves out each period, fewer.
func TestTrendsAreNotSeenWhereThereAreNone(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	seen, named := 0, 0
	const tries = 3000
	for range tries {
		points := series(200, binomial(r, 200, 0.3), binomial(r, 200, 0.3), binomial(r, 200, 0.3), binomial(r, 200, 0.3), binomial(r, 200, 0.3))
		if _, p := TrendTest(points, false); p < 0.05 {
			seen++
		}
		if word, _ := TrendOf(points, false, "up", 0.05); word == RisingBetter || word == FallingWorse {
			named++
		}
	}
	if share := float64(seen) / tries; math.Abs(share-0.05) > 0.012 || named >= seen {
		t.Errorf("%d of %d tests, %d named trends, where there is none", seen, tries, named)
	}
}
