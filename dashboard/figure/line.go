package figure

import (
	"math"
	"strconv"
)

// lineHeight is the height of the plot of the line figure in em.
const lineHeight = 17.0

// laneEm is the height of a line of an event's words.
const laneEm = 1.35

// unitEm is the height of the line that names the unit of the axis.
const unitEm = 1.4

// linePlot is what the faces of a line figure share: its axes and its sizes.
type linePlot struct {
	t             timeAxis
	sc            scale
	lanes         eventLanes
	gutter, right int     // px left and right of the plot
	w             float64 // width of the plot on a phone, px
	top, h        float64 // where the plot begins, and the height of all, em
}

func (f *Figure) linePlot() linePlot {
	l := linePlot{sc: f.lineScale(4)}
	widest := 0.0
	for _, v := range l.sc.ticks {
		widest = math.Max(widest, width(f.tick(v), 11.5))
	}
	l.gutter = gutterClass(widest + 6)
	widest = 0
	for i := range f.Series {
		if m := f.Series[i].last(); m != nil {
			widest = math.Max(widest, width(m.N.text(), 13))
		}
	}
	if f.Rule != nil {
		widest = math.Max(widest, width(f.Rule.N.text(), 14*bold))
	}
	l.right = rightClass(widest + 10)
	l.w = narrow - float64(l.gutter) - float64(l.right)
	l.t = f.timeAxis(l.w)
	l.lanes = f.eventLanes(l.t, l.w, float64(l.gutter), float64(l.right))
	l.top = 1.0 + laneEm*float64(l.lanes.count)
	if f.Unit != "" {
		l.top += unitEm
	}
	l.h = l.top + lineHeight + 2.0
	return l
}

// drawLine draws values over time: points for real observations only, a gap
// is a gap, an event of territory or definition cuts the line, periods of a
// rule are bands named at the top.
func (f *Figure) drawLine(p *pen, extra string) {
	l := f.linePlot()
	t, sc, h := l.t, l.sc, l.h
	g := float64(l.gutter)
	f.open(p, "fg-y"+strconv.Itoa(l.gutter)+" fg-r"+strconv.Itoa(l.right), extra, h, g, float64(l.right))
	y1, y2 := l.top/h*100, (l.top+lineHeight)/h*100
	f.bands(p, t, y1, y2)
	f.groundRows(p, y1, y2)
	for _, v := range sc.ticks {
		y := y1 + sc.down(v)/100*(y2-y1)
		p.s(`<line class="fg-g`)
		if v == 0 {
			p.s(" fg-zero")
		}
		p.s(`" x1="0" x2="100%"`).pct("y1", y).pct("y2", y).s("/>")
	}
	for _, m := range t.marks {
		x := t.at(m)
		p.s(`<line class="fg-ax"`).pct("x1", x).pct("x2", x).pct("y1", y2).pct("y2", y2+1.6).s("/>")
	}
	for _, tk := range t.ticks {
		x := t.at(tk.x)
		words(p, "fg-tick", pos(x, (h-0.6)/h*100, l.edge(x, width(tk.label, 11.5))), tk.label)
	}
	f.drawEvents(p, l, y1, y2)
	column(p, "fg-ticks", -g)
	words(p, "fg-tick fg-halo", pos(0, (l.top-0.75)/h*100, "start"), f.Unit)
	for _, v := range sc.ticks {
		y := y1 + sc.down(v)/100*(y2-y1)
		words(p, "fg-tick", pos(0, y, "start")+` dy=".36em"`, f.tick(v))
	}
	p.s("</g>")
	if f.Rule != nil && present(&f.Rule.N) {
		y := y1 + sc.down(f.Rule.N.Value)/100*(y2-y1)
		p.s(`<line class="fg-rule" x1="0" x2="100%"`).pct("y1", y).pct("y2", y).s("/>")
		words(p, "fg-rl fg-halo", pos(0, y, "start")+` dy="-.45em"`, f.Rule.Label)
		f.number(p, f.Rule.N, "fg-rn fg-halo", pos(100, y, "start")+` dx="6" dy=".36em"`)
	}
	for i := range f.Series {
		f.drawRun(p, &f.Series[i], i, t, sc, y1, y2)
	}
	f.lineLabels(p, l)
	p.s("</svg>")
}

// edge picks the anchor that keeps a text inside the drawing: it may reach
// into the room beside the plot.
func (l linePlot) edge(x, textWidth float64) string {
	px := x / 100 * l.w
	switch {
	case px-textWidth/2 < -float64(l.gutter):
		return "start"
	case px+textWidth/2 > l.w+float64(l.right):
		return "end"
	}
	return "middle"
}

