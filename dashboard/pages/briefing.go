package pages

import (
	"html/template"
	"math"
	"slices"
	"sort"
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

// How much one A4 page holds.
const (
	briefingStands  = 6
	briefingChanged = 4
	briefingMissing = 4
	briefingAround  = 3
	briefingRows    = 7
	briefingPlaces  = 2 // rows of a file named beside one thing to mend
)

// briefingPage is a district on one printed page, for its akim: what stands
// out, what changed, what is missing from it, what the neighbours do.
type briefingPage struct {
	*view
	Name     string
	Area     Link
	Answer   template.HTML
	Known    *table // all that is known, where that is little
	Stands   []briefingLine
	StandsNo string
	Changed  []briefingLine
	Release  string   // what changed in this place since the release before
	Without  linkList // indicators that head their subject and have no number here
	Missing  []string
	None     string // said where nothing is missing
	More     string
	Around   *table
	Office   *office
	Meaning  string
}

type briefingLine struct {
	Link Link
	Said template.HTML
}

func (s *Site) briefingPath(a model.Area) string { return s.areaPath(a) + "briefing/" }

// hasBriefing reports whether an area is one of the districts compared today.
func (s *Site) hasBriefing(a model.Area) bool {
	return slices.ContainsFunc(s.Districts, func(d model.Area) bool { return public.KeyOf(d) == public.KeyOf(a) })
}

// briefing is the page of one district made for print.
func (v *view) briefing(a model.Area) ([]byte, error) {
	list := v.s.standings(a)
	answer := sentences(v.standingFinding(a, list), v.someOld(list))
	if v.s.In.Example {
		answer += " " + v.T("example.sentence")
	}
	p := &briefingPage{view: v, Name: upperFirst(v.name(a.Names)), Area: Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Answer: v.html(answer), Meaning: v.T("stat.meaning")}
	p.Known = v.knownTable(p.Name, list)
	p.Stands = v.standsOut(list)
	if len(p.Stands) == 0 {
		p.StandsNo = v.T("briefing.stands_none")
	}
	p.Changed = v.changedSince(list)
	here := v.s.Data.Register.Values.ByArea[public.KeyOf(a)]
	p.Release = v.changedSentence(here, "changes.here", "changes.here_none")
	p.Without = v.without(list)
	p.Missing, p.More = v.missingFrom(a)
	p.None = v.T(tern(v.owes(a), "briefing.missing_none", "briefing.nothing_due"))
	p.Around = v.around(a, list)
	for _, o := range v.s.In.Offices {
		if o.Area == a.Code {
			p.Office = &office{v.name(o.Name), v.name(o.Address), v.name(o.Hours), o.Phone, o.Email, o.URL, v.date(o.CheckedOn)}
		}
	}
	return v.render("briefing", v.T("briefing.title", "name", p.Name), plain(answer), margin{}, p)
}

// knownTable is every number of a district of which little is known: a sheet
// that only said what stands out would hold none of them.
func (v *view) knownTable(name string, list []standing) *table {
	if n := known(list); n == 0 || n > printedRows {
		return nil
	}
	v.used = map[string]bool{}
	t := &table{ID: "part-known", Head: v.T("briefing.head_known"), Caption: v.caption(v.T("briefing.known_caption", "name", name, "date", v.l.Date(v.s.In.ReferenceDate)))}
	t.Columns = []column{{v.T("table.indicator"), false}, {v.T("table.value"), true}, {v.T("area.upper"), true}, {v.T("table.period"), false}, {v.T("table.status"), false}, {v.T("table.source"), false}}
	notes := newFootnotes(t.ID)
	for _, st := range list {
		if !st.Value.Has() {
			continue
		}
		r := row{ID: "known-" + Kebab(st.Ind.ID), Cells: []cell{{Link: &Link{Href: v.indicatorHref(st.Ind.ID), Text: v.name(st.Ind.Name), Note: v.l.UnitHead(st.Ind.Unit)}, Rowhead: true},
			{Text: v.cell(st.Ind, st.Value, "value"), Numeric: true}, {Numeric: true}, {Text: escaped(v.shortOf(st.Value)) + v.afterDay(st.Value, v.s.In.ReferenceDate), Whole: true},
			{Text: escaped(v.status(st.Value, false))}, v.sourceCell(st.Ind, st.Value, notes)}}
		if st.Upper != nil {
			r.Cells[2].Text = v.worded(st.Ind, st.Upper)
		}
		t.Rows = append(t.Rows, r)
	}
	t.Signs, t.Sources = v.signs(), notes.list
	t.dropEmpty()
	return t
}

// weight orders what stands out: by how many half-widths of its interval the
// difference is away from nought, the worse before the better.
func weight(c *public.Comparison) float64 {
	half := (c.Upper - c.Lower) / 2
	if half <= 0 {
		return 0
	}
	return math.Abs(c.Difference) / half
}

var verdictOrder = map[string]int{"worse": 0, "better": 1, "lower": 2, "higher": 2}

// standsOut are the indicators in which the district differs from the others
// by more than chance.
func (v *view) standsOut(list []standing) []briefingLine {
	type found struct {
		standing
		c *public.Comparison
	}
	var all []found
	for _, st := range list {
		if c := v.rest(st.Value); c != nil && c.Verdict != "" && c.Verdict != "similar" {
			all = append(all, found{st, c})
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		if a, b := verdictOrder[all[i].c.Verdict], verdictOrder[all[j].c.Verdict]; a != b {
			return a < b
		}
		return weight(all[i].c) > weight(all[j].c)
	})
	var out []briefingLine
	for _, x := range all[:min(len(all), briefingStands)] {
		said := v.T("briefing.stands_"+x.c.Verdict, "value", v.quantity(x.Ind, x.Value), "rest", v.restValue(x.Ind, x.Value, x.c),
			"difference", v.points(x.Ind, x.Value, "difference", x.c.Difference), "when", v.shortOf(x.Value))
		if r := v.rankOf(x.Value); r != nil && 2*(r.Upper-r.Lower+1) <= r.Of { // a range of half the places or more says nothing
			said += " " + v.T("briefing.stands_place", "place", v.places(x.Value, r))
		}
		out = append(out, briefingLine{Link{Href: v.indicatorHref(x.Ind.ID), Text: v.name(x.Ind.Name)}, v.html(said)})
	}
	return out
}

// restValue is the value of the other districts together.
func (v *view) restValue(ind model.Indicator, val *public.Value, c *public.Comparison) string {
	return v.amount(ind, v.derived(val, "rest", c.Benchmark, v.l.Number(c.Benchmark, ind.Decimals)))
}

// changedSince are the indicators that moved by more than chance since the
// period before.
func (v *view) changedSince(list []standing) []briefingLine {
	var out []briefingLine
	for _, st := range list {
		c := v.earlier(st.Value)
		if c == nil || c.Verdict == "" || c.Verdict == "similar" || c.Base == nil || len(out) == briefingChanged {
			continue
		}
		key := "briefing.changed_up"
		if c.Difference < 0 {
			key = "briefing.changed_down"
		}
		base := v.derived(st.Value, "before", c.Benchmark, v.l.Number(c.Benchmark, st.Ind.Decimals))
		said := v.T(key, "from", v.amount(st.Ind, base), "when_from", v.shortAs(c.Base.Period, st.Value.Basis), "to", v.quantity(st.Ind, st.Value), "when_to", v.shortOf(st.Value))
		if c.Verdict == "better" || c.Verdict == "worse" {
			said += " " + v.T("briefing.changed_"+c.Verdict)
		}
		out = append(out, briefingLine{Link{Href: v.indicatorHref(st.Ind.ID), Text: v.name(st.Ind.Name)}, v.html(said)})
	}
	return out
}

// missingFrom are the reports that did not come or came late, and the cells to
// mend, those of one kind together; more says how many lines there are besides.
func (v *view) missingFrom(a model.Area) (out []string, more string) {
	reports, _ := v.reports(a)
	sort.SliceStable(reports, func(i, j int) bool { return reports[i].Class == "not_supplied" && reports[j].Class != "not_supplied" })
	for _, r := range reports {
		if r.Class != "on_time" {
			out = append(out, v.T("briefing.report", "source", r.Source, "period", r.Period, "fate", r.Status))
		}
	}
	out = append(out, v.toMend(a)...)
	if n := len(out) - briefingMissing; n > 0 {
		return out[:briefingMissing], v.T("briefing.more", "more", n)
	}
	return out, ""
}

// toMend are the refused cells of an area, a line for each thing to do: a
// sheet of paper has no room for a line a cell.
func (v *view) toMend(a model.Area) (out []string) {
	type rowOf struct {
		file, sheet string
		row         int64
	}
	type task struct {
		words string
		rows  []rowOf
		cells map[rowOf][]string
		n     int
	}
	var tasks []*task
	for _, r := range v.refusedOf(a) {
		words := v.name(r.Words)
		i := slices.IndexFunc(tasks, func(t *task) bool { return t.words == words })
		if i < 0 {
			i = len(tasks)
			tasks = append(tasks, &task{words: words, cells: map[rowOf][]string{}})
		}
		t, k := tasks[i], rowOf{r.File[strings.LastIndexByte(r.File, '/')+1:], r.Sheet, r.Row}
		if _, seen := t.cells[k]; !seen {
			t.rows = append(t.rows, k)
		}
		if r.Column != "" {
			t.cells[k] = append(t.cells[k], r.Column)
		} else {
			t.cells[k] = append(t.cells[k], "")
		}
		t.n++
	}
	for _, t := range tasks {
		var places []string
		told := 0
		for _, k := range t.rows[:min(len(t.rows), briefingPlaces)] {
			columns := slices.DeleteFunc(slices.Clone(t.cells[k]), func(c string) bool { return c == "" })
			places = append(places, v.refusalPlace(public.Refusal{File: k.file, Sheet: k.sheet, Row: k.row, Column: strings.Join(columns, ", ")}))
			told += len(t.cells[k])
		}
		place := strings.Join(places, "; ")
		if told < t.n {
			place = v.T("briefing.mend_more", "place", place, "more", t.n-told)
		}
		out = append(out, v.T("briefing.mend", "place", place, "what", t.words))
	}
	return out
}

// refusedOf are the cells of an area's reports that were refused.
func (v *view) refusedOf(a model.Area) (out []public.Refusal) {
	files := map[string]bool{}
	for _, d := range v.s.Data.Deliveries {
		if d.Area == public.KeyOf(a) && d.File != "" {
			files[d.Source+"/"+d.File] = true
		}
	}
	for _, r := range v.s.Data.Refusals {
		if r.Area == a.Code || r.Area == "" && files[r.Source+"/"+r.File] {
			out = append(out, r)
		}
	}
	return out
}

// without are the indicators that head their subjects and of which nothing is
// known here.
func (v *view) without(list []standing) []Link {
	known := map[string]bool{}
	for _, st := range list {
		known[st.Ind.ID] = st.Value.Has()
	}
	var out []Link
	for _, ind := range v.s.In.Indicators {
		if ind.Headline && !known[ind.ID] {
			out = append(out, Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name)})
		}
	}
	return out
}

