package figure

import (
	"math"
	"sort"
	"strconv"
)

// timeAxis maps years to per cent of the plot's width.
type timeAxis struct {
	lo, hi float64
	ticks  []timeTick
	marks  []float64 // where a stroke stands on the axis: at the points' own labels, or once a year
}

type timeTick struct {
	x     float64
	label string
}

func (t timeAxis) at(x float64) float64 {
	if t.hi == t.lo {
		return 50
	}
	return 100 * (x - t.lo) / (t.hi - t.lo)
}

// timeAxis covers all points of a plot that is room px wide on a phone. Labels
// are those of the points themselves where they are few and short, else
// calendar years.
func (f *Figure) timeAxis(room float64) timeAxis {
	t := timeAxis{lo: math.Inf(1), hi: math.Inf(-1)}
	labels := map[float64]string{}
	var xs []float64
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			m := &f.Series[i].Marks[j]
			t.lo, t.hi = math.Min(t.lo, m.X), math.Max(t.hi, m.X)
			if _, ok := labels[m.X]; !ok {
				xs = append(xs, m.X)
			}
			labels[m.X] = m.XLabel
		}
	}
	if t.lo > t.hi {
		return timeAxis{lo: 0, hi: 1}
	}
	if t.lo == t.hi {
		t.lo, t.hi = t.lo-0.5, t.hi+0.5
	}
	total, widestLabel := 0.0, 0.0
	for _, x := range xs {
		total += width(labels[x], 11.5) + 10
		widestLabel = math.Max(widestLabel, width(labels[x], 11.5))
	}
	gap := math.Inf(1)
	for i := range xs {
		for j := range xs[:i] {
			gap = math.Min(gap, math.Abs(xs[i]-xs[j]))
		}
	}
	if total <= room && (len(xs) == 1 || gap/(t.hi-t.lo)*room >= widestLabel+8) {
		for _, x := range xs {
			t.ticks = append(t.ticks, timeTick{x, labels[x]})
			t.marks = append(t.marks, x)
		}
		return t
	}
	t.years(xs, room)
	if len(t.ticks) == 0 {
		for _, x := range []float64{t.lo, t.hi} {
			if labels[x] != "" {
				t.ticks = append(t.ticks, timeTick{x, labels[x]})
			}
		}
	}
	return t
}

// years names calendar years. Where all points lie on one day of the year, a
// name stands below its point; else below the middle of the year, between the
// strokes at which it begins and ends. Where not all years have a name, the
// last has, so that the end of a line can be read.
func (t *timeAxis) years(xs []float64, room float64) {
	const near = 0.02
	first, last := math.Floor(t.lo), math.Floor(t.hi)
	day, yearly := t.lo-first, true
	for _, x := range xs {
		yearly = yearly && math.Abs(x-math.Floor(x)-day) < near
	}
	name, stroke := day, day
	if !yearly {
		name, stroke = 0.5, 0
		last = math.Floor(t.hi - 0.5 + near)
		first = math.Ceil(t.lo - 0.5 - near)
	}
	if last < first {
		return
	}
	one := room / (t.hi - t.lo) // px of a year
	label := width("2020", 11.5)
	step := 1.0
	for _, s := range []float64{1, 2, 5, 10, 20, 50, 100} {
		step = s
		if s*one >= label+6 {
			break
		}
	}
	put := func(y float64) {
		t.ticks = append(t.ticks, timeTick{math.Max(t.lo, math.Min(t.hi, y+name)), strconv.Itoa(int(y))})
	}
	from := math.Ceil(first/step) * step
	if step == 2 { // odd or even, as the last year is
		from = last - 2*math.Floor((last-first)/2)
	}
	for y := from; y <= last; y += step {
		if y == last || (last-y)*one >= label+6 {
			put(y)
		}
	}
	if n := len(t.ticks); n == 0 || t.ticks[n-1].label != strconv.Itoa(int(last)) {
		put(last)
	}
	if one < 5 { // strokes of single years would run into a bar
		return
	}
	for y := math.Floor(t.lo); y <= t.hi+near; y++ {
		if x := y + stroke; x >= t.lo-near && x <= t.hi+near {
			t.marks = append(t.marks, math.Max(t.lo, math.Min(t.hi, x)))
		}
	}
}

// eventLanes says in which line above the plot each event's words stand.
type eventLanes struct {
	count  int
	texts  [][]string // lines of each event; empty = not drawn
	lane   []int      // first line of each event
	anchor []string
}

