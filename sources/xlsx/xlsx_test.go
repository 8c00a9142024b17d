package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/sources/grid"
)

// workbook makes a file of one sheet; build fills it.
func workbook(t testing.TB, build func(f *excelize.File, set func(cell string, v any))) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	build(f, func(cell string, v any) {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	})
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func styled(t testing.TB, f *excelize.File, cell string, s excelize.Style) {
	t.Helper()
	id, err := f.NewStyle(&s)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
		t.Fatal(err)
	}
}

func code(s string) *string { return &s }

// A cell reads as its officer sees it, and keeps what she typed.
func TestCells(t *testing.T) {
	data := workbook(t, func(f *excelize.File, set func(string, any)) {
		set("A1", 1234.5678)
		styled(t, f, "A1", excelize.Style{NumFmt: 4}) // shown as 1,234.57
		set("B1", 0.051)
		styled(t, f, "B1", excelize.Style{NumFmt: 10}) // shown as 5.10%
		set("C1", 44378)
		styled(t, f, "C1", excelize.Style{NumFmt: 14}) // shown as a date
		set("D1", 44348)
		styled(t, f, "D1", excelize.Style{CustomNumFmt: code(`[$-419]mmmm yyyy" г."`)})
		set("E1", 44378)
		set("F1", "1 234,5")
		set("G1", "1.234")
		set("H1", "171\u00a0623")
		set("I1", true)
		set("J1", 0.1+0.2)
		set("K1", "12")
		set("L1", 850101300126.0)
		set("M1", 1e15)
		set("N1", -3)
		set("O1", 0.12345)
		styled(t, f, "O1", excelize.Style{CustomNumFmt: code(`0.0"%"`)}) // the sign is a text
	})
	g, _, err := Read(data, config.Source{})
	if err != nil {
		t.Fatal(err)
	}
	r := g[0].Rows[0]
	for i, c := range []struct {
		what, text string
		numeric    bool
	}{
		{"a rounded number keeps its digits", "1234.5678", true},
		{"a percentage keeps its sign", "5.1%", true},
		{"a date is a date", "2021-07-01", false},
		{"a month is a month", "2021-06", false},
		{"a number that may be a date stays a number", "44378", true},
		{"text stays text", "1 234,5", false},
		{"text that looks like a number stays ambiguous text", "1.234", false},
		{"no-break space stays", "171\u00a0623", false},
		{"a tick is no 1", "TRUE", false},
		{"no noise of binary fractions", "0.3", true},
		{"a number typed as text", "12", false},
		{"a long number has no exponent", "850101300126", true},
		{"a very long number has no exponent", "1000000000000000", true},
		{"a negative number", "-3", true},
		{"a percent sign that is only text", "0.12345", true},
	} {
		if r.Cells[i] != c.text || (r.Marks[i]&grid.Numeric != 0) != c.numeric {
			t.Errorf("%s: %q, numeric %v; expected %q, %v", c.what, r.Cells[i], r.Marks[i]&grid.Numeric != 0, c.text, c.numeric)
		}
	}
}

// An akimat's form: title block, merged and stacked heads, an area merged
// over rows, a total row, a signature. Every value has its address.
func TestForm(t *testing.T) {
	data := workbook(t, func(f *excelize.File, set func(string, any)) {
		set("A1", "Есеп 2021 ж. 1-жартыжылдығы")
		f.MergeCell("Sheet1", "A1", "D1")
		set("A3", "Район")
		f.MergeCell("Sheet1", "A3", "A4")
		set("B3", "Сертификаты")
		f.MergeCell("Sheet1", "B3", "C3")
		set("B4", "выдано")
		set("C4", "использовано")
		set("A5", "Алтай")
		set("B5", 12)
		set("C5", "-")
		set("A6", "Улан")
		set("B6", "…")
		set("C6", 3)
		set("A7", "Барлығы")
		set("B7", 12)
		set("C7", 3)
		set("A9", "Орындаушы")
		set("B9", "Ахметова")
		set("Z65", "x")
	})
	src := config.Source{Table: config.Mapping{
		Area: config.Key{Column: "Район"}, Period: config.Key{Cell: "A1"},
		Values: map[string]string{"Сертификаты / выдано": "issued", "Сертификаты / использовано": "used"},
	}}
	g, found, err := Read(data, src)
	if err != nil || found["sheet"] != "Sheet1" {
		t.Fatal(found, err)
	}
	res := grid.Read(&g[0], grid.Options{File: "f.xlsx", Table: src.Table, Totals: []string{"Барлығы"}})
	var got []string
	for _, r := range res.Records {
		got = append(got, fmt.Sprintf("%s!%s%d %s %s=%s", r.Value.Sheet, r.Value.Column, r.Value.Row, r.Area, r.Measure, r.Value.Text))
	}
	want := "Sheet1!B5 Алтай issued=12; Sheet1!C5 Алтай used=-; Sheet1!B6 Улан issued=…; Sheet1!C6 Улан used=3"
	if s := strings.Join(got, "; "); s != want || len(res.Problems) != 0 {
		t.Errorf("got  %s\nwant %s\nproblems %v", s, want, res.Problems)
	}
	if res.Detected["header_row"] != "3-4" {
		t.Errorf("detected %v", res.Detected)
	}
	if res.Records[0].Period != "Есеп 2021 ж. 1-жартыжылдығы" {
		t.Errorf("period %q", res.Records[0].Period)
	}
}

