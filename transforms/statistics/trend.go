package statistics

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Point is one period of a series: when it lies (in any even unit) and what
// was counted.
type Point struct {
	Time float64
	Fraction
}

// TrendPoints is the smallest number of periods that a trend is stated from.
const TrendPoints = 5

// trendEvents is the smallest number of cases, and of their complement, over
// all periods: below it the normal approximation does not hold.
const trendEvents = 10

// Trend is the outcome of the trend test in one of nine words.
type Trend string

// The nine words. A trend is good or bad only where the indicator has a good
// direction. OnePoint: significant, but only with one of the periods.
const (
	RisingBetter  Trend = "rising_better"
	RisingWorse   Trend = "rising_worse"
	Rising        Trend = "rising"
	FallingBetter Trend = "falling_better"
	FallingWorse  Trend = "falling_worse"
	Falling       Trend = "falling"
	NoTrend       Trend = "no_trend"
	OnePoint      Trend = "one_point"
	TooFew        Trend = "too_few"
)

// TrendTest is the chi-squared test for a linear trend of a share (rate false)
// or a rate, and its two-sided p. statistic keeps the sign of the trend:
// squared it has one degree of freedom.
//
// Sources: W. G. Cochran (1954), Some methods for strengthening the common χ²
// tests, Biometrics 10, 417–451; P. Armitage (1955), Tests for linear trends
// in proportions and frequencies, Biometrics 11, 375–386. Assumption: the
// periods have no case in common, so running counts are not tested.
func TrendTest(points []Point, rate bool) (statistic, p float64) {
	var parts, wholes, ti, tw, ttw float64
	for _, q := range points {
		parts += q.Part
		wholes += q.Whole
		ti += q.Time * q.Part
		tw += q.Time * q.Whole
		ttw += q.Time * q.Time * q.Whole
	}
	mean := parts / wholes
	variance := mean * (ttw - tw*tw/wholes)
	if !rate {
		variance *= 1 - mean
	}
	if !(variance > 0) {
		return 0, 1
	}
	statistic = (ti - mean*tw) / math.Sqrt(variance)
	return statistic, 2 * distuv.UnitNormal.CDF(-math.Abs(statistic))
}

// TrendOf tests a series and puts the outcome into a word. Beside the test
// itself, the trend must stay significant and keep its direction when any one
// of the periods is left out.
func TrendOf(points []Point, rate bool, direction string, alpha float64) (word Trend, p float64) {
	var all Fraction
	for _, q := range points {
		all = all.Plus(q.Fraction)
	}
	if len(points) < TrendPoints || all.Part < trendEvents || !rate && all.Whole-all.Part < trendEvents {
		return TooFew, math.NaN()
	}
	statistic, p := TrendTest(points, rate)
	if !(p < alpha) {
		return NoTrend, p
	}
	rest := make([]Point, 0, len(points)-1)
	for i := range points {
		rest = append(append(rest[:0], points[:i]...), points[i+1:]...)
		if s, q := TrendTest(rest, rate); !(q < alpha) || s > 0 != (statistic > 0) {
			return OnePoint, p
		}
	}
	words := map[string][2]Trend{"up": {RisingBetter, FallingWorse}, "down": {RisingWorse, FallingBetter}}
	pair, ok := words[direction]
	if !ok {
		pair = [2]Trend{Rising, Falling}
	}
	if statistic > 0 {
		return pair[0], p
	}
	return pair[1], p
}
