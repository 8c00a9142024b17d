package pages

import "html/template"

// head is what a browser and a search engine read of a page.
type head struct {
	Lang, Title, Description, Canonical string
	Up                                  string // from the page to the root
	NoIndex                             bool
	Alternates                          linkList
}

// HTML is the beginning of a page up to where its scripts go.
func (h *head) HTML() template.HTML { return written(h.write) }

func (h *head) write(b *markup) {
	b.raw("<!doctype html>\n<html").attribute("lang", h.Lang).raw(` dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>`).text(h.Title).raw("</title>\n<meta name=\"description\"").attribute("content", h.Description).raw(`>
<meta name="color-scheme" content="light dark">`)
	if h.NoIndex {
		b.raw("\n<meta name=\"robots\" content=\"noindex, nofollow\">")
	}
	if h.Canonical != "" {
		b.raw("\n<link rel=\"canonical\"").address(h.Canonical).raw(">")
	}
	for i := range h.Alternates {
		a := &h.Alternates[i]
		b.raw("\n<link rel=\"alternate\"").attribute("hreflang", a.Lang).address(a.Href).raw(">")
	}
	b.raw("\n<link rel=\"icon\"").address(h.Up + "assets/icon.svg").raw(" type=\"image/svg+xml\">\n<link rel=\"stylesheet\"").address(h.Up + "assets/site.css").raw(">")
}

// frame is what stands around every page.
type frame struct {
	head
	*view
	margin
	site           string
	nav, languages linkList
}

// above writes all that comes before the page itself.
func (f *frame) above(b *markup) {
	f.head.write(b)
	if f.view.charts && f.s.Charts {
		b.raw("\n<script").attribute("src", f.Up+"assets/site.js").raw(" defer></script>")
	}
	b.raw("\n</head>\n<body")
	if f.s.In.Example {
		b.attribute("class", "is-example")
	}
	b.raw(">\n<a class=\"skip\" href=\"#main\">").text(f.T("page.skip")).raw("</a>")
	if f.s.In.Example {
		f.band(b)
	}
	b.raw("\n<header class=\"top\">\n<div class=\"top-row\">\n<p class=\"brand\"><a").address(f.up + f.code + "/")
	b.raw(`><svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M4 3h16v18H4zM12 3v18M4 12h16"/></svg><span>`).text(f.site)
	b.raw("</span></a></p>\n<ul class=\"langs\"").attribute("aria-label", f.T("page.languages")).raw(">")
	f.languages.write(b, "true")
	b.raw("\n</ul>\n</div>\n<nav class=\"menu\"").attribute("aria-label", f.T("page.menu")).raw("><ul>")
	f.nav.write(b, "page")
	b.raw("\n</ul></nav>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n")
}

// band is the strip of the example site that says it is invented.
func (f *frame) band(b *markup) {
	b.raw("\n<aside class=\"band\"").attribute("aria-label", f.T("example.mark")).raw("><p><strong>").text(f.T("example.band")).raw("</strong>")
	if l := f.counterpart(); l.Href != "" {
		b.raw(" <a").address(l.Href).raw(">").text(l.Text).raw("</a>")
	}
	b.raw("</p></aside>")
}

// below writes all that comes after the page itself.
func (f *frame) below(b *markup) {
	if len(f.contents) > 0 {
		f.margin.write(b, f.view)
	}
	b.raw("\n</main>\n<footer class=\"foot\">\n").raw(string(f.s.feet.of(f.code, f.foot)))
	if f.Canonical != "" {
		b.raw("\n<p class=\"address\">").text(f.Canonical).raw("</p>")
	}
	b.raw("\n</footer>\n</body>\n</html>\n")
}

func (m *margin) write(b *markup, v *view) {
	list := func(class, head string, links linkList) {
		b.raw("\n<nav").attribute("class", class).attribute("aria-label", head).raw(`><p class="margin-head">`).text(head).raw("</p><ul>")
		links.write(b, "page")
		b.raw("\n</ul></nav>")
	}
	b.raw("\n<div class=\"margin\">")
	list("contents", v.T("page.contents"), m.contents)
	if len(m.files) > 0 {
		b.raw("\n<div class=\"contents\"><p class=\"margin-head\">").text(v.T("indicator.head_downloads")).raw(`</p><ul class="files">`)
		m.files.write(b)
		b.raw("</ul></div>")
	}
	if len(m.related) > 0 {
		list("related", m.head, m.related)
	}
	b.raw("\n</div>")
}

// foot says whose the site is, which release, under which licence, and whom
// to ask: the same on all pages of a language.
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
