package pages

import (
	"bytes"
	"html/template"
	"net/url"
)

type rootPage struct {
	Head     head
	NotFound bool
	Choices  []rootChoice
}

type rootChoice struct {
	Lang, Language, Site, Text, Band string
	Headline                         template.HTML
	Href                             string
	NotFound                         string
	Home                             string
}

// root is the page before a language is chosen: the headline number in each.
func (s *Site) root(write Write) error { return s.rootPage(write, "index.html", false) }

// notFound is the page for addresses that lead nowhere, in all languages. A
// server shows it at any depth, so its links begin at the site's own path.
func (s *Site) notFound(write Write) error { return s.rootPage(write, "404.html", true) }

func (s *Site) rootPage(write Write, path string, notFound bool) error {
	in := s.In
	p := &rootPage{Head: head{Lang: in.DefaultLanguage, NoIndex: in.Example || notFound}, NotFound: notFound}
	if u, err := url.Parse(in.BaseURL); err == nil && notFound && in.BaseURL != "" {
		p.Head.Up = u.Path
	}
	if in.BaseURL != "" && !notFound {
		p.Head.Canonical = s.absolute("")
	}
	for _, code := range in.Languages {
		v := s.view(code, "")
		c := rootChoice{Lang: code, Language: v.T("page.language"), Site: v.name(in.Name), Href: p.Head.Up + code + "/", NotFound: v.T("page.not_found"), Home: v.T("nav.home")}
		if in.Example {
			c.Band = v.T("example.band")
		}
		if ind, ok := in.Indicator(in.Lead.Indicator); ok && !notFound {
			if val := v.headline(ind); val.Has() {
				c.Headline = v.html(v.named(ind) + " " + v.by(val))
			} else {
				c.Headline = v.html(v.gapSentence(ind))
			}
		}
		if code == in.DefaultLanguage {
			p.Head.Title, p.Head.Description = c.Site, v.name(in.Owner)
			if notFound {
				p.Head.Title = v.T("page.not_found_title", "site", c.Site)
			}
			if in.Example {
				p.Head.Title = v.T("example.title", "title", p.Head.Title)
			}
		}
		if in.BaseURL != "" && !notFound {
			p.Head.Alternates = append(p.Head.Alternates, Link{Href: s.absolute(code + "/"), Lang: code})
		}
		p.Choices = append(p.Choices, c)
	}
	var b bytes.Buffer
	if err := s.templates.byPage["root"].ExecuteTemplate(&b, "root", p); err != nil {
		return err
	}
	return write(File{path, b.Bytes()})
}
