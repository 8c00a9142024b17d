package form

import (
	"fmt"

	"tereze/config"
	"tereze/config/words"
	"tereze/model"
)

// Spec is one form to write.
type Spec struct {
	Source    config.Source // with a Form
	Area      model.Area
	Period    model.Period
	Measures  []model.Measure // in the order of the form
	Languages []*words.Lang   // of the form, in the order of its columns
	Example   bool            // the region is invented
}

// SpecOf is the form of a source for an area and a period. First is the
// language that comes first; empty leaves the order of the instance.
func SpecOf(inst *config.Instance, src config.Source, area model.Area, period model.Period, first string) (Spec, error) {
	if src.Form == nil {
		return Spec{}, fmt.Errorf("%s: source %s has no form; declare one under the key form", src.Path, src.ID)
	}
	s := Spec{Source: src, Area: area, Period: period, Measures: inst.FormMeasures(src), Example: inst.Example}
	for _, code := range inst.Languages {
		l := inst.Words.Lang(code)
		if code == first {
			s.Languages = append([]*words.Lang{l}, s.Languages...)
			continue
		}
		s.Languages = append(s.Languages, l)
	}
	return s, nil
}

// section is the lines that one department owes.
type section struct {
	department string
	measures   []model.Measure
}

// sections groups the measures by department, in order of first appearance;
// within one, a category follows its whole. A category stands with its whole
// even if another department owes it, so that the two can be compared.
func sections(measures []model.Measure) []section {
	byID := map[string]model.Measure{}
	for _, m := range measures {
		byID[m.ID] = m
	}
	var out []section
	at := map[string]int{}
	for _, m := range measures {
		department := m.Department
		for whole, ok := byID[m.Total]; ok; whole, ok = byID[whole.Total] {
			department = whole.Department
		}
		i, seen := at[department]
		if !seen {
			i = len(out)
			at[department] = i
			out = append(out, section{department: department})
		}
		out[i].measures = append(out[i].measures, m)
	}
	for i := range out {
		out[i].measures = partsAfterWholes(out[i].measures)
	}
	return out
}

func partsAfterWholes(measures []model.Measure) []model.Measure {
	present := map[string]bool{}
	for _, m := range measures {
		present[m.ID] = true
	}
	var out []model.Measure
	var add func(m model.Measure)
	add = func(m model.Measure) {
		out = append(out, m)
		for _, part := range measures {
			if part.Total == m.ID {
				add(part)
			}
		}
	}
	for _, m := range measures {
		if m.Total == "" || !present[m.Total] {
			add(m)
		}
	}
	return out
}

// inAll joins one text in all languages, without repeating what is the same.
func inAll(langs []*words.Lang, between string, text func(*words.Lang) string) string {
	joined := ""
	seen := map[string]bool{}
	for _, l := range langs {
		t := text(l)
		if t == "" || seen[t] {
			continue
		}
		if joined != "" {
			joined += between
		}
		joined += t
		seen[t] = true
	}
	return joined
}
