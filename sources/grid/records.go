package grid

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/sources/number"
	"tereze/sources/personal"
)

// Options say how a grid is read.
type Options struct {
	File   string // path below the instance folder; part of every address
	Table  config.Mapping
	Totals []string // words of all languages for total rows, beside those of the table
}

// Result is what a grid holds. Every cell under a value column that is not
// blank, in a data row, is in Records or counted in DroppedPersonal.
type Result struct {
	Records         []model.Record
	Layout          int64 // title, header, total, blank and note cells
	DroppedPersonal int64
	Detected        map[string]string
	Problems        []model.Problem
}

// Read turns a grid into records. Only a grid whose header cannot be found
// yields nothing; that is a Problem with the code Unreadable.
func Read(g *Grid, o Options) Result {
	res := Result{Detected: map[string]string{}}
	p, wrong, hint := makePlan(g, o)
	if wrong != "" {
		res.Problems = append(res.Problems, problem(o.File, g.Sheet, wrong, hint))
		return res
	}
	end := p.header.first + p.header.rows
	if !g.Named {
		first, last := g.Rows[p.header.first].Number, g.Rows[end-1].Number
		res.Detected["header_row"] = strconv.Itoa(first)
		if last != first {
			res.Detected["header_row"] += "-" + strconv.Itoa(last)
		}
		for _, r := range g.Rows[:end] {
			res.Layout += filled(r)
		}
	}
	t := table{g: g, o: o, p: &p, res: &res, totals: totalWords(o), data: g.Rows[end:]}
	t.read()
	return res
}

// table is one reading of the rows below a header.
type table struct {
	g      *Grid
	o      Options
	p      *plan
	res    *Result
	totals []string
	data   []Row

	kinds   map[string]bool // area text → is it a total word
	hits    []int           // per value column: cells like a personal number
	cells   []int           // per value column: value cells
	strange map[int]int     // unmapped column → first row with a number
}

func (t *table) read() {
	t.kinds, t.strange = map[string]bool{}, map[int]int{}
	t.hits, t.cells = make([]int, len(t.p.values)), make([]int, len(t.p.values))
	tail := t.tail()
	n := 0
	for _, r := range t.data[:tail] {
		for _, v := range t.p.values {
			if v.column < len(r.Cells) && r.Cells[v.column] != "" {
				n++
			}
		}
	}
	t.res.Records = make([]model.Record, 0, n)
	totals := 0
	for i, r := range t.data {
		switch {
		case i >= tail, i == 0 && t.numbering(r), t.repeatedHeader(r):
			t.res.Layout += filled(r)
		case t.total(r):
			totals++
			t.res.Layout += filled(r)
		default:
			t.row(r)
		}
	}
	if totals > 0 {
		t.res.Detected["total_rows"] = strconv.Itoa(totals)
	}
	if notes := len(t.data) - tail; notes > 0 {
		t.res.Detected["note_rows"] = strconv.Itoa(notes)
	}
	t.dropPersonalColumns()
	for c, row := range t.strange {
		head := ""
		if c < len(t.p.header.heads) {
			head = t.p.header.heads[c]
		}
		if strings.ContainsAny(head, "№#") {
			continue // the rows are counted
		}
		t.res.Problems = append(t.res.Problems, model.Problem{
			Place: model.Place{File: t.o.File, Sheet: t.g.Sheet, Row: row, Column: t.address(c)},
			Code:  "unmapped_column", Level: model.Warning, Args: map[string]string{"column": head},
			Text: fmt.Sprintf("the column %q holds numbers, but the source does not name it; they are not read", head),
			Hint: `name it under "values" or "ignore"`,
		})
	}
	slices.SortFunc(t.res.Problems, func(a, b model.Problem) int { return strings.Compare(a.Place.Column, b.Place.Column) })
}

func (t *table) address(c int) string {
	if t.g.Named && c < len(t.p.header.heads) {
		return t.p.header.heads[c]
	}
	return Letters(c)
}

