package json

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"tereze/config"
	"tereze/sources/charset"
	"tereze/sources/personal"
)

// Redact gives a copy of the bytes, in UTF-8, in which the marker stands in
// place of every text or number with personal data, wherever in the document
// it is, and how many there are. Without personal data the copy is nil.
func Redact(data []byte, src config.Source, f *personal.Finder) (clean []byte, found int, err error) {
	text, _, err := charset.Decode(data, strings.ToLower(src.Encoding))
	if err != nil || !f.Possible(text) {
		return nil, 0, err
	}
	w := walker{text: text, decoder: json.NewDecoder(strings.NewReader(text)), columns: map[string]int{}}
	w.decoder.UseNumber()
	if err := w.value("", 0, 0); err != nil {
		return nil, 0, err
	}
	if _, err := w.decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, 0, errors.New("more text follows the end of the document")
	}
	hits := f.Find(w.heads, w.cells)
	if len(hits) == 0 {
		return nil, 0, nil
	}
	var b bytes.Buffer
	last := 0
	for _, h := range hits {
		at := w.spans[h]
		b.WriteString(text[last:at.from])
		b.WriteString(strconv.Quote(personal.Marker))
		last = at.to
	}
	b.WriteString(text[last:])
	return b.Bytes(), len(hits), nil
}

type span struct{ from, to int }

// walker gathers the texts and numbers of a document as cells: a name of a
// field is a column, an object is a row.
type walker struct {
	text    string
	decoder *json.Decoder
	columns map[string]int
	heads   []string
	cells   []personal.Cell
	spans   []span
	rows    int
}

func (w *walker) value(name string, row, depth int) error {
	if depth > maxDepth {
		return errors.New("the document is nested too deeply")
	}
	before := int(w.decoder.InputOffset())
	t, err := w.decoder.Token()
	if err != nil {
		return err
	}
	switch t := t.(type) {
	case json.Delim:
		w.rows++
		own := w.rows
		for w.decoder.More() {
			child := name
			if t == '{' {
				key, err := w.decoder.Token()
				if err != nil {
					return err
				}
				child, _ = key.(string)
			} else {
				w.rows++ // each part of an array is a row of its own
				own = w.rows
			}
			if err := w.value(child, own, depth+1); err != nil {
				return err
			}
		}
		_, err := w.decoder.Token()
		return err
	case string:
		w.leaf(name, row, before, t, false)
	case json.Number:
		w.leaf(name, row, before, t.String(), true)
	}
	return nil
}

func (w *walker) leaf(name string, row, before int, text string, numeric bool) {
	for before < len(w.text) && strings.IndexByte(" \t\r\n:,", w.text[before]) >= 0 {
		before++
	}
	c, ok := w.columns[name]
	if !ok {
		c = len(w.heads)
		w.columns[name] = c
		w.heads = append(w.heads, name)
	}
	w.cells = append(w.cells, personal.Cell{Row: row, Column: c, Text: text, Numeric: numeric})
	w.spans = append(w.spans, span{before, int(w.decoder.InputOffset())})
}
