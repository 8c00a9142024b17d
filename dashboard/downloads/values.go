package downloads

import (
	"math"
	"strconv"
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

// columns are those of values.csv, in its order.
func (s *Set) columns() []string {
	out := []string{"indicator", "area", "area_valid_from"}
	for _, l := range s.In.Languages {
		out = append(out, "area_name_"+l)
	}
	return append(out, "period", "period_start", "period_end", "base_period", "value", "qualifier", "unit", "lower", "upper",
		"interval_kind", "numerator", "denominator", "basis", "obs_status", "conf_status", "nature", "territory", "events", "source", "reason", "release")
}

// field is one cell of a row: a text (empty = no value) or a number.
type field struct {
	text    string
	number  float64
	numeric bool
}

func text[T ~string](s T) field { return field{text: string(s)} }

// number is an empty field where there is none.
func number(f float64) field {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return field{}
	}
	return field{number: f, numeric: true}
}

func (f field) empty() bool { return !f.numeric && f.text == "" }

// record appends a value in the order of the columns.
func (s *Set) record(out []field, v *public.Value, since model.Date, names map[public.Key]model.Text) []field {
	out = append(out, text(v.Indicator), text(v.Area.Code), text(v.Area.From))
	name := names[v.Area]
	for _, l := range s.In.Languages {
		out = append(out, text(name[l]))
	}
	start, end := v.Period.Span(v.Basis, since)
	base := ""
	if v.Base != nil {
		base = v.Base.ID
	}
	return append(out, text(v.Period.ID), text(start), text(end), text(base), number(v.Value), text(v.Qualifier), text(v.Unit), number(v.Lower), number(v.Upper),
		text(v.Interval), number(v.Num), number(v.Den), text(v.Basis), text(v.Status), text(v.Conf), text(v.Nature), text(v.Territory),
		text(strings.Join(v.Events, " ")), text(v.Source), text(v.Reason), number(float64(s.Release)))
}

// appendNumber writes a number as words.FormatRaw does, without a text in
// between: the files hold millions of them.
func appendNumber(b []byte, f float64) []byte {
	if f == 0 {
		return append(b, '0') // minus zero included
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

func (s *Set) names() map[public.Key]model.Text {
	out := map[public.Key]model.Text{}
	for _, a := range s.In.Areas {
		out[public.KeyOf(a)] = a.Names
	}
	return out
}

// since is the start of a cumulative count.
func (s *Set) since(ind model.Indicator) model.Date {
	m, _ := s.In.Measure(ind.Numerator.Measure)
	return m.Since
}

// words of the example in every language, by language; nil on a real site.
func (s *Set) example() map[string]string {
	if !s.In.Example {
		return nil
	}
	out := map[string]string{}
	for _, l := range s.In.Languages {
		out[l] = s.In.Words.Lang(l).T("example.mark")
	}
	return out
}

// example line for plain descriptions: the words of all languages in a row.
func (s *Set) exampleLine() string {
	line := ""
	for _, l := range s.In.Languages {
		if w := s.example()[l]; w != "" {
			if line != "" {
				line += " / "
			}
			line += w
		}
	}
	return line
}
