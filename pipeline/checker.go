package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tereze/config"
	"tereze/config/words"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/form"
	"tereze/sources/grid"
	"tereze/sources/personal"
	"tereze/transforms"
)

// checker gathers what is to be said about one file.
type checker struct {
	inst       *config.Instance
	src        config.Source
	l          *words.Lang
	data       []byte
	sheet      *grid.Grid    // of a form
	identity   form.Identity // of a form
	deliveries []sources.Delivery
	report     CheckReport
}

// oldWorkbook are the first bytes of .xls, and of a workbook under a password.
var oldWorkbook = []byte{0xd0, 0xcf, 0x11, 0xe0}

// readable looks whether the file can be read at all, where more can be said
// about it than that a build would not open it.
func (c *checker) readable() bool {
	whole := func(code string) bool {
		c.report.Problems = append(c.report.Problems, c.say(CheckProblem{Code: code, Words: c.l.T("check." + code)}))
		return false
	}
	if c.src.Kind == "xlsx" && bytes.HasPrefix(c.data, oldWorkbook) {
		return whole("old_workbook")
	}
	if c.src.Form == nil || c.src.Table.Sheet != config.FormSheet {
		return true
	}
	g, ok := formSheet(c.data)
	if !ok {
		return whole("not_a_form")
	}
	c.sheet = g
	c.identity, _ = form.Identify(g)
	c.report.Area, c.report.Period = c.identity.Area, c.identity.Period
	switch {
	case !c.identity.Current():
		return whole("other_version")
	case c.identity.Area == "", c.identity.Period == "":
		return whole("no_identity")
	case len(form.Lines(g)) == 0:
		return whole("no_lines")
	}
	return true
}

// refusals turns what the door refused into problems with their texts. Cells
// that are refused because the one cell that names the area or period of the
// whole sheet is wrong are one problem, at that cell.
func (c *checker) refusals(list []transforms.Refusal) {
	records := map[model.Place]*model.Record{}
	values := map[string]string{}
	for i := range c.deliveries {
		for j := range c.deliveries[i].Records {
			r := &c.deliveries[i].Records[j]
			records[place(r.Value.Place)] = r
			values[r.Measure] = r.Value.Text
		}
	}
	key := map[string]int{} // code → its problem
	for _, r := range list {
		p := CheckProblem{Sheet: r.Place.Sheet, Row: r.Place.Row, Column: r.Place.Column, Code: r.Code,
			Words: c.l.T("refusal." + r.Code), Hint: c.hint(r)}
		if p.Hint == "" {
			p.Detail = r.Hint
		}
		rec := records[place(r.Place)]
		if rec != nil {
			p.Found = rec.Value.Text
		}
		if at, text := c.keyCell(r.Code, rec); at != "" {
			if i, ok := key[r.Code]; ok {
				c.report.Problems[i].Cells = max(c.report.Problems[i].Cells, 1) + 1
				continue
			}
			key[r.Code] = len(c.report.Problems)
			p.Column, p.Row, p.Found = strings.TrimRight(at, "0123456789"), rowOf(at), text
		} else if rec != nil {
			if m, ok := c.inst.Measure(rec.Measure); ok {
				p.Measure = m.ID
				if r.Code == "part_exceeds_whole" {
					p.Hint = c.whole(m, values)
				}
			}
		}
		c.report.Problems = append(c.report.Problems, c.say(p))
	}
}

func place(p model.Place) model.Place {
	return model.Place{Sheet: p.Sheet, Row: p.Row, Column: p.Column}
}

// rowOf is the row in the address of a cell.
func rowOf(cell string) int {
	n := 0
	for _, r := range cell {
		if r >= '0' && r <= '9' {
			n = n*10 + int(r-'0')
		}
	}
	return n
}

// keyCell is the one cell that a refused key of the whole sheet stands in.
func (c *checker) keyCell(code string, rec *model.Record) (at, text string) {
	if rec == nil {
		return "", ""
	}
	switch code {
	case "unknown_area", "ambiguous_area", "area_not_valid":
		return c.src.Table.Area.Cell, rec.Area
	case "unknown_period", "ambiguous_period":
		return c.src.Table.Period.Cell, rec.Period
	}
	return "", ""
}

