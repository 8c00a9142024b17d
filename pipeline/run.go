package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"tereze/config"
	"tereze/dashboard"
	"tereze/dashboard/assets"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/snapshot"
	"tereze/transforms"
)

// run is the way of one instance from its sources to its part of the site.
type run struct {
	inst        *config.Instance
	part        string  // its place below the new site; "" is the site itself
	folder      *folder // the same
	report      *Report
	options     Options
	release     int
	log         string // id of the instance whose log numbers the release
	counterpart *dashboard.Counterpart
	deliveries  []sources.Delivery
	problems    [][]model.Problem // of each source as a whole, by its place in the instance
	verdicts    *transforms.VerdictLog
	open        []io.Closer // its databases
}

// build runs the stages in their order. Each reads what the one before
// wrote and nothing else.
func (r *run) build(ctx context.Context) error {
	c := clock{r.report, r.options.Progress}
	storeDir := filepath.Join(r.options.Store, r.inst.ID)
	dataDir := filepath.Join(r.folder.root, dataFolder)
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return err
	}
	if err := c.stage("sources", func() (int64, int64, error) { return r.read(ctx) }); err != nil {
		return err
	}
	if err := r.conceal(); err != nil {
		return err
	}
	store, err := transforms.Open(filepath.Join(storeDir, "store.duckdb"))
	if err != nil {
		return fmt.Errorf("cannot open the private store: %w", err)
	}
	r.open = append(r.open, store)
	r.verdicts = store.Verdicts()
	if err := r.since(ctx, store); err != nil {
		return err
	}
	publicPath := filepath.Join(dataDir, "public.duckdb")
	if err := r.transform(ctx, c, store, publicPath); err != nil {
		return err
	}
	var public *transforms.Public
	err = c.stage("exports", func() (int64, int64, error) {
		var exported transforms.Exported
		public, exported, err = transforms.Export(ctx, publicPath, dataDir, func(name string, raw []byte) error { return r.folder.keep(dataFolder+"/"+name, raw) })
		if err == nil {
			err = r.folder.wrote(dataFolder, append(exported.Written, "public.duckdb")...)
		}
		return r.report.Values, int64(exported.Files), err
	})
	if err != nil {
		return err
	}
	r.open = append(r.open, public)
	var site *dashboard.Site
	if err := c.stage("downloads", func() (in, out int64, err error) {
		if site, err = r.openSite(ctx, public); err == nil {
			err = site.Downloads(ctx, r.folder.below(dataFolder))
		}
		return r.report.Values, int64(len(r.folder.below(dataFolder))), err
	}); err != nil {
		return err
	}
	if err := c.stage("archive", func() (int64, int64, error) { return 0, 0, r.archive(dataDir) }); err != nil {
		return err
	}
	return c.stage("pages", func() (in, out int64, err error) {
		r.report.Pages, err = site.Pages(ctx, r.folder.below(dataFolder))
		r.report.Files, r.report.Bytes = r.folder.weigh()
		return r.report.Values, int64(r.report.Pages), err
	})
}

// read takes snapshots of all sources and their cells. A source that cannot
// be read is a warning; it stops nothing else.
func (r *run) read(ctx context.Context) (in, out int64, err error) {
	store, err := snapshot.Open(snapshotDir(r.options.Store, r.inst))
	if err != nil {
		return 0, 0, err
	}
	for _, w := range r.inst.Warnings {
		r.report.Warnings = append(r.report.Warnings, w.Error())
	}
	delivered := make([][]sources.Delivery, len(r.inst.Sources))
	problems := make([][]model.Problem, len(r.inst.Sources))
	var group sync.WaitGroup
	slots := make(chan struct{}, 2)
	for i, src := range r.inst.Sources {
		group.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; group.Done() }()
			delivered[i], problems[i] = sources.DeliverCounted(ctx, r.inst, src, store, transforms.CountCases)
		}()
	}
	group.Wait()
	r.problems = problems
	for i := range r.inst.Sources {
		for _, p := range problems[i] {
			r.report.Warnings = append(r.report.Warnings, p.Error())
		}
		for _, d := range delivered[i] {
			out += int64(len(d.Records))
			in += int64(len(d.Records)) + d.Layout + d.DroppedPersonal
			r.warn(d)
		}
		r.deliveries = append(r.deliveries, delivered[i]...)
	}
	collectFor(out)
	return in, out, ctx.Err()
}

