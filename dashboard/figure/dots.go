package figure

import (
	"math"
	"strconv"
)

// Sizes of the dots figure, in em of the drawing (see svg.go); the label
// column on a wide screen is labelColumn px.
const (
	dotRow      = 2.0 // one line of label
	dotTallRow  = 3.0 // two lines of label
	dotTop      = 3.0 // label and number of the rule
	dotBottom   = 2.2 // ticks
	labelColumn = 188.0
	labelPad    = 200.0 // the column and the space after it
)

// drawDots draws one row a mark: label, dot with its interval, number; the
// rule as a vertical line with its band through all rows.
func (f *Figure) drawDots(p *pen, extra string) {
	marks := f.marks()
	top, h := f.dotsPlot(marks)
	labels := make([][]string, len(marks))
	flags := false
	for i := range marks {
		labels[i] = wrap(marks[i].Label, 13.5, labelColumn)
		flags = flags || marks[i].N.Flag != ""
	}
	y := func(em float64) float64 { return em / h * 100 }
	class, right := "", 72.0
	br := f.brackets(marks)
	if len(br) > 0 {
		class, right = "fg-br", 104
	}
	sc := niceScale(f.values(), 4)
	f.open(p, class, extra, h, labelPad, right)
	caption := f.caption()
	bottom := h - dotBottom - captionEm*float64(len(caption))
	for i, l := range caption {
		words(p, "fg-tick", pos(0, y(h-0.75-captionEm*float64(len(caption)-1-i)), "start"), l)
	}
	f.groundRows(p, y(top), y(bottom))
	f.gridX(p, sc, y(top), y(bottom), y(bottom+dotBottom-0.75))
	f.rule(p, sc, y(top), y(bottom), y(1.15), y(2.45))
	for n := 1; n <= tallest(labels); n++ {
		p.s(`<g class="`, rowClass(n), `">`)
		f.dotMarks(p, marks, labels, sc, top, h, n)
		p.s("</g>")
	}
	for _, b := range br {
		f.drawBracket(p, b, labels, top, h)
	}
	column(p, "fg-labels", -labelPad)
	em := top
	for i := range marks {
		rh := rowHeight(labels[i])
		rowLabel(p, labels[i], marks[i].Href, marks[i].Highlight, y(em+rh/2))
		em += rh
	}
	p.s("</g>")
	column(p, "fg-values", right)
	em = top
	for i := range marks {
		m := &marks[i]
		rh := rowHeight(labels[i])
		mid := y(em + rh/2)
		class := ""
		if m.Highlight {
			class = "fg-strong"
		}
		attr := ` x="100%" text-anchor="end" dy=".36em"`
		if flags {
			attr += ` dx="-11"`
		}
		q := pen{}
		f.number(p, m.N, class, string(q.pct("y", mid).s(attr).b))
		if m.N.Flag != "" {
			q = pen{}
			words(p, "fg-flag", string(q.pct("y", mid).s(` x="100%" text-anchor="end" dy="-.1em"`).b), m.N.Flag)
		}
		em += rh
	}
	p.s("</g></svg>")
}

// rowLabel writes the label of a row; a click on it leads to href, as the
// link in the table does.
func rowLabel(p *pen, label []string, href string, highlight bool, y float64) {
	p.s(`<g class="fg-row`)
	if highlight {
		p.s(" fg-hi")
	}
	p.s(`"`).href("data-h", href).s(">")
	lines(p, "fg-l", ` x="0"`, y, label)
	p.s("</g>")
}

// dotsPlot is where the rows begin and how high the drawing is, in em.
func (f *Figure) dotsPlot(marks []Mark) (top, h float64) {
	top = dotTop
	if f.Rule == nil || !present(&f.Rule.N) {
		top = 0.4
	}
	h = top + dotBottom + captionEm*float64(len(f.caption()))
	for i := range marks {
		h += rowHeight(wrap(marks[i].Label, 13.5, labelColumn))
	}
	return top, h
}

func rowHeight(lines []string) float64 {
	if len(lines) > 1 {
		return dotTallRow + float64(len(lines)-2)*1.2
	}
	return dotRow
}

// rowClass names the group of marks whose labels have n lines: on a narrow
// screen the style sheet moves each group down by as much as its labels
// need.
func rowClass(n int) string {
	return [...]string{"fg-m1", "fg-m2", "fg-m3"}[min(n, 3)-1]
}

func tallest(labels [][]string) int {
	n := 0
	for _, l := range labels {
		n = max(n, min(len(l), 3))
	}
	return n
}

