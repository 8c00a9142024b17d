package statistics

import (
	"math"
	"testing"
)

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// R. G. Newcombe (1998), Two-sided confidence intervals for the single
// proportion, Statistics in Medicine 17, 857–872, table I, method 3. If these
// fail, every share on the site has a wrong interval.
func TestWilsonGivesNewcombesTable(t *testing.T) {
	for _, c := range []struct{ x, n, lower, upper float64 }{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718},
	} {
		got := Wilson(Fraction{c.x, c.n}, Z95)
		if !near(got.Lower, c.lower, 6e-5) || !near(got.Upper, c.upper, 6e-5) {
			t.Errorf("%v of %v: got %.4f to %.4f, the table has %v to %v", c.x, c.n, got.Lower, got.Upper, c.lower, c.upper)
		}
	}
}

// The ends of the scale are where careless formulas give no width or leave it.
func TestWilsonAtTheEnds(t *testing.T) {
	for _, n := range []float64{1, 2, 7, 1e6} {
		none, all := Wilson(Fraction{0, n}, Z95), Wilson(Fraction{n, n}, Z95)
		if none.Lower != 0 || none.Upper <= 0 || none.Upper >= 1 || all.Upper != 1 || all.Lower <= 0 || all.Lower >= 1 {
			t.Errorf("n = %v: 0 of n gives %v, n of n gives %v", n, none, all)
		}
		if !near(none.Upper, 1-all.Lower, 1e-12) {
			t.Errorf("n = %v: 0 of n and n of n are no mirror images: %v, %v", n, none, all)
		}
	}
	for _, impossible := range []Fraction{{0, 0}, {-1, 5}, {6, 5}, {math.NaN(), 5}} {
		if got := Wilson(impossible, Z95); got.Known() {
			t.Errorf("%v has an interval: %v", impossible, got)
		}
	}
}

func TestZ(t *testing.T) {
	if !near(Z(0.95), Z95, 1e-6) || !near(Z(0.998), 3.090232, 1e-6) {
		t.Errorf("quantiles are %v and %v; tables have 1.959964 and 3.090232", Z(0.95), Z(0.998))
	}
}