// transform takes the cells through the door, computes the indicators and
// lets through the wall what may be seen. Nothing after it reads the private
// store.
func (r *run) transform(ctx context.Context, c clock, store *transforms.Store, publicPath string) error {
	err := c.stage("door", func() (int64, int64, error) {
		for i, list := range r.problems {
			store.Tell(r.inst.Sources[i].ID, list)
		}
		loaded, err := store.Load(ctx, r.inst, r.deliveries)
		for _, p := range loaded.Warnings {
			r.report.Warnings = append(r.report.Warnings, p.Error())
		}
		if err != nil {
			return 0, 0, checkFailure(err)
		}
		for i := range r.deliveries {
			r.deliveries[i].Records = nil // the database has them now
		}
		read, accepted := r.account(loaded)
		return read, accepted, nil
	})
	if err != nil {
		return err
	}
	err = c.stage("indicators", func() (int64, int64, error) {
		computed, err := store.Compute(ctx, r.inst)
		return r.report.Observations, computed.Values, err
	})
	if err != nil {
		return err
	}
	err = c.stage("protect", func() (int64, int64, error) {
		protected, err := store.Protect(ctx, r.inst, publicPath, r.release)
		r.report.Values, r.report.Suppressed = protected.Values, protected.Suppressed
		if protected.Exposed > 0 {
			r.report.Warnings = append(r.report.Warnings, fmt.Sprintf("%d small counts of people follow from figures that are public or from what their marks say; nothing more can be hidden here", protected.Exposed))
		}
		return protected.Values, protected.Values - protected.Suppressed, err
	})
	if err != nil {
		return err
	}
	if r.report.Observations < fewCells {
		return nil
	}
	return store.Close() // of a country it is half of the memory
}

// closeAll closes the databases of a build that is over. Nothing is left to be
// written then; but to give back their memory, piece by piece, takes a small
// build as long as its scan. Nobody waits for it, and the end of the program
// gives all back at once.
func closeAll(runs []*run) {
	for _, r := range runs {
		for _, db := range r.open {
			_ = db.Close() // a large store is closed already
		}
	}
}

// checkFailure gives errors of the data checks their exit code.
func checkFailure(err error) error {
	var data transforms.DataError
	if errors.As(err, &data) {
		return &Failure{ExitChecks, err}
	}
	return err
}

// account copies the door's counts into the report, a line a source, and
// gives the sums of cells read and accepted.
func (r *run) account(loaded transforms.Report) (read, accepted int64) {
	r.report.Observations = loaded.Observations
	for _, src := range loaded.Sources {
		line := SourceReport{
			ID: src.ID, Kind: src.Kind, CellsRead: src.Read,
			Accepted: src.Accepted, Refused: src.Refused, DroppedPersonal: src.DroppedPersonal, Stale: r.stale(src.ID),
		}
		if len(src.Snapshots) > 0 {
			line.Snapshot = src.Snapshots[0]
		}
		r.report.Sources = append(r.report.Sources, line)
		read += src.Read
		accepted += src.Accepted
	}
	return read, accepted
}

// publicDB hands the dashboard a query interface and nothing else of the
// database.
type publicDB struct{ *transforms.Public }

func (p publicDB) Query(ctx context.Context, query string, args ...any) (dashboard.Rows, error) {
	return p.Public.Query(ctx, query, args...)
}

// openSite gives the dashboard the public database and nothing else.
func (r *run) openSite(ctx context.Context, public *transforms.Public) (*dashboard.Site, error) {
	bundle, err := assets.Bundle()
	if err != nil {
		r.report.Warnings = append(r.report.Warnings, err.Error())
	}
	return dashboard.Open(ctx, dashboard.Input{
		Instance: r.inst.Public(), DB: publicDB{public}, Release: r.release, Put: r.folder.keep, Bundle: bundle, Counterpart: r.counterpart,
	})
}

// archive makes what covers the other files: the zip, the sums, the manifest.
func (r *run) archive(dataDir string) error {
	if leaks := r.folder.gate.found(); len(leaks) > 0 {
		return leakError(leaks) // files that leak are not there to be packed
	}
	all, err := archive(dataDir, r.folder.below(dataFolder))
	if err == nil {
		err = r.folder.keep(dataFolder+"/all.zip", all)
	}
	if err != nil {
		return fmt.Errorf("cannot write all.zip: %w", err)
	}
	covered, err := sums(dataDir, slices.Sorted(maps.Keys(r.folder.below(dataFolder))))
	if err == nil {
		err = r.folder.keep(dataFolder+"/SHA256SUMS", covered)
	}
	if err != nil {
		return fmt.Errorf("cannot write SHA256SUMS: %w", err)
	}
	m := Manifest{
		Release: r.release, Instance: r.inst.ID, Example: r.inst.Example, Today: string(r.inst.Today),
		InstanceHash: r.inst.Hash, Observations: r.report.Observations, Values: r.report.Values, Suppressed: r.report.Suppressed,
	}
	if r.inst.Example {
		m.Note = r.inst.Words.Lang("en").T("nature.example")
	}
	for _, d := range r.deliveries {
		m.Snapshots = append(m.Snapshots, manifestSnapshot(d))
		if d.Snapshot.Token != "" {
			m.InstanceHash = ""
		}
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return r.folder.keep(manifestName, append(raw, '\n'))
}
