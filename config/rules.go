package config

import (
	"slices"

	"tereze/config/tree"
	"tereze/model"
)

type rulesFile struct {
	Min          *float64 `yaml:"min" doc:"Least value that is accepted."`
	Max          *float64 `yaml:"max" doc:"Greatest value that is accepted."`
	Jump         *float64 `yaml:"jump" doc:"A value that is this many times the one before, or smaller by that factor, is held for a decision; 0 means never."`
	JumpFrom     *float64 `yaml:"jump_from" doc:"A difference below this is never a jump."`
	SumTolerance *float64 `yaml:"sum_tolerance" doc:"Per cent by which the districts together may miss the region's own figure; absent means that the sums are not compared."`
	GapTolerance *float64 `yaml:"gap_tolerance" doc:"Per cent by which two publishers may differ without a written explanation; absent means 0."`
}

func (f *rulesFile) model() model.Rules {
	if f == nil {
		return model.Rules{}
	}
	return model.Rules(*f)
}

func (f measureFile) model() model.Measure {
	return model.Measure{
		ID: f.ID, Name: f.Name, Definition: f.Definition, Unit: f.Unit, Of: f.Of, Population: f.Population, Counts: f.Counts,
		Basis: f.Basis, Since: f.Since, Total: f.Total, Spread: f.Spread, Department: f.Department, Labels: f.Labels, Rules: f.Rules.model(),
	}
}

// RulesOf are the rules for a measure in a source: what the contract of the
// source declares, then the measure, then the instance.
func (in *Instance) RulesOf(src Source, m model.Measure) model.Rules {
	r := m.Rules.Over(in.Rules)
	if src.Contract == nil {
		return r
	}
	for _, c := range src.Contract.Measures {
		if c.ID == m.ID {
			return model.Rules{Min: c.Min, Max: c.Max, Jump: c.Jump, JumpFrom: c.JumpFrom, SumTolerance: c.SumTolerance}.Over(r)
		}
	}
	return r
}

// checkRules looks for rules that nothing could keep.
func (r *reader) checkRules(rules model.Rules, n *tree.Node) {
	if rules.Min != nil && rules.Max != nil && *rules.Min > *rules.Max {
		r.bad(n.At("max"), "wrong_value", "", "%v stands here; the least value is %v, expected no less", *rules.Max, *rules.Min)
	}
	if j := rules.Jump; j != nil && *j != 0 && *j <= 1 {
		r.bad(n.At("jump"), "wrong_value", "", "%v stands here; expected a factor above 1, or 0 for no rule", *j)
	}
	if f := rules.JumpFrom; f != nil && *f < 0 {
		r.bad(n.At("jump_from"), "wrong_value", "", "%v stands here; expected 0 or more", *f)
	}
	for key, t := range map[string]*float64{"sum_tolerance": rules.SumTolerance, "gap_tolerance": rules.GapTolerance} {
		if t != nil && (*t < 0 || *t > 100) {
			r.bad(n.At(key), "wrong_value", "", "%v stands here; expected 0 to 100 per cent", *t)
		}
	}
}

// onlyWithCalendar takes out indicators about reporting where nothing is
// ever due: their pages would be empty. A subject without indicators goes
// with them.
func (in *Instance) onlyWithCalendar() {
	if slices.ContainsFunc(in.Sources, func(s Source) bool { return s.Calendar != nil }) {
		return
	}
	gone := map[string]bool{}
	in.Indicators = slices.DeleteFunc(in.Indicators, func(k model.Indicator) bool {
		if k.Kind == model.Timeliness {
			gone[k.Subject] = true
		}
		return k.Kind == model.Timeliness
	})
	for _, k := range in.Indicators {
		delete(gone, k.Subject)
	}
	in.Subjects = slices.DeleteFunc(in.Subjects, func(s model.Subject) bool { return gone[s.ID] })
}
