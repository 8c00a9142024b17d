package transforms

import (
	"database/sql/driver"
	"math"

	"tereze/model"
	"tereze/transforms/statistics"
)

// rankAlpha is one minus the probability with which all rank ranges of one
// indicator and period hold at once.
const rankAlpha = 0.05

var z998 = statistics.Z(0.998)

// peers compares areas of one parent with each other, in the period that pages
// show.
func (c *comparer) peers() {
	for from := 0; from < len(c.cells); {
		first := c.cells[from]
		to := from + 1
		for to < len(c.cells) && c.cells[to].indicator == first.indicator && c.cells[to].period == first.period && c.cells[to].series == first.series {
			to++
		}
		byParent := map[string][]cell{}
		var parents []string
		for _, x := range c.cells[from:to] {
			p := c.areas[x.area].Parent
			if p == "" {
				continue
			}
			if byParent[p] == nil {
				parents = append(parents, p)
			}
			byParent[p] = append(byParent[p], x)
		}
		if kind := c.indicators[first.indicator].Kind; kind != model.Count {
			for _, p := range parents {
				set := byParent[p]
				if !c.isNewest(set[0]) || len(c.siblingsOf(set[0].area, first.period)) < 2 {
					continue // of another period, or nobody to be compared with
				}
				c.rest(set)
				c.rank(set)
				if kind == model.Share {
					c.funnel(set)
				}
			}
		}
		from = to
	}
}

type newestKey struct {
	indicator, series int
	parent            string
}

// findNewest finds the period that pages show for each indicator, series and
// set of areas: the newest with a number that ends by the reference date, or
// else the earliest after it.
func (c *comparer) findNewest() {
	out := map[newestKey]int{}
	for _, x := range c.cells {
		if !x.ok() {
			continue
		}
		k := newestKey{x.indicator, x.series, c.areas[x.area].Parent}
		have, ok := out[k]
		if !ok || c.fresher(x.period, have) {
			out[k] = x.period
		}
	}
	c.newest = out
}

// isNewest reports whether a cell is of the period that pages show.
func (c *comparer) isNewest(x cell) bool {
	return c.newest[newestKey{x.indicator, x.series, c.areas[x.area].Parent}] == x.period
}

// fresher reports whether a period stands nearer to the reference date.
func (c *comparer) fresher(p, than int) bool {
	a, b, day := c.periods[p], c.periods[than], c.inst.ReferenceDate
	if day == "" {
		return a.End > b.End
	}
	pastA, pastB := a.End <= day, b.End <= day
	switch {
	case pastA != pastB:
		return pastA
	case a.End != b.End:
		return a.End > b.End == pastA
	}
	return a.Start > b.Start
}

// rest compares each area with all others of the set that have a number: two
// at least, and half of those that lay in the parent.
func (c *comparer) rest(set []cell) {
	k := c.indicators[set[0].indicator]
	unit := scale(k)
	var all statistics.Fraction
	known := 0
	for _, x := range set {
		if x.ok() {
			all = all.Plus(x.Fraction)
			known++
		}
	}
	for _, x := range set {
		others, due := known-1, len(c.siblingsOf(x.area, x.period))-1
		rest := statistics.Fraction{Part: all.Part - x.Part, Whole: all.Whole - x.Whole}
		reason := x.reason
		if reason == "" && (others < 2 || 2*others < due || rest.Whole <= 0) {
			reason = reasonFewOthers
		}
		if reason != "" {
			c.comparisons = append(c.comparisons, c.uncompared(x, reason, nil, "rest", max(others, 0), max(due, 0)))
			continue
		}
		c.comparisons = append(c.comparisons, c.compared(x, rest, unit, nil, "rest", others, due))
	}
}

func (c *comparer) compared(x cell, with statistics.Fraction, unit float64, base driver.Value, against string, others, due int) []driver.Value {
	k := c.indicators[x.indicator]
	d, r := c.difference(k, x.Fraction, with)
	if !d.Known() {
		return c.uncompared(x, reasonNoInterval, base, against, others, due)
	}
	ratio := math.NaN()
	if r.Known() {
		ratio = x.Value() / with.Value()
	}
	return row(key(x, ""), base, against, string(statistics.Judge(d, k.Direction)), round(unit*with.Value()), round(unit*(x.Value()-with.Value())),
		round(unit*d.Lower), round(unit*d.Upper), round(ratio), round(r.Lower), round(r.Upper), int64(others), int64(due))
}

func (c *comparer) uncompared(x cell, reason string, base driver.Value, against string, others, due int) []driver.Value {
	return row(key(x, reason), base, against, "", nil, nil, nil, nil, nil, nil, nil, int64(others), int64(due))
}

// rank gives each area of the set the range of its rank. Where an indicator
// has a good direction, the best comes first; else the highest.
func (c *comparer) rank(set []cell) {
	var known []cell
	var values []statistics.Fraction
	for _, x := range set {
		if x.ok() {
			known = append(known, x)
			values = append(values, x.Fraction)
		}
	}
	if len(known) < 3 {
		return
	}
	k := c.indicators[set[0].indicator]
	ascending := k.Direction == "down"
	for i, r := range statistics.Ranks(values, k.Kind == model.Rate, ascending, rankAlpha) {
		c.ranks = append(c.ranks, row(key(known[i], ""), int64(r.Lower), int64(r.Upper), int64(len(known)), int64(r.Group), ascending))
	}
}

// funnel gives each area the limits that chance allows one of its size; where
// it does not apply, each row says why.
func (c *comparer) funnel(set []cell) {
	var known []cell
	var values []statistics.Fraction
	for _, x := range set {
		if x.ok() {
			known = append(known, x)
			values = append(values, x.Fraction)
		}
	}
	f, why := statistics.FunnelOf(values)
	for _, x := range known {
		if why != "" {
			c.funnels = append(c.funnels, row(key(x, string(why)), round(100*f.Centre), round(f.Dispersion), nil, nil, x.Whole, nil, nil, nil, nil))
			continue
		}
		in, out := f.Limits(x.Whole, statistics.Z95), f.Limits(x.Whole, z998)
		c.funnels = append(c.funnels, row(key(x, ""), round(100*f.Centre), round(f.Dispersion), round(f.P), round(100*f.Tau), x.Whole,
			round(100*in.Lower), round(100*in.Upper), round(100*out.Lower), round(100*out.Upper)))
	}
}
