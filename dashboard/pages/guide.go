package pages

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"github.com/yuin/goldmark"

	"tereze/config"
)

type guidePage struct {
	*view
	Answer  string
	Pages   []guideItem
	Choose  Link
	Offices []officeRow
	Nobody  string
	Rates   []rateRow // every dated figure that pages of the guide use, those of past years too
}

type guideItem struct {
	Link    Link
	Answer  string
	For     string // ids of the questions it answers to, separated by spaces
	Checked string
}

type officeRow struct {
	Area                      Link
	Name, Address, Hours, Who string
	Checked                   string
}

// guide lists the questions that the guide answers and where to go.
func (v *view) guide() ([]byte, error) {
	g := v.s.In.Guide
	p := &guidePage{view: v, Pages: v.guideItems(), Choose: Link{Href: v.up + v.code + "/guide/choose/", Text: v.T("guide.choose")}}
	p.Answer = sentences(v.T("guide.answer", "n", len(g.Pages)), v.exampleSentence())
	for _, a := range v.sorted(v.s.Districts) {
		for _, o := range v.s.In.Offices {
			if o.Area == a.Code {
				r := officeRow{Area: Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Name: v.name(o.Name), Address: v.name(o.Address), Hours: v.name(o.Hours)}
				r.Who = strings.Join(slices.DeleteFunc([]string{o.Phone, o.Email}, func(s string) bool { return s == "" }), ", ")
				if o.CheckedOn != "" {
					r.Checked = v.T("area.checked", "date", v.l.Date(o.CheckedOn))
				}
				p.Offices = append(p.Offices, r)
			}
		}
	}
	if len(p.Offices) == 0 {
		p.Nobody = v.T("guide.no_offices")
	}
	for _, r := range g.Rates {
		p.Rates = append(p.Rates, v.rateRow(r))
	}
	contents := []Link{v.anchor("part-pages", "guide.head_pages"), v.anchor("part-offices", "guide.head_offices")}
	if len(p.Rates) > 0 {
		contents = append(contents, v.anchor("part-rates", "guide.rates_all"))
	}
	return v.render("guide", v.T("nav.guide"), p.Answer, margin{contents: contents}, p)
}

func (v *view) guideHref(id string) string { return v.up + v.code + "/" + guidePath(id) }

func guidePath(id string) string { return "guide/" + Kebab(id) + "/" }

// guideText is a page of the guide in the language of the site, or else in
// another one, which then is named.
func (v *view) guideText(p config.GuidePage) (text config.GuideText, lang string) {
	for _, code := range append([]string{v.code, v.s.In.DefaultLanguage}, v.s.In.Languages...) {
		if t, ok := p.In[code]; ok {
			return t, code
		}
	}
	return config.GuideText{}, v.code
}

func (v *view) guideItems() []guideItem {
	var out []guideItem
	for _, p := range v.s.In.Guide.Pages {
		t, lang := v.guideText(p)
		item := guideItem{Link: Link{Href: v.guideHref(p.ID), Text: t.Question}, Answer: t.Answer, For: strings.Join(p.Audience, " "), Checked: v.T("guide.checked", "date", v.date(t.CheckedOn))}
		if lang != v.code {
			item.Link.Lang = lang
		}
		out = append(out, item)
	}
	return out
}

type choosePage struct {
	*view
	Answer    string
	Questions []chooseQuestion
	Pages     []guideItem
	Anybody   []guideItem
	Found     string
	Script    string
}

type chooseQuestion struct {
	ID, Text string
	Pages    []guideItem
}

// choose is the decision page: each question with the pages it leads to, and
// where scripts run, a form over the same list. Nothing leaves the page.
func (v *view) choose() ([]byte, error) {
	p := &choosePage{view: v, Pages: v.guideItems(), Found: v.T("guide.found"), Script: v.up + "assets/choose.js"}
	p.Answer = sentences(v.T("guide.choose_answer"), v.exampleSentence())
	for _, q := range v.s.In.Guide.Questions {
		c := chooseQuestion{ID: q.ID, Text: v.name(q.Text)}
		for _, item := range p.Pages {
			if slices.Contains(strings.Fields(item.For), q.ID) {
				c.Pages = append(c.Pages, item)
			}
		}
		p.Questions = append(p.Questions, c)
	}
	for _, item := range p.Pages {
		if item.For == "" {
			p.Anybody = append(p.Anybody, item)
		}
	}
	return v.render("choose", v.T("guide.choose"), p.Answer, margin{}, p)
}

