package main

import (
	"bytes"
	"encoding/csv"

	"golang.org/x/text/encoding/charmap"
)

// table is a CSV file in the making.
type table struct {
	comma   rune
	windows bool // line ends of Windows
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) bytes() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = t.comma, t.windows
	if err := w.WriteAll(t.rows); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

func heads(ms []measure, lang string) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.label[lang])
	}
	return out
}

func texts(cells []cell) []string {
	var out []string
	for _, c := range cells {
		out = append(out, c.text)
	}
	return out
}

// plainCSV: one file for each district; its name holds code, half-year and
// day of receipt.
func plainCSV(p plan, s source, reports []report) ([]file, error) {
	var out []file
	for _, r := range reports {
		half := halves[r.half].String()
		t := table{comma: ','}
		t.add(append([]string{p.word("ru.area"), p.word("ru.note")}, heads(p.carried(s.carries), "ru")...)...)
		t.add(append([]string{r.name, p.word("invented.ru")}, texts(r.cells)...)...)
		name := half + "_" + r.area.code + "_" + string(r.received) + ".csv"
		out = append(out, file{"data/reports/" + s.id + "/" + half + "/" + name, t.bytes()})
	}
	return out, nil
}

// markedCSV: a spreadsheet's UTF-8 with a byte order mark and a total row;
// once a clerk filled one of its columns with personal numbers.
func markedCSV(p plan, s source, reports []report) ([]file, error) {
	half := reports[0].half
	columns := p.carried(s.carries)
	head := []string{p.word("kk.area"), p.word("kk.period"), p.word("kk.received")}
	t := table{comma: ','}
	t.add(append(append(head, heads(columns, "kk")...), p.word("kk.note"))...)
	for _, r := range reports {
		row := []string{r.name, halfText(p, s.id, half), string(r.received)}
		t.add(append(append(row, texts(r.cells)...), p.word("invented.kk"))...)
	}
	row := []string{p.word("kk.total"), halfText(p, s.id, half), ""}
	t.add(append(append(row, totalTexts(s, reports, columns)...), "")...)
	return []file{{perHalf(s, half, ".csv"), append([]byte("\ufeff"), t.bytes()...)}}, nil
}

// semicolonCSV: an accounting program's export with a title line, decimal
// commas, thousands by no-break space, and a total row.
func semicolonCSV(p plan, s source, reports []report) ([]file, error) {
	half := reports[0].half
	columns := p.carried(s.carries)
	t := table{comma: ';', windows: true}
	head := append([]string{p.word("ru.number"), p.word("ru.area"), p.word("ru.period"), p.word("ru.received")}, heads(columns, "ru")...)
	title := make([]string, len(head))
	title[0] = p.word("ru.title")
	t.add(title...)
	t.add(head...)
	for i, r := range reports {
		t.add(append([]string{style{}.write(i + 1), r.name, halfText(p, s.id, half), dotted(r.received)}, texts(r.cells)...)...)
	}
	t.add(append([]string{"", p.word("ru.total"), halfText(p, s.id, half), ""}, totalTexts(s, reports, columns)...)...)
	return []file{{perHalf(s, half, ".csv"), t.bytes()}}, nil
}

// cyrillicCSV: one line for each measure in windows-1251, which has no
// letters for most Kazakh sounds: they come out as question marks.
func cyrillicCSV(p plan, s source, reports []report) ([]file, error) {
	half := reports[0].half
	labels := map[string]string{}
	for _, m := range p.carried(s.carries) {
		labels[m.id] = m.label["ru"]
	}
	t := table{comma: ';', windows: true}
	t.add(p.word("ru.area"), p.word("ru.period"), p.word("ru.received"), p.word("ru.measure"), p.word("ru.value"), p.word("ru.note"))
	for _, r := range reports {
		for _, c := range r.cells {
			period := halfText(p, s.id, half)
			if c.period != "" {
				period = c.period
			}
			t.add(r.area.names["kk"], period, string(r.received), labels[c.measure], c.text, p.word("invented.ru"))
		}
	}
	return []file{{perHalf(s, half, ".csv"), windows1251(t.bytes())}}, nil
}

func windows1251(utf8 []byte) []byte {
	var out []byte
	for _, r := range string(utf8) {
		b, ok := charmap.Windows1251.EncodeRune(r)
		if !ok {
			b = '?'
		}
		out = append(out, b)
	}
	return out
}

func totalTexts(s source, reports []report, columns []measure) []string {
	var out []string
	for _, n := range totals(reports, len(columns)) {
		out = append(out, styles[s.id].write(n))
	}
	return out
}

func perHalf(s source, half int, extension string) string {
	return "data/reports/" + s.id + "/" + halves[half].String() + extension
}
