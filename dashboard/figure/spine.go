package figure

import (
	"math"
	"sort"
)

// drawSpine draws one row an indicator, scaled to the spread of all areas,
// the region in the middle. Better is always right where the indicator has a
// direction; where it has none the mark stays neutral.
//
// A series is a row: the highlighted mark is the area of the page, the other
// marks (few) or Spread (many) are the other areas, Rule is the region.
func (f *Figure) drawSpine(p *pen, extra string) {
	bottom, top := 0.3, 1.6
	period := f.commonPeriod()
	if period != "" {
		bottom += captionEm
	}
	better := ""
	if f.Words.Better != "" && f.directed() {
		better = f.Words.Better + " →"
		if width(f.Words.Region, 13)/2+width(better, 11.5)+10 > narrow/2 { // no room beside each other on a phone
			top += 1.3
		}
	}
	labels := make([][]string, len(f.Series))
	h := top + bottom
	for i := range f.Series {
		s := &f.Series[i]
		name := s.Name
		if m := s.own(); m != nil && m.XLabel != "" && m.XLabel != period { // of another time than the rest
			name += ", " + m.XLabel
		}
		labels[i] = wrap(name, 13.5, labelColumn)
		h += rowHeight(labels[i]) + 0.2
	}
	f.open(p, "", extra, h, labelPad+6, spineRight)
	y := func(em float64) float64 { return em / h * 100 }
	f.groundRows(p, y(top), y(h-bottom+0.3))
	p.s(`<line class="fg-rule" x1="50%" x2="50%"`).pct("y1", y(top-0.3)).pct("y2", y(h-bottom+0.3)).s("/>")
	words(p, "fg-tick", pos(0, y(h-0.35), "start"), period)
	words(p, "fg-rl", centred(50, y(top-0.6), width(f.Words.Region, 13), narrow), f.Words.Region)
	words(p, "fg-tick", pos(100, y(1.0), "end"), better)
	for n := 1; n <= tallest(labels); n++ {
		em := top
		p.s(`<g class="`, rowClass(n), `">`)
		for i := range f.Series {
			rh := rowHeight(labels[i]) + 0.2
			if min(len(labels[i]), 3) == n {
				f.spineRow(p, &f.Series[i], y(em+rh/2))
			}
			em += rh
		}
		p.s("</g>")
	}
	column(p, "fg-labels", -labelPad-6)
	em := top
	for i := range f.Series {
		rh := rowHeight(labels[i]) + 0.2
		rowLabel(p, labels[i], f.Series[i].Href, f.Series[i].Highlight, y(em+rh/2))
		em += rh
	}
	p.s("</g>")
	column(p, "fg-values", spineRight)
	em = top
	for i := range f.Series {
		rh := rowHeight(labels[i]) + 0.2
		if m := f.Series[i].own(); m != nil {
			f.number(p, m.N, "", pos(100, y(em+rh/2), "end")+` dy=".36em"`)
		}
		em += rh
	}
	p.s("</g></svg>")
}

// spineRight is the room right of the plot for the numbers.
const spineRight = 84.0

// commonPeriod is the period that most rows are of.
func (f *Figure) commonPeriod() string {
	count := map[string]int{}
	best := ""
	for i := range f.Series {
		if m := f.Series[i].own(); m != nil && m.XLabel != "" {
			count[m.XLabel]++
			if count[m.XLabel] > count[best] {
				best = m.XLabel
			}
		}
	}
	return best
}

func (f *Figure) directed() bool {
	for i := range f.Series {
		if f.Series[i].Direction == "up" || f.Series[i].Direction == "down" {
			return true
		}
	}
	return false
}

// own is the mark of the page's area.
func (s *Series) own() *Mark {
	for i := range s.Marks {
		if s.Marks[i].Highlight {
			return &s.Marks[i]
		}
	}
	if len(s.Marks) == 1 {
		return &s.Marks[0]
	}
	return nil
}

// spread is how all areas lie, as given or from the marks.
func (s *Series) spread() (Spread, bool) {
	if s.Spread != nil {
		return *s.Spread, true
	}
	var vs []float64
	for i := range s.Marks {
		if present(&s.Marks[i].N) {
			vs = append(vs, s.Marks[i].N.Value)
		}
	}
	if len(vs) < 3 {
		return Spread{}, false
	}
	sort.Float64s(vs)
	at := func(q float64) float64 {
		x := q * float64(len(vs)-1)
		i := int(x)
		if i+1 >= len(vs) {
			return vs[len(vs)-1]
		}
		return vs[i] + (x-float64(i))*(vs[i+1]-vs[i])
	}
	return Spread{vs[0], at(0.25), at(0.75), vs[len(vs)-1]}, true
}

// spineTicks is up to how many other areas are drawn one by one.
const spineTicks = 40

func (f *Figure) spineRow(p *pen, s *Series, y float64) {
	own := s.own()
	sp, ok := s.spread()
	if !ok && own != nil && present(&own.N) {
		sp = Spread{own.N.Value, own.N.Value, own.N.Value, own.N.Value}
	}
	mid := (sp.Q1 + sp.Q3) / 2
	if s.Rule != nil && present(&s.Rule.N) {
		mid = s.Rule.N.Value
	}
	reach := math.Max(math.Abs(sp.Max-mid), math.Abs(mid-sp.Min))
	if own != nil && present(&own.N) {
		reach = math.Max(reach, math.Abs(own.N.Value-mid))
	}
	if reach == 0 {
		reach = 1
	}
	sign := 1.0
	if s.Direction == "down" {
		sign = -1
	}
	at := func(v float64) float64 { return 50 + sign*(v-mid)/reach*48 }
	span := func(class string, a, b, em float64) {
		a, b = at(a), at(b)
		p.s(`<rect class="`, class, `"`).pct("x", math.Min(a, b)).pct("width", math.Max(math.Abs(b-a), 0.3)).pct("y", y).em("height", em).s(` transform="translate(0 `).n(-em * 6.5).s(`)"/>`)
	}
	if ok {
		p.s(`<line class="fg-g"`).pct("x1", at(sp.Min)).pct("x2", at(sp.Max)).pct("y1", y).pct("y2", y).s("/>")
		if s.Spread != nil || len(s.Marks) > spineTicks {
			span("fg-box", sp.Q1, sp.Q3, 0.6)
		} else {
			for i := range s.Marks {
				if m := &s.Marks[i]; present(&m.N) && !m.Highlight {
					p.s(`<circle class="fg-other" r="2.5"`).pct("cx", at(m.N.Value)).pct("cy", y).s("/>")
				}
			}
		}
	}
	switch {
	case own == nil || !present(&own.N):
		p.s(`<rect class="fg-miss" width="100%"`).pct("y", y).em("height", 0.8).s(` transform="translate(0 -5)"`, f.missing(), "/>")
	default:
		if present(own.Lower) && present(own.Upper) {
			a := math.Max(0, math.Min(100, at(own.Lower.Value)))
			b := math.Max(0, math.Min(100, at(own.Upper.Value)))
			p.s(`<line class="fg-iv"`).pct("x1", a).pct("x2", b).pct("y1", y).pct("y2", y).s("/>")
		}
		class := "fg-dot"
		if s.Direction != "up" && s.Direction != "down" {
			class += " fg-neutral"
		}
		p.s(`<circle class="`, class, `" r="6"`).pct("cx", at(own.N.Value)).pct("cy", y).s(f.fill(false), "/>")
	}
}
