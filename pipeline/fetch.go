package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/fetch"
	"tereze/sources/snapshot"
	"tereze/transforms"
)

// FetchOptions say of which sources new snapshots are taken.
type FetchOptions struct {
	Instance    string
	Store       string
	Sources     []string // ids; empty = all that are fetched
	AcceptShape []string // ids of sources whose new shape is accepted
	Settings    config.Settings
	Network     fetch.Settings // the zero value is usable
	Fetched     Fetched        // hears of each source; may be nil
}

// Fetched hears how the attempt to fetch a source ended, as soon as it did.
type Fetched func(instance string, f sources.Fetched)

// FetchReport is what became of each source, in the shape that
// `fetch --json` prints.
type FetchReport struct {
	Instance string      `json:"instance"`
	Sources  []FetchLine `json:"sources"`
}

// FetchLine is one source of a FetchReport.
type FetchLine struct {
	ID       string   `json:"id"`
	Outcome  string   `json:"outcome"` // new, unchanged, accepted, refused, failed
	Answers  int      `json:"answers"`
	Bytes    int64    `json:"bytes"`
	Redacted int      `json:"redacted"` // cells with personal data that were taken out
	Code     string   `json:"code,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Changes  []string `json:"changes,omitempty"` // of the shape, in the language of the instance
	Since    string   `json:"in_use_since,omitempty"`
}

// Fetch takes new snapshots and builds nothing. The error is a Failure with
// ExitChecks where any source gave nothing new to use.
func Fetch(ctx context.Context, o FetchOptions) (FetchReport, error) {
	inst, err := loadInstance(o.Instance, o.Settings)
	if err != nil {
		return FetchReport{Instance: o.Instance}, err
	}
	report := FetchReport{Instance: inst.ID, Sources: []FetchLine{}}
	chosen, err := chooseFetched(inst, append(slices.Clone(o.Sources), o.AcceptShape...))
	if err != nil {
		return report, err
	}
	release, err := lock(filepath.Join(o.Store, inst.ID))
	if err != nil {
		return report, err
	}
	defer release()
	store, err := snapshot.Open(snapshotDir(o.Store, inst))
	if err != nil {
		return report, err
	}
	client, err := newClient(o.Network, o.Settings)
	if err != nil {
		return report, err
	}
	f := sources.Fetcher{Client: client, Store: store, AcceptShape: o.AcceptShape, Count: transforms.CountCases}
	var failed []string
	l := inst.Words.Lang(inst.DefaultLanguage)
	for _, got := range fetchSources(ctx, inst, chosen, f, o.Fetched) {
		line := FetchLine{
			ID: got.Source, Outcome: string(got.Outcome), Answers: got.Answers, Bytes: got.Bytes,
			Redacted: got.Redacted, Since: string(got.Since),
		}
		for _, c := range got.Changes {
			line.Changes = append(line.Changes, c.Words(l))
		}
		if got.Problem != nil {
			line.Code, line.Reason = got.Problem.Code, got.Problem.Error()
			failed = append(failed, got.Source)
		}
		report.Sources = append(report.Sources, line)
	}
	if err := ctx.Err(); err != nil {
		return report, err
	}
	if len(failed) > 0 {
		return report, fail(ExitChecks, "%d of %d sources gave nothing new to use (%s); what was in use stays in use", len(failed), len(chosen), strings.Join(failed, ", "))
	}
	return report, nil
}

// chooseFetched are the fetched sources with the ids, or all of them.
func chooseFetched(inst *config.Instance, ids []string) ([]config.Source, error) {
	var all []config.Source
	var known []string
	for _, s := range inst.Sources {
		if s.Networked() {
			all, known = append(all, s), append(known, s.ID)
		}
	}
	if len(ids) == 0 {
		return all, nil
	}
	for _, id := range ids {
		if slices.Contains(known, id) {
			continue
		}
		if _, ok := inst.Source(id); ok {
			return nil, fail(ExitUsage, "source %s of %s is read from files; only fetched sources have snapshots to take", id, inst.ID)
		}
		return nil, fail(ExitUsage, "%q is not a fetched source of %s; expected %s", id, inst.ID, oneOf(known))
	}
	return slices.DeleteFunc(all, func(s config.Source) bool { return !slices.Contains(ids, s.ID) }), nil
}

func oneOf(known []string) string {
	if len(known) == 0 {
		return "none, for it has no source that is fetched"
	}
	return "one of " + strings.Join(known, ", ")
}

func snapshotDir(store string, inst *config.Instance) string {
	return filepath.Join(store, inst.ID, "snapshots")
}

func newClient(s fetch.Settings, settings config.Settings) (*fetch.Client, error) {
	if s.CAFile == "" {
		s.CAFile = settings.CAFile
	}
	client, err := fetch.New(s)
	if err != nil {
		return nil, &Failure{ExitUsage, err}
	}
	return client, nil
}

// maxFetching is how many sources are asked at a time; of one host the
// client asks fewer.
const maxFetching = 8

// fetchSources asks the sources at the same time and gives what became of
// them by id.
func fetchSources(ctx context.Context, inst *config.Instance, list []config.Source, f sources.Fetcher, heard Fetched) []sources.Fetched {
	got := make([]sources.Fetched, len(list))
	var group sync.WaitGroup
	var one sync.Mutex
	slots := make(chan struct{}, maxFetching)
	for i, src := range list {
		group.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; group.Done() }()
			got[i] = f.Fetch(ctx, inst, src)
			if heard != nil {
				one.Lock()
				defer one.Unlock()
				heard(inst.ID, got[i])
			}
		}()
	}
	group.Wait()
	sort.Slice(got, func(i, j int) bool { return got[i].Source < got[j].Source })
	return got
}

// fetchAll is the first stage of a build: new snapshots of all fetched
// sources, unless the build is offline. What it gives is part of what a
// release is made from. A source that gives nothing new stops nothing.
func fetchAll(ctx context.Context, o Options, runs []*run) (standing []string, err error) {
	var client *fetch.Client
	for _, r := range runs {
		c := clock{r.report, o.Progress}
		err := c.stage("fetch", func() (in, out int64, err error) {
			list, _ := chooseFetched(r.inst, nil) // without ids nothing can be wrong
			if len(list) == 0 {
				return 0, 0, nil
			}
			store, err := snapshot.Open(snapshotDir(o.Store, r.inst))
			if err != nil {
				return 0, 0, err
			}
			if !o.Offline {
				if client == nil {
					if client, err = newClient(o.Network, o.Settings); err != nil {
						return 0, 0, err
					}
				}
				for _, got := range fetchSources(ctx, r.inst, list, sources.Fetcher{Client: client, Store: store, Count: transforms.CountCases}, o.Fetched) {
					in++
					if got.Problem == nil {
						out++
					}
				}
			}
			text, err := sources.Standing(r.inst, store)
			standing = append(standing, r.inst.ID, text)
			return in, out, err
		})
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
	}
	return standing, nil
}

// warn puts what a delivery says beside its cells into the report.
func (r *run) warn(d sources.Delivery) {
	for _, p := range d.Problems {
		if p.Level == model.Warning || d.Source.Networked() && p.Place.Row == 0 {
			r.report.Warnings = append(r.report.Warnings, fmt.Sprintf("source %s: %s", d.Source.ID, p.Error()))
		}
	}
}

// stale reports whether a source is read from an older snapshot than it
// should be, or has none.
func (r *run) stale(id string) bool {
	return slices.ContainsFunc(r.deliveries, func(d sources.Delivery) bool { return d.Source.ID == id && d.Stale })
}
