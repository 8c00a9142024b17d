package main

import "strconv"

// populationCSV: one file for all years, districts by their codes.
func populationCSV(p plan, s source, reports []report) file {
	t := table{comma: ','}
	t.add(append([]string{p.word("kk.area"), p.word("kk.period"), p.word("kk.received")}, append(heads(p.carried(s.carries), "kk"), p.word("kk.note"))...)...)
	for _, r := range reports {
		t.add(r.name, halves[r.half].String(), string(r.received), r.cells[0].text, p.word("invented.kk"))
	}
	return file{"data/population.csv", t.bytes()}
}

// commissionCSV: the housing commissions of each district with the document
// that set them up; now and then there is none.
func commissionCSV(p plan, s source, reports []report) ([]file, error) {
	half := reports[0].half
	r := dice("documents " + halves[half].String())
	t := table{comma: ','}
	head := append([]string{p.word("ru.area"), p.word("ru.period"), p.word("ru.received")}, heads(p.carried(s.carries), "ru")...)
	t.add(append(head, p.word("ru.document"), p.word("ru.document_date"), p.word("ru.note"))...)
	for _, one := range reports {
		number := strconv.Itoa(between(r, 10, 290))
		document, date := p.word("ru.document_text", "n", number), string(halves[half].Start.AddDays(between(r, 5, 150)))
		if between(r, 1, 9) == 1 {
			document, date = "", ""
		}
		row := append([]string{one.name, halfText(p, s.id, half), string(one.received)}, texts(one.cells)...)
		t.add(append(row, document, date, p.word("invented.ru"))...)
	}
	return []file{{"data/commissions/" + halves[half].String() + ".csv", t.bytes()}}, nil
}
