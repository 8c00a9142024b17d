package dashboard

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

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
	Put         Put          // keeps a file of the site
	Bundle      fs.FS        // charts.js and site.js; nil or without them = figures stay as they are drawn
	Counterpart *Counterpart // nil = no other site is built beside
}

// Put keeps a file of the site, given by its path with slashes and its bytes,
// which are lent for the call alone. Several call it at a time.
type Put func(path string, raw []byte) error

//go:embed assets/site.css assets/icon.svg
var styles embed.FS

// workers render at the same time; each page is made by one of them alone,
// so the bytes do not depend on how many there are.
const workers = 2

// Site is what all files of a site are made from.
type Site struct {
	in  Input
	set *downloads.Set
}

// Open reads the protected database.
func Open(ctx context.Context, in Input) (*Site, error) {
	data, err := public.Load(ctx, in.DB, in.Instance.Languages)
	if err != nil {
		return nil, err
	}
	return &Site{in, &downloads.Set{In: in.Instance, Data: data, Release: in.Release}}, nil
}

// Downloads makes the files below data/ and api/. written are the bytes of
// those that other stages wrote, by name below data/: they are described too.
func (s *Site) Downloads(ctx context.Context, written map[string]int64) error {
	sizes := maps.Clone(written)
	if sizes == nil {
		sizes = map[string]int64{}
	}
	var lock sync.Mutex
	keep := func(files []downloads.File) error {
		for _, f := range files {
			if name, below := strings.CutPrefix(f.Path, "data/"); below {
				lock.Lock()
				sizes[name] = int64(len(f.Bytes))
				lock.Unlock()
			}
			if err := s.in.Put(f.Path, f.Bytes); err != nil {
				return err
			}
		}
		return nil
	}
	var jobs []job
	for _, j := range s.set.Jobs() {
		jobs = append(jobs, func() error {
			files, err := j()
			if err != nil {
				return err
			}
			return keep(files)
		})
	}
	if err := together(ctx, jobs); err != nil {
		return err
	}
	s.set.Sizes = sizes
	described, err := s.set.Describe()
	if err != nil {
		return err
	}
	return keep(described)
}

// Pages makes all pages, once the downloads stand, and says how many. sizes are
// the bytes of all downloads, by name below data/; what is not among them is
// not offered.
func (s *Site) Pages(ctx context.Context, sizes map[string]int64) (int, error) {
	charts, err := putAssets(s.in.Put, s.in.Bundle)
	if err != nil {
		return 0, err
	}
	site, err := pages.NewSite(s.in.Instance, s.set.Data, s.in.Counterpart, s.in.Release, sizes, charts)
	if err != nil {
		return 0, err
	}
	list := site.Pages()
	var jobs []job
	for _, p := range list {
		jobs = append(jobs, func() error {
			return p.Render(func(f pages.File) error { return s.in.Put(f.Path, f.Bytes) })
		})
	}
	if err := together(ctx, jobs); err != nil {
		return 0, err
	}
	for _, f := range site.Robots() {
		if err := s.in.Put(f.Path, f.Bytes); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// job makes files and hands them over.
type job func() error

// together does all jobs with a few workers; the first error stops the rest.
func together(ctx context.Context, jobs []job) error {
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range workers {
		group.Go(func() error {
			for i := next.Add(1) - 1; i < int64(len(jobs)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				if err := jobs[i](); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// putAssets keeps the style sheet, and the scripts where they are bundled;
// charts says whether they are.
func putAssets(put Put, bundle fs.FS) (charts bool, err error) {
	css, err := styles.ReadFile("assets/site.css")
	if err != nil {
		return false, err
	}
	icon, err := styles.ReadFile("assets/icon.svg")
	if err != nil {
		return false, err
	}
	if err := put("assets/icon.svg", icon); err != nil {
		return false, err
	}
	if err := put("assets/site.css", append(css, assets.FigureCSS+assets.RegisterCSS...)); err != nil {
		return false, err
	}
	if err := put("assets/choose.js", assets.ChooseJS); err != nil {
		return false, err
	}
	if err := put("assets/compare.js", assets.CompareJS); err != nil {
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
		if err := put("assets/"+name, b); err != nil {
			return false, err
		}
	}
	return true, nil
}
