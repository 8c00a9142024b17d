// Package sources takes the deliveries that an instance's sources declare
// and yields them as snapshots and records, none of which is interpreted yet.
package sources

import (
	"tereze/config"
	"tereze/sources/csv"
	"tereze/sources/grid"
	"tereze/sources/json"
	"tereze/sources/jsonstat"
	"tereze/sources/personal"
	"tereze/sources/sdmx"
	"tereze/sources/taldau"
	"tereze/sources/xlsx"
)

// reader decodes the bytes of one delivery into sheets and tells what it
// detected on the way (encoding, separator, sheet …).
type reader func(data []byte, src config.Source) ([]grid.Grid, map[string]string, error)

// redactor gives a copy of the bytes without personal data and how much was
// found; nil where nothing was.
type redactor func(data []byte, src config.Source, f *personal.Finder) (redacted, error)

// redacted is what looking for personal data came to.
type redacted struct {
	clean []byte
	found int
	open  opened // the bytes as they were opened for it, where nothing was found; may be nil
}

// opened are bytes whose opening took long: they are read as they lie open.
type opened interface {
	Read(src config.Source) ([]grid.Grid, map[string]string, error)
}

// format is how one kind of bytes is read.
type format struct {
	read   reader
	redact redactor
}

// formats is the one table of formats of bytes. What fetches them is in
// connectors.
var formats = map[string]format{
	"csv":       {csv.Read, plain(csv.Redact)},
	"xlsx":      {xlsx.Read, workbook},
	"json":      {json.Read, plain(json.Redact)},
	"taldau":    {tabular(taldau.Table, "value"), plain(json.Redact)},
	"sdmx-csv":  {tabular(sdmx.Table, "OBS_VALUE", "VALUE"), plain(csv.Redact)},
	"json-stat": {tabular(jsonstat.Table, "VALUE"), plain(json.Redact)},
}

// plain is the redactor of a format that is read from its bytes.
func plain(redact func(data []byte, src config.Source, f *personal.Finder) ([]byte, int, error)) redactor {
	return func(data []byte, src config.Source, f *personal.Finder) (redacted, error) {
		clean, found, err := redact(data, src, f)
		return redacted{clean: clean, found: found}, err
	}
}

func workbook(data []byte, _ config.Source, f *personal.Finder) (redacted, error) {
	clean, found, book, err := xlsx.Redact(data, f)
	r := redacted{clean: clean, found: found}
	if book != nil {
		r.open = book
	}
	return r, err
}

// tabular reads a format that a package lays out flat. The columns named
// literal hold numbers as the format writes them, with a point.
func tabular(table func([]byte) ([]string, [][]string, error), literal ...string) reader {
	return func(data []byte, src config.Source) ([]grid.Grid, map[string]string, error) {
		columns, rows, err := table(data)
		if err != nil {
			return nil, nil, err
		}
		marks := make([]grid.Mark, len(columns))
		for i, c := range columns {
			for _, l := range literal {
				if c == l && src.Decimal != "," {
					marks[i] = grid.Numeric
				}
			}
		}
		g := grid.Grid{Named: true, Rows: make([]grid.Row, 0, len(rows)+1)}
		g.Rows = append(g.Rows, grid.Row{Cells: columns})
		for i, r := range rows {
			g.Rows = append(g.Rows, grid.Row{Number: i + 1, Cells: r, Marks: marks})
		}
		return []grid.Grid{g}, map[string]string{}, nil
	}
}
