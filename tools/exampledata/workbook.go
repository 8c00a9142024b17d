package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sort"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// sheet is a workbook with one sheet; the first error stays.
type sheet struct {
	f    *excelize.File
	name string
	err  error
}

func newSheet(name string) *sheet {
	f := excelize.NewFile()
	s := &sheet{f: f, name: name}
	s.note(f.SetSheetName("Sheet1", name))
	s.note(f.SetDocProps(&excelize.DocProperties{
		Created: "2021-07-01T00:00:00Z", Modified: "2021-07-01T00:00:00Z", Creator: "-", LastModifiedBy: "-"}))
	return s
}

func (s *sheet) note(err error) {
	if s.err == nil {
		s.err = err
	}
}

func address(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // columns and rows of a form are small
	}
	return name
}

func (s *sheet) set(column, row int, v any) {
	s.note(s.f.SetCellValue(s.name, address(column, row), v))
}

func (s *sheet) merge(c1, r1, c2, r2 int) {
	s.note(s.f.MergeCell(s.name, address(c1, r1), address(c2, r2)))
}

func (s *sheet) styled(c1, r1, c2, r2 int, st *excelize.Style) {
	id, err := s.f.NewStyle(st)
	s.note(err)
	s.note(s.f.SetCellStyle(s.name, address(c1, r1), address(c2, r2), id))
}

// value writes a cell as number or text.
func (s *sheet) value(column, row int, c cell) {
	if n, err := strconv.Atoi(c.text); c.number && err == nil {
		s.set(column, row, n)
		return
	}
	s.set(column, row, c.text)
}

func (s *sheet) file(path string) (file, error) {
	if s.err != nil {
		return file{}, s.err
	}
	var b bytes.Buffer
	if err := s.f.Write(&b); err != nil {
		return file{}, err
	}
	packed, err := repack(b.Bytes())
	return file{path, packed}, err
}

// repack stores the parts of a workbook uncompressed, in order and without
// times: the bytes depend on no clock and no version of a compressor.
func repack(b []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	parts := in.File
	sort.Slice(parts, func(i, j int) bool { return parts[i].Name < parts[j].Name })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range parts {
		r, err := part.Open()
		if err != nil {
			return nil, err
		}
		to, err := w.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(to, r); err != nil {
			return nil, fmt.Errorf("%s: %w", part.Name, err)
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

var (
	bold   = &excelize.Style{Font: &excelize.Font{Bold: true}}
	framed = &excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Alignment: &excelize.Alignment{WrapText: true, Horizontal: "center", Vertical: "center"},
	}
	dated = &excelize.Style{NumFmt: 14}
)
