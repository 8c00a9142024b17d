package sources

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"tereze/config"
	"tereze/sources/personal"
	"tereze/sources/snapshot"
)

// secretIIN is made up; its check digit is worked out by the rule.
const secretIIN = "850101300124"

func TestTheNumberOfTheTestsIsOne(t *testing.T) {
	if !personal.Number(secretIIN) {
		t.Fatal("the tests below look for a number that nobody would find")
	}
}

// keepOne delivers one file and gives what the store holds of it.
func keepOne(t *testing.T, name, text string, src config.Source) (Delivery, []byte, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "s")
	store, err := snapshot.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	src.ID, src.Files = "one", name
	got, problems := Deliver(context.Background(), instance(t, map[string]string{name: text}), src, store)
	if len(got) != 1 || len(problems) != 0 {
		t.Fatalf("%d deliveries, %v", len(got), problems)
	}
	kept, _, err := store.Get(got[0].Snapshot.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return got[0], kept, dir
}

// nowhere fails where a text stands in any file below dir.
func nowhere(t *testing.T, dir string, texts ...string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		for _, s := range texts {
			if bytes.Contains(raw, []byte(s)) {
				t.Errorf("%s holds %q", filepath.Base(filepath.Dir(p)), s)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var small = config.Mapping{
	Area: config.Key{Column: "Район"}, Period: config.Key{Value: "2021"},
	Values: map[string]string{"Семьи": "families", "Дети": "children"},
}

// Rows and columns keep their places, a value cell counts as dropped, and an
// unnamed column of personal numbers is told by its count.
func TestRedactedCSV(t *testing.T) {
	text := "sep=;\n\nРайон;Семьи;Дети;ИИН;Прим\n\"Алтай;\nрайон\";12;" + secretIIN + ";" + secretIIN + ";тел +7 701 123 45 67\nУлан;3;4;" + secretIIN + ";\"он \"\"сам\"\"\"\n"
	for _, encoding := range []string{"utf-8", "windows-1251"} {
		in := text
		if encoding == "windows-1251" {
			var err error
			if in, err = charmap.Windows1251.NewEncoder().String(text); err != nil {
				t.Fatal(err)
			}
		}
		d, kept, dir := keepOne(t, "data/a.csv", in, config.Source{Kind: "csv", Encoding: encoding, Table: small})
		nowhere(t, dir, secretIIN, "123 45 67")
		if len(d.Records) != 3 || d.DroppedPersonal != 1 || d.Snapshot.Redacted != 4 || len(d.Snapshot.Original) != 64 {
			t.Errorf("%s: %d records, %d dropped, %d redacted", encoding, len(d.Records), d.DroppedPersonal, d.Snapshot.Redacted)
		}
		if r := d.Records[1].Value; r.Row != 6 || r.Column != "B" || r.Text != "3" {
			t.Errorf("%s: the cell of the last row stands at %+v", encoding, r)
		}
		if !strings.Contains(string(kept), "сам") || d.Records[0].Area != "Алтай;\nрайон" {
			t.Errorf("%s: the rest of the file was changed: %q", encoding, kept)
		}
		if len(d.Problems) != 1 || d.Problems[0].Code != "personal_data" || d.Problems[0].Args["n"] != "4" || strings.Contains(d.Problems[0].Error(), secretIIN) {
			t.Errorf("%s: problems %v", encoding, d.Problems)
		}
	}
}

func TestRedactedJSON(t *testing.T) {
	text := `{"meta": {"by": "ФИО"}, "rows": [
  {"Район": "Алтай", "Семьи": 12, "Дети": ` + secretIIN + `, "fio": "Иванов Иван", "dob": "1985-03-12"},
  {"Район": "Улан", "Семьи": 3, "Дети": 4, "fio": "Петров", "dob": "1990-01-02", "tags": ["a", "8 701 123 45 67"]}
]}`
	d, kept, dir := keepOne(t, "data/a.json", text, config.Source{Kind: "json", Table: small})
	nowhere(t, dir, secretIIN, "Иванов", "1985", "Петров", "1990", "123 45 67")
	if len(d.Records) != 3 || d.DroppedPersonal != 1 || d.Snapshot.Redacted != 6 {
		t.Errorf("%d records, %d dropped, %d redacted: %s", len(d.Records), d.DroppedPersonal, d.Snapshot.Redacted, kept)
	}
}

// What stood in a cell must not survive in a list of texts, a comment, a
// property or a formula of the workbook; numbers, formats and ranges must.
func TestRedactedWorkbook(t *testing.T) {
	f := excelize.NewFile()
	set := func(sheet, axis string, v any) {
		if err := f.SetCellValue(sheet, axis, v); err != nil {
			t.Fatal(err)
		}
	}
	rows := [][]any{{"Район", "Семьи", "Дети", "ФИО", "Дата рождения"}, {"Алтай", 12, secretIIN, "Иванов Иван", 31118}, {"Улан", 0.5, 4, "Петров Пётр", 32000}}
	for y, row := range rows {
		for x, v := range row {
			axis, _ := excelize.CoordinatesToCellName(x+1, y+1)
			set("Sheet1", axis, v)
		}
	}
	percent, _ := f.NewStyle(&excelize.Style{NumFmt: 9})
	_ = f.SetCellStyle("Sheet1", "B3", "B3", percent)
	_, _ = f.NewSheet("hidden")
	set("hidden", "A1", secretIIN)
	_ = f.SetSheetVisible("hidden", false)
	_ = f.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: "x", Text: "спросить " + secretIIN})
	_ = f.SetDocProps(&excelize.DocProperties{Creator: "Иванов Иван", Description: secretIIN})
	_ = f.SetCellFormula("Sheet1", "F2", `"`+secretIIN+`"`)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	d, kept, dir := keepOne(t, "data/a.xlsx", b.String(), config.Source{Kind: "xlsx", Table: small})
	if d.Snapshot.Redacted != 8 || d.DroppedPersonal != 1 || len(d.Records) != 3 {
		t.Errorf("%d records, %d dropped, %d redacted, %v", len(d.Records), d.DroppedPersonal, d.Snapshot.Redacted, d.Problems)
	}
	unpacked := unzip(t, kept)
	for _, s := range []string{secretIIN, "Иванов", "Петров", "31118"} {
		if strings.Contains(unpacked, s) {
			t.Errorf("the copy still holds %q", s)
		}
	}
	nowhere(t, dir, secretIIN)
	for _, r := range d.Records {
		if r.Value.Row == 3 && r.Value.Column == "B" && r.Value.Text != "50%" {
			t.Errorf("a formatted number became %q", r.Value.Text)
		}
	}
}

// Bytes that cannot be looked through are not kept.
func TestWhatCannotBeScannedIsNotKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	store, err := snapshot.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	inst := instance(t, map[string]string{"data/a.xlsx": "PK" + secretIIN, "data/b.json": `[{"Район": "` + secretIIN + `"`})
	for _, kind := range []string{"xlsx", "json"} {
		got, _ := Deliver(context.Background(), inst, config.Source{ID: "one", Kind: kind, Files: "data/*." + kind, Table: small}, store)
		if len(got) != 1 || len(got[0].Records) != 0 || !broken(got[0].Problems) {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	nowhere(t, dir, secretIIN)
}

func unzip(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return all.String()
}
