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

// takeScaffold makes the folder for the new site: out of a replaced one where
// there is one.
func (s *staging) takeScaffold() error {
	err := os.Rename(filepath.Join(s.releases, scaffold), s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(s.dir, 0o755)
	}
	return err
}

// leaveScaffold makes a replaced site the scaffold of the next one: the files
// that came through keep, most of them links to those of the site that stands.
// What is written anew by each build would only take room.
func (s *staging) leaveScaffold(old string) error {
	for part, f := range s.parts {
		for name := range f.sizes {
			if f.kept[name] {
				continue
			}
			if err := os.RemoveAll(filepath.Join(old, part, filepath.FromSlash(name))); err != nil {
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

// owns reports whether the file is one of the new site.
func (s *staging) owns(name string) bool {
	part := ""
	for p := range s.parts {
		if p != "" && strings.HasPrefix(name, p+"/") {
			part, name = p, name[len(p)+1:]
		}
	}
	_, ours := s.parts[part].sizes[name]
	return ours
}

// scan removes what an earlier site left in the folder and looks through all
// that stays.
func (s *staging) scan(ctx context.Context, private []string) ([]Leak, tree, error) {
	missing := 0
	for _, f := range s.parts {
		missing += len(f.sizes)
	}
	var emptied []string
	leaks, read, err := scan(ctx, s.dir, func(name string) (bool, error) {
		if s.owns(name) {
			missing--
			return true, nil
		}
		path := filepath.Join(s.dir, filepath.FromSlash(name))
		emptied = append(emptied, filepath.Dir(path))
		return false, os.Remove(path)
	}, private)
	if err == nil && missing != 0 {
		err = fmt.Errorf("%s: %d files of the new site are missing; expected that nobody else works in this folder; build again", s.dir, missing)
	}
	for _, dir := range emptied {
		for dir != s.dir && os.Remove(dir) == nil { // fails where something else is left
			dir = filepath.Dir(dir)
		}
	}
	return leaks, read, err
}
