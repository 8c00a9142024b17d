package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"
)

//go:embed templates/*.html
var templateFiles embed.FS

// templateSet holds one ready template a page; all share the parts.
type templateSet struct{ byPage map[string]*template.Template }

// parseTemplates reads the templates once: a build makes two sites of them.
var parseTemplates = sync.OnceValues(func() (*templateSet, error) {
	set := &templateSet{byPage: map[string]*template.Template{}}
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	base, err := template.ParseFS(templateFiles, "templates/parts.html")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".html")
		if name == "parts" {
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
	return set, nil
})

// Link is a place to go to.
type Link struct {
	Href, Text string
	Lang       string // hreflang and lang, where the target is in another language
	Current    bool
	Note       string
}

// margin is what stands beside a page on a wide screen, and below it on a
// narrow one: its parts, what is related, what can be taken away.
type margin struct {
	contents linkList
	head     string
	related  linkList
	files    files
}

// render puts a page into its frame. The page lies in the memory of the view.
func (v *view) render(page, title, description string, margin margin, main any) ([]byte, error) {
	t, ok := v.s.templates.byPage[page]
	if !ok {
		return nil, fmt.Errorf("page %s: no template of this name; expected templates/%s.html", page, page)
	}
	f := v.frame(title, description, margin)
	above := markup((*v.page)[:0])
	f.above(&above)
	b := bytes.NewBuffer(above)
	if err := t.ExecuteTemplate(b, "main", main); err != nil {
		return nil, fmt.Errorf("page %s: %w", v.path, err)
	}
	whole := markup(b.Bytes())
	f.below(&whole)
	*v.page = whole
	return whole, nil
}

// frame says what stands around the page.
func (v *view) frame(title, description string, margin margin) *frame {
	in := v.s.In
	site := v.name(in.Name)
	f := &frame{view: v, site: site, margin: margin}
	f.head = head{Lang: v.code, Up: v.up, Title: title, Description: description, NoIndex: in.Example}
	if title != site {
		f.Title = v.T("page.title", "title", title, "site", site)
	}
	if in.Example {
		f.Title = v.T("example.title", "title", f.Title)
	}
	rest := strings.TrimPrefix(v.path, v.code+"/")
	for _, code := range in.Languages {
		l := in.Words.Lang(code)
		f.languages = append(f.languages, Link{Href: v.up + code + "/" + rest, Text: l.T("page.language"), Lang: code, Current: code == v.code})
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
		f.nav = append(f.nav, Link{Href: v.up + v.code + "/" + n.path, Text: v.T(n.key), Current: rest == n.path})
	}
	f.nav = slices.Insert(f.nav, 1, v.registerNav(rest)...)
	return f
}

// absolute is the public address of a path of this site.
func (s *Site) absolute(path string) string { return s.In.BaseURL + path }

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
