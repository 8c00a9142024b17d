package tree

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkParse reads all built-in YAML once a round.
func BenchmarkParse(b *testing.B) {
	files := map[string][]byte{}
	size := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".yaml" {
			return err
		}
		files[path], err = os.ReadFile(path)
		size += len(files[path])
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for name, data := range files {
			if _, problems := Parse(name, data); len(problems) > 0 {
				b.Fatal(problems)
			}
		}
	}
}
