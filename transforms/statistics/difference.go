package statistics

import "math"

// ShareDifference is the interval of the difference a − b of two independent
// shares: the limits of each are Wilson's, and their distances from the
// shares are added as squares.
//
// Source: R. G. Newcombe (1998), Interval estimation for the difference
// between independent proportions: comparison of eleven methods, Statistics in
// Medicine 17, 873–890, method 10. Assumption: the two groups have no case in
// common. One district and the rest of its region have none; the same district
// at two dates has, and then the interval is wider than needed.
func ShareDifference(a, b Fraction, z float64) Interval {
	return squareAndAdd(a.Value(), b.Value(), Wilson(a, z), Wilson(b, z))
}

// RateDifference is the same for two rates of events, from Garwood's limits
// (95 %) of the counts.
//
// Source: G. Y. Zou and A. Donner (2008), Construction of confidence limits
// about effect measures: a general approach, Statistics in Medicine 27,
// 1693–1702. Assumption: events come singly and independently of each other.
func RateDifference(a, b Fraction, limits func(events float64) Interval) Interval {
	if !rateOK(a) || !rateOK(b) {
		return nothing
	}
	return squareAndAdd(a.Value(), b.Value(), over(limits(a.Part), a.Whole), over(limits(b.Part), b.Whole))
}

func over(i Interval, whole float64) Interval { return Interval{i.Lower / whole, i.Upper / whole} }

func squareAndAdd(a, b float64, ia, ib Interval) Interval {
	if !ia.Known() || !ib.Known() {
		return nothing
	}
	d := a - b
	return Interval{d - math.Hypot(a-ia.Lower, ib.Upper-b), d + math.Hypot(ia.Upper-a, b-ib.Lower)}
}

// ShareRatio is the interval of the ratio a ÷ b of two independent shares, on
// the logarithmic scale.
//
// Source: D. Katz, J. Baptista, S. P. Azen and M. C. Pike (1978), Obtaining
// confidence intervals for the risk ratio in cohort studies, Biometrics 34,
// 469–474. It has no answer where one of the parts is nought.
func ShareRatio(a, b Fraction, z float64) Interval {
	if !shareOK(a) || !shareOK(b) || a.Part == 0 || b.Part == 0 {
		return nothing
	}
	return logRatio(a, b, z*math.Sqrt(1/a.Part-1/a.Whole+1/b.Part-1/b.Whole))
}

// RateRatio is the same for two rates of events.
//
// Source: K. J. Rothman, S. Greenland and T. L. Lash (2008), Modern
// Epidemiology, 3rd edition, chapter 14: the logarithm of a ratio of rates has
// the variance 1/a + 1/b.
func RateRatio(a, b Fraction, z float64) Interval {
	if !rateOK(a) || !rateOK(b) || a.Part == 0 || b.Part == 0 {
		return nothing
	}
	return logRatio(a, b, z*math.Sqrt(1/a.Part+1/b.Part))
}

func logRatio(a, b Fraction, half float64) Interval {
	r := a.Value() / b.Value()
	return Interval{r * math.Exp(-half), r * math.Exp(half)}
}

// Verdict is the outcome of a comparison.
type Verdict string

// The five outcomes. Better and Worse exist only where the indicator has a
// good direction, Higher and Lower only where it has none.
const (
	Better  Verdict = "better"
	Similar Verdict = "similar"
	Worse   Verdict = "worse"
	Higher  Verdict = "higher"
	Lower   Verdict = "lower"
)

// Judge reads the interval of a difference: it is told from nought only when
// it does not hold nought. direction is up, down (which way is good) or none.
func Judge(difference Interval, direction string) Verdict {
	var up bool
	switch {
	case difference.Lower > 0:
		up = true
	case difference.Upper < 0:
	default:
		return Similar
	}
	switch {
	case direction == "up" && up, direction == "down" && !up:
		return Better
	case direction == "up", direction == "down":
		return Worse
	case up:
		return Higher
	}
	return Lower
}
