package figure

import (
	"math"
	"sort"
	"strconv"
)

// Sizes of the words of a line figure in px.
const (
	numberSize = 13.0
	nameSize   = 12.0
	lineEmPx   = 15.0 // an em of the drawing, see Kind.em
)

// lineGround is what the words of a line figure keep clear of.
func (f *Figure) lineGround(l linePlot, at func(float64) float64) *ground {
	bottom := (l.top + lineHeight) * lineEmPx
	g := &ground{}
	for _, w := range []float64{l.w, 2.2 * l.w} {
		g.planes = append(g.planes, plane{w: w, left: float64(l.gutter), right: float64(l.right), top: l.top*lineEmPx - 14, bottom: bottom - 1})
	}
	for _, v := range l.sc.ticks { // the numbers of the axis
		g.words = append(g.words, wording{y: at(v), dx: -float64(l.gutter), dy: 4, anchor: "start", w: width(f.tick(v), 11.5), up: 9, down: 3})
	}
	for i := range f.Series {
		s := &f.Series[i]
		for j := range s.Marks {
			m := &s.Marks[j]
			x := l.t.at(m.X)
			if present(m.Lower) && present(m.Upper) {
				g.strokes = append(g.strokes, stroke{x, at(m.Lower.Value), x, at(m.Upper.Value)})
			}
			if !present(&m.N) {
				if m.Lower == nil && !s.Faint {
					g.words = append(g.words, wording{x: x, y: bottom, dy: -8, anchor: "middle", w: width(m.N.text(), numberSize), up: 10, down: 3})
				}
				continue
			}
			g.dots = append(g.dots, [2]float64{x, at(m.N.Value)})
			if j > 0 && present(&s.Marks[j-1].N) && !f.cutIn(s, s.Marks[j-1].X, m.X) {
				a := &s.Marks[j-1]
				g.strokes = append(g.strokes, stroke{l.t.at(a.X), at(a.N.Value), x, at(m.N.Value)})
			}
		}
	}
	for i, e := range f.Events {
		if len(l.lanes.texts[i]) > 0 && e.Cut && e.X >= l.t.lo {
			g.strokes = append(g.strokes, stroke{l.t.at(e.X), l.top * lineEmPx, l.t.at(e.X), bottom})
		}
	}
	if f.Rule != nil && present(&f.Rule.N) {
		y := at(f.Rule.N.Value)
		g.strokes = append(g.strokes, stroke{0, y, 100, y})
		g.words = append(g.words, wording{y: y, dy: -6, anchor: "start", w: width(f.Rule.Label, 13.5), up: 10, down: 3},
			wording{x: 100, y: y, dx: 6, dy: 4.5, anchor: "start", w: width(f.Rule.N.text(), 14), up: 10, down: 3})
	}
	return g
}

// lineLabels writes the numbers at the points (of one run where they find
// room, else the last of each) and the names of several runs beside them.
// Every text takes the place where it meets the least.
func (f *Figure) lineLabels(p *pen, l linePlot) {
	top, height := l.top*lineEmPx, l.h*lineEmPx
	at := func(v float64) float64 { return top + l.sc.down(v)/100*lineHeight*lineEmPx }
	g := f.lineGround(l, at)
	if len(f.Series) == 1 {
		f.pointLabels(p, l, g, at)
		return
	}
	ends := make([]int, 0, len(f.Series))
	for i := range f.Series {
		if f.Series[i].last() != nil {
			ends = append(ends, i)
		}
	}
	// from the top down, so that numbers that crowd are pushed apart in order
	sort.SliceStable(ends, func(a, b int) bool {
		return f.Series[ends[a]].last().N.Value > f.Series[ends[b]].last().N.Value
	})
	drawn := map[[2]float64]bool{}
	for _, i := range ends {
		s := &f.Series[i]
		m := s.last()
		if key := [2]float64{m.X, m.N.Value}; drawn[key] { // runs that end at one point have one number
			continue
		} else {
			drawn[key] = true
		}
		if w, ok := g.put(numberPlaces(m, l.t.at(m.X), at), math.Inf(1)); ok {
			f.number(p, m.N, runClass(s, i), w.at(height))
		}
	}
	for _, i := range ends {
		s := &f.Series[i]
		name := wrap(s.Name, nameSize*bold, math.Max(l.w, 150))
		w, ok := g.put(namePlaces(s, name, l, at), math.Inf(1))
		if !ok {
			continue
		}
		place := w.at(height)
		p.s(`<text class="fg-sl `, runClass(s, i), `"`, place, ">")
		for k, line := range name {
			if k == 0 {
				p.esc(line)
				continue
			}
			p.s(` <tspan`).pct("x", w.x).at("dx", w.dx).s(` dy="1.15em">`).esc(line).s("</tspan>")
		}
		p.s("</text>")
	}
}

