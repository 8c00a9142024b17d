package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// A release number stands for its bytes. They also depend on the release that
// changes are told against, so where that is gone the number is spent.
func TestAReleaseToldAgainstAnotherOneHasAnotherNumber(t *testing.T) {
	log, err := openReleaseLog(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	kept := map[int]bool{}
	before := func(release int) (int, error) {
		for n := release - 1; n > 0; n-- {
			if kept[n] {
				return n, nil
			}
		}
		return 0, nil
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

// The linker's hash must be there and must be the program's own; a text in
// its place that was set by hand would give two programs one number.
func TestTheProgramIsKnownByItsBuildID(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only ELF programs are read; others are hashed whole")
	}
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	id := buildID(bytes.NewReader(raw))
	if len(id) < 40 {
		t.Fatalf("this program names itself %q; expected the linker's hashes", id)
	}
	if again, err := programHash(); err != nil || again != id {
		t.Errorf("programHash is %q, %v; want %q", again, err, id)
	}
	byHand := bytes.Replace(raw, []byte(id), append([]byte("made-by-hand"), make([]byte, len(id)-12)...), 1)
	if got := buildID(bytes.NewReader(byHand)); got != "" {
		t.Errorf("a name that was set by hand counts as a hash: %q", got)
	}
	if got := buildID(bytes.NewReader([]byte("no program"))); got != "" {
		t.Errorf("what is no program has the hash %q", got)
	}
}

func TestWritingAFileLeavesNoHalf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	for _, text := range []string{"one", "two"} {
		if err := writeFileAtomic(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if raw, err := os.ReadFile(path); err != nil || string(raw) != text {
			t.Errorf("the file holds %q, %v; want %q", raw, err, text)
		}
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
