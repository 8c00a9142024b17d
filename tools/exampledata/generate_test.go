package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// What is committed must be what the plan gives: otherwise somebody mended a
// file by hand and the next run would undo it.
func TestCommittedExampleIsWhatThePlanGives(t *testing.T) {
	ex := generated(t)
	dir := t.TempDir()
	for name, made := range map[string][]file{
		"../../config/ulgi": ex.instance,
		"testdata":          ex.truth,
	} {
		to := filepath.Join(dir, filepath.Base(name))
		if err := write(to, made); err != nil {
			t.Fatal(err)
		}
		want, have := tree(t, to), tree(t, name)
		for path, b := range want {
			if !bytes.Equal(have[path], b) {
				t.Errorf("%s/%s differs from what the plan gives; run: go run ./tools/exampledata", name, path)
			}
		}
		for path := range have {
			if want[path] == nil {
				t.Errorf("%s/%s is not made by the plan; delete it or plan it", name, path)
			}
		}
	}
}

// Two runs must not differ, or the committed files could never be checked.
func TestGeneratingTwiceGivesTheSameBytes(t *testing.T) {
	first, second := generated(t), generated(t)
	for i, f := range first.instance {
		if g := second.instance[i]; f.path != g.path || !bytes.Equal(f.bytes, g.bytes) {
			t.Errorf("%s differs between two runs", f.path)
		}
	}
}

func TestExampleStaysSmall(t *testing.T) {
	size := 0
	for _, f := range generated(t).instance {
		size += len(f.bytes)
	}
	if size > 2<<20 {
		t.Errorf("the example has %d bytes; it is embedded in the program and must stay below 2 MiB", size)
	}
}

func generated(t *testing.T) example {
	t.Helper()
	ex, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	return ex
}

func tree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
