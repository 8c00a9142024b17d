package figure

import "math"

// Sizes of one small drawing in user units. It is about as large on the
// screen: three stand beside each other on a phone.
const (
	cellW             = 104.0
	cellPlot          = 59.0 // height of the plot
	cellLeft, cellEnd = 3.0, 101.0
	cellFont          = 11.0
	cellLine          = 12.0 // from line to line of words
)

// cells is what all small drawings share.
type cells struct {
	t          timeAxis
	sc         scale
	background string    // path of the region's line
	behind     []*Series // the runs it is made of
	first      bool
	from, to   string  // what the ends of the axis are
	lines      int     // of the longest name
	top        float64 // of the plot, under the names
	bottom     float64 // of the plot, above the periods
	h          float64 // of one drawing: higher where from and to need a line each
	ends       []int   // of the drawings, where they are drawn one after another
}

func (f *Figure) newCells() *cells {
	c := &cells{t: f.timeAxis(cellW), sc: f.lineScale(3), first: true, lines: 1}
	for _, x := range f.periods() {
		if x.x == c.t.lo {
			c.from = x.label
		}
		if x.x == c.t.hi {
			c.to = x.label
		}
	}
	for i := range f.Series {
		if !f.Series[i].Faint {
			c.lines = max(c.lines, len(cellName(&f.Series[i])))
		}
	}
	c.top = cellLine*float64(c.lines) + 9
	c.bottom = c.top + cellPlot
	c.h = c.bottom + 16
	if c.to != "" && width(c.from, cellFont)+width(c.to, cellFont)+6 > cellW {
		c.h += cellLine
	}
	for i := range f.Series {
		if f.Series[i].Faint {
			c.background += c.path(f, &f.Series[i])
			c.behind = append(c.behind, &f.Series[i])
		}
	}
	return c
}

func (c *cells) x(v float64) float64 { return cellLeft + 3 + c.t.at(v)/100*(cellEnd-cellLeft-6) }
func (c *cells) y(v float64) float64 {
	return c.top + 3 + c.sc.down(v)/100*(cellPlot-6)
}

// cellName is the name of a run in the lines that it needs.
func cellName(s *Series) []string { return wrap(s.Name, cellFont, cellW-2) }

// path joins neighbouring observations; a missing one and an event that
// cuts leave the line open.
func (c *cells) path(f *Figure, s *Series) string {
	q := &pen{}
	for i := range s.Marks {
		m := &s.Marks[i]
		if !present(&m.N) {
			continue
		}
		joined := i > 0 && present(&s.Marks[i-1].N) && !f.cutIn(s, s.Marks[i-1].X, m.X)
		if joined {
			q.s("L")
		} else {
			q.s("M")
		}
		q.n(math.Round(c.x(m.X)*10) / 10).s(" ").n(math.Round(c.y(m.N.Value)*10) / 10)
		if !joined { // a lone point becomes a dot under round line ends
			q.s("h0")
		}
	}
	return string(q.b)
}

// free reports whether neither the region's line nor the run's own, short of
// its last point, passes through a box: a piece of a line before a number
// would be read as its minus.
func (c *cells) free(own *Series, x1, x2, y1, y2 float64) bool {
	if y2 > c.bottom {
		return false
	}
	for _, s := range append([]*Series{own}, c.behind...) {
		for i := 1; i < len(s.Marks); i++ {
			a, b := &s.Marks[i-1], &s.Marks[i]
			if !present(&a.N) || !present(&b.N) {
				continue
			}
			for k := range 9 { // along the piece, its end left out for the run itself
				t := float64(k) / 9
				x, y := c.x(a.X+(b.X-a.X)*t), c.y(a.N.Value+(b.N.Value-a.N.Value)*t)
				if x > x1 && x < x2 && y > y1 && y < y2 {
					return false
				}
			}
		}
	}
	return true
}

// drawCells draws all small drawings one after another.
func (f *Figure) drawCells(p *pen) *cells {
	c := f.newCells()
	for i := range f.Series {
		if !f.Series[i].Faint {
			f.drawCell(p, c, &f.Series[i])
			c.ends = append(c.ends, len(p.b))
		}
	}
	return c
}

// drawMultiples puts all small drawings into one SVG, six beside each other:
// the file. On a page they flow, see appendFlow.
func (f *Figure) drawMultiples(p *pen, extra string, c *cells, drawn []byte) {
	n := len(c.ends)
	columns := min(6, max(n, 1))
	stepX, stepY := cellW+8, c.h+10
	f.openBox(p, "", extra, float64(columns)*stepX-8, float64((n+columns-1)/columns)*stepY)
	f.cellDefs(p, c)
	from := 0
	for i, end := range c.ends {
		p.s("<svg").at("x", float64(i%columns)*stepX).at("y", float64(i/columns)*stepY).at("width", cellW).at("height", c.h).s(">")
		p.b = append(p.b, drawn[from:end]...)
		p.s("</svg>")
		from = end
	}
	p.s("</svg>")
}

