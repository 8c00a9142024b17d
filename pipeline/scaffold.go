package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// scaffold is the folder in OUT.releases that a replaced site leaves for the
// next one to grow in. Most of what the next one will hold lies there already,
// and a disk takes longer to make a thousand folders and links than to see
// that they are there. Nobody is shown it; whoever wants the room may remove it.
const scaffold = ".scaffold"

// dataFolder is where a site keeps its downloads.
const dataFolder = "data"

// paths are names of files below a folder, with slashes.
type paths map[string]bool

// takeScaffold makes the folder for the new site: out of a replaced one where
// there is one.
func (s *staging) takeScaffold() error {
	err := os.Rename(filepath.Join(s.releases, scaffold), s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(s.dir, 0o755)
	}
	return err
}

// leaveScaffold makes a replaced site the scaffold of the next one. Its pages
// are mostly links to those of the site that stands and take no room. What is
// made anew by each build goes.
func (s *staging) leaveScaffold(old string) error {
	for part := range s.parts {
		for _, name := range []string{dataFolder, manifestName} {
			if err := os.RemoveAll(filepath.Join(old, part, name)); err != nil {
				return err
			}
		}
	}
	to := filepath.Join(s.releases, scaffold)
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.Rename(old, to)
}

// emptyFolder makes a folder and removes what was there.
func emptyFolder(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.MkdirAll(dir, 0o755)
}

// ours reports whether this build made the file, and whether the dashboard did.
func (s *staging) ours(name string) (made, page bool) {
	part := ""
	for p := range s.parts {
		if p != "" && strings.HasPrefix(name, p+"/") {
			part, name = p, name[len(p)+1:]
		}
	}
	page = s.parts[part][name]
	return page || name == manifestName || strings.HasPrefix(name, dataFolder+"/"), page
}

// scan removes what an earlier site left in the folder and looks through all
// that stays.
func (s *staging) scan(ctx context.Context, private []string) ([]Leak, tree, error) {
	pages := 0
	for _, p := range s.parts {
		pages += len(p)
	}
	var emptied []string
	leaks, read, err := scan(ctx, s.dir, func(name string) (bool, error) {
		made, page := s.ours(name)
		if page {
			pages--
		}
		if made {
			return true, nil
		}
		path := filepath.Join(s.dir, filepath.FromSlash(name))
		emptied = append(emptied, filepath.Dir(path))
		return false, os.Remove(path)
	}, private)
	if err == nil && pages != 0 {
		err = fmt.Errorf("%s: %d files of the new site are missing; expected that nobody else works in this folder; build again", s.dir, pages)
	}
	for _, dir := range emptied {
		for dir != s.dir && os.Remove(dir) == nil { // fails where something else is left
			dir = filepath.Dir(dir)
		}
	}
	return leaks, read, err
}
