package figure

import (
	"math"
	"sort"
	"strconv"
	"sync"
)

// Sizes of the map in user units; the drawing is 328 wide at any size on the
// screen, a px each on a phone, and the style sheet makes letters smaller in
// these units where it is shown larger.
const (
	mapWidth  = 328.0
	mapHeight = 320.0
	mapFont   = 11.0
	mapKeys   = 40 // up to so many areas those without room get a key
)

// shape is one area as it is drawn: a circle, or a path with the largest
// circle a label may fill.
type shape struct {
	Circle
	path string
}

// mapPlan is what the faces of a map share: its areas, where they lie, their
// classes and names.
type mapPlan struct {
	marks  []Mark
	shapes []shape
	h      float64 // of the map, without its legend
	cl     classes
	labels []mapLabel
}

func (f *Figure) mapPlan() *mapPlan {
	m := &mapPlan{marks: shortened(f.marks())}
	m.shapes, m.h = mapShapes(m.marks)
	m.cl = classesOf(numbers(m.marks))
	if f.locator() {
		m.shapes, m.h = dotted(m.shapes, m.h)
		m.labels = nameDots(m.marks, m.shapes, m.h)
	} else {
		m.labels = placeLabels(m.marks, m.shapes, m.h)
	}
	return m
}

// drawMap draws the cartogram or the polygons, keys to the names that found
// no room inside, and the histogram that is the legend of the colours.
func (f *Figure) drawMap(p *pen, extra string, m *mapPlan) {
	marks, shapes, h, cl, labels := m.marks, m.shapes, m.h, m.cl, m.labels
	rows, columns, keyWidth := keyRows(marks, labels)
	keyTop := h + 12
	legendTop := keyTop + float64(rows)*15
	if rows > 0 {
		legendTop += 10
	}
	total := legendTop + f.histogramHeight(marks)
	f.openBox(p, "", extra, mapWidth, total)
	if f.Example != "" {
		p.s(`<rect`).at("width", mapWidth).at("height", h).s(` fill="url(#`, safeID(f.ID), `-w)"/>`)
	}
	p.s(`<g class="fg-cover">`)
	for i := range marks {
		f.drawShape(p, &marks[i], shapes[i], cl)
	}
	p.s("</g><g>")
	for i := range marks {
		f.shapeLabel(p, &marks[i], shapes[i], cl, &labels[i])
	}
	p.s("</g>")
	f.drawKeys(p, marks, labels, keyTop, rows, columns, keyWidth)
	f.drawHistogram(p, marks, cl, legendTop)
	p.s("</svg>")
}

func numbers(marks []Mark) []float64 {
	var vs []float64
	for i := range marks {
		if present(&marks[i].N) {
			vs = append(vs, marks[i].N.Value)
		}
	}
	return vs
}

// mapShapes places all areas; h is the height of the map.
func mapShapes(marks []Mark) ([]shape, float64) {
	if len(marks) == 0 {
		return nil, 0
	}
	pr := project(marks)
	for i := range marks {
		if len(marks[i].Polygon) > 0 {
			return polygons(marks, pr)
		}
	}
	// In the order of keys, whatever the order of values: an area lies in the
	// same place on the map of every indicator.
	order := make([]int, len(marks))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return marks[order[a]].Key < marks[order[b]].Key })
	points := make([][2]float64, len(marks))
	size := make([]float64, len(marks))
	for to, i := range order {
		points[to] = [2]float64{math.NaN(), math.NaN()}
		if marks[i].Lat != 0 || marks[i].Lon != 0 {
			points[to][0], points[to][1] = pr.at(marks[i].Lon, marks[i].Lat)
		}
		size[to] = marks[i].Size
	}
	cs, h := layout(points, size)
	out := make([]shape, len(cs))
	for to, c := range cs {
		c.X, c.Y = c.X+2, c.Y+2
		out[order[to]] = shape{Circle: c}
	}
	return out, h + 4
}

// layouts remembers the cartograms already computed: the same region is
// drawn for every indicator in every language. A layout depends on its
// points and sizes alone, so remembering cannot change what is drawn.
var layouts struct {
	sync.Mutex
	m map[string]layoutResult
}

type layoutResult struct {
	cs []Circle
	h  float64
}

func layout(points [][2]float64, size []float64) ([]Circle, float64) {
	key := make([]byte, 0, 64*len(points))
	for i := range points {
		for _, v := range []float64{points[i][0], points[i][1], size[i]} {
			key = strconv.AppendUint(append(key, ' '), math.Float64bits(v), 36)
		}
	}
	layouts.Lock()
	r, ok := layouts.m[string(key)]
	layouts.Unlock()
	if !ok {
		r.cs, r.h = Dorling(points, size, mapWidth-4, mapHeight)
		layouts.Lock()
		if layouts.m == nil || len(layouts.m) > 1000 {
			layouts.m = map[string]layoutResult{}
		}
		layouts.m[string(key)] = r
		layouts.Unlock()
	}
	return append([]Circle(nil), r.cs...), r.h
}

