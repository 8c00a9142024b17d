package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"tereze/config"
	"tereze/dashboard"
	"tereze/model"
	"tereze/sources/fetch"
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
	private, err := filepath.Abs(o.Store)
	if err != nil {
		return Report{Instance: o.Instance}, err
	}
	// A folder that an earlier site left is looked through while the instances load.
	var site *staging
	var siteErr error
	var beside sync.WaitGroup
	beside.Go(func() { site, siteErr = newStaging(o.Out, newGate(private)) })
	real, example, err := loadBoth(o)
	beside.Wait()
	if siteErr == nil {
		defer site.discard()
	}
	switch {
	case real == nil:
		return Report{Instance: o.Instance}, err
	case err != nil:
		return Report{Instance: real.ID}, err
	case siteErr != nil:
		return Report{Instance: real.ID}, siteErr
	}
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
// example below it, at the same time, then scans and switches.
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
	replaced := ""
	err = last.stage("publish", func() (in, out int64, err error) {
		replaced, err = site.publish(number)
		return int64(report.Files), int64(report.Files), err
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
	if err := log.record(releaseEntry{Number: number, Inputs: inputs, Against: against}); err != nil || replaced == "" {
		return report, err
	}
	if err := site.leaveScaffold(replaced); err != nil {
		report.Warnings = append(report.Warnings, fmt.Sprintf("the site is published, but the folder of the one before is not of use to the next build: %v", err))
	}
	return report, nil
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
