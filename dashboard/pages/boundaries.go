package pages

import (
	"html/template"
	"sort"
	"strings"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// boundariesPage is the history of the areas: lanes, events, areas by date,
// and where to read an indicator on one territory.
type boundariesPage struct {
	*view
	Answer   string
	Lanes    []placed
	Events   events
	Dates    *table
	Former   *table
	Picker   []pickGroup
	Files    files
	Nothing  string
	DateHead string
}

// pickGroup is the indicators of a subject that can be read on another
// territory, each with the days.
type pickGroup struct {
	Subject string
	Rows    []pick
}

type pick struct {
	Link Link
	Days linkList
}

// boundaries is the page of the ledger of areas.
func (v *view) boundaries() ([]byte, error) {
	events := v.s.In.AreaEvents
	land := 0
	for _, e := range events {
		if e.ChangesTerritory() {
			land++
		}
	}
	p := &boundariesPage{view: v, Answer: v.T("ledger.answer", "n", len(events), "land", land)}
	if len(events) == 0 {
		p.Answer = v.T("ledger.answer_none")
	}
	var contents []Link
	for _, part := range []string{"regions", "districts"} {
		f := v.lanes(part)
		if f == nil {
			continue
		}
		x := placed{ID: "part-lanes-" + part, Head: v.T("ledger.head_lanes_" + part)}
		var err error
		if x.HTML, err = v.section(x.ID, x.Head, f); err != nil {
			return nil, err
		}
		p.Lanes = append(p.Lanes, x)
		contents = append(contents, Link{Href: "#" + x.ID, Text: x.Head})
	}
	for i := len(events) - 1; i >= 0; i-- {
		p.Events = append(p.Events, v.ledgerRow(events[i]))
	}
	if len(p.Events) > 0 {
		contents = append(contents, v.anchor("part-events", "ledger.head_events"))
	}
	if p.Dates = v.areasByDate(); p.Dates != nil {
		contents = append(contents, Link{Href: "#" + p.Dates.ID, Text: p.Dates.Head})
	}
	if p.Former = v.formerNames(); p.Former != nil {
		contents = append(contents, Link{Href: "#" + p.Former.ID, Text: p.Former.Head})
	}
	p.Picker = v.picker()
	if len(p.Picker) > 0 {
		contents = append(contents, v.anchor("part-picker", "ledger.head_picker"))
	} else {
		p.Nothing = v.T("ledger.nothing_moved")
	}
	p.Files = v.filesNamed("areas.csv", "area_events.csv")
	for i, f := range p.Files { // two files of one format are told apart by their names
		p.Files[i].Format = f.Href[strings.LastIndexByte(f.Href, '/')+1:]
	}
	return v.render("boundaries", v.T("nav.boundaries"), p.Answer, margin{contents: contents, files: p.Files}, p)
}

// ledgerRow is one event with what is known about the people it moved.
func (v *view) ledgerRow(e model.AreaEvent) eventRow {
	name := v.name(e.Name)
	if !e.Verified {
		name += " " + v.T("mark.unverified")
	}
	r := eventRow{Date: v.l.Date(e.Date), Name: name, Kind: v.T("area_event." + e.Kind), Reference: v.own(e.Reference)}
	if href := address(e.Reference); href != "" {
		r.Href, r.Reference = href, v.T("events.document")
	}
	switch {
	case e.Kind != "split" && e.Kind != "transfer":
		r.What = v.T("ledger.whole")
	case e.Share >= 0:
		r.What = v.T("ledger.share", "share", v.l.Trim(100*e.Share, 1))
	case e.Shares != nil:
		r.What = v.T("ledger.shares")
	default:
		r.What = v.T("ledger.share_unknown")
	}
	return r
}

// address is the first address in a reference that can be opened, without
// what is said after it; empty if it begins with none.
func address(s string) string {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return ""
	}
	if end := strings.IndexAny(s, " ;"); end >= 0 {
		s = s[:end]
	}
	return strings.TrimSuffix(s, ",")
}