// row makes the records of one data row.
func (t *table) row(r Row) {
	if filled(r) == 0 {
		return
	}
	p := t.p
	for c, s := range r.Cells {
		if s == "" || p.use(c) != unused || r.has(c, Covered) {
			continue
		}
		if !blank(s) {
			t.res.Layout++
			if _, ok := t.strange[c]; !ok && !personal.Number(s) && numeric(s) {
				t.strange[c] = r.Number
			}
		}
	}
	if len(p.values) == 0 {
		return
	}
	rec := model.Record{
		Area: p.area.of(r), Period: p.period.of(r), Measure: p.measure.of(r), Qualifier: p.qualifier.of(r),
		RoundedTo: p.rounded.of(r), Reference: p.reference.of(r), KnownFrom: p.known.of(r), Note: p.note.of(r),
		Evidence: p.evidence.of(r), EvidenceDate: p.evidenceDate.of(r),
	}
	if blank(rec.KnownFrom) {
		rec.KnownFrom = p.received.of(r)
	}
	exposed := hidePersonal(&rec)
	overlong := t.overlong(r)
	for i, v := range p.values {
		text := r.text(v.column)
		if r.has(v.column, Covered) || blank(text) {
			t.res.Layout++
			continue
		}
		t.cells[i]++
		literal := r.has(v.column, Numeric)
		hit := holdsPersonal(text)
		if hit || literal && personal.Shortened(text) {
			t.hits[i]++
		}
		if hit || exposed {
			t.res.DroppedPersonal++
			continue
		}
		t.res.Records = append(t.res.Records, rec)
		out := &t.res.Records[len(t.res.Records)-1]
		out.Value = model.Cell{
			Place: model.Place{File: t.o.File, Sheet: t.g.Sheet, Row: r.Number, Column: v.name},
			Text:  text, Numeric: literal,
		}
		if v.measure != "" {
			out.Measure = v.measure
		}
		switch {
		case r.has(v.column, Tall):
			out.Refusal = "ambiguous_area" // one value for several rows
		case r.has(v.column, Wide):
			out.Refusal = "unknown_measure" // one value for several columns
		case overlong:
			out.Refusal = number.NotANumber // a separator within a cell has moved the cells
		}
	}
}

// overlong reports whether a CSV row has more cells than its header: then
// nobody knows which text belongs to which column.
func (t *table) overlong(r Row) bool {
	if !t.g.Strict || len(r.Cells) <= len(t.p.header.heads) {
		return false
	}
	for _, s := range r.Cells[len(t.p.header.heads):] {
		if !blank(s) {
			return true
		}
	}
	return false
}

// hidePersonal empties remarks that hold a personal number and reports
// whether a key does, so that the values of the row must not pass.
func hidePersonal(r *model.Record) (exposed bool) {
	r.Note, r.Reference = withoutPersonal(r.Note), withoutPersonal(r.Reference)
	r.Evidence, r.Qualifier = withoutPersonal(r.Evidence), withoutPersonal(r.Qualifier)
	return holdsPersonal(r.Area) || holdsPersonal(r.Period) || holdsPersonal(r.Measure)
}

func holdsPersonal(s string) bool {
	return len(s) >= 12 && personal.Inside(s) || len(s) >= len(personal.Marker) && personal.Redacted(s)
}

func withoutPersonal(s string) string {
	if holdsPersonal(s) {
		return ""
	}
	return s
}

// dropPersonalColumns takes back the records of value columns that hold
// personal numbers rather than values.
func (t *table) dropPersonalColumns() {
	drop := map[string]bool{}
	for i, v := range t.p.values {
		if t.hits[i] >= 2 && 2*t.hits[i] >= t.cells[i] {
			drop[v.name] = true
		}
	}
	if len(drop) == 0 {
		return
	}
	before := len(t.res.Records)
	t.res.Records = slices.DeleteFunc(t.res.Records, func(r model.Record) bool { return drop[r.Value.Column] })
	t.res.DroppedPersonal += int64(before - len(t.res.Records))
}
