package pipeline

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// folder is where one part of the new site grows, the region's or that of its
// example. It may hold files of an earlier site.
type folder struct {
	root   string
	before string // the same part of the site as it stands, on the same disk; empty if there is none
	part   string // its name in the whole site
	gate   *gate  // that everything passes

	lock  sync.Mutex
	dirs  map[string]bool
	sizes map[string]int64 // of every file of the new site, by name below root, with slashes
	kept  map[string]bool  // which of them came through keep
}

func newFolder(root, before, part string, g *gate) *folder {
	return &folder{root: root, before: before, part: part, gate: g, dirs: map[string]bool{}, sizes: map[string]int64{}, kept: map[string]bool{}}
}

// keep puts a file in its place, unless the gate finds something in it. Where
// an earlier site left the same bytes there, it is left; where the standing
// site has them, it is linked: releases share what did not change, and a disk
// makes links faster than files.
func (f *folder) keep(name string, raw []byte) error {
	to := filepath.Join(f.root, filepath.FromSlash(name))
	dir := filepath.Dir(to)
	f.lock.Lock()
	known := f.dirs[dir]
	f.dirs[dir] = true
	f.sizes[name] = int64(len(raw))
	f.kept[name] = true
	f.lock.Unlock()
	if !f.gate.look(path.Join(f.part, name), raw) || holds(to, raw) {
		return nil
	}
	if !known {
		if err := makeFolder(f.root, dir); err != nil {
			return err
		}
	}
	err := f.place(to, name, raw)
	if errors.Is(err, fs.ErrNotExist) {
		// Another worker has announced the folder but not made it yet.
		if err = makeFolder(f.root, dir); err == nil {
			err = f.place(to, name, raw)
		}
	}
	return err
}

// place links or writes the file. What an earlier site left in its place says
// something else; it may be a link too, and writing into it would write into
// another site.
func (f *folder) place(to, name string, raw []byte) error {
	old := filepath.Join(f.before, filepath.FromSlash(name))
	same := f.before != "" && holds(old, raw)
	if same && os.Link(old, to) == nil {
		return nil
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if same && os.Link(old, to) == nil {
		return nil
	}
	return os.WriteFile(to, raw, 0o644)
}

// wrote takes note of files below dir that were written by other means.
func (f *folder) wrote(dir string, names ...string) error {
	for _, name := range names {
		name = path.Join(dir, name)
		info, err := os.Stat(filepath.Join(f.root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		f.lock.Lock()
		f.sizes[name] = info.Size()
		delete(f.kept, name)
		f.lock.Unlock()
	}
	return nil
}

// below gives the files of the new site below dir and their bytes.
func (f *folder) below(dir string) map[string]int64 {
	f.lock.Lock()
	defer f.lock.Unlock()
	out := map[string]int64{}
	for name, size := range f.sizes {
		if name, ok := strings.CutPrefix(name, dir+"/"); ok {
			out[name] = size
		}
	}
	return out
}

// weigh counts the files of the new site so far, and their bytes.
func (f *folder) weigh() (files int, bytes int64) {
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, size := range f.sizes {
		bytes += size
	}
	return len(f.sizes), bytes
}

// makeFolder makes a folder below root. Most stand in one that is there, for
// which one call is enough. A file of an earlier site in its place goes.
func makeFolder(root, dir string) error {
	if dir == root {
		return nil
	}
	err := os.Mkdir(dir, 0o755)
	if err == nil {
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		if info, err := os.Lstat(dir); err != nil || info.IsDir() {
			return err
		}
		if err := os.Remove(dir); err != nil {
			return err
		}
	} else if err := makeFolder(root, filepath.Dir(dir)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

var pieces = sync.Pool{New: func() any { return new([1 << 16]byte) }}

// holds says whether the file is a plain one with just these bytes. It reads
// in pieces: the largest files of a country do not fit twice.
func holds(path string, want []byte) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(want)) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	held := pieces.Get().(*[1 << 16]byte)
	defer pieces.Put(held)
	piece := held[:]
	for len(want) > 0 {
		n, err := f.Read(piece)
		if n > len(want) || !bytes.Equal(piece[:n], want[:n]) {
			return false
		}
		if want = want[n:]; err != nil {
			break
		}
	}
	return len(want) == 0
}
