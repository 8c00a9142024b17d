package statistics

import (
	"math"
	"math/rand"
	"testing"
)

// R. G. Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method
// 10: the eight examples (a) to (h).
func TestDifferencesGiveNewcombesTable(t *testing.T) {
	for _, c := range []struct{ x1, n1, x2, n2, lower, upper float64 }{
		{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {6, 7, 2, 7, 0.0582, 0.8062}, {5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775}, {10, 10, 0, 20, 0.6791, 1}, {10, 10, 0, 10, 0.6075, 1},
	} {
		got := ShareDifference(Fraction{c.x1, c.n1}, Fraction{c.x2, c.n2}, Z95)
		if !near(got.Lower, c.lower, 6e-5) || !near(got.Upper, c.upper, 6e-5) {
			t.Errorf("%v/%v − %v/%v: got %.4f to %.4f, the table has %v to %v", c.x1, c.n1, c.x2, c.n2, got.Lower, got.Upper, c.lower, c.upper)
		}
	}
}

// The Physicians' Health Study (A. Agresti, Categorical Data Analysis, 3.1):
// heart attacks with placebo 189 of 11,034, with aspirin 104 of 11,037; the
// ratio 1.82 has the interval 1.43 to 2.30.
func TestRatioGivesThePublishedInterval(t *testing.T) {
	got := ShareRatio(Fraction{189, 11034}, Fraction{104, 11037}, Z95)
	if !near(got.Lower, 1.433, 0.001) || !near(got.Upper, 2.306, 0.001) {
		t.Errorf("got %.3f to %.3f, published 1.433 to 2.306", got.Lower, got.Upper)
	}
	if ShareRatio(Fraction{0, 10}, Fraction{5, 10}, Z95).Known() || RateRatio(Fraction{5, 10}, Fraction{0, 10}, Z95).Known() {
		t.Error("a ratio with nought has an interval on the logarithmic scale")
	}
}

// A rare share and a rate are one thing; so must their intervals be.
func TestRatesAreRareShares(t *testing.T) {
	limits := func(n float64) Interval { lo, hi := Garwood(int64(n), 0.95); return Interval{lo, hi} }
	a, b := Fraction{420, 1e6}, Fraction{300, 1e6}
	share, rate := ShareDifference(a, b, Z95), RateDifference(a, b, limits)
	if !near(share.Lower*1e6, rate.Lower*1e6, 2) || !near(share.Upper*1e6, rate.Upper*1e6, 2) {
		t.Errorf("as shares %v, as rates %v", share, rate)
	}
	s, r := ShareRatio(a, b, Z95), RateRatio(a, b, Z95)
	if !near(s.Lower, r.Lower, 1e-4) || !near(s.Upper, r.Upper, 1e-4) {
		t.Errorf("ratio as shares %v, as rates %v", s, r)
	}
}

// 95 % must be about 95 %, for small districts too.
func TestDifferencesCoverAsOftenAsTheySay(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	limits := map[float64]Interval{}
	garwood := func(n float64) Interval {
		i, ok := limits[n]
		if !ok {
			lo, hi := Garwood(int64(n), 0.95)
			i = Interval{lo, hi}
			limits[n] = i
		}
		return i
	}
	const tries = 4000
	shares, rates := 0, 0
	for range tries {
		a, b := Fraction{binomial(r, 25, 0.4), 25}, Fraction{binomial(r, 300, 0.25), 300}
		if ShareDifference(a, b, Z95).Holds(0.15) {
			shares++
		}
		a, b = Fraction{poisson(r, 9), 100}, Fraction{poisson(r, 60), 1000}
		if RateDifference(a, b, garwood).Holds(0.03) {
			rates++
		}
	}
	for name, n := range map[string]int{"shares": shares, "rates": rates} {
		if got := float64(n) / tries; got < 0.935 || got > 0.985 {
			t.Errorf("%s: the interval holds the truth in %.1f %% of cases", name, 100*got)
		}
	}
}

func binomial(r *rand.Rand, n int, p float64) float64 {
	x := 0
	for range n {
		if r.Float64() < p {
			x++
		}
	}
	return float64(x)
}

func poisson(r *rand.Rand, mean float64) float64 {
	x, product, floor := -1.0, 1.0, math.Exp(-mean)
	for product > floor {
		product *= r.Float64()
		x++
	}
	return x
}

// A verdict is a claim about somebody's work: none may come from an interval
// that holds nought, and none of praise where an indicator has no direction.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		lower, upper float64
		direction    string
		want         Verdict
	}{
		{1, 2, "up", Better}, {-2, -1, "up", Worse}, {1, 2, "down", Worse}, {-2, -1, "down", Better},
		{1, 2, "none", Higher}, {-2, -1, "", Lower}, {-1, 2, "up", Similar}, {0, 2, "up", Similar}, {-2, 0, "none", Similar},
		{math.NaN(), math.NaN(), "up", Similar},
	} {
		if got := Judge(Interval{c.lower, c.upper}, c.direction); got != c.want {
			t.Errorf("%v to %v, direction %q: %s, want %s", c.lower, c.upper, c.direction, got, c.want)
		}
	}
}
