package pages

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html/template"
	"slices"
	"sort"
	"strings"

	"tereze/dashboard/downloads"
	"tereze/dashboard/public"
	"tereze/model"
)

// comparePage is the prepared comparison of one subject, or the list of them
// with the free choice.
type comparePage struct {
	*view
	Subject  string
	Head     string
	Answer   template.HTML
	Subjects linkList
	Heat     *heat
	Places   *table
	Figures  []placed
	Choice   template.JS // what the script of the free choice needs
	Script   string
	Signs    []string
	Example  *Link
	File     *download
	Adjust   *Link     // the same set in the free choice
	Held     heldFiles // the statistics of all subjects
}

// statisticNames are the files that the compare pages lead to.
var statisticNames = []string{"comparisons.csv", "ranks.csv", "funnels.csv", "trends.csv", "contributions.csv", "queues.csv", "queue_tests.csv", "targets.csv"}

// heat is districts × indicators: each cell a number, shaded by its fifth, with
// a sign where the data tell it from the other districts.
type heat struct {
	Caption string
	Columns []heatColumn
	Rows    []heatRow
	Legend  []heatKey
}

type heatColumn struct {
	Link         Link
	Unit, Period string
}

type heatRow struct {
	ID    string
	Area  Link
	Own   bool
	Cells []heatCell
}

type heatCell struct {
	Text  template.HTML
	Class string // q1 to q5, by fifths; empty = not shaded
	Sign  string
	Means string
}

type heatKey struct{ Class, Sign, Label string }

// verdictSigns stand beside numbers; they are read in grey too.
var verdictSigns = map[string]string{"better": "▲", "worse": "▼", "higher": "↑", "lower": "↓"}

// comparedIndicator is one indicator of a subject with its comparison.
type comparedIndicator struct {
	model.Indicator
	c *comparison
}

// comparedIn are the indicators of a subject of which two districts at least
// have a number.
func (s *Site) comparedIn(subject string) []comparedIndicator {
	var out []comparedIndicator
	for _, ind := range s.In.Indicators {
		if ind.Subject != subject || ind.Kind == model.Change {
			continue
		}
		if c := s.comparison(ind); !c.Peers && !c.Later && len(c.with()) > 1 {
			out = append(out, comparedIndicator{ind, c})
		}
	}
	return out
}

// comparedSubjects are the subjects that have a prepared comparison.
func (s *Site) comparedSubjects() []model.Subject {
	var out []model.Subject
	for _, sub := range s.In.Subjects {
		if len(s.comparedIn(sub.ID)) > 0 {
			out = append(out, sub)
		}
	}
	return out
}

func comparePath(subject string) string { return "compare/" + Kebab(subject) + "/" }

// statisticFilesWithRows are those of the named files that hold anything.
func (v *view) statisticFilesWithRows(names ...string) []download {
	var held []string
	for _, f := range downloads.StatisticFiles {
		if slices.Contains(names, f.Name) && v.s.filled.of(f.Name, func() bool { return f.HasRows(v.s.Data) }) {
			held = append(held, f.Name)
		}
	}
	return v.filesNamed(held...)
}

// compareIndex is the way to all prepared comparisons, and the free choice.
func (v *view) compareIndex() ([]byte, error) {
	p := &comparePage{view: v, Head: v.T("compare_page.question"), Example: v.exampleLink(), Held: heldFiles{v.statisticFilesWithRows(statisticNames...), v.columnsLink()}}
	for _, sub := range v.s.comparedSubjects() {
		p.Subjects = append(p.Subjects, Link{Href: v.up + v.code + "/" + comparePath(sub.ID), Text: v.name(sub.Name), Note: v.T("compare_page.indicators", "n", len(v.s.comparedIn(sub.ID)))})
	}
	answer := v.T("compare_page.none")
	if n := len(p.Subjects); n > 0 {
		answer = v.T("compare_page.answer", "subjects", n, "areas", len(v.s.Districts))
		choice, err := v.choice()
		if err != nil {
			return nil, err
		}
		p.Choice, p.Script = choice, v.up+"assets/compare.js"
	}
	if v.s.In.Example {
		answer += " " + v.T("example.sentence")
	}
	p.Answer = v.html(answer)
	return v.render("compare", v.T("nav.compare"), plain(answer), margin{}, p)
}

