package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A number in a report changes: the verdict that rests on it is another, the
// log says which number and why, and the page shows it.
func TestAChangedReportChangesAVerdict(t *testing.T) {
	dir := t.TempDir()
	instance, store, out := filepath.Join(dir, "trial"), filepath.Join(dir, "store"), filepath.Join(dir, "public")
	if err := os.CopyFS(instance, os.DirFS("../testdata/mini")); err != nil {
		t.Fatal(err)
	}
	build := func() string {
		t.Helper()
		if _, err := Build(context.Background(), Options{Instance: instance, Out: out, Store: store, Offline: true}); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(filepath.Join(store, "trial", "verdicts.json"))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	first := build()
	if again := build(); again != first {
		t.Errorf("the same inputs gave another log:\n%s", again)
	}
	reports := filepath.Join(instance, "data", "reports.csv")
	raw, err := os.ReadFile(reports)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(reports, []byte(strings.Replace(string(raw), "400,120", "400,300", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	second := build()
	for _, want := range []string{`"before": "consistent"`, `"after": "not_consistent"`, `"reason": "data_changed"`, "large_families_rehoused/980100000/1900-01-01/2020-H2/-/-/reports=120→300"} {
		if strings.Contains(first, want) || !strings.Contains(second, want) {
			t.Errorf("the log lacks %s:\n%s", want, second)
		}
	}
	page, err := os.ReadFile(filepath.Join(out, "en", "statements", "some-rehoused", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "120 → 300") {
		t.Error("the page does not say which number changed the verdict")
	}
}
