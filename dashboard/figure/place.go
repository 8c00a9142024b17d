package figure

import "math"

// wording is words that stand at a point: x is per cent of the plot's width,
// y px down the drawing; dx and dy lead from the point to the anchor on the
// baseline.
type wording struct {
	x, y, dx, dy float64
	anchor       string
	w            float64 // px
	up, down     float64 // px above and below the baseline
	bias         float64 // how much less this place is liked than the first
}

// box is where the words stand in a plot of w px.
func (l wording) box(w float64) box {
	x := l.x/100*w + l.dx
	switch l.anchor {
	case "end":
		x -= l.w
	case "middle":
		x -= l.w / 2
	}
	return box{x, l.y + l.dy - l.up, x + l.w, l.y + l.dy + l.down}
}

// plane is a plot at one width, and how far words may reach beyond it.
type plane struct{ w, left, right, top, bottom float64 }

// stroke is a drawn line; x in per cent of the plot's width, y in px.
type stroke struct{ x1, y1, x2, y2 float64 }

// ground is what words of a plot have to keep clear of. They are tried on the
// narrowest and on a wide plot, since one drawing serves both.
type ground struct {
	planes  []plane
	strokes []stroke
	dots    [][2]float64
	words   []wording
}

// cost says how badly words stand: 0 is free; a line crossed is bad, a dot
// hidden worse, words on words or outside the drawing must not be.
func (g *ground) cost(l wording, limit float64) float64 {
	sum := l.bias
	for _, pl := range g.planes {
		b := l.box(pl.w)
		out := math.Max(0, -pl.left-b.x1) + math.Max(0, b.x2-pl.w-pl.right) + math.Max(0, pl.top-b.y1) + math.Max(0, b.y2-pl.bottom)
		if out > 0 {
			sum += 2000 + 10*out
		}
		for _, o := range g.words {
			if b.meets(grown(o.box(pl.w), 2)) {
				sum += 1000
			}
		}
		for _, d := range g.dots {
			if grown(b, 4.5).holds(d[0]/100*pl.w, d[1]) {
				sum += 60
			}
		}
		if sum >= limit {
			return sum
		}
		for _, s := range g.strokes {
			if s.y1 <= b.y1 && s.y2 <= b.y1 || s.y1 >= b.y2 && s.y2 >= b.y2 { // above or below it
				continue
			}
			if n := b.crossed(s.x1/100*pl.w, s.y1, s.x2/100*pl.w, s.y2); n > 0 {
				sum += 15 + n
			}
		}
	}
	return sum
}

// put takes the best of several places; ok is false where even that one costs
// more than most, and then nothing is taken.
func (g *ground) put(places []wording, most float64) (wording, bool) {
	best, at := math.Inf(1), -1
	for i, l := range places {
		if c := g.cost(l, best); c < best {
			best, at = c, i
		}
		if best == 0 {
			break
		}
	}
	if at < 0 || best > most {
		return wording{}, false
	}
	g.words = append(g.words, places[at])
	return places[at], true
}

func grown(b box, by float64) box { return box{b.x1 - by, b.y1 - by, b.x2 + by, b.y2 + by} }

func (b box) holds(x, y float64) bool { return x > b.x1 && x < b.x2 && y > b.y1 && y < b.y2 }

// crossed is how long a line runs inside the box.
func (b box) crossed(x1, y1, x2, y2 float64) float64 {
	from, to := 0.0, 1.0
	cut := func(start, step, lo, hi float64) {
		if step == 0 {
			if start <= lo || start >= hi {
				to = -1
			}
			return
		}
		a, z := (lo-start)/step, (hi-start)/step
		from, to = math.Max(from, math.Min(a, z)), math.Min(to, math.Max(a, z))
	}
	cut(x1, x2-x1, b.x1, b.x2)
	cut(y1, y2-y1, b.y1, b.y2)
	if to <= from {
		return 0
	}
	return (to - from) * math.Hypot(x2-x1, y2-y1)
}

// at is the place as attributes of a text element, h the drawing's height in
// px.
func (l wording) at(h float64) string {
	q := (&pen{b: make([]byte, 0, 80)}).pct("x", l.x).pct("y", l.y/h*100)
	if l.anchor != "start" {
		q.s(` text-anchor="`, l.anchor, `"`)
	}
	if l.dx != 0 {
		q.at("dx", l.dx)
	}
	return string(q.at("dy", l.dy).b)
}
