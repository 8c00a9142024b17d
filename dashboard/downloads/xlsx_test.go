package downloads

import (
	"bytes"
	"math"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"tereze/config/words"
)

func trial(t *testing.T) []byte {
	t.Helper()
	b := newBook(bookFacts{title: `A & "B"`, description: "d", creator: "c", language: "kk", day: "2026-11-24T00:00:00Z"}, "Notes: all", "Data")
	b.sheet(1, 28, 90)
	b.row([]field{text("term"), text("line one\nline two")}, styleTerm, styleText)
	b.row(nil)
	b.row([]field{text("after an empty row"), text("\x00 not allowed")}, styleTerm, styleText)
	b.endSheet()
	b.sheet(2, make([]int, 28)...)
	wide := make([]field, 28)
	wide[0], wide[25], wide[26], wide[27] = text("a"), text("z"), text("aa"), number(27)
	b.row(wide, styleHead)
	b.row([]field{text(" <Өскемен> & co "), number(0.1), number(math.Copysign(0, -1)), number(math.NaN()), number(1e21), text("007"), text(" <Өскемен> & co ")})
	for i := range 5000 {
		b.row([]field{text("row " + strconv.Itoa(i)), number(float64(i))})
	}
	b.endSheet()
	raw, err := b.close()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Another program must read what was written: texts as they were, numbers as
// numbers, empty cells as nothing, long texts in lines.
func TestAWorkbookIsReadByOthers(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(trial(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); len(got) != 2 || got[0] != "Notes  all" || got[1] != "Data" {
		t.Errorf("the sheets are %q", got)
	}
	notes, data := f.GetSheetList()[0], f.GetSheetList()[1]
	for _, c := range []struct {
		sheet, cell, want string
		kind              excelize.CellType
	}{
		{notes, "B1", "line one\nline two", excelize.CellTypeSharedString},
		{notes, "A2", "", excelize.CellTypeUnset},
		{notes, "A3", "after an empty row", excelize.CellTypeSharedString},
		{notes, "B3", "\uFFFD not allowed", excelize.CellTypeSharedString},
		{data, "A1", "a", excelize.CellTypeSharedString},
		{data, "Z1", "z", excelize.CellTypeSharedString},
		{data, "AA1", "aa", excelize.CellTypeSharedString},
		{data, "AB1", "27", excelize.CellTypeUnset},
		{data, "A2", " <Өскемен> & co ", excelize.CellTypeSharedString},
		{data, "B2", "0.1", excelize.CellTypeUnset},
		{data, "C2", "0", excelize.CellTypeUnset},
		{data, "D2", "", excelize.CellTypeUnset},
		{data, "E2", "1000000000000000000000", excelize.CellTypeUnset},
		{data, "F2", "007", excelize.CellTypeSharedString},
		{data, "G2", " <Өскемен> & co ", excelize.CellTypeSharedString},
		{data, "A5002", "row 4999", excelize.CellTypeSharedString},
		{data, "B5002", "4999", excelize.CellTypeUnset},
	} {
		got, err := f.GetCellValue(c.sheet, c.cell, excelize.Options{RawCellValue: true})
		kind, err2 := f.GetCellType(c.sheet, c.cell)
		if err != nil || err2 != nil || got != c.want || kind != c.kind {
			t.Errorf("%s, %s: %q of type %d, expected %q of type %d (%v, %v)", c.sheet, c.cell, got, kind, c.want, c.kind, err, err2)
		}
	}
	for cell, bold := range map[string]bool{"A1": true, "B1": false} {
		id, err := f.GetCellStyle(notes, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || style.Alignment == nil || !style.Alignment.WrapText || style.Font != nil && style.Font.Bold != bold {
			t.Errorf("%s is not styled as a note: %+v (%v)", cell, style, err)
		}
	}
	if props, err := f.GetDocProps(); err != nil || props.Title != `A & "B"` || props.Created != "2026-11-24T00:00:00Z" {
		t.Errorf("the properties are %+v (%v)", props, err)
	}
}

// The packers are used again by later books; nothing of an earlier one may
// show.
func TestTheSameRowsGiveTheSameWorkbook(t *testing.T) {
	if !bytes.Equal(trial(t), trial(t)) {
		t.Error("two workbooks of the same rows differ")
	}
}

// A number in JSON and XLSX must be the text that stands in the CSV.
func TestNumbersAreWrittenAsEverywhere(t *testing.T) {
	for _, f := range []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 1.0 / 3, 1e21, 1e-7, 123456789.123456, math.MaxFloat64} {
		if got := string(appendNumber(nil, f)); got != words.FormatRaw(f) {
			t.Errorf("%v is written as %s, elsewhere as %s", f, got, words.FormatRaw(f))
		}
	}
}
