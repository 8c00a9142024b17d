package figure

// Drawing is a figure that has been drawn: once, for the page and for the
// file that stands alone. The two differ in how the root says its size and in
// how small multiples lie beside each other.
type Drawing struct {
	f     *Figure
	svg   pen      // the SVG; of small multiples their cells alone
	cells *cells   // nil = no small multiples
	plan  *mapPlan // nil = no map
}

// Draw draws the figure into b, which the drawing keeps.
func (f *Figure) Draw(b []byte) *Drawing {
	d := &Drawing{f: f, svg: pen{b: b[:0]}}
	switch f.Kind {
	case Multiples:
		d.cells = f.drawCells(&d.svg)
	case Map:
		d.plan = f.mapPlan()
		f.drawMap(&d.svg, "", d.plan)
	default:
		f.draw(&d.svg, "")
	}
	return d
}

// Bytes is the memory of the drawing, for the next one.
func (d *Drawing) Bytes() []byte { return d.svg.b }

// page appends the drawing as it stands on a page.
func (d *Drawing) page(p *pen) {
	if d.cells != nil {
		d.f.appendFlow(p, d.cells, d.svg.b)
		return
	}
	p.b = append(p.b, d.svg.b...)
}

// whole is the drawing as one SVG.
func (d *Drawing) whole() *pen {
	if d.cells == nil {
		return &d.svg
	}
	drawn := &pen{b: make([]byte, 0, len(d.svg.b)+4096)}
	d.f.drawMultiples(drawn, "", d.cells, d.svg.b)
	return drawn
}

// inFile appends a drawing as it stands in a file.
func (p *pen) inFile(drawn *pen) {
	size := drawn.size
	p.b = append(append(append(p.b, drawn.b[:size.from]...), size.inFile...), drawn.b[size.to:]...)
}

// size is how the root of a drawing says how large it is.
type size struct {
	from, to int     // where it says so in the markup of a page
	inFile   string  // what it says in a file instead
	height   float64 // in a file, px
}
