package figure

import (
	"math"
	"sort"
)

// A locator shows where an area lies among its sisters and nothing else, so
// its circles are dots that leave room for names.

// dotted shrinks the circles of a map to dots in their places, with room for
// words above and below them.
func dotted(shapes []shape, h float64) ([]shape, float64) {
	const above = 12
	out := make([]shape, len(shapes))
	for i, s := range shapes {
		if s.path == "" {
			s.R = math.Max(math.Min(s.R*0.35, 16), 4)
			s.Y += above
		}
		out[i] = s
	}
	return out, h + 2*above
}

// nameDots finds places for names beside their dots: first for the area that
// is shown, then for the others by their nearness to it. A name that finds
// none is left out; the dot's title has it.
func nameDots(marks []Mark, shapes []shape, h float64) []mapLabel {
	out := make([]mapLabel, len(marks))
	order := make([]int, len(marks))
	own := 0
	for i := range marks {
		order[i] = i
		if marks[i].Highlight {
			own = i
		}
	}
	distance := func(i int) float64 {
		return math.Hypot(shapes[i].X-shapes[own].X, shapes[i].Y-shapes[own].Y)
	}
	sort.SliceStable(order, func(a, b int) bool { return distance(order[a]) < distance(order[b]) })
	var taken []box
	for _, i := range order {
		if b, ok := nameDot(&marks[i], shapes, i, h, taken, &out[i]); ok {
			taken = append(taken, b)
		}
	}
	return out
}

// nameDot finds a place beside a dot that covers no other; the name of the
// area itself is written even where there is none.
func nameDot(m *Mark, shapes []shape, i int, h float64, taken []box, l *mapLabel) (box, bool) {
	b, ok := aroundDot(m, shapes, i, h, taken, l, false)
	if !ok && m.Highlight {
		return aroundDot(m, shapes, i, h, taken, l, true)
	}
	return b, ok
}

// aroundDot tries the places around a dot, with the name on one line and on
// more.
func aroundDot(m *Mark, shapes []shape, i int, h float64, taken []box, l *mapLabel, cover bool) (box, bool) {
	s := shapes[i]
	size := mapFont
	if m.Highlight {
		size *= bold
	}
	const line = mapFont * 1.12
	for _, most := range []float64{mapWidth, 90, 60} {
		ls := wrap(m.short(), size, most)
		w, half := widest(ls, size), line*float64(len(ls))/2
		d := s.R + 3
		for _, c := range []struct {
			x, y   float64
			anchor string
		}{{d, 0, "start"}, {-d, 0, "end"}, {0, d + half - 1, "middle"}, {0, -d - half + 1, "middle"},
			{d * 0.75, -d*0.5 - half*0.6, "start"}, {d * 0.75, d*0.5 + half*0.6, "start"}, {-d * 0.75, -d*0.5 - half*0.6, "end"}, {-d * 0.75, d*0.5 + half*0.6, "end"}} {
			x := s.X + c.x
			if c.anchor == "middle" {
				x = math.Max(w/2, math.Min(mapWidth-w/2, x))
			}
			b := box{x, s.Y + c.y - half, x + w, s.Y + c.y + half}
			switch c.anchor {
			case "end":
				b.x1, b.x2 = x-w, x
			case "middle":
				b.x1, b.x2 = x-w/2, x+w/2
			}
			free := b.x1 >= 0 && b.x2 <= mapWidth && b.y1 >= 0 && b.y2 <= h
			for j := range shapes {
				free = free && (shapes[j].path != "" || cover && j != i || !b.touches(shapes[j].Circle))
			}
			for _, t := range taken {
				free = free && !grown(b, 1).meets(t)
			}
			if free {
				l.lines, l.beside, l.x, l.y, l.anchor = ls, true, x, s.Y+c.y, c.anchor
				return b, true
			}
		}
	}
	return box{}, false
}

// dotName writes the name of a dot where it found room.
func (f *Figure) dotName(p *pen, m *Mark, l *mapLabel) {
	if !l.beside {
		return
	}
	class := "fg-in fg-halo"
	if m.Highlight {
		class += " fg-strong"
	}
	q := pen{}
	q.at("x", l.x)
	if l.anchor != "start" {
		q.s(` text-anchor="`, l.anchor, `"`)
	}
	at := string(q.b)
	p.s(`<text class="`, class, `"`, at).at("y", l.y).s(">")
	for i, t := range l.lines {
		dy := 1.12
		if i == 0 {
			dy = 0.36 - 1.12*float64(len(l.lines)-1)/2
		}
		p.s("<tspan", at).em("dy", dy).s(">").esc(t)
		if i < len(l.lines)-1 {
			p.s(" ")
		}
		p.s("</tspan>")
	}
	p.s("</text>")
}
