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

// The published values of every release are kept in the store, beside the log
// that numbers it, so that the next one can say what changed. It is a copy of
// values.parquet: whoever writes into the download must not change what was
// said before.

// keptPath is where the values of an instance lie in a release of the log: an
// example alone is numbered by its own log, beside its region by the region's.
func keptPath(store, log, instance string, release int) string {
	return filepath.Join(store, log, "released", strconv.Itoa(release), instance+".parquet")
}

// keptFile is what is kept of an instance in a release: its values, or the
// whole public database, which earlier programs kept; "" where nothing is.
func keptFile(store, log, instance string, release int) string {
	values := keptPath(store, log, instance, release)
	for _, path := range []string{values, strings.TrimSuffix(values, ".parquet") + ".duckdb"} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// releaseBefore is the newest kept release below one; 0 where none is. What it
// finds does not depend on later releases, so that building one again gives
// the same bytes.
func releaseBefore(store, log, instance string, release int) (int, error) {
	entries, err := os.ReadDir(filepath.Join(store, log, "released"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	before := 0
	for _, e := range entries {
		n, notNumber := strconv.Atoi(e.Name())
		if notNumber != nil || n >= release || n < before {
			continue
		}
		if keptFile(store, log, instance, n) != "" {
			before = n
		}
	}
	return before, err
}

// toldBefore are the releases that the parts of one are told against.
func toldBefore(store, log string, runs []*run, release int) (told, error) {
	against := told{}
	for _, r := range runs {
		before, err := releaseBefore(store, log, r.inst.ID, release)
		if err != nil {
			return nil, err
		}
		if before > 0 {
			against[r.inst.ID] = before
		}
	}
	return against, nil
}

// since tells the store of the release before, if one is kept. One that cannot
// be compared with is a warning: the site then says so little as of a first.
func (r *run) since(ctx context.Context, store *transforms.Store) error {
	before, err := releaseBefore(r.options.Store, r.log, r.inst.ID, r.release)
	if err != nil || before == 0 {
		return err
	}
	if err := store.Since(ctx, keptFile(r.options.Store, r.log, r.inst.ID, before), before); err != nil {
		r.report.Warnings = append(r.report.Warnings, err.Error())
	}
	return ctx.Err()
}

// keep keeps what was published of an instance for the next release.
func (r *run) keep(site *staging, number int) error {
	return keepRelease(keptPath(r.options.Store, r.log, r.inst.ID, number), number, filepath.Join(site.releases, strconv.Itoa(number), r.part, dataFolder, "values.parquet"))
}

// keepRelease keeps the values of a published site in the store.
func keepRelease(kept string, release int, values string) error {
	err := os.MkdirAll(filepath.Dir(kept), 0o755)
	if err == nil {
		err = copyFile(values, kept+".new")
	}
	if err == nil {
		err = os.Rename(kept+".new", kept)
	}
	if err != nil {
		return fmt.Errorf("release %d cannot be kept to compare the next one with: %w", release, err)
	}
	return nil
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
