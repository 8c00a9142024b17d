package dashboard_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tereze/config"
	"tereze/config/words"
	"tereze/dashboard"
)

// checkFiles are the lists of the checks as other stages write them.
var checkFiles = []string{"refusals.csv", "rule_outcomes.csv", "source_problems.csv", "decisions.csv", "corrections.csv", "disagreements.csv", "deliveries.csv"}

// troubled is the shared instance with a source of which an old copy is in
// use, since its newest answer has another shape; with a contract, a value on
// hold, one released, one corrected, and one that another source contradicts.
func troubled(t *testing.T) (string, config.Public) {
	t.Helper()
	in := instance(t)
	least := 0.0
	for i := range in.Sources {
		if in.Sources[i].ID == "reports" {
			in.Sources[i].Networked = true
			in.Sources[i].Contract = &config.Contract{Columns: []string{"Район"}, OnlyColumns: true, OnlyCalendar: true,
				Measures: []config.ContractMeasure{{ID: "large_families", Min: &least, Allowed: []float64{10, 20}}}}
		}
	}
	db := mini(in)
	said := func(ru string) []any { return []any{"kk " + ru, ru, "en " + ru} }
	spot := []any{"reports", "980100000", "1900-01-01", "2020-H2", "large_families"}
	add := func(table string, parts ...[]any) { db[table] = append(db[table], slices.Concat(parts...)) }
	add("source", []any{"register", "2021-08-20", "", int64(0), ""})
	add("source", []any{"reports", "2021-08-10", "2021-08-12", int64(20), "drift"})
	add("rule_outcome", []any{"reports", "jump", int64(30), int64(0), int64(1), int64(1), int64(0)})
	add("rule_outcome", []any{"reports", "personal", int64(32), int64(0), int64(0), int64(0), int64(2)})
	add("source_problem", []any{"reports", "reports.csv", "", "Семьи", "shape_change", "warning"}, said("столбец «Семьи» пропал"))
	add("source_problem", []any{"reports", "reports.csv", "", "", "drift", "warning"}, said("Действует копия."))
	add("source_problem", []any{"register", "register.json", "", "note", "unmapped_column", "warning"}, said("Этот столбец не читается."))
	add("refusal", []any{"reports", "cd", "data/reports.csv", "", int64(7), "D", "held", "980100000", "2020-H2", "large_families"}, said("Отложено."))
	add("correction", spot, []any{"typo", "51O", 510.0, "https://example.org/letter", "2021-08-15", "", int64(3), "D"}, said("Буква вместо нуля."))
	add("decision", spot, []any{"grew", "release", "jump", "Отдел анализа", "2021-08-16", "data/reports.csv", "", int64(5), "D"}, said("Проверено по списку."))
	add("disagreement", spot, []any{"as_reported", "register", 510.0, 480.0, 5.88, true, "", "", ""}, said(""))
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int64{}
	for _, name := range checkFiles {
		sizes[name] = 2
		if err := os.WriteFile(filepath.Join(out, "data", name), []byte("x\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build(t, dashboard.Input{Instance: in, DB: db, Release: 3, Put: into(out)}, sizes)
	return out, in
}

func pageText(t *testing.T, dir, path string) (page, text string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, path, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	text = regexp.MustCompile(`(?s)<(?:script|svg).*?</(?:script|svg)>|<[^>]*>`).ReplaceAllString(string(raw), " ")
	return string(raw), plain(text)
}

// plain is a text without marks of HTML and with one kind of blanks.
func plain(s string) string { return strings.Join(strings.Fields(html.UnescapeString(s)), " ") }

// oldCopyWords are what a page says in its language where an old copy is in use.
func oldCopyWords(l *words.Lang, days int) (sentence, cell, age string) {
	age = l.T("stale.days", "n", days)
	return l.T("stale.number", "age", age), l.T("stale.cell", "age", age), age
}

// Whoever answers for a source must find on its page all that is asked of it
// and all that became of it, in their language, and each list as a file.
func TestEachSourceHasItsPage(t *testing.T) {
	dir, in := troubled(t)
	for _, lang := range in.Languages {
		l := in.Words.Lang(lang)
		raw, text := pageText(t, dir, lang+"/quality/reports/")
		age := l.T("stale.days", "n", 20)
		for what, want := range map[string]string{
			"the contract's columns":          l.T("contract.must_have", "list", l.T("contract.quoted", "head", "Район")),
			"that other columns are refused":  l.T("contract.only_columns"),
			"that other periods are refused":  l.T("contract.only_calendar"),
			"the allowed values":              l.T("contract.allowed", "list", l.Trim(10, 0)+"; "+l.Trim(20, 0)),
			"where the area stands":           l.T("contract.column", "head", "Район"),
			"the days it has":                 l.T("contract.due_days", "n", 20),
			"the last delivery":               l.T("checked.last", "date", l.Date("2021-08-10")),
			"when the last one was due":       l.Date("2021-07-20"),
			"since when an old copy is used":  l.T("stale.since", "date", l.Date("2021-08-12"), "age", age, "reason", l.T("stale.reason.drift")),
			"what changed in the shape":       l.T("checked.changes"),
			"the changed column":              "столбец «Семьи» пропал",
			"what a rule found":               l.T("rule.jump"),
			"what was dropped as personal":    l.T("rule.personal"),
			"why a cell was refused":          l.T("refusal.not_a_number"),
			"the place of a value on hold":    l.T("quality.row", "row", 7),
			"what a person decided":           l.T("checked.decided_release"),
			"who decided":                     "Отдел анализа",
			"the corrected error":             "51O",
			"when the publisher was told":     l.Date("2021-08-15"),
			"that nobody explains difference": l.T("checked.unexplained"),
		} {
			if !strings.Contains(text, plain(want)) {
				t.Errorf("%s: the page does not say %s: %q", lang, what, want)
			}
		}
		for _, name := range checkFiles {
			if !strings.Contains(raw, `data/`+name+`" download`) {
				t.Errorf("%s: %s cannot be taken away from the page of the source", lang, name)
			}
		}
		if !strings.Contains(raw, `data-n="correction/980100000/1900-01-01/2020-H2/-/-/typo/corrected" value="510"`) {
			t.Errorf("%s: the corrected number has no identity", lang)
		}
		if _, other := pageText(t, dir, lang+"/quality/register/"); strings.Contains(other, "51O") || strings.Contains(other, age) {
			t.Errorf("%s: the page of the register tells of the troubles of the reports", lang)
		}
	}
}

// The list of sources must lead to each and show at once which one is stale.
func TestTheListOfSourcesShowsTheStaleOneFirst(t *testing.T) {
	dir, in := troubled(t)
	for _, lang := range in.Languages {
		l := in.Words.Lang(lang)
		raw, text := pageText(t, dir, lang+"/quality/")
		stale, fine := strings.Index(raw, `id="source-reports"`), strings.Index(raw, `id="source-register"`)
		if stale < 0 || fine < stale {
			t.Errorf("%s: the stale source stands at %d, the other at %d", lang, stale, fine)
		}
		if want := l.T("stale.since", "date", l.Date("2021-08-12"), "age", l.T("stale.days", "n", 20), "reason", l.T("stale.reason.drift")); !strings.Contains(text, plain(want)) {
			t.Errorf("%s: %q is not in the list", lang, want)
		}
		if want := l.T("checked.missing", "n", 1); !strings.Contains(text, plain(want)) {
			t.Errorf("%s: %q is not in the list", lang, want)
		}
		for _, name := range checkFiles {
			if !strings.Contains(raw, `data/`+name+`" download`) {
				t.Errorf("%s: %s cannot be taken away", lang, name)
			}
		}
	}
}

// A figure that rests on an old copy must say so with its age: in the first
// sentence, in the rows of tables, under the figures, beside the source. One
// that does not must not.
func TestFiguresFromAnOldCopySaySo(t *testing.T) {
	dir, in := troubled(t)
	for _, lang := range in.Languages {
		l := in.Words.Lang(lang)
		sentence, cell, age := oldCopyWords(l, 20)
		raw, text := pageText(t, dir, lang+"/indicator/rehoused-share/")
		answer := regexp.MustCompile(`(?s)<p class="answer">(.*?)</p>`).FindStringSubmatch(raw)
		if answer == nil || !strings.Contains(answer[1], sentence) {
			t.Errorf("%s: the first sentence does not say %q", lang, sentence)
		}
		if strings.Count(text, sentence) < 3 {
			t.Errorf("%s: the figures of the page do not say %q", lang, sentence)
		}
		if !strings.Contains(text, cell) {
			t.Errorf("%s: no row of the page's tables says %q", lang, cell)
		}
		if want := l.T("stale.reason.drift"); !strings.Contains(text, plain(want)) {
			t.Errorf("%s: the page does not say why: %q", lang, want)
		}
		if _, area := pageText(t, dir, lang+"/area/980200000/"); !strings.Contains(area, cell) {
			t.Errorf("%s: the rows of a district do not say %q", lang, cell)
		}
		if _, printed := pageText(t, dir, lang+"/area/980200000/briefing/"); !strings.Contains(printed, l.T("stale.some", "age", age)) {
			t.Errorf("%s: the printed page of a district does not say that its numbers are old", lang)
		}
		if _, other := pageText(t, dir, lang+"/indicator/birth-rate/"); strings.Contains(other, age) {
			t.Errorf("%s: a figure of the other source is called old", lang)
		}
	}
}

// Of a fetched source the page must give the day of what is in use, not what
// somebody once wrote into its declaration.
func TestThePageGivesTheDayOfTheSnapshot(t *testing.T) {
	dir, in := troubled(t)
	l := in.Words.Lang("en")
	if _, text := pageText(t, dir, "en/quality/reports/"); !strings.Contains(text, l.Date("2021-08-10")) || strings.Contains(text, l.Date("2021-08-01")) {
		t.Error("the page does not give the day on which the copy in use was taken")
	}
}
