package config

import (
	"errors"
	"strings"
	"testing"

	"tereze/model"
)

const formYAML = `id: forms
series: forms
title: {kk: Нысан, ru: Форма, en: Form}
publisher: {kk: Әкімдіктер, ru: Акиматы, en: Akimats}
nature: reported
files: data/forms/*.xlsx
calendar: {periods: [2021-H1], due_days: 20}
form:
  measures: [large_families, large_families_rehoused]
`

// A source with a form needs no kind and no table: both follow from it.
func TestFormGivesKindAndTable(t *testing.T) {
	files := mini(t)
	edit(t, files, "sources/forms.yaml", "", formYAML)
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := in.Source("forms")
	if s.Kind != "xlsx" || s.Table.Area.Cell != FormAreaCell || s.Table.Value.Column != FormValueHead {
		t.Errorf("kind %s, table %+v", s.Kind, s.Table)
	}
	if got := in.FormMeasures(s); len(got) != 2 || got[1].ID != "large_families_rehoused" {
		t.Errorf("measures of the form: %v", got)
	}
	if got := in.FormsOf(); len(got) != 1 || got[0] != "forms" {
		t.Errorf("sources with a form: %v", got)
	}
}

// What a form gets wrong is told at its place, and a source without one must
// still declare its table.
func TestFormProblems(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown measure", "large_families_rehoused]", "large_families_rehosed]", `measure "large_families_rehosed" is not defined; did you mean large_families_rehoused?`},
		{"twice", "[large_families, ", "[large_families_rehoused, ", "stands twice"},
		{"not a workbook", "series: forms", "series: forms\nkind: csv", "expected xlsx"},
		{"neither", "form:\n  measures: [large_families, large_families_rehoused]", "note: {kk: Ескерту, ru: Примечание, en: Note}", "key table is missing"},
		{"total of nothing asked", "large_families_rehoused]", "large_families_rehoused]\n  totals: [{measure: births, parts: [large_families]}]", `measure "births" is not defined`},
		{"part of itself", "large_families_rehoused]", "large_families_rehoused]\n  totals: [{measure: large_families, parts: [large_families]}]", "a part of itself"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := mini(t)
			edit(t, files, "sources/forms.yaml", "", formYAML)
			edit(t, files, "sources/forms.yaml", c.old, c.new)
			if _, err := Load(files, "mini", Settings{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; expected it to say %s", err, c.want)
			}
		})
	}
}

// Only those in the calendar owe a report, and only for its periods.
func TestWhoOwesAForm(t *testing.T) {
	files := mini(t)
	edit(t, files, "sources/forms.yaml", "", formYAML)
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := in.Source("forms")
	district, _ := in.Area("980300000", "2021-06-30")
	country, _ := in.Area("989000000", "2021-06-30")
	if err := in.Owes(s, district, model.HalfOf(2021, 1)); err != nil {
		t.Error(err)
	}
	var not *NotOwed
	if err := in.Owes(s, country, model.HalfOf(2021, 1)); !errors.As(err, &not) || not.Key != "area" {
		t.Errorf("the country owes a district's form: %v", err)
	}
	if err := in.Owes(s, district, model.HalfOf(2020, 2)); !errors.As(err, &not) || not.Key != "period" {
		t.Errorf("a half-year that nobody asked for is owed: %v", err)
	}
}
