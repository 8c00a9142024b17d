package pages

import (
	"html/template"
	"sort"
	"strconv"
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

// table is a set of rows with everything decided; the template only places it.
type table struct {
	ID, Head, Caption string
	Columns           columns
	Rows              rows
	Signs             []string
	Sources           footnoteList
	Note              string
}

// footnote is a source that rows of a table point to by its number.
type footnote struct {
	ID string
	N  string
	Link
}

// footnoteList is the sources under a table.
type footnoteList []footnote

// footnotes collects the sources of one table in the order of its rows.
type footnotes struct {
	table string
	list  []footnote
	byKey map[string]int
}

func newFootnotes(table string) *footnotes { return &footnotes{table: table, byKey: map[string]int{}} }

// cell is the number of a source, leading to its line under the table.
func (f *footnotes) cell(name, address string) cell {
	key := name + "\x00" + address
	n, ok := f.byKey[key]
	if !ok {
		n = len(f.list) + 1
		f.byKey[key] = n
		note := footnote{ID: f.table + "-source-" + strconv.Itoa(n), N: strconv.Itoa(n), Link: Link{Text: name}}
		if strings.HasPrefix(address, "http") {
			note.Href = address
		}
		f.list = append(f.list, note)
	}
	return cell{Link: &Link{Href: "#" + f.list[n-1].ID, Text: strconv.Itoa(n)}}
}

// columns are the heads of a table.
type columns []column

type column struct {
	Head    string
	Numeric bool
}

type row struct {
	Cells []cell
	Own   bool // the region itself among its sisters, or the total
	Minor bool // left out of the one printed page
	ID    string
}

type cell struct {
	Text    template.HTML
	Link    *Link
	Numeric bool
	Whole   bool // not to be broken over lines
	Rowhead bool
}

// areaTable is every area of the set with all that is known of its value.
func (v *view) areaTable(ind model.Indicator, c *comparison) *table {
	if c.Period == nil {
		return nil
	}
	v.used = map[string]bool{}
	upArea, up := v.s.upper(ind, c)
	t := &table{ID: "part-table", Head: v.T(tern(c.Peers, "indicator.head_table_regions", "indicator.head_table"))}
	t.Caption = v.caption(v.subtitle(ind, c.Period))
	with := columnsOf(c, up)
	notes := newFootnotes(t.ID)
	t.Columns = v.valueColumns(ind, with, v.T(tern(c.Peers, "table.region", "table.area")))
	add := func(a model.Area, val *public.Value, own bool) {
		name := v.name(a.Names)
		if a.Unverified {
			name += v.T("sign.unverified")
			v.used["unverified"] = true
		}
		r := row{Own: own, ID: "a-" + a.Code, Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: name}, Rowhead: true}}}
		r.Cells = append(r.Cells, v.valueCells(ind, val, with, notes)...)
		t.Rows = append(t.Rows, r)
	}
	if up != nil {
		add(upArea, up, true)
	}
	for _, a := range v.ranked(c) {
		add(a, c.of(a), c.Peers && a.Code == v.s.Region.Code)
	}
	if c.Later {
		t.Note = v.laterBorders(c)
	}
	t.Signs, t.Sources = v.signs(), notes.list
	t.dropEmpty()
	return t
}

// dropEmpty leaves out the columns in which no row has anything.
func (t *table) dropEmpty() {
	rows := make([]*row, len(t.Rows))
	for i := range t.Rows {
		rows[i] = &t.Rows[i]
	}
	t.Columns = dropEmpty(t.Columns, rows)
}

func dropEmpty(columns []column, rows []*row) []column {
	for c := len(columns) - 1; c > 0; c-- {
		empty := true
		for _, r := range rows {
			empty = empty && r.Cells[c].Text == "" && r.Cells[c].Link == nil
		}
		if !empty {
			continue
		}
		columns = append(columns[:c], columns[c+1:]...)
		for _, r := range rows {
			r.Cells = append(r.Cells[:c], r.Cells[c+1:]...)
		}
	}
	return columns
}

