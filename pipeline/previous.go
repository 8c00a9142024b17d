package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"tereze/transforms"
)

// The public database of every release is kept in the store, beside the log of
// verdicts, so that the next one can say what changed. It is the same file as
// the download where both folders lie on one disk.

func keptDir(store, instance string) string { return filepath.Join(store, instance, "released") }

func keptPath(store, instance string, release int) string {
	return filepath.Join(keptDir(store, instance), strconv.Itoa(release)+".duckdb")
}

// releaseBefore is the newest kept release below one; 0 where none is. What it
// finds does not depend on later releases, so that building one again gives
// the same bytes.
func releaseBefore(store, instance string, release int) (int, error) {
	entries, err := os.ReadDir(keptDir(store, instance))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	before := 0
	for _, e := range entries {
		n, notNumber := strconv.Atoi(strings.TrimSuffix(e.Name(), ".duckdb"))
		if notNumber == nil && n < release {
			before = max(before, n)
		}
	}
	return before, err
}

// since tells the store of the release before, if one is kept. One that cannot
// be compared with is a warning: the site then says so little as of a first.
func (r *run) since(ctx context.Context, store *transforms.Store) error {
	before, err := releaseBefore(r.options.Store, r.inst.ID, r.release)
	if err != nil || before == 0 {
		return err
	}
	if err := store.Since(ctx, keptPath(r.options.Store, r.inst.ID, before), before); err != nil {
		r.report.Warnings = append(r.report.Warnings, err.Error())
	}
	return ctx.Err()
}

// keep keeps what was published of an instance for the next release.
func (r *run) keep(site *staging, number int) error {
	part, err := filepath.Rel(site.dir, r.out)
	if err != nil {
		return err
	}
	return keepRelease(r.options.Store, r.inst.ID, number, filepath.Join(site.releases, strconv.Itoa(number), part, "data", "public.duckdb"))
}

// keepRelease keeps the public database of a published site in the store.
func keepRelease(store, instance string, release int, public string) error {
	if err := os.MkdirAll(keptDir(store, instance), 0o755); err != nil {
		return err
	}
	kept := keptPath(store, instance, release)
	if err := os.Remove(kept + ".new"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Link(public, kept+".new"); err != nil {
		if err := copyFile(public, kept+".new"); err != nil {
			return fmt.Errorf("release %d cannot be kept to compare the next one with: %w", release, err)
		}
	}
	return os.Rename(kept+".new", kept)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
