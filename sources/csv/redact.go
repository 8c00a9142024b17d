package csv

import (
	"bytes"
	"encoding/csv"
	"strings"

	"tereze/config"
	"tereze/sources/charset"
	"tereze/sources/grid"
	"tereze/sources/personal"
)

// Redact gives a copy of the bytes, in UTF-8, in which the marker stands in
// place of every cell with personal data, and how many there are. Rows and
// columns keep their places. Without personal data the copy is nil.
func Redact(data []byte, src config.Source, f *personal.Finder) (clean []byte, found int, err error) {
	text, _, err := charset.Decode(data, strings.ToLower(src.Encoding))
	if err != nil || !f.Possible(text) {
		return nil, 0, err
	}
	separator := byte('\t')
	switch {
	case src.Separator == "":
		separator, _ = detect(text, grid.Heads(src.Table))
	case len(src.Separator) == 1:
		separator = src.Separator[0]
	}
	rows := split(text, separator, 0)
	var cells []personal.Cell
	for i, r := range rows {
		for c, s := range r.Cells {
			cells = append(cells, personal.Cell{Row: i, Column: c, Text: s})
		}
	}
	hits := f.Find(nil, cells)
	if len(hits) == 0 {
		return nil, 0, nil
	}
	for _, h := range hits {
		rows[cells[h].Row].Cells[cells[h].Column] = personal.Marker
	}
	var b bytes.Buffer
	// The mark proves the encoding, whatever the source declares of the original.
	b.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&b)
	w.Comma = rune(separator)
	line := 1
	for _, r := range rows {
		for ; line < r.Number; line++ {
			b.WriteByte('\n')
		}
		if r.Cells == nil {
			continue
		}
		_ = w.Write(r.Cells) // a buffer takes everything
		w.Flush()
		line += 1 + breaks(r.Cells)
	}
	return b.Bytes(), len(hits), w.Error()
}

// breaks counts the line ends within the cells of a row.
func breaks(cells []string) (n int) {
	for _, s := range cells {
		n += strings.Count(s, "\n")
	}
	return n
}
