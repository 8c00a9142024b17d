package pages

import (
	"html/template"
	"sort"

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
	Files   []download
	Refused int
	Example *Link
	Layout  string
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
}

type qualitySource struct {
	sourceRow
	Anchor                                          string
	Files, Read, Accepted, Refused, Dropped, Layout string
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
	if p.Grid, err = v.place(v.reportGrid(false)); err != nil {
		return nil, err
	}
	p.Reasons = v.reasons()
	p.Sources = v.qualitySources()
	p.Files = v.filesNamed(append([]string{"refusals.csv"}, checkFiles...)...)
	contents := []Link{v.anchor("part-rows", "quality.head_rows")}
	if p.Grid != "" {
		contents = append(contents, v.anchor("part-grid", "quality.head_grid"))
	}
	contents = append(contents, v.anchor("part-refusals", "quality.head_refusals"), v.anchor("part-sources", "quality.head_sources"))
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
		s := figure.Series{Key: src.ID, Name: v.name(src.Title), Href: "#source-" + Kebab(src.ID)}
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
// newest periods for the home page. It is nil where nothing is due.
func (v *view) reportGrid(short bool) *figure.Figure {
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

func (v *view) reasons() []reasonGroup {
	by := map[string]*reasonGroup{}
	var order []string
	for _, r := range v.s.Data.Refusals {
		g := by[r.Code]
		if g == nil {
			g = &reasonGroup{Head: v.T("refusal_short." + r.Code), Words: v.T("refusal." + r.Code)}
			by[r.Code] = g
			order = append(order, r.Code)
		}
		g.Count++
		if len(g.Places) < placesAtMost {
			g.Places = append(g.Places, v.refusalPlace(r))
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return by[order[i]].Count > by[order[j]].Count })
	var out []reasonGroup
	for _, code := range order {
		g := by[code]
		if g.Count > len(g.Places) {
			g.More = v.T("quality.more", "n", g.Count-len(g.Places))
		}
		out = append(out, *g)
	}
	return out
}

func (v *view) qualitySources() []qualitySource {
	sums := v.s.bySource()
	files := map[string]int{}
	for _, a := range v.s.Data.Accounting {
		files[a.Source]++
	}
	n := func(x int64) string { return v.l.Number(float64(x), 0) }
	var out []qualitySource
	for _, src := range v.s.In.Sources {
		q := qualitySource{sourceRow: v.sourceRow(src), Anchor: Kebab(src.ID)}
		if a, ok := sums[src.ID]; ok {
			q.Files, q.Read, q.Accepted, q.Refused, q.Dropped, q.Layout = n(int64(files[src.ID])), n(a.Read), n(a.Accepted), n(a.Refused), n(a.DroppedPersonal), n(a.Layout)
		}
		out = append(out, q)
	}
	return out
}
