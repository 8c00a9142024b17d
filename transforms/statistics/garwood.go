package statistics

import "gonum.org/v1/gonum/stat/distuv"

// Garwood is the exact two-sided interval for the mean of a Poisson count of
// which n events were seen (Garwood 1936), from the link between the Poisson
// and the chi-squared distribution. level is 0.95 for a 95 % interval.
func Garwood(n int64, level float64) (lower, upper float64) {
	tail := (1 - level) / 2
	if n > 0 {
		lower = distuv.ChiSquared{K: 2 * float64(n)}.Quantile(tail) / 2
	}
	upper = distuv.ChiSquared{K: 2*float64(n) + 2}.Quantile(1-tail) / 2
	return lower, upper
}
