package main

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mayImport lists, for each top-level package tree, the trees of this module
// that it may import. Data flow one way; so do imports.
var mayImport = map[string][]string{
	"model":      {},
	"config":     {"model"},
	"sources":    {"model", "config"},
	"transforms": {"model", "config", "sources"},
	"dashboard":  {"model", "config"},
	"pipeline":   {"model", "config", "sources", "transforms", "dashboard"},
	"cli":        {"model", "config", "sources", "transforms", "dashboard", "pipeline"},
	"":           {"cli"},
	"tools":      {"model", "config", "sources", "dashboard", "pipeline", "cli"},
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listedPackage
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listedPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// tree is the top-level folder of a package of this module; ok is false for
// packages of others.
func tree(path string) (name string, ok bool) {
	if path == "tereze" {
		return "", true
	}
	rest, ok := strings.CutPrefix(path, "tereze/")
	if !ok {
		return "", false
	}
	name, _, _ = strings.Cut(rest, "/")
	return name, true
}

func TestImportsPointOneWay(t *testing.T) {
	for _, p := range listPackages(t) {
		from, _ := tree(p.ImportPath)
		allowed, known := mayImport[from]
		if !known {
			t.Errorf("%s: a new top-level folder; say in mayImport what it may import", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			to, ours := tree(imported)
			if !ours || to == from {
				continue
			}
			if !contains(allowed, to) {
				t.Errorf("%s imports %s: the way runs the other way", p.ImportPath, imported)
			}
		}
	}
}

// The driver casts wrongly in silence where it is used carelessly; a change
// to another driver must be a change of one folder.
func TestOnlyOnePackageKnowsTheDriver(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || filepath.Dir(path) == filepath.Join("transforms", "duckdb") {
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

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
