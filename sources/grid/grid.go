// Package grid turns a decoded sheet of texts into records: it finds the
// header, tells data from layout, and addresses every value cell.
package grid

import (
	"strings"

	"tereze/model"
)

// Mark says what the file knows of a cell beside its text.
type Mark uint8

const (
	Numeric Mark = 1 << iota // the file's own number type
	Covered                  // the text stands in another cell of the same merged range
	Tall                     // first cell of a merged range of several rows
	Wide                     // first cell of a merged range of several columns
)

// Row is one row of a sheet, one record of a CSV file or one JSON object.
type Row struct {
	Number int // as a person would count: sheet row, line of the file, place in the array
	Cells  []string
	Marks  []Mark // nil, or as long as Cells
}

// Grid is one sheet.
type Grid struct {
	Sheet  string // empty where the format has none
	Rows   []Row
	Named  bool              // columns are addressed by their head (JSON), else by letters; the first row is the header
	Strict bool              // a row longer than the header is a mistake (CSV), not a remark beside the table (workbook)
	Fields map[string]string // JSON: single texts beside the records, by dotted path
}

func (r Row) text(col int) string {
	if col < 0 || col >= len(r.Cells) {
		return ""
	}
	return r.Cells[col]
}

func (r Row) has(col int, m Mark) bool {
	return col >= 0 && col < len(r.Marks) && r.Marks[col]&m != 0
}

// Cell is the text at an address such as B3, or, in a grid with named
// fields, at a dotted path.
func (g *Grid) Cell(address string) (string, bool) {
	if g.Named {
		s, ok := g.Fields[address]
		return s, ok
	}
	col, row, ok := address2(address)
	if !ok {
		return "", false
	}
	for _, r := range g.Rows {
		if r.Number == row {
			return r.text(col), true
		}
	}
	return "", false
}

// address2 reads B3 as column 1 (counted from 0), row 3.
func address2(s string) (col, row int, ok bool) {
	s = strings.ToUpper(strings.ReplaceAll(s, "$", ""))
	i := 0
	for ; i < len(s) && s[i] >= 'A' && s[i] <= 'Z' && i < 4; i++ {
		col = col*26 + int(s[i]-'A') + 1
	}
	for j := i; j < len(s); j++ {
		if s[j] < '0' || s[j] > '9' || row > 1<<24 {
			return 0, 0, false
		}
		row = row*10 + int(s[j]-'0')
	}
	return col - 1, row, col > 0 && row > 0
}

// Letters is the name of the column with the number, counted from 0.
func Letters(col int) string {
	s := ""
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// blank reports whether a text holds nothing to see.
func blank(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' {
			return strings.TrimFunc(s, invisible) == ""
		}
	}
	return true
}

func invisible(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\v', '\f', 0, '\u00a0', '\u202f', '\u2007', '\u2009', '\u200b', '\u2060', '\ufeff':
		return true
	}
	return false
}

// Fold is a text as heads and total words are compared: lower case, one
// blank between words, ё as е.
func Fold(s string) string {
	s = strings.ToLower(strings.ReplaceAll(strings.Join(strings.FieldsFunc(s, invisible), " "), "\u00ad", ""))
	return strings.ReplaceAll(s, "ё", "е")
}

func problem(file, sheet, text, hint string) model.Problem {
	return model.Problem{
		Place: model.Place{File: file, Sheet: sheet}, Code: Unreadable, Level: model.Error, Text: text, Hint: hint,
		Args: map[string]string{"file": file, "sheet": sheet},
	}
}

// Unreadable is the reason code of a file or sheet of which nothing is taken.
const Unreadable = "unreadable_file"
