package figure

import (
	"math"
	"sort"
	"strconv"
)

// Allowed is what chance allows a mark of its size: the inner limits hold 95
// of 100, the outer 998 of 1,000.
type Allowed struct{ OuterLower, InnerLower, InnerUpper, OuterUpper float64 }

// drawFunnel draws values over what they are out of: the larger an area, the
// nearer to the common value chance keeps it. Rule is the common value; a mark
// outside its outer limits is named.
func (f *Figure) drawFunnel(p *pen, extra string) {
	marks := f.sized()
	var values, sizes []float64
	for _, m := range marks {
		values = append(values, m.N.Value, m.Allowed.OuterLower, m.Allowed.OuterUpper)
		sizes = append(sizes, m.Of.Value)
	}
	ys, xs := niceScale(values, 4), niceScale(append(sizes, 0), 4)
	gutter := 0.0
	for _, v := range ys.ticks {
		gutter = math.Max(gutter, width(f.tick(v), 11.5))
	}
	g := gutterClass(gutter + 6)
	const bottom = 3.4
	top := 1.0
	if f.unitAndPeriod() != "" {
		top += unitEm
	}
	r := 42
	if f.Rule != nil {
		r = rightClass(width(f.Rule.N.text(), 14*bold) + 8)
	}
	room := narrow - float64(g) - float64(r)
	h := top + lineHeight + bottom
	f.open(p, "fg-line fg-y"+strconv.Itoa(g)+" fg-r"+strconv.Itoa(r), extra, h, float64(g), float64(r))
	y1, y2 := top/h*100, (top+lineHeight)/h*100
	at := func(v float64) float64 { return y1 + ys.down(v)/100*(y2-y1) }
	column(p, "fg-ticks", -float64(g))
	words(p, "fg-tick", pos(0, (top-0.75)/h*100, "start"), f.unitAndPeriod())
	for _, v := range ys.ticks {
		words(p, "fg-tick", pos(0, at(v), "start")+` dy=".36em"`, f.tick(v))
	}
	p.s("</g>")
	f.groundRows(p, y1, y2)
	for _, v := range ys.ticks {
		p.s(`<line class="fg-g" x1="0" x2="100%"`).pct("y1", at(v)).pct("y2", at(v)).s("/>")
	}
	for _, v := range xs.ticks {
		words(p, "fg-tick", pos(xs.at(v), (h-2.2)/h*100, edge(xs.at(v), width(f.tick(v), 11.5), room)), f.tick(v))
	}
	words(p, "fg-tick", pos(100, (h-0.5)/h*100, "end"), f.Words.OutOf)
	if f.Rule != nil && present(&f.Rule.N) {
		p.s(`<line class="fg-rule" x1="0" x2="100%"`).pct("y1", at(f.Rule.N.Value)).pct("y2", at(f.Rule.N.Value)).s("/>")
		f.number(p, f.Rule.N, "fg-rn fg-halo", pos(100, at(f.Rule.N.Value), "start")+` dx="6" dy=".36em"`)
	}
	for i := 1; i < len(marks); i++ {
		a, b := marks[i-1], marks[i]
		for _, limit := range []struct {
			class string
			y     func(*Allowed) float64
		}{
			{"fg-lim", func(l *Allowed) float64 { return l.InnerLower }}, {"fg-lim", func(l *Allowed) float64 { return l.InnerUpper }},
			{"fg-lim fg-outer", func(l *Allowed) float64 { return l.OuterLower }}, {"fg-lim fg-outer", func(l *Allowed) float64 { return l.OuterUpper }},
		} {
			p.s(`<line class="`, limit.class, `"`).pct("x1", xs.at(a.Of.Value)).pct("y1", at(limit.y(a.Allowed))).
				pct("x2", xs.at(b.Of.Value)).pct("y2", at(limit.y(b.Allowed))).s("/>")
		}
	}
	for _, m := range marks {
		x, y := xs.at(m.Of.Value), at(m.N.Value)
		p.s(`<circle class="fg-dot" r="4.5"`).pct("cx", x).pct("cy", y).s(f.fill(false), "/>")
		if m.Outside() {
			words(p, "fg-tick fg-halo", pos(x, y, edge(x, width(m.name(), 11.5)+16, room))+` dy="-.8em"`, m.name())
		}
	}
	p.s("</svg>")
}

// Outside reports whether chance does not allow the mark where it is.
func (m *Mark) Outside() bool {
	return m.Allowed != nil && present(&m.N) && (m.N.Value < m.Allowed.OuterLower || m.N.Value > m.Allowed.OuterUpper)
}

func (m *Mark) name() string {
	if m.Short != "" {
		return m.Short
	}
	return m.Label
}

// sized are the marks that have a value, a size and limits, by size.
func (f *Figure) sized() []*Mark {
	var out []*Mark
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			if m := &f.Series[i].Marks[j]; present(&m.N) && present(m.Of) && m.Allowed != nil {
				out = append(out, m)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Of.Value < out[j].Of.Value })
	return out
}