// compareSubject is the prepared comparison of one subject: it needs no script.
func (v *view) compareSubject(sub model.Subject) ([]byte, error) {
	list := v.s.comparedIn(sub.ID)
	p := &comparePage{view: v, Subject: v.name(sub.Name), Head: v.T("compare_page.subject_question", "subject", v.name(sub.Name))}
	v.used = map[string]bool{}
	p.Heat = v.heat(sub, list)
	p.Signs = v.signs()
	p.Places = v.placesTable(list)
	answer := v.compareAnswer(list)
	if v.s.In.Example {
		answer += " " + v.T("example.sentence")
	}
	p.Answer = v.html(answer)
	for _, x := range list {
		f := v.multiples(x.Indicator, x.c)
		if f == nil {
			continue
		}
		f.ID = "all-" + Kebab(x.ID)
		f.Download = f.ID + ".svg"
		part := placed{ID: "part-" + f.ID, Head: v.name(x.Name)}
		var err error
		if part.HTML, err = v.section(part.ID, part.Head, f); err != nil {
			return nil, err
		}
		p.Figures = append(p.Figures, part)
	}
	file, err := v.compareFile(list)
	if err != nil {
		return nil, err
	}
	if err := v.write(File{v.path + "shown.csv", file}); err != nil {
		return nil, err
	}
	p.Held = heldFiles{v.statisticFilesWithRows("comparisons.csv", "ranks.csv"), v.columnsLink()}
	var ids []string
	for _, x := range list {
		ids = append(ids, x.ID)
	}
	p.Adjust = &Link{Href: v.up + v.code + "/compare/?indicators=" + strings.Join(ids, ","), Text: v.T("compare_page.adjust")}
	p.File = &download{Href: "shown.csv", Name: "shown.csv", Format: "CSV", Size: v.bytes(int64(len(file)))}
	var related []Link
	for _, o := range v.s.comparedSubjects() {
		related = append(related, Link{Href: v.up + v.code + "/" + comparePath(o.ID), Text: v.name(o.Name), Current: o.ID == sub.ID})
	}
	contents := []Link{v.anchor("part-heat", "compare_page.head_heat")}
	if p.Places != nil {
		contents = append(contents, v.anchor("part-places", "compare_page.head_places"))
	}
	for _, f := range p.Figures {
		contents = append(contents, Link{Href: "#" + f.ID, Text: f.Head})
	}
	return v.render("compare", p.Head, plain(answer), margin{contents: contents, head: v.T("compare_page.subjects"), related: related, files: []download{*p.File}}, p)
}

// compareAnswer counts what the data of a subject can tell apart.
func (v *view) compareAnswer(list []comparedIndicator) string {
	apart, judged := 0, 0
	for _, x := range list {
		for _, a := range x.c.with() {
			if r := v.rest(x.c.of(a)); r != nil && r.Verdict != "" {
				judged++
				if r.Verdict != "similar" {
					apart++
				}
			}
		}
	}
	if judged == 0 {
		return v.T("compare_page.counts_only")
	}
	return v.T("compare_page.apart", "apart", apart, "judged", judged, "same", judged-apart)
}

func (v *view) heat(sub model.Subject, list []comparedIndicator) *heat {
	h := &heat{Caption: v.caption(v.T("compare_page.heat_caption", "subject", v.name(sub.Name)))}
	shaded := false
	signs := map[string]bool{}
	for _, x := range list {
		h.Columns = append(h.Columns, heatColumn{Link: Link{Href: v.indicatorHref(x.ID), Text: v.name(x.Name)}, Unit: v.l.UnitHead(x.Unit), Period: v.shortAs(x.c.Period.Period, v.s.basis(x.Indicator))})
	}
	add := func(a model.Area, own bool) {
		r := heatRow{ID: "heat-" + a.Code, Area: Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Own: own}
		for _, x := range list {
			val := x.c.of(a)
			if own {
				_, val = v.s.upper(x.Indicator, x.c)
			}
			cell := heatCell{Text: v.worded(x.Indicator, val)}
			if !own && comparable(x.Indicator) && val.Has() {
				cell.Class, shaded = "q"+string(rune('1'+fifth(x.c, val.Value))), true
			}
			if r := v.rest(val); !own && r != nil && verdictSigns[r.Verdict] != "" {
				cell.Sign, cell.Means = verdictSigns[r.Verdict], v.T("compare_page.sign_"+r.Verdict)
				signs[r.Verdict] = true
			}
			r.Cells = append(r.Cells, cell)
		}
		h.Rows = append(h.Rows, r)
	}
	add(v.s.Region, true)
	for _, a := range v.sorted(v.s.Districts) {
		add(a, false)
	}
	if shaded {
		for i, key := range []string{"compare_page.lowest", "", "compare_page.middle", "", "compare_page.highest"} {
			label := ""
			if key != "" {
				label = v.T(key)
			}
			h.Legend = append(h.Legend, heatKey{Class: "q" + string(rune('1'+i)), Label: label})
		}
	}
	for _, verdict := range []string{"better", "worse", "higher", "lower"} {
		if signs[verdict] {
			h.Legend = append(h.Legend, heatKey{Sign: verdictSigns[verdict], Label: v.T("compare_page.sign_" + verdict)})
		}
	}
	return h
}

