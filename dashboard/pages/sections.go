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
