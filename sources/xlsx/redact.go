package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tereze/sources/personal"
)

// Redact gives a workbook with the same sheets, cells and merged ranges, in
// which the marker stands in place of every cell with personal data, and how
// many there are. Without personal data the copy is nil. The copy is written
// anew: comments, pictures, properties, hidden caches and the list of texts
// of the original, any of which may repeat what stood in a cell, are not in
// it. Where the workbook had to be opened and nothing was found in it, open
// is that workbook, which need not be opened again to be read.
func Redact(data []byte, f *personal.Finder) (clean []byte, found int, open *Book, err error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, 0, nil, nil // the reader says what it is
	}
	formulas, err := measure(data, maxUnzipped)
	if err != nil {
		return nil, 0, nil, err
	}
	possible, err := mayHold(data, f)
	if err != nil || !possible {
		return nil, 0, nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			clean, found, open, err = nil, 0, nil, damaged(r)
		}
	}()
	from, err := openBook(data, formulas)
	if err != nil {
		return nil, 0, nil, err
	}
	var sheets []sheetCells
	for _, name := range from.f.GetSheetList() {
		s, err := from.look(name, f)
		if err != nil {
			return nil, 0, nil, fmt.Errorf("sheet %q: %w", name, err)
		}
		found += s.found
		sheets = append(sheets, s)
	}
	switch {
	case found == 0 && from.broken:
		return nil, 0, nil, nil // the reader says what is wrong
	case found == 0:
		return nil, 0, from, nil
	}
	c := copier{from: from.f, to: excelize.NewFile(), styles: map[int]int{}}
	defer c.to.Close()
	if err := c.copy(sheets); err != nil {
		return nil, 0, nil, err
	}
	var b bytes.Buffer
	if err := c.to.Write(&b); err != nil {
		return nil, 0, nil, err
	}
	return b.Bytes(), found, nil, nil
}

// mayHold takes a quick look at the parts that hold texts and numbers.
func mayHold(data []byte, f *personal.Finder) (bool, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false, err
	}
	for _, part := range z.File {
		name := strings.ToLower(part.Name)
		if !strings.HasSuffix(name, ".xml") || strings.Contains(name, "theme") || strings.Contains(name, "styles") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			return false, err
		}
		text, err := io.ReadAll(io.LimitReader(r, maxUnzipped))
		r.Close()
		if err != nil {
			return false, err
		}
		if f.Possible(string(text)) {
			return true, nil
		}
	}
	return false, nil
}

// sheetCells are the cells of a sheet that hold something, as a reader of
// cells sees them.
type sheetCells struct {
	name     string
	cells    []personal.Cell
	axes     []string      // where each cell stands
	personal map[int]bool  // which of them hold personal data
	formulas []formulaCell // cells with a formula and no kept result
	found    int           // cells, formulas and comments with personal data
}

type formulaCell struct {
	axis, text string
	personal   bool
}

// look reads a sheet and finds what is personal in it.
func (b *Book) look(name string, finder *personal.Finder) (sheetCells, error) {
	s := sheetCells{name: name, personal: map[int]bool{}}
	from, formulas := b.f, b.formulas
	rows, err := b.everyRow(name)
	if err != nil {
		return s, err
	}
	for y, row := range rows {
		for x, text := range row {
			if text == "" && !formulas {
				continue
			}
			axis, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return s, err
			}
			if text == "" {
				f, err := from.GetCellFormula(name, axis)
				if err != nil {
					return s, err
				}
				if f != "" {
					hit := len(finder.Find(nil, []personal.Cell{{Text: f}})) > 0
					s.formulas = append(s.formulas, formulaCell{axis, f, hit})
					s.count(hit)
				}
				continue
			}
			numeric := false
			if _, wrong := strconv.ParseFloat(text, 64); wrong == nil {
				kind, err := from.GetCellType(name, axis)
				if err != nil {
					return s, err
				}
				numeric = kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset || kind == excelize.CellTypeDate || kind == excelize.CellTypeFormula
			}
			s.cells = append(s.cells, personal.Cell{Row: y, Column: x, Text: text, Numeric: numeric})
			s.axes = append(s.axes, axis)
		}
	}
	for _, h := range finder.Find(nil, s.cells) {
		s.personal[h] = true
		s.count(true)
	}
	comments, err := from.GetComments(name)
	if err != nil {
		return s, err
	}
	for _, k := range comments {
		text := k.Text
		for _, p := range k.Paragraph {
			text += p.Text
		}
		s.found += len(finder.Find(nil, []personal.Cell{{Text: text}}))
	}
	return s, nil
}

func (s *sheetCells) count(hit bool) {
	if hit {
		s.found++
	}
}

// copier writes the cells of one workbook into a new one.
type copier struct {
	from, to *excelize.File
	styles   map[int]int // number formats, from style to style
}

func (c *copier) copy(sheets []sheetCells) error {
	if p, err := c.from.GetWorkbookProps(); err == nil && p.Date1904 != nil && *p.Date1904 {
		if err := c.to.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: p.Date1904}); err != nil {
			return err
		}
	}
	for i, s := range sheets {
		var err error
		if i == 0 {
			err = c.to.SetSheetName(c.to.GetSheetName(0), s.name)
		} else {
			_, err = c.to.NewSheet(s.name)
		}
		if err == nil {
			err = c.sheet(s)
		}
		if err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	// Only now: a workbook never hides its only sheet.
	for _, s := range sheets {
		if visible, err := c.from.GetSheetVisible(s.name); err == nil && !visible {
			if err := c.to.SetSheetVisible(s.name, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// sheet copies what a reader of cells sees: values, formulas without a kept
// result, number formats and merged ranges.
func (c *copier) sheet(s sheetCells) error {
	for _, f := range s.formulas {
		var err error
		if f.personal {
			err = c.to.SetCellStr(s.name, f.axis, personal.Marker)
		} else {
			err = c.to.SetCellFormula(s.name, f.axis, f.text)
		}
		if err != nil {
			return err
		}
	}
	for i, cell := range s.cells {
		var err error
		if s.personal[i] {
			err = c.to.SetCellStr(s.name, s.axes[i], personal.Marker)
		} else {
			err = c.cell(s.name, s.axes[i], cell)
		}
		if err != nil {
			return err
		}
	}
	merged, err := c.from.GetMergeCells(s.name)
	if err != nil {
		return err
	}
	for _, m := range merged {
		if err := c.to.MergeCell(s.name, m.GetStartAxis(), m.GetEndAxis()); err != nil {
			return err
		}
	}
	return nil
}

func (c *copier) cell(name, axis string, cell personal.Cell) error {
	if !cell.Numeric {
		return c.to.SetCellStr(name, axis, cell.Text)
	}
	// SetCellDefault writes a number as the text it had, with all its digits.
	if err := c.to.SetCellDefault(name, axis, cell.Text); err != nil {
		return err
	}
	style, err := c.from.GetCellStyle(name, axis)
	if err != nil || style == 0 {
		return err
	}
	to, ok := c.styles[style]
	if !ok {
		s, err := c.from.GetStyle(style)
		if err != nil {
			return err
		}
		if to, err = c.to.NewStyle(&excelize.Style{NumFmt: s.NumFmt, CustomNumFmt: s.CustomNumFmt, DecimalPlaces: s.DecimalPlaces}); err != nil {
			return err
		}
		c.styles[style] = to
	}
	return c.to.SetCellStyle(name, axis, axis, to)
}
