package statistics

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// FunnelAreas is the smallest number of areas that a funnel is drawn from.
const FunnelAreas = 10

// funnelSpread is the dispersion beyond which the areas are no sample of one
// process any more; a funnel would then say nothing (our choice; Spiegelhalter
// asks that such an indicator be questioned, not adjusted).
const funnelSpread = 10

// FunnelRefusal says why no funnel is drawn; empty = it applies.
type FunnelRefusal string

// The conditions of a funnel that may not be met.
const (
	FunnelFewAreas FunnelRefusal = "few_areas"
	FunnelSmall    FunnelRefusal = "small_numbers"
	FunnelSpread   FunnelRefusal = "too_spread"
)

// Funnel is the spread of areas around their common share that chance, and
// where needed the ordinary difference between areas, would give.
type Funnel struct {
	Centre     float64 // the common share
	Dispersion float64 // mean squared z after winsorising; 1 = chance alone
	P          float64 // of the test that chance alone is at work
	Tau        float64 // ordinary difference between areas; 0 unless the test rejects chance
}

// Limits are what chance allows an area with this many cases: 95 % with
// z = 1.96, 99.8 % with z = 3.09.
func (f Funnel) Limits(whole, z float64) Interval {
	half := z * math.Sqrt(f.Centre*(1-f.Centre)/whole+f.Tau*f.Tau)
	return Interval{math.Max(0, f.Centre-half), math.Min(1, f.Centre+half)}
}

// FunnelOf prepares the funnel of shares. z of each area is winsorised at a
// tenth on either side; if their mean square departs from 1 (χ² with as many
// degrees as there are areas, 5 %) the additive model widens the limits.
//
// Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional
// performance, Statistics in Medicine 24, 1185–1202; the same (2005), Handling
// over-dispersion of performance indicators, Quality and Safety in Health Care
// 14, 347–351. It applies from ten areas on, where each can expect five cases
// and five others.
func FunnelOf(areas []Fraction) (Funnel, FunnelRefusal) {
	var all Fraction
	for _, a := range areas {
		all = all.Plus(a)
	}
	f := Funnel{Centre: all.Value()}
	if len(areas) < FunnelAreas {
		return f, FunnelFewAreas
	}
	z := make([]float64, len(areas))
	for i, a := range areas {
		if !(a.Whole*math.Min(f.Centre, 1-f.Centre) >= least) {
			return f, FunnelSmall
		}
		z[i] = (a.Value() - f.Centre) / math.Sqrt(f.Centre*(1-f.Centre)/a.Whole)
	}
	winsorise(z, 0.1)
	sum := 0.0
	for _, v := range z {
		sum += v * v
	}
	k := float64(len(areas))
	f.Dispersion = sum / k
	f.P = distuv.ChiSquared{K: k}.Survival(sum)
	switch {
	case f.Dispersion > funnelSpread:
		return f, FunnelSpread
	case f.P >= 0.05:
		return f, ""
	}
	var w, ww float64
	for _, a := range areas {
		v := a.Whole / (f.Centre * (1 - f.Centre))
		w += v
		ww += v * v
	}
	f.Tau = math.Sqrt(math.Max(0, (sum-(k-1))/(w-ww/w)))
	return f, ""
}

// winsorise moves the outermost share of the values at either end to the
// nearest value that stays.
func winsorise(z []float64, share float64) {
	sorted := append([]float64(nil), z...)
	sort.Float64s(sorted)
	cut := int(share * float64(len(z)))
	low, high := sorted[cut], sorted[len(z)-1-cut]
	for i, v := range z {
		z[i] = min(max(v, low), high)
	}
}
