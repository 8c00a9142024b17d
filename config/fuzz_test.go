package config

import (
	"testing"
	"testing/fstest"
)

// Whatever the bytes of a file, loading ends with an instance or problems.
func FuzzLoad(f *testing.F) {
	files := mini(f)
	names := []string{"instance.yaml", "measures.yaml", "indicators.yaml", "sources/reports.yaml", "areas.csv", "aliases.csv"}
	for i, name := range names {
		f.Add(i, files[name].Data)
	}
	for i, s := range []string{"a: *b", "&a [*a]", "[[[[[[", "- - - - a", "? x\n: y", "measures:\n - id: 5\n   name:\n", "\"", "a,b\n\"", "code\n1\n1\n", "!!binary x", "a: |\n", "{a: {b", "\xff\xfe"} {
		f.Add(i%len(names), []byte(s))
	}
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		if which < 0 || which >= len(names) {
			return
		}
		files := mini(t)
		files[names[which]] = &fstest.MapFile{Data: data}
		in, err := Load(files, "mini", Settings{})
		if in == nil && err == nil {
			t.Error("neither an instance nor an error")
		}
	})
}
