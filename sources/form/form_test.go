package form

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/model"
	"tereze/sources/grid"
	"tereze/sources/xlsx"
)

// spec is a form of the invented region for one district.
func spec(t *testing.T) Spec {
	t.Helper()
	inst, err := config.Load(os.DirFS("../../config/ulgi"), "ulgi", config.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	src, _ := inst.Source("akimat_form")
	period := model.HalfOf(2021, 1)
	area, _ := inst.Area("992200000", period.End)
	s, err := SpecOf(inst, src, area, period, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t *testing.T, s Spec) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(s, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func sheetOf(t *testing.T, data []byte) *grid.Grid {
	t.Helper()
	grids, _, err := xlsx.Read(data, config.Source{Table: (&config.Form{}).Mapping()})
	if err != nil {
		t.Fatal(err)
	}
	return &grids[0]
}

// The form says what it is in a hidden row, asks for every measure once, and
// the same spec gives the same bytes.
func TestFormNamesItselfAndItsLines(t *testing.T) {
	s := spec(t)
	data := written(t, s)
	for range 10 { // an order that depends on a map shows in a few runs
		if !bytes.Equal(data, written(t, s)) {
			t.Fatal("two runs give different bytes")
		}
	}
	g := sheetOf(t, data)
	id, ok := Identify(g)
	if !ok || !id.Current() || id != (Identity{config.FormMark, "akimat_form", "992200000", "2021-H1"}) {
		t.Errorf("identity %+v", id)
	}
	f := opened(t, data)
	if visible, _ := f.GetRowVisible(sheet, 1); visible {
		t.Error("the identity can be seen, and so be changed by accident")
	}
	var asked []string
	for _, l := range Lines(g) {
		asked = append(asked, l.Measure)
		if l.Text != "" {
			t.Errorf("line %s is not blank: %q", l.Measure, l.Text)
		}
	}
	want := slices.Clone(s.Source.Form.Measures)
	slices.Sort(want)
	slices.Sort(asked)
	if !slices.Equal(asked, want) {
		t.Errorf("asked %v\nwant  %v", asked, want)
	}
}

// Every language of the instance stands on the form, each line below the
// department that owes it, and the form says whether one must fill it in.
func TestFormSpeaksAllLanguages(t *testing.T) {
	s := spec(t)
	text := everything(t, written(t, s))
	for _, l := range s.Languages {
		for _, m := range s.Measures {
			if !strings.Contains(text, l.Name(m.Name)) || !strings.Contains(text, l.T("form.owed_by."+m.Department)) {
				t.Errorf("%s: measure %s or who owes it is not named", l.Code, m.ID)
			}
		}
		for _, words := range []string{l.T("form.voluntary"), l.T("form.private"), l.Name(s.Area.Names), l.Period(s.Period), l.T("nature.example"), l.Date("2021-07-20")} {
			if !strings.Contains(text, words) {
				t.Errorf("%s: the form does not say %q", l.Code, words)
			}
		}
	}
	form := *s.Source.Form
	form.Approval = model.Text{"kk": "№ 7 бұйрық", "ru": "приказ № 7", "en": "order No. 7"}
	s.Source.Form = &form
	text = everything(t, written(t, s))
	if strings.Contains(text, s.Languages[0].T("form.voluntary")) || !strings.Contains(text, "№ 7 бұйрық") || !strings.Contains(text, "приказ № 7") {
		t.Error("an approved form calls itself voluntary, or does not name its approval")
	}
}

func everything(t *testing.T, data []byte) string {
	t.Helper()
	rows, err := opened(t, data).GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "\n") + "\n")
	}
	return b.String()
}

