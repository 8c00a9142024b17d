package pages

import (
	"html/template"
	"sort"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// territoryPage is one indicator on the territories of dated borders.
type territoryPage struct {
	*view
	Name    string
	Back    Link
	Index   Link
	Answer  template.HTML
	Said    []template.HTML
	Figure  template.HTML
	Days    linkList
	Tables  []*table
	Rules   []string
	Files   []download
	Related []Link
}

// rowsOnOneTerritory bounds each table; the file has all rows.
const rowsOnOneTerritory = 120

// oneTerritory is the page that reads an indicator on one territory.
func (v *view) oneTerritory(ind model.Indicator) ([]byte, error) {
	name := v.name(ind.Name)
	said := v.reading(ind)
	answer := v.T("ledger.page_answer", "name", name)
	if len(said) > 0 {
		answer, said = said[0], said[1:]
	}
	p := &territoryPage{view: v, Name: name, Back: Link{Href: v.indicatorHref(ind.ID), Text: v.T("ledger.back")},
		Index: Link{Href: v.up + v.code + "/boundaries/", Text: v.T("nav.boundaries")}, Answer: v.html(answer)}
	for _, s := range said {
		p.Said = append(p.Said, v.html(s))
	}
	if f := v.landFigure(ind); f != nil {
		var err error
		if p.Figure, err = v.place(f); err != nil {
			return nil, err
		}
	}
	var contents []Link
	for _, t := range v.s.Data.Indicator(ind.ID).Territories() {
		x := v.territoryTable(ind, t)
		p.Tables = append(p.Tables, x)
		link := Link{Href: "#" + x.ID, Text: x.Head}
		p.Days = append(p.Days, link)
		contents = append(contents, link)
	}
	p.Rules = v.movingRules(ind)
	if ind.Weight != "" {
		w, _ := v.s.In.Measure(ind.Weight)
		p.Rules = []string{v.T("ledger.rule_weight", "weight", v.name(w.Name)), v.T("interval.survey")}
	}
	p.Files = v.indicatorDownloads(ind)
	return v.render("territory", v.T("ledger.page_title", "name", name), plain(answer), margin{contents: contents, files: p.Files}, p)
}

// movingRules say how the counts of an indicator come to another territory:
// only what holds for it.
func (v *view) movingRules(ind model.Indicator) []string {
	out := []string{v.T("ledger.rule_exact")}
	m, _ := v.s.In.Measure(ind.Numerator.Measure)
	switch {
	case !m.FollowsPeople() && m.Counts.Protected():
		out = append(out, v.T("ledger.rule_group"))
	case m.FollowsPeople() && m.Unit != "people":
		out = append(out, v.T("ledger.rule_share"), v.T("ledger.rule_assumed"))
	case m.FollowsPeople():
		out = append(out, v.T("ledger.rule_share"))
	}
	out = append(out, v.T("ledger.rule_range"))
	if ind.Kind != model.Count {
		out = append(out, v.T("ledger.rule_recomputed"))
	}
	return out
}

// asToday reports whether the borders of a day are those of today: no land or
// people moved since.
func (s *Site) asToday(day model.Date) bool {
	for _, e := range s.In.AreaEvents {
		if e.ChangesTerritory() && e.Date > day && e.Date <= s.In.Today {
			return false
		}
	}
	return true
}

// territoryTable is every area whose counts were moved to a territory, with
// what was reported on that territory itself.
func (v *view) territoryTable(ind model.Indicator, territory string) *table {
	v.used = map[string]bool{}
	d := v.s.Data.Indicator(ind.ID)
	day := model.Date(territory)
	t := &table{ID: "t-" + territory, Head: v.T(tern(v.s.asToday(day), "ledger.territory_today", "ledger.territory"), "date", v.l.Date(day)),
		Caption: v.caption(v.T("ledger.table_caption", "name", v.name(ind.Name), "unit", v.l.UnitHead(ind.Unit), "date", v.l.Date(day)))}
	moved := map[public.Key]bool{}
	for _, val := range d.Restated {
		if val.Territory == territory {
			moved[val.Area] = true
		}
	}
	notes := newFootnotes(t.ID)
	t.Columns = []column{{v.T("table.area"), false}, {v.T("table.period"), false}, {v.l.UnitHead(ind.Unit), true}, {v.T("table.interval"), true},
		{v.T("ledger.col_how"), false}, {v.T("table.status"), false}, {v.T("table.source"), false}}
	var areas []model.Area
	for _, a := range v.s.In.Areas {
		if moved[public.KeyOf(a)] {
			areas = append(areas, a)
		}
	}
	areas = v.sorted(areas)
	sort.SliceStable(areas, func(i, j int) bool { return rankOf(v.s, areas[i]) < rankOf(v.s, areas[j]) })
	for _, a := range areas {
		k := public.KeyOf(a)
		vals := append(append([]*public.Value{}, d.On(territory, k)...), d.Of(k)...)
		sort.SliceStable(vals, func(i, j int) bool { return vals[i].Period.End > vals[j].Period.End })
		for _, val := range vals {
			if !val.Has() && val.Status != model.Estimated && val.Status != model.Suppressed {
				continue
			}
			how := "ledger.how_reported"
			if val.Territory == territory && val.Computed() {
				how = v.s.how(ind, val)
			}
			r := row{Own: a.Code == v.s.Region.Code, ID: t.ID + "-" + k.Code + "-" + val.Period.ID + "-" + Kebab(safe(val.Source))}
			r.Cells = []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true}, {Text: escaped(v.periodOf(val)), Whole: val.Period.Kind != model.Range},
				{Text: v.cell(ind, val, "value"), Numeric: true}, {Text: v.interval(ind, val), Numeric: true}, {Text: escaped(v.T(how))},
				{Text: escaped(v.status(val, true))}, v.sourceCell(ind, val, notes)}
			t.Rows = append(t.Rows, r)
		}
	}
	if len(t.Rows) > rowsOnOneTerritory {
		t.Rows = t.Rows[:rowsOnOneTerritory]
		t.Note = v.T("ledger.cut", "n", rowsOnOneTerritory)
	}
	t.Signs, t.Sources = v.signs(), notes.list
	t.dropEmpty()
	return t
}

