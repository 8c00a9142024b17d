package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"tereze/config"
	"tereze/dashboard"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/snapshot"
	"tereze/transforms"
	"tereze/transforms/door"
)

// PreviewLine is one sentence that the file would bring to the public pages,
// with its figure, after protection.
type PreviewLine struct {
	Indicator  string `json:"indicator"`
	Area       string `json:"area"`
	Period     string `json:"period"`
	BasePeriod string `json:"base_period,omitempty"`
	Sentence   string `json:"sentence"`
	Value      string `json:"value"` // as in the files; empty = none is shown
	Shown      string `json:"shown"`
	ObsStatus  string `json:"obs_status"`
	ConfStatus string `json:"conf_status"`
}

// preview builds the values of the whole instance with this file in the
// place of what was delivered for the same cells, and asks the pages what
// they would say about what it touches.
func (c *checker) preview(ctx context.Context, storeDir string) ([]PreviewLine, error) {
	changed := c.changed()
	if len(changed.keys) == 0 {
		return nil, nil
	}
	deliveries, err := c.rest(ctx, storeDir, changed)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "tereze-preview-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := transforms.Open("")
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if _, err := store.Load(ctx, c.inst, append(deliveries, c.deliveries...)); err != nil {
		return nil, checkFailure(err)
	}
	if _, err := store.Compute(ctx, c.inst); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "public.duckdb")
	if _, err := store.Protect(ctx, c.inst, path, 0); err != nil {
		return nil, err
	}
	return c.ask(ctx, path, changed)
}

func (c *checker) ask(ctx context.Context, path string, changed changes) ([]PreviewLine, error) {
	public, err := transforms.OpenPublic(path)
	if err != nil {
		return nil, err
	}
	defer public.Close()
	in := dashboard.Input{Instance: c.inst.Public(), DB: publicDB{public}}
	var out []PreviewLine
	for _, p := range changed.periods {
		areas := slices.Clone(changed.areas[p])
		if region, ok := c.inst.Area(c.inst.Region, p.End); ok && !slices.ContainsFunc(areas, func(a model.Area) bool { return a.Code == region.Code }) {
			areas = append(areas, region)
		}
		said, err := dashboard.Preview(ctx, in, c.l.Code, dashboard.Ask{Indicators: c.touched(changed.measures), Areas: areas, Period: p})
		if err != nil {
			return nil, err
		}
		for _, f := range said {
			out = append(out, PreviewLine{
				Indicator: f.Indicator, Area: f.Area.Code, Period: f.Period, BasePeriod: f.Base, Sentence: f.Sentence,
				Value: f.Raw, Shown: f.Shown, ObsStatus: string(f.Status), ConfStatus: string(f.Conf),
			})
		}
	}
	return out, nil
}

// cellKey is what a value is about.
type cellKey struct {
	area, from string
	period     model.Period
	measure    string
}

// changes are what the accepted cells of the file are about.
type changes struct {
	keys     map[cellKey]bool
	measures map[string]bool
	areas    map[model.Period][]model.Area
	periods  []model.Period
}

func keyOf(r door.Reading) cellKey {
	return cellKey{r.Area.Code, string(r.Area.ValidFrom), r.Period, r.Measure}
}

func (c *checker) changed() changes {
	out := changes{keys: map[cellKey]bool{}, measures: map[string]bool{}, areas: map[model.Period][]model.Area{}}
	read := door.NewReader(c.inst)
	for i := range c.deliveries {
		for j := range c.deliveries[i].Records {
			r := read.Read(&c.src, &c.deliveries[i].Records[j])
			if r.Code != "" {
				continue
			}
			out.keys[keyOf(r)] = true
			out.measures[r.Measure] = true
			if !slices.Contains(out.periods, r.Period) {
				out.periods = append(out.periods, r.Period)
			}
			same := func(a model.Area) bool { return a.Code == r.Area.Code && a.ValidFrom == r.Area.ValidFrom }
			if !slices.ContainsFunc(out.areas[r.Period], same) {
				out.areas[r.Period] = append(out.areas[r.Period], r.Area)
			}
		}
	}
	return out
}

// rest is what all sources have delivered, without the cells of the same
// series that the file gives anew: a report that is sent again takes the
// place of the first.
func (c *checker) rest(ctx context.Context, storeDir string, changed changes) ([]sources.Delivery, error) {
	read := door.NewReader(c.inst)
	fetched := filepath.Join(storeDir, c.inst.ID, "snapshots")
	var out []sources.Delivery
	for _, src := range c.inst.Sources {
		var store *snapshot.Store // nothing is kept; only what was fetched is read there
		if _, err := os.Stat(fetched); err == nil && src.Networked() {
			if store, err = snapshot.Open(fetched); err != nil {
				return nil, err
			}
		}
		delivered, _ := sources.Deliver(ctx, c.inst, src, store) // a source that cannot be read is missing here as in a build
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if seriesOf(src) == seriesOf(c.src) {
			for i := range delivered {
				d := &delivered[i]
				d.Records = slices.DeleteFunc(d.Records, func(r model.Record) bool {
					return changed.keys[keyOf(read.Read(&src, &r))]
				})
			}
		}
		out = append(out, delivered...)
	}
	return out, nil
}

func seriesOf(s config.Source) string {
	if s.Series != "" {
		return s.Series
	}
	return s.ID
}

// touched are the indicators that rest on any of the measures, own models
// through the indicators they read.
func (c *checker) touched(measures map[string]bool) []string {
	hit := map[string]bool{}
	for range c.inst.Indicators { // an own model may read another one
		before := len(hit)
		for _, ind := range c.inst.Indicators {
			if measures[ind.Numerator.Measure] || measures[ind.Denominator.Measure] ||
				slices.ContainsFunc(ind.After, func(id string) bool { return hit[id] }) {
				hit[ind.ID] = true
			}
		}
		if len(hit) == before {
			break
		}
	}
	var out []string
	for _, ind := range c.inst.Indicators {
		if hit[ind.ID] {
			out = append(out, ind.ID)
		}
	}
	return out
}
