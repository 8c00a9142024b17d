// Package xlsx reads one sheet of a workbook with the texts that a person
// would see in it and the numbers as they are stored.
package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/sources/grid"
)

// oldWorkbook are the first bytes of a compound file: .xls, or a workbook
// locked with a password.
var oldWorkbook = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// Read reads the declared sheet, or the first one that is not hidden.
func Read(data []byte, src config.Source) (grids []grid.Grid, found map[string]string, err error) {
	switch {
	case bytes.HasPrefix(data, oldWorkbook):
		return nil, nil, errors.New("the file is a workbook of the old format .xls, or locked with a password; open it in a spreadsheet program and save it as .xlsx without a password")
	case !bytes.HasPrefix(data, []byte("PK")):
		return nil, nil, fmt.Errorf("the file is not an .xlsx workbook, it begins with %q; expected a workbook saved as .xlsx", beginning(data))
	}
	formulas, err := measure(data, maxUnzipped)
	if err != nil {
		return nil, nil, err
	}
	// A damaged workbook may break the library at any point; it must not
	// break the run.
	defer func() {
		if r := recover(); r != nil {
			grids, found, err = nil, nil, damaged(r)
		}
	}()
	b, err := openBook(data, formulas)
	if err != nil {
		return nil, nil, err
	}
	return b.Read(src)
}

func beginning(data []byte) string {
	return strings.ToValidUTF8(string(data[:min(len(data), 16)]), "?")
}

func choose(f *excelize.File, want string) (string, error) {
	list := f.GetSheetList()
	if want != "" {
		for _, name := range list {
			if grid.Fold(name) == grid.Fold(want) {
				return name, nil
			}
		}
		return "", fmt.Errorf("the workbook has no sheet %q; it has %q", want, list)
	}
	for _, name := range list {
		if visible, err := f.GetSheetVisible(name); err == nil && visible {
			return name, nil
		}
	}
	return "", errors.New("the workbook has no visible sheet")
}

type sheet struct {
	f         *excelize.File
	name      string
	formulas  bool // some sheet of the workbook has formulas
	epoch1904 bool
	formats   map[int]format // by style
}

// read makes a grid of the rows of the sheet.
func (s *sheet) read(rows [][]string) (grid.Grid, error) {
	g := grid.Grid{Sheet: s.name}
	for i, cells := range rows {
		g.Rows = append(g.Rows, grid.Row{Number: i + 1, Cells: cells})
	}
	var err error
	if len(g.Rows) == 0 {
		return g, errors.New("it is empty; expected a header and rows")
	}
	calculable := false
	if s.formulas {
		if calculable, err = s.calculable(g.Rows); err != nil {
			return g, err
		}
	}
	for i := range g.Rows {
		r := &g.Rows[i]
		for c, text := range r.Cells {
			if text == "" && s.formulas {
				r.Cells[c] = s.formula(c, r.Number, calculable)
				text = r.Cells[c]
			}
			if !numberLike(text) {
				continue
			}
			shown, numeric, err := s.shown(c, r.Number, text)
			if err != nil {
				return g, err
			}
			r.Cells[c] = shown
			if numeric {
				if r.Marks == nil {
					r.Marks = make([]grid.Mark, len(r.Cells))
				}
				r.Marks[c] |= grid.Numeric
			}
		}
	}
	return g, s.fill(&g)
}

// fill writes the text of each merged range into all of its cells.
func (s *sheet) fill(g *grid.Grid) error {
	merged, err := s.f.GetMergeCells(s.name, true)
	if err != nil {
		return err
	}
	width := 0
	for _, r := range g.Rows {
		width = max(width, len(r.Cells))
	}
	for _, m := range merged {
		left, top, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil || top > len(g.Rows) || left > width {
			continue
		}
		right, bottom = min(right, width), min(bottom, len(g.Rows))
		origin := &g.Rows[top-1]
		if left > len(origin.Cells) || origin.Cells[left-1] == "" {
			continue // a merged range without text
		}
		text := origin.Cells[left-1]
		mark := grid.Mark(0)
		if len(origin.Marks) >= left {
			mark = origin.Marks[left-1] & grid.Numeric
		}
		for y := top; y <= bottom; y++ {
			r := &g.Rows[y-1]
			widen(r, right)
			for x := left; x <= right; x++ {
				r.Cells[x-1], r.Marks[x-1] = text, mark|grid.Covered
			}
		}
		own := mark
		if bottom > top {
			own |= grid.Tall
		}
		if right > left {
			own |= grid.Wide
		}
		origin.Marks[left-1] = own
	}
	return nil
}

func widen(r *grid.Row, width int) {
	for len(r.Cells) < width {
		r.Cells = append(r.Cells, "")
	}
	for len(r.Marks) < len(r.Cells) {
		r.Marks = append(r.Marks, 0)
	}
}
