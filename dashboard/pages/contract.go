package pages

import (
	"sort"
	"strings"

	"tereze/config"
)

// contract says who owes what by when, and what a delivery must keep to.
func (v *view) contract(src config.PublicSource) []pair {
	kind := "source_kind." + src.Kind
	if src.Form != nil {
		kind = "source_kind.form"
	}
	out := []pair{{v.T("contract.publisher"), v.name(src.Publisher)}, {v.T("contract.kind"), tern(v.l.Has(kind), v.T(kind), src.Kind)},
		{v.T("contract.nature"), v.T("nature_means." + string(src.Nature))}}
	if c := src.Calendar; c != nil {
		var periods []string
		for _, p := range c.Periods {
			periods = append(periods, v.short(p))
		}
		areas := v.T("contract.all_areas")
		if len(c.Areas) > 0 {
			var names []string
			for _, code := range c.Areas {
				name := code
				if a, ok := v.s.In.Area(code, v.s.In.ReferenceDate); ok {
					name = v.name(a.Names)
				}
				names = append(names, name)
			}
			sort.SliceStable(names, func(i, j int) bool { return v.l.Compare(names[i], names[j]) < 0 })
			areas = strings.Join(names, ", ")
		}
		out = append(out, pair{v.T("contract.areas"), areas}, pair{v.T("contract.periods"), strings.Join(periods, ", ")},
			pair{v.T("contract.due"), v.T("contract.due_days", "n", c.DueDays)})
	} else {
		out = append(out, pair{v.T("contract.due"), v.T("checked.no_calendar")})
	}
	if f := src.Form; f != nil {
		approval := v.name(f.Approval)
		if approval == "" {
			approval = v.T("form.voluntary")
		}
		out = append(out, pair{v.T("contract.approval"), approval})
	}
	if src.Licence != "" {
		out = append(out, pair{v.T("contract.licence"), src.Licence})
	}
	return out
}

// limits are the conditions of a source beside the rules for everybody.
func (v *view) limits(src config.PublicSource) []string {
	c := src.Contract
	if c == nil {
		return []string{v.T("contract.no_limits")}
	}
	var out []string
	if len(c.Columns) > 0 {
		var heads []string
		for _, h := range c.Columns {
			heads = append(heads, v.T("contract.quoted", "head", h))
		}
		out = append(out, v.T("contract.must_have", "list", strings.Join(heads, ", ")))
	}
	if c.OnlyColumns {
		out = append(out, v.T("contract.only_columns"))
	}
	if c.OnlyCalendar {
		out = append(out, v.T("contract.only_calendar"))
	}
	for _, m := range c.Measures {
		var said []string
		say := func(key string, x *float64) {
			if x != nil {
				said = append(said, v.T("contract."+key, "value", v.l.Trim(*x, 6)))
			}
		}
		say("min", m.Min)
		say("max", m.Max)
		if m.Jump != nil && *m.Jump > 1 {
			say("jump", m.Jump)
		}
		say("sum_tolerance", m.SumTolerance)
		if len(m.Allowed) > 0 {
			var list []string
			for _, x := range m.Allowed {
				list = append(list, v.l.Trim(x, 6))
			}
			said = append(said, v.T("contract.allowed", "list", strings.Join(list, "; ")))
		}
		if len(said) > 0 {
			out = append(out, v.T("contract.of_measure", "name", upperFirst(v.measureName(m.ID)), "limits", strings.Join(said, ", ")))
		}
	}
	return out
}

func (v *view) measureName(id string) string {
	if m, ok := v.s.In.Measure(id); ok {
		return v.name(m.Name)
	}
	return id
}

// parts is the table of what stands where in a file of the source.
func (v *view) parts(src config.PublicSource) *table {
	t := &table{ID: "columns", Caption: v.caption(v.T("contract.columns")),
		Columns: []column{{v.T("contract.where"), false}, {v.T("contract.what"), false}}}
	add := func(where, what string) {
		t.Rows = append(t.Rows, row{ID: "column-" + rowNumber(len(t.Rows)), Cells: []cell{{Text: escaped(where), Rowhead: true}, {Text: escaped(what)}}})
	}
	if src.Form != nil {
		for _, id := range src.Form.Measures {
			m, _ := v.s.In.Measure(id)
			owes := ""
			if key := "form.owed_by." + m.Department; v.l.Has(key) {
				owes = v.T(key)
			}
			add(upperFirst(v.measureName(id))+", "+v.l.UnitHead(m.Unit), owes)
		}
		t.Caption, t.Columns = v.caption(v.T("contract.lines")), []column{{v.T("table.measure"), false}, {v.T("contract.owes"), false}}
		return t
	}
	for _, p := range src.Parts {
		var where string
		switch {
		case p.Key.Column != "":
			where = v.T("contract.column", "head", p.Key.Column)
		case p.Key.Cell != "":
			where = v.T("contract.cell", "cell", p.Key.Cell)
		case p.Key.File != "":
			where = v.T("contract.file")
		case p.Part == "area" && v.codeName(p.Key.Value) != "":
			where = v.T("contract.always", "value", v.codeName(p.Key.Value))
		case p.Part == "measure":
			where = v.T("contract.always", "value", v.measureName(p.Key.Value))
		default:
			where = v.T("contract.always", "value", p.Key.Value)
		}
		what := v.T("contract.part_" + p.Part)
		if p.Measure != "" {
			m, _ := v.s.In.Measure(p.Measure)
			what = upperFirst(v.measureName(p.Measure)) + ", " + v.l.UnitHead(m.Unit)
		}
		add(where, what)
	}
	return t
}

func (v *view) codeName(code string) string {
	if a, ok := v.s.In.Area(code, v.s.In.ReferenceDate); ok {
		return v.name(a.Names)
	}
	return ""
}