func rankOf(s *Site, a model.Area) int {
	switch {
	case a.Code == s.Region.Code:
		return 0
	case a.Level == s.Region.Level:
		return 1
	}
	return 2
}

func escaped(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }

// safe keeps a source's name usable in an id.
func safe(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c == ':' || c == '/' || c == ' ' {
			b[i] = '-'
		}
	}
	return string(b)
}

// how says by which rule a value came to a territory.
func (s *Site) how(ind model.Indicator, val *public.Value) string {
	switch {
	case val.Status == model.Suppressed:
		return "ledger.how_hidden"
	case ind.Weight != "":
		return "ledger.how_weight"
	case val.Reason == model.NoUpperLimit, val.Interval == model.Apportionment && val.Has():
		return "ledger.how_share"
	case val.Interval == model.Apportionment:
		return "ledger.how_range"
	}
	return "ledger.how_exact"
}

// landFigure draws the region's code as reported, cut at each border, beside
// it what its territory of the reference day would show, with its range, and
// the figures that can stand on either side of a border. What was counted by
// an earlier rule is left out: no line could lead here from it.
func (v *view) landFigure(ind model.Indicator) *figure.Figure {
	reported, moved := v.landRuns(ind)
	if len(reported) == 0 || len(moved) == 0 || ind.Kind == model.Change {
		return nil
	}
	reported = v.sinceRule(ind, reported)
	vals := append(append([]*public.Value{}, reported...), moved...)
	date := v.l.Date(model.Date(moved[len(moved)-1].Territory))
	finding := v.T("ledger.figure_finding", "date", date)
	var either []*public.Value
	step := v.landStep(ind)
	if step != nil {
		finding = v.stepFinding(ind, step)
		either = v.eitherBorder(ind, step.last, step.later)
	}
	f := v.figure("land", figure.Line, ind, finding,
		v.T("figure_head.where", "name", v.name(ind.Name), "area", v.name(v.s.Region.Names), "unit", v.l.UnitHead(ind.Unit)))
	for from := 0; from < len(reported); { // each dated area is a line of its own: none runs on over a border
		to := from
		for to < len(reported) && reported[to].Area == reported[from].Area {
			to++
		}
		a, _ := v.s.areaOf(reported[from].Area)
		f.Series = append(f.Series, figure.Series{Key: "as_reported/" + string(a.ValidFrom), Name: v.daysShort(a),
			Marks: v.marks(ind, reported[from:to]), OneLand: true})
		from = to
	}
	for _, val := range either { // a point that is joined to none
		marks := v.marks(ind, []*public.Value{val})
		marks[0].Hollow = true
		f.Series = append(f.Series, figure.Series{Key: "either/" + val.Territory, Name: v.T("ledger.either", "date", v.short(model.DayOf(model.Date(val.Territory)))), Marks: marks, OneLand: true})
	}
	f.Series = append(f.Series, figure.Series{Key: "one_territory", Name: v.T("ledger.on_territory", "date", v.short(model.DayOf(model.Date(moved[0].Territory)))),
		Marks: v.rangedMarks(ind, joinedTo(reported, either, moved)), OneLand: true, Highlight: true})
	f.Events = v.eventsOf(ind, vals)
	f.Columns = []string{v.T("table.period"), f.Unit}
	f.Source = v.sourceLine(append(vals, either...)...)
	f.Notes = v.valueNotes(ind, vals)
	if ind.Weight != "" {
		w, _ := v.s.In.Measure(ind.Weight)
		f.Notes = []string{v.T("ledger.rule_weight", "weight", v.name(w.Name))}
	}
	if step != nil {
		if said := v.twoBorders(ind, step.last, step.later); said != "" {
			f.Notes = append(f.Notes, plain(said))
		}
	}
	if ind.Survey {
		f.Notes = append(f.Notes, v.T("ledger.read_survey"))
	}
	f.Download = "land.svg"
	return f
}

