package pages

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"tereze/config"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

type indicatorPage struct {
	*view
	Question   string
	Subject    string
	Answer     template.HTML
	Note       string
	Gap        *gap
	Claim      template.HTML
	Districts  template.HTML
	Stages     template.HTML
	Time       template.HTML
	Multiples  template.HTML
	Map        template.HTML
	Events     events
	Statistics []statistic
	Land       *landReading  // what a change of borders does to it
	Said       *claimReading // what was said of it in public
	Rules      *ruleReading  // what lies within each rule
	Table      *table
	Others     *table
	Evidence   evidence
	Declared   pairs
	DoesNotSay string
	Sources    sourceRows
	Downloads  files
	Citation   string
	ExampleRow string
}

// placed is a part of a page that holds a figure.
type placed struct {
	ID, Head string
	HTML     template.HTML
}

// gap is what is missing and what is known nearby.
type gap struct {
	Text    []string
	Nearby  []nearby
	Asked   []Link // requests that would fill it
	Example *Link
}

type nearby struct {
	Link Link
	Text template.HTML
}

type pair struct {
	Head string
	Text string
}

// pairs are words with what is said of each.
type pairs []pair

// events are changes of rules and borders.
type events []eventRow

type eventRow struct {
	Date, Name, What, Reference, Kind string
	Href                              string
}

// evidence is the documents that a page rests on.
type evidence []evidenceRow

type evidenceRow struct {
	Area     Link
	Document string
	Date     string
	Period   string
}

// indicator is the page of one indicator: question, answer, districts, time,
// map, table, definition, sources, downloads.
func (v *view) indicator(ind model.Indicator) ([]byte, error) {
	c := v.s.comparison(ind)
	answer := v.answer(ind)
	p := &indicatorPage{view: v, Question: v.name(ind.Question), Subject: v.subjectName(ind.Subject), Note: v.name(ind.Note),
		DoesNotSay: v.name(ind.DoesNotSay), Answer: v.html(answer)}
	p.Gap = v.gap(ind, c)
	figures := []struct {
		to   *template.HTML
		id   string
		make func() *figure.Figure
	}{
		{&p.Claim, "ruler", func() *figure.Figure { return v.claimFigure(ind) }},
		{&p.Districts, "districts", func() *figure.Figure { return v.dots(ind, c) }},
		{&p.Stages, "stages", func() *figure.Figure { return v.stages(ind) }},
		{&p.Time, "time", func() *figure.Figure { return v.line(ind) }},
		{&p.Multiples, "all", func() *figure.Figure { return v.multiples(ind, c) }},
		{&p.Map, "map", func() *figure.Figure { return v.cartogram(ind, c) }},
	}
	var contents []Link
	for _, f := range figures {
		fig := f.make()
		if fig == nil {
			continue
		}
		head := v.T("indicator.head_" + f.id)
		if f.id == "districts" && c.Peers {
			head = v.T("indicator.head_regions")
		}
		var err error
		if *f.to, err = v.section("part-"+f.id, head, fig); err != nil {
			return nil, err
		}
		contents = append(contents, Link{Href: "#part-" + f.id, Text: head})
	}
	var err error
	if p.Statistics, err = v.statistics(ind, c); err != nil {
		return nil, err
	}
	for _, x := range p.Statistics {
		contents = append(contents, Link{Href: "#" + x.ID, Text: x.Head})
	}
	if p.Land, err = v.landReading(ind); err != nil {
		return nil, err
	}
	if p.Land != nil {
		contents = append(contents, v.anchor("part-land", "ledger.head_reading"))
	}
	if p.Said = v.claimReading(ind); p.Said != nil {
		contents = append(contents, v.anchor("part-said", "claims.head"))
	}
	if p.Rules = v.ruleReading(ind); p.Rules != nil {
		contents = append(contents, v.anchor("part-rule-periods", "ledger.head_rules_periods"))
	}
	p.Table = v.areaTable(ind, c)
	p.Others = v.historyTable(ind, c)
	if p.Table != nil {
		contents = append(contents, Link{Href: "#part-table", Text: p.Table.Head})
	}
	p.Events = v.eventRows(ind)
	p.Evidence = v.evidenceRows(ind)
	p.Declared = v.declared(ind)
	p.Sources = v.sourceRows(ind)
	p.Downloads = v.indicatorDownloads(ind)
	p.Citation = v.citation(ind)
	var siblings []Link
	for _, o := range v.s.In.Indicators {
		if o.Subject == ind.Subject {
			siblings = append(siblings, Link{Href: v.indicatorHref(o.ID), Text: v.name(o.Name), Current: o.ID == ind.ID})
		}
	}
	if v.s.In.Example {
		p.ExampleRow = v.T("example.mark")
	}
	contents = append(contents, v.anchor("part-definition", "indicator.head_definition"))
	if len(p.Sources) > 0 {
		contents = append(contents, v.anchor("part-sources", "indicator.head_sources"))
	}
	contents = append(contents, v.anchor("part-downloads", "indicator.head_downloads"))
	return v.render("indicator", v.name(ind.Name), plain(answer), margin{contents, v.T("indicator.siblings"), siblings, p.Downloads}, p)
}

