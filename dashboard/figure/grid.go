package figure

import "math"

// drawGrid draws districts × periods, one square each; a square's form says
// what became of the report, so that it can be read in grey.
func (f *Figure) drawGrid(p *pen, extra string) {
	cols := 0
	for i := range f.Series {
		cols = max(cols, len(f.Series[i].Marks))
	}
	cols = max(cols, 1)
	heads := f.Columns
	if len(heads) == cols+1 { // with the head of the names' column
		heads = heads[1:]
	}
	labels := make([][]string, len(f.Series))
	top := 1.9
	h := top + 0.2
	for i := range f.Series {
		labels[i] = wrap(f.Series[i].Name, 13.5, labelColumn)
		h += rowHeight(labels[i])
	}
	f.open(p, "", extra, h, labelPad, 0)
	size := math.Max(math.Min(16, (narrow-16)/float64(cols)-2), 4)
	f.squares(p, size)
	y := func(em float64) float64 { return em / h * 100 }
	x := func(j int) float64 { return (float64(j) + 0.5) / float64(cols) * 100 }
	f.groundRows(p, y(top), 100)
	every := headStep(heads, (narrow-16)/float64(cols))
	for j, head := range heads {
		if j%every == 0 {
			words(p, "fg-tick", centred(x(j), y(1.2), width(head, 11.5), narrow-16), head)
		}
	}
	for n := 1; n <= tallest(labels); n++ {
		em := top
		p.s(`<g class="`, rowClass(n), `">`)
		for i := range f.Series {
			rh := rowHeight(labels[i])
			mid := y(em + rh/2)
			em += rh
			if min(len(labels[i]), 3) != n {
				continue
			}
			for j := range f.Series[i].Marks {
				m := &f.Series[i].Marks[j]
				if m.Class == "" {
					continue
				}
				p.s(`<use href="#`, safeID(f.ID), `-`, squareOf(m.Class), `" class="fg-sq `, safeClass(m.Class), `"`).pct("x", x(j)).pct("y", mid).href("data-h", m.Href).s("/>")
			}
		}
		p.s("</g>")
	}
	column(p, "fg-labels", -labelPad)
	em := top
	for i := range f.Series {
		rh := rowHeight(labels[i])
		rowLabel(p, labels[i], f.Series[i].Href, f.Series[i].Highlight, y(em+rh/2))
		em += rh
	}
	p.s("</g></svg>")
}

// headStep is how many columns one head takes so that heads do not meet.
func headStep(heads []string, column float64) int {
	w := 0.0
	for _, h := range heads {
		w = math.Max(w, width(h, 11.5))
	}
	return max(1, int(math.Ceil((w+6)/column)))
}

// squareForms are the forms a square may take; a class without a form of
// its own is drawn as an outline.
var squareForms = []string{"on_time", "late", "not_supplied", "refused", "refused_at_door", "held", "not_due"}

func squareOf(class string) string {
	for _, c := range squareForms {
		if c == class {
			return c
		}
	}
	return "not_due"
}

// squares defines each form once, centred on its point.
func (f *Figure) squares(p *pen, a float64) {
	id := safeID(f.ID)
	p.s("<defs>")
	for _, c := range squareForms {
		p.s(`<g id="`, id, `-`, c, `">`)
		f.square(p, c, a)
		p.s("</g>")
	}
	p.s("</defs>")
}

// square draws one form in a square with sides a around the origin.
func (f *Figure) square(p *pen, class string, a float64) {
	b := a / 2
	box := func(c, fill string) {
		p.s(`<rect class="`, c, `" rx="1.5"`).at("x", -b).at("y", -b).at("width", a).at("height", a).s(fill, "/>")
	}
	path := func(c string, pts ...float64) {
		p.s(`<path class="`, c, `" d="`)
		for i := 0; i+1 < len(pts); i += 2 {
			if i%4 == 0 {
				p.s("M")
			} else {
				p.s("L")
			}
			p.n(pts[i]).s(" ").n(pts[i+1])
		}
		p.s(`"/>`)
	}
	k := b * 0.5
	switch class {
	case "on_time":
		box("fg-full", f.fill(false))
	case "late":
		box("fg-open", "")
		p.s(`<path class="fg-full" d="M`).n(-b).s(" ").n(b).s("L").n(b).s(" ").n(b).s("L").n(b).s(" ").n(-b).s(`Z"`, f.fill(false), "/>")
	case "not_supplied":
		box("fg-open fg-warn", f.missing())
	case "refused":
		box("fg-open fg-warn", "")
		path("fg-x", -k, -k, k, k, -k, k, k, -k)
	case "refused_at_door":
		box("fg-open fg-warn", "")
		path("fg-x", -k, 0, k, 0)
	case "held":
		box("fg-open", "")
		p.s(`<circle class="fg-full"`).at("r", b*0.4).s("/>")
	default:
		p.s(`<circle class="fg-speck"`).at("r", math.Max(b*0.2, 1)).s("/>")
	}
}
