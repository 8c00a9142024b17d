package pages

import (
	"html/template"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

type homePage struct {
	*view
	Name      string
	Whose     string
	Known     string
	Fresh     string
	Lead      *lead
	Subjects  []subjectRow
	Map       template.HTML
	MapLinks  []Link
	Grid      template.HTML
	News      news
	Multiples template.HTML
	Areas     []Link
	Doors     []door
}

// news is what changed since the release before, and what waits for an answer.
type news struct {
	Changed  string
	Verdicts string
	Turned   linkList
	All      Link
	Asked    []string
	Requests *Link
}

type lead struct {
	Title, Text string
	Answer      template.HTML
	Claim       template.HTML // sentence of the ruler
	Figure      template.HTML
	Link        Link
}

type subjectRow struct {
	Name   string
	ID     string
	Link   Link
	Text   template.HTML
	AsOf   string
	Spark  template.HTML
	Others []Link
	Gap    bool
}

type door struct {
	Head, Text string
	Links      []Link
}

// home is the first page of a language: the lead, the subjects in order, the
// map, who reported, the doors.
func (v *view) home() ([]byte, error) {
	in := v.s.In
	p := &homePage{view: v, Name: v.name(in.Name), Whose: v.name(in.Owner), Fresh: v.T("page.fresh", "release", v.s.Release, "date", v.l.Date(in.Today))}
	var err error
	if p.Lead, err = v.lead(); err != nil {
		return nil, err
	}
	known := 0
	for _, sub := range in.Subjects {
		r, err := v.subjectRow(sub)
		if err != nil {
			return nil, err
		}
		p.Subjects = append(p.Subjects, r)
	}
	for _, ind := range in.Indicators {
		if v.headline(ind).Has() {
			known++
		}
	}
	p.Known = v.T("home.known", "n", known, "known", known, "all", len(in.Indicators), "place", v.l.In(v.s.Region), "date", v.l.Date(in.ReferenceDate))
	if err := v.homeMap(p); err != nil {
		return nil, err
	}
	p.News = v.news()
	if p.Grid, err = v.place(v.reportGrid(true, "")); err != nil {
		return nil, err
	}
	if p.Multiples, err = v.homeMultiples(); err != nil {
		return nil, err
	}
	for _, a := range v.sorted(v.s.Districts) {
		p.Areas = append(p.Areas, Link{Href: v.areaHref(a), Text: v.name(a.Names)})
	}
	p.Doors = []door{
		{v.T("home.door_citizen"), v.T("home.door_citizen_text"), append(v.ways("guide"), Link{Href: "#areas", Text: v.T("home.door_citizen_link")})},
		{v.T("home.door_journalist"), v.T("home.door_journalist_text"), v.ways("statements", "data", "methods")},
		{v.T("home.door_official"), v.T("home.door_official_text"), v.ways("compare", "commitments", "quality")},
	}
	description := v.name(in.Owner)
	if p.Lead != nil {
		description = p.Lead.Title
	}
	return v.render("home", v.name(in.Name), description, margin{}, p)
}

// ways lead to the parts of the site that this instance has.
func (v *view) ways(parts ...string) (out []Link) {
	has := map[string]bool{"guide": len(v.s.In.Guide.Pages) > 0, "statements": len(v.s.In.Statements) > 0, "commitments": len(v.s.In.Commitments) > 0}
	for _, part := range parts {
		if there, optional := has[part]; there || !optional {
			out = append(out, Link{Href: v.up + v.code + "/" + part + "/", Text: v.T("nav." + part)})
		}
	}
	return out
}

func (v *view) news() news {
	n := news{Turned: v.turned(), All: Link{Href: v.changesHref(), Text: v.T("changes.all")}}
	n.Changed = v.changedSentence(v.s.Data.Register.Values.All, "changes.since", "changes.none")
	n.Verdicts = v.turnedSaid(n.Turned)
	if len(v.s.In.Requests) > 0 {
		if n.Asked = v.openRequests(); len(n.Asked) == 0 {
			n.Asked = []string{v.T("asked.none")}
		}
		n.Requests = &Link{Href: v.up + v.code + "/requests/", Text: v.T("asked.all")}
	}
	return n
}

// lead is the statement the site opens with, in the instance's words, and
// what the values bear out.
func (v *view) lead() (*lead, error) {
	in := v.s.In
	ind, ok := in.Indicator(in.Lead.Indicator)
	if !ok {
		return nil, nil
	}
	l := &lead{Title: v.name(in.Lead.Title), Text: v.name(in.Lead.Text), Link: Link{Href: v.indicatorHref(ind.ID), Text: v.T("home.lead_more")}}
	period := in.Lead.Period.String()
	area, _ := in.Area(in.Lead.Area, in.Lead.Period.End)
	var val *public.Value
	for _, o := range v.s.Data.Indicator(ind.ID).Of(public.KeyOf(area)) {
		if o.Period.ID == period && (val == nil || !val.Has()) {
			val = o
		}
	}
	if val == nil {
		return l, nil
	}
	l.Answer = v.html(sentences(v.fact(ind, val), v.rounding(ind, val), v.by(val)))
	c := v.ruler(ind, val.Area, period)
	if c != nil {
		l.Claim = v.html(c.Text)
		html, err := v.place(c.Figure)
		l.Figure = html
		return l, err
	}
	html, err := v.place(v.dots(ind, v.s.comparison(ind)))
	l.Figure = html
	return l, err
}

// headlineOf is the indicator that stands for a subject on the home page:
// the first headline with a number, or else the first that has one, or else
// the first headline.
func (v *view) headlineOf(sub model.Subject) (model.Indicator, bool) {
	var first, any model.Indicator
	for _, ind := range v.s.In.Indicators {
		if ind.Subject != sub.ID {
			continue
		}
		if first.ID == "" || ind.Headline && !first.Headline {
			first = ind
		}
		if v.headline(ind).Has() {
			if ind.Headline {
				return ind, true
			}
			if any.ID == "" {
				any = ind
			}
		}
	}
	if any.ID != "" {
		return any, true
	}
	return first, first.ID != ""
}

func (v *view) subjectRow(sub model.Subject) (subjectRow, error) {
	r := subjectRow{Name: v.name(sub.Name), ID: "subject-" + Kebab(sub.ID)}
	ind, ok := v.headlineOf(sub)
	if !ok {
		return r, nil
	}
	r.Link = Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name)}
	val := v.headline(ind)
	switch {
	case val == nil:
		r.Gap = true
		r.Text = v.html(v.gapShort(ind))
	default:
		r.Text = v.html(v.fact(ind, val))
		r.AsOf = v.shortOf(val)
		r.Gap = !val.Has()
	}
	for _, o := range v.s.In.Indicators {
		if o.Subject == sub.ID && o.ID != ind.ID {
			r.Others = append(r.Others, Link{Href: v.indicatorHref(o.ID), Text: v.name(o.Name)})
		}
	}
	var err error
	r.Spark, err = v.spark("spark-"+Kebab(ind.ID), ind, public.KeyOf(v.s.Region))
	return r, err
}

// homeMap draws the first of the offered indicators that can be drawn and
// leads to the others.
func (v *view) homeMap(p *homePage) error {
	drawn := ""
	for _, id := range v.s.In.Map.Indicators {
		ind, ok := v.s.In.Indicator(id)
		if !ok {
			continue
		}
		if drawn == "" {
			if f := v.cartogram(ind, v.s.comparison(ind)); f != nil {
				f.Download = ""
				html, err := v.place(f)
				if err != nil {
					return err
				}
				p.Map, drawn = html, id
			}
		}
		href := v.indicatorHref(id)
		if c := v.s.comparison(ind); len(c.with()) > 1 {
			href += "#part-map"
		}
		p.MapLinks = append(p.MapLinks, Link{Href: href, Text: v.name(ind.Name), Current: id == drawn})
	}
	return nil
}

// homeMultiples is the first headline whose districts have a history.
func (v *view) homeMultiples() (template.HTML, error) {
	for _, ind := range v.s.In.Indicators {
		if !ind.Headline {
			continue
		}
		c := v.s.comparison(ind)
		if c.Peers {
			continue
		}
		var f *figure.Figure
		if f = v.multiples(ind, c); f != nil {
			f.Download = ""
			return v.place(f)
		}
	}
	return "", nil
}
