package statistics

import (
	"math"
	"math/rand"
	"testing"
)

func areasOf(r *rand.Rand, k int, p func() float64) []Fraction {
	out := make([]Fraction, k)
	for i := range out {
		n := 60 + 40*i
		out[i] = Fraction{binomial(r, n, p()), float64(n)}
	}
	return out
}

// Where chance alone is at work, at most one in twenty funnels may be widened,
// and an area leaves the 99.8 % limits about twice in a thousand.
func TestFunnelHoldsChance(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	widened, out, all := 0, 0, 0
	const tries = 1000
	for range tries {
		areas := areasOf(r, 16, func() float64 { return 0.4 })
		f, why := FunnelOf(areas)
		if why != "" {
			t.Fatalf("no funnel: %s", why)
		}
		if f.Tau > 0 {
			widened++
		}
		for _, a := range areas {
			all++
			if !f.Limits(a.Whole, Z(0.998)).Holds(a.Value()) {
				out++
			}
		}
	}
	if widened > tries*5/100 {
		t.Errorf("%d of %d funnels widened without need", widened, tries)
	}
	if share := float64(out) / float64(all); share > 0.004 {
		t.Errorf("%.2f %% of areas lie outside 99.8 %% limits by chance", 100*share)
	}
}

// Where districts differ from each other as districts do, the limits must
// widen, or half of them would look guilty.
func TestFunnelWidensWhereAreasDiffer(t *testing.T) {
	r := rand.New(rand.NewSource(6))
	found, tau := 0, 0.0
	const tries = 300
	for range tries {
		f, why := FunnelOf(areasOf(r, 16, func() float64 { return min(max(0.4+0.06*r.NormFloat64(), 0.1), 0.9) }))
		if why == "" && f.Tau > 0 {
			found++
			tau += f.Tau
		}
	}
	if found < tries*9/10 || math.Abs(tau/float64(found)-0.06) > 0.02 {
		t.Errorf("over-dispersion found %d times of %d, tau %.3f on average; it is 0.060", found, tries, tau/float64(found))
	}
}

func TestFunnelSaysWhyNot(t *testing.T) {
	same := func(k int, f Fraction) []Fraction {
		out := make([]Fraction, k)
		for i := range out {
			out[i] = f
		}
		return out
	}
	apart := append(same(8, Fraction{100, 1000}), same(8, Fraction{900, 1000})...)
	for name, c := range map[string]struct {
		areas []Fraction
		want  FunnelRefusal
	}{
		"nine areas": {same(9, Fraction{50, 100}), FunnelFewAreas}, "one district": {same(1, Fraction{50, 100}), FunnelFewAreas}, "nobody": {nil, FunnelFewAreas},
		"one in a hundred": {same(12, Fraction{1, 100}), FunnelSmall}, "none at all": {same(12, Fraction{0, 100}), FunnelSmall}, "all": {same(12, Fraction{100, 100}), FunnelSmall},
		"two different worlds": {apart, FunnelSpread}, "all equal": {same(12, Fraction{50, 100}), ""},
	} {
		if f, got := FunnelOf(c.areas); got != c.want {
			t.Errorf("%s: %q, want %q (%+v)", name, got, c.want, f)
		}
	}
}
