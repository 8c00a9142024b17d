package config

import (
	"sort"

	"tereze/model"
)

// index finds entries by id; Load builds it once. Lookups work without it
// too, so that tests may write an Instance or a Public by hand.
type index struct {
	areas      map[string][]int
	children   map[string][]int
	measures   map[string]int
	indicators map[string]int
	sources    map[string]int
}

func newIndex(in *Instance) *index {
	x := &index{
		areas: map[string][]int{}, children: map[string][]int{}, measures: map[string]int{},
		indicators: map[string]int{}, sources: map[string]int{},
	}
	for i, a := range in.Areas {
		x.areas[a.Code] = append(x.areas[a.Code], i)
		x.children[a.Parent] = append(x.children[a.Parent], i)
	}
	for i, m := range in.Measures {
		x.measures[m.ID] = i
	}
	for i, n := range in.Indicators {
		x.indicators[n.ID] = i
	}
	for i, s := range in.Sources {
		x.sources[s.ID] = i
	}
	return x
}

// Area is the version of the code that was valid on the day. An empty day
// means the newest version.
func (in *Instance) Area(code string, on model.Date) (model.Area, bool) {
	return findArea(in.Areas, in.index, code, on)
}

// WithSources is the instance with other sources, and all else as it is but
// the register of known errors: what is delivered may be a part of what the
// register is about.
func (in *Instance) WithSources(list ...Source) *Instance {
	out := *in
	out.Sources, out.Corrections = list, nil
	out.index = newIndex(&out)
	return &out
}

// AreasIn are the direct children of parent that were valid on the day, by code.
func (in *Instance) AreasIn(parent string, on model.Date) []model.Area {
	return children(in.Areas, in.index, parent, on)
}

// Measure is the measure with the id.
func (in *Instance) Measure(id string) (model.Measure, bool) {
	var known map[string]int
	if in.index != nil {
		known = in.index.measures
	}
	return find(in.Measures, known, id, func(m model.Measure) string { return m.ID })
}

// Indicator is the indicator with the id.
func (in *Instance) Indicator(id string) (model.Indicator, bool) {
	var known map[string]int
	if in.index != nil {
		known = in.index.indicators
	}
	return find(in.Indicators, known, id, func(n model.Indicator) string { return n.ID })
}

// Source is the source with the id.
func (in *Instance) Source(id string) (Source, bool) {
	var known map[string]int
	if in.index != nil {
		known = in.index.sources
	}
	return find(in.Sources, known, id, func(s Source) string { return s.ID })
}

// Area is the version of the code that was valid on the day. An empty day
// means the newest version.
func (p Public) Area(code string, on model.Date) (model.Area, bool) {
	return findArea(p.Areas, p.index, code, on)
}

// AreasIn are the direct children of parent that were valid on the day, by code.
func (p Public) AreasIn(parent string, on model.Date) []model.Area {
	return children(p.Areas, p.index, parent, on)
}

// Measure is the measure with the id.
func (p Public) Measure(id string) (model.Measure, bool) {
	var known map[string]int
	if p.index != nil {
		known = p.index.measures
	}
	return find(p.Measures, known, id, func(m model.Measure) string { return m.ID })
}

// Indicator is the indicator with the id.
func (p Public) Indicator(id string) (model.Indicator, bool) {
	var known map[string]int
	if p.index != nil {
		known = p.index.indicators
	}
	return find(p.Indicators, known, id, func(n model.Indicator) string { return n.ID })
}

// Source is the source with the id.
func (p Public) Source(id string) (PublicSource, bool) {
	var known map[string]int
	if p.index != nil {
		known = p.index.sources
	}
	return find(p.Sources, known, id, func(s PublicSource) string { return s.ID })
}

func findArea(areas []model.Area, x *index, code string, on model.Date) (found model.Area, ok bool) {
	fits := func(a model.Area) bool {
		if on == "" {
			return !ok || a.ValidFrom > found.ValidFrom
		}
		return a.ValidOn(on)
	}
	if x != nil {
		for _, i := range x.areas[code] {
			if fits(areas[i]) {
				found, ok = areas[i], true
			}
		}
		return found, ok
	}
	for _, a := range areas {
		if a.Code == code && fits(a) {
			found, ok = a, true
		}
	}
	return found, ok
}

func children(areas []model.Area, x *index, parent string, on model.Date) []model.Area {
	var out []model.Area
	if x != nil {
		for _, i := range x.children[parent] {
			if areas[i].ValidOn(on) {
				out = append(out, areas[i])
			}
		}
	} else {
		for _, a := range areas {
			if a.Parent == parent && a.ValidOn(on) {
				out = append(out, a)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}

func find[T any](list []T, known map[string]int, id string, key func(T) string) (T, bool) {
	if known != nil {
		if i, ok := known[id]; ok {
			return list[i], true
		}
	} else {
		for _, e := range list {
			if key(e) == id {
				return e, true
			}
		}
	}
	var none T
	return none, false
}