// owes reports whether any report was due from an area.
func (v *view) owes(a model.Area) bool {
	return slices.ContainsFunc(v.s.Data.Deliveries, func(d public.Delivery) bool { return d.Area == public.KeyOf(a) })
}

// around sets the district beside its nearest neighbours in the indicators
// that head their subjects.
func (v *view) around(a model.Area, list []standing) *table {
	near := v.nearestTo(a)
	if len(near) == 0 {
		return nil
	}
	v.used = map[string]bool{}
	t := &table{ID: "around", Caption: v.caption(v.T("briefing.around_caption")), Columns: []column{{v.T("table.indicator"), false}, {v.name(a.Names), true}}}
	for _, b := range near {
		t.Columns = append(t.Columns, column{v.name(b.Names), true})
	}
	t.Columns = append(t.Columns, column{v.name(v.s.Region.Names), true})
	for _, st := range list {
		if !st.Ind.Headline || !st.Value.Has() || !comparable(st.Ind) || st.Ind.Kind == model.Change || len(t.Rows) == briefingRows {
			continue
		}
		r := row{ID: "around-" + Kebab(st.Ind.ID), Cells: []cell{{Link: &Link{Href: v.indicatorHref(st.Ind.ID), Text: v.name(st.Ind.Name), Note: v.l.UnitHead(st.Ind.Unit) + "; " + v.shortOf(st.Value)}, Rowhead: true},
			{Text: v.worded(st.Ind, st.Value), Numeric: true}}}
		d := v.s.Data.Indicator(st.Ind.ID)
		for _, b := range near {
			r.Cells = append(r.Cells, cell{Text: v.worded(st.Ind, d.Best(public.KeyOf(b), st.Value.Period)), Numeric: true})
		}
		r.Cells = append(r.Cells, cell{Text: v.worded(st.Ind, d.Best(public.KeyOf(v.s.Region), st.Value.Period)), Numeric: true})
		t.Rows = append(t.Rows, r)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.Signs = v.signs()
	return t
}

// nearestTo are the districts whose centres lie nearest.
func (v *view) nearestTo(a model.Area) []model.Area {
	if a.Lat == 0 && a.Lon == 0 {
		return nil
	}
	stretch := math.Cos(a.Lat * math.Pi / 180)
	var near []model.Area
	for _, b := range v.s.Districts {
		if b.Code != a.Code && (b.Lat != 0 || b.Lon != 0) {
			near = append(near, b)
		}
	}
	distance := func(b model.Area) float64 { return math.Hypot(b.Lat-a.Lat, (b.Lon-a.Lon)*stretch) }
	sort.SliceStable(near, func(i, j int) bool { return distance(near[i]) < distance(near[j]) })
	return near[:min(len(near), briefingAround)]
}
