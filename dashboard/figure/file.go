package figure

import (
	"strings"

	"tereze/dashboard/assets"
)

// Sizes of a file in px.
const (
	fileWidth  = 768.0
	fileMargin = 24.0
	fileInner  = fileWidth - 2*fileMargin
)

// fileTokens are the colours of a file, which has no page around it: those
// of the light page.
const fileTokens = `svg{--ink:#1b2126;--paper:#fff;--muted:#5a646c;--line:#d9d6ce;--accent:#0e5a80;--accent-2:#b04a06;--band:#ece8de;--hatch:#6d767d;--seq-1:#dcebf3;--seq-2:#a9cde1;--seq-3:#6aa5c6;--seq-4:#2f7198;--seq-5:#0b4566;font-family:"Segoe UI","Noto Sans","DejaVu Sans",Arial,sans-serif}.file-f{font-size:17px;font-weight:700;fill:var(--ink)}.file-s{font-size:13px;fill:var(--muted)}.file-b{fill:var(--paper)}`

// fileWide is what the style sheet says of wide screens.
const fileWide = `.fg-map text,.fg-map .fg-in,.fg-map .fg-tick{font-size:8px}`

// AppendFile appends the figure as an SVG file that is true when it stands
// alone: with both titles, the words of an example, source, events, notes
// and colours.
func (f *Figure) AppendFile(b []byte) []byte { return f.Draw(nil).AppendFile(b) }

// AppendFile appends the file of a figure that has been drawn.
func (d *Drawing) AppendFile(b []byte) []byte {
	f, body := d.f, d.whole()
	drawn := body.size.height
	type textLine struct{ class, text string }
	var above, below []textLine
	put := func(to *[]textLine, class, text string, size float64) {
		if text == "" {
			return
		}
		for _, l := range wrap(text, size, fileInner) {
			*to = append(*to, textLine{class, l})
		}
	}
	put(&above, "file-f", f.Finding, 17.5)
	put(&above, "file-s", f.Subtitle, 13)
	if f.Example != "" {
		put(&above, "file-f", f.Example, 17.5)
	}
	for _, l := range f.Legend {
		put(&below, "file-s", squareSign(l.Class)+l.Label, 13)
	}
	put(&below, "file-s", f.Source, 13)
	for _, l := range f.notes() {
		put(&below, "file-s", l, 13)
	}
	height := func(ls []textLine) float64 {
		h := 0.0
		for _, l := range ls {
			h += lineOf(l.class)
		}
		return h
	}
	top := fileMargin + height(above) + 12
	total := top + drawn + 16 + height(below) + fileMargin - 8
	p := &pen{b: b}
	p.s(`<svg xmlns="http://www.w3.org/2000/svg"`).at("width", fileWidth).at("height", total).s(` viewBox="0 0 `).n(fileWidth).s(" ").n(total).s(`"><style>`, fileTokens, svgCSS, fileWide, `</style><rect class="file-b" width="100%" height="100%"/>`)
	write := func(ls []textLine, y float64) {
		for _, l := range ls {
			y += lineOf(l.class)
			p.s(`<text class="`, l.class, `"`).at("x", fileMargin).at("y", y-5).s(">").esc(l.text).s("</text>")
		}
	}
	write(above, fileMargin)
	p.s(`<g transform="translate(`).n(fileMargin).s(" ").n(top).s(`)">`)
	p.inFile(body)
	p.s("</g>")
	write(below, top+drawn+16)
	p.s("</svg>\n")
	return p.b
}

func lineOf(class string) float64 {
	if class == "file-f" {
		return 23
	}
	return 18
}

// squareSign is a letter that stands for a square in a file's legend.
func squareSign(class string) string {
	switch class {
	case "on_time":
		return "■ "
	case "late":
		return "◪ "
	case "not_supplied":
		return "▨ "
	case "refused":
		return "☒ "
	case "refused_at_door":
		return "⊟ "
	case "held":
		return "⊡ "
	case "not_due":
		return "· "
	}
	return ""
}

// svgCSS is the part of the style that drawings need.
var svgCSS = func() string {
	_, s, _ := strings.Cut(assets.FigureCSS, "/*svg*/")
	s, _, _ = strings.Cut(s, "/*end*/")
	return strings.ReplaceAll(s, "\n", "")
}()

// em is the size of an em of the drawing in px on a wide screen, as in the
// style sheet.
func (k Kind) em() float64 {
	switch k {
	case Dots, Grid, Spine, Lanes:
		return 12.5
	}
	return 15
}