func (v *view) subjectName(id string) string {
	for _, s := range v.s.In.Subjects {
		if s.ID == id {
			return v.name(s.Name)
		}
	}
	return ""
}

// claimFigure is the ruler on the page of a stated share or its numerator.
func (v *view) claimFigure(ind model.Indicator) *figure.Figure {
	if ind.Kind != model.Share {
		return nil
	}
	val := v.headline(ind)
	if !val.Has() || val.Interval != model.RoundingRange {
		return nil
	}
	if c := v.ruler(ind, val.Area, val.Period.ID); c != nil {
		return c.Figure
	}
	return nil
}

// gap says what is missing, who has it, since when, and what is known nearby.
func (v *view) gap(ind model.Indicator, c *comparison) *gap {
	missingRegion := v.headline(ind) == nil || !v.headline(ind).Has()
	missingDistricts := 2*len(c.with()) < len(c.Areas) || c.Peers // one number of nineteen fills no gap
	if !missingRegion && !missingDistricts {
		return nil
	}
	g := &gap{Example: v.exampleLink(), Asked: v.asked(ind)}
	if what := v.name(ind.Gap.What); what != "" {
		g.Text = append(g.Text, v.T("gap.what", "what", strings.TrimSuffix(what, ".")))
	}
	if who := v.name(ind.Gap.Who); who != "" {
		g.Text = append(g.Text, v.T("gap.who", "who", strings.TrimSuffix(who, ".")))
	}
	if ind.Gap.Since != "" {
		g.Text = append(g.Text, v.T("gap.since", "date", unstopped(v.l.Date(ind.Gap.Since))))
	}
	g.Text = append(g.Text, v.T("gap.have", "place", v.l.In(v.s.Region), "districts", v.haveOf(ind, v.s.Districts),
		"region", v.have(ind, keys(v.s.versions(v.s.Region.Code)))))
	if missingRegion {
		g.Nearby = append(g.Nearby, v.elsewhere(ind)...)
	}
	for _, id := range ind.Gap.Nearby {
		if o, ok := v.s.In.Indicator(id); ok {
			text := v.named(o)
			if val := v.headline(o); val == nil {
				if e := v.elsewhere(o); len(e) > 0 {
					g.Nearby = append(g.Nearby, nearby{Link{Href: v.indicatorHref(o.ID), Text: v.name(o.Name)}, e[0].Text})
					continue
				}
			} else {
				text = v.fact(o, val)
			}
			g.Nearby = append(g.Nearby, nearby{Link{Href: v.indicatorHref(o.ID), Text: v.name(o.Name)}, v.html(text)})
		}
	}
	return g
}