// lanes draws the areas of one level that an event touched.
func (v *view) lanes(part string) *figure.Figure {
	regions := part == "regions"
	codes := v.laneCodes(regions)
	if len(codes) < 2 {
		return nil
	}
	f := v.figure("lanes-"+part, figure.Lanes, model.Indicator{}, v.T("ledger.lanes_finding_"+part, "n", len(codes)), v.T("ledger.lanes_subtitle"))
	f.Unit = ""
	until := dayYear(v.s.In.Today)
	from := until
	for _, e := range v.s.In.AreaEvents {
		from = min(from, dayYear(e.Date))
	}
	from -= max(1, (until-from)/6)
	lane := map[string]bool{}
	for _, code := range codes {
		lane[code] = true
		s := figure.Series{Key: code, Highlight: code == v.s.Region.Code}
		for _, a := range v.s.In.Areas {
			if a.Code != code {
				continue
			}
			before, after := v.lineage(a)
			m := figure.Mark{Key: code + "-" + string(a.ValidFrom), Label: v.name(a.Names), Href: v.areaHref(a), XLabel: v.validity(a),
				X: max(from, dayYear(a.ValidFrom)), Until: until, CameFrom: v.list(before), Became: v.list(after)}
			if a.ValidTo != "" {
				m.Until = dayYear(a.ValidTo.AddDays(1))
			}
			s.Name, s.Href = m.Label, m.Href // the newest name stands at the lane
			if m.Until > m.X {
				s.Marks = append(s.Marks, m)
			}
		}
		f.Series = append(f.Series, s)
	}
	for _, e := range v.s.In.AreaEvents {
		touches := false
		for _, a := range e.From {
			for _, b := range e.To {
				if a != b && lane[a] && lane[b] && (len(e.From) == 1 || !has(e.To, a) || e.Kind == "transfer" && a == e.From[0]) {
					f.Joins = append(f.Joins, figure.Join{X: dayYear(e.Date), From: a, To: b, Whole: !has(e.To, a) && len(e.To) == 1})
				}
			}
			touches = touches || lane[a]
		}
		if touches {
			f.Events = append(f.Events, figure.Event{X: dayYear(e.Date), Date: v.l.Date(e.Date), Label: v.name(e.Name), Cut: true, Land: true})
		}
	}
	f.Columns = []string{v.T("table.area"), v.T("ledger.col_valid"), v.T("ledger.col_came"), v.T("ledger.col_became")}
	f.Download = "lanes-" + part + ".svg"
	return f
}

// laneCodes are the codes that events touch, those that belong together
// beside each other.
func (v *view) laneCodes(regions bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, e := range v.s.In.AreaEvents {
		for _, code := range append(append([]string{}, e.From...), e.To...) {
			a, ok := v.s.In.Area(code, "")
			if !ok || seen[code] || (a.Level == v.s.Region.Level) != regions {
				continue
			}
			seen[code] = true
			at := len(out)
			for i, other := range out { // behind the last that shares an event with it
				if has(e.From, other) || has(e.To, other) {
					at = i + 1
				}
			}
			out = append(out[:at], append([]string{code}, out[at:]...)...)
		}
	}
	return out
}

// lineage are the dated areas that an area came from and that came from it.
func (v *view) lineage(a model.Area) (before, after []model.Area) {
	add := func(list *[]model.Area, code string, on model.Date) {
		if o, ok := v.s.In.Area(code, on); ok && o.ValidFrom != a.ValidFrom || ok && o.Code != a.Code {
			*list = append(*list, o)
		}
	}
	for _, e := range v.s.In.AreaEvents {
		if has(e.To, a.Code) && a.ValidFrom == e.Date {
			for _, c := range e.From {
				if len(e.From) == 1 || c == a.Code || !has(e.From, a.Code) || e.Kind == "transfer" && c == e.From[0] {
					add(&before, c, e.Date.AddDays(-1))
				}
			}
		}
		if has(e.From, a.Code) && a.ValidTo != "" && a.ValidTo.AddDays(1) == e.Date {
			for _, c := range e.To {
				if len(e.From) == 1 || c == a.Code || !has(e.To, a.Code) || e.Kind == "transfer" && a.Code == e.From[0] {
					add(&after, c, e.Date)
				}
			}
		}
	}
	return before, after
}

// list names areas with their days where a name alone would not tell them
// apart.
func (v *view) list(areas []model.Area) string {
	out := ""
	for _, a := range areas {
		if out != "" {
			out += "; "
		}
		out += v.name(a.Names)
		if during := v.validity(a); during != "" {
			out += " (" + during + ")"
		}
	}
	return out
}

