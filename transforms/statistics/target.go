package statistics

// Target is what was set: from where, to where, from when to when (in years).
type Target struct{ Base, Goal, From, By float64 }

// Progress says how far a target was come.
type Progress struct {
	Share    float64 // of the way from base to goal, 1 = there
	Expected float64 // the value on the straight line at the day
	State    string  // reached, ahead, on, behind, missed
	Required float64 // change per year from now on that still reaches the goal; 0 once reached or past the day
}

// Against measures a value (with its limits, where it has any) at a moment.
//
// Share is (value − base) ÷ (goal − base): the Current Status Index of the
// United Nations' ESCAP (Asia and the Pacific SDG Progress Report, technical
// note). It divides by the way and not by the goal, so a goal of nought is a
// goal like any other. The pace is judged against the straight line from base
// to goal: on it when the limits hold the line's value. ok is false when base
// and goal are one: there is no way to measure.
func (t Target) Against(value float64, limits Interval, at float64) (p Progress, ok bool) {
	way := t.Goal - t.Base
	if way == 0 || t.By <= t.From {
		return p, false
	}
	if !limits.Known() {
		limits = Interval{value, value}
	}
	p.Share = (value - t.Base) / way
	elapsed := min(max((at-t.From)/(t.By-t.From), 0), 1)
	p.Expected = t.Base + way*elapsed
	sign := 1.0
	if way < 0 {
		sign = -1
	}
	switch {
	case p.Share >= 1:
		p.State = "reached"
		return p, true
	case at >= t.By:
		p.State = "missed"
		return p, true
	case limits.Holds(p.Expected):
		p.State = "on"
	case sign*(value-p.Expected) > 0:
		p.State = "ahead"
	default:
		p.State = "behind"
	}
	p.Required = (t.Goal - value) / (t.By - at)
	return p, true
}
