package pages

import (
	"fmt"
	"html/template"
	"slices"
	"sort"
	"strings"

	"tereze/config"
	"tereze/config/words"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// Counterpart is the site built beside this one: the example of a real
// region, or the real region of an example.
type Counterpart struct {
	Root       string          // from this site's root: "example/" or "../"
	Areas      map[string]bool // codes that have a page there
	Indicators map[string]bool // indicators that have a page there
}

// Site is everything that pages share; nothing changes it once it is made.
type Site struct {
	In          config.Public
	Data        *public.Data
	Counterpart *Counterpart
	Release     int
	Sizes       map[string]int64 // download below data/ → bytes; what is not among them is not offered
	Charts      bool             // the chart library is there
	Region      model.Area       // on the reference date
	Country     model.Area
	Districts   []model.Area // children of the region on the reference date
	Peers       []model.Area // the region and its sisters on the reference date
	newest      map[string]model.Date
	measures    map[string][]model.Indicator // count indicators by measure
	events      map[string]event
	templates   *templateSet
	series      map[string][]config.PublicSource
	sources     map[string][]config.PublicSource // the one of each id
	areas       map[public.Key]model.Area
	alphabet    map[string]map[public.Key]int // by language: the place of an area's name; equal names share one
	spreads     memo[spreadKey, spread]
	feet        memo[string, template.HTML]  // by language
	filled      memo[string, bool]           // statistic files that hold anything, by name
	figureWords memo[string, figure.Words]   // by language
	comparisons memo[string, *comparison]    // by indicator
	placed      memo[public.Key, []standing] // by area
	multiples   memo[multiplesKey, *figure.Figure]
	stale       map[string]public.SourceState // sources of which an old copy is in use
}

// event is a territory or policy event by its id.
type event struct {
	ID        string
	Date      model.Date
	Name      model.Text
	What      model.Text
	Reference string
	Territory bool
	Verified  bool
	Until     model.Date
	Measures  []string
	Areas     []string // keys of areas it touches
}

// NewSite prepares what all pages share.
func NewSite(in config.Public, data *public.Data, counterpart *Counterpart, release int, sizes map[string]int64, charts bool) (*Site, error) {
	s := &Site{In: in, Data: data, Counterpart: counterpart, Release: release, Sizes: sizes, Charts: charts,
		newest: map[string]model.Date{}, measures: map[string][]model.Indicator{}, events: map[string]event{}}
	in.Sources = withStates(in.Sources, data.Checks.Sources)
	s.In, s.stale = in, stale(data.Checks.Sources)
	s.Region, _ = in.Area(in.Region, in.ReferenceDate)
	s.Country, _ = in.Area(in.Country, in.ReferenceDate)
	s.Districts = in.AreasIn(in.Region, in.ReferenceDate)
	if s.Region.Parent != "" {
		s.Peers = in.AreasIn(s.Region.Parent, in.ReferenceDate)
	}
	for _, a := range in.Areas {
		if a.ValidFrom >= s.newest[a.Code] {
			s.newest[a.Code] = a.ValidFrom
		}
	}
	for _, i := range in.Indicators {
		if i.Kind == model.Count {
			s.measures[i.Numerator.Measure] = append(s.measures[i.Numerator.Measure], i)
		}
	}
	s.index()
	s.series, s.sources = map[string][]config.PublicSource{}, map[string][]config.PublicSource{}
	for _, src := range in.Sources {
		name := tern(src.Series != "", src.Series, src.ID)
		s.series[name] = append(s.series[name], src)
		s.sources[src.ID] = []config.PublicSource{src}
	}
	for _, e := range in.AreaEvents {
		s.events[e.ID] = event{ID: e.ID, Date: e.Date, Name: e.Name, Reference: e.Reference, Territory: true,
			Verified: e.Verified, Areas: append(append([]string{}, e.From...), e.To...)}
	}
	for _, e := range in.PolicyEvents {
		s.events[e.ID] = event{ID: e.ID, Date: e.Date, Until: e.Until, Name: e.Name, What: e.What, Reference: e.Reference,
			Verified: e.Verified, Measures: e.Measures}
	}
	var err error
	s.templates, err = parseTemplates()
	return s, err
}

// sourcesOf are the sources that a value rests on: its own, or all of the
// series it was computed from.
func (s *Site) sourcesOf(v *public.Value) []config.PublicSource {
	if !v.Computed() {
		return s.sources[v.Source]
	}
	return s.series[v.Series()]
}

// Page is one file of the site and the function that writes it, and what
// stands beside it.
type Page struct {
	Path   string // below the site's root: ru/area/630000000/index.html
	Index  bool   // belongs in the sitemap
	Render func(Write) error
}

// Write takes a finished file. The bytes are used again when it has returned.
type Write func(File) error

// File is one written file: a page, or a figure of it.
type File struct {
	Path  string
	Bytes []byte
}

// Pages are all pages of the site in a fixed order.
func (s *Site) Pages() []Page {
	out := []Page{
		{Path: "index.html", Index: true, Render: s.root},
		{Path: "404.html", Render: s.notFound},
	}
	for _, code := range s.In.Languages {
		add := func(path string, render func(*view) ([]byte, error)) {
			full := code + "/" + path
			out = append(out, Page{Path: full + "index.html", Index: true, Render: func(write Write) error {
				v := s.view(code, full)
				v.write, v.page = write, sheets.Get().(*[]byte)
				defer sheets.Put(v.page)
				b, err := render(v)
				if err != nil {
					return fmt.Errorf("page %s: %w", full, err)
				}
				return write(File{full + "index.html", b})
			}})
		}
		add("", (*view).home)
		for _, i := range s.In.Indicators {
			add(indicatorPath(i.ID), func(v *view) ([]byte, error) { return v.indicator(i) })
		}
		for _, a := range s.In.Areas {
			add(s.areaPath(a), func(v *view) ([]byte, error) { return v.area(a) })
			if s.hasBriefing(a) {
				add(s.briefingPath(a), func(v *view) ([]byte, error) { return v.briefing(a) })
			}
		}
		add("compare/", (*view).compareIndex)
		for _, sub := range s.comparedSubjects() {
			add(comparePath(sub.ID), func(v *view) ([]byte, error) { return v.compareSubject(sub) })
		}
		s.registerPages(add)
		s.boundaryPages(add)
		add("data/", (*view).catalogue)
		add("quality/", (*view).quality)
		for _, src := range s.In.Sources {
			add(sourcePath(src.ID), func(v *view) ([]byte, error) { return v.source(src) })
		}
		add("methods/", (*view).methods)
		out = append(out, s.moved(code)...)
	}
	return out
}

// view is one page in one language while it is being made.
type view struct {
	s        *Site
	l        *words.Lang
	code     string // language
	path     string // folder of the page below the root, ends in "/"; empty at the root
	up       string // from the page to the root: "../../"
	nums     []numbered
	charts   bool
	used     map[string]bool           // signs that tables of the page show
	write    Write                     // for files beside the page
	page     *[]byte                   // memory for the page
	findings map[*figure.Figure]string // titles of figures with the marks of their numbers
}

func (s *Site) view(code, path string) *view {
	return &view{s: s, l: s.In.Words.Lang(code), code: code, path: path,
		up: strings.Repeat("../", strings.Count(path, "/")), used: map[string]bool{}, findings: map[*figure.Figure]string{}}
}

// T is a message in the page's language.
func (v *view) T(key string, args ...any) string { return v.l.T(key, args...) }

// name is a text in the page's language.
func (v *view) name(t model.Text) string { return v.l.Name(t) }

// own is the part in the page's language of a text that its file keeps as one
// string, with the wordings of all languages of the instance, in their order,
// between middle dots; any other text stays as it is.
func (v *view) own(s string) string {
	parts := strings.Split(s, " · ")
	if i := slices.Index(v.s.In.Languages, v.code); i >= 0 && len(parts) == len(v.s.In.Languages) {
		return parts[i]
	}
	return s
}

func (s *Site) areaPath(a model.Area) string {
	if s.newest[a.Code] == a.ValidFrom {
		return "area/" + a.Code + "/"
	}
	return "area/" + a.Code + "-" + string(a.ValidFrom) + "/"
}

func indicatorPath(id string) string { return "indicator/" + Kebab(id) + "/" }

// Kebab is an id as it stands in addresses.
func Kebab(id string) string { return strings.ReplaceAll(id, "_", "-") }

func (v *view) areaHref(a model.Area) string   { return v.up + v.code + "/" + v.s.areaPath(a) }
func (v *view) indicatorHref(id string) string { return v.up + v.code + "/" + indicatorPath(id) }

// areaOf finds the dated area of a key.
func (s *Site) areaOf(k public.Key) (model.Area, bool) {
	a, ok := s.areas[k]
	return a, ok
}

// index makes areas findable by key, and sorts their names once for all pages.
func (s *Site) index() {
	s.areas, s.alphabet = map[public.Key]model.Area{}, map[string]map[public.Key]int{}
	for _, a := range s.In.Areas {
		s.areas[public.KeyOf(a)] = a
	}
	list := append([]model.Area{}, s.In.Areas...)
	for _, code := range s.In.Languages {
		l := s.In.Words.Lang(code)
		sort.SliceStable(list, func(i, j int) bool { return l.Compare(l.Name(list[i].Names), l.Name(list[j].Names)) < 0 })
		places := map[public.Key]int{}
		for i, a := range list {
			places[public.KeyOf(a)] = i
			if i > 0 && l.Compare(l.Name(list[i-1].Names), l.Name(a.Names)) == 0 {
				places[public.KeyOf(a)] = places[public.KeyOf(list[i-1])]
			}
		}
		s.alphabet[code] = places
	}
}

// areaHrefOf is the page of a key, or "" when it has none.
func (v *view) areaHrefOf(k public.Key) string {
	if a, ok := v.s.areaOf(k); ok {
		return v.areaHref(a)
	}
	return ""
}

func (v *view) areaName(k public.Key) string {
	if a, ok := v.s.areaOf(k); ok {
		return v.name(a.Names)
	}
	return k.Code
}

// sorted is a copy of the areas in the alphabet of the page's language.
func (v *view) sorted(areas []model.Area) []model.Area {
	type placed struct{ place, i int }
	order := make([]placed, len(areas)) // an area is large: sorted are its places
	alphabet := v.s.alphabet[v.code]
	for i, a := range areas {
		order[i] = placed{alphabet[public.KeyOf(a)], i}
	}
	slices.SortStableFunc(order, func(a, b placed) int { return a.place - b.place })
	out := make([]model.Area, len(areas))
	for i, o := range order {
		out[i] = areas[o.i]
	}
	return out
}

func keys(areas []model.Area) []public.Key {
	out := make([]public.Key, len(areas))
	for i, a := range areas {
		out[i] = public.KeyOf(a)
	}
	return out
}
