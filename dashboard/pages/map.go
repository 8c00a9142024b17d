package pages

import (
	"math"
	"sort"

	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// cartogram is the map of an indicator over the areas of a comparison. With
// fewer than two numbers there is nothing to see on it.
func (v *view) cartogram(ind model.Indicator, c *comparison) *figure.Figure {
	if len(c.with()) < 2 || c.Period == nil {
		return nil
	}
	f := v.figure("map", figure.Map, ind, v.T("map.finding", "n", len(c.with()), "all", len(c.Areas), "name", v.name(ind.Name)),
		v.subtitle(ind, c.Period))
	f.Period = v.l.Period(c.Period.Period)
	sizes := v.s.sizes(c.Areas)
	var vals []*public.Value
	for _, a := range v.ranked(c) {
		val := c.of(a)
		m := figure.Mark{Key: a.Code, Label: v.name(a.Names), Href: v.areaHref(a), N: v.number(ind, val, "value"),
			Lat: a.Lat, Lon: a.Lon, Size: sizes[a.Code], Polygon: v.s.In.Boundaries[a.Code], Highlight: c.Peers && a.Code == v.s.Region.Code}
		if m.Lat == 0 && m.Lon == 0 && len(m.Polygon) == 0 {
			continue
		}
		f.Series = appendMark(f.Series, ind.ID, v.name(ind.Name), m)
		vals = append(vals, val)
	}
	if numbersOn(f) < 2 {
		return nil
	}
	if len(v.s.In.Boundaries) == 0 {
		f.SizeNote = v.T("map.equal")
		if m, ok := v.s.In.Measure(v.s.In.Map.Size); ok && sizes != nil {
			f.SizeNote = v.T("map.sized", "measure", v.name(m.Name))
		}
	}
	f.Columns = []string{v.T(tern(c.Peers, "table.region", "table.area")), f.Unit}
	f.Source = v.sourceLine(vals...)
	f.Notes = v.valueNotes(ind, vals)
	if ids := v.between(ind, c); len(ids) > 0 {
		f.Notes = append(f.Notes, v.T("compare.break_note", "events", v.eventNames(ids)))
	}
	f.Download = "map.svg"
	return f
}

// numbersOn counts the marks with a number.
func numbersOn(f *figure.Figure) (n int) {
	for _, s := range f.Series {
		for _, m := range s.Marks {
			if m.N.Has {
				n++
			}
		}
	}
	return n
}

func appendMark(series []figure.Series, key, name string, m figure.Mark) []figure.Series {
	if len(series) == 0 {
		series = []figure.Series{{Key: key, Name: name}}
	}
	series[0].Marks = append(series[0].Marks, m)
	return series
}

// neighbours bounds the diagram of where an area lies.
const neighbours = 24

// nearest are the sisters around an area where there are too many for one
// diagram, in their old order.
func nearest(sisters []model.Area, a model.Area) []model.Area {
	if len(sisters) <= 2*neighbours {
		return sisters
	}
	stretch := math.Cos(a.Lat * math.Pi / 180)
	distance := func(b model.Area) float64 {
		return math.Hypot(b.Lat-a.Lat, (b.Lon-a.Lon)*stretch)
	}
	all := make([]float64, len(sisters))
	for i, b := range sisters {
		all[i] = distance(b)
	}
	sort.Float64s(all)
	var out []model.Area
	for _, b := range sisters {
		if distance(b) <= all[neighbours] && len(out) <= neighbours {
			out = append(out, b)
		}
	}
	return out
}

// sizes are what the circles of areas stand for; nil, so that all circles are
// equal, unless it is known of each of them.
func (s *Site) sizes(areas []model.Area) map[string]float64 {
	out := map[string]float64{}
	for _, a := range areas {
		size := s.size(a)
		if size <= 0 {
			return nil
		}
		out[a.Code] = size
	}
	return out
}

// size is what the circle of an area stands for; 0 where it is not known.
func (s *Site) size(a model.Area) float64 {
	for _, ind := range s.measures[s.In.Map.Size] {
		d := s.Data.Indicator(ind.ID)
		k := public.KeyOf(a)
		if p := d.Latest([]public.Key{k}, s.In.ReferenceDate, true); p != nil {
			return d.Best(k, p).Value
		}
	}
	return 0
}

// location draws one area among its sisters: where it lies, nothing more.
func (v *view) location(a model.Area) *figure.Figure {
	if a.Lat == 0 && a.Lon == 0 {
		return nil
	}
	day := v.s.In.ReferenceDate
	if !a.ValidOn(day) {
		day = a.ValidFrom
		if a.ValidFrom == model.OpenStart {
			day = a.ValidTo
		}
	}
	sisters := v.s.In.AreasIn(a.Parent, day)
	if len(sisters) < 2 || a.Code == v.s.Country.Code {
		return nil
	}
	f := v.figure("place", figure.Map, model.Indicator{}, v.T("area.where", "name", upperFirst(v.name(a.Names))), v.T("area.where_what"))
	f.Unit, f.Example = "", tern(v.s.In.Example, v.T("example.mark"), "")
	sisters = nearest(sisters, a)
	sizes := v.s.sizes(sisters)
	for _, b := range sisters {
		if b.Lat == 0 && b.Lon == 0 {
			continue
		}
		f.Series = appendMark(f.Series, "place", v.name(a.Names), figure.Mark{Key: b.Code, Label: v.name(b.Names), Href: v.areaHref(b),
			Lat: b.Lat, Lon: b.Lon, Size: sizes[b.Code], Highlight: b.Code == a.Code})
	}
	return f
}
