package figure

import "math"

// Drawings have no view box where that can be helped: places across are per
// cent of the plot's width, places down are em, and letters keep their size
// at any width. The plot is the root's content box; labels and numbers stand
// in its padding, moved there by one transform a column. The style sheet
// sets padding, transforms and em, and so moves labels from beside the marks
// (wide) to above them (narrow): one drawing serves a phone and a wide
// screen. Maps, small multiples and sparks, whose shapes must not be
// stretched, have a view box.

// AppendSVG appends the figure as one inline SVG.
func (f *Figure) AppendSVG(b []byte) []byte {
	p := &pen{b: b}
	f.draw(p, "")
	return p.b
}

// draw writes the SVG; extra holds further attributes of its root, for a
// file that stands alone.
func (f *Figure) draw(p *pen, extra string) {
	switch f.Kind {
	case Dots:
		f.drawDots(p, extra)
	case Line:
		f.drawLine(p, extra)
	case Multiples:
		cells := &pen{}
		f.drawMultiples(p, extra, f.drawCells(cells), cells.b)
	case Map:
		f.drawMap(p, extra, f.mapPlan())
	case Stages:
		f.drawStages(p, extra)
	case Ruler:
		f.drawRuler(p, extra)
	case Grid:
		f.drawGrid(p, extra)
	case Lanes:
		f.drawLanes(p, extra)
	case RowBars:
		f.drawRowBars(p, extra)
	case Spine:
		f.drawSpine(p, extra)
	case Funnel:
		f.drawFunnel(p, extra)
	case Spark:
		f.drawSpark(p, extra)
	}
}

// open writes the root, its title and description and the hatchings.
// height is in em; class is added to the root; left and right are the
// padding that the style sheet gives it on a wide screen.
func (f *Figure) open(p *pen, class, extra string, height, left, right float64) {
	f.root(p, class, extra)
	inFile := (&pen{}).at("x", left).at("width", fileInner-left-right).s(` overflow="visible"`)
	p.sized(` width="100%"`, string(inFile.b), height*f.Kind.em())
	p.em("height", height).s(">")
	f.head(p)
}

// column opens a group of labels or numbers that stands in the padding, dx px
// from its place in the plot.
func column(p *pen, class string, dx float64) {
	p.s(`<g class="`, class, `" transform="translate(`).n(dx).s(` 0)">`)
}

// openBox is open for drawings with a view box.
func (f *Figure) openBox(p *pen, class, extra string, w, h float64) {
	f.root(p, class, extra)
	p.s(` viewBox="0 0 `).n(w).s(" ").n(h).s(`"`)
	shown := min(fileInner, 560)
	if f.Kind == Multiples {
		shown = fileInner
	}
	inFile := (&pen{}).at("width", shown).at("height", h*shown/w)
	p.sized("", string(inFile.b), h*shown/w)
	p.s(">")
	f.head(p)
}

// sized says how large the drawing is: on a page, and in a file, where it is
// height px high.
func (p *pen) sized(onPage, inFile string, height float64) {
	from := len(p.b)
	p.s(onPage)
	p.size = size{from, len(p.b), inFile, height}
}

func (f *Figure) root(p *pen, class, extra string) {
	id := safeID(f.ID)
	p.s(`<svg xmlns="http://www.w3.org/2000/svg" class="fg fg-`, string(f.Kind))
	if class != "" {
		p.s(" ", class)
	}
	if f.Example != "" {
		p.s(" fg-example")
	}
	role := "img"
	if f.locator() { // its circles are links
		role = "group"
	}
	p.s(`" role="`, role, `" aria-labelledby="`, id, `-t `, id, `-d"`, extra)
}

func (f *Figure) head(p *pen) {
	id := safeID(f.ID)
	p.s(`<title id="`, id, `-t">`)
	if f.Finding != "" {
		p.esc(f.Finding)
	} else {
		p.esc(f.Subtitle)
	}
	p.s(`</title><desc id="`, id, `-d">`)
	if f.Example != "" {
		p.esc(f.Example).s(". ")
	}
	p.esc(f.Subtitle)
	if f.Source != "" {
		p.s(". ").esc(f.Source)
	}
	p.s("</desc>")
	f.patterns(p, id)
}

