package pages

import (
	"sort"

	"tereze/dashboard/public"
	"tereze/model"
)

// comparison is the set of areas that an indicator's page compares, in one
// period: the districts, or, where only regions have figures, the region
// among its sisters. Every area of the set is shown, also one without a value.
type comparison struct {
	Areas  []model.Area
	Period *public.Period // nil: none of them has a row
	Peers  bool
	Later  bool // the period lies after the reference day; the areas are those of its end
	values map[public.Key]*public.Value
	having []model.Area               // those with a number
	sorted []float64                  // their numbers, least first
	ranks  memo[string, []model.Area] // by language
}

func (c *comparison) of(a model.Area) *public.Value { return c.values[public.KeyOf(a)] }

// none counts the areas that reported that there are none.
func (c *comparison) none() (n int) {
	for _, a := range c.with() {
		if val := c.of(a); val.Qualifier == model.Nil && val.Value == 0 {
			n++
		}
	}
	return n
}

// with are the areas that have a number.
func (c *comparison) with() []model.Area { return c.having }

// ranked is the areas by value, largest first, put in order once a language and
// not to be changed; those without one follow in
// the alphabet of the language.
func (v *view) ranked(c *comparison) []model.Area {
	return c.ranks.of(v.code, func() []model.Area {
		out := v.sorted(c.Areas)
		sort.SliceStable(out, func(i, j int) bool {
			a, b := c.of(out[i]), c.of(out[j])
			if a.Has() && b.Has() {
				return a.Value > b.Value
			}
			return a.Has() && !b.Has()
		})
		return out
	})
}

// comparison is the comparison of an indicator, put together once for all
// pages and languages; it is not to be changed.
func (s *Site) comparison(ind model.Indicator) *comparison {
	return s.comparisons.of(ind.ID, func() *comparison { return s.compared(ind) })
}

func (s *Site) compared(ind model.Indicator) *comparison {
	d := s.Data.Indicator(ind.ID)
	c := &comparison{Areas: s.Districts, values: map[public.Key]*public.Value{}}
	c.Period = d.Latest(keys(s.Districts), s.In.ReferenceDate, true)
	if c.Period == nil && len(s.Peers) > 2 {
		if p := d.Latest(keys(s.Peers), s.In.ReferenceDate, true); p != nil && count(d, s.Peers, p) > 2 {
			c.Areas, c.Period, c.Peers = s.Peers, p, true
		}
	}
	if c.Period == nil {
		c.Period = d.Latest(keys(s.Districts), s.In.ReferenceDate, false)
	}
	if c.Period != nil && c.Period.End > s.In.ReferenceDate {
		// Later figures are of the areas of their own time: set against those
		// of the reference day, areas made since would be missing from them.
		if now := s.In.AreasIn(tern(c.Peers, s.Region.Parent, s.Region.Code), c.Period.End); len(now) > 0 {
			c.Areas, c.Later = now, true
		}
	}
	if c.Period != nil {
		for _, a := range c.Areas {
			if val := d.Best(public.KeyOf(a), c.Period); val != nil {
				c.values[public.KeyOf(a)] = val
			}
			if val := c.of(a); val.Has() {
				c.having, c.sorted = append(c.having, a), append(c.sorted, val.Value)
			}
		}
		sort.Float64s(c.sorted)
	}
	return c
}

func count(d *public.Indicator, areas []model.Area, p *public.Period) int {
	n := 0
	for _, a := range areas {
		if d.Best(public.KeyOf(a), p).Has() {
			n++
		}
	}
	return n
}

// upper is the value that the areas of the set are compared with: the region
// over its districts, the country over regions.
func (s *Site) upper(ind model.Indicator, c *comparison) (model.Area, *public.Value) {
	area := s.Region
	if c.Peers {
		area = s.Country
	}
	if c.Period == nil || area.Code == "" {
		return area, nil
	}
	if then, ok := s.In.Area(area.Code, c.Period.End); c.Later && ok {
		area = then
	}
	return area, s.Data.Indicator(ind.ID).Best(public.KeyOf(area), c.Period)
}

// comparable reports whether a total and its parts may stand on one axis: a
// share or a rate may, a count of a whole country beside a district may not.
func comparable(ind model.Indicator) bool {
	return ind.Kind != model.Count && ind.Kind != model.Pace || ind.Unit == "percent" || ind.Survey
}

// apart sorts the areas against the upper value: those whose interval lies
// above or below it, and those that cannot be told from it. ok is false
// where there are no intervals to judge by.
func (c *comparison) apart(upper *public.Value) (above, below, same int, ok bool) {
	if !upper.Has() {
		return 0, 0, 0, false
	}
	for _, a := range c.with() {
		val := c.of(a)
		lo, hi := val.Lower, val.Upper
		if val.Interval != model.Model95 {
			return 0, 0, 0, false
		}
		switch {
		case lo > upper.Value:
			above++
		case hi < upper.Value:
			below++
		default:
			same++
		}
	}
	return above, below, same, above+below+same > 0
}

// between are the events that lie between the two ends of the changes in a
// set: across them no change is stated as one percentage.
func (v *view) between(ind model.Indicator, c *comparison) []string {
	if ind.Kind != model.Change {
		return nil
	}
	var ids []string
	for _, a := range c.with() {
		if val := c.of(a); val.Status == model.Break {
			ids = append(ids, val.Events...)
		}
	}
	return unique(ids)
}

// districtsFinding is the sentence over the figure that compares districts.
func (v *view) districtsFinding(ind model.Indicator, c *comparison) string {
	with := c.with()
	set := "districts"
	if c.Peers {
		set = "regions"
	}
	if len(with) == 0 {
		if c.Period == nil {
			return v.T("compare.none", "n", len(c.Areas))
		}
		return v.T("compare.none_in", "n", len(c.Areas), "period", v.period(c.Period.Period, v.s.basis(ind)))
	}
	if ids := v.between(ind, c); len(ids) > 0 {
		return v.T("compare.change_break_"+set, "n", len(with), "all", len(c.Areas))
	}
	_, up := v.s.upper(ind, c)
	if above, below, same, ok := c.apart(up); ok {
		return v.T("compare.apart_"+set, "above", above, "below", below, "same", same, "n", len(with), "all", len(c.Areas), "when", v.when(c.of(with[0])))
	}
	ranked := v.ranked(c)
	first, last := c.of(ranked[0]), c.of(ranked[len(with)-1])
	if first.Value == last.Value {
		return v.T("compare.equal_"+set, "n", len(with), "all", len(c.Areas), "value", v.quantity(ind, first), "when", v.when(first))
	}
	if none := c.none(); none > 0 && !c.Peers {
		return v.T("compare.range_none", "n", len(with), "none", none, "when", v.when(first), "high", v.quantity(ind, first), "unit", v.unit(ind.Unit, 0, true))
	}
	ties := func(x *public.Value) int {
		n := 0
		for _, a := range with {
			if c.of(a).Value == x.Value {
				n++
			}
		}
		return n
	}
	args := []any{"n", len(with), "all", len(c.Areas), "when", v.when(first),
		"high", v.quantity(ind, first), "low", v.quantity(ind, last),
		"top", v.l.In(ranked[0]), "bottom", v.l.In(ranked[len(with)-1])}
	key := "compare.range_" + set
	if ties(first) > 1 || ties(last) > 1 {
		key = "compare.range_unnamed_" + set
	} else if len(with) < len(c.Areas) { // the largest of those with a number need not be the largest
		key = "compare.range_partial_" + set
	}
	return v.T(key, args...)
}