// fifth is which fifth of the districts a value lies in, 0 to 4; equal values
// lie in the same.
func fifth(c *comparison, value float64) int {
	below := sort.SearchFloat64s(c.sorted, value)
	return min(4, 5*below/len(c.sorted))
}

// placesTable is the range of places of each district in each indicator.
func (v *view) placesTable(list []comparedIndicator) *table {
	t := &table{ID: "places", Caption: v.caption(v.T("compare_page.places_caption")), Columns: []column{{v.T("table.area"), false}}}
	var ranked []comparedIndicator
	of := map[string]int{}
	for _, x := range list {
		for _, a := range x.c.with() {
			if r := v.rankOf(x.c.of(a)); r != nil {
				of[x.ID] = r.Of
			}
		}
		if of[x.ID] > 0 {
			ranked = append(ranked, x)
			t.Columns = append(t.Columns, column{v.T("compare_page.place_of", "name", v.name(x.Name), "of", of[x.ID]), true})
		}
	}
	if len(ranked) == 0 {
		return nil
	}
	for _, a := range v.sorted(v.s.Districts) {
		r := row{ID: "place-" + a.Code, Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true}}}
		for _, x := range ranked {
			c := cell{Numeric: true}
			if rank := v.rankOf(x.c.of(a)); rank != nil {
				c.Text = v.html(v.placeShort(x.c.of(a), rank))
			} else {
				c.Text = template.HTML(template.HTMLEscapeString(v.T("sign.missing")))
			}
			r.Cells = append(r.Cells, c)
		}
		t.Rows = append(t.Rows, r)
	}
	t.Note = v.T("stat.places_meaning")
	return t
}

// compareFile is exactly what the page shows, one row a cell.
func (v *view) compareFile(list []comparedIndicator) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	rows := [][]string{{"indicator", "indicator_name", "area", "area_valid_from", "area_name", "period", "value", "qualifier", "unit", "lower", "upper", "obs_status", "conf_status", "nature", "source",
		"rest", "difference", "difference_lower", "difference_upper", "ratio", "ratio_lower", "ratio_upper", "verdict", "reason", "rank_lower", "rank_upper", "rank_of"}}
	for _, x := range list {
		for _, a := range append([]model.Area{v.s.Region}, v.sorted(v.s.Districts)...) {
			val := x.c.of(a)
			if public.KeyOf(a) == public.KeyOf(v.s.Region) {
				_, val = v.s.upper(x.Indicator, x.c)
			}
			if val == nil {
				continue
			}
			line := []string{x.ID, v.name(x.Name), a.Code, string(a.ValidFrom), v.name(a.Names), val.Period.ID, val.Raw("value"), string(val.Qualifier), val.Unit, val.Raw("lower"), val.Raw("upper"),
				string(val.Status), string(val.Conf), string(val.Nature), val.Source}
			rest := make([]string, 12)
			if r := v.rest(val); r != nil {
				raw := func(f float64) string { return v.derived(val, "", f, "").Raw }
				copy(rest, []string{raw(r.Benchmark), raw(r.Difference), raw(r.Lower), raw(r.Upper), raw(r.Ratio), raw(r.RatioLow), raw(r.RatioTop), r.Verdict, r.Reason})
			}
			if r := v.rankOf(val); r != nil {
				n := func(i int) string { return v.derived(val, "", float64(i), "").Raw }
				copy(rest[9:], []string{n(r.Lower), n(r.Upper), n(r.Of)})
			}
			rows = append(rows, append(line, rest...))
		}
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// choiceIndicator, choiceArea and choiceTerritory are what the script may offer.
type choiceIndicator struct {
	ID, Name, Unit, Subject string
	Decimals                int
	Shaded                  bool
	Better                  int               // 1 = more is better, -1 = less is, 0 = neither
	Periods                 map[string]string `json:",omitempty"` // its own names of periods, where it runs from the start of the year
}

type choiceArea struct{ Code, From, Name string }

// choiceTerritory is one set of borders with the areas on them, the region first.
type choiceTerritory struct {
	Day, Name string
	Areas     []choiceArea
}

// choiceTerritories are the borders of the reports, and those of every other
// day to which one of the indicators was moved.
func (v *view) choiceTerritories(inds []choiceIndicator) []choiceTerritory {
	list := func(region model.Area, areas []model.Area) []choiceArea {
		out := []choiceArea{{region.Code, string(region.ValidFrom), v.name(region.Names)}}
		for _, a := range v.sorted(areas) {
			if public.KeyOf(a) != public.KeyOf(region) {
				out = append(out, choiceArea{a.Code, string(a.ValidFrom), v.name(a.Names)})
			}
		}
		return out
	}
	days := map[string]map[public.Key]bool{}
	for _, x := range inds {
		for _, val := range v.s.Data.Indicator(x.ID).Restated {
			if days[val.Territory] == nil {
				days[val.Territory] = map[public.Key]bool{}
			}
			days[val.Territory][val.Area] = true
		}
	}
	names := make([]string, 0, len(days))
	for day := range days {
		names = append(names, day)
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names)))
	out := []choiceTerritory{{"as_reported", v.T("compare_page.choice_as_reported"), list(v.s.Region, v.s.Districts)}}
	for _, day := range names {
		region, ok := v.s.In.Area(v.s.In.Region, model.Date(day))
		if !ok {
			continue
		}
		areas := v.s.In.AreasIn(region.Code, model.Date(day))
		for k := range days[day] {
			if a, ok := v.s.areaOf(k); ok && !slices.ContainsFunc(areas, func(b model.Area) bool { return public.KeyOf(b) == k }) {
				areas = append(areas, a)
			}
		}
		sort.Slice(areas, func(i, j int) bool { return areas[i].Code < areas[j].Code })
		out = append(out, choiceTerritory{day, v.T("ledger.on_territory", "date", v.l.Date(model.Date(day))), list(region, areas)})
	}
	return out
}

