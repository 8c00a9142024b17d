package figure

import (
	"math"
	"sort"
	"strconv"
)

// lineHeight is the height of the plot of the line figure in em.
const lineHeight = 17.0

// laneEm is the height of a line of an event's words.
const laneEm = 1.35

// linePlot is where the plot begins and how high the drawing is, in em.
func linePlot(lanes eventLanes) (top, h float64) {
	top = 1.0 + laneEm*float64(lanes.count)
	return top, top + lineHeight + 2.0
}

// drawLine draws values over time: points for real observations only, a gap
// is a gap, an event of territory or definition cuts the line, periods of a
// rule are bands named at the top.
func (f *Figure) drawLine(p *pen, extra string) {
	t := f.timeAxis()
	sc := niceScale(f.values(), 4)
	lanes := f.eventLanes(t)
	top, h := linePlot(lanes)
	gutter := 0.0
	for _, v := range sc.ticks {
		gutter = math.Max(gutter, width(f.tick(v), 11.5))
	}
	g := gutterClass(gutter + 6)
	f.open(p, "fg-y"+strconv.Itoa(g), extra, h, float64(g), lineRight)
	y1, y2 := top/h*100, (top+lineHeight)/h*100
	column(p, "fg-ticks", -float64(g))
	for _, v := range sc.ticks {
		y := y1 + sc.down(v)/100*(y2-y1)
		words(p, "fg-tick", pos(0, y, "start")+` dy=".36em"`, f.tick(v))
	}
	p.s("</g>")
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
		p.s(`<line class="fg-g"`).pct("x1", x).pct("x2", x).pct("y1", y2).pct("y2", y2+1.6).s("/>")
	}
	for _, tk := range t.ticks {
		x := t.at(tk.x)
		words(p, "fg-tick", pos(x, (h-0.6)/h*100, edge(x, width(tk.label, 11.5), narrow-gutter-40)), tk.label)
	}
	f.drawEvents(p, t, lanes, h, y1, y2)
	if f.Rule != nil && present(&f.Rule.N) {
		y := y1 + sc.down(f.Rule.N.Value)/100*(y2-y1)
		p.s(`<line class="fg-rule" x1="0" x2="100%"`).pct("y1", y).pct("y2", y).s("/>")
		words(p, "fg-rl fg-halo", pos(0, y, "start")+` dy="-.45em"`, f.Rule.Label)
		f.number(p, f.Rule.N, "fg-rn fg-halo", pos(100, y, "start")+` dx="6" dy=".36em"`)
	}
	for i := range f.Series {
		f.drawRun(p, &f.Series[i], i, t, sc, y1, y2)
	}
	f.lineLabels(p, t, sc, y1, y2, narrow-gutter-46)
	p.s("</svg>")
}

