package downloads

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"tereze/dashboard/public"
	"tereze/model"
)

// shared are the columns of the CSV that JSON holds once for all values: in
// the declaration, and in the list of areas.
func (s *Set) shared() map[string]bool {
	out := map[string]bool{"indicator": true, "unit": true, "release": true}
	for _, l := range s.In.Languages {
		out["area_name_"+l] = true
	}
	return out
}

// indicatorJSON is one indicator with all that is known about it: its
// declaration, the areas it has values of, and each value as an object of
// the columns of the CSV that say something about it.
func (s *Set) indicatorJSON(ind model.Indicator) ([]File, error) {
	names := s.names()
	since := s.since(ind)
	values := s.Data.Indicator(ind.ID).All()
	head := map[string]any{
		"id": ind.ID, "kind": ind.Kind, "unit": ind.Unit, "decimals": ind.Decimals, "direction": ind.Direction,
		"name": ind.Name, "question": ind.Question, "definition": ind.Definition, "formula": ind.Formula,
		"does_not_say": ind.DoesNotSay, "licence": s.In.Licence, "release": s.Release,
	}
	if example := s.example(); example != nil {
		head["example"] = example
	}
	meta, err := marshal(head)
	if err != nil {
		return nil, err
	}
	areas, err := marshal(s.areasOf(values, names))
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(meta)+len(areas)+512*(len(values)+1))
	b = append(b, `{"indicator":`...)
	b = append(b, meta...)
	b = append(b, `,"areas":`...)
	b = append(b, areas...)
	b = append(b, `,"values":[`...)

	// What stands before each field of a row; empty for columns that are shared.
	before := make([][]byte, 0, 25)
	shared := s.shared()
	for _, c := range s.columns() {
		if shared[c] {
			before = append(before, nil)
		} else {
			before = append(before, []byte(`,"`+c+`":`))
		}
	}
	open := []byte("\n{")
	if mark := s.exampleLine(); mark != "" {
		m, err := marshal(mark)
		if err != nil {
			return nil, err
		}
		open = append(append(open, `"example":`...), m...)
	}
	var row []field
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, open...)
		row = s.record(row[:0], v, since, names)
		first := len(open) == 2
		for j := range row {
			f := &row[j]
			if before[j] == nil || f.empty() {
				continue
			}
			if first {
				b = append(b, before[j][1:]...)
			} else {
				b = append(b, before[j]...)
			}
			first = false
			if b, err = appendJSON(b, f); err != nil {
				return nil, err
			}
		}
		b = append(b, '}')
	}
	b = append(b, "\n]}\n"...)
	return []File{{"data/" + ind.ID + ".json", b}}, nil
}

// areasOf names the areas of some values, in their order.
func (s *Set) areasOf(values []*public.Value, names map[public.Key]model.Text) []map[string]any {
	out := []map[string]any{}
	var last public.Key
	for _, v := range values {
		if v.Area == last {
			continue // values come area by area
		}
		last = v.Area
		area := map[string]any{"code": v.Area.Code, "valid_from": v.Area.From, "name": names[v.Area]}
		if s.In.Example {
			area["example"] = s.exampleLine()
		}
		out = append(out, area)
	}
	return out
}

// appendJSON appends a field of a row; an empty one is null, as an empty
// cell of the CSV is no value.
func appendJSON(b []byte, f *field) ([]byte, error) {
	switch {
	case f.empty():
		return append(b, "null"...), nil
	case f.numeric:
		return appendNumber(b, f.number), nil
	case plainText(f.text):
		b = append(b, '"')
		b = append(b, f.text...)
		return append(b, '"'), nil
	}
	m, err := marshal(f.text)
	return append(b, m...), err
}

// plainText reports whether JSON writes a text as it is.
func plainText(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] == '"' || s[i] == '\\' {
			return false
		}
	}
	return utf8.ValidString(s)
}

// marshal writes JSON with letters as they are, without a line end.
func marshal(x any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// pretty is marshal for files that people open.
func pretty(x any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(x)
	return b.Bytes(), err
}

func kebab(id string) string { return strings.ReplaceAll(id, "_", "-") }
