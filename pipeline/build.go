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
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"tereze/config"
	"tereze/dashboard"
	"tereze/dashboard/assets"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/fetch"
	"tereze/sources/snapshot"
	"tereze/transforms"
)

// Options say what to build and where.
type Options struct {
	Instance       string          // a built-in name or a folder
	Out            string          // the link readers see; public
	Store          string          // private folder; .tereze
	Offline        bool            // never touch the network
	WithoutExample bool            // do not build the example beside the real region
	Settings       config.Settings // flags and environment over instance.yaml
	Progress       Progress        // hears of each stage; may be nil
	Network        fetch.Settings  // of the client; the zero value is usable
	Fetched        Fetched         // hears of each fetched source; may be nil
}

// Build runs every stage of the instance, and of its example beside it, then
// switches the site. On an error the old site is as it was; the report says
// how far the build came.
func Build(ctx context.Context, o Options) (Report, error) {
	collectRarely()
	real, example, err := loadBoth(o)
	switch {
	case real == nil:
		return Report{Instance: o.Instance}, err
	case err != nil:
		return Report{Instance: real.ID}, err
	}
	private, err := filepath.Abs(o.Store)
	if err != nil {
		return Report{Instance: real.ID}, err
	}
	site, err := newStaging(o.Out, newGate(private))
	if err != nil {
		return Report{Instance: real.ID}, err
	}
	defer site.discard()
	return buildSite(ctx, o, site, real, example)
}

// loadBoth loads the instance and, at the same time, its example: the site of
// the example is of the same day and lies below that of the region. Where only
// the example is wrong, the region comes with the error.
func loadBoth(o Options) (real, example *config.Instance, err error) {
	fsys, id, err := config.Open(o.Instance)
	if err != nil {
		return nil, nil, &Failure{ExitUsage, err}
	}
	settings := o.Settings
	var beside sync.WaitGroup
	var exampleErr error
	if head := config.Head(fsys, id, settings); head != nil {
		settings.Today = head.Today // one day for both, though midnight may pass
		if !head.Example && head.ExampleInstance != "" && !o.WithoutExample {
			below := settings
			if head.BaseURL != "" {
				below.BaseURL = strings.TrimSuffix(head.BaseURL, "/") + "/example/"
			}
			beside.Go(func() { example, exampleErr = loadInstance(head.ExampleInstance, below) })
		}
	}
	real, err = config.Load(fsys, id, settings)
	beside.Wait()
	switch {
	case err != nil:
		return nil, nil, &Failure{ExitUsage, err}
	case exampleErr != nil:
		return real, nil, exampleErr
	case example != nil && !example.Example:
		return real, nil, fail(ExitUsage, "instance.yaml, key example_instance: %q is not an example; expected an instance with example: true", real.ExampleInstance)
	}
	return real, example, nil
}

func loadInstance(name string, settings config.Settings) (*config.Instance, error) {
	fsys, id, err := config.Open(name)
	if err != nil {
		return nil, &Failure{ExitUsage, err}
	}
	inst, err := config.Load(fsys, id, settings)
	if err != nil {
		return nil, &Failure{ExitUsage, err}
	}
	return inst, nil
}

