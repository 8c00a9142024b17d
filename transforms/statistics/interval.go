// Package statistics holds the formulas by which areas and periods are
// compared: counts come in, limits, verdicts and ranges come out.
//
// What an interval means for a full count. A register counts everybody, so
// nothing was sampled. The interval answers another question: how far the
// number could have come out differently by chance, had the same conditions
// met as many families again. It says how much weight a difference between
// two small districts can bear; it says nothing about mistakes in counting.
package statistics

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is a lower and an upper limit in the unit of what it belongs to.
type Interval struct{ Lower, Upper float64 }

// Z95 is the quantile of the standard normal distribution that leaves 2.5 %
// on either side; rounded as in the SQL of shares, so that both agree.
const Z95 = 1.959964

// Z is the quantile that leaves half of 1 − level on either side.
func Z(level float64) float64 { return distuv.UnitNormal.Quantile(1 - (1-level)/2) }

// oneSidedZ is the quantile that leaves p above it.
func oneSidedZ(p float64) float64 { return distuv.UnitNormal.Quantile(1 - p) }

// Fraction is a part and what it is out of: with a share families out of
// families, with a rate events out of those among whom they happened.
type Fraction struct{ Part, Whole float64 }

// Value is part ÷ whole.
func (f Fraction) Value() float64 { return f.Part / f.Whole }

// Plus joins two fractions of the same kind.
func (f Fraction) Plus(g Fraction) Fraction { return Fraction{f.Part + g.Part, f.Whole + g.Whole} }

// shareOK reports whether f can be a share: a part between none and all of
// something.
func shareOK(f Fraction) bool { return f.Whole > 0 && f.Part >= 0 && f.Part <= f.Whole }

// rateOK reports whether f can be a rate.
func rateOK(f Fraction) bool { return f.Whole > 0 && f.Part >= 0 }

// nothing is the answer where there is none to give.
var nothing = Interval{math.NaN(), math.NaN()}

// Known reports whether the interval has limits.
func (i Interval) Known() bool { return !math.IsNaN(i.Lower) && !math.IsNaN(i.Upper) }

// Holds reports whether v lies within the limits.
func (i Interval) Holds(v float64) bool { return i.Lower <= v && v <= i.Upper }

// Wilson is the score interval of a share of which x of n were found.
//
// Source: E. B. Wilson (1927), Probable inference, the law of succession, and
// statistical inference, JASA 22, 209–212. Assumption: n independent cases
// with one probability. It stays within 0 and 1 and has a width at 0 and at n
// of n. With n = 0 nothing is known.
func Wilson(f Fraction, z float64) Interval {
	if !shareOK(f) {
		return nothing
	}
	x, n := f.Part, f.Whole
	centre := (x + z*z/2) / (n + z*z)
	half := z * math.Sqrt(x*(n-x)/n+z*z/4) / (n + z*z)
	lower, upper := math.Max(0, centre-half), math.Min(1, centre+half)
	if x == 0 {
		lower = 0
	}
	if x == n {
		upper = 1
	}
	return Interval{lower, upper}
}