// Marked is a caption that says so when its table is invented.
func (v *view) Marked(s string) string { return v.caption(s) }

// caption is a table's caption; on the example site it carries the words.
func (v *view) caption(s string) string {
	if v.s.In.Example {
		return v.T("example.subtitle", "subtitle", s)
	}
	return s
}

// columnSet says which columns have anything to show.
type columnSet struct{ interval, outOf bool }

func columnsOf(c *comparison, up *public.Value) columnSet {
	var set columnSet
	look := func(val *public.Value) {
		if val == nil {
			return
		}
		set.interval = set.interval || val.Interval != model.NoInterval
		set.outOf = set.outOf || val.Holds("denominator")
	}
	look(up)
	for _, a := range c.Areas {
		look(c.of(a))
	}
	return set
}

func (v *view) valueColumns(ind model.Indicator, set columnSet, first string) []column {
	out := []column{{first, false}, {v.l.UnitHead(ind.Unit), true}}
	if set.interval {
		out = append(out, column{v.T("table.interval"), true})
	}
	if set.outOf {
		num, den := "table.numerator", "table.denominator"
		if ind.Kind == model.Change {
			num, den = "table.later", "table.earlier"
		}
		out = append(out, column{v.T(num), true}, column{v.T(den), true})
	}
	return append(out, column{v.T("table.status"), false}, column{v.T("table.source"), false})
}

func (v *view) valueCells(ind model.Indicator, val *public.Value, set columnSet, notes *footnotes) []cell {
	out := []cell{{Text: v.cell(ind, val, "value"), Numeric: true}}
	if set.interval {
		out = append(out, cell{Text: v.interval(ind, val), Numeric: true})
	}
	if set.outOf {
		out = append(out, cell{Text: v.part(ind, val, "numerator"), Numeric: true}, cell{Text: v.part(ind, val, "denominator"), Numeric: true})
	}
	out = append(out, cell{Text: template.HTML(template.HTMLEscapeString(v.status(val, true)))})
	if val == nil {
		return append(out, cell{})
	}
	return append(out, v.sourceCell(ind, val, notes))
}

// part is a numerator or denominator; where there is none, nothing.
func (v *view) part(ind model.Indicator, val *public.Value, field string) template.HTML {
	if val == nil || !val.Holds(field) {
		return ""
	}
	if field == "denominator" {
		return v.cell(ind, val, field) + v.stockNote(val)
	}
	return v.cell(ind, val, field)
}

func (v *view) interval(ind model.Indicator, val *public.Value) template.HTML {
	if val == nil || !val.Holds("lower") || !val.Holds("upper") {
		return ""
	}
	return v.cell(ind, val, "lower") + "–" + v.cell(ind, val, "upper")
}

// status says in words whatever is not plain about a value. A break is
// named with its events where there is room; its sign says the rest.
func (v *view) status(val *public.Value, events bool) string {
	if val == nil {
		return v.T("page.no_row")
	}
	var out []string
	if val.Qualifier != model.AsCounted {
		out = append(out, v.T("qualifier_name."+string(val.Qualifier)))
	}
	switch {
	case val.Status == model.Missing && val.Reason != "":
		out = append(out, v.T("reason."+string(val.Reason)))
	case val.Status == model.Break && !events:
	case val.Status == model.Break && len(val.Events) > 0:
		out = append(out, v.T("obs_status.B")+": "+v.eventNames(val.Events))
	case val.Status != model.Normal && val.Status != "":
		out = append(out, v.T("obs_status."+string(val.Status)))
	}
	if why := v.reason(val); why != "" {
		out = append(out, why)
	}
	if c, ok := v.s.Data.Coverage(val); ok && c.Reported < c.Due {
		out = append(out, v.T("table.coverage", "reported", c.Reported, "due", c.Due, "n", c.Due))
	}
	if old := v.oldCopyShort(val); old != "" {
		out = append(out, old)
	}
	return strings.Join(out, "; ")
}