// lineRight is the room right of the plot for the numbers of the last points.
const lineRight = 54.0

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
	if s.Faint {
		class = " fg-faint"
	}
	if s.Highlight {
		class += " fg-hi"
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

// lineLabels writes the numbers at the points (all of a single short run,
// else the last of each) and the names of several runs at their ends. It
// keeps the labels of the ends apart.
func (f *Figure) lineLabels(p *pen, t timeAxis, sc scale, y1, y2, w float64) {
	at := func(v float64) float64 { return y1 + sc.down(v)/100*(y2-y1) }
	type end struct {
		y float64
		s *Series
		m *Mark
	}
	var ends []end
	for i := range f.Series {
		s := &f.Series[i]
		for j := len(s.Marks) - 1; j >= 0; j-- {
			if present(&s.Marks[j].N) {
				ends = append(ends, end{at(s.Marks[j].N.Value), s, &s.Marks[j]})
				break
			}
		}
	}
	if len(f.Series) == 1 {
		f.pointLabels(p, &f.Series[0], t, at, w)
		return
	}
	// names stand above their ends, numbers right of them; both need 30 px,
	// which is about 9 % of the drawing
	sort.SliceStable(ends, func(i, j int) bool { return ends[i].y < ends[j].y })
	const apart, stacked = 10.0, 5.0
	// Runs that end at one point have their names above each other there, and
	// one number.
	together := func(i int) bool {
		return i > 0 && i < len(ends) && ends[i].m.X == ends[i-1].m.X && ends[i].m.N.Value == ends[i-1].m.N.Value
	}
	gap := func(i int) float64 {
		if together(i) {
			return stacked
		}
		return apart
	}
	for i := len(ends) - 1; i > 0; i-- {
		if together(i) {
			ends[i-1].y = ends[i].y - stacked
		}
	}
	for i := 1; i < len(ends); i++ {
		ends[i].y = math.Max(ends[i].y, ends[i-1].y+gap(i))
	}
	if n := len(ends) - 1; n >= 0 && ends[n].y > y2-1 {
		ends[n].y = y2 - 1
		for i := n - 1; i >= 0; i-- {
			ends[i].y = math.Min(ends[i].y, ends[i+1].y-gap(i+1))
		}
	}
	for i, e := range ends {
		x := t.at(e.m.X)
		class := "fg-halo"
		if e.s.Faint {
			class += " fg-faint"
		}
		anchor := "end"
		if width(e.s.Name, 12) > x/100*w {
			anchor = "start"
		}
		words(p, "fg-sl "+class, pos(x, e.y, anchor)+` dy="-.8em"`, e.s.Name)
		if together(i + 1) {
			continue
		}
		f.number(p, e.m.N, class, pos(x, e.y, "start")+` dx="8" dy=".36em"`)
	}
}

// pointLabels writes the number at each point of a single run where all fit
// beside each other on a phone, else at the first, last, highest and lowest
// points.
func (f *Figure) pointLabels(p *pen, s *Series, t timeAxis, at func(float64) float64, w float64) {
	keep := make([]bool, len(s.Marks))
	first, last, lo, hi := -1, -1, -1, -1
	for i := range s.Marks {
		n := &s.Marks[i].N
		if !present(n) {
			continue
		}
		if first < 0 {
			first, lo, hi = i, i, i
		}
		last = i
		if n.Value < s.Marks[lo].N.Value {
			lo = i
		}
		if n.Value > s.Marks[hi].N.Value {
			hi = i
		}
	}
	if last < 0 {
		return
	}
	free := func(i int) bool {
		x, half := t.at(s.Marks[i].X)/100*w, width(s.Marks[i].N.Shown, 13)/2+3
		for j := range keep {
			if keep[j] && math.Abs(x-t.at(s.Marks[j].X)/100*w) < half+width(s.Marks[j].N.Shown, 13)/2 {
				return false
			}
		}
		return true
	}
	for _, i := range []int{last, first, hi, lo} {
		keep[i] = keep[i] || free(i)
	}
	for i := range s.Marks {
		if present(&s.Marks[i].N) && !keep[i] && free(i) {
			keep[i] = true
		}
	}
	for i := range s.Marks {
		m := &s.Marks[i]
		if !keep[i] {
			continue
		}
		x, y := t.at(m.X), at(m.N.Value)
		if present(m.Upper) {
			y = at(m.Upper.Value)
		}
		dy := ` dy="-.75em"`
		below := i > 0 && i < len(s.Marks)-1 && present(&s.Marks[i-1].N) && present(&s.Marks[i+1].N) &&
			s.Marks[i-1].N.Value > m.N.Value && s.Marks[i+1].N.Value > m.N.Value
		if below {
			dy = ` dy="1.5em"`
			if present(m.Lower) {
				y = at(m.Lower.Value)
			} else {
				y = at(m.N.Value)
			}
		}
		f.number(p, m.N, "fg-halo", pos(x, y, edge(x, width(m.N.Shown, 13), w))+dy)
	}
}