// What is not to be filled in is locked, what is takes only what the door
// would take, and the formulas know the sums.
func TestFormGuardsItsCells(t *testing.T) {
	s := spec(t)
	data := written(t, s)
	f := opened(t, data)
	protection, err := f.GetSheetProtection(sheet)
	if err != nil || !protection.SelectUnlockedCells {
		t.Fatalf("protection %+v, %v", protection, err)
	}
	locked := func(cell string) bool {
		id, err := f.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		st, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return st.Protection == nil || st.Protection.Locked
	}
	rules, err := f.GetDataValidations(sheet)
	if err != nil {
		t.Fatal(err)
	}
	rule := map[string]string{}
	for _, r := range rules {
		rule[r.Sqref] = r.Formula1
	}
	counted := map[string]model.Counts{}
	for _, m := range s.Measures {
		counted[m.ID] = m.Counts
	}
	var sum string
	for _, l := range Lines(sheetOf(t, data)) {
		value := l.Column + itoa(l.Row)
		check := grid.Letters(col(l.Column)+1) + itoa(l.Row)
		label := "B" + itoa(l.Row)
		if locked(value) || !locked(check) || !locked(label) || !locked(config.FormAreaCell) {
			t.Errorf("line %s: the value is locked, or something else is not", l.Measure)
		}
		if people := counted[l.Measure].Protected(); !strings.Contains(rule[value], "ISNUMBER") || people && !strings.Contains(rule[value], "INT(") {
			t.Errorf("line %s takes anything: %q", l.Measure, rule[value])
		}
		formula, err := f.GetCellFormula(sheet, check)
		if err != nil || formula == "" {
			t.Errorf("line %s has no check: %v", l.Measure, err)
		}
		if l.Measure == "card_partners" {
			sum = formula
		}
	}
	if !strings.Contains(sum, "SUM(") || !strings.Contains(sum, "= № ") {
		t.Errorf("the line of all partners does not know its parts: %s", sum)
	}
}

// The formulas of a form work in a spreadsheet: a tick, what is expected,
// and what is wrong.
func TestChecksBesideTheValues(t *testing.T) {
	data := written(t, spec(t))
	f := opened(t, data)
	check := map[string]string{}
	for _, l := range Lines(sheetOf(t, data)) {
		check[l.Measure] = grid.Letters(col(l.Column)+1) + itoa(l.Row)
		values := map[string]any{"card_partners": 9, "card_partners_shops": 4, "card_partners_pharmacies": 1, "card_partners_clinics": 2,
			"card_partners_other": 1, "students": 10, "students_grant_college": 11, "large_families": "көп", "families_computers": 3.5, "children_camp": "x"}
		if v, ok := values[l.Measure]; ok {
			if err := f.SetCellValue(sheet, l.Column+itoa(l.Row), v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for measure, want := range map[string]string{
		"card_partners": " 8", "card_partners_shops": "✓", "students": "✓", "students_grant_college": " 10",
		"large_families": "сан емес", "families_computers": "сан емес", "children_camp": "✓", "asp_persons": "= № ",
	} {
		got, err := f.CalcCellValue(sheet, check[measure])
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: the check says %q (%v), want %q in it", measure, got, err, want)
		}
	}
}

// A form in one language has the same hidden heads, even where its own heads
// are the same words.
func TestFormInOneLanguage(t *testing.T) {
	s := spec(t)
	for _, l := range s.Languages {
		one := s
		one.Languages = one.Languages[:0:0]
		one.Languages = append(one.Languages, l)
		if got := len(Lines(sheetOf(t, written(t, one)))); got != len(s.Measures) {
			t.Errorf("%s: %d lines read back, want %d", l.Code, got, len(s.Measures))
		}
	}
	s.Measures = nil
	if err := Write(s, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "form.measures") {
		t.Errorf("a form that asks for nothing: %v", err)
	}
}

// A category stands under its whole even where another department owes it.
func TestCategoriesFollowTheirWhole(t *testing.T) {
	list := sections([]model.Measure{
		{ID: "part", Total: "whole", Department: "health"}, {ID: "other", Department: "health"}, {ID: "whole", Department: "social"},
	})
	var got []string
	for _, s := range list {
		for _, m := range s.measures {
			got = append(got, s.department+":"+m.ID)
		}
	}
	if want := []string{"social:whole", "social:part", "health:other"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A sheet that only looks like a form is none.
func TestIdentify(t *testing.T) {
	g := &grid.Grid{Rows: []grid.Row{{Number: 1, Cells: []string{"tereze-form/9", "s", "1", "2021"}}}}
	if id, ok := Identify(g); !ok || id.Current() {
		t.Errorf("a later version: %+v %v", id, ok)
	}
	g.Rows[0].Cells[0] = "Есеп"
	if _, ok := Identify(g); ok {
		t.Error("any sheet is taken for a form")
	}
}

func itoa(n int) string { s := cell(1, n); return s[1:] }

func col(letters string) int {
	n, err := excelize.ColumnNameToNumber(letters)
	if err != nil {
		panic(err)
	}
	return n - 1
}