// runClass gives words the colour of their run.
func runClass(s *Series, i int) string {
	switch {
	case s.Faint:
		return "fg-halo fg-faint"
	case s.Highlight:
		return "fg-halo fg-w-hi"
	}
	return "fg-halo fg-w" + strconv.Itoa(i%4)
}

// numberPlaces are where the number of a point may stand: right of it, above,
// below, left, and on the slants between; above and below an interval's ends.
func numberPlaces(m *Mark, x float64, at func(float64) float64) []wording {
	y := at(m.N.Value)
	up, down := y, y
	if present(m.Lower) && present(m.Upper) {
		up, down = math.Min(y, at(m.Upper.Value)), math.Max(y, at(m.Lower.Value))
	}
	w := width(m.N.text(), numberSize)
	place := func(y, dx, dy float64, anchor string, bias float64) wording {
		return wording{x: x, y: y, dx: dx, dy: dy, anchor: anchor, w: w, up: 10, down: 3, bias: bias}
	}
	return []wording{
		place(y, 8, 4.7, "start", 0), place(up, 0, -9, "middle", 1), place(down, 0, 18, "middle", 1),
		place(up, 4, -7, "start", 2), place(down, 4, 16, "start", 2), place(up, -4, -7, "end", 2), place(down, -4, 16, "end", 2),
		place(y, 8, -1, "start", 3), place(y, 8, 11, "start", 3), place(y, -8, 4.7, "end", 3),
		place(y, 8, -8, "start", 5), place(y, 8, 18, "start", 5), place(y, 8, -16, "start", 8), place(y, 8, 26, "start", 8),
	}
}

// namePlaces are where the name of a run may stand: above or below one of its
// points, best near its end.
func namePlaces(s *Series, name []string, l linePlot, at func(float64) float64) []wording {
	w := widest(name, nameSize*bold)
	extra := float64(len(name)-1) * nameSize * 1.15
	var known []*Mark
	for j := range s.Marks {
		if present(&s.Marks[j].N) {
			known = append(known, &s.Marks[j])
		}
	}
	n := len(known) - 1
	points := [...]int{n, n - 1, n * 3 / 4, n / 2, n / 4, 0}
	const sides, lifts = 3, 7
	out := make([]wording, 0, len(points)*sides*lifts*2)
	for _, k := range points {
		if k < 0 {
			continue
		}
		m := known[k]
		x, y := l.t.at(m.X), at(m.N.Value)
		up, down := y, y
		if present(m.Upper) && present(m.Lower) {
			up, down = math.Min(y, at(m.Upper.Value)), math.Max(y, at(m.Lower.Value))
		}
		bias := 0.0
		if n > 0 {
			bias = 4 * float64(n-k) / float64(n)
		}
		for i, anchor := range [sides]string{"end", "middle", "start"} {
			// where the point is too near an edge the words are moved inside
			px := x / 100 * l.w
			dx := 0.0
			switch anchor {
			case "end":
				dx = math.Max(0, w-px-float64(l.gutter))
			case "start":
				dx = -math.Max(0, px+w-l.w-float64(l.right))
			default:
				dx = math.Max(0, w/2-px-float64(l.gutter)) - math.Max(0, px+w/2-l.w-float64(l.right))
			}
			for lift := range lifts {
				d := float64(lift) * 11
				b := bias + float64(i) + 6*float64(lift)
				out = append(out, wording{x: x, y: up, dx: dx, dy: -9 - extra - d, anchor: anchor, w: w, up: 10, down: 3 + extra, bias: b},
					wording{x: x, y: down, dx: dx, dy: 18 + d, anchor: anchor, w: w, up: 10, down: 3 + extra, bias: b + 0.5})
			}
		}
	}
	return out
}

// pointLabels writes the numbers of a single run: at its first and last point
// always, at its highest and lowest where they can be read, at the others of
// a short run where nothing is in the way.
func (f *Figure) pointLabels(p *pen, l linePlot, g *ground, at func(float64) float64) {
	s := &f.Series[0]
	first, last, lo, hi, known := -1, -1, -1, -1, 0
	for i := range s.Marks {
		n := &s.Marks[i].N
		if !present(n) {
			continue
		}
		known++
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
	done := make([]bool, len(s.Marks))
	write := func(i int, most float64) {
		m := &s.Marks[i]
		if done[i] || !present(&m.N) {
			return
		}
		places := numberPlaces(m, l.t.at(m.X), at)
		if i != last { // beside a point the line goes on
			places = places[1:7]
		}
		if i == lo && i != hi { // below a low, above a high
			places[0].bias, places[1].bias = places[0].bias+1, places[1].bias-1
		}
		if w, ok := g.put(places, most); ok {
			done[i] = true
			f.number(p, m.N, "fg-halo", w.at(l.h*lineEmPx))
		}
	}
	const readable, clear = 70, 12
	write(last, math.Inf(1))
	write(first, 900)
	write(hi, readable)
	write(lo, readable)
	if known > 12 {
		return
	}
	for i := range s.Marks {
		write(i, clear)
	}
}
