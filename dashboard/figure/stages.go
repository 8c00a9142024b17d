package figure

import "strconv"

// stageRow is a little more, for a calm reading.
const stageRow = 3.35

// barRow is the height of a row of bars in em: a line of words over a bar.
const barRow = 3.1

// drawStages draws one bar cut into its parts in order: every stage as the
// piece of the first that is left, with its count and its share.
func (f *Figure) drawStages(p *pen, extra string) {
	marks := f.marks()
	h := 0.4
	caption := f.caption()
	h += captionEm * float64(len(caption))
	labels := make([][]string, len(marks))
	for i := range marks {
		labels[i] = wrap(marks[i].Label, 13.5, narrow-112)
		h += stageRow + 1.1*float64(len(labels[i])-1)
	}
	f.open(p, "", extra, h, 0, 0)
	whole := 0.0
	for i := range marks {
		if present(&marks[i].N) && marks[i].N.Value > whole {
			whole = marks[i].N.Value
		}
	}
	em := 0.2
	last := 100.0
	for i := range marks {
		m := &marks[i]
		row := stageRow + 1.1*float64(len(labels[i])-1)
		textY := (em + 0.75 + 0.55*float64(len(labels[i])-1)) / h * 100
		barY, barH := (em+row-1.8)/h*100, 1.15/h*100
		p.s(`<g class="fg-row`)
		if m.Highlight {
			p.s(" fg-hi")
		}
		p.s(`"`).href("data-h", m.Href).s(">")
		lines(p, "fg-l", ` x="0"`, textY, labels[i])
		x := 100.0
		if m.Share != nil && m.Share.text() != "" {
			f.number(p, *m.Share, "fg-share", pos(100, textY, "end")+` dy=".36em"`)
			f.number(p, m.N, "", pos(100, textY, "end")+` dy=".36em" dx="-`+strconv.Itoa(int(width(m.Share.text(), 13))+14)+`"`)
		} else {
			f.number(p, m.N, "", pos(x, textY, "end")+` dy=".36em"`)
		}
		p.s(`<rect class="fg-track" width="100%"`).pct("y", barY).pct("height", barH).s("/>")
		if i == 0 {
			f.groundRows(p, barY, barY+barH)
		}
		if present(&m.N) && whole > 0 {
			w := 100 * m.N.Value / whole
			// what was lost since the stage before stays visible as a pale piece
			if i > 0 && last > w {
				p.s(`<rect class="fg-lost"`).pct("x", w).pct("width", last-w).pct("y", barY).pct("height", barH).s("/>")
			}
			p.s(`<rect class="fg-bar fg-st`, strconv.Itoa(min(i, 4)), `"`).pct("width", w).pct("y", barY).pct("height", barH).s(f.fill(m.Highlight), "/>")
			last = w
		} else {
			p.s(`<rect class="fg-miss" width="100%"`).pct("y", barY).pct("height", barH).s(f.missing(), "/>")
		}
		p.s("</g>")
		em += row
	}
	for i, l := range caption {
		words(p, "fg-tick", pos(0, (h-0.5-captionEm*float64(len(caption)-1-i))/h*100, "start"), l)
	}
	p.s("</svg>")
}
