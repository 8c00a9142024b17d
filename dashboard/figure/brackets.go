package figure

import "math"

// bracket joins neighbouring rows whose intervals share a value: these the
// data cannot tell apart.
type bracket struct{ from, to, lane int }

// bracketLanes is how many brackets may stand side by side; where more would
// be needed none is drawn, since a forest of brackets says nothing.
const bracketLanes = 4

// brackets finds the longest runs of neighbouring marks that all overlap.
// It needs marks sorted by value; a run that lies inside another is left
// out, and so is a run of one.
func (f *Figure) brackets(marks []Mark) []bracket {
	if f.Words.Bracket == "" {
		return nil
	}
	var out []bracket
	var ends [bracketLanes]int
	last := -1
	for i := range marks {
		if !present(marks[i].Lower) || !present(marks[i].Upper) {
			continue
		}
		lo, hi := math.Inf(-1), math.Inf(1)
		j := i
		for ; j < len(marks) && present(marks[j].Lower) && present(marks[j].Upper); j++ {
			lo, hi = math.Max(lo, marks[j].Lower.Value), math.Min(hi, marks[j].Upper.Value)
			if lo > hi {
				break
			}
		}
		j--
		if j <= i || j <= last {
			continue
		}
		last = j
		lane := 0
		for lane < bracketLanes && ends[lane] > i {
			lane++
		}
		if lane == bracketLanes {
			return nil
		}
		ends[lane] = j + 1
		out = append(out, bracket{i, j, lane})
	}
	return out
}

// drawBracket draws a bracket right of the plot.
func (f *Figure) drawBracket(p *pen, b bracket, labels [][]string, top, h float64) {
	em := top
	var y1, y2 float64
	for i := range labels {
		if i == b.from {
			y1 = em + 0.35
		}
		em += rowHeight(labels[i])
		if i == b.to {
			y2 = em - 0.35
		}
	}
	y1, y2 = y1/h*100, y2/h*100
	x := 12 + 7*b.lane
	p.s(`<g class="fg-bk"`, ` transform="translate(`).n(float64(x)).s(` 0)">`)
	p.s(`<line x1="100%" x2="100%"`).pct("y1", y1).pct("y2", y2).s("/>")
	for _, y := range []float64{y1, y2} {
		p.s(`<rect class="fg-tooth" x="100%" width="4" height="1.2" transform="translate(-4 -.6)"`).pct("y", y).s("/>")
	}
	p.s("</g>")
}
