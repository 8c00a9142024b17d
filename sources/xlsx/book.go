package xlsx

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/sources/grid"
)

// Book is an open workbook. All of it lies in memory, so it need not be
// closed.
type Book struct {
	f        *excelize.File
	formulas bool                  // some sheet has formulas
	seen     map[string][][]string // the rows of the sheets that were looked through
	broken   bool                  // some row of them could not be read
}

func openBook(data []byte, formulas bool) (*Book, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil {
		return nil, fmt.Errorf("the workbook cannot be opened: %w", err)
	}
	return &Book{f: f, formulas: formulas, seen: map[string][][]string{}}, nil
}

// damaged is the error for what broke the library.
func damaged(cause any) error {
	return fmt.Errorf("the workbook is damaged (%v); open it in a spreadsheet program and save it anew", cause)
}

// Read reads the declared sheet, or the first one that is not hidden.
func (b *Book) Read(src config.Source) (grids []grid.Grid, found map[string]string, err error) {
	defer func() {
		if r := recover(); r != nil {
			grids, found, err = nil, nil, damaged(r)
		}
	}()
	name, err := choose(b.f, src.Table.Sheet)
	if err != nil {
		return nil, nil, err
	}
	s := sheet{f: b.f, name: name, formulas: b.formulas, formats: map[int]format{}}
	if p, err := b.f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		s.epoch1904 = *p.Date1904
	}
	rows, err := b.rows(name)
	var g grid.Grid
	if err == nil {
		g, err = s.read(rows)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("sheet %q: %w", name, err)
	}
	found = map[string]string{"sheet": name}
	if s.epoch1904 {
		found["epoch"] = "1904"
	}
	return []grid.Grid{g}, found, nil
}

// rows are the rows of a sheet up to the last one that holds something. A
// sheet formatted to its end holds no data behind a long gap.
func (b *Book) rows(name string) ([][]string, error) {
	if rows, ok := b.seen[name]; ok {
		return beforeGap(rows), nil
	}
	from, err := b.f.Rows(name)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	var rows [][]string
	for last := 0; len(rows) <= last+maxGap && from.Next(); {
		cells, err := from.Columns()
		if err != nil {
			return nil, err
		}
		rows = append(rows, cells)
		if len(cells) > 0 {
			last = len(rows)
		}
	}
	if err := from.Error(); err != nil {
		return nil, err
	}
	return beforeGap(rows), nil
}

func beforeGap(rows [][]string) [][]string {
	last := 0
	for i := 0; i < len(rows) && i <= last+maxGap; i++ {
		if len(rows[i]) > 0 {
			last = i + 1
		}
	}
	return rows[:last]
}

// everyRow is rows for the look at personal data, which no gap ends.
func (b *Book) everyRow(name string) ([][]string, error) {
	from, err := b.f.Rows(name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	last := 0
	for from.Next() {
		cells, err := from.Columns()
		if err != nil {
			b.broken = true
			break
		}
		rows = append(rows, cells)
		if len(cells) > 0 {
			last = len(rows)
		}
	}
	b.seen[name] = rows[:last]
	return rows[:last], from.Close()
}
