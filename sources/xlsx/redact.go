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
// it.
func Redact(data []byte, f *personal.Finder) (clean []byte, found int, err error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, 0, nil // the reader says what it is
	}
	if _, err := measure(data, maxUnzipped); err != nil {
		return nil, 0, err
	}
	possible, err := mayHold(data, f)
	if err != nil || !possible {
		return nil, 0, err
	}
	defer func() {
		if r := recover(); r != nil {
			clean, found, err = nil, 0, fmt.Errorf("the workbook is damaged (%v); open it in a spreadsheet program and save it anew", r)
		}
	}()
	from, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return nil, 0, fmt.Errorf("the workbook cannot be opened: %w", err)
	}
	defer from.Close()
	c := copier{from: from, to: excelize.NewFile(), finder: f, styles: map[int]int{}}
	defer c.to.Close()
	if err := c.copy(); err != nil || c.found == 0 {
		return nil, 0, err
	}
	var b bytes.Buffer
	if err := c.to.Write(&b); err != nil {
		return nil, 0, err
	}
	return b.Bytes(), c.found, nil
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

// copier writes the cells of one workbook into a new one.
type copier struct {
	from, to *excelize.File
	finder   *personal.Finder
	styles   map[int]int // number formats, from style to style
	found    int
}

func (c *copier) copy() error {
	if p, err := c.from.GetWorkbookProps(); err == nil && p.Date1904 != nil && *p.Date1904 {
		if err := c.to.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: p.Date1904}); err != nil {
			return err
		}
	}
	for i, name := range c.from.GetSheetList() {
		var err error
		if i == 0 {
			err = c.to.SetSheetName(c.to.GetSheetName(0), name)
		} else {
			_, err = c.to.NewSheet(name)
		}
		if err == nil {
			err = c.sheet(name)
		}
		if err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	// Only now: a workbook never hides its only sheet.
	for _, name := range c.from.GetSheetList() {
		if visible, err := c.from.GetSheetVisible(name); err == nil && !visible {
			if err := c.to.SetSheetVisible(name, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// sheet copies what a reader of cells sees: values, formulas without a kept
// result, number formats and merged ranges.
func (c *copier) sheet(name string) error {
	rows, err := c.from.GetRows(name)
	if err != nil {
		return err
	}
	var cells []personal.Cell
	var axes []string
	for y, row := range rows {
		for x, text := range row {
			axis, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			if text == "" {
				if err := c.formula(name, axis); err != nil {
					return err
				}
				continue
			}
			kind, err := c.from.GetCellType(name, axis)
			if err != nil {
				return err
			}
			numeric := kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset || kind == excelize.CellTypeDate || kind == excelize.CellTypeFormula
			if _, wrong := strconv.ParseFloat(text, 64); wrong != nil {
				numeric = false
			}
			cells = append(cells, personal.Cell{Row: y, Column: x, Text: text, Numeric: numeric})
			axes = append(axes, axis)
		}
	}
	personalCell := map[int]bool{}
	for _, h := range c.finder.Find(nil, cells) {
		personalCell[h] = true
		c.found++
	}
	for i, cell := range cells {
		if personalCell[i] {
			err = c.to.SetCellStr(name, axes[i], personal.Marker)
		} else {
			err = c.cell(name, axes[i], cell)
		}
		if err != nil {
			return err
		}
	}
	comments, err := c.from.GetComments(name)
	if err != nil {
		return err
	}
	for _, k := range comments {
		text := k.Text
		for _, p := range k.Paragraph {
			text += p.Text
		}
		c.found += len(c.finder.Find(nil, []personal.Cell{{Text: text}}))
	}
	merged, err := c.from.GetMergeCells(name)
	if err != nil {
		return err
	}
	for _, m := range merged {
		if err := c.to.MergeCell(name, m.GetStartAxis(), m.GetEndAxis()); err != nil {
			return err
		}
	}
	return nil
}

func (c *copier) formula(name, axis string) error {
	text, err := c.from.GetCellFormula(name, axis)
	if err != nil || text == "" {
		return err
	}
	if len(c.finder.Find(nil, []personal.Cell{{Text: text}})) > 0 {
		c.found++
		return c.to.SetCellStr(name, axis, personal.Marker)
	}
	return c.to.SetCellFormula(name, axis, text)
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
