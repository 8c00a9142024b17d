package grid

import (
	"fmt"
	"strings"
)

// Columns gives the heads of a grid, one a column, and the rows below them.
// The header is the row that holds most of the wanted heads; heads of one
// text are told apart by a number. Without any of them there is no header,
// and both results are nil.
func Columns(g *Grid, wanted []string, headerRows int) (heads []string, rows []Row) {
	h, _, _ := findHeader(g, wanted, headerRows)
	if h.rows == 0 {
		return nil, nil
	}
	seen := map[string]int{}
	for _, s := range h.heads {
		s = strings.Join(strings.FieldsFunc(s, invisible), " ")
		if s != "" {
			if seen[s]++; seen[s] > 1 {
				s = fmt.Sprintf("%s (%d)", s, seen[s])
			}
		}
		heads = append(heads, s)
	}
	return heads, g.Rows[h.first+h.rows:]
}

// Text is the text of a row's cell, counted from 0; empty where another cell
// of a merged range holds it.
func (r Row) Text(col int) string {
	if r.has(col, Covered) {
		return ""
	}
	return r.text(col)
}