// sourceCell points to the publisher of a value and where it was published.
func (v *view) sourceCell(ind model.Indicator, val *public.Value, notes *footnotes) cell {
	name := v.sourceName(val)
	ref, _ := v.s.Data.Reference(ind.Numerator.Measure, val)
	address := ref.Address
	src, ok := v.s.In.Source(val.Source)
	if ok && address == "" {
		address = src.Address
	}
	if ref.KnownFrom != "" {
		name = v.T("source.dated", "name", name, "date", v.dayOf(src, ref.KnownFrom))
	}
	return notes.cell(name, address)
}

// historyLimit bounds the table of other periods; the files have them all.
const historyLimit = 60

// historyTable is what is known beside the latest period of the districts:
// the region and the country in all periods, and what other areas have.
func (v *view) historyTable(ind model.Indicator, c *comparison) *table {
	v.used = map[string]bool{}
	t := &table{ID: "part-history", Head: v.T("indicator.head_history"), Caption: v.caption(v.subtitle(ind, nil))}
	in := map[public.Key]bool{}
	for _, a := range c.Areas {
		in[public.KeyOf(a)] = true
	}
	region, country := public.KeyOf(v.s.Region), public.KeyOf(v.s.Country)
	var vals []*public.Value
	for _, val := range v.s.Data.Indicator(ind.ID).Values {
		if in[val.Area] && val.Area != region {
			if val.Period == c.Period || !c.Peers && len(c.Areas) > 40 {
				continue
			}
			if val.Status == model.Missing && val.Nature != model.Published {
				continue
			}
			if d := v.s.Data.Indicator(ind.ID).Of(val.Area); len(d) > 4 {
				continue
			}
		}
		vals = append(vals, val)
	}
	rank := func(k public.Key) int {
		switch k {
		case region:
			return 0
		case country:
			return 1
		}
		return 2
	}
	sort.SliceStable(vals, func(i, j int) bool {
		a, b := vals[i], vals[j]
		if rank(a.Area) != rank(b.Area) {
			return rank(a.Area) < rank(b.Area)
		}
		if a.Area != b.Area {
			return v.s.alphabet[v.code][a.Area] < v.s.alphabet[v.code][b.Area]
		}
		return a.Period.End > b.Period.End
	})
	if len(vals) == 0 {
		return nil
	}
	if len(vals) > historyLimit {
		vals = vals[:historyLimit]
		t.Note = v.T("table.cut", "n", historyLimit)
	}
	set := columnSet{}
	notes := newFootnotes(t.ID)
	for _, val := range vals {
		set.interval = set.interval || val.Interval != model.NoInterval
		set.outOf = set.outOf || val.Holds("denominator")
	}
	cols := v.valueColumns(ind, set, v.T("table.area"))
	t.Columns = append([]column{cols[0], {v.T("table.period"), false}}, cols[1:]...)
	for i, val := range vals {
		r := row{ID: "h-" + strconv.Itoa(i), Own: rank(val.Area) == 0}
		r.Cells = append(r.Cells, cell{Link: &Link{Href: v.areaHrefOf(val.Area), Text: v.areaName(val.Area)}, Rowhead: true},
			cell{Text: template.HTML(template.HTMLEscapeString(v.periodOf(val))), Whole: val.Period.Kind != model.Range})
		r.Cells = append(r.Cells, v.valueCells(ind, val, set, notes)...)
		t.Rows = append(t.Rows, r)
	}
	t.Signs, t.Sources = v.signs(), notes.list
	t.dropEmpty()
	return t
}

// signs explains the signs that the last table used, in a fixed order.
func (v *view) signs() []string {
	var out []string
	for _, s := range []string{"nil", "missing", "protected", "estimated", "break", "not_applicable", "unverified"} {
		if v.used[s] {
			out = append(out, v.T("page.sign", "sign", v.T("sign."+s), "means", v.T("sign_means."+s)))
		}
	}
	return out
}
