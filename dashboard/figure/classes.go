package figure

import "math"

// classes cuts values into at most five classes with round limits, for a
// map. limits has one more entry than there are classes.
type classes struct {
	limits []float64
	step   float64
}

// classesOf finds the finest round step that needs no more than five
// classes. All values equal: one class.
func classesOf(values []float64) classes {
	lo, hi := extent(values)
	if lo > hi {
		return classes{}
	}
	if lo == hi {
		return classes{limits: []float64{lo, hi}}
	}
	for n := 5; n >= 1; n-- {
		step := niceStep(hi-lo, n)
		first := math.Floor(lo/step+1e-9) * step
		last := math.Ceil(hi/step-1e-9) * step
		if k := int(math.Round((last - first) / step)); k <= 5 {
			c := classes{step: step}
			for i := 0; i <= k; i++ {
				c.limits = append(c.limits, round(first+float64(i)*step, step))
			}
			return c
		}
	}
	return classes{limits: []float64{lo, hi}}
}

// of is the class of a value, counted from 0; a value on a limit belongs to
// the class above, the highest to the last.
func (c classes) of(v float64) int {
	for i := len(c.limits) - 2; i > 0; i-- {
		if v >= c.limits[i] {
			return i
		}
	}
	return 0
}

// colour is the number of the sequential colour (1 pale … 5 strong): few
// classes are spread over the scale.
func (c classes) colour(v float64) int {
	n := len(c.limits) - 1
	if n <= 1 {
		return 3
	}
	return 1 + int(math.Round(float64(c.of(v))*4/float64(n-1)))
}
