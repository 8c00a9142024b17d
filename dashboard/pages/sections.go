package pages

import "html/template"

// Section is the table as a part of the page with a heading; nothing where
// there is none.
func (t *table) Section() template.HTML { return t.section("") }

// Screen is the same for a part that is left out in print.
func (t *table) Screen() template.HTML { return t.section("screen") }

func (t *table) section(class string) template.HTML {
	if t == nil {
		return ""
	}
	return written(func(b *markup) {
		b.raw("\n<section")
		if class != "" {
			b.attribute("class", class)
		}
		b.attribute("id", t.ID).attribute("aria-labelledby", t.ID+"-head").raw(">\n<h2").attribute("id", t.ID+"-head").raw(">").text(t.Head).raw("</h2>\n\n")
		t.write(b)
		b.raw("\n\n</section>")
	})
}

// Items are the documents as items of a list.
func (list evidence) Items() template.HTML {
	return written(func(b *markup) {
		for i := range list {
			e := &list[i]
			b.raw("<li><a").address(e.Area.Href).raw(">").text(e.Area.Text).raw("</a>: ").text(e.Document)
			if e.Date != "" {
				b.raw(", ").text(e.Date)
			}
			b.raw(` <span class="small">`).text(e.Period).raw("</span></li>")
		}
	})
}

// Joined are the links in one line, with what stands between them.
func (list linkList) Joined(between string) template.HTML {
	return written(func(b *markup) {
		for i := range list {
			if i > 0 {
				b.text(between)
			}
			b.raw("<a").address(list[i].Href).raw(">").text(list[i].Text).raw("</a>")
		}
	})
}

// Reference is what every indicator's page ends with: its definition, its
// sources, and what can be taken away.
func (p *indicatorPage) Reference() template.HTML {
	return written(func(b *markup) {
		open := func(part, key string) {
			b.raw("\n<section").attribute("id", "part-"+part).raw(` class="prose"`).attribute("aria-labelledby", part+"-head")
			b.raw(">\n<h2").attribute("id", part+"-head").raw(">").text(p.T(key)).raw("</h2>\n")
		}
		open("definition", "indicator.head_definition")
		b.raw(`<dl class="declared">`)
		p.Declared.write(b)
		b.raw("</dl>")
		if p.DoesNotSay != "" {
			b.raw("\n<h3>").text(p.T("indicator.does_not_say")).raw("</h3>\n<p>").text(p.DoesNotSay).raw("</p>")
		}
		if len(p.Events) > 0 {
			b.raw("\n<h3>").text(p.T("indicator.head_events")).raw("</h3>\n\n<ul class=\"events\">")
			p.Events.write(b)
			b.raw("\n</ul>\n")
		}
		b.raw("\n</section>")
		if len(p.Sources) > 0 {
			open("sources", "indicator.head_sources")
			b.raw(`<ul class="sources">`)
			p.Sources.write(b)
			b.raw("</ul>\n</section>")
		}
		open("downloads", "indicator.head_downloads")
		if len(p.Downloads) > 0 {
			b.raw(`<ul class="files wide screen">`)
			p.Downloads.write(b)
			b.raw("</ul>\n")
		}
		b.raw("<h3>").text(p.T("download.cite")).raw("</h3>\n<p class=\"cite\">").text(p.Citation).raw("</p>\n</section>")
	})
}

// HTML is the link as a template places it.
func (l Link) HTML() template.HTML { return written(l.write) }

// HTML is the statistic as a part of an indicator's page.
func (s *statistic) HTML() template.HTML {
	return written(func(b *markup) {
		b.raw("\n<section class=\"screen\"").attribute("id", s.ID).attribute("aria-labelledby", s.ID+"-head")
		b.raw(">\n<h2").attribute("id", s.ID+"-head").raw(">").text(s.Head).raw("</h2>")
		for _, said := range s.Said {
			b.raw("\n<p class=\"reading\">").raw(string(said)).raw("</p>")
		}
		b.raw("\n").raw(string(s.Figure))
		if s.Table != nil {
			b.raw("\n")
			s.Table.write(b)
			b.raw("\n")
		}
		for _, note := range s.Notes {
			b.raw("\n<p class=\"small\">").text(note).raw("</p>")
		}
		s.heldFiles.write(b)
		b.raw("\n</section>\n")
	})
}

// heldFiles are the files that hold a statistic for all indicators, and where
// their columns are explained.
type heldFiles struct {
	Files   files
	Columns Link
}

// HTML is the files in one line; nothing without any.
func (h heldFiles) HTML() template.HTML { return written(h.write) }

func (h heldFiles) write(b *markup) {
	if len(h.Files) == 0 {
		return
	}
	b.raw(`<p class="small more">`)
	for i := range h.Files {
		f := &h.Files[i]
		b.raw("<a").address(f.Href).raw(" download>").text(f.Name).raw("</a> ").text(f.Format).raw(", ").text(f.Size).raw(" · ")
	}
	b.raw("<a").address(h.Columns.Href).raw(">").text(h.Columns.Text).raw("</a></p>")
}

// OtherNames are the names of an area in the other languages.
func (p *areaPage) OtherNames() template.HTML {
	return written(func(b *markup) {
		for i := range p.Others {
			if i > 0 {
				b.raw(" · ")
			}
			b.raw("<span").attribute("lang", p.Others[i].Lang).raw(">").text(p.Others[i].Text).raw("</span>")
		}
	})
}

// MendItems are what is to mend in the reports of an area as items of a list.
func (p *areaPage) MendItems() template.HTML {
	return written(func(b *markup) {
		for _, m := range p.Mend {
			b.raw("<li><strong>").text(m.Place).raw("</strong>: ").text(m.Words).raw("</li>")
		}
	})
}

// Coded are the pairs as items of a list of definitions, their heads as code.
func (list pairs) Coded() template.HTML {
	return written(func(b *markup) {
		for _, p := range list {
			b.raw("<div><dt><code>").text(p.Head).raw("</code></dt><dd>").text(p.Text).raw("</dd></div>")
		}
	})
}

// RowItems are the indicators of a subject as rows of a table.
func (s *methodSubject) RowItems() template.HTML {
	return written(func(b *markup) {
		for i := range s.Rows {
			r := &s.Rows[i]
			b.raw("\n<tr><th scope=\"row\"><a").address(r.Link.Href).raw(">").text(r.Link.Text).raw("</a></th><td>").text(r.Kind)
			b.raw("</td><td>").text(r.Formula).raw("</td><td>").text(r.Unit).raw("</td></tr>")
		}
	})
}

// MeasureRows are the measures as rows of a table.
func (p *methodsPage) MeasureRows() template.HTML {
	return written(func(b *markup) {
		for i := range p.Measures {
			m := &p.Measures[i]
			b.raw("\n<tr").attribute("id", "m-"+m.ID).raw(`><th scope="row">`).text(m.Name).raw("</th><td>").text(m.Definition)
			b.raw("</td><td>").text(m.Unit).raw("</td><td>").text(m.Basis).raw("</td></tr>")
		}
	})
}

// TermItems are the terms as items of a list of definitions.
func (p *methodsPage) TermItems() template.HTML {
	return written(func(b *markup) {
		for i := range p.Terms {
			t := &p.Terms[i]
			b.raw("<div><dt>").text(t.Term)
			for _, o := range t.Others {
				b.raw(` <span class="note"`).attribute("lang", o.Lang).raw(">").text(o.Text).raw("</span>")
			}
			b.raw("</dt><dd>").text(t.Definition).raw("</dd></div>")
		}
	})
}
