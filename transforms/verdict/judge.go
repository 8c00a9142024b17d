// Package verdict compares what was said with what is published: a statement
// and the numbers known on a day go in, one of a fixed list of verdicts comes
// out.
package verdict

import (
	"math"
	"slices"

	"tereze/config"
	"tereze/config/formula"
	"tereze/model"
)

// Fact is one published number that a term may stand for.
type Fact struct {
	ID        string // indicator/area/valid_from/period/base_period/territory/source
	Source    string
	Range     formula.Range // one number, or what rounding leaves open
	KnownFrom model.Date    // empty = nobody knows since when
	Protected bool          // there is a number, and it may not be shown
}

// Facts finds the numbers of an operand.
type Facts func(config.Operand) []Fact

// Reason says why a reading could not be decided.
type Reason string

// The reasons.
const (
	Missing   Reason = "missing"    // a number that the formula needs is not published
	Protected Reason = "protected"  // it may not be shown
	TooCoarse Reason = "too_coarse" // the data allow both
	Undefined Reason = "undefined"  // the formula has no result, such as a share of nothing
)

// Outcome is what became of one reading.
type Outcome struct {
	Reading string
	Verdict config.Verdict // consistent, not_consistent or cannot_be_checked
	Reason  Reason
	Said    formula.Range
	Data    formula.Range // only where Has
	Has     bool
	Lacks   []string // terms without a number
	Inputs  []Fact
}

// Judgement is the verdict on a statement and on each of its readings.
type Judgement struct {
	Verdict  config.Verdict
	Outcomes []Outcome
}

// Judge evaluates a statement with what was known on the day; an empty day
// means with everything. Numbers of the statement's own source are never
// evidence for it.
func Judge(s config.Statement, wordings []config.Wording, facts Facts, day model.Date) Judgement {
	if s.Judged != "" {
		return Judgement{Verdict: s.Judged}
	}
	var j Judgement
	for _, r := range s.Readings {
		j.Outcomes = append(j.Outcomes, read(s, r, wordings, facts, day))
	}
	j.Verdict = together(j.Outcomes)
	return j
}

// together makes one verdict of those of the readings: it holds or not under
// all of them, only under some, or too little is known to say.
func together(list []Outcome) config.Verdict {
	count := map[config.Verdict]int{}
	for _, o := range list {
		count[o.Verdict]++
	}
	switch n := len(list); {
	case count[config.Consistent] == n:
		return config.Consistent
	case count[config.NotConsistent] == n:
		return config.NotConsistent
	case count[config.Consistent] > 0:
		return config.HoldsOnlyUnder
	}
	return config.CannotBeChecked
}

func read(s config.Statement, r config.Reading, wordings []config.Wording, facts Facts, day model.Date) Outcome {
	o := Outcome{Reading: r.ID, Verdict: config.CannotBeChecked}
	says, _ := s.Number(r)
	o.Said = Said(says, wordings, s.Unit == "percent")
	f, err := formula.Parse(r.Formula)
	if err != nil {
		o.Reason = Undefined // the instance's check has refused such a formula
		return o
	}
	ranges := map[string]formula.Range{}
	for _, t := range r.Terms {
		var hull *formula.Range
		hidden := false
		for _, x := range facts(s.Place(t)) {
			switch {
			case x.Source == s.Said.Source && x.Source != "" && t.Source == "", day != "" && (x.KnownFrom == "" || x.KnownFrom > day):
				continue
			case x.Protected:
				hidden = true
				continue
			}
			o.Inputs = append(o.Inputs, x)
			if hull == nil {
				hull = &x.Range
			} else {
				h := hull.Hull(x.Range) // publishers disagree: all of them count
				hull = &h
			}
		}
		if hull == nil {
			o.Lacks = append(o.Lacks, t.Name)
			if o.Reason = Missing; hidden {
				o.Reason = Protected
			}
			continue
		}
		ranges[t.Name] = *hull
	}
	if len(o.Lacks) > 0 {
		return o
	}
	o.Data, o.Has = f.Eval(func(name string) formula.Range { return ranges[name] })
	if !o.Has {
		o.Reason = Undefined
		return o
	}
	o.Data = formula.Range{Low: six(o.Data.Low), High: six(o.Data.High)}
	switch {
	case o.Data.Within(o.Said):
		o.Verdict = config.Consistent
	case o.Data.Apart(o.Said):
		o.Verdict = config.NotConsistent
	default:
		o.Reason = TooCoarse
	}
	return o
}

// Said is the range of what was said, by its rounding or by its wording. A
// part of a whole is in per cent, from the least to the most that rounding
// allows: 9 of 18 thousand is 45.9 to 54.3.
func Said(s config.Says, wordings []config.Wording, continuous bool) formula.Range {
	var r formula.Range
	if s.Part != nil {
		part, whole := rounded(*s.Part, s.RoundedTo, false), rounded(*s.Whole, s.RoundedTo, false)
		r = formula.Range{Low: 100 * part.Low / whole.High, High: 100 * part.High / whole.Low}
	} else {
		r = rounded(*s.Value, s.RoundedTo, continuous)
	}
	i := slices.IndexFunc(wordings, func(w config.Wording) bool { return w.ID == s.Wording })
	if i >= 0 {
		w := wordings[i]
		low, high := math.Inf(-1), math.Inf(1)
		if w.Low != nil {
			low = r.Low * *w.Low
		}
		if w.High != nil {
			high = r.High * *w.High
		}
		r = formula.Range{Low: low, High: high}
	}
	return formula.Range{Low: six(r.Low), High: six(r.High)}
}

// rounded is what rounding leaves open; counts end one below the next step.
func rounded(v, to float64, continuous bool) formula.Range {
	if to <= 1 && !continuous || to == 0 {
		return formula.At(v)
	}
	r := formula.Range{Low: v - to/2, High: v + to/2}
	if !continuous {
		r.High--
	}
	return r
}

// six cuts what floating point adds, so that 50 is 50.
func six(v float64) float64 { return math.Round(v*1e6) / 1e6 }
