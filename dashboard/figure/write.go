package figure

import "io"

// WriteSVG writes the figure as one inline SVG.
func (f *Figure) WriteSVG(w io.Writer) error {
	_, err := w.Write(f.AppendSVG(nil))
	return err
}

// WriteTable writes the figure as an HTML table inside its scroll region.
func (f *Figure) WriteTable(w io.Writer) error {
	_, err := w.Write(f.AppendTable(nil))
	return err
}

// WriteHTML writes the whole figure element: titles, SVG, table, chart
// option, source and notes.
func (f *Figure) WriteHTML(w io.Writer) error {
	b, err := f.AppendHTML(nil)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// WriteFile writes the SVG as a file that stands alone: with its titles,
// source and colours.
func (f *Figure) WriteFile(w io.Writer) error {
	_, err := w.Write(f.AppendFile(nil))
	return err
}
