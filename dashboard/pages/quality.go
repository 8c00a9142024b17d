package pages

import (
	"html/template"
	"sort"
	"strings"

	"tereze/config/words"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

type qualityPage struct {
	*view
	Answer  template.HTML
	Rows    template.HTML
	Grid    template.HTML
	Reasons []reasonGroup
	Sources []qualitySource
	Refused int
	Example *Link
	Layout  string
	Lists   []download // every list of the checks, as a file
}

// checkFiles list what the checks at the door did beyond refusing: what each
// rule looked at, what was held, corrected or explained by a person, what is
// wrong with whole files, and the fate of every report that was due.
var checkFiles = []string{"rule_outcomes.csv", "source_problems.csv", "decisions.csv", "corrections.csv", "disagreements.csv", "deliveries.csv"}

type reasonGroup struct {
	Head   string
	Words  string
	Count  int
	Places []string
	More   string
	rows   []refusedRow
	left   int // cells whose place is not shown
}

// refusedRow is the refused cells of one row of a file, one after the other.
type refusedRow struct {
	first   public.Refusal
	columns []string
}

// joins reports whether a refused cell stands in the row as well.
func (w refusedRow) joins(r public.Refusal) bool {
	return r.Column != "" && r.Row == w.first.Row && r.Source == w.first.Source && r.File == w.first.File && r.Sheet == w.first.Sheet
}

// qualitySource is one source in the list: how it stands, and what became of
// its cells.
type qualitySource struct {
	sourceRow
	Anchor string
	State  []string // what came last, what is next, what is missing
	Cells  template.HTML
}

// quality says what became of every value cell, who reported, and what was
// refused and why.
func (v *view) quality() ([]byte, error) {
	d := v.s.Data
	var sum public.Accounting
	for _, a := range d.Accounting {
		sum.Read += a.Read
		sum.Accepted += a.Accepted
		sum.Refused += a.Refused
		sum.DroppedPersonal += a.DroppedPersonal
		sum.Layout += a.Layout
	}
	answer := v.T("quality.answer", "n", sum.Read, "read", sum.Read, "accepted", sum.Accepted, "refused", sum.Refused, "dropped", sum.DroppedPersonal, "sources", len(v.s.In.Sources))
	if v.s.In.Example {
		answer += " " + v.T("example.sentence")
	}
	p := &qualityPage{view: v, Answer: v.html(answer), Refused: len(d.Refusals), Example: v.exampleLink(),
		Layout: v.T("quality.layout", "n", sum.Layout)}
	var err error
	if p.Rows, err = v.place(v.rowBars(v.T("quality.rows_finding", "n", sum.Read, "accepted", sum.Accepted, "read", sum.Read))); err != nil {
		return nil, err
	}
	if p.Grid, err = v.place(v.reportGrid(false, "")); err != nil {
		return nil, err
	}
	p.Reasons = v.reasons(func(public.Refusal) bool { return true })
	p.Sources = v.qualitySources()
	for _, name := range append([]string{"refusals.csv"}, checkFiles...) {
		for _, d := range v.filesNamed(name) {
			d.What = v.T("checked.list_" + strings.TrimSuffix(name, ".csv"))
			p.Lists = append(p.Lists, d)
		}
	}
	contents := []Link{v.anchor("part-rows", "quality.head_rows"), v.anchor("part-sources", "quality.head_sources")}
	if p.Grid != "" {
		contents = append(contents, v.anchor("part-grid", "quality.head_grid"))
	}
	contents = append(contents, v.anchor("part-refusals", "quality.head_refusals"))
	return v.render("quality", v.T("nav.quality"), plain(answer), margin{contents: contents}, p)
}

// bySource adds up the accounting of a source's files.
func (s *Site) bySource() map[string]public.Accounting {
	out := map[string]public.Accounting{}
	for _, a := range s.Data.Accounting {
		t := out[a.Source]
		t.Read += a.Read
		t.Accepted += a.Accepted
		t.Refused += a.Refused
		t.DroppedPersonal += a.DroppedPersonal
		t.Layout += a.Layout
		out[a.Source] = t
	}
	return out
}

// plainNumber is a count of rows: a number of the site about itself, which
// rests on no value.
func (v *view) plainNumber(n int64) figure.Number {
	return figure.Number{Raw: "", Value: float64(n), Has: true, Shown: v.l.Number(float64(n), 0)}
}

// rowBars is one bar a source: read = accepted + refused + dropped.
func (v *view) rowBars(finding string) *figure.Figure {
	sums := v.s.bySource()
	f := v.figure("rows", figure.RowBars, model.Indicator{}, finding, v.T("quality.rows_subtitle"))
	f.Unit = v.T("quality.cells")
	for _, src := range v.s.In.Sources {
		a, ok := sums[src.ID]
		if !ok {
			continue
		}
		s := figure.Series{Key: src.ID, Name: v.name(src.Title), Href: v.sourceHref(src.ID)}
		for _, part := range []struct {
			class string
			n     int64
		}{{"accepted", a.Accepted}, {"refused", a.Refused}, {"dropped", a.DroppedPersonal}} {
			s.Marks = append(s.Marks, figure.Mark{Key: part.class, Label: v.T("quality." + part.class), N: v.accountNumber(src.ID, part.class, part.n), Class: part.class})
		}
		f.Series = append(f.Series, s)
	}
	if len(f.Series) == 0 {
		return nil
	}
	for _, c := range []string{"accepted", "refused", "dropped"} {
		f.Legend = append(f.Legend, figure.LegendItem{Class: c, Label: v.T("quality." + c)})
	}
	f.Columns = []string{v.T("table.source"), v.T("quality.accepted"), v.T("quality.refused"), v.T("quality.dropped")}
	f.Source = v.T("source.self", "release", v.s.Release)
	return f
}

// accountNumber identifies a count of cells: it has no indicator, area or
// period, only a source and the name of the count.
func (v *view) accountNumber(source, field string, n int64) figure.Number {
	num := v.plainNumber(n)
	num.Raw = words.FormatRaw(float64(n))
	num.ID = "accounting/-/-/-/-/-/" + source + "/" + field
	return num
}

// reportGrid is the grid of areas by periods: who reported. short keeps the
// newest periods for the home page; a source leaves out all others. It is nil
// where nothing is due.
func (v *view) reportGrid(short bool, source string) *figure.Figure {
	type cellKey struct {
		area   public.Key
		period string
	}
	// The worst fate of several reports of one area and period is shown.
	worst := map[cellKey]public.Delivery{}
	order := map[string]int{"on_time": 1, "late": 2, "held": 3, "refused_at_door": 4, "refused": 4, "not_supplied": 5}
	periods := map[string]*public.Period{}
	areas := map[public.Key]bool{}
	came, due := 0, 0
	for _, d := range v.s.Data.Deliveries {
		if source != "" && d.Source != source {
			continue
		}
		k := cellKey{d.Area, d.Period.ID}
		if w, ok := worst[k]; !ok || order[d.Status] > order[w.Status] {
			worst[k] = d
		}
		periods[d.Period.ID] = d.Period
		areas[d.Area] = true
		due++
		if d.Status != "not_supplied" {
			came++
		}
	}
	if due == 0 {
		return nil
	}
	var ps []*public.Period
	for _, p := range periods {
		ps = append(ps, p)
	}
	sort.Slice(ps, func(i, j int) bool {
		if ps[i].End != ps[j].End {
			return ps[i].End < ps[j].End
		}
		return ps[i].ID < ps[j].ID
	})
	if limit := tern(short, 8, 40); len(ps) > limit {
		ps = ps[len(ps)-limit:]
	}
	var list []model.Area
	for _, a := range v.s.In.Areas {
		if areas[public.KeyOf(a)] {
			list = append(list, a)
		}
	}
	finding := v.T("grid.finding", "n", due, "due", due, "came", came, "missing", due-came)
	f := v.figure("reports", figure.Grid, model.Indicator{}, finding, v.T("grid.subtitle"))
	f.Unit = ""
	f.Columns = []string{v.T("table.area")}
	for _, p := range ps {
		f.Columns = append(f.Columns, v.short(p.Period))
	}
	seen := map[string]bool{}
	for _, a := range v.sorted(list) {
		s := figure.Series{Key: a.Code + "-" + string(a.ValidFrom), Name: v.name(a.Names), Href: v.areaHref(a)}
		for _, p := range ps {
			d, ok := worst[cellKey{public.KeyOf(a), p.ID}]
			class := "not_due"
			href := ""
			if ok {
				class = gridClass(d.Status)
				href = v.areaHref(a) + "#part-reports"
			}
			seen[class] = true
			s.Marks = append(s.Marks, figure.Mark{Key: p.ID, Label: v.l.Period(p.Period), XLabel: v.short(p.Period), Href: href, Class: class,
				N: figure.Number{Sign: v.T("grid_sign." + class), Why: v.T("fate." + class)}})
		}
		f.Series = append(f.Series, s)
	}
	for _, c := range []string{"on_time", "late", "not_supplied", "refused", "held", "not_due"} {
		if seen[c] {
			f.Legend = append(f.Legend, figure.LegendItem{Class: c, Label: v.T("fate." + c)})
		}
	}
	f.Source = v.T("source.self", "release", v.s.Release)
	return f
}

func gridClass(status string) string {
	if status == "refused_at_door" || status == "refused_by_sender" {
		return "refused"
	}
	return status
}

// placesAtMost bounds the list of places under one reason; the file has all.
const placesAtMost = 12

// reasons are the refused cells that count, by the reason of their refusal.
func (v *view) reasons(counts func(public.Refusal) bool) []reasonGroup {
	by := map[string]*reasonGroup{}
	var order []string
	for _, r := range v.s.Data.Refusals {
		if !counts(r) {
			continue
		}
		g := by[r.Code]
		if g == nil {
			g = &reasonGroup{Head: v.T("refusal_short." + r.Code), Words: v.T("refusal." + r.Code)}
			by[r.Code] = g
			order = append(order, r.Code)
		}
		g.Count++
		if last := len(g.rows) - 1; last >= 0 && g.rows[last].joins(r) {
			g.rows[last].columns = append(g.rows[last].columns, r.Column)
		} else if len(g.rows) < placesAtMost {
			g.rows = append(g.rows, refusedRow{r, []string{r.Column}})
		} else {
			g.left++
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return by[order[i]].Count > by[order[j]].Count })
	var out []reasonGroup
	for _, code := range order {
		g := by[code]
		for _, row := range g.rows {
			r := row.first
			r.Column = strings.Join(row.columns, ", ")
			g.Places = append(g.Places, v.refusalPlace(r))
		}
		if g.left > 0 {
			g.More = v.T("quality.more", "n", g.left)
		}
		out = append(out, *g)
	}
	return out
}

// qualitySources are all sources, each with its state. Those of which
// something is wrong come first.
func (v *view) qualitySources() []qualitySource {
	sums := v.s.bySource()
	missing := map[string]int{}
	for _, d := range v.s.Data.Deliveries {
		if d.Status == "not_supplied" {
			missing[d.Source]++
		}
	}
	var wrong, fine []qualitySource
	for _, src := range v.s.In.Sources {
		q := qualitySource{sourceRow: v.sourceRow(src), Anchor: Kebab(src.ID)}
		if a, ok := sums[src.ID]; ok && a.Read > 0 {
			q.Cells = v.html(v.T("checked.answer", "n", a.Read, "read", v.put(v.accountNumber(src.ID, "read", a.Read)), "accepted", v.put(v.accountNumber(src.ID, "accepted", a.Accepted)),
				"refused", v.put(v.accountNumber(src.ID, "refused", a.Refused)), "dropped", v.put(v.accountNumber(src.ID, "dropped", a.DroppedPersonal))))
		}
		old := v.stateShort(src.ID)
		q.Stale = old
		q.State = append(q.State, v.lastDelivery(src))
		if _, coming := v.next(src); coming {
			q.State = append(q.State, v.nextDue(src))
		}
		if n := missing[src.ID]; n > 0 {
			q.State = append(q.State, v.T("checked.missing", "n", n))
		}
		if old != "" {
			wrong = append(wrong, q)
		} else {
			fine = append(fine, q)
		}
	}
	return append(wrong, fine...)
}