// lines writes a label of one or more lines centred on y per cent.
func lines(p *pen, class, attrs string, y float64, ls []string) {
	if len(ls) == 1 {
		q := pen{}
		words(p, class, string(q.s(attrs).pct("y", y).s(` dy=".36em"`).b), ls[0])
		return
	}
	p.s(`<text class="`, class, `"`, attrs).pct("y", y).s(">")
	for i, l := range ls {
		dy := 1.15
		if i == 0 {
			dy = 0.36 - 1.15*float64(len(ls)-1)/2
		}
		p.s(`<tspan`, attrs).em("dy", dy).s(">").esc(l)
		if i < len(ls)-1 {
			p.s(" ")
		}
		p.s("</tspan>")
	}
	p.s("</text>")
}

// dotMarks draws the rows of one height; they stand in one group each so
// that the style sheet can move them under their labels.
func (f *Figure) dotMarks(p *pen, marks []Mark, labels [][]string, sc scale, top, h float64, only int) {
	em := top
	for i := range marks {
		m := &marks[i]
		rh := rowHeight(labels[i])
		y := (em + rh/2) / h * 100
		em += rh
		if min(len(labels[i]), 3) != only {
			continue
		}
		if !present(&m.N) {
			p.s(`<rect class="fg-miss" width="100%"`).pct("y", y).em("height", 0.8).s(` transform="translate(0 -5)"`, f.missing(), "/>")
			continue
		}
		hi := ""
		if m.Highlight {
			hi = " fg-hi"
		}
		if present(m.Lower) && present(m.Upper) {
			p.s(`<line class="fg-iv`, hi, `"`).pct("x1", sc.at(m.Lower.Value)).pct("x2", sc.at(m.Upper.Value)).pct("y1", y).pct("y2", y).s("/>")
		}
		r := "5"
		if m.Highlight {
			r = "6.5"
		}
		p.s(`<circle class="fg-dot`, hi)
		if m.Hollow {
			p.s(" fg-hollow")
		}
		p.s(`" data-k="`, strconv.Itoa(i), `" r="`, r, `"`).pct("cx", sc.at(m.N.Value)).pct("cy", y)
		if !m.Hollow {
			p.s(f.fill(m.Highlight))
		}
		p.s("/>")
	}
}

// groundRows lays the example's words under the rows.
func (f *Figure) groundRows(p *pen, y1, y2 float64) {
	if f.Example != "" {
		p.s(`<rect width="100%"`).pct("y", y1).pct("height", y2-y1).s(` fill="url(#`, safeID(f.ID), `-w)"/>`)
	}
}

// gridX draws vertical grid lines and their labels below.
func (f *Figure) gridX(p *pen, sc scale, y1, y2, yText float64) {
	for _, t := range sc.ticks {
		x := sc.at(t)
		p.s(`<line class="fg-g`)
		if t == 0 {
			p.s(" fg-zero")
		}
		p.s(`"`).pct("x1", x).pct("x2", x).pct("y1", y1).pct("y2", y2).s("/>")
		label := f.tick(t)
		words(p, "fg-tick", pos(x, yText, edge(x, width(label, 11.5), narrow)), label)
	}
}

// rule draws the line that all marks are compared with, its band, its name
// and its number (baselines at yName and yNumber).
func (f *Figure) rule(p *pen, sc scale, y1, y2, yName, yNumber float64) {
	r := f.Rule
	if r == nil || !present(&r.N) {
		return
	}
	x := sc.at(r.N.Value)
	if present(r.Lower) && present(r.Upper) {
		a, b := sc.at(r.Lower.Value), sc.at(r.Upper.Value)
		p.s(`<rect class="fg-band"`).pct("x", a).pct("width", math.Max(b-a, 0.2)).pct("y", y1).pct("height", y2-y1).s("/>")
	}
	p.s(`<line class="fg-rule"`).pct("x1", x).pct("x2", x).pct("y1", y1-1.2).pct("y2", y2).s("/>")
	words(p, "fg-rl", shifted(x, yName, width(r.Label, 13.5)), r.Label)
	f.number(p, r.N, "fg-rn", shifted(x, yNumber, width(r.N.text(), 14)))
}

// dotsRoom is the plot of the dots figure on a phone with brackets, in px.
const dotsRoom = narrow - 52

// shifted places a text that begins at x per cent of a plot, moved to the
// left as far as a phone needs, so that it is not cut.
func shifted(x, y, textWidth float64) string {
	q := (&pen{}).pct("x", x).pct("y", y)
	if over := math.Min(x/100*dotsRoom+textWidth-dotsRoom, x/100*dotsRoom); over > 0 {
		q.at("dx", -over)
	}
	return string(q.b)
}

// marks is the first series that is not a background.
func (f *Figure) marks() []Mark {
	for i := range f.Series {
		if !f.Series[i].Faint {
			return f.Series[i].Marks
		}
	}
	return nil
}
