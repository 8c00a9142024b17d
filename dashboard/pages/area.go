package pages

import (
	"html/template"
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

type areaPage struct {
	*view
	Name     string
	Kind     string
	Others   []Link // names in the other languages
	Answer   template.HTML
	Facts    []pair
	Parent   *Link
	Place    template.HTML
	Spine    template.HTML
	Groups   []areaGroup
	Columns  columns
	Signs    []string
	Sources  footnoteList
	Caption  string
	Missing  linkList // indicators without any row
	Reports  []reportRow
	Mend     []mendRow
	Borders  events
	Before   linkList
	After    linkList
	Children linkList
	Office   *office
	Example  *Link
	Note     string
	Briefing *Link // the same on one printed page
}

type areaGroup struct {
	Subject string
	Rows    rows
}

type reportRow struct {
	Source, Period, Due, Received, Status, Class, File string
	ID                                                 string
}

type mendRow struct {
	Place, Words string
}

type office struct {
	Name, Address, Hours, Phone, Email, URL, Checked string
}

// area is the page of one dated area: where it stands in every indicator,
// its reports and their fate, its borders.
func (v *view) area(a model.Area) ([]byte, error) {
	list := v.s.standings(a)
	finding := sentences(v.standingFinding(a, list), v.someOld(list))
	if v.s.In.Example {
		finding += " " + v.T("example.sentence")
	}
	p := &areaPage{view: v, Name: upperFirst(v.name(a.Names)), Kind: v.T("level." + a.Level), Answer: v.html(finding), Note: v.name(a.Note)}
	for _, code := range v.s.In.Languages {
		if code != v.code && a.Names[code] != "" {
			p.Others = append(p.Others, Link{Lang: code, Text: a.Names[code]})
		}
	}
	p.Facts = v.areaFacts(a)
	if parent, ok := v.s.In.Area(a.Parent, onDay(a, v.s.In.ReferenceDate)); ok {
		p.Parent = &Link{Href: v.areaHref(parent), Text: v.name(parent.Names)}
	}
	var err error
	if f := v.location(a); f != nil {
		if p.Place, err = v.place(f); err != nil {
			return nil, err
		}
	}
	if f := v.spine(a, list); f != nil {
		if p.Spine, err = v.place(f); err != nil {
			return nil, err
		}
	}
	v.areaGroups(p, list, v.s.readOn(a))
	p.Reports, p.Mend = v.reports(a)
	p.Borders, p.Before, p.After = v.borders(a)
	for _, c := range v.sorted(v.s.In.AreasIn(a.Code, onDay(a, v.s.In.ReferenceDate))) {
		p.Children = append(p.Children, Link{Href: v.areaHref(c), Text: v.name(c.Names)})
	}
	for _, o := range v.s.In.Offices {
		if o.Area == a.Code {
			p.Office = &office{v.name(o.Name), v.name(o.Address), v.name(o.Hours), o.Phone, o.Email, o.URL, v.date(o.CheckedOn)}
		}
	}
	p.Example = v.exampleLink()
	if v.s.hasBriefing(a) {
		p.Briefing = &Link{Href: v.up + v.code + "/" + v.s.briefingPath(a), Text: v.T("briefing.link")}
	}
	contents := []Link{v.anchor("part-all", "area.head_all")}
	if p.Spine != "" {
		contents = append([]Link{v.anchor("part-spine", "area.head_spine")}, contents...)
	}
	if len(p.Reports) > 0 {
		contents = append(contents, v.anchor("part-reports", "area.head_reports"))
	}
	if len(p.Borders) > 0 || len(p.Before) > 0 || len(p.After) > 0 {
		contents = append(contents, v.anchor("part-borders", "area.head_borders"))
	}
	title := p.Name
	if during := v.validity(a); during != "" && v.s.newest[a.Code] != a.ValidFrom {
		title = v.T("area.title", "name", p.Name, "during", during)
	}
	return v.render("area", title, plain(finding), margin{contents: contents}, p)
}

// onDay is the reference day where the area existed on it, or else a day on
// which it did.
func onDay(a model.Area, reference model.Date) model.Date {
	if a.ValidOn(reference) {
		return reference
	}
	if a.ValidTo != "" && a.ValidTo < reference {
		return a.ValidTo
	}
	return a.ValidFrom
}

func (v *view) areaFacts(a model.Area) []pair {
	out := []pair{{v.T("area.code"), a.Code}}
	for _, ind := range v.s.measures[v.s.In.Map.Size] {
		if p := v.s.Data.Indicator(ind.ID).Latest([]public.Key{public.KeyOf(a)}, v.s.readOn(a), true); p != nil {
			val := v.s.Data.Indicator(ind.ID).Best(public.KeyOf(a), p)
			out = append(out, pair{v.name(ind.Name), v.T("area.population", "value", v.quantity(ind, val), "when", v.when(val))})
		}
	}
	if c := v.name(a.Centre); c != "" {
		out = append(out, pair{v.T("area.centre"), c})
	}
	if a.AreaKM2 > 0 {
		out = append(out, pair{v.T("area.size"), v.T("area.km2", "value", v.l.Number(a.AreaKM2, 0))})
	}
	switch {
	case a.ValidFrom == model.OpenStart && a.ValidTo == "":
	case a.ValidTo == "":
		out = append(out, pair{v.T("area.valid"), v.T("area.valid_from", "from", v.l.Date(a.ValidFrom))})
	case a.ValidFrom == model.OpenStart:
		out = append(out, pair{v.T("area.valid"), v.T("area.valid_to", "to", v.l.Date(a.ValidTo))})
	default:
		out = append(out, pair{v.T("area.valid"), v.T("area.valid_between", "from", v.l.Date(a.ValidFrom), "to", v.l.Date(a.ValidTo))})
	}
	if a.Unverified {
		out = append(out, pair{v.T("area.unverified"), v.T("area.unverified_what")})
	}
	return out
}

// HTML is the text of a pair with its numbers as data elements.
func (v *view) HTML(s string) template.HTML { return v.html(s) }

// printedRows is how many numbers of an area one printed page holds beside all
// else; where there are more, those that head their subjects are printed.
const printedRows = 12

// known counts the indicators that have a number.
func known(list []standing) (n int) {
	for _, st := range list {
		if st.Value.Has() {
			n++
		}
	}
	return n
}

// areaGroups is the table of all indicators of an area, by subject: the newest
// number by the day, or where there is none the first after it.
func (v *view) areaGroups(p *areaPage, list []standing, day model.Date) {
	v.used = map[string]bool{}
	have := map[string]bool{}
	notes := newFootnotes("all")
	p.Caption = v.caption(v.T("area.table_caption", "name", p.Name, "date", v.l.Date(day)))
	p.Columns = []column{{v.T("table.indicator"), false}, {v.T("table.value"), true}, {v.T("table.interval"), true},
		{v.T("table.out_of"), true}, {v.T("area.upper"), true}, {v.T("table.period"), false}, {v.T("table.status"), false}, {v.T("table.source"), false}}
	few := known(list) <= printedRows
	for _, sub := range v.s.In.Subjects {
		g := areaGroup{Subject: v.name(sub.Name)}
		for _, st := range list {
			if st.Ind.Subject != sub.ID {
				continue
			}
			have[st.Ind.ID] = true
			name := v.name(st.Ind.Name) + ", " + v.l.UnitHead(st.Ind.Unit)
			r := row{ID: Kebab(st.Ind.ID), Minor: !st.Ind.Headline && !few, Cells: []cell{{Link: &Link{Href: v.indicatorHref(st.Ind.ID), Text: name}, Rowhead: true},
				{Text: v.cell(st.Ind, st.Value, "value"), Numeric: true}, {Text: v.interval(st.Ind, st.Value), Numeric: true},
				{Numeric: true}, {Numeric: true},
				{Text: escaped(v.shortOf(st.Value)) + v.afterDay(st.Value, day), Whole: true},
				{Text: template.HTML(template.HTMLEscapeString(v.status(st.Value, false)))}, v.sourceCell(st.Ind, st.Value, notes)}}
			if st.Ind.Kind == model.Share || st.Ind.Kind == model.Rate {
				r.Cells[3].Text = v.part(st.Ind, st.Value, "denominator")
			}
			if st.Upper != nil {
				r.Cells[4].Text = v.cell(st.Ind, st.Upper, "value")
			}
			g.Rows = append(g.Rows, r)
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	var rows []*row
	for g := range p.Groups {
		for i := range p.Groups[g].Rows {
			rows = append(rows, &p.Groups[g].Rows[i])
		}
	}
	p.Columns, p.Sources = dropEmpty(p.Columns, rows), notes.list
	for _, ind := range v.s.In.Indicators {
		if !have[ind.ID] && ind.Headline {
			p.Missing = append(p.Missing, Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name)})
		}
	}
	p.Signs = v.signs()
}

// reports are the deliveries that were due from an area, and what to mend in
// those that came: the refusals of its files.
func (v *view) reports(a model.Area) ([]reportRow, []mendRow) {
	var out []reportRow
	var mend []mendRow
	k := public.KeyOf(a)
	files := map[string]bool{}
	for _, d := range v.s.Data.Deliveries {
		if d.Area != k {
			continue
		}
		title := d.Source
		if src, ok := v.s.In.Source(d.Source); ok {
			title = v.name(src.Title)
		}
		out = append(out, reportRow{ID: "report-" + Kebab(d.Source) + "-" + d.Period.ID, Source: title, Period: v.l.Period(d.Period.Period), Due: v.date(d.Due),
			Received: v.date(d.Received), Status: v.T("delivery." + d.Status), Class: d.Status, File: d.File})
		if d.File != "" {
			files[d.Source+"/"+d.File] = true
		}
	}
	for _, r := range v.s.Data.Refusals {
		if r.Area == a.Code || r.Area == "" && files[r.Source+"/"+r.File] {
			mend = append(mend, mendRow{Place: v.refusalPlace(r), Words: v.name(r.Words)})
		}
	}
	return out, mend
}

// refusalPlace is the address of a refused cell as a person would look it up.
func (v *view) refusalPlace(r public.Refusal) string {
	s := r.File
	if r.Sheet != "" {
		s += ", " + v.T("quality.sheet", "sheet", r.Sheet)
	}
	if r.Row > 0 {
		s += ", " + v.T("quality.row", "row", r.Row)
	}
	if r.Column != "" {
		s += ", " + v.T(tern(strings.Contains(r.Column, ", "), "quality.columns", "quality.column"), "column", r.Column)
	}
	return s
}

// borders are the dated changes of an area's territory and name, and the
// areas before and after it.
func (v *view) borders(a model.Area) (rows []eventRow, before, after []Link) {
	seen := map[public.Key]bool{public.KeyOf(a): true}
	link := func(code string, on model.Date, to *[]Link) {
		o, ok := v.s.In.Area(code, on)
		if !ok || seen[public.KeyOf(o)] {
			return
		}
		seen[public.KeyOf(o)] = true
		*to = append(*to, Link{Href: v.areaHref(o), Text: v.name(o.Names), Note: v.validity(o)})
	}
	for _, e := range v.s.In.AreaEvents {
		from, to := has(e.From, a.Code), has(e.To, a.Code)
		starts := to && a.ValidFrom == e.Date
		ends := from && a.ValidTo != "" && a.ValidTo.AddDays(1) == e.Date
		inside := (from || to) && a.ValidOn(e.Date) && !starts
		if !starts && !ends && !inside {
			continue
		}
		name := v.name(e.Name)
		if !e.Verified {
			name += " " + v.T("mark.unverified")
		}
		rows = append(rows, eventRow{Date: v.l.Date(e.Date), Name: name, Reference: v.own(e.Reference), Kind: v.T("area_event." + e.Kind)})
		if starts {
			for _, c := range e.From {
				link(c, e.Date.AddDays(-1), &before)
			}
		}
		if ends {
			for _, c := range e.To {
				link(c, e.Date, &after)
			}
		}
	}
	for _, o := range v.s.In.Areas {
		if o.Code != a.Code || o.ValidFrom == a.ValidFrom {
			continue
		}
		if o.ValidFrom < a.ValidFrom {
			link(o.Code, o.ValidFrom, &before)
		} else {
			link(o.Code, o.ValidFrom, &after)
		}
	}
	return rows, before, after
}

func (v *view) validity(a model.Area) string {
	switch {
	case a.ValidFrom == model.OpenStart && a.ValidTo == "":
		return ""
	case a.ValidTo == "":
		return v.T("area.valid_from", "from", v.l.Date(a.ValidFrom))
	case a.ValidFrom == model.OpenStart:
		return v.T("area.valid_to", "to", v.l.Date(a.ValidTo))
	}
	return v.T("area.valid_between", "from", v.l.Date(a.ValidFrom), "to", v.l.Date(a.ValidTo))
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