// hint is the nearest areas in words.
func (c *checker) hint(r transforms.Refusal) string {
	switch r.Code {
	case "unknown_area", "ambiguous_area", "area_not_valid":
		var names []string
		for _, code := range strings.Split(r.Hint, ", ") {
			if a, ok := c.inst.Area(code, ""); ok {
				names = append(names, c.l.Name(a.Names)+" ("+code+")")
			}
		}
		if len(names) > 0 {
			return c.l.T("report.hint", "names", strings.Join(names, ", "))
		}
	}
	return ""
}

func (c *checker) whole(m model.Measure, values map[string]string) string {
	w, ok := c.inst.Measure(m.Total)
	if !ok {
		return ""
	}
	for id, v := range values {
		if id == w.ID || slices.Contains(w.Labels, id) {
			return c.l.T("check.of_whole", "name", c.l.Name(w.Name), "value", v)
		}
	}
	return ""
}

// personal finds the cells that speak of a single person: what the door
// drops, and what it takes out of the copy that it keeps. Who signed a form
// was asked for, so below its lines only a personal number is too much.
func (c *checker) personal() {
	grids, err := sources.Grids(c.data, c.src)
	if err != nil {
		return // the refusal says so
	}
	finder := personal.NewFinder(personal.WordsOf(c.inst.Words))
	last := 0
	if c.sheet != nil {
		for _, l := range form.Lines(c.sheet) {
			last = l.Row
		}
	}
	for _, g := range grids {
		cells, rows := cellsOf(g)
		for _, i := range finder.Find(nil, cells) {
			row := rows[cells[i].Row]
			if last > 0 && row > last && !personal.Inside(cells[i].Text) {
				continue
			}
			column := grid.Letters(cells[i].Column)
			if g.Named {
				column = g.Rows[0].Cells[cells[i].Column]
			}
			c.report.Problems = append(c.report.Problems, c.say(CheckProblem{
				Sheet: g.Sheet, Row: row, Column: column, Code: "personal_data", Words: c.l.T("refusal.personal_data"),
			}))
		}
	}
}

// cellsOf are the cells of a sheet, and the numbers of its rows as people
// count them.
func cellsOf(g grid.Grid) (cells []personal.Cell, rows []int) {
	for i, row := range g.Rows {
		rows = append(rows, row.Number)
		for k, text := range row.Cells {
			known := grid.Mark(0)
			if k < len(row.Marks) {
				known = row.Marks[k]
			}
			if text != "" && known&grid.Covered == 0 {
				cells = append(cells, personal.Cell{Row: i, Column: k, Text: text, Numeric: known&grid.Numeric != 0})
			}
		}
	}
	return cells, rows
}

// warnings are what the reader itself passes over.
func (c *checker) warnings() {
	for _, d := range c.deliveries {
		for _, p := range d.Problems {
			if p.Level == model.Error || !c.l.Has("check."+p.Code) {
				continue
			}
			c.remark(CheckProblem{Sheet: p.Place.Sheet, Row: p.Place.Row, Column: p.Place.Column, Code: p.Code, Found: p.Args["column"]})
		}
	}
}

func (c *checker) remark(p CheckProblem, args ...any) {
	p.Words = c.l.T("check."+p.Code, args...)
	c.report.Remarks = append(c.report.Remarks, c.say(p))
}

// say fills in the place in words: where, and what is counted there.
func (c *checker) say(p CheckProblem) CheckProblem {
	switch {
	case p.Row == 0:
		p.Place = c.l.T("check.in_file")
	case p.Sheet == "":
		p.Place = c.l.T("check.in_row", "row", fmt.Sprint(p.Row), "column", p.Column)
	case c.sheet != nil && p.Row == 1: // hidden; people see what it means above the table
		p.Place = c.l.T("check.in_head")
	case c.sheet != nil:
		p.Place = c.l.T("check.in_cell", "cell", p.Column+fmt.Sprint(p.Row))
	default:
		p.Place = c.l.T("check.in_sheet", "sheet", p.Sheet, "cell", p.Column+fmt.Sprint(p.Row))
	}
	if m, ok := c.inst.Measure(p.Measure); ok {
		p.Place = c.l.T("check.line", "place", p.Place, "name", c.l.Name(m.Name))
	}
	return p
}

// sort puts what is said in the order of the file.
func (c *checker) sort() {
	column := func(p CheckProblem) int { return len(p.Column) }
	for _, list := range [][]CheckProblem{c.report.Problems, c.report.Remarks} {
		slices.SortStableFunc(list, func(a, b CheckProblem) int {
			return cmp.Or(strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row),
				cmp.Compare(column(a), column(b)), strings.Compare(a.Column, b.Column), strings.Compare(a.Code, b.Code))
		})
	}
}