type stepsPage struct {
	*view
	Question, Answer string
	TextLang         string
	Notice           []string
	Body             template.HTML
	Facts            []factRow
	Rates            []rateRow
	RatesCaption     string
	Back             Link
}

type factRow struct {
	Head  string
	Lines []string
	Href  string
}

type rateRow struct{ Name, Value, Since, Source, Mark string }

// steps is one page of the guide: the question, the steps, papers, place,
// days, law, when it was checked, and the figures in it with their sources.
func (v *view) steps(g config.GuidePage) ([]byte, error) {
	t, lang := v.guideText(g)
	p := &stepsPage{view: v, Question: t.Question, Answer: t.Answer, Back: Link{Href: v.up + v.code + "/guide/", Text: v.T("nav.guide")}}
	if lang != v.code {
		p.TextLang = lang
		p.Notice = append(p.Notice, v.T("guide.other_language", "language", v.s.In.Words.Lang(lang).T("page.language")))
	}
	if days := v.s.In.Guide.StaleAfterDays; days > 0 && t.CheckedOn.AddDays(days) < v.s.In.Today {
		p.Notice = append(p.Notice, v.T("guide.stale", "date", v.date(t.CheckedOn)))
	}
	if v.s.In.Example {
		p.Notice = append(p.Notice, v.T("example.sentence"))
	}
	var b bytes.Buffer
	if err := goldmark.Convert([]byte(t.Body), &b); err != nil {
		return nil, err
	}
	p.Body = template.HTML(b.String())
	p.Facts = []factRow{{Head: v.T("guide.papers"), Lines: t.Papers}, {Head: v.T("guide.place"), Lines: []string{t.Place}}, {Head: v.T("guide.days"), Lines: []string{t.Days}},
		{Head: v.T("guide.law"), Lines: []string{t.Law}, Href: t.LawLink}, {Head: v.T("guide.checked_head"), Lines: []string{v.date(t.CheckedOn)}}}
	p.Facts = slices.DeleteFunc(p.Facts, func(f factRow) bool { return strings.Join(f.Lines, "") == "" })
	for _, r := range t.Rates {
		p.Rates = append(p.Rates, v.rateRow(r))
	}
	p.RatesCaption = v.caption(v.T("guide.rates_caption"))
	return v.render("steps", t.Title, t.Answer, margin{}, p)
}

func (v *view) rateRow(r config.Rate) rateRow {
	row := rateRow{Name: v.name(r.Name), Value: v.joined(v.l.Trim(r.Value, 2), r.Unit, v.unit(r.Unit, r.Value, false)), Since: v.date(r.ValidFrom), Source: v.name(r.Source)}
	if r.ValidTo != "" {
		row.Since = v.T("area.valid_between", "from", v.date(r.ValidFrom), "to", v.date(r.ValidTo))
	}
	if !r.Verified {
		row.Mark = v.T("mark.unverified")
	}
	return row
}

// registerPages are the pages of the parts that the instance has.
func (s *Site) registerPages(add func(path string, render func(*view) ([]byte, error))) {
	in := s.In
	add("changes/", (*view).changes)
	if len(in.Statements) > 0 {
		add("statements/", (*view).statements)
		for _, x := range in.Statements {
			add(statementPath(x.ID), func(v *view) ([]byte, error) { return v.statement(x) })
		}
	}
	if len(in.Commitments) > 0 {
		add("commitments/", (*view).commitments)
	}
	if len(in.Requests) > 0 {
		add("requests/", (*view).requests)
	}
	if len(in.Guide.Pages) > 0 {
		add("guide/", (*view).guide)
		add("guide/choose/", (*view).choose)
		for _, g := range in.Guide.Pages {
			add(guidePath(g.ID), func(v *view) ([]byte, error) { return v.steps(g) })
		}
	}
}

// registerNav are the entries of the menu for the same pages.
func (v *view) registerNav(current string) []Link {
	var out []Link
	for _, x := range []struct {
		n    int
		path string
	}{{len(v.s.In.Guide.Pages), "guide"}, {len(v.s.In.Statements), "statements"}, {len(v.s.In.Commitments), "commitments"}, {len(v.s.In.Requests), "requests"}} {
		if x.n > 0 {
			out = append(out, Link{Href: v.up + v.code + "/" + x.path + "/", Text: v.T("nav." + x.path), Current: current == x.path+"/"})
		}
	}
	return out
}
