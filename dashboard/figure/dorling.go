package figure

import (
	"math"
	"sort"
)

// Circle is one area of a cartogram: its place and radius in user units.
type Circle struct{ X, Y, R float64 }

// Dorling lays circles near their points so that none overlaps another, in a
// box w wide and about as high as the points ask for (at most maxH). The
// area of a circle follows size; where no size is known all are equal, and a
// circle without a size among others gets the median radius. The result
// depends on the arguments only. It returns the height that is used.
//
// The method is Dorling's (Area Cartograms, 1996): circles that overlap push
// each other off, all are drawn back to their own point, with less force in
// each round. What then still overlaps is parted by stretching the points,
// not the circles, so no input can leave an overlap.
func Dorling(points [][2]float64, size []float64, w, maxH float64) ([]Circle, float64) {
	n := len(points)
	if n == 0 {
		return nil, 0
	}
	cs := start(points, radii(size, n))
	home := append([]Circle(nil), cs...)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	rounds := 220
	for k := range rounds {
		pull := 0.10 * (1 - float64(k)/float64(rounds))
		for i := range cs {
			cs[i].X += (home[i].X - cs[i].X) * pull
			cs[i].Y += (home[i].Y - cs[i].Y) * pull
		}
		push(cs, order)
	}
	for range 400 {
		if !push(cs, order) {
			break
		}
	}
	return fit(part(cs), w, maxH)
}

// radii turns sizes into radii in the unit in which an average circle has
// radius 1.
func radii(size []float64, n int) []float64 {
	r := make([]float64, n)
	var known []float64
	for i := range r {
		if i < len(size) && size[i] > 0 && !math.IsInf(size[i], 0) {
			r[i] = math.Sqrt(size[i])
			known = append(known, r[i])
		}
	}
	if len(known) == 0 {
		for i := range r {
			r[i] = 1
		}
		return r
	}
	sort.Float64s(known)
	median := known[len(known)/2]
	sum := 0.0
	for i := range r {
		if r[i] == 0 {
			r[i] = median
		}
		sum += r[i] * r[i]
	}
	mean := math.Sqrt(sum / float64(n))
	for i := range r {
		// one giant must not shrink the rest to nothing that can be seen
		r[i] = math.Max(r[i]/mean, 0.05)
	}
	return r
}

// start scales the points so that the circles cover about two thirds of the
// box around them. Points that are not numbers or coincide are set apart on
// a spiral, so that a push has a direction.
func start(points [][2]float64, r []float64) []Circle {
	cs := make([]Circle, len(points))
	minX, maxX, minY, maxY := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, q := range points {
		if finite(q[0]) && finite(q[1]) {
			minX, maxX = math.Min(minX, q[0]), math.Max(maxX, q[0])
			minY, maxY = math.Min(minY, q[1]), math.Max(maxY, q[1])
		}
	}
	if minX > maxX {
		minX, maxX, minY, maxY = 0, 0, 0, 0
	}
	spanX, spanY := maxX-minX, maxY-minY
	area := 0.0
	for _, v := range r {
		area += math.Pi * v * v
	}
	scale := 1.0
	if spanX*spanY > 0 {
		scale = math.Sqrt(area / 0.85 / (spanX * spanY))
	} else if s := math.Max(spanX, spanY); s > 0 {
		scale = 2 * math.Sqrt(area) / s
	}
	for i, q := range points {
		x, y := (minX+maxX)/2, (minY+maxY)/2
		if finite(q[0]) && finite(q[1]) {
			x, y = q[0], q[1]
		}
		a, d := 2.399963*float64(i), 0.02*math.Sqrt(float64(i)+1)
		cs[i] = Circle{(x-minX)*scale + d*math.Cos(a), (y-minY)*scale + d*math.Sin(a), r[i]}
	}
	return cs
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// slack is the gap in the unit of radii, where circles average 1.
const slack = 0.05

// push moves every overlapping pair apart, the smaller circle more, and
// reports whether there was one. Sorting by the left edge keeps it from
// looking at pairs that are far apart.
func push(cs []Circle, order []int) bool {
	left := func(i int) float64 { return cs[i].X - cs[i].R }
	// nearly sorted from the round before: insertion sort
	for a := 1; a < len(order); a++ {
		for b := a; b > 0 && less(left, order[b], order[b-1]); b-- {
			order[b], order[b-1] = order[b-1], order[b]
		}
	}
	any := false
	for a, i := range order {
		for _, j := range order[a+1:] {
			if left(j) > cs[i].X+cs[i].R+slack {
				break
			}
			dx, dy := cs[j].X-cs[i].X, cs[j].Y-cs[i].Y
			need := cs[i].R + cs[j].R + slack
			d2 := dx*dx + dy*dy
			if d2 >= need*need {
				continue
			}
			any = true
			d := math.Sqrt(d2)
			if d < 1e-9 {
				dx, dy, d = 1e-3, 1e-3*float64(1+j-i), 1e-3
			}
			over := (need - d) / d * 0.5
			wi, wj := cs[j].R*cs[j].R, cs[i].R*cs[i].R
			t := wi + wj
			cs[i].X -= dx * over * 2 * wi / t
			cs[i].Y -= dy * over * 2 * wi / t
			cs[j].X += dx * over * 2 * wj / t
			cs[j].Y += dy * over * 2 * wj / t
		}
	}
	return any
}

func less(left func(int) float64, i, j int) bool {
	a, b := left(i), left(j)
	return a < b || a == b && i < j
}

// part stretches the centres until the closest pair has its gap.
func part(cs []Circle) []Circle {
	stretch := 1.0
	for i := range cs {
		for j := range cs[:i] {
			d := math.Hypot(cs[i].X-cs[j].X, cs[i].Y-cs[j].Y)
			need := cs[i].R + cs[j].R + slack*0.5
			if d < 1e-9 {
				cs[i].X += 1e-6 * float64(i+1)
				d = math.Hypot(cs[i].X-cs[j].X, cs[i].Y-cs[j].Y)
			}
			stretch = math.Max(stretch, need/d)
		}
	}
	if stretch > 1 {
		for i := range cs {
			cs[i].X *= stretch
			cs[i].Y *= stretch
		}
	}
	return cs
}

// fit scales everything into the box, circles and places alike.
func fit(cs []Circle, w, maxH float64) ([]Circle, float64) {
	minX, maxX, minY, maxY := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, c := range cs {
		minX, maxX = math.Min(minX, c.X-c.R), math.Max(maxX, c.X+c.R)
		minY, maxY = math.Min(minY, c.Y-c.R), math.Max(maxY, c.Y+c.R)
	}
	k := math.Min(w/(maxX-minX), maxH/(maxY-minY))
	if one := w * 0.22; len(cs) < 4 && k > one {
		k = one // a single circle must not fill the page
	}
	dx := (w - (maxX-minX)*k) / 2
	for i, c := range cs {
		// the centre is rounded as it will be written, the radius shrunk by
		// what rounding can take from the gap
		cs[i] = Circle{math.Round(((c.X-minX)*k+dx)*100) / 100, math.Round((c.Y-minY)*k*100) / 100, math.Max(c.R*k-0.02, 0.5)}
	}
	return cs, (maxY - minY) * k
}
