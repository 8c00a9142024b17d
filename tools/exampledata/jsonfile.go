package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

// jsonValue is a cell as a number where the form has numbers.
func (c cell) jsonValue() any {
	if c.number {
		return json.Number(c.text)
	}
	return c.text
}

func jsonFile(path string, o object) ([]file, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(o)
	return []file{{path, b.Bytes()}}, err
}

// reportJSON: what an akimat's own program sends, one object a district,
// members named by the ids of the measures.
func reportJSON(p plan, s source, reports []report) ([]file, error) {
	half := reports[0].half
	var rows []object
	for _, r := range reports {
		row := object{
			{p.word("kk.area"), r.name},
			{p.word("kk.period"), halves[half].String()},
			{p.word("kk.received"), string(r.received)},
			{p.word("kk.note"), p.word("invented.kk")},
		}
		for _, c := range r.cells {
			row = append(row, member{c.measure, c.jsonValue()})
		}
		rows = append(rows, row)
	}
	return jsonFile(perHalf(s, half, ".json"), object{{"title", p.word("kk.title")}, {"data", object{{"rows", rows}}}})
}

// certificateJSON: the housing register, one object for each stage.
func certificateJSON(p plan, s source, reports []report) ([]file, error) {
	half := reports[0].half
	labels := map[string]string{}
	for _, m := range p.carried(s.carries) {
		labels[m.id] = m.label["ru"]
	}
	var rows []object
	for _, r := range reports {
		for _, c := range r.cells {
			rows = append(rows, object{
				{"code", r.name},
				{"half", halves[half].String()},
				{"received", string(r.received)},
				{"stage", labels[c.measure]},
				{"families", c.jsonValue()},
			})
		}
	}
	return jsonFile("data/certificates/"+halves[half].String()+".json",
		object{{"note", p.word("invented.ru")}, {"rows", rows}})
}
