package figure

import (
	"cmp"
	"math"
	"slices"
)

// Join is a step from one lane to another at a dated event: a part that
// left, a whole that went over.
type Join struct {
	X        float64 // when, in years
	From, To string  // keys of the lanes
	Whole    bool    // everybody went; drawn unbroken
}

// drawLanes draws areas over time, one lane a code: a stroke for each dated
// area from X to Until, and a line from lane to lane where land changed hands.
func (f *Figure) drawLanes(p *pen, extra string) {
	lo, hi := math.Inf(1), math.Inf(-1)
	labels := make([][]string, len(f.Series))
	row := map[string]int{}
	const top = 2.1
	h := top + 0.3
	for i := range f.Series {
		labels[i] = wrap(f.Series[i].Name, 13.5, labelColumn)
		row[f.Series[i].Key] = i
		h += rowHeight(labels[i])
		for j := range f.Series[i].Marks {
			m := &f.Series[i].Marks[j]
			lo, hi = math.Min(lo, m.X), math.Max(hi, m.Until)
		}
	}
	if lo >= hi {
		lo, hi = 0, 1
	}
	x := func(v float64) float64 { return (v - lo) / (hi - lo) * 100 }
	y := func(em float64) float64 { return em / h * 100 }
	f.open(p, "fg-grid", extra, h, labelPad, 0)
	f.groundRows(p, y(top), 100)
	mid := make([]float64, len(f.Series))
	em := top
	for i := range f.Series {
		rh := rowHeight(labels[i])
		mid[i] = y(em + rh/2)
		em += rh
	}
	f.laneDates(p, x, y(top-0.3), 100, y(1.2))
	p.s(`<g class="fg-m1">`)
	for i := range f.Series {
		f.lane(p, &f.Series[i], x, mid[i])
	}
	for _, j := range f.Joins {
		a, okA := row[j.From]
		b, okB := row[j.To]
		if !okA || !okB || a == b {
			continue
		}
		class := "fg-join"
		if !j.Whole {
			class += " fg-part"
		}
		p.s(`<line class="`, class, `"`).pct("x1", x(j.X)).pct("x2", x(j.X)).pct("y1", mid[a]).pct("y2", mid[b]).s("/>")
		p.s(`<circle class="fg-joint" r="3.2"`).pct("cx", x(j.X)).pct("cy", mid[b]).s("/>")
	}
	p.s("</g>")
	column(p, "fg-labels", -labelPad)
	for i := range f.Series {
		rowLabel(p, labels[i], f.Series[i].Href, f.Series[i].Highlight, mid[i])
	}
	p.s("</g></svg>")
}

// lane is the strokes of one code; a gap between two of them is where its
// borders changed.
func (f *Figure) lane(p *pen, s *Series, x func(float64) float64, y float64) {
	for j := range s.Marks {
		m := &s.Marks[j]
		class := "fg-lane"
		if m.Highlight || s.Highlight {
			class += " fg-hi"
		}
		const gap = 0.35 // per cent of the width on each side of a cut
		from, to := x(m.X), x(m.Until)
		if j > 0 {
			from += gap
		}
		if j < len(s.Marks)-1 {
			to -= gap
		}
		p.s(`<line class="`, class, `"`).pct("x1", from).pct("x2", math.Max(from, to)).pct("y1", y).pct("y2", y).href("data-h", m.Href).s("/>")
	}
}

// laneDates draws a line down at each event and its day above, where days do
// not meet; the list under the figure has them all.
func (f *Figure) laneDates(p *pen, x func(float64) float64, y1, y2, yText float64) {
	last := math.Inf(-1)
	drawn := map[float64]bool{}
	events := slices.Clone(f.Events)
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Compare(a.X, b.X) })
	for _, e := range events {
		if drawn[e.X] || x(e.X) < 0 || x(e.X) > 100 {
			continue
		}
		drawn[e.X] = true
		p.s(`<line class="fg-ev"`).pct("x1", x(e.X)).pct("x2", x(e.X)).pct("y1", y1).pct("y2", y2).s("/>")
		const room = narrow - 16
		w := width(e.Date, 11.5)
		at := x(e.X) / 100 * room
		left := math.Min(math.Max(0, at-w/2), room-w)
		if left < last+8 {
			continue
		}
		last = left + w
		words(p, "fg-tick", centred(x(e.X), yText, w, room), e.Date)
	}
}

// tableOfLanes has a row a dated area: when it was, what it came from and
// what became of it.
func (f *Figure) tableOfLanes(p *pen) {
	p.s("<thead><tr>")
	for i, fallback := range []string{f.Words.Area, f.Words.Period, "", ""} {
		head(p, "", f.column(i, fallback))
	}
	p.s("</tr></thead><tbody>")
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			m := &f.Series[i].Marks[j]
			p.s("<tr>")
			label(p, m.Label, m.Href)
			for _, t := range []string{m.XLabel, m.CameFrom, m.Became} {
				p.s("<td>").esc(t).s("</td>")
			}
			p.s("</tr>")
		}
	}
	p.s("</tbody>")
}
