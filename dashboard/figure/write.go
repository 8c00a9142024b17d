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
