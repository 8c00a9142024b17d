package model

// Rules are what the door asks of the values of a measure beside what its
// unit and its basis ask anyway. A nil field is not declared; the next wider
// declaration holds then, or no rule at all.
type Rules struct {
	Min          *float64 // least value
	Max          *float64 // greatest value
	Jump         *float64 // a value this many times the one before, or one this many times smaller, is held; 0 = never
	JumpFrom     *float64 // differences below this are never a jump
	SumTolerance *float64 // per cent by which the parts of an area may miss the area's own figure
	GapTolerance *float64 // per cent by which two publishers may differ without an explanation
}

// Over lays the declared fields of r over those of wider.
func (r Rules) Over(wider Rules) Rules {
	for _, f := range []struct{ own, wide **float64 }{
		{&r.Min, &wider.Min}, {&r.Max, &wider.Max}, {&r.Jump, &wider.Jump},
		{&r.JumpFrom, &wider.JumpFrom}, {&r.SumTolerance, &wider.SumTolerance}, {&r.GapTolerance, &wider.GapTolerance},
	} {
		if *f.own == nil {
			*f.own = *f.wide
		}
	}
	return r
}
