package figure

import (
	"math"
	"strconv"
	"strings"
)

func (m *Mark) short() string {
	if m.Short != "" {
		return m.Short
	}
	return m.Label
}

// shortened gives marks without a short label one: the label less the word
// that more than half of all labels have in common ("district"), which tells
// nothing on a map and costs the room of the name. Those that are something
// else keep their own word.
func shortened(marks []Mark) []Mark {
	if len(marks) < 5 {
		return marks
	}
	seen := map[string]int{}
	for i := range marks {
		for _, w := range strings.Fields(marks[i].Label) {
			seen[w]++
		}
	}
	common := ""
	for w, n := range seen {
		if 2*n > len(marks) && (common == "" || n > seen[common] || n == seen[common] && w < common) {
			common = w
		}
	}
	if common == "" {
		return marks
	}
	out := append([]Mark(nil), marks...)
	for i := range out {
		if out[i].Short != "" {
			continue
		}
		var rest []string
		for _, w := range strings.Fields(out[i].Label) {
			if w != common {
				rest = append(rest, w)
			}
		}
		out[i].Short = strings.Join(rest, " ")
	}
	return out
}

// labelLines is the name of an area broken to fit into its circle together
// with its number, or nil where it does not fit.
func labelLines(m *Mark, r float64) []string {
	for max := 2*r - 4; max > r*0.9; max -= r * 0.1 {
		ls := wrap(m.short(), mapFont, max)
		if fitsCircle(append(ls, m.N.text()), r) {
			return ls
		}
	}
	return nil
}

// fitsCircle tests each line against the chord at its height.
func fitsCircle(ls []string, r float64) bool {
	const lh = mapFont * 1.12
	for i, l := range ls {
		y := math.Abs(float64(i)-float64(len(ls)-1)/2)*lh + lh*0.42
		if y >= r || width(l, mapFont)/2 > math.Sqrt(r*r-y*y) {
			return false
		}
	}
	return true
}

// mapLabel is where the name and the number of an area stand: inside it,
// beside it, or in the list beneath under a key. Without any of these the
// table names the area.
type mapLabel struct {
	lines  []string
	beside bool
	x, y   float64 // beside: middle of the two lines
	anchor string
	key    string // abbreviation; empty = the name stands here
}

type box struct{ x1, y1, x2, y2 float64 }

func (b box) meets(c box) bool { return b.x1 < c.x2 && c.x1 < b.x2 && b.y1 < c.y2 && c.y1 < b.y2 }

// touches reports whether a circle reaches into the box.
func (b box) touches(c Circle) bool {
	dx := c.X - math.Max(b.x1, math.Min(c.X, b.x2))
	dy := c.Y - math.Max(b.y1, math.Min(c.Y, b.y2))
	return dx*dx+dy*dy < c.R*c.R
}

// placeLabels finds a place for every name: inside; else beside where it
// meets no circle and no other name; else a key. With very many areas only
// those inside are kept.
func placeLabels(marks []Mark, shapes []shape, h float64) []mapLabel {
	out := make([]mapLabel, len(marks))
	for i := range marks {
		out[i].lines = labelLines(&marks[i], shapes[i].R)
	}
	if len(marks) > mapKeys {
		return out
	}
	var taken []box
	keys := keysOf(marks)
	for i := range marks {
		if out[i].lines != nil {
			continue
		}
		if b, ok := beside(&marks[i], shapes, i, h, taken, &out[i]); ok {
			taken = append(taken, b)
			continue
		}
		out[i].key = keys[i]
	}
	return out
}

func beside(m *Mark, shapes []shape, i int, h float64, taken []box, l *mapLabel) (box, bool) {
	s := shapes[i]
	if s.path != "" {
		return box{}, false
	}
	w, half := math.Max(width(m.short(), mapFont), width(m.N.text(), mapFont)), mapFont*1.15
	d := s.R + 3
	for _, c := range []struct {
		x, y   float64
		anchor string
	}{{s.X + d, s.Y, "start"}, {s.X - d, s.Y, "end"}, {s.X, s.Y + d + half - 1, "middle"}, {s.X, s.Y - d - half + 1, "middle"}} {
		b := box{c.x, c.y - half, c.x + w, c.y + half}
		switch c.anchor {
		case "end":
			b.x1, b.x2 = c.x-w, c.x
		case "middle":
			b.x1, b.x2 = c.x-w/2, c.x+w/2
		}
		free := b.x1 >= 0 && b.x2 <= mapWidth && b.y1 >= 0 && b.y2 <= h
		for j := range shapes {
			free = free && !b.touches(shapes[j].Circle)
		}
		for _, t := range taken {
			free = free && !b.meets(t)
		}
		if free {
			l.beside, l.x, l.y, l.anchor = true, c.x, c.y, c.anchor
			return b, true
		}
	}
	return box{}, false
}

