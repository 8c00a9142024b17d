package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"tereze/config/words"
)

//go:embed templates/*.html
var templateFiles embed.FS

// templateSet holds one ready template a page; all share the layout.
type templateSet struct{ byPage map[string]*template.Template }

func parseTemplates() (*templateSet, error) {
	set := &templateSet{byPage: map[string]*template.Template{}}
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	base, err := template.ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".html")
		if name == "layout" || name == "parts" || name == "root" {
			continue
		}
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if t, err = t.ParseFS(templateFiles, "templates/"+e.Name()); err != nil {
			return nil, err
		}
		set.byPage[name] = t
	}
	root, err := template.ParseFS(templateFiles, "templates/root.html", "templates/layout.html")
	set.byPage["root"] = root
	return set, err
}

// Link is a place to go to.
type Link struct {
	Href, Text string
	Lang       string // hreflang and lang, where the target is in another language
	Current    bool
	Note       string
}

// Band is the strip of the example site that says it is invented.
type Band struct {
	Words string
	Link  Link
}

// frame is what the layout shows around every page.
type frame struct {
	l           *words.Lang
	Lang        string
	Title       string
	Description string
	Up          string
	Site        string
	HomeHref    string
	Canonical   string
	Alternates  linkList
	Nav         linkList
	Languages   linkList
	Band        *Band
	NoIndex     bool
	Charts      bool
	Foot        template.HTML // the same on all pages of a language
	Main        any
	Contents    linkList // of the page, in the margin
	Related     linkList
	RelatedHead string
	Files       files
}

// T is a message in the page's language.
func (f *frame) T(key string, args ...any) string { return f.l.T(key, args...) }

// margin is what stands beside a page on a wide screen, and below it on a
// narrow one: its parts, what is related, what can be taken away.
type margin struct {
	contents []Link
	head     string
	related  []Link
	files    []download
}

// render puts a page into the layout.
func (v *view) render(page, title, description string, margin margin, main any) ([]byte, error) {
	t, ok := v.s.templates.byPage[page]
	if !ok {
		return nil, fmt.Errorf("page %s: no template of this name; expected templates/%s.html", page, page)
	}
	in := v.s.In
	site := v.name(in.Name)
	f := &frame{l: v.l, Lang: v.code, Up: v.up, Site: site, HomeHref: v.up + v.code + "/", Description: description, Main: main,
		NoIndex: in.Example, Charts: v.charts && v.s.Charts, Contents: margin.contents, Related: margin.related, RelatedHead: margin.head, Files: margin.files}
	f.Title = title
	if title != site {
		f.Title = v.T("page.title", "title", title, "site", site)
	}
	if in.Example {
		f.Title = v.T("example.title", "title", f.Title)
		f.Band = &Band{Words: v.T("example.band"), Link: v.counterpart()}
	}
	rest := strings.TrimPrefix(v.path, v.code+"/")
	for _, code := range in.Languages {
		l := in.Words.Lang(code)
		link := Link{Href: v.up + code + "/" + rest, Text: l.T("page.language"), Lang: code, Current: code == v.code}
		f.Languages = append(f.Languages, link)
		if in.BaseURL != "" {
			f.Alternates = append(f.Alternates, Link{Href: v.s.absolute(code + "/" + rest), Lang: code})
		}
	}
	if in.BaseURL != "" {
		f.Canonical = v.s.absolute(v.path)
		f.Alternates = append(f.Alternates, Link{Href: v.s.absolute(in.DefaultLanguage + "/" + rest), Lang: "x-default"})
	}
	for _, n := range []struct{ path, key string }{
		{"", "nav.home"}, {"compare/", "nav.compare"}, {"boundaries/", "nav.boundaries"}, {"data/", "nav.data"}, {"quality/", "nav.quality"}, {"methods/", "nav.methods"},
	} {
		f.Nav = append(f.Nav, Link{Href: v.up + v.code + "/" + n.path, Text: v.T(n.key), Current: rest == n.path})
	}
	f.Nav = slices.Insert(f.Nav, 1, v.registerNav(rest)...)
	f.Foot = v.s.feet.of(v.code, v.foot)
	held := scratch.Get().(*[]byte)
	defer scratch.Put(held)
	b := bytes.NewBuffer((*held)[:0])
	if err := t.ExecuteTemplate(b, "layout", f); err != nil {
		return nil, fmt.Errorf("page %s: %w", v.path, err)
	}
	*held = b.Bytes()
	return bytes.Clone(*held), nil
}

// absolute is the public address of a path of this site.
func (s *Site) absolute(path string) string { return s.In.BaseURL + path }

// foot says whose the site is, which release, under which licence, and whom
// to ask.
func (v *view) foot() template.HTML {
	in := v.s.In
	return written(func(b *markup) {
		b.raw(`<p class="owner">`).text(v.name(in.Owner))
		b.raw("</p>\n<p>").text(v.T("page.release", "release", v.s.Release, "date", v.l.Date(in.Today))).raw("</p>")
		if licence := v.name(in.Licence); licence != "" {
			b.raw("\n<p>").text(v.T("page.licence", "licence", licence)).raw("</p>")
		}
		name, href, shown := v.name(in.Contact.Name), "", ""
		switch {
		case in.Contact.Email != "":
			href, shown = "mailto:"+in.Contact.Email, in.Contact.Email
		case in.Contact.URL != "":
			href, shown = in.Contact.URL, in.Contact.URL
		}
		switch {
		case href != "":
			b.raw("\n<p>").text(v.T("page.contact")).raw(" <a").address(href).raw(">").text(tern(name != "", name, shown)).raw("</a></p>")
		case name != "":
			b.raw("\n<p>").text(v.T("page.contact") + " " + name).raw("</p>")
		}
		if in.Example {
			b.raw("\n<p>").text(v.T("example.band")).raw("</p>")
		}
	})
}

// counterpart is the same page of the site built beside this one, or its
// home where it has no such page.
func (v *view) counterpart() Link {
	c := v.s.Counterpart
	if c == nil {
		return Link{}
	}
	rest := strings.TrimPrefix(v.path, v.code+"/")
	there := ""
	switch parts := strings.Split(strings.Trim(rest, "/"), "/"); {
	case len(parts) == 2 && parts[0] == "indicator":
		if c.Indicators[strings.ReplaceAll(parts[1], "-", "_")] {
			there = rest
		}
	case len(parts) == 2 && parts[0] == "area":
		if c.Areas[parts[1]] {
			there = rest
		}
	case parts[0] == "compare":
		there = "compare/" // whether the other site compares the same subject is not known here
	case len(parts) == 1:
		there = rest
	case parts[0] == "statements", parts[0] == "guide", parts[0] == "boundaries", parts[0] == "quality":
		there = parts[0] + "/"
	}
	key := "example.to_real"
	if !v.s.In.Example {
		key = "example.to_example"
	}
	return Link{Href: v.up + c.Root + v.code + "/" + there, Text: v.T(key)}
}

// exampleLink leads a page of the real site that lacks data to the same page
// of the example; nil when none is built.
func (v *view) exampleLink() *Link {
	if v.s.In.Example || v.s.Counterpart == nil {
		return nil
	}
	l := v.counterpart()
	return &l
}

// anchor is a place on the page itself.
func (v *view) anchor(id, key string) Link { return Link{Href: "#" + id, Text: v.T(key)} }
