package dashboard

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"tereze/config"
	"tereze/dashboard/assets"
	"tereze/dashboard/downloads"
	"tereze/dashboard/pages"
	"tereze/dashboard/public"
)

// DB is the query interface to the protected database.
type DB = public.DB

// Rows is a result set of DB.
type Rows = public.Rows

// Counterpart is the site built beside: the example of a real region, or the
// real region of an example.
type Counterpart = pages.Counterpart

// Input is all that a site is built from.
type Input struct {
	Instance    config.Public
	DB          DB
	Release     int
	Out         string       // folder of the site; its data/ holds the files that other stages wrote, the rest may be of an earlier site
	Before      string       // the site as it stands, on the same disk; its files that stay the same are linked; empty = none
	Bundle      fs.FS        // charts.js and site.js; nil or without them = figures stay as they are drawn
	Counterpart *Counterpart // nil = no other site is built beside
}

// Result says what the site consists of. Files that Out held before and that
// are not among them are left to the caller.
type Result struct {
	Pages int
	Bytes int64
	Paths map[string]bool // of all files, below Out, with slashes
}

//go:embed assets/site.css assets/icon.svg
var styles embed.FS

// workers render at the same time; each page is made by one of them alone,
// so the bytes do not depend on how many there are.
const workers = 2

// Build writes the whole site below in.Out.
func Build(ctx context.Context, in Input) (Result, error) {
	data, err := public.Load(ctx, in.DB, in.Instance.Languages)
	if err != nil {
		return Result{}, err
	}
	w := &writer{root: in.Out, before: in.Before, dirs: map[string]bool{}, result: Result{Paths: map[string]bool{}}}
	charts, err := w.assets(in.Bundle)
	if err != nil {
		return w.result, err
	}
	set := &downloads.Set{In: in.Instance, Data: data, Release: in.Release}
	var jobs []job
	for _, j := range set.Jobs() {
		jobs = append(jobs, func() error {
			files, err := j()
			for _, f := range files {
				if err == nil {
					err = w.write(file{f.Path, f.Bytes})
				}
			}
			return err
		})
	}
	if err := w.run(ctx, jobs); err != nil {
		return w.result, err
	}
	if set.Sizes, err = sizes(filepath.Join(in.Out, "data")); err != nil {
		return w.result, err
	}
	described, err := set.Describe()
	if err != nil {
		return w.result, err
	}
	for _, f := range described {
		if err := w.write(file{f.Path, f.Bytes}); err != nil {
			return w.result, err
		}
		set.Sizes[filepath.Base(f.Path)] = int64(len(f.Bytes))
	}
	site, err := pages.NewSite(in.Instance, data, in.Counterpart, in.Release, set.Sizes, charts)
	if err != nil {
		return w.result, err
	}
	list := site.Pages()
	jobs = jobs[:0]
	for _, p := range list {
		jobs = append(jobs, func() error {
			return p.Render(func(f pages.File) error { return w.write(file{f.Path, f.Bytes}) })
		})
	}
	if err := w.run(ctx, jobs); err != nil {
		return w.result, err
	}
	w.result.Pages = len(list)
	for _, f := range site.Robots() {
		if err := w.write(file{f.Path, f.Bytes}); err != nil {
			return w.result, err
		}
	}
	return w.result, nil
}

type file struct {
	path  string
	bytes []byte
}

// job makes files and writes them.
type job func() error

// writer puts files below a folder and counts them.
type writer struct {
	root   string
	before string
	lock   sync.Mutex
	dirs   map[string]bool
	result Result
}

// run does all jobs with a few workers; the first error stops the rest.
func (w *writer) run(ctx context.Context, jobs []job) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	next := make(chan job)
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for i := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range next {
				if err := j(); err != nil {
					errs[i] = err
					cancel()
					return
				}
			}
		}()
	}
feed:
	for _, j := range jobs {
		select {
		case next <- j:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return ctx.Err()
}

func (w *writer) write(f file) error {
	path := filepath.Join(w.root, filepath.FromSlash(f.path))
	dir := filepath.Dir(path)
	w.lock.Lock()
	known := w.dirs[dir]
	w.dirs[dir] = true
	w.result.Paths[f.path] = true
	w.result.Bytes += int64(len(f.bytes))
	w.lock.Unlock()
	if holds(path, f.bytes) {
		return nil // an earlier site left it
	}
	if !known {
		if err := folder(dir); err != nil {
			return err
		}
	}
	err := w.put(path, f)
	if errors.Is(err, fs.ErrNotExist) {
		// Another worker has announced the folder but not made it yet.
		if err = os.MkdirAll(dir, 0o755); err == nil {
			err = w.put(path, f)
		}
	}
	return err
}

// folder makes a folder. Most stand in one that is there, for which one call is
// enough.
func folder(dir string) error {
	err := os.Mkdir(dir, 0o755)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return os.MkdirAll(dir, 0o755)
	}
	return err
}

// put writes the file, or links the same bytes from the site as it stands:
// releases share what did not change, and a disk makes links faster than
// files. What an earlier site left in its place says something else; it may be
// a link too, and writing into it would write into another site.
func (w *writer) put(path string, f file) error {
	old := filepath.Join(w.before, filepath.FromSlash(f.path))
	same := w.before != "" && holds(old, f.bytes)
	if same && os.Link(old, path) == nil {
		return nil
	}
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	if same && os.Link(old, path) == nil {
		return nil
	}
	return os.WriteFile(path, f.bytes, 0o644)
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

// assets writes the style sheet, and the scripts where they are bundled;
// charts says whether they are.
func (w *writer) assets(bundle fs.FS) (charts bool, err error) {
	css, err := styles.ReadFile("assets/site.css")
	if err != nil {
		return false, err
	}
	icon, err := styles.ReadFile("assets/icon.svg")
	if err != nil {
		return false, err
	}
	if err := w.write(file{"assets/icon.svg", icon}); err != nil {
		return false, err
	}
	if err := w.write(file{"assets/site.css", append(css, assets.FigureCSS+assets.RegisterCSS...)}); err != nil {
		return false, err
	}
	if err := w.write(file{"assets/choose.js", assets.ChooseJS}); err != nil {
		return false, err
	}
	if err := w.write(file{"assets/compare.js", assets.CompareJS}); err != nil {
		return false, err
	}
	if bundle == nil || assets.Check(bundle) != nil {
		return false, nil
	}
	for _, name := range assets.Scripts {
		b, err := fs.ReadFile(bundle, name)
		if err != nil {
			return false, fmt.Errorf("bundle: %w", err)
		}
		if err := w.write(file{"assets/" + name, b}); err != nil {
			return false, err
		}
	}
	return true, nil
}

// sizes are the files directly below a folder; none where it does not exist.
func sizes(dir string) (map[string]int64, error) {
	out := map[string]int64{}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			out[e.Name()] = info.Size()
		}
	}
	return out, nil
}
