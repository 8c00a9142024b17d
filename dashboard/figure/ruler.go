package figure

import "math"

// drawRuler draws ranges on one axis: the claim's by its rounding, the
// data's, and where all of them overlap. One row a mark.
func (f *Figure) drawRuler(p *pen, extra string) {
	type row struct {
		m     *Mark
		label []string
		claim bool
	}
	var rows []row
	h := 0.3
	for i := range f.Series {
		s := &f.Series[i]
		for j := range s.Marks {
			m := &s.Marks[j]
			label := m.Label
			if label == "" {
				label = s.Name
			}
			r := row{m, wrap(label, 13.5, narrow-80), i == 0}
			h += barRow + 0.2 + 1.1*float64(len(r.label)-1)
			rows = append(rows, r)
		}
	}
	const bottom = 1.9
	h += bottom
	// room left and right for the numbers at the ends of a range
	vs := f.values()
	lo, hi := extent(vs)
	if lo <= hi {
		d := (hi - lo) * 0.25
		if d == 0 {
			d = math.Max(math.Abs(hi)*0.1, 1)
		}
		vs = append(vs, hi+d)
		if lo >= 0 {
			vs = append(vs, math.Max(lo-d, 0))
		} else {
			vs = append(vs, lo-d)
		}
	}
	sc := niceScale(vs, 4)
	f.open(p, "", extra, h, 8, 8)
	y2 := (h - bottom + 0.1) / h * 100
	f.groundRows(p, 0, y2)
	f.gridX(p, sc, 0, y2, (h-0.55)/h*100)
	if a, b, ok := f.overlap(); ok {
		p.s(`<rect class="fg-both" y="0"`).pct("x", sc.at(a)).pct("width", math.Max(sc.at(b)-sc.at(a), 0.4)).pct("height", y2).s("/>")
	}
	em := 0.3
	for _, r := range rows {
		tall := barRow + 0.2 + 1.1*float64(len(r.label)-1)
		textY := (em + 0.7 + 0.55*float64(len(r.label)-1)) / h * 100
		barY := (em + tall - 1.1) / h * 100
		class := "fg-range"
		if r.claim {
			class = "fg-range fg-claim"
		}
		if r.m.Highlight {
			class += " fg-hi"
		}
		p.s(`<g class="fg-row">`)
		lines(p, "fg-l fg-halo", ` x="0"`, textY, r.label)
		m := r.m
		f.number(p, m.N, "fg-halo fg-strong", pos(100, textY, "end")+` dy=".36em"`)
		switch {
		case !present(&m.N) && !present(m.Lower):
			p.s(`<rect class="fg-miss" width="100%"`).pct("y", barY-0.4/h*100).em("height", 0.8).s(f.missing(), "/>")
		default:
			if present(m.Lower) && present(m.Upper) {
				a, b := sc.at(m.Lower.Value), sc.at(m.Upper.Value)
				p.s(`<rect class="`, class, `"`).pct("x", a).pct("width", math.Max(b-a, 0.4)).pct("y", barY-0.45/h*100).em("height", 0.9).s(f.fill(r.m.Highlight), "/>")
				if a >= 12 {
					f.number(p, *m.Lower, "fg-halo fg-end", pos(a, barY, "end")+` dx="-6" dy=".36em"`)
				} else {
					f.number(p, *m.Lower, "fg-halo fg-end", pos(a, barY, "start")+` dy="1.9em"`)
				}
				if b <= 88 {
					f.number(p, *m.Upper, "fg-halo fg-end", pos(b, barY, "start")+` dx="6" dy=".36em"`)
				} else {
					f.number(p, *m.Upper, "fg-halo fg-end", pos(b, barY, "end")+` dy="1.9em"`)
				}
			}
			if present(&m.N) {
				x := sc.at(m.N.Value)
				p.s(`<line class="fg-pin`)
				if r.claim {
					p.s(" fg-claim")
				}
				p.s(`"`).pct("x1", x).pct("x2", x).pct("y1", barY-0.75/h*100).pct("y2", barY+0.75/h*100).s("/>")
			}
		}
		p.s("</g>")
		em += tall
	}
	p.s("</svg>")
}

// overlap is the part of the axis that all ranges share; ok is false where
// there are fewer than two ranges or none is shared.
func (f *Figure) overlap() (a, b float64, ok bool) {
	a, b = math.Inf(-1), math.Inf(1)
	n := 0
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			m := &f.Series[i].Marks[j]
			lo, hi := m.Lower, m.Upper
			if !present(lo) || !present(hi) {
				if !present(&m.N) {
					continue
				}
				lo, hi = &m.N, &m.N
			}
			n++
			a, b = math.Max(a, lo.Value), math.Min(b, hi.Value)
		}
	}
	return a, b, n > 1 && a <= b
}
