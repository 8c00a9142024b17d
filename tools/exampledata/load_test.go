package main

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"tereze/config"
	"tereze/model"
)

func loaded(t *testing.T) *config.Instance {
	t.Helper()
	in, err := config.Load(os.DirFS("../../config/ulgi"), "ulgi", config.Settings{})
	if err != nil {
		t.Fatalf("the example does not load:\n%v", err)
	}
	return in
}

// The committed folder is a right instance and invented throughout.
func TestExampleLoadsAndIsInvented(t *testing.T) {
	in := loaded(t)
	if !in.Example {
		t.Error("the instance is not marked as an example")
	}
	for _, s := range in.Sources {
		// The people of 1 January are no report of the akimats.
		if s.Nature != model.Example || s.Series != "akimat_reports" && s.Series != "population_january" {
			t.Errorf("%s: nature %s, series %s", s.ID, s.Nature, s.Series)
		}
		for _, text := range []model.Text{s.Title, s.Publisher, s.Note} {
			if !invented(text) {
				t.Errorf("%s: a text does not say that it is invented: %v", s.ID, text)
			}
		}
	}
	for _, e := range in.PolicyEvents {
		if strings.HasPrefix(e.ID, "ulgi_") && !(invented(e.Name) && invented(e.What)) {
			t.Errorf("%s does not say that it is invented", e.ID)
		}
	}
}

func invented(t model.Text) bool {
	return strings.Contains(strings.ToLower(t["kk"]), "ойдан алынған") &&
		strings.Contains(strings.ToLower(t["ru"]), "вымышлен") &&
		strings.Contains(strings.ToLower(t["en"]), "invented")
}

// Long forms name measures by words: each must be a label the door knows.
func TestLabelsOfLongFormsAreKnown(t *testing.T) {
	in := loaded(t)
	p := generated(t).plan
	for _, s := range p.sources {
		if s.id != "akimat_csv_1251" && s.id != "akimat_xlsx_form" && s.id != "certificate_register" {
			continue
		}
		for _, m := range p.carried(s.carries) {
			known, ok := in.Measure(m.id)
			if !ok || !slices.Contains(known.Labels, m.label[s.language]) {
				t.Errorf("%s: %q is no label of %s; expected one of %q", s.id, m.label[s.language], m.id, known.Labels)
			}
		}
	}
}

// No code of the example belongs to a place that exists.
func TestCodesAreNobodys(t *testing.T) {
	f, err := os.Open("../../config/vko/areas.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	taken := map[string]bool{}
	for _, r := range rows {
		taken[r[0]] = true
	}
	for _, a := range loaded(t).Areas {
		if taken[a.Code] || !strings.HasPrefix(a.Code, "99") {
			t.Errorf("%s may be a real code; invented ones begin with 99", a.Code)
		}
	}
}
