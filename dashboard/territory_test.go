package dashboard_test

import (
	"path/filepath"
	"strings"
	"testing"

	"tereze/dashboard"
)

// The day of a denominator stands beside it wherever it is not the last of the
// period, and one that is older than the indicator allows is named in words:
// in the sentence, in the tables of the indicator and of the area.
func TestADenominatorShowsItsDay(t *testing.T) {
	in := instance(t)
	db := mini(in)
	db["denominator"] = [][]any{{"birth_rate", "980000000", "1900-01-01", "2020", "", "as_reported", "register", "population", "2020-01-01", int64(365), int64(183)}}
	dir := t.TempDir()
	build(t, dashboard.Input{Instance: in, DB: db, Release: 3, Put: into(dir)}, nil)
	for lang, want := range map[string][2]string{
		"ru": {"на 1 января 2020 г.", "делится на число на 1 января 2020 г.: от него до конца периода дней – 365, показатель допускает 183"},
		"en": {"as at 1 January 2020", "divided by a count as at 1 January 2020: 365 days before the end of the period, the indicator allows 183"},
		"kk": {"2020 жылғы 1 қаңтардағы жағдай бойынша", "содан кезең соңына дейін 365 күн, көрсеткіш 183 күнге рұқсат етеді"},
	} {
		_, text := pageText(t, dir, filepath.Join(lang, "indicator", "birth-rate"))
		if n := strings.Count(text, want[0]); n < 2 {
			t.Errorf("%s: %q stands %d times on the page, expected it in the answer and in the table", lang, want[0], n)
		}
		if !strings.Contains(text, want[1]) {
			t.Errorf("%s: the page does not say %q", lang, want[1])
		}
		if _, text = pageText(t, dir, filepath.Join(lang, "area", "980000000")); !strings.Contains(text, want[0]) {
			t.Errorf("%s: the page of the area does not say %q", lang, want[0])
		}
	}
}

// The dated address of an area stays valid: before another takes its code it
// leads on to the one without a day, afterwards it is the page itself.
func TestADatedAddressLeadsToTheArea(t *testing.T) {
	dir, _ := site(t, false)
	page, _ := pageText(t, dir, "ru/area/980200000-2021-01-01")
	if !strings.Contains(page, `content="0; url=../../../ru/area/980200000/"`) {
		t.Errorf("the address of the newest area with its day does not lead on:\n%s", page)
	}
	_, text := pageText(t, dir, "ru/boundaries")
	if !strings.Contains(text, "Прежние имена, коды и границы") {
		t.Error("the page of borders does not list what areas were called before")
	}
}