// The years of the old Macintosh epoch are right too.
func TestEpoch1904(t *testing.T) {
	data := workbook(t, func(f *excelize.File, set func(string, any)) {
		yes := true
		f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
		set("A1", 42916)
		styled(t, f, "A1", excelize.Style{NumFmt: 14})
	})
	g, found, err := Read(data, config.Source{})
	if err != nil || g[0].Rows[0].Cells[0] != "2021-07-01" || found["epoch"] != "1904" {
		t.Errorf("%v %v %v", g, found, err)
	}
}

// A formula that nobody worked out is worked out where it is a plain sum,
// and refused, not blank, where it is not.
func TestFormulas(t *testing.T) {
	for formula, want := range map[string]string{"SUM(A1:B1)": "5", `REPT("1",3)`: `=REPT("1",3)`} {
		data := workbook(t, func(f *excelize.File, set func(string, any)) {
			set("A1", 2)
			set("B1", 3)
			f.SetCellFormula("Sheet1", "C1", formula)
		})
		g, _, err := Read(data, config.Source{})
		if err != nil || len(g[0].Rows[0].Cells) < 3 || g[0].Rows[0].Cells[2] != want {
			t.Errorf("%s: %v %v; expected %s", formula, g, err, want)
		}
	}
}

func TestSheets(t *testing.T) {
	data := workbook(t, func(f *excelize.File, set func(string, any)) {
		set("A1", "hidden")
		f.NewSheet("Есеп ")
		f.SetCellValue("Есеп ", "A1", "shown")
		f.SetActiveSheet(1)
		f.SetSheetVisible("Sheet1", false)
	})
	for _, sheet := range []string{"", "есеп"} {
		g, _, err := Read(data, config.Source{Table: config.Mapping{Sheet: sheet}})
		if err != nil || g[0].Rows[0].Cells[0] != "shown" {
			t.Errorf("sheet %q: %v %v", sheet, g, err)
		}
	}
	if _, _, err := Read(data, config.Source{Table: config.Mapping{Sheet: "Отчёт"}}); err == nil || !strings.Contains(err.Error(), "Есеп") {
		t.Errorf("%v; expected the sheets that there are", err)
	}
}

// What cannot be read is told in words that help.
func TestUnreadable(t *testing.T) {
	var far strings.Builder
	for row := 1; row <= 200; row++ {
		fmt.Fprintf(&far, `<row r="%d"><c r="XFD%d" s="1"/></row>`, row, row)
	}
	good := workbook(t, func(_ *excelize.File, set func(string, any)) { set("A1", 1) })
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"case 14: the old format", append(append([]byte{}, oldWorkbook...), "rest"...), "save it as .xlsx"},
		{"a login page", []byte("<!DOCTYPE html>"), "DOCTYPE"},
		{"nothing", nil, "not an .xlsx"},
		{"cut off", good[:len(good)/2], "damaged"},
		{"a zip of something else", zipped("a.txt", []byte("a")), "workbook"},
		{"cells far outside", zipped("xl/worksheets/sheet1.xml", []byte(far.String())), "delete what lies far outside"},
	} {
		if _, _, err := Read(c.data, config.Source{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; expected it to say %q", c.name, err, c.says)
		}
	}
}

// A small file that unpacks into a large one is stopped while it unpacks.
func TestBomb(t *testing.T) {
	data := zipped("xl/media/picture.png", make([]byte, 2<<20))
	if _, err := measure(data, 1<<20); err == nil || !strings.Contains(err.Error(), "more than 1 MB") {
		t.Error(err)
	}
	if _, err := measure(data, 3<<20); err != nil {
		t.Error(err)
	}
}

func zipped(name string, content []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create(name)
	w.Write(content)
	z.Close()
	return b.Bytes()
}

// The bytes of a sheet's part, whatever they are, break nothing; the parts
// around it are a workbook's.
func FuzzXLSX(f *testing.F) {
	for _, s := range []string{
		`<row r="1"><c r="A1" t="inlineStr"><is><t>Район</t></is></c><c r="B1"><v>171623</v></c></row>`,
		`<row r="3"><c r="XFD3"><v>1</v></c></row>`,
		`<row><c><v>1</v></c><c t="s"><v>99</v></c></row>`,
		`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="d"><v>2021-07-01</v></c></row>`,
		`<row r="1"><c r="A1" s="99"><v>1e400</v></c></row></sheetData><mergeCells><mergeCell ref="A1:Z65"/></mergeCells><sheetData>`,
		`<row r="2"><c r="A2"><f>A2</f></c></row>`,
		`<row r="1"><c r="A1"><v>…</v></c><c r="B2"><v>x</v></c></row>`,
	} {
		f.Add(s)
	}
	base := workbook(f, func(_ *excelize.File, set func(string, any)) { set("A1", "a") })
	f.Fuzz(func(t *testing.T, rows string) {
		z, err := zip.NewReader(bytes.NewReader(base), int64(len(base)))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		out := zip.NewWriter(&b)
		for _, part := range z.File {
			if part.Name != "xl/worksheets/sheet1.xml" {
				if err := out.Copy(part); err != nil {
					t.Fatal(err)
				}
				continue
			}
			w, _ := out.Create(part.Name)
			w.Write([]byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`))
		}
		out.Close()
		grids, _, err := Read(b.Bytes(), config.Source{})
		if err != nil {
			return
		}
		for _, r := range grids[0].Rows {
			if r.Marks != nil && len(r.Marks) != len(r.Cells) {
				t.Fatalf("row %d: %d marks for %d cells", r.Number, len(r.Marks), len(r.Cells))
			}
		}
		grid.Read(&grids[0], grid.Options{Table: config.Mapping{Area: config.Key{Column: "Район"}, Value: config.Key{Column: "a"}}})
	})
}