// sinceRule is what was reported under the newest rule that touches the
// indicator and holds at least one figure before the last border.
func (v *view) sinceRule(ind model.Indicator, reported []*public.Value) []*public.Value {
	from := 0
	for i, val := range reported {
		if val.Area != public.KeyOf(v.s.Region) {
			break
		}
		for _, id := range val.Events {
			if !v.s.events[id].Territory {
				from = i
			}
		}
	}
	return reported[from:]
}

// joinedTo puts before moved values the last one that was reported on that
// very territory, where nothing lies between: over a figure whose borders are
// not known no line is drawn.
func joinedTo(reported, either, moved []*public.Value) []*public.Value {
	for i := len(reported) - 1; i >= 0; i-- {
		last := reported[i]
		if last.Area != moved[0].Area || !last.Has() {
			continue
		}
		for _, val := range either {
			if val.Period.End > last.Period.End && val.Period.End < moved[0].Period.End {
				return moved
			}
		}
		return append([]*public.Value{last}, moved...)
	}
	return moved
}

// rangedMarks are marks whose limits have the decimals that ranges of weighed
// percentages need.
func (v *view) rangedMarks(ind model.Indicator, vals []*public.Value) []figure.Mark {
	out := v.marks(ind, vals)
	for i, val := range vals {
		if n := &out[i].N; n.Has && val.Status == model.Estimated { // in the drawing too
			n.Shown, n.Flag = n.Shown+"\u202f"+n.Flag, ""
		}
		if m := &out[i]; m.Lower != nil && m.Upper != nil {
			lower, upper := v.limit(ind, val, "lower"), v.limit(ind, val, "upper")
			m.Lower, m.Upper = &lower, &upper
		}
	}
	return out
}

// daysShort is when an area was there, short enough to stand at a line.
func (v *view) daysShort(a model.Area) string {
	day := func(d model.Date) string { return v.short(model.DayOf(d)) }
	switch {
	case a.ValidFrom == model.OpenStart && a.ValidTo == "":
		return v.T("ledger.as_reported")
	case a.ValidTo == "":
		return v.T("ledger.days_since", "date", day(a.ValidFrom))
	case a.ValidFrom == model.OpenStart:
		return v.T("ledger.days_until", "date", day(a.ValidTo))
	}
	return v.T("ledger.days_between", "from", day(a.ValidFrom), "to", day(a.ValidTo))
}

// landRuns are the region's values as reported on whatever borders its code
// had, in the longest series, and those that were moved to the territory of
// the reference day in the same series.
func (v *view) landRuns(ind model.Indicator) (reported, moved []*public.Value) {
	d := v.s.Data.Indicator(ind.ID)
	k := public.KeyOf(v.s.Region)
	best := longest(v.runs(ind, k))
	if len(best.Values) == 0 {
		return nil, nil
	}
	first := best.Values[0]
	series, kind, basis := v.s.seriesOf(first), first.Period.Kind, v.s.basis(ind)
	fits := func(val *public.Value) bool {
		return v.s.seriesOf(val) == series && val.Period.Kind == kind &&
			(basis != model.YearToDate || val.Period.End[5:] == first.Period.End[5:])
	}
	seen := map[string]bool{}
	for _, a := range v.s.versions(v.s.Region.Code) {
		for _, val := range d.Of(public.KeyOf(a)) {
			if id := val.Period.ID; fits(val) && !seen[id] && val.Computed() == first.Computed() {
				seen[id] = true
				reported = append(reported, val)
			}
		}
	}
	sort.SliceStable(reported, func(i, j int) bool { return reported[i].Period.End < reported[j].Period.End })
	for _, t := range d.Territories() {
		if r := v.s.In.ReferenceDate; model.Date(t) != r {
			continue
		}
		for _, val := range d.On(t, k) {
			if fits(val) && val.Period.End > best.Values[len(best.Values)-1].Period.End {
				moved = append(moved, val)
			}
		}
	}
	return reported, moved
}