// polygons projects rings into the box and writes their paths. Points that
// fall on the one before are left out.
func polygons(marks []Mark, pr projection) ([]shape, float64) {
	minX, maxX, minY, maxY := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	each := func(do func(i int, ring [][2]float64)) {
		for i := range marks {
			for _, ring := range marks[i].Polygon {
				do(i, ring)
			}
		}
	}
	each(func(_ int, ring [][2]float64) {
		for _, q := range ring {
			x, y := pr.at(q[0], q[1])
			minX, maxX = math.Min(minX, x), math.Max(maxX, x)
			minY, maxY = math.Min(minY, y), math.Max(maxY, y)
		}
	})
	k := math.Min((mapWidth-4)/math.Max(maxX-minX, 1e-9), mapHeight/math.Max(maxY-minY, 1e-9))
	dx, dy := (mapWidth-(maxX-minX)*k)/2, 2.0
	to := func(lon, lat float64) (float64, float64) {
		x, y := pr.at(lon, lat)
		return (x-minX)*k + dx, (y-minY)*k + dy
	}
	out := make([]shape, len(marks))
	box := make([][4]float64, len(marks))
	for i := range box {
		box[i] = [4]float64{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	}
	paths := make([]pen, len(marks))
	each(func(i int, ring [][2]float64) {
		q := &paths[i]
		lastX, lastY := math.Inf(1), math.Inf(1)
		for j, c := range ring {
			x, y := to(c[0], c[1])
			b := &box[i]
			b[0], b[1], b[2], b[3] = math.Min(b[0], x), math.Max(b[1], x), math.Min(b[2], y), math.Max(b[3], y)
			if math.Abs(x-lastX) < 0.4 && math.Abs(y-lastY) < 0.4 {
				continue
			}
			lastX, lastY = x, y
			if j == 0 {
				q.s("M")
			} else {
				q.s("L")
			}
			q.n(math.Round(x*10) / 10).s(" ").n(math.Round(y*10) / 10)
		}
		q.s("Z")
	})
	for i := range marks {
		b := box[i]
		out[i].path = string(paths[i].b)
		out[i].X, out[i].Y = (b[0]+b[1])/2, (b[2]+b[3])/2
		out[i].R = math.Min(b[1]-b[0], b[3]-b[2]) * 0.42
		if marks[i].Lat != 0 || marks[i].Lon != 0 {
			x, y := to(marks[i].Lon, marks[i].Lat)
			if x > b[0] && x < b[1] && y > b[2] && y < b[3] {
				out[i].X, out[i].Y = x, y
				out[i].R = math.Min(math.Min(x-b[0], b[1]-x), math.Min(y-b[2], b[3]-y))
			}
		}
		if out[i].path == "" { // an area without a polygon stands as a dot at the edge
			out[i] = shape{Circle: Circle{X: 8, Y: (maxY-minY)*k - 4, R: 5}}
		}
	}
	return out, (maxY-minY)*k + 4
}

// locator reports a map without any number: it shows where an area lies and
// nothing else, so it has no table, no keys and no hatching.
func (f *Figure) locator() bool {
	if f.Kind != Map {
		return false
	}
	marks := f.marks()
	for i := range marks {
		if marks[i].N.text() != "" {
			return false
		}
	}
	return true
}

// drawShape draws one area in its class, or hatched where it has no number.
func (f *Figure) drawShape(p *pen, m *Mark, s shape, cl classes) {
	tag := func(class, fill string) {
		if s.path != "" {
			p.s(`<path class="`, class, `" d="`, s.path, `"`, fill, "/>")
			return
		}
		p.s(`<circle class="`, class, `"`).at("cx", s.X).at("cy", s.Y).at("r", s.R).s(fill, "/>")
	}
	end := "</g>"
	switch {
	case f.locator() && m.Highlight:
		p.s(`<g role="img" aria-label="`).esc(m.Label).s(`">`)
	case f.locator() && safeHref(m.Href):
		p.s("<a").href("href", m.Href).s(` aria-label="`).esc(m.Label).s(`">`)
		end = "</a>"
	default:
		p.s("<g").href("data-h", m.Href).s(">")
	}
	p.s("<title>").esc(f.markTitle(m)).s("</title>")
	hi := ""
	if m.Highlight {
		hi = " fg-hi"
	}
	if f.locator() {
		tag("fg-a fg-where"+hi, "")
	} else if !present(&m.N) {
		tag("fg-a fg-none"+hi, f.missing())
	} else {
		tag("fg-a fg-q"+strconv.Itoa(cl.colour(m.N.Value))+hi, "")
		if f.Example != "" {
			tag("fg-over", ` fill="url(#`+safeID(f.ID)+`-o)"`)
		}
	}
	p.s(end)
}

// markTitle is what a mark says when it is pointed at or read out: its name,
// and its number with the unit, or why there is none.
func (f *Figure) markTitle(m *Mark) string {
	t := m.Label
	switch {
	case m.N.Has:
		t += ": " + m.N.Shown
		if f.Unit != "" {
			t += " " + f.Unit
		}
	case m.N.Why != "":
		t += ": " + m.N.Why
	case m.N.Sign != "":
		t += ": " + m.N.Sign
	}
	return t
}