// keyRows says how the keys are set: in two columns where names are short;
// keyWidth is the room for an abbreviation before its name.
func keyRows(marks []Mark, labels []mapLabel) (rows, columns int, keyWidth float64) {
	n, w := 0, 0.0
	for i := range marks {
		if labels[i].key != "" {
			n++
			keyWidth = math.Max(keyWidth, width(labels[i].key, 11*bold)+8)
			w = math.Max(w, width(marks[i].short(), 11)+width(marks[i].N.text(), 11)+14)
		}
	}
	w += keyWidth
	columns = 1
	if w <= mapWidth/2-6 {
		columns = 2
	}
	return (n + columns - 1) / columns, columns, keyWidth
}

// shapeLabel writes name and number inside the area, or its key.
func (f *Figure) shapeLabel(p *pen, m *Mark, s shape, cl classes, l *mapLabel) {
	class := "fg-in"
	if present(&m.N) {
		class += " fg-on" + strconv.Itoa(cl.colour(m.N.Value))
	} else {
		class += " fg-halo"
	}
	if f.locator() {
		f.dotName(p, m, l)
		return
	}
	if l.beside {
		q := pen{}
		q.at("x", l.x)
		if l.anchor != "start" {
			q.s(` text-anchor="`, l.anchor, `"`)
		}
		at := string(q.b)
		q = pen{}
		words(p, "fg-in", string(q.s(at).at("y", l.y).s(` dy="-.2em"`).b), m.short())
		q = pen{}
		f.number(p, m.N, "fg-in", string(q.s(at).at("y", l.y).s(` dy=".92em"`).b))
		return
	}
	ls, number := l.lines, true
	if l.key != "" {
		ls = []string{l.key}
		number = fitsCircle([]string{l.key, m.N.text()}, s.R) // else the list beneath has it
		if !fitsCircle(ls, s.R) {
			class = "fg-in fg-halo"
		}
	}
	if ls == nil {
		return
	}
	n := float64(len(ls))
	if number {
		n++
	}
	q := pen{}
	at := string(q.at("x", s.X).at("y", s.Y).s(` text-anchor="middle"`).b)
	x := string((&pen{}).at("x", s.X).b)
	p.s(`<text class="`, class, `"`, at, ">")
	for i, l := range ls {
		dy := 1.12
		if i == 0 {
			dy = 0.36 - 1.12*(n-1)/2
		}
		p.s("<tspan", x).em("dy", dy).s(">").esc(l)
		if i < len(ls)-1 {
			p.s(" ")
		}
		p.s("</tspan>")
	}
	p.s("</text>")
	if number {
		q = pen{}
		f.number(p, m.N, class, string(q.s(at).em("dy", 0.36+1.12*(n-1)/2).b))
	}
}

// drawKeys lists the areas that bear a key, with their numbers.
func (f *Figure) drawKeys(p *pen, marks []Mark, labels []mapLabel, top float64, rows, columns int, keyWidth float64) {
	if rows == 0 {
		return
	}
	colW := mapWidth / float64(columns)
	if columns == 1 {
		colW = 260
	}
	i := 0
	p.s(`<g class="fg-keys">`)
	for k := range marks {
		if labels[k].key == "" {
			continue
		}
		x := float64(i/rows) * colW
		y := top + float64(i%rows)*15 + 10
		i++
		at := func(x float64, end bool) string {
			q := pen{}
			q.at("x", x).at("y", y)
			if end {
				q.s(` text-anchor="end"`)
			}
			return string(q.b)
		}
		words(p, "fg-key", at(x, false), labels[k].key)
		words(p, "fg-kl", at(x+keyWidth, false), marks[k].short())
		f.number(p, marks[k].N, "", at(x+colW-8, true))
	}
	p.s("</g>")
}