// have says what there is of an indicator for some areas all the same: nothing,
// a few periods by name, or up to which period.
func (v *view) have(ind model.Indicator, areas []public.Key) string {
	d := v.s.Data.Indicator(ind.ID)
	var found []string // newest first
	for _, p := range d.Periods() {
		if slices.ContainsFunc(areas, func(k public.Key) bool { return d.Best(k, p).Has() }) {
			found = append(found, v.period(p.Period, v.s.basis(ind)))
		}
	}
	switch {
	case len(found) == 0:
		return v.T("gap.have_none")
	case len(found) <= 2:
		slices.Reverse(found)
		return unstopped(v.T("gap.have_only", "periods", strings.Join(found, "; ")))
	}
	return unstopped(v.T("gap.have_last", "period", found[0]))
}

// haveOf is the same for areas of which all should have it, and says how many do.
func (v *view) haveOf(ind model.Indicator, areas []model.Area) string {
	d, n := v.s.Data.Indicator(ind.ID), 0
	for _, a := range areas {
		if slices.ContainsFunc(d.Of(public.KeyOf(a)), (*public.Value).Has) {
			n++
		}
	}
	rest := v.have(ind, keys(areas))
	if n == 0 || n == len(areas) {
		return rest
	}
	return v.T("gap.have_part", "n", n, "all", len(areas), "rest", rest)
}

// elsewhere is the newest figure of the country, and of any district, for an
// indicator that has none for the region.
func (v *view) elsewhere(ind model.Indicator) []nearby {
	var out []nearby
	d := v.s.Data.Indicator(ind.ID)
	if v.s.Country.Code != "" {
		k := public.KeyOf(v.s.Country)
		if p := d.Latest([]public.Key{k}, v.s.In.ReferenceDate, true); p != nil {
			out = append(out, nearby{Link{Href: v.areaHref(v.s.Country), Text: v.name(v.s.Country.Names)}, v.html(v.fact(ind, d.Best(k, p)))})
		}
	}
	shown := 0
	for _, a := range v.s.In.Areas {
		if a.Code == v.s.Country.Code || a.Code == v.s.Region.Code && a.ValidFrom == v.s.Region.ValidFrom || shown > 3 {
			continue
		}
		k := public.KeyOf(a)
		if p := d.Latest([]public.Key{k}, v.s.In.ReferenceDate, true); p != nil {
			out = append(out, nearby{Link{Href: v.areaHref(a), Text: v.name(a.Names)}, v.html(v.fact(ind, d.Best(k, p)))})
			shown++
		}
	}
	return out
}

