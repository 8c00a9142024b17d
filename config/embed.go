package config

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"tereze/config/tree"
)

//go:embed vko ulgi catalogue
var builtin embed.FS

const catalogueFolder = "catalogue"

// Builtin are the names of the instances that ship with the program.
func Builtin() []string {
	var out []string
	entries, _ := builtin.ReadDir(".") // an embedded folder can always be read
	for _, e := range entries {
		if _, err := fs.Stat(builtin, e.Name()+"/instance.yaml"); err == nil {
			out = append(out, e.Name())
		}
	}
	sort.Strings(out)
	return out
}

// Open finds an instance: a built-in one by its name, or a directory. The id
// of a directory is its last name. An existing directory that is called like
// a built-in instance must be given as a path: ./vko.
func Open(nameOrDir string) (fsys fs.FS, id string, err error) {
	for _, name := range Builtin() {
		if name == nameOrDir {
			sub, err := fs.Sub(builtin, name)
			return sub, name, err
		}
	}
	info, err := os.Stat(nameOrDir)
	if err != nil || !info.IsDir() {
		text := fmt.Sprintf("instance %q: neither a built-in instance (%s) nor a directory", nameOrDir, strings.Join(Builtin(), ", "))
		if near := tree.Nearest(nameOrDir, Builtin()); near != "" {
			text += "; did you mean " + near + "?"
		}
		return nil, "", fmt.Errorf("%s", text)
	}
	full, err := filepath.Abs(nameOrDir)
	if err != nil {
		return nil, "", fmt.Errorf("instance %q: %w", nameOrDir, err)
	}
	return Folder{os.DirFS(full), full}, filepath.Base(full), nil
}

// Folder is an instance's folder on the disk, for those who hand a file over
// to a program that reads it by its path.
type Folder struct {
	fs.FS
	dir string
}

// Path is where a file of the folder lies.
func (f Folder) Path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }
