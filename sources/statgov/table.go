package statgov

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"tereze/sources/fetch"
	"tereze/sources/taldau"
)

// Table lays a csv or json element out flat. The csv form is separated by
// tabs despite its name; the json form has the rows of Taldau. Workbooks
// are left to the reader of workbooks.
func Table(body []byte) (columns []string, rows [][]string, err error) {
	switch head := bytes.TrimSpace(fetch.TrimBOM(body)); {
	case len(head) == 0:
		return nil, nil, fetch.Fault("", fetch.Empty, "holds nothing; expected rows")
	case head[0] == '[' || head[0] == '{':
		return taldau.Table(body)
	case bytes.HasPrefix(head, []byte("PK")), bytes.HasPrefix(head, fetch.OLE2):
		return nil, nil, fetch.Fault("", fetch.WrongFormat, "is a workbook; expected the csv or json form")
	}
	return text(body)
}

func text(body []byte) (columns []string, rows [][]string, err error) {
	decoded, err := decode(body)
	if err != nil {
		return nil, nil, fetch.Fault("", fetch.WrongFormat, "is in no known encoding: %v", err)
	}
	r := csv.NewReader(strings.NewReader(decoded))
	r.Comma = separator(decoded)
	r.LazyQuotes = true // quotation marks stand unescaped in names
	r.FieldsPerRecord = -1
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fetch.Fault("", fetch.WrongFormat, "%v", err)
		}
		// A tab at the end of each line makes an empty last field.
		if columns == nil {
			if columns = record; len(columns) > 1 && columns[len(columns)-1] == "" {
				columns = columns[:len(columns)-1]
			}
			if err := heads(columns); err != nil {
				return nil, nil, err
			}
			continue
		}
		if len(record) == len(columns)+1 && record[len(columns)] == "" {
			record = record[:len(columns)]
		}
		if len(record) != len(columns) {
			line, _ := r.FieldPos(0)
			return nil, nil, fetch.Fault("", fetch.WrongFormat, "line %d has %d fields; expected %d as in the header", line, len(record), len(columns))
		}
		rows = append(rows, record)
	}
	if len(rows) == 0 {
		return nil, nil, fetch.Fault("", fetch.Empty, "holds a header and no rows")
	}
	return columns, rows, nil
}

func heads(columns []string) error {
	for i, c := range columns {
		columns[i] = strings.TrimSpace(c)
		if slices.Contains(columns[:i], columns[i]) {
			return fetch.Fault("", fetch.WrongFormat, "has two columns %q; expected each name once", columns[i])
		}
	}
	return nil
}

// separator is the tab where the header has one, else what stands in it
// most often.
func separator(s string) rune {
	head, _, _ := strings.Cut(s, "\n")
	switch {
	case strings.Contains(head, "\t"):
		return '\t'
	case strings.Count(head, ";") >= strings.Count(head, ",") && strings.Contains(head, ";"):
		return ';'
	}
	return ','
}

// decode reads UTF-8 and UTF-16 with their marks, plain UTF-8, and else
// windows-1251.
func decode(body []byte) (string, error) {
	if bytes.HasPrefix(body, []byte{0xFF, 0xFE}) || bytes.HasPrefix(body, []byte{0xFE, 0xFF}) {
		b, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(body)
		return string(b), err
	}
	body = fetch.TrimBOM(body)
	if utf8.Valid(body) {
		return string(body), nil
	}
	b, err := charmap.Windows1251.NewDecoder().Bytes(body)
	return string(b), err
}
