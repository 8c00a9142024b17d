package config

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"

	"tereze/config/tree"
	"tereze/model"
)

// reader reads the files of one instance and collects everything that is
// wrong with them.
type reader struct {
	fsys      fs.FS
	languages []string // each text must be in all of these
	allowed   []string // and may be in these
	problems  Problems
	warnings  []model.Problem
}

// bad notes a problem.
func (r *reader) bad(p model.Place, code, hint, format string, args ...any) {
	r.problems = append(r.problems, model.Problem{
		Place: p, Code: code, Level: model.Error, Hint: hint, Text: fmt.Sprintf(format, args...),
	})
}

// unknown notes a name that nothing defines.
func (r *reader) unknown(p model.Place, what, given string, valid []string) {
	r.bad(p, "undefined_"+strings.ReplaceAll(what, " ", "_"), tree.Hint(given, valid), "%s %q is not defined", what, given)
}

// file reads a file; a file that is not there is nil without a complaint.
func (r *reader) file(fsys fs.FS, name, shown string) []byte {
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		r.bad(model.Place{File: shown}, "unreadable_file", "", "the file cannot be read: %v", err)
		return nil
	}
	return data
}

// yaml reads one YAML file, nil when it is not there or empty.
func (r *reader) yaml(fsys fs.FS, name, shown string) *tree.Node {
	data := r.file(fsys, name, shown)
	if data == nil {
		return nil
	}
	root, problems := tree.Parse(shown, data)
	r.problems = append(r.problems, problems...)
	if root.Kind == tree.Null {
		return nil
	}
	return root
}

// sorted puts the problems in the order of files and lines, each once.
func (p Problems) sorted() Problems {
	sort.SliceStable(p, func(i, j int) bool {
		a, b := p[i].Place, p[j].Place
		if a.File != b.File {
			return a.File < b.File
		}
		return a.Line < b.Line
	})
	return slices.CompactFunc(p, func(a, b model.Problem) bool { return a.Place == b.Place && a.Text == b.Text })
}
