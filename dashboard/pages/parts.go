package pages

import (
	"html/template"
	"strconv"
	"strings"
)

// Parts that stand on hundreds of pages, or hundreds of times on one, write
// themselves, since a template reflects on every value. Those of a few
// pages are templates.

// HTML is the table in its scroll region, and under it what explains it.
func (t *table) HTML() template.HTML { return written(t.write) }

func (t *table) write(b *markup) {
	b.raw(`<div class="scroll" role="region" tabindex="0"`).attribute("aria-label", t.Caption).raw(">\n<table class=\"data\">\n<caption>").text(t.Caption)
	b.raw("</caption>\n<thead><tr>")
	t.Columns.write(b)
	b.raw("</tr></thead>\n<tbody>")
	t.Rows.write(b)
	b.raw("\n</tbody>\n</table>\n</div>")
	if t.Note != "" {
		b.raw("\n<p class=\"small\">").text(t.Note).raw("</p>")
	}
	if len(t.Signs) > 0 {
		b.raw("\n<ul class=\"signs\">")
		for _, s := range t.Signs {
			b.raw("<li>").text(s).raw("</li>")
		}
		b.raw("</ul>")
	}
	t.Sources.write(b)
}

// HTML is the heads of the columns.
func (list columns) HTML() template.HTML { return written(list.write) }

func (list columns) write(b *markup) {
	for _, c := range list {
		b.raw(`<th scope="col"`)
		if c.Numeric {
			b.raw(` class="num"`)
		}
		b.raw(">").text(c.Head).raw("</th>")
	}
}

// HTML is the list of sources under a table; nothing without any.
func (list footnoteList) HTML() template.HTML { return written(list.write) }

func (list footnoteList) write(b *markup) {
	if len(list) == 0 {
		return
	}
	b.raw("\n<ol class=\"footnotes\">")
	for i := range list {
		b.raw("<li").attribute("id", list[i].ID).raw(">")
		list[i].Link.write(b)
		b.raw("</li>")
	}
	b.raw("</ol>")
}

// Items are the files as items of a list.
func (list files) Items() template.HTML { return written(list.write) }

func (list files) write(b *markup) {
	for i := range list {
		f := &list[i]
		b.raw("<li><a").address(f.Href).raw(" download><span>")
		f.name(b)
		b.raw(`</span></a> <span class="small">`).text(f.Format).raw(", ").text(f.Size).raw("</span></li>")
	}
}

// name is the name of the file with the places where a narrow column may
// break it.
func (d *download) name(b *markup) {
	for i := 0; i < len(d.Name); i++ {
		switch c := d.Name[i : i+1]; c {
		case "_":
			b.raw("_<wbr>")
		case ".":
			b.raw("<wbr>.")
		default:
			b.text(c)
		}
	}
}

// Items are the pairs as items of a list of definitions.
func (list pairs) Items() template.HTML { return written(list.write) }

func (list pairs) write(b *markup) {
	for _, p := range list {
		b.raw("<div><dt>").text(p.Head).raw("</dt><dd>").text(p.Text).raw("</dd></div>")
	}
}

// Items are the events as items of a list.
func (list events) Items() template.HTML { return written(list.write) }

func (list events) write(b *markup) {
	for i := range list {
		e := &list[i]
		b.raw("\n<li><span class=\"when\">").text(e.Date).raw(`</span> <span class="kind">`).text(e.Kind).raw("</span> <strong>").text(e.Name).raw("</strong>")
		if e.What != "" {
			b.raw(" ").text(e.What)
		}
		switch {
		case e.Href != "":
			b.raw(" <a").address(e.Href).raw(">").text(e.Reference).raw("</a>")
		case e.Reference != "":
			b.raw(` <span class="small">`).text(e.Reference).raw("</span>")
		}
		b.raw("</li>")
	}
}

// Items are the sources as items of a list.
func (list sourceRows) Items() template.HTML { return written(list.write) }

func (list sourceRows) write(b *markup) {
	for i := range list {
		s := &list[i]
		b.raw("\n<li><strong><a").address(s.Page).raw(">").text(s.Title).raw("</a></strong><br>").text(s.Facts)
		if s.Stale != "" {
			b.raw(`<br><strong class="stale">`).text(s.Stale).raw("</strong>")
		}
		if s.Href != "" {
			b.raw(`<br><a class="out"`).address(s.Href).raw(">").text(s.Address).raw("</a>")
		}
		if s.Note != "" {
			b.raw(` <span class="small">`).text(s.Note).raw("</span>")
		}
		b.raw("</li>\n")
	}
}

// Bodies are the indicators of an area by subject, each a body of the table.
func (p *areaPage) Bodies() template.HTML {
	span := strconv.Itoa(len(p.Columns))
	return written(func(b *markup) {
		for i := range p.Groups {
			g := &p.Groups[i]
			b.raw("\n<tbody>\n<tr class=\"group\"><th scope=\"rowgroup\"").attribute("colspan", span).raw(">").text(g.Subject).raw("</th></tr>")
			g.Rows.write(b)
			b.raw("\n</tbody>")
		}
	})
}

// FactItems are the facts of an area as items of a list of definitions.
func (p *areaPage) FactItems() template.HTML {
	return written(func(b *markup) {
		for _, f := range p.Facts {
			b.raw("<div><dt>").text(f.Head).raw("</dt><dd>").raw(string(p.html(f.Text))).raw("</dd></div>")
		}
	})
}

// ReportRows are the reports of an area as rows of a table.
func (p *areaPage) ReportRows() template.HTML {
	return written(func(b *markup) {
		for i := range p.Reports {
			r := &p.Reports[i]
			b.raw("\n<tr").attribute("id", r.ID).attribute("class", r.Class).raw(`><th scope="row">`).text(r.Source)
			b.raw("</th><td>").text(r.Period).raw("</td><td>").text(r.Due).raw("</td><td>").text(r.Received)
			b.raw("</td><td><span").attribute("class", "fate "+r.Class).raw(">").text(r.Status).raw("</span></td></tr>")
		}
	})
}

// Body is the rows of the comparison.
func (h *heat) Body() template.HTML {
	return written(func(b *markup) {
		for i := range h.Rows {
			r := &h.Rows[i]
			b.raw("\n<tr").attribute("id", r.ID)
			if r.Own {
				b.attribute("class", "own")
			}
			b.raw(`><th scope="row">`)
			r.Area.write(b)
			b.raw("</th>")
			for j := range r.Cells {
				r.Cells[j].write(b)
			}
			b.raw("</tr>")
		}
	})
}

func (c *heatCell) write(b *markup) {
	b.raw("<td").attribute("class", strings.TrimSuffix("num "+c.Class, " ")).raw(">").raw(string(c.Text))
	if c.Sign != "" {
		b.raw(` <abbr class="vs"`).attribute("title", c.Means).raw(">").text(c.Sign).raw("</abbr>")
	}
	b.raw("</td>")
}