// rightClass rounds the room right of a plot up to a step that the style
// sheet has a class for.
func rightClass(px float64) int {
	for _, r := range []int{30, 42, 54, 66, 78} {
		if px <= float64(r) {
			return r
		}
	}
	return 96
}

// lineScale is the scale of values over time. It begins at zero unless that
// would press all of the line into the upper half.
func (f *Figure) lineScale(n int) scale {
	vs := f.values()
	if lo, hi := extent(vs); lo > 0 && lo <= 0.55*hi {
		vs = append(vs, 0)
	}
	return niceScale(vs, n)
}

// last is the last mark with a number, nil where there is none.
func (s *Series) last() *Mark {
	for j := len(s.Marks) - 1; j >= 0; j-- {
		if present(&s.Marks[j].N) {
			return &s.Marks[j]
		}
	}
	return nil
}

// gutterClass rounds a gutter up to a step the style sheet has a class for.
func gutterClass(px float64) int {
	for _, g := range []int{20, 28, 36, 44, 52, 60, 72} {
		if px <= float64(g) {
			return g
		}
	}
	return 90
}

// drawRun draws one series: segments, slots for missing points, intervals,
// points.
func (f *Figure) drawRun(p *pen, s *Series, index int, t timeAxis, sc scale, y1, y2 float64) {
	at := func(v float64) float64 { return y1 + sc.down(v)/100*(y2-y1) }
	class := " fg-c" + strconv.Itoa(index%4)
	switch {
	case s.Faint:
		class = " fg-faint"
	case s.Highlight:
		class = " fg-hi"
	}
	p.s(`<g class="fg-run`, class, `">`)
	for i := range s.Marks {
		m := &s.Marks[i]
		if !present(&m.N) && present(m.Lower) && present(m.Upper) { // only the range is known
			x := t.at(m.X)
			p.s(`<line class="fg-iv fg-open-range"`).pct("x1", x).pct("x2", x).pct("y1", at(m.Lower.Value)).pct("y2", at(m.Upper.Value)).s("/>")
			continue
		}
		if !present(&m.N) {
			if !s.Faint {
				x := t.at(m.X)
				p.s(`<g transform="translate(-6 0)"><rect class="fg-miss" width="12"`).pct("x", x).pct("y", y1).pct("height", y2-y1).s(f.missing(), "/></g>")
				f.number(p, m.N, "fg-halo", pos(x, y2, "middle")+` dy="-.6em"`)
			}
			continue
		}
		if present(m.Lower) && present(m.Upper) {
			x := t.at(m.X)
			p.s(`<line class="fg-iv"`).pct("x1", x).pct("x2", x).pct("y1", at(m.Lower.Value)).pct("y2", at(m.Upper.Value)).s("/>")
		}
		if i > 0 && present(&s.Marks[i-1].N) && !f.cutIn(s, s.Marks[i-1].X, m.X) {
			a := &s.Marks[i-1]
			p.s(`<line class="fg-seg"`).pct("x1", t.at(a.X)).pct("y1", at(a.N.Value)).pct("x2", t.at(m.X)).pct("y2", at(m.N.Value)).s("/>")
		}
	}
	for i := range s.Marks {
		m := &s.Marks[i]
		if !present(&m.N) {
			continue
		}
		p.s(`<circle class="fg-dot`)
		if m.Hollow {
			p.s(" fg-hollow")
		}
		r := "4.5"
		if s.Faint || len(s.Marks) > 24 {
			r = "2.5"
		}
		p.s(`" r="`, r, `"`).pct("cx", t.at(m.X)).pct("cy", at(m.N.Value))
		if !m.Hollow && !s.Faint && r != "2.5" {
			p.s(f.fill(s.Highlight))
		}
		p.s("/>")
	}
	p.s("</g>")
}

// cutIn is cutBetween for one series: what is on one territory is cut by
// rules only.
func (f *Figure) cutIn(s *Series, a, b float64) bool {
	for _, e := range f.Events {
		if e.cuts(a, b) && !(s.OneLand && e.Land) {
			return true
		}
	}
	for _, e := range s.Events {
		if e.cuts(a, b) {
			return true
		}
	}
	return false
}

// cutBetween reports whether a change of territory or definition lies
// between two points, so that no line may join them.
func (f *Figure) cutBetween(a, b float64) bool {
	for _, e := range f.Events {
		if e.cuts(a, b) {
			return true
		}
	}
	return false
}

// cuts reports whether a change, or the end of a rule that held for a time,
// lies between two points.
func (e Event) cuts(a, b float64) bool {
	return e.Cut && (e.X > a && e.X <= b || e.Until > e.X && e.Until >= a && e.Until < b)
}
