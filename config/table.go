package config

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tereze/config/tree"
	"tereze/model"
)

// row is one line of a CSV file; its methods read a cell and complain about
// it with file, line and column.
type row struct {
	r     *reader
	file  string
	line  int
	cells map[string]string
}

// table reads a CSV file with exactly the given columns; those ending in "_"
// stand once per language. A missing file has no rows.
func (r *reader) table(fsys fs.FS, name, shown string, need, may []string) []row {
	data := r.file(fsys, name, shown)
	if data == nil {
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		r.bad(model.Place{File: shown}, "encoding", "", "the text is not UTF-8; save the file as UTF-8")
		return nil
	}
	lines := csv.NewReader(bytes.NewReader(data))
	lines.FieldsPerRecord = -1
	var head []string
	var rows []row
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			r.bad(model.Place{File: shown, Line: pe.Line}, "csv", "", "not CSV at character %d: %v", pe.Column, pe.Err)
			break
		}
		if err != nil {
			r.bad(model.Place{File: shown}, "csv", "", "not CSV: %v", err)
			break
		}
		line, _ := lines.FieldPos(0)
		if head == nil {
			head = r.head(shown, line, cells, r.columns(need, r.languages), r.columns(append(slices.Clone(need), may...), r.allowed))
			continue
		}
		if len(cells) != len(head) {
			r.bad(model.Place{File: shown, Line: line}, "csv", "", "%d cells; expected %d, one for each column", len(cells), len(head))
		}
		w := row{r: r, file: shown, line: line, cells: map[string]string{}}
		for i, c := range cells[:min(len(cells), len(head))] {
			w.cells[head[i]] = strings.TrimSpace(c)
		}
		rows = append(rows, w)
	}
	return rows
}

// columns writes out the columns that stand once per language.
func (r *reader) columns(names, languages []string) []string {
	var out []string
	for _, n := range names {
		if !strings.HasSuffix(n, "_") {
			out = append(out, n)
			continue
		}
		for _, code := range languages {
			out = append(out, n+code)
		}
	}
	return out
}

func (r *reader) head(file string, line int, cells, need, known []string) []string {
	head := make([]string, len(cells))
	for i, c := range cells {
		head[i] = strings.TrimSpace(c)
		p := model.Place{File: file, Line: line, Column: head[i]}
		switch {
		case slices.Contains(head[:i], head[i]):
			r.bad(p, "duplicate_column", "", "column %s stands twice; keep one", head[i])
		case !slices.Contains(known, head[i]):
			r.bad(p, "unknown_column", tree.Hint(head[i], known), "unknown column %q", head[i])
		}
	}
	for _, n := range need {
		if !slices.Contains(head, n) {
			r.bad(model.Place{File: file, Line: line}, "missing_column", "", "column %s is missing", n)
		}
	}
	return head
}

func (w row) place(column string) model.Place {
	return model.Place{File: w.file, Line: w.line, Column: column}
}

func (w row) text(column string) string { return w.cells[column] }

// need is a text that must be there.
func (w row) need(column string) string {
	s := w.cells[column]
	if s == "" {
		w.r.bad(w.place(column), "missing_cell", "", "the cell is empty; expected a text")
	}
	return s
}

func (w row) one(column string, allowed ...string) string {
	s := w.cells[column]
	if !slices.Contains(allowed, s) {
		w.r.bad(w.place(column), "wrong_value", tree.Hint(s, allowed), "%q stands here; expected one of %s", s, strings.Join(allowed, ", "))
	}
	return s
}

// date is a day, or empty for an empty cell.
func (w row) date(column string) model.Date {
	s := w.cells[column]
	if s == "" {
		return ""
	}
	d, err := model.ParseDate(s)
	if err != nil {
		w.r.bad(w.place(column), "wrong_type", "", "%v", err)
	}
	return d
}

// number is a number within limits, or empty for an empty cell.
func (w row) number(column string, low, high, empty float64) float64 {
	s := w.cells[column]
	if s == "" {
		return empty
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= low && f <= high) {
		w.r.bad(w.place(column), "wrong_type", "", "%q stands here; expected a number from %g to %g", s, low, high)
		return empty
	}
	return f
}

// flag is true or false; an empty cell is false.
func (w row) flag(column string) bool {
	s := w.cells[column]
	if s != "" && s != "true" && s != "false" {
		w.r.bad(w.place(column), "wrong_type", "", "%q stands here; expected true or false", s)
	}
	return s == "true"
}

// words is one wording per language from the columns prefix_kk …; unless it
// may be partial it is complete or absent.
func (w row) words(prefix string, need, partial bool) model.Text {
	var out model.Text
	for _, code := range w.r.allowed {
		if s := w.cells[prefix+code]; s != "" {
			if out == nil {
				out = model.Text{}
			}
			out[code] = s
		}
	}
	if out == nil && !need || partial {
		return out
	}
	for _, code := range w.r.languages {
		if out[code] == "" {
			w.r.bad(w.place(prefix+code), "missing_translation", "", "the cell is empty; expected the wording in %s", code)
		}
	}
	return out
}