// appendFlow writes the small drawings as a flow that fills the width. The
// first SVG holds the title, the description and what all share.
func (f *Figure) appendFlow(p *pen, c *cells, drawn []byte) {
	p.s(`<div class="fg-flow">`)
	f.root(p, "fg-defs", "")
	p.s(` width="1" height="1">`)
	f.head(p)
	f.cellDefs(p, c)
	p.s("</svg>")
	i, from := 0, 0
	for k := range f.Series {
		s := &f.Series[k]
		if s.Faint {
			continue
		}
		p.s(`<svg class="fg fg-cell`)
		if f.Example != "" {
			p.s(" fg-example")
		}
		p.s(`" aria-hidden="true" viewBox="0 0 104 `).n(c.h).s(`"`).href("data-h", s.Href).s(">")
		p.b = append(p.b, drawn[from:c.ends[i]]...)
		p.s("</svg>")
		i, from = i+1, c.ends[i]
	}
	p.s("</div>")
}

func (f *Figure) cellDefs(p *pen, c *cells) {
	id := safeID(f.ID)
	p.s(`<defs><g id="`, id, `-b">`)
	for _, v := range []float64{c.sc.lo, c.sc.hi} {
		p.s(`<path class="fg-g" d="M3 `).n(c.y(v)).s(`H101"/>`)
	}
	for _, e := range f.Events {
		if e.Until > e.X && c.t.holds(e) {
			a, b := c.x(math.Max(e.X, c.t.lo)), c.x(math.Min(e.Until, c.t.hi))
			p.s(`<rect class="fg-band"`).at("x", a).at("width", b-a).at("y", c.top).at("height", cellPlot).s("/>")
		}
	}
	if f.Example != "" {
		p.s(`<rect x="0"`).at("y", c.top).at("width", cellW).at("height", cellPlot).s(` fill="url(#`, id, `-w)"/>`)
	}
	for _, e := range f.Events {
		if e.Cut && c.t.holds(e) {
			p.s(`<path class="fg-cut" d="M`).n(c.x(e.X)).s(" ").n(c.top).s("V").n(c.bottom).s(`"/>`)
		}
	}
	if c.background != "" {
		p.s(`<path class="fg-back" d="`, c.background, `"/>`)
	}
	p.s("</g></defs>")
}

func (f *Figure) drawCell(p *pen, c *cells, s *Series) {
	id := safeID(f.ID)
	p.s(`<use href="#`, id, `-b"/>`)
	ls := cellName(s)
	for i, l := range ls {
		q := pen{}
		words(p, "fg-cl", string(q.s(` x="1"`).at("y", cellLine*float64(c.lines-len(ls)+1+i)-2).b), l)
	}
	for _, e := range s.Events {
		if c.t.holds(e) {
			class := "fg-ev"
			if e.Cut {
				class = "fg-cut"
			}
			p.s(`<path class="`, class, `" d="M`).n(c.x(e.X)).s(" ").n(c.top).s("V").n(c.bottom).s(`"/>`)
		}
	}
	for i := range s.Marks {
		if m := &s.Marks[i]; !present(&m.N) {
			p.s(`<rect class="fg-miss" width="5"`).at("x", c.x(m.X)-2.5).at("y", c.top).at("height", cellPlot).s(f.missing(), "/>")
		}
	}
	class := "fg-path"
	if s.Highlight {
		class += " fg-hi"
	}
	if d := c.path(f, s); d != "" {
		p.s(`<path class="`, class, `" d="`, d, `"/>`)
	}
	last := -1
	for i := range s.Marks {
		if present(&s.Marks[i].N) {
			last = i
		}
	}
	if last >= 0 {
		m := &s.Marks[last]
		x, y := c.x(m.X), c.y(m.N.Value)
		p.s(`<circle class="fg-dot`)
		if m.Hollow {
			p.s(" fg-hollow")
		}
		p.s(`" r="3"`).at("cx", x).at("cy", y)
		if !m.Hollow {
			p.s(f.fill(s.Highlight))
		}
		p.s("/>")
		right := math.Min(math.Max(x+2, width(m.N.Shown, cellFont)), cellW)
		at := y - 6
		if at < c.top+8 || !c.free(s, right-width(m.N.Shown, cellFont)-8, right, at-9, at+1) && c.free(s, right-width(m.N.Shown, cellFont)-8, right, y+5, y+15) {
			at = y + 14
		}
		q := pen{}
		f.number(p, m.N, "fg-halo", string(q.at("x", right).at("y", at).s(` text-anchor="end"`).b))
	} else if len(s.Marks) > 0 {
		f.number(p, s.Marks[len(s.Marks)-1].N, "fg-halo", ` x="52" text-anchor="middle"`+string((&pen{}).at("y", c.top+cellPlot/2+4).b))
	}
	q := pen{}
	words(p, "fg-tiny", string(q.s(` x="2"`).at("y", c.bottom+12).b), c.from)
	q = pen{}
	words(p, "fg-tiny", string(q.s(` x="102" text-anchor="end"`).at("y", c.h-4).b), c.to)
	if c.first {
		c.first = false
		q := pen{}
		words(p, "fg-tiny fg-halo", string(q.s(` x="2"`).at("y", c.y(c.sc.hi)+10).b), f.tick(c.sc.hi))
		q = pen{}
		words(p, "fg-tiny fg-halo", string(q.s(` x="2"`).at("y", c.y(c.sc.lo)-2).b), f.tick(c.sc.lo))
	}
}