// buildSite builds the real region at the root of the new site and the
// example below it, at the same time, then archives, scans and switches.
func buildSite(ctx context.Context, o Options, site *staging, real, example *config.Instance) (Report, error) {
	report := Report{Instance: real.ID, Warnings: []string{}}
	unlock, err := lockAll(o.Store, real, example)
	if err != nil {
		return report, err
	}
	defer unlock()
	log, err := openReleaseLog(filepath.Join(o.Store, real.ID))
	if err != nil {
		return report, err
	}
	runs := []*run{{inst: real, report: &report}}
	if example != nil {
		report.Example = &Report{Instance: example.ID, Warnings: []string{}}
		runs = append(runs, &run{inst: example, part: "example", report: report.Example})
		runs[0].counterpart, runs[1].counterpart = counterpart(example, "example/"), counterpart(real, "../")
	}
	defer func() { go closeAll(runs) }()
	standing, err := fetchAll(ctx, o, runs)
	if err != nil {
		return report, err
	}
	inputs, err := inputsHash(o.Store, real, example, standing)
	if err != nil {
		return report, err
	}
	number, against, err := log.number(inputs, func(release int) (told, error) { return toldBefore(o.Store, real.ID, runs, release) })
	if err != nil {
		return report, err
	}
	for _, r := range runs {
		r.report.Release, r.log = number, real.ID
		r.folder = site.part(r.part)
	}
	group, groupCtx := errgroup.WithContext(ctx)
	for _, r := range runs {
		r.options, r.release = o, number
		group.Go(func() error { return r.build(groupCtx) })
	}
	if err := group.Wait(); err != nil {
		return report, err
	}
	last := clock{&report, o.Progress}
	err = last.stage("scan", func() (int64, int64, error) {
		leaks, err := site.scan(ctx)
		if err == nil && len(leaks) > 0 {
			err = leakError(leaks)
		}
		return 0, int64(len(leaks)), err
	})
	if err != nil {
		return report, err
	}
	report.Files, report.Bytes = site.weigh()
	err = last.stage("publish", func() (int64, int64, error) {
		return int64(report.Files), int64(report.Files), site.publish(number)
	})
	if err != nil {
		return report, err
	}
	var after errgroup.Group
	for _, r := range runs {
		after.Go(func() error {
			if err := r.verdicts.Save(); err != nil {
				return fmt.Errorf("the site is published, but its verdicts cannot be remembered: %w", err)
			}
			if err := r.keep(site, number); err != nil {
				return fmt.Errorf("the site is published, but %w", err)
			}
			return nil
		})
	}
	if err := after.Wait(); err != nil {
		return report, err
	}
	return report, log.record(releaseEntry{Number: number, Inputs: inputs, Against: against})
}

// lockAll takes the stores of both instances, in a fixed order.
func lockAll(store string, instances ...*config.Instance) (unlock func(), err error) {
	var held []func()
	unlock = func() {
		for _, release := range held {
			release()
		}
	}
	for _, inst := range instances {
		if inst == nil {
			continue
		}
		release, err := lock(filepath.Join(store, inst.ID))
		if err != nil {
			unlock()
			return nil, err
		}
		held = append(held, release)
	}
	return unlock, nil
}

// inputsHash is over all that a release is made from: the program, the
// instances with their local files, what is in use of fetched sources, the
// key that names reports, and the day.
func inputsHash(store string, real, example *config.Instance, standing []string) (string, error) {
	program, err := programHash()
	if err != nil {
		return "", fmt.Errorf("cannot read the running program: %w", err)
	}
	parts := []string{program, real.ID, real.Hash, string(real.Today), real.BaseURL}
	if example != nil {
		parts = append(parts, example.ID, example.Hash)
	}
	if slices.ContainsFunc(real.Sources, func(s config.Source) bool { return s.Nature != model.Published }) {
		named, err := tokenOf(store, real, "inputs")
		if err != nil {
			return "", err
		}
		parts = append(parts, named)
	}
	return hashOf(append(parts, standing...)...), nil
}

// counterpart tells the pages of one site what the other site has.
func counterpart(other *config.Instance, root string) *dashboard.Counterpart {
	c := &dashboard.Counterpart{Root: root, Areas: map[string]bool{}, Indicators: map[string]bool{}}
	for _, a := range other.Areas {
		c.Areas[a.Code] = true
	}
	for _, i := range other.Indicators {
		c.Indicators[i.ID] = true
	}
	return c
}

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
	if r.report.Observations < manyCells {
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
	all, err := archive(dataDir)
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

// Elapsed is the sum of the stages of a report, in seconds.
func (r Report) Elapsed() time.Duration {
	total := 0.0
	for _, s := range r.Stages {
		total += s.Seconds
	}
	return time.Duration(total * float64(time.Second))
}