// separators are the signs between the parts of a number in the page's language.
func (v *view) separators() (point, group string) {
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	parts := strings.FieldsFunc(v.l.Number(1234567.5, 1), digit)
	return parts[len(parts)-1], parts[0]
}

// periodsOfYear are the names of the periods of what runs from the start of the
// year; nil for all else.
func (v *view) periodsOfYear(ind model.Indicator) map[string]string {
	if v.s.basis(ind) != model.YearToDate {
		return nil
	}
	out := map[string]string{}
	for _, p := range v.s.Data.Indicator(ind.ID).Periods() {
		out[p.ID] = v.l.YearToDateShort(p.Period)
	}
	return out
}

// choice is everything the free choice needs to know before it fetches values:
// what can be chosen, and its words.
func (v *view) choice() (template.JS, error) {
	var inds []choiceIndicator
	better := map[string]int{"up": 1, "down": -1}
	for _, sub := range v.s.comparedSubjects() {
		for _, x := range v.s.comparedIn(sub.ID) {
			inds = append(inds, choiceIndicator{x.ID, v.name(x.Name), v.l.UnitHead(x.Unit), v.name(sub.Name), x.Decimals, comparable(x.Indicator), better[x.Direction], v.periodsOfYear(x.Indicator)})
		}
	}
	said := map[string]string{}
	for _, k := range []string{"areas", "indicators", "period", "territory", "all", "none_of", "save", "caption", "nothing", "loading", "failed", "newest", "chosen", "spine", "spine_note", "shade"} {
		said[k] = v.T("compare_page.choice_" + k)
	}
	for _, k := range []string{"lowest", "middle", "highest", "legend"} {
		said[k] = v.T("compare_page." + k)
	}
	for _, k := range []string{"missing", "protected", "not_applicable", "estimated", "break", "nil"} {
		said["sign_"+k] = v.T("sign." + k)
		said["means_"+k] = v.T("sign_means." + k)
	}
	for _, q := range []model.Qualifier{model.About, model.Almost, model.MoreThan, model.LessThan, model.Rounded} {
		said["qualifier_"+string(q)] = v.T("qualifier_name." + string(q))
	}
	periods := map[string]string{}
	for _, x := range inds {
		for _, p := range v.s.Data.Indicator(x.ID).Periods() {
			periods[p.ID] = v.l.PeriodShort(p.Period)
		}
	}
	example := ""
	if v.s.In.Example {
		example = v.T("example.mark")
	}
	names := make([]string, 0, len(periods))
	for id := range periods {
		names = append(names, id)
	}
	sort.Strings(names)
	point, group := v.separators()
	b, err := json.Marshal(map[string]any{"point": point, "group": group, "root": v.up, "example": example, "indicators": inds, "territories": v.choiceTerritories(inds), "periods": periods, "order": names, "words": said,
		"area": v.T("table.area"), "file": v.s.In.ID + "-compare.csv"})
	return template.JS(b), err
}
