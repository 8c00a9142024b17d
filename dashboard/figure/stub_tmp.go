package figure

// AppendSVG appends the inline SVG.
func (f *Figure) AppendSVG(b []byte) []byte   { return b }
// AppendTable appends the table.
func (f *Figure) AppendTable(b []byte) []byte { return b }
// AppendFile appends the SVG file.
func (f *Figure) AppendFile(b []byte) []byte  { return b }
// AppendHTML appends the figure element.
func (f *Figure) AppendHTML(b []byte) ([]byte, error) { return b, nil }
// Option is the chart option as JSON, nil where the kind has none.
func (f *Figure) Option() ([]byte, error) { return nil, nil }
