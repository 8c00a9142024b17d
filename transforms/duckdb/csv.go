package duckdb

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// AppendNumber writes a number as every published file has it: the shortest
// text that reads back as the same number, without exponent or trailing ".0".
func AppendNumber(b []byte, v float64) []byte {
	if v == 0 {
		return append(b, '0') // minus zero included
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// lines turns Arrow records into CSV lines by RFC 4180: commas, CRLF, quotes
// only where needed, nothing between commas where there is no value.
type lines struct {
	schema *arrow.Schema
	buf    []byte
	first  string
}

func newLines(s *arrow.Schema) *lines { return &lines{schema: s} }

func (l *lines) header() []byte {
	l.buf = l.buf[:0]
	for i, f := range l.schema.Fields() {
		if i > 0 {
			l.buf = append(l.buf, ',')
		}
		l.buf = appendText(l.buf, f.Name)
	}
	l.buf = append(l.buf, '\r', '\n')
	return l.buf
}

func (l *lines) each(rec arrow.Record, line func(bool, string, []byte) error) error {
	cols := make([]func([]byte, int) []byte, rec.NumCols())
	first := func(int) string { return "" }
	for i := range cols {
		c, err := column(rec.Column(i))
		if err != nil {
			return fmt.Errorf("column %s: %w", l.schema.Field(i).Name, err)
		}
		cols[i] = c
	}
	if s, ok := rec.Column(0).(*array.String); ok {
		// The text lies in the driver's memory; it is copied once for each
		// run of equal ones.
		first = func(r int) string {
			if t := s.Value(r); t != l.first {
				l.first = strings.Clone(t)
			}
			return l.first
		}
	}
	for r := 0; r < int(rec.NumRows()); r++ {
		b := l.buf[:0]
		for i, c := range cols {
			if i > 0 {
				b = append(b, ',')
			}
			b = c(b, r)
		}
		b = append(b, '\r', '\n')
		l.buf = b
		if err := line(false, first(r), b); err != nil {
			return err
		}
	}
	return nil
}

// column is how one field of each row is written. A type that is not listed
// is an error, never a guess.
func column(a arrow.Array) (func([]byte, int) []byte, error) {
	var write func([]byte, int) []byte
	switch a := a.(type) {
	case *array.String:
		write = func(b []byte, r int) []byte { return appendText(b, a.Value(r)) }
	case *array.Float64:
		write = func(b []byte, r int) []byte { return AppendNumber(b, a.Value(r)) }
	case *array.Int32:
		write = func(b []byte, r int) []byte { return strconv.AppendInt(b, int64(a.Value(r)), 10) }
	case *array.Int64:
		write = func(b []byte, r int) []byte { return strconv.AppendInt(b, a.Value(r), 10) }
	case *array.Boolean:
		write = func(b []byte, r int) []byte { return strconv.AppendBool(b, a.Value(r)) }
	case *array.Date32:
		// Days repeat from row to row; the calendar is asked once a day.
		last, text := arrow.Date32(-1<<31), []byte(nil)
		write = func(b []byte, r int) []byte {
			if d := a.Value(r); d != last || text == nil {
				last, text = d, d.ToTime().AppendFormat(nil, "2006-01-02")
			}
			return append(b, text...)
		}
	default:
		return nil, fmt.Errorf("no text form for %s", a.DataType())
	}
	if a.NullN() == 0 {
		return write, nil
	}
	return func(b []byte, r int) []byte {
		if a.IsNull(r) {
			return b
		}
		return write(b, r)
	}, nil
}

func appendText(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ',', '"', '\r', '\n':
			return quote(b, s)
		}
	}
	return append(b, s...)
}

func quote(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}
