package xlsx

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/sources/personal"
)

// A workbook that lies open because it was looked through for personal data
// reads as one that is opened to be read.
func TestOpenBookReadsTheSame(t *testing.T) {
	// A number as long as a personal one makes a look inside necessary.
	const long = 123456789012
	books := map[string][]byte{
		"dates, percentages, ticks and merged ranges": workbook(t, func(f *excelize.File, set func(string, any)) {
			set("A1", "Район")
			f.MergeCell("Sheet1", "A1", "B2")
			set("A4", 44378)
			styled(t, f, "A4", excelize.Style{NumFmt: 14})
			set("B4", 0.051)
			styled(t, f, "B4", excelize.Style{NumFmt: 10})
			set("C4", true)
			set("D4", long)
		}),
		"formulas that nobody worked out": workbook(t, func(f *excelize.File, set func(string, any)) {
			set("A1", 2)
			set("B1", long)
			f.SetCellFormula("Sheet1", "C1", "SUM(A1:B1)")
			f.SetCellFormula("Sheet1", "D3", "A1+C1")
		}),
		"a row at the end of a gap": workbook(t, func(f *excelize.File, set func(string, any)) {
			set("A1", long)
			set("A10002", "x")
		}),
		"a row behind a gap": workbook(t, func(f *excelize.File, set func(string, any)) {
			set("A1", long)
			set("A10003", "x")
		}),
		"an empty sheet before a full one": workbook(t, func(f *excelize.File, set func(string, any)) {
			f.NewSheet("Есеп")
			f.SetCellValue("Есеп", "B2", long)
		}),
	}
	files, _ := filepath.Glob("../../config/ulgi/data/reports/akimat_form/*/*.xlsx")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		books[name] = data
	}
	finder := personal.NewFinder(personal.Words{Number: []string{"ИИН"}, Phone: []string{"телефон*"}})
	opened := 0
	for name, data := range books {
		for _, sheet := range []string{"", "Есеп"} {
			src := config.Source{Table: config.Mapping{Sheet: sheet}}
			_, found, open, err := Redact(data, finder)
			if err != nil || found > 0 {
				t.Fatal(name, found, err)
			}
			if open == nil {
				continue
			}
			opened++
			got, gotFound, gotErr := open.Read(src)
			want, wantFound, wantErr := Read(data, src)
			if !reflect.DeepEqual(gotErr, wantErr) || !reflect.DeepEqual(gotFound, wantFound) || !reflect.DeepEqual(got, want) {
				t.Errorf("%s, sheet %q: read open %v %v %v, expected %v %v %v", name, sheet, got, gotFound, gotErr, want, wantFound, wantErr)
			}
		}
	}
	if opened < len(books) {
		t.Errorf("%d readings of open workbooks; expected the look to open most of %d", opened, len(books))
	}
}
