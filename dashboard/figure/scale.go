package figure

import (
	"math"
	"strconv"
)

// scale maps values to per cent of the plot's width or height. lo and hi
// are round, ticks lie on them and between.
type scale struct {
	lo, hi, step float64
	ticks        []float64
}

func (s scale) at(v float64) float64 {
	if s.hi == s.lo {
		return 50
	}
	return 100 * (v - s.lo) / (s.hi - s.lo)
}

// down is at for a vertical axis, where values grow upwards.
func (s scale) down(v float64) float64 { return 100 - s.at(v) }

// niceStep is the round step (1, 2, 2.5 or 5 times a power of ten) that cuts
// span into at most n parts.
func niceStep(span float64, n int) float64 {
	if !(span > 0) || math.IsInf(span, 0) {
		return 1
	}
	raw := span / float64(n)
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if m*p >= raw*(1-1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// niceScale covers all values with round ends and about n steps.
func niceScale(values []float64, n int) scale {
	lo, hi := extent(values)
	if lo > hi {
		lo, hi = 0, 1
	}
	if lo == hi {
		d := math.Max(math.Abs(lo)*0.1, 1)
		lo, hi = lo-d, hi+d
		if lo < 0 && values[0] >= 0 {
			lo = 0
		}
	}
	s := scale{step: niceStep(hi-lo, n)}
	s.lo = math.Floor(lo/s.step+1e-9) * s.step
	s.hi = math.Ceil(hi/s.step-1e-9) * s.step
	s.fillTicks()
	return s
}

func (s *scale) fillTicks() {
	for i := 0; i < 100; i++ {
		v := s.lo + float64(i)*s.step
		if v > s.hi+s.step*1e-6 {
			return
		}
		// steps such as 0.1 leave dust; a tick is a round number
		s.ticks = append(s.ticks, round(v, s.step))
	}
}

// round takes the dust of binary fractions off a multiple of step.
func round(v, step float64) float64 {
	d := 0
	for x := step; d < 9 && math.Abs(x-math.Round(x)) > 1e-9*math.Max(1, math.Abs(x)); d++ {
		x *= 10
	}
	p := math.Pow(10, float64(d))
	if r := math.Round(v*p) / p; r != 0 {
		return r
	}
	return 0
}

func extent(values []float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		lo, hi = math.Min(lo, v), math.Max(hi, v)
	}
	return lo, hi
}

// values collects what an axis of the figure has to hold: numbers, ends of
// intervals, the rule.
func (f *Figure) values() []float64 {
	var vs []float64
	add := func(ns ...*Number) {
		for _, n := range ns {
			if n != nil && n.Has {
				vs = append(vs, n.Value)
			}
		}
	}
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			m := &f.Series[i].Marks[j]
			add(&m.N, m.Lower, m.Upper)
		}
	}
	if f.Rule != nil {
		add(&f.Rule.N, f.Rule.Lower, f.Rule.Upper)
	}
	return vs
}

// tick writes an axis label in the language of the page.
func (f *Figure) tick(v float64) string {
	if f.Format != nil {
		return f.Format(v)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// present reports a number that can be drawn.
func present(n *Number) bool {
	return n != nil && n.Has && !math.IsNaN(n.Value) && !math.IsInf(n.Value, 0)
}

// text is what stands for the number: itself, or the sign.
func (n Number) text() string {
	if n.Has {
		return n.Shown
	}
	return n.Sign
}
