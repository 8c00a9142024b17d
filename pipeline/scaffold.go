package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// scaffold is the folder in OUT.releases that a replaced site leaves for the
// next one to grow in. Most of what the next one will hold lies there already,
// and a disk takes longer to make a thousand folders and links than to see
// that they are there. Whoever wants the room may remove it.
const scaffold = ".scaffold"

// dataFolder is where a site keeps its downloads.
const dataFolder = "data"

// takeScaffold makes the folder for the new site and moves into it what a
// replaced one has left. The folder itself is always a new one, closed to
// others until it is published: who still holds the folder of the replaced
// site, as a mount or a working directory, must not see the next one grow.
// Whatever is wrong with a scaffold costs the time that it would have saved.
func (s *staging) takeScaffold() error {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	info, err := os.Stat(s.dir)
	if err != nil {
		return err
	}
	s.mode = info.Mode().Perm()
	if err := os.Chmod(s.dir, 0o700); err != nil {
		return err
	}
	taken := s.dir + ".old"
	if os.Rename(filepath.Join(s.releases, scaffold), taken) != nil {
		return nil // there is none, or another build was faster
	}
	defer os.RemoveAll(taken) // a link goes, and not what it leads to
	if !sound(taken, s.mode) {
		return nil
	}
	entries, err := os.ReadDir(taken)
	for _, e := range entries {
		if err == nil {
			err = os.Rename(filepath.Join(taken, e.Name()), filepath.Join(s.dir, e.Name()))
		}
	}
	return nil
}

// sound reports whether a folder holds nothing but plain files and folders of
// the mode that new ones get.
func sound(dir string, mode fs.FileMode) bool {
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
		return false
	}
	return filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.Type().IsRegular():
			return nil
		case !e.IsDir():
			return fs.ErrInvalid
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm() != mode {
			err = fs.ErrPermission
		}
		return err
	}) == nil
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
	if os.RemoveAll(to) == nil && os.Rename(old, to) == nil {
		return nil
	}
	return os.RemoveAll(old) // another build may have left one at the same time
}

// owner is the part of the new site that has the file, and its name there.
func (s *staging) owner(name string) (*folder, string) {
	for part, f := range s.parts {
		if rest, below := strings.CutPrefix(name, part+"/"); below && part != "" {
			return f, rest
		}
	}
	return s.parts[""], name
}

// scan removes what an earlier site left in the folder, and looks through all
// files that the gate has not seen yet.
func (s *staging) scan(ctx context.Context) ([]Leak, error) {
	missing := 0
	for _, f := range s.parts {
		missing += len(f.sizes)
	}
	var unseen, emptied []string
	err := filepath.WalkDir(s.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name := filepath.ToSlash(path[len(s.dir)+1:])
		f, below := s.owner(name)
		if _, ours := f.sizes[below]; !ours {
			emptied = append(emptied, filepath.Dir(path))
			return os.Remove(path)
		}
		missing--
		if !f.kept[below] {
			unseen = append(unseen, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if leaks := s.gate.found(); len(leaks) > 0 { // those files were not put in their place
		return leaks, nil
	}
	if missing != 0 {
		return nil, fmt.Errorf("%s: %d files of the new site are missing; expected that nobody else works in this folder; build again", s.dir, missing)
	}
	for _, dir := range emptied {
		for dir != s.dir && os.Remove(dir) == nil { // fails where something else is left
			dir = filepath.Dir(dir)
		}
	}
	err = s.gate.read(ctx, s.dir, unseen)
	return s.gate.found(), err
}

// weigh counts the files of the new site, and their bytes.
func (s *staging) weigh() (files int, bytes int64) {
	for _, f := range s.parts {
		n, size := f.weigh()
		files, bytes = files+n, bytes+size
	}
	return files, bytes
}
