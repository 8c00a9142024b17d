package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An example built alone has releases of its own. Were they found beside those
// that its region numbers, a region built again would be told against another
// release than the first time, and give other bytes.
func TestReleasesOfTwoLogsDoNotMeet(t *testing.T) {
	store := t.TempDir()
	values := filepath.Join(store, "values.parquet")
	if err := os.WriteFile(values, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, kept := range []struct {
		log     string
		release int
	}{{"region", 2}, {"example", 1}, {"example", 3}} {
		if err := keepRelease(keptPath(store, kept.log, "example", kept.release), kept.release, values); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range []struct {
		log     string
		release int
		want    int
	}{{"region", 2, 0}, {"region", 3, 2}, {"region", 9, 2}, {"example", 3, 1}, {"example", 1, 0}} {
		got, err := releaseBefore(store, x.log, "example", x.release)
		if err != nil || got != x.want {
			t.Errorf("before release %d of %s: %d (%v), want %d", x.release, x.log, got, err, x.want)
		}
	}
	if err := os.WriteFile(values, []byte("y"), 0o644); err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(keptPath(store, "region", "example", 2)); err != nil || string(raw) != "x" {
		t.Errorf("writing into the download changed what is kept: %q, %v", raw, err)
	}
}

// A kept release that cannot be read must cost the comparison with it, not the
// build, and be named.
func TestADamagedReleaseIsAWarning(t *testing.T) {
	x := newTrial(t)
	first := x.build()
	kept := keptPath(x.store, first.Instance, first.Instance, first.Release)
	if err := os.WriteFile(kept, []byte("PAR1 torn"), 0o644); err != nil {
		t.Fatal(err)
	}
	x.report("400,120", "400,300")
	second := x.build()
	if second.Release != 2 || len(x.changes()) != 0 {
		t.Errorf("release %d tells %d changes against a damaged one", second.Release, len(x.changes()))
	}
	if !slices.ContainsFunc(second.Warnings, func(w string) bool { return strings.Contains(w, "release 1 cannot be compared with") }) {
		t.Errorf("nobody is told of the damaged release: %q", second.Warnings)
	}
}

// The database takes [ and * in a path for patterns: another store's numbers
// would be told as those of the release before.
func TestAStoreWithBracketsReadsItsOwnReleases(t *testing.T) {
	x := newTrial(t)
	dir := t.TempDir()
	x.store = filepath.Join(dir, "st1")
	x.report("400,120", "400,300")
	x.build()
	x.report("400,300", "400,120")
	x.store, x.out = filepath.Join(dir, "st[1]"), filepath.Join(dir, "public")
	x.build()
	x.report("410,190", "410,191")
	second := x.build()
	if second.Release != 2 {
		t.Fatalf("release %d", second.Release)
	}
	for _, r := range x.changes() {
		if r["indicator"] == "rehoused_share" && r["area"] == "980100000" && r["period"] == "2020-H2" {
			t.Errorf("a change is told that was none: %v", r)
		}
	}
}

// A release that an earlier program kept as a whole database must not be
// forgotten: the site would say that it is the first.
func TestAReleaseKeptAsADatabaseIsStillRead(t *testing.T) {
	x := newTrial(t)
	first := x.build()
	kept := keptPath(x.store, first.Instance, first.Instance, first.Release)
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	if err := copyFile(filepath.Join(x.out, "data", "public.duckdb"), strings.TrimSuffix(kept, ".parquet")+".duckdb"); err != nil {
		t.Fatal(err)
	}
	x.report("400,120", "400,300")
	x.build()
	if r := find(x.changes(), "rehoused_share", "980100000", "2020-H2"); r == nil || r["value_before"] != "30" || r["value"] != "75" {
		t.Errorf("the changed report is told as %v", r)
	}
}
