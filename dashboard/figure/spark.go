package figure

import "math"

// drawSpark draws a word-sized line: no axes, no numbers but its title; the
// last point is marked.
func (f *Figure) drawSpark(p *pen, extra string) {
	const w, h = 96.0, 24.0
	t := f.timeAxis(96)
	lo, hi := extent(f.values())
	if lo >= hi {
		lo, hi = lo-1, hi+1
	}
	x := func(v float64) float64 { return 4 + t.at(v)/100*(w-8) }
	y := func(v float64) float64 { return h - 4 - (v-lo)/(hi-lo)*(h-8) }
	f.openBox(p, "", extra, w, h)
	for i := range f.Series {
		s := &f.Series[i]
		d := &pen{}
		last := -1
		for j := range s.Marks {
			m := &s.Marks[j]
			if !present(&m.N) {
				continue
			}
			if j > 0 && present(&s.Marks[j-1].N) && !f.cutBetween(s.Marks[j-1].X, m.X) {
				d.s("L")
			} else {
				d.s("M")
			}
			d.n(math.Round(x(m.X)*10) / 10).s(" ").n(math.Round(y(m.N.Value)*10) / 10)
			last = j
		}
		if last < 0 {
			continue
		}
		class := "fg-path"
		if s.Faint {
			class = "fg-back"
		}
		p.s(`<path class="`, class, `" d="`, string(d.b), `"/>`)
		if !s.Faint {
			m := &s.Marks[last]
			p.s(`<circle class="fg-dot" r="3"`).at("cx", x(m.X)).at("cy", y(m.N.Value)).s(f.fill(false), "/>")
		}
	}
	p.s("</svg>")
}