// declared is the definition list of an indicator.
func (v *view) declared(ind model.Indicator) []pair {
	m, _ := v.s.In.Measure(ind.Numerator.Measure)
	basis := v.T("basis." + string(m.Basis))
	if m.Basis == model.Cumulative {
		basis = v.T("declared.cumulative_unknown")
		if m.Since != "" {
			basis = v.T("declared.cumulative_since", "date", v.l.Date(m.Since))
		}
	}
	out := []pair{
		{v.T("declared.definition"), v.name(ind.Definition)},
		{v.T("declared.formula"), v.name(ind.Formula)},
		{v.T("declared.unit"), v.l.UnitHead(ind.Unit)},
		{v.T("declared.basis"), basis},
		{v.T("declared.counts"), v.countsWhat(m)},
		{v.T("declared.direction"), v.T("direction." + tern(ind.Direction == "", "none", ind.Direction))},
	}
	out = append(out, v.denominatorDeclared(ind)...)
	if ind.Survey {
		out = append(out, pair{v.T("declared.survey"), v.T("interval.survey")})
	}
	var kept []pair
	for _, p := range out {
		if p.Text != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// readyMade are units of numbers that came as a ratio already.
var readyMade = regexp.MustCompile(`^(percent|points|per_\d+(_year)?)$`)

// countsWhat says what a measure counts, as people call it: children, families,
// meetings; of a ratio that came ready-made, those it is about.
func (v *view) countsWhat(m model.Measure) string {
	word := func(unit string) string {
		if key := "counted." + unit; v.l.Has(key) {
			return v.T(key)
		}
		return v.l.UnitHead(unit)
	}
	switch {
	case !readyMade.MatchString(m.Unit):
		return word(m.Unit)
	case m.Of == "":
		return v.T("counted.ready")
	}
	return v.T("counted.ready_of", "what", word(m.Of))
}

// eventRows are the rules and borders that touch the indicator.
func (v *view) eventRows(ind model.Indicator) []eventRow {
	touched := map[string]bool{}
	for _, val := range v.s.Data.Indicator(ind.ID).Values {
		for _, id := range val.Events {
			touched[id] = true
		}
	}
	var out []eventRow
	add := func(id string, kind string) {
		e := v.s.events[id]
		name := v.name(e.Name)
		if !e.Verified {
			name += " " + v.T("mark.unverified")
		}
		row := eventRow{Date: v.l.Date(e.Date), Name: name, What: v.name(e.What), Reference: v.own(e.Reference), Kind: kind}
		if href := address(e.Reference); href != "" {
			row.Href, row.Reference = href, v.T("events.document")
		}
		out = append(out, row)
	}
	for _, e := range v.s.In.PolicyEvents {
		for _, m := range e.Measures {
			if m == ind.Numerator.Measure || m == ind.Denominator.Measure {
				touched[e.ID] = true
			}
		}
		if touched[e.ID] {
			add(e.ID, v.T("events.rule"))
		}
	}
	for _, e := range v.s.In.AreaEvents {
		if touched[e.ID] {
			add(e.ID, v.T("events.border"))
		}
	}
	return out
}

func (v *view) evidenceRows(ind model.Indicator) []evidenceRow {
	var out []evidenceRow
	for _, e := range v.s.Data.Evidence {
		if e.Measure != ind.Numerator.Measure && e.Measure != ind.Denominator.Measure || e.Document == "" {
			continue
		}
		out = append(out, evidenceRow{Area: Link{Href: v.areaHrefOf(e.Area), Text: v.areaName(e.Area)}, Document: v.own(e.Document),
			Date: v.date(e.Date), Period: v.period(e.Period.Period, v.basisOfID(e.Measure))})
	}
	return out
}

func (v *view) date(d model.Date) string {
	if d == "" {
		return ""
	}
	return v.l.Date(d)
}

// sourceRow is one source with all that a reader needs to find it again.
type sourceRow struct {
	ID, Title, Publisher, Note, Licence string
	Published, Nature                   string
	Facts                               string // publisher, day, nature in one line
	Stale                               string // that an old copy is in use, since when and why
	Page                                string // what was asked of the source and what came
	Href, Address                       string
}

// sourceRows are the sources that a page names.
type sourceRows []sourceRow

// sourceRows are the sources of an indicator's values.
func (v *view) sourceRows(ind model.Indicator) []sourceRow {
	used := map[string]bool{}
	for _, val := range v.s.Data.Indicator(ind.ID).Values {
		for _, src := range v.s.sourcesOf(val) {
			used[src.ID] = true
		}
	}
	var out []sourceRow
	for _, src := range v.s.In.Sources {
		if used[src.ID] {
			out = append(out, v.sourceRow(src))
		}
	}
	return out
}

func (v *view) sourceRow(src config.PublicSource) sourceRow {
	r := sourceRow{ID: src.ID, Title: v.name(src.Title), Publisher: v.name(src.Publisher), Note: v.name(src.Note), Licence: src.Licence,
		Published: v.dayOf(src, ""), Nature: v.T("nature." + string(src.Nature)),
		Stale: v.standing(src.ID), Page: v.up + v.code + "/" + sourcePath(src.ID)}
	r.Href = address(src.Address)
	for _, fact := range []string{r.Publisher, r.Published, r.Nature} {
		if fact != "" {
			r.Facts += tern(r.Facts == "", "", " · ") + fact
		}
	}
	r.Address = strings.TrimPrefix(strings.TrimPrefix(src.Address, "https://"), "http://")
	return r
}
