package pipeline

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// trial is the small instance in a folder of its own, to be built again and
// again with other reports.
type trial struct {
	t                    *testing.T
	instance, store, out string
}

func newTrial(t *testing.T) *trial {
	t.Helper()
	dir := t.TempDir()
	x := &trial{t, filepath.Join(dir, "trial"), filepath.Join(dir, "store"), filepath.Join(dir, "public")}
	if err := os.CopyFS(x.instance, os.DirFS("../testdata/mini")); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x *trial) build() Report {
	x.t.Helper()
	r, err := Build(context.Background(), Options{Instance: x.instance, Out: x.out, Store: x.store, Offline: true})
	if err != nil {
		x.t.Fatal(err)
	}
	return r
}

// report puts another number into the reports.
func (x *trial) report(old, new string) {
	x.t.Helper()
	path := filepath.Join(x.instance, "data", "reports.csv")
	raw, err := os.ReadFile(path)
	if err != nil {
		x.t.Fatal(err)
	}
	if !strings.Contains(string(raw), old) {
		x.t.Fatalf("the reports do not hold %q", old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(raw), old, new, 1)), 0o644); err != nil {
		x.t.Fatal(err)
	}
}

func (x *trial) read(name string) string {
	x.t.Helper()
	raw, err := os.ReadFile(filepath.Join(x.out, filepath.FromSlash(name)))
	if err != nil {
		x.t.Fatal(err)
	}
	return string(raw)
}

// changes are the rows of changes.csv by their column heads.
func (x *trial) changes() (out []map[string]string) {
	x.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(x.read("data/changes.csv"))).ReadAll()
	if err != nil || len(rows) == 0 {
		x.t.Fatalf("changes.csv: %v", err)
	}
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, head := range rows[0] {
			m[head] = r[i]
		}
		out = append(out, m)
	}
	return out
}

func find(rows []map[string]string, indicator, area, period string) map[string]string {
	for _, r := range rows {
		if r["indicator"] == indicator && r["area"] == area && r["period"] == period && r["territory"] == "as_reported" {
			return r
		}
	}
	return nil
}

// Whoever quoted a number must learn that it is another one now; and a number
// that is protected today must not be printed once more as the one before.
func TestAReleaseSaysWhatChangedSinceTheOneBefore(t *testing.T) {
	x := newTrial(t)
	x.build()
	if rows := x.changes(); len(rows) != 0 {
		t.Errorf("a first release has %d changes; it has nothing to differ from", len(rows))
	}
	if home := x.read("en/index.html"); !strings.Contains(home, "This is the first release") {
		t.Error("the home page of a first release does not say so")
	}

	x.report("400,120", "400,300")
	second := x.build()
	r := find(x.changes(), "rehoused_share", "980100000", "2020-H2")
	if r == nil || r["kind"] != "changed" || r["value_before"] != "30" || r["value"] != "75" || r["since"] != "1" || r["release"] != "2" {
		t.Errorf("the changed report is told as %v", r)
	}
	sums := x.read("data/SHA256SUMS")
	if home := x.read("en/index.html"); !strings.Contains(home, "Since release 1 of") || !strings.Contains(home, "changes/") {
		t.Error("the home page does not say what changed, or leads nowhere")
	}
	if page := x.read("en/changes/index.html"); !strings.Contains(page, ">30.0<") || !strings.Contains(page, ">75.0<") {
		t.Error("the page of changes lacks the number before or the one of now")
	}

	x.report("400,300", "400,3")
	x.build()
	for _, r := range x.changes() {
		if r["obs_status"] == "Q" && (r["kind"] != "withdrawn" || r["value_before"] != "" || r["value"] != "") {
			t.Errorf("a protected number is told with the one before: %v", r)
		}
	}
	if r := find(x.changes(), "rehoused_share", "980100000", "2020-H2"); r == nil || r["obs_status"] != "Q" {
		t.Errorf("the number that is protected now is told as %v", r)
	}

	x.report("400,3", "400,300")
	if again := x.build(); again.Release != second.Release || x.read("data/SHA256SUMS") != sums {
		t.Error("building release 2 once more, after release 3, gave other bytes")
	}
}
