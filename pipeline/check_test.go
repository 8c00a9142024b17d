package pipeline

import (
	"bytes"
	"context"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/sources/form"
)

// formFile is a form of the example region as its akimat sent it, with
// values changed by the ids of their lines.
func formFile(t *testing.T, values map[string]any) string {
	t.Helper()
	data, err := os.ReadFile("../config/ulgi/data/reports/akimat_form/2021-H1/992200000_2021-07-15.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g, ok := formSheet(data)
	if !ok {
		t.Fatal("the example's form is none")
	}
	for _, l := range form.Lines(g) {
		if v, ok := values[l.Measure]; ok {
			if err := f.SetCellValue(config.FormSheet, address(CheckProblem{Column: l.Column, Row: l.Row}), v); err != nil {
				t.Fatal(err)
			}
		}
	}
	name := filepath.Join(t.TempDir(), "form.xlsx")
	if err := f.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	return name
}

func checked(t *testing.T, o CheckOptions) CheckReport {
	t.Helper()
	o.Instance = "ulgi"
	r, err := Check(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The form that the example region sent has nothing to mend, and the answer
// comes at once.
func TestCheckOfAFilledFormIsQuick(t *testing.T) {
	name := formFile(t, nil)
	checked(t, CheckOptions{File: name}) // reads the program's own files for the first time
	start := time.Now()
	r := checked(t, CheckOptions{File: name})
	if took := time.Since(start); took > time.Second {
		t.Errorf("the check took %v, more than a second", took)
	}
	if r.Refuses() || len(r.Remarks) > 0 || r.Accepted != 35 || r.Source != "akimat_form" || r.Area != "992200000" || r.Period != "2021-H1" {
		t.Errorf("%+v", r)
	}
}

// A part above its whole is told with both numbers, and a sum that does not
// come out with what would.
func TestCheckComparesLines(t *testing.T) {
	r := checked(t, CheckOptions{Lang: "kk", File: formFile(t, map[string]any{"children_free_meals": 9000, "card_partners": 7})})
	if len(r.Problems) != 1 || r.Problems[0].Code != "part_exceeds_whole" || r.Problems[0].Found != "9000" || !strings.Contains(r.Problems[0].Hint, "2300") {
		t.Errorf("problems %+v", r.Problems)
	}
	if len(r.Remarks) != 1 || r.Remarks[0].Code != "total_differs" || !strings.Contains(r.Remarks[0].Words, "6") {
		t.Errorf("remarks %+v", r.Remarks)
	}
}

// The annotated copy differs from the file in the marked cells only.
func TestAnnotatedCopyLeavesAllElse(t *testing.T) {
	name := formFile(t, map[string]any{"large_families": "көп"})
	out := filepath.Join(t.TempDir(), "marked.xlsx")
	r := checked(t, CheckOptions{Lang: "kk", File: name, Annotate: out})
	if len(r.Problems) != 1 {
		t.Fatalf("%+v", r.Problems)
	}
	bad := address(r.Problems[0])
	before, after := open(t, name), open(t, out)
	comments, err := after.GetComments(config.FormSheet)
	if err != nil || len(comments) != 1 || comments[0].Cell != bad || !strings.Contains(comments[0].Paragraph[len(comments[0].Paragraph)-1].Text+comments[0].Text, r.Problems[0].Words) {
		t.Errorf("comments %+v, %v", comments, err)
	}
	rows, err := before.GetRows(config.FormSheet)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		for k := range 9 {
			cell, _ := excelize.CoordinatesToCellName(k+1, i+1)
			x, y := seen(t, before, cell), seen(t, after, cell)
			if x.text != y.text || x.formula != y.formula || x.locked != y.locked || (x.fill != y.fill) != (cell == bad) {
				t.Errorf("%s: %+v became %+v", cell, x, y)
			}
		}
	}
	was, _ := before.GetDataValidations(config.FormSheet)
	is, _ := after.GetDataValidations(config.FormSheet)
	if len(was) == 0 || len(was) != len(is) {
		t.Errorf("%d validations became %d", len(was), len(is))
	}
}

type look struct {
	text, formula, fill string
	locked              bool
}

func seen(t *testing.T, f *excelize.File, cell string) look {
	t.Helper()
	var l look
	var err error
	if l.text, err = f.GetCellValue(config.FormSheet, cell); err != nil {
		t.Fatal(err)
	}
	if l.formula, err = f.GetCellFormula(config.FormSheet, cell); err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(config.FormSheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	l.fill, l.locked = strings.Join(s.Fill.Color, ""), s.Protection == nil || s.Protection.Locked
	return l
}

func open(t *testing.T, name string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// A file of another kind says what it is, and where it cannot be marked.
func TestCheckOfOtherFiles(t *testing.T) {
	old := filepath.Join(t.TempDir(), "old.xlsx")
	if err := os.WriteFile(old, append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, make([]byte, 600)...), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := checked(t, CheckOptions{File: old, Source: "akimat_form", Lang: "en"}); len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Words, ".xls") {
		t.Errorf("%+v", r.Problems)
	}
	table := "../config/ulgi/data/reports/akimat_csv/2019-H2/2019-H2_991100000_2020-01-18.csv"
	r := checked(t, CheckOptions{File: table, Source: "akimat_csv", Lang: "kk"})
	if len(r.Problems) != 1 || r.Problems[0].Code != "part_exceeds_whole" || !strings.Contains(r.Problems[0].Place, "қатар") {
		t.Errorf("%+v", r.Problems)
	}
	_, err := Check(context.Background(), CheckOptions{Instance: "ulgi", File: table, Source: "akimat_csv", Annotate: filepath.Join(t.TempDir(), "x.xlsx")})
	if ExitCode(err) != ExitUsage || !strings.Contains(err.Error(), "not an .xlsx workbook") {
		t.Errorf("a table without cells to mark: %v", err)
	}
}

// The preview says of the district and of the region what the pages say,
// after protection: a small count does not show in it.
func TestPreviewSaysWhatThePagesSay(t *testing.T) {
	r := checked(t, CheckOptions{Lang: "en", Preview: true, File: formFile(t, map[string]any{"children_camp": 3, "families_medicines": nil})})
	if r.Refuses() {
		t.Fatalf("%+v", r.Problems)
	}
	region := ""
	for _, p := range r.Preview {
		switch {
		case p.Area == "992200000" && p.Indicator == "children_camp" && (p.ObsStatus != "Q" || p.Value != "" || strings.Contains(p.Sentence, " 3 ")):
			t.Errorf("a small count shows: %+v", p)
		case p.Area == "990000000" && p.Indicator == "large_families_rehoused_share":
			region = p.Sentence
		}
	}
	page, err := os.ReadFile(theSite(t).dir + "/example/en/indicator/large-families-rehoused-share/index.html")
	if err != nil {
		t.Fatal(err)
	}
	_, fact, _ := strings.Cut(region, ": ")
	_, fact, _ = strings.Cut(fact, " ") // its first word is capital on the page
	text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(page), ""))
	if fact == "" || !strings.Contains(text, fact) {
		t.Errorf("the page does not say %q", fact)
	}
}
