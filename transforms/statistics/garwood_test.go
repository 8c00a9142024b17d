package statistics

import (
	"math"
	"testing"
)

// The limits of Garwood's own table; if they drift, every rate on the site
// has a wrong interval.
func TestGarwoodGivesThePublishedLimits(t *testing.T) {
	for _, c := range []struct {
		n            int64
		lower, upper float64
	}{
		{0, 0, 3.689}, {1, 0.0253, 5.572}, {5, 1.623, 11.668}, {10, 4.795, 18.390}, {50, 37.11, 65.92}, {1000, 938.97, 1063.95},
	} {
		lo, hi := Garwood(c.n, 0.95)
		if math.Abs(lo-c.lower) > 0.006 || math.Abs(hi-c.upper) > 0.006 {
			t.Errorf("%d events: got %.4f to %.4f, want %v to %v", c.n, lo, hi, c.lower, c.upper)
		}
	}
}
