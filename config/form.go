package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tereze/config/tree"
	"tereze/model"
)

// The form that an office fills in is one workbook with fixed places, so
// that a source needs no mapping of its own: identity in the hidden first
// row, a hidden row of plain heads, a line a measure.
const (
	FormMark  = "tereze-form/1" // names the version; stands in FormMarkCell
	FormSheet = "tereze"        // the only sheet

	FormMarkCell   = "A1"
	FormSourceCell = "B1"
	FormAreaCell   = "C1"
	FormPeriodCell = "D1"
	FormShownCell  = "A3" // area and period in words, for people

	FormIDHead    = "id"
	FormValueHead = "value"
	FormNoteHead  = "note"
)

// Form says what the form of a source asks for.
type Form struct {
	Measures []string    `yaml:"measures" need:"yes" doc:"Ids of the measures, in the order of the form."`
	Totals   []FormTotal `yaml:"totals" doc:"Lines that are the sum of other lines."`
	Approval model.Text  `yaml:"approval" doc:"The act that approved the form; absent means that filling it in is voluntary, and the form says so."`
	Received Key         `yaml:"received" doc:"Where the day of receipt stands; usually {file: …}, since the office that receives a form names its file."`
}

// FormTotal is a line that must be the sum of others.
type FormTotal struct {
	Measure string   `yaml:"measure" need:"yes" doc:"Id of the line that holds the sum."`
	Parts   []string `yaml:"parts" need:"yes" doc:"Ids of the lines that add up to it."`
}

// Mapping is how a filled form is read: the table of its source.
func (f *Form) Mapping() Mapping {
	return Mapping{
		Sheet:    FormSheet,
		Area:     Key{Cell: FormAreaCell},
		Period:   Key{Cell: FormPeriodCell},
		Received: f.Received,
		Measure:  Key{Column: FormIDHead},
		Value:    Key{Column: FormValueHead},
		Note:     Key{Column: FormNoteHead},
	}
}

// formSource completes a source that is reported by form: what it leaves out
// follows from the form.
func (s *Source) formSource(table *Mapping) {
	if table != nil {
		s.Table = *table
	}
	if s.Form == nil {
		return
	}
	if s.Kind == "" {
		s.Kind = "xlsx"
	}
	if table == nil {
		s.Table = s.Form.Mapping()
	}
}

// checkForm looks at the form block of a source, or asks for what a source
// without one must declare.
func (r *reader) checkForm(in *Instance, s Source, n *tree.Node, measures []string) {
	if s.Form == nil {
		for _, key := range []string{"kind", "table"} {
			if c := n.Get(key); c == nil || c.Kind == tree.Null {
				r.bad(n.At(key), "missing_key", "", "key %s is missing", key)
			}
		}
		return
	}
	f := n.Get("form")
	if s.Kind != "xlsx" {
		r.bad(n.At("kind"), "wrong_value", "", "kind %s stands here; a form is a workbook, expected xlsx or no kind at all", s.Kind)
	}
	r.checkKey(f, "received", s.Form.Received)
	seen := map[string]bool{}
	for i, id := range s.Form.Measures {
		at := itemPlace(f.Get("measures"), i)
		r.ref(at, "measure", id, measures)
		if seen[id] {
			r.bad(at, "duplicate_id", "", "measure %s stands twice; keep one line", id)
		}
		seen[id] = true
	}
	for i, t := range s.Form.Totals {
		at := itemPlace(f.Get("totals"), i)
		r.ref(at, "measure", t.Measure, s.Form.Measures)
		for _, part := range t.Parts {
			r.ref(at, "measure", part, s.Form.Measures)
			if part == t.Measure {
				r.bad(at, "cycle", "", "measure %s is declared a part of itself", part)
			}
		}
	}
}

// FormsOf are the ids of the sources that have a form.
func (in *Instance) FormsOf() []string {
	var out []string
	for _, s := range in.Sources {
		if s.Form != nil {
			out = append(out, s.ID)
		}
	}
	return out
}

// FormMeasures are the measures that a source's form asks for, in order.
func (in *Instance) FormMeasures(s Source) []model.Measure {
	var out []model.Measure
	for _, id := range s.Form.Measures {
		if m, ok := in.Measure(id); ok {
			out = append(out, m)
		}
	}
	return out
}

// Owes says whether an area owes the source a report for the period; without
// a calendar every area of the instance may report. The error says who owes
// it, or when.
func (in *Instance) Owes(s Source, a model.Area, p model.Period) error {
	c := s.Calendar
	if c == nil {
		return nil
	}
	if !slices.Contains(c.Periods, p) {
		names := make([]string, len(c.Periods))
		for i, q := range c.Periods {
			names[i] = q.String()
		}
		return &NotOwed{"period", fmt.Errorf("period %s is not reported to source %s; expected one of %s", p, s.ID, strings.Join(names, ", "))}
	}
	codes := c.Areas
	if len(codes) == 0 {
		for _, child := range in.AreasIn(in.Region, p.End) {
			codes = append(codes, child.Code)
		}
	}
	if !slices.Contains(codes, a.Code) {
		return &NotOwed{"area", fmt.Errorf("area %s owes source %s no report; expected one of %s", a.Code, s.ID, strings.Join(codes, ", "))}
	}
	return nil
}

// NotOwed says why a report is not expected: Key is "area" or "period".
type NotOwed struct {
	Key string
	Err error
}

func (e *NotOwed) Error() string { return e.Err.Error() }

// FitsName reports whether the source finds in the name of a file all that
// it looks for there.
func (k Key) FitsName(file string) bool {
	if k.File == "" {
		return true
	}
	re, err := regexp.Compile(k.File)
	return err == nil && re.MatchString(file)
}