// territories are the days on which anything was restated, and the reference
// day.
func (s *Site) territories() []model.Date {
	seen := map[model.Date]bool{s.In.ReferenceDate: true}
	for _, ind := range s.In.Indicators {
		for _, t := range s.Data.Indicator(ind.ID).Territories() {
			seen[model.Date(t)] = true
		}
	}
	var out []model.Date
	for d := range seen {
		out = append(out, d)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// areasByDate is a row a code and a column a day: what the code was then.
func (v *view) areasByDate() *table {
	days := v.s.territories()
	codes := map[string]bool{}
	within := map[string]bool{v.s.Region.Code: true}
	for _, a := range v.s.In.Areas {
		if a.Parent == v.s.Region.Code {
			within[a.Code] = true
		}
	}
	for _, e := range v.s.In.AreaEvents { // and what they came from or became
		all := append(append([]string{}, e.From...), e.To...)
		hit := false
		for _, c := range all {
			hit = hit || within[c]
		}
		for _, c := range all {
			codes[c] = codes[c] || hit
		}
	}
	for c := range within {
		codes[c] = true
	}
	t := &table{ID: "part-dates", Head: v.T("ledger.head_dates"), Caption: v.caption(v.T("ledger.dates_caption"))}
	t.Columns = []column{{v.T("area.code"), false}}
	for _, d := range days {
		t.Columns = append(t.Columns, column{v.l.Date(d), false})
	}
	var order []string
	for c, in := range codes {
		if in {
			order = append(order, c)
		}
	}
	sort.Strings(order)
	for _, code := range order {
		r := row{ID: "code-" + code, Own: code == v.s.Region.Code, Cells: []cell{{Text: template.HTML(template.HTMLEscapeString(code)), Rowhead: true}}}
		for _, d := range days {
			c := cell{Text: template.HTML(`<span class="note">` + template.HTMLEscapeString(v.T("sign.nil")) + `</span>`)}
			if a, ok := v.s.In.Area(code, d); ok {
				link := &Link{Href: v.areaHref(a), Text: v.name(a.Names)}
				if up, ok := v.s.In.Area(a.Parent, d); ok && a.Parent != v.s.Region.Code && a.Level != v.s.Region.Level {
					link.Note = v.name(up.Names)
				}
				c = cell{Link: link}
			}
			r.Cells = append(r.Cells, c)
		}
		t.Rows = append(t.Rows, r)
	}
	t.Note = v.T("ledger.dates_note", "sign", v.T("sign.nil"))
	return t
}

// picker leads to every indicator on every territory.
func (v *view) picker() []pickGroup {
	var out []pickGroup
	for _, sub := range v.s.In.Subjects {
		g := pickGroup{Subject: v.name(sub.Name)}
		for _, ind := range v.s.In.Indicators {
			if ind.Subject != sub.ID || len(v.s.Data.Indicator(ind.ID).Restated) == 0 {
				continue
			}
			href := v.up + v.code + "/" + territoryPath(ind.ID)
			x := pick{Link: Link{Href: href, Text: v.name(ind.Name)}}
			for _, t := range v.s.Data.Indicator(ind.ID).Territories() {
				day := model.Date(t)
				x.Days = append(x.Days, Link{Href: href + "#t-" + t, Text: v.T(tern(v.s.asToday(day), "ledger.day_today", "ledger.day"), "date", v.l.Date(day))})
			}
			g.Rows = append(g.Rows, x)
		}
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func territoryPath(id string) string { return "boundaries/" + Kebab(id) + "/" }

// boundaryPages adds the pages of the ledger.
func (s *Site) boundaryPages(add func(string, func(*view) ([]byte, error))) {
	add("boundaries/", (*view).boundaries)
	for _, ind := range s.In.Indicators {
		if len(s.Data.Indicator(ind.ID).Restated) > 0 {
			add(territoryPath(ind.ID), func(v *view) ([]byte, error) { return v.oneTerritory(ind) })
		}
	}
}

// territoryLink leads from an indicator's page to the same on one territory.
func (v *view) territoryLink(ind model.Indicator) *Link {
	if len(v.s.Data.Indicator(ind.ID).Restated) == 0 {
		return nil
	}
	return &Link{Href: v.up + v.code + "/" + territoryPath(ind.ID), Text: v.T("ledger.link")}
}

// versions are the dated areas of a code, oldest first.
func (s *Site) versions(code string) []model.Area {
	var out []model.Area
	for _, a := range s.In.Areas {
		if a.Code == code {
			out = append(out, a)
		}
	}
	return out
}

// seriesOf is the series that a value was reported in or computed from.
func (s *Site) seriesOf(val *public.Value) string {
	if val.Computed() {
		return val.Series()
	}
	if src, ok := s.In.Source(val.Source); ok && src.Series != "" {
		return src.Series
	}
	return val.Source
}
