package figure

import (
	"math"
	"strconv"
)

// timeAxis maps years to per cent of the plot's width.
type timeAxis struct {
	lo, hi float64
	ticks  []timeTick
	marks  []float64 // where a stroke stands on the axis: at the points' own labels, or where each year begins; none where only every second year or fewer have a name
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

// timeAxis covers all points. Labels are those of the points themselves
// where they are few and short, else calendar years, each below its middle.
func (f *Figure) timeAxis() timeAxis {
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
	total := 0.0
	for _, x := range xs {
		total += width(labels[x], 11.5) + 10
	}
	gap := math.Inf(1)
	for i := range xs {
		for j := range xs[:i] {
			gap = math.Min(gap, math.Abs(xs[i]-xs[j]))
		}
	}
	room := narrow - 90
	widestLabel := 0.0
	for _, x := range xs {
		widestLabel = math.Max(widestLabel, width(labels[x], 11.5))
	}
	if total <= room && (len(xs) == 1 || gap/(t.hi-t.lo)*room >= widestLabel+8) {
		for _, x := range xs {
			t.ticks = append(t.ticks, timeTick{x, labels[x]})
			t.marks = append(t.marks, x)
		}
		return t
	}
	years := math.Floor(t.hi) - math.Ceil(t.lo) + 1
	step := 1.0
	for _, s := range []float64{1, 2, 5, 10, 20, 50} {
		step = s
		if math.Ceil(years/s)*(width("2020", 11.5)+12) <= room {
			break
		}
	}
	// The name of a year stands below its middle, so that the last day of a
	// year lies left of the next one's name.
	for y := math.Floor(t.lo/step) * step; y <= t.hi; y += step {
		if middle := y + 0.5; middle >= t.lo && middle <= t.hi {
			t.ticks = append(t.ticks, timeTick{middle, strconv.Itoa(int(y))})
		}
	}
	for y := math.Ceil(t.lo); y <= t.hi && step == 1; y++ {
		t.marks = append(t.marks, y)
	}
	if len(t.ticks) == 0 {
		for _, x := range []float64{t.lo, t.hi} {
			if labels[x] != "" {
				t.ticks = append(t.ticks, timeTick{x, labels[x]})
			}
		}
	}
	return t
}

// eventRoom is the narrowest plot of the line figure in px; what stands right
// of it belongs to the numbers.
const eventRoom = narrow - 90

// eventLanes says in which line above the plot each event's words stand.
type eventLanes struct {
	count int
	texts [][]string // lines of each event; empty = not drawn
	lane  []int      // first line of each event
}

// eventLanes gives every event inside the axis its own lines above the
// plot, so that words never meet.
func (f *Figure) eventLanes(t timeAxis) eventLanes {
	l := eventLanes{texts: make([][]string, len(f.Events)), lane: make([]int, len(f.Events))}
	for i, e := range f.Events {
		if !t.holds(e) {
			continue
		}
		words := e.Date
		if e.Label != "" && e.Date != "" {
			words += ": "
		}
		l.texts[i] = wrap(words+e.Label, 11.5, eventRoom-4)
		l.lane[i] = l.count
		l.count += len(l.texts[i])
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
func (f *Figure) drawEvents(p *pen, t timeAxis, l eventLanes, h, y1, y2 float64) {
	for i, e := range f.Events {
		ls := l.texts[i]
		if len(ls) == 0 {
			continue
		}
		x := math.Max(t.at(e.X), 0)
		yText := (laneEm*float64(l.lane[i]) + 0.95) / h * 100
		yEnd := (laneEm * float64(l.lane[i]+len(ls))) / h * 100
		class := "fg-ev"
		if e.Cut {
			class = "fg-ev fg-cut"
		}
		bottom := y2
		if e.Until > e.X && !e.Cut {
			bottom = y1
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
		// above its stem, moved to the left as far as a phone needs
		q := (&pen{}).pct("x", x)
		if over := x/100*eventRoom + widest(ls, 11.5) - eventRoom; over > 0 {
			q.at("dx", -over)
		}
		at := string(q.b)
		p.s(`<text class="fg-evt"`, at).pct("y", yText).s(">")
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
