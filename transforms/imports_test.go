package transforms

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// The driver casts wrongly in silence where it is used carelessly; a change
// to another driver must be a change of one folder.
func TestOnlyOnePackageKnowsTheDriver(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || filepath.Dir(path) == filepath.Join("..", "transforms", "duckdb") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return nil // another test compiles it
		}
		for _, i := range f.Imports {
			if strings.Contains(i.Path.Value, "go-duckdb") || strings.Contains(i.Path.Value, "apache/arrow") {
				t.Errorf("%s imports %s; only transforms/duckdb may", path, i.Path.Value)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// SQL is read by people: each model begins by saying what one row is.
func TestEachModelSaysWhatOneRowIs(t *testing.T) {
	files, err := models.ReadDir("sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, _ := models.ReadFile("sql/" + f.Name())
		head, _, _ := strings.Cut(string(text), "\ncreate ")
		if !strings.HasPrefix(head, "-- ") || f.Name() != "macros.sql" && !strings.Contains(head, "ne row") {
			t.Errorf("%s begins with %.60q", f.Name(), head)
		}
	}
}
