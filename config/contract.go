package config

import (
	"slices"

	"tereze/config/tree"
	"tereze/model"
)

// Contract is what every delivery of a source must keep to, beside the
// rules of its measures. Which areas owe which periods by when is the
// source's calendar.
type Contract struct {
	Columns      []string          // heads that the table must have, read or not
	OnlyColumns  bool              // a column of numbers that nothing names refuses the file
	OnlyCalendar bool              // areas and periods outside the calendar are refused
	Measures     []ContractMeasure // limits by measure
}

// ContractMeasure is what a source may say of one measure.
type ContractMeasure struct {
	ID      string    // of the measure
	Unit    string    // unit of the measure that the sender counts in; empty = the measure's own
	Allowed []float64 // the only values there are; empty = any

	Min, Max, Jump, JumpFrom, SumTolerance *float64
}

type contractFile struct {
	Columns      []string              `yaml:"columns" doc:"Heads that the table must have, whether they are read or not; a table that lacks one is refused as a whole."`
	OnlyColumns  bool                  `yaml:"only_columns" doc:"A column of numbers that is named neither here nor in the table refuses the file."`
	OnlyCalendar bool                  `yaml:"only_calendar" doc:"Areas and periods that the calendar does not ask for are refused."`
	Measures     []contractMeasureFile `yaml:"measures" doc:"What the source may say of single measures."`
}

type contractMeasureFile struct {
	ID           string    `yaml:"id" need:"yes" doc:"Id of the measure."`
	Unit         string    `yaml:"unit" doc:"Unit the sender counts in; it must be the measure's own."`
	Allowed      []float64 `yaml:"allowed" doc:"The only values there are."`
	Min          *float64  `yaml:"min" doc:"Least value that is accepted."`
	Max          *float64  `yaml:"max" doc:"Greatest value that is accepted."`
	Jump         *float64  `yaml:"jump" doc:"Factor against the period before from which a value is held; 0 means never."`
	JumpFrom     *float64  `yaml:"jump_from" doc:"A difference below this is never a jump."`
	SumTolerance *float64  `yaml:"sum_tolerance" doc:"Per cent by which the districts together may miss the region's own figure."`
}

// contract takes over the contract; the columns it asks for are looked for
// with the table's own.
func (s *Source) contract(f *contractFile) {
	if f == nil {
		return
	}
	c := Contract{Columns: f.Columns, OnlyColumns: f.OnlyColumns, OnlyCalendar: f.OnlyCalendar}
	for _, m := range f.Measures {
		c.Measures = append(c.Measures, ContractMeasure(m))
	}
	s.Contract, s.Table.Expect = &c, c.Columns
}

func (r *reader) checkContract(in *Instance, s Source, n *tree.Node, measures []string) {
	if s.Contract == nil {
		return
	}
	if s.Contract.OnlyCalendar && s.Calendar == nil {
		r.bad(n.At("only_calendar"), "missing_key", "", "only_calendar is declared, but the source has no calendar; expected a calendar block")
	}
	for _, head := range s.Contract.Columns {
		if slices.Contains(s.Table.Ignore, head) {
			r.bad(n.At("columns"), "wrong_value", "", "column %q is asked for here and ignored in the table; keep one", head)
		}
	}
	list := n.Get("measures")
	seen := map[string]bool{}
	for i, m := range s.Contract.Measures {
		at := itemPlace(list, i)
		r.ref(at, "measure", m.ID, measures)
		if seen[m.ID] {
			r.bad(at, "duplicate_id", "", "measure %s stands twice; keep one", m.ID)
		}
		seen[m.ID] = true
		if def := slices.IndexFunc(in.Measures, func(d model.Measure) bool { return d.ID == m.ID }); def >= 0 && m.Unit != "" && m.Unit != in.Measures[def].Unit {
			r.bad(at, "wrong_value", "", "the source counts %s in %s, the measure is in %s; expected one and the same, since nothing is converted", m.ID, m.Unit, in.Measures[def].Unit)
		}
		var node *tree.Node
		if list != nil && i < len(list.Items) {
			node = list.Items[i]
		}
		r.checkRules(model.Rules{Min: m.Min, Max: m.Max, Jump: m.Jump, JumpFrom: m.JumpFrom, SumTolerance: m.SumTolerance}, node)
	}
}
