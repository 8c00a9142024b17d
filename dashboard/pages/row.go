package pages

import "html/template"

// rows is the body of a table.
type rows []row

// HTML is all rows as a template places them. Tables of a country have
// hundreds of rows on each page; written here they cost a tenth of what a
// template takes for them.
func (list rows) HTML() template.HTML { return written(list.write) }

func (list rows) write(b *markup) {
	for i := range list {
		list[i].write(b)
	}
}

func (r *row) write(b *markup) {
	b.raw("\n<tr").attribute("id", r.ID)
	switch {
	case r.Own:
		b.attribute("class", "own")
	case r.Minor:
		b.attribute("class", "minor")
	}
	b.raw(">")
	for i := range r.Cells {
		c := &r.Cells[i]
		end := "</td>"
		switch {
		case c.Rowhead:
			end = "</th>"
			b.raw(`<th scope="row">`)
		case c.Numeric:
			b.raw(`<td class="num">`)
		case c.Whole:
			b.raw(`<td class="whole">`)
		default:
			b.raw("<td>")
		}
		if c.Link != nil {
			c.Link.write(b)
		} else {
			b.raw(string(c.Text))
		}
		b.raw(end)
	}
	b.raw("</tr>")
}

// write writes the link; one that leads nowhere is its text alone.
func (l *Link) write(b *markup) {
	tag := "span"
	if l.Href != "" {
		tag = "a"
	}
	b.raw("<").raw(tag)
	if l.Href != "" {
		b.address(l.Href)
	}
	if l.Lang != "" {
		b.attribute("lang", l.Lang)
		if l.Href != "" {
			b.attribute("hreflang", l.Lang)
		}
	}
	if l.Href != "" && l.Current {
		b.attribute("aria-current", "true")
	}
	b.raw(">").text(l.Text).raw("</").raw(tag).raw(">")
	if l.Note != "" {
		b.raw(` <span class="note">`).text(l.Note).raw("</span>")
	}
}

// linkList is a list of links as every page has several.
type linkList []Link

// write writes the links as items of a list, each on a line of its own;
// current is what aria-current says of the one that leads here.
func (list linkList) write(b *markup, current string) {
	for i := range list {
		l := &list[i]
		b.raw("\n<li><a").address(l.Href)
		if l.Lang != "" {
			b.attribute("lang", l.Lang).attribute("hreflang", l.Lang)
		}
		if l.Current {
			b.attribute("aria-current", current)
		}
		b.raw(">").text(l.Text).raw("</a></li>")
	}
}

// InLine are the links as items of a list, one behind the other.
func (list linkList) InLine() template.HTML {
	return written(func(b *markup) {
		for i := range list {
			b.raw("<li>")
			list[i].write(b)
			b.raw("</li>")
		}
	})
}
