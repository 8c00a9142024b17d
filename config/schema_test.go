package config

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the schema files anew")

// Editors read the committed files; they must say what the reader does.
func TestSchemaFilesAreCurrent(t *testing.T) {
	schemas := Schemas()
	for name, want := range schemas {
		path := filepath.Join("schema", name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s differs from the types; run: go test ./config -run Schema -update", path)
		}
	}
	files, _ := filepath.Glob("schema/*.json")
	if len(files) != len(schemas) {
		t.Errorf("%d files in schema, expected %d", len(files), len(schemas))
	}
}