// patterns defines what fills the places without a number and, in an
// example, the marks and the ground. Ids carry the figure's id: two figures
// on one page must not share a definition that the first may hide.
func (f *Figure) patterns(p *pen, id string) {
	p.s(`<defs><pattern id="`, id, `-m" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path class="fg-hm" d="M0 3H6"/></pattern>`)
	if f.Example != "" {
		p.s(`<pattern id="`, id, `-e" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="fg-hb" width="4" height="4"/><path class="fg-he" d="M0 2H4"/></pattern>`)
		p.s(`<pattern id="`, id, `-f" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="fg-hb" width="4" height="4"/><path class="fg-he2" d="M0 2H4"/></pattern>`)
		if f.Kind == Map {
			p.s(`<pattern id="`, id, `-o" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="fg-ho" d="M0 2.5H5"/></pattern>`)
		}
		w := width(f.Example, 11) + 46
		p.s(`<pattern id="`, id, `-w" patternUnits="userSpaceOnUse" patternTransform="rotate(-18)"`).at("width", w).s(` height="92"><text class="fg-exw" x="8" y="22">`).esc(f.Example)
		p.s(`</text><text class="fg-exw" y="68"`).at("x", 8-w/2).s(">").esc(f.Example).s(`</text><text class="fg-exw" y="68"`).at("x", 8+w/2).s(">").esc(f.Example).s("</text></pattern>")
	}
	p.s("</defs>")
}

// fill is the attribute that hatches a mark of an example; empty for real
// data, whose colour comes from the class.
func (f *Figure) fill(highlight bool) string {
	if f.Example == "" {
		return ""
	}
	if highlight {
		return ` fill="url(#` + safeID(f.ID) + `-f)"`
	}
	return ` fill="url(#` + safeID(f.ID) + `-e)"`
}

// missing is the attribute of a slot that has no number.
func (f *Figure) missing() string { return ` fill="url(#` + safeID(f.ID) + `-m)"` }

// number writes a number or its sign as a text element. attrs says where.
func (f *Figure) number(p *pen, n Number, class, attrs string) {
	if n.text() == "" {
		return
	}
	p.s(`<text class="`)
	if n.Has {
		p.s("fg-n")
	} else {
		p.s("fg-s")
	}
	if class != "" {
		p.s(" ", class)
	}
	p.s(`"`, attrs, ">").esc(n.text()).s("</text>")
}

// words writes a text element.
func words(p *pen, class, attrs, t string) {
	if t == "" {
		return
	}
	p.s(`<text class="`, class, `"`, attrs, ">").esc(t).s("</text>")
}

// pos builds the place of a text: x in per cent, y in per cent, and its
// anchor (start, middle or end).
func pos(x, y float64, anchor string) string {
	p := pen{b: make([]byte, 0, 64)}
	p.pct("x", x).pct("y", y)
	if anchor != "start" {
		p.s(` text-anchor="`, anchor, `"`)
	}
	return string(p.b)
}

// edge picks the anchor that keeps a text of the given width inside a plot
// of at least w px when its point lies at x per cent.
func edge(x, textWidth, w float64) string {
	px := x / 100 * w
	switch {
	case px-textWidth/2 < 0:
		return "start"
	case px+textWidth/2 > w:
		return "end"
	}
	return "middle"
}

// centred places a text of the given width with its middle at x per cent of a
// plot, moved inward as far as a plot of w px needs, so that it is not cut.
func centred(x, y, textWidth, w float64) string {
	px := x / 100 * w
	p := pen{b: make([]byte, 0, 64)}
	p.pct("x", x).pct("y", y).s(` text-anchor="middle"`)
	if in := math.Max(0, textWidth/2-px) - math.Max(0, px+textWidth/2-w); in != 0 {
		p.at("dx", in)
	}
	return string(p.b)
}

// narrow is the width in px that every drawing must be readable at: a phone
// of 360 less the page's margins.
const narrow = 312.0
