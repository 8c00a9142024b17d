package figure

import (
	"math"
	"strconv"
)

// Sizes of the histogram.
const (
	histTop  = 20.0 // its words
	histBars = 44.0 // the most that stacked blocks may take
	histBins = 36
)

// bins counts the values of each bin and gives the height of one block.
func (c classes) bins(vs []float64) (n [histBins]int, most int, block float64) {
	for _, v := range vs {
		b := c.bin(v)
		n[b]++
		most = max(most, n[b])
	}
	return n, most, math.Min(8, histBars/math.Max(float64(most), 1))
}

func (c classes) bin(v float64) int {
	lo, hi := c.limits[0], c.limits[len(c.limits)-1]
	if hi == lo {
		return histBins / 2
	}
	return max(0, min(int((v-lo)/(hi-lo)*histBins), histBins-1))
}

func (f *Figure) histogramHeight(marks []Mark) float64 {
	h := 6.0
	if vs := numbers(marks); len(vs) > 0 {
		_, most, block := classesOf(vs).bins(vs)
		h = histTop + 14*float64(len(f.histogramHead())-1) + float64(most)*block + 24
	}
	if f.SizeNote != "" {
		h += 15 * float64(len(wrap(f.SizeNote, 11, mapWidth-20)))
	}
	return h + 4
}

// histogramHead says what the legend counts, in which unit and when.
func (f *Figure) histogramHead() []string {
	head := f.Words.Histogram
	if at := f.unitAndPeriod(); at != "" {
		if head != "" {
			head += ", "
		}
		head += at
	}
	return wrap(head, 11, mapWidth-4)
}

// unitAndPeriod stands in a drawing where its axis is named, so that one that
// is cut out still says what it counts and when.
func (f *Figure) unitAndPeriod() string {
	if f.Unit == "" || f.Period == "" {
		return f.Unit + f.Period
	}
	return f.Unit + "; " + f.Period
}

// captionEm is the height of a line of the words beneath an axis.
const captionEm = 1.3

// caption is the unit and the period in the lines they need on a phone.
func (f *Figure) caption() []string {
	if t := f.unitAndPeriod(); t != "" {
		return wrap(t, 11.5, narrow-8)
	}
	return nil
}

// drawHistogram draws the legend: one block an area, stacked where its value
// lies, in the colour of its class, over the classes' limits.
func (f *Figure) drawHistogram(p *pen, marks []Mark, cl classes, top float64) {
	vs := numbers(marks)
	y := top
	p.s(`<g class="fg-hist">`)
	if len(vs) > 0 && len(cl.limits) > 1 {
		for i, l := range f.histogramHead() {
			top += 14 * float64(min(i, 1))
			words(p, "fg-tick", string((&pen{}).at("x", 0).at("y", top+10).b), l)
		}
		lo, hi := cl.limits[0], cl.limits[len(cl.limits)-1]
		x0, w := 10.0, mapWidth-24.0
		_, most, block := cl.bins(vs)
		var bins [histBins]int
		base := top + histTop + float64(most)*block + 4
		for _, v := range vs {
			b := cl.bin(v)
			p.s(`<rect class="fg-a fg-q`, strconv.Itoa(cl.colour(v)), `"`).at("x", x0+float64(b)*w/histBins+0.5).at("width", w/histBins-1)
			p.at("y", base-4-float64(bins[b]+1)*block+0.5).at("height", math.Max(block-1, 0.5)).s("/>")
			bins[b]++
		}
		for i := range cl.limits {
			x := x0
			if hi > lo {
				x += (cl.limits[i] - lo) / (hi - lo) * w
			} else {
				x += w / 2
			}
			if i+1 < len(cl.limits) && hi > lo {
				p.s(`<rect class="fg-q`, strconv.Itoa(cl.colour((cl.limits[i]+cl.limits[i+1])/2)), `" height="4"`).at("x", x).at("y", base-3)
				p.at("width", (cl.limits[i+1]-cl.limits[i])/(hi-lo)*w-1).s("/>")
			}
			if hi == lo && i > 0 {
				break
			}
			label := f.tick(cl.limits[i])
			anchor := edge((x+2)/mapWidth*100, width(label, 11), mapWidth)
			q := pen{}
			q.at("x", x).at("y", base+13)
			if anchor != "start" {
				q.s(` text-anchor="`, anchor, `"`)
			}
			words(p, "fg-tick", string(q.b), label)
		}
		y = base + 18
	}
	for i, l := range wrap(f.SizeNote, 11, mapWidth-20) {
		q := pen{}
		words(p, "fg-tick", string(q.at("x", 0).at("y", y+14+15*float64(i)).b), l)
	}
	p.s("</g>")
}
