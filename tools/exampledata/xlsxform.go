package main

// workbook: several districts in one sheet under a stacked head whose
// sections are merged cells, with a title block above, a total row and a
// footnote below.
func workbook(p plan, s source, reports []report) ([]file, error) {
	half := reports[0].half
	columns := p.carried(s.carries)
	const firstValue, head = 3, 6
	last := firstValue + len(columns) - 1
	w := newSheet(p.word("kk.sheet"))

	w.set(1, 1, p.word("kk.title"))
	w.merge(1, 1, last, 1)
	w.styled(1, 1, last, 1, framed)
	w.set(1, 3, p.word("kk.period"))
	w.set(3, 3, halfText(p, s.id, half))
	w.set(1, 4, p.word("kk.received"))
	w.set(3, 4, dotted(reports[0].received))

	w.set(1, head, p.word("kk.territory"))
	w.merge(1, head, 2, head)
	w.set(1, head+1, p.word("kk.number"))
	w.set(2, head+1, p.word("kk.area"))
	start := 0
	for i, m := range columns {
		w.set(firstValue+i, head+1, m.label["kk"])
		if i+1 == len(columns) || columns[i+1].section["kk"] != m.section["kk"] {
			w.set(firstValue+start, head, m.section["kk"])
			w.merge(firstValue+start, head, firstValue+i, head)
			start = i + 1
		}
	}
	w.styled(1, head, last, head+1, framed)

	row := head + 2
	for i, r := range reports {
		w.set(1, row, i+1)
		w.set(2, row, r.name)
		for k, c := range r.cells {
			w.value(firstValue+k, row, c)
		}
		row++
	}
	w.set(1, row, p.word("kk.total"))
	w.merge(1, row, 2, row)
	for i, n := range totals(reports, len(columns)) {
		w.set(firstValue+i, row, n)
	}
	w.styled(1, row, last, row, bold)
	w.set(1, row+2, p.word("kk.footnote"))
	f, err := w.file(perHalf(s, half, ".xlsx"))
	return []file{f}, err
}

// formWorkbooks: a form for each district, one line a measure under the name
// of its section; district, half-year and day of receipt stand in cells.
func formWorkbooks(p plan, s source, reports []report) ([]file, error) {
	var out []file
	for _, r := range reports {
		f, err := formWorkbook(p, s, r)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func formWorkbook(p plan, s source, r report) (file, error) {
	half := halves[r.half].String()
	byID := map[string]measure{}
	for _, m := range p.carried(s.carries) {
		byID[m.id] = m
	}
	w := newSheet(p.word("kk.sheet"))
	w.set(1, 1, p.word("kk.title"))
	w.merge(1, 1, 4, 1)
	w.styled(1, 1, 4, 1, framed)
	w.set(1, 3, p.word("kk.area"))
	w.set(2, 3, r.name)
	w.set(1, 4, p.word("kk.period"))
	w.set(2, 4, halfText(p, s.id, r.half))
	w.set(1, 5, p.word("kk.received"))
	w.set(2, 5, r.received.Time())
	w.styled(2, 5, 2, 5, dated)
	for i, key := range []string{"kk.number", "kk.measure", "kk.value", "kk.note"} {
		w.set(i+1, 7, p.word(key))
	}
	w.styled(1, 7, 4, 7, framed)
	row, section := 8, ""
	for i, c := range r.cells {
		m := byID[c.measure]
		if m.id != "" && m.section["kk"] != section {
			section = m.section["kk"]
			w.set(2, row, section)
			w.styled(2, row, 2, row, bold)
			row++
		}
		label := m.label["kk"]
		if c.label != "" {
			label = c.label
		}
		w.set(1, row, i+1)
		w.set(2, row, label)
		w.value(3, row, c)
		row++
	}
	w.set(2, row+1, p.word("kk.footnote"))
	w.set(2, row+2, p.word("kk.signed"))
	return w.file("data/reports/" + s.id + "/" + half + "/" + r.area.code + ".xlsx")
}
