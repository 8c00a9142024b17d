package pipeline

import (
	"os"
	"path/filepath"
	"testing"
)

// A release number stands for its bytes. They also depend on the release that
// changes are told against, so where that is gone the number is spent.
func TestAReleaseToldAgainstAnotherOneHasAnotherNumber(t *testing.T) {
	dir := t.TempDir()
	log, err := openReleaseLog(dir)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[int]bool{}
	before := func(release int) (told, error) {
		for n := release - 1; n > 0; n-- {
			if kept[n] {
				return told{"example": n}, nil
			}
		}
		return nil, nil
	}
	build := func(inputs string) int {
		number, against, err := log.number(inputs, before)
		if err != nil {
			t.Fatal(err)
		}
		if err := log.record(releaseEntry{Number: number, Inputs: inputs, Against: against}); err != nil {
			t.Fatal(err)
		}
		kept[number] = true
		if log, err = openReleaseLog(dir); err != nil { // as the next build will
			t.Fatal(err)
		}
		return number
	}
	for _, step := range []struct {
		inputs string
		want   int
	}{{"a", 1}, {"a", 1}, {"b", 2}, {"b", 2}, {"a", 1}} {
		if got := build(step.inputs); got != step.want {
			t.Errorf("inputs %s became release %d, want %d", step.inputs, got, step.want)
		}
	}
	delete(kept, 1)
	if got := build("b"); got != 3 {
		t.Errorf("told against another release, the same inputs became release %d, want 3", got)
	}
	if got := build("b"); got != 3 {
		t.Errorf("built once more it became release %d, want 3", got)
	}
}

// A file that is written in place is half a file while it is: whoever holds the
// old one must keep it whole, and nothing may be left beside the new one.
func TestAFileIsReplacedAndNotWrittenInto(t *testing.T) {
	dir := t.TempDir()
	path, old := filepath.Join(dir, "key"), filepath.Join(dir, "old")
	write := func(text string) {
		if err := writeFileAtomic(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(file, want string) {
		if raw, err := os.ReadFile(file); err != nil || string(raw) != want {
			t.Errorf("%s holds %q, %v; want %q", filepath.Base(file), raw, err, want)
		}
	}
	write("one")
	if err := os.Link(path, old); err != nil {
		t.Fatal(err)
	}
	write("two")
	holds(path, "two")
	holds(old, "one")
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%d files lie here, %v; want 2", len(left), err)
	}
}
