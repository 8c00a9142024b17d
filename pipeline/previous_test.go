package pipeline

import (
	"os"
	"path/filepath"
	"testing"
)

// An example built alone has releases of its own. Were they found beside those
// that its region numbers, a region built again would be told against another
// release than the first time, and give other bytes.
func TestReleasesOfTwoLogsDoNotMeet(t *testing.T) {
	store := t.TempDir()
	public := filepath.Join(store, "public.duckdb")
	if err := os.WriteFile(public, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, kept := range []struct {
		log     string
		release int
	}{{"region", 2}, {"example", 1}, {"example", 3}} {
		if err := keepRelease(keptPath(store, kept.log, "example", kept.release), kept.release, public); err != nil {
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
	if err := os.WriteFile(public, []byte("y"), 0o644); err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(keptPath(store, "region", "example", 2)); err != nil || string(raw) != "x" {
		t.Errorf("writing into the download changed what is kept: %q, %v", raw, err)
	}
}
