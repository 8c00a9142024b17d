package figure

import "strconv"

// drawRowBars draws one bar a source, cut into what became of its cells.
// All bars have one scale, so lengths are true; the parts keep one order.
func (f *Figure) drawRowBars(p *pen, extra string) {
	whole := 0.0
	labels := make([][]string, len(f.Series))
	h := 0.3
	for i := range f.Series {
		sum := 0.0
		for j := range f.Series[i].Marks {
			if n := &f.Series[i].Marks[j].N; present(n) && n.Value > 0 {
				sum += n.Value
			}
		}
		whole = max(whole, sum)
		labels[i] = wrap(f.Series[i].Name, 13.5, narrow-10)
		h += f.rowBarHeight(i, labels[i])
	}
	f.open(p, "", extra, h, 0, 0)
	em := 0.2
	for i := range f.Series {
		s := &f.Series[i]
		textY := (em + 0.75 + 0.55*float64(len(labels[i])-1)) / h * 100
		barTop := em + 1.45 + 1.1*float64(len(labels[i])-1)
		barY, barH := barTop/h*100, 1.0/h*100
		p.s(`<g class="fg-row"`).href("data-h", s.Href).s(">")
		lines(p, "fg-l", ` x="0"`, textY, labels[i])
		if i == 0 {
			f.groundRows(p, barY, barY+barH)
		}
		x := 0.0
		for j := range s.Marks {
			m := &s.Marks[j]
			if !present(&m.N) || m.N.Value <= 0 || whole == 0 {
				continue
			}
			w := 100 * m.N.Value / whole
			fill := ""
			if f.Example != "" && m.Class == "accepted" {
				fill = f.fill(false)
			}
			p.s(`<rect class="fg-part fg-p`, strconv.Itoa(min(j, 4)), ` `, safeClass(m.Class), `"`).pct("x", x).pct("width", max(w, 0.3)).pct("y", barY).pct("height", barH).s(fill, "/>")
			x += w
		}
		// the numbers beneath, in the order of the parts, each after its words
		line := barTop + 2.05
		px := 0.0
		for j := range s.Marks {
			m := &s.Marks[j]
			w := width(m.Label, 12) + width(m.N.text(), 12) + 20
			if px > 0 && px+w > narrow {
				px = 0
				line += 1.3
			}
			at := func(dx float64) string {
				q := pen{}
				return string(q.at("x", px+dx).pct("y", line/h*100).b)
			}
			p.s(`<rect class="fg-part fg-p`, strconv.Itoa(min(j, 4)), ` `, safeClass(m.Class), `" width="8" height="8" transform="translate(0 -9)"`).at("x", px).pct("y", line/h*100).s("/>")
			words(p, "fg-tick", at(12), m.Label)
			f.number(p, m.N, "fg-small", at(16+width(m.Label, 12)))
			px += w + 12
		}
		p.s("</g>")
		em += f.rowBarHeight(i, labels[i])
	}
	p.s("</svg>")
}

// rowBarHeight is the height of a source: its name, its bar and the lines of
// numbers beneath.
func (f *Figure) rowBarHeight(i int, label []string) float64 {
	px, n := 0.0, 1
	for j := range f.Series[i].Marks {
		m := &f.Series[i].Marks[j]
		w := width(m.Label, 12) + width(m.N.text(), 12) + 20
		if px > 0 && px+w > narrow {
			px, n = 0, n+1
		}
		px += w + 12
	}
	return 3.0 + 1.1*float64(len(label)-1) + 1.3*float64(n-1) + 1.5
}