// eventLanes gives every event inside the axis its place above the plot: its
// words run from its stem to the side that has more room, no further than a
// stem from above where that leaves room to read, and stand in the topmost line
// that is free. The outermost go first, so that their stems pass beside the
// words of the others. w is the plot on a phone, left and right the room beside it.
func (f *Figure) eventLanes(t timeAxis, w, left, right float64) eventLanes {
	n := len(f.Events)
	l := eventLanes{texts: make([][]string, n), lane: make([]int, n), anchor: make([]string, n)}
	var order []int
	x := make([]float64, n)
	for i, e := range f.Events {
		if t.holds(e) {
			order = append(order, i)
			x[i] = math.Max(t.at(e.X), 0) / 100 * w
		}
	}
	sort.SliceStable(order, func(a, b int) bool {
		return math.Min(x[order[a]], w-x[order[a]]) < math.Min(x[order[b]], w-x[order[b]])
	})
	type span struct {
		stem, a, b float64
		from, to   int
	}
	var taken []span
	for _, i := range order {
		roomLeft, roomRight := x[i]+left, w-x[i]+right
		allLeft, allRight := roomLeft, roomRight
		for _, o := range taken {
			switch d := o.stem - x[i]; {
			case d > 0:
				roomRight = math.Min(roomRight, d)
			case d < 0:
				roomLeft = math.Min(roomLeft, -d)
			}
		}
		const readable = 110
		if math.Max(roomLeft, roomRight) < readable {
			roomLeft, roomRight = allLeft, allRight
		}
		l.anchor[i] = "start"
		if roomLeft > roomRight {
			l.anchor[i] = "end"
		}
		text := f.Events[i].Date
		if f.Events[i].Label != "" && text != "" {
			text += ": "
		}
		l.texts[i] = wrap(text+f.Events[i].Label, 11.5, math.Max(roomLeft, roomRight)-8)
		s := span{stem: x[i], a: x[i], b: x[i] + widest(l.texts[i], 11.5) + 10, to: len(l.texts[i])}
		if l.anchor[i] == "end" {
			s.a, s.b = x[i]-(s.b-x[i]), x[i]
		}
		for moved := true; moved; {
			moved = false
			for _, o := range taken {
				words := s.a < o.b && o.a < s.b && s.from < o.to && o.from < s.to
				stem := s.stem > o.a && s.stem < o.b && s.to <= o.from
				if words || stem {
					s.from, s.to, moved = o.to, o.to+len(l.texts[i]), true
				}
			}
		}
		taken = append(taken, s)
		l.lane[i] = s.from
		l.count = max(l.count, s.to)
	}
	return l
}

func (t timeAxis) holds(e Event) bool {
	if e.Until > e.X {
		return e.Until >= t.lo && e.X <= t.hi
	}
	return e.X >= t.lo && e.X <= t.hi
}

// bands draws periods of a rule.
func (f *Figure) bands(p *pen, t timeAxis, y1, y2 float64) {
	for _, e := range f.Events {
		if e.Until <= e.X || !t.holds(e) {
			continue
		}
		a, b := math.Max(t.at(e.X), 0), math.Min(t.at(e.Until), 100)
		p.s(`<rect class="fg-band"`).pct("x", a).pct("width", b-a).pct("y", y1).pct("height", y2-y1).s("/>")
	}
}

// strokes are the two short strokes across the axis where a line is cut.
func strokes(p *pen, x, y2 float64) {
	for _, dx := range []string{"-3", "3"} {
		p.s(`<g transform="translate(`, dx, ` 0)"><line class="fg-stroke"`).pct("x1", x).pct("x2", x).pct("y1", y2-2.2).pct("y2", y2+2.2).s("/></g>")
	}
}

// drawEvents draws the words of the events, a stem from the words to the
// plot, and for a cut two short strokes across the axis.
func (f *Figure) drawEvents(p *pen, l linePlot, y1, y2 float64) {
	t, h := l.t, l.h
	for i, e := range f.Events {
		ls := l.lanes.texts[i]
		if len(ls) == 0 {
			continue
		}
		x := math.Max(t.at(e.X), 0)
		yEnd := (laneEm*float64(l.lanes.lane[i]+len(ls)) + 0.1) / h * 100
		class, bottom := "fg-ev", y1
		switch {
		case e.Cut && e.X >= t.lo:
			class, bottom = "fg-ev fg-cut", y2
		case e.Until <= e.X:
			bottom = y2
		}
		p.s(`<line class="`, class, `"`).pct("x1", x).pct("x2", x).pct("y1", yEnd).pct("y2", bottom).s("/>")
		if e.Cut {
			if e.X >= t.lo { // a rule that began before the axis cuts nothing at its edge
				strokes(p, x, y2)
			}
			if e.Until > e.X && e.Until < t.hi { // the end of a rule cuts as its beginning does
				strokes(p, t.at(e.Until), y2)
			}
		}
	}
	for i := range f.Events {
		ls := l.lanes.texts[i]
		if len(ls) == 0 {
			continue
		}
		q := (&pen{}).pct("x", math.Max(t.at(f.Events[i].X), 0))
		at := string(q.b)
		p.s(`<text class="fg-evt"`, at)
		if l.lanes.anchor[i] == "end" {
			p.s(` text-anchor="end"`)
		}
		p.pct("y", (laneEm*float64(l.lanes.lane[i])+0.95)/h*100).s(">")
		for k, line := range ls {
			p.s("<tspan", at)
			if k > 0 {
				p.s(` dy="1.25em"`)
			}
			p.s(">").esc(line)
			if k < len(ls)-1 {
				p.s(" ")
			}
			p.s("</tspan>")
		}
		p.s("</text>")
	}
}
