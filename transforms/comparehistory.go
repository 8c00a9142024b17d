package transforms

import (
	"math"
	"slices"
	"sort"

	"tereze/model"
	"tereze/transforms/statistics"
)

// trendAlpha is the level of the trend test, and trendPoints the most periods
// it looks back over.
const (
	trendAlpha  = 0.05
	trendPoints = 8
)

// history is the cells of one indicator, series and area, oldest first.
type history struct {
	measure model.Measure
	cells   []cell
	at      map[int]int // period → place
}

type historyKey struct{ indicator, series, area int }

// histories compares each area with its own past.
func (c *comparer) histories() {
	all := map[historyKey]*history{}
	var keys []historyKey
	for _, x := range c.cells {
		k := historyKey{x.indicator, x.series, x.area}
		h := all[k]
		if h == nil {
			h = &history{at: map[int]int{}}
			h.measure, _ = c.inst.Measure(c.indicators[x.indicator].Numerator.Measure)
			all[k] = h
			keys = append(keys, k)
		}
		h.cells = append(h.cells, x)
	}
	for _, h := range all {
		sort.SliceStable(h.cells, func(i, j int) bool { return c.earlier(h.cells[i].period, h.cells[j].period) })
		for i, x := range h.cells {
			h.at[x.period] = i
		}
	}
	for _, k := range keys {
		h := all[k]
		if c.indicators[k.indicator].Kind != model.Count {
			c.before(h)
			c.trend(h)
		}
	}
	c.contributionsOf(all, keys)
	c.queuesOf(all, keys)
	c.targetsOf(all, keys)
}

func (c *comparer) earlier(a, b int) bool {
	x, y := c.periods[a], c.periods[b]
	if x.End != y.End {
		return x.End < y.End
	}
	return x.Start > y.Start
}

// base is the period that a number is compared with: the one just before, or
// for a count since January the same of the year before, which began at nought
// too.
func (c *comparer) base(p int, basis model.Basis) (int, bool) {
	prev, ok := c.periods[p].Previous()
	if basis == model.YearToDate {
		prev, ok = c.periods[p].YearsBefore(1), true
	}
	if !ok {
		return 0, false
	}
	n, ok := c.numbers[prev]
	return n, ok
}

// brokenBetween reports whether an event lies between two cells of a history.
func (h *history) brokenBetween(from, to int) bool {
	for _, x := range h.cells[from+1 : to+1] {
		if x.broken {
			return true
		}
	}
	return false
}

// before compares the period that pages show with the one before it.
func (c *comparer) before(h *history) {
	to := c.shown(h)
	if to < 0 {
		return
	}
	x := h.cells[to]
	p, ok := c.base(x.period, h.measure.Basis)
	if !ok {
		return
	}
	from, ok := h.at[p]
	if !ok || from >= to {
		return
	}
	b := h.cells[from]
	reason := ""
	switch {
	case !b.ok():
		reason = b.reason
	case h.measure.Basis == model.Cumulative:
		reason = reasonCumulative
	case h.brokenBetween(from, to):
		reason = reasonBreak
	}
	x.nature = max(x.nature, b.nature)
	if reason != "" {
		c.comparisons = append(c.comparisons, c.uncompared(x, reason, int64(p), "before", 0, 0))
		return
	}
	c.comparisons = append(c.comparisons, c.compared(x, b.Fraction, scale(c.indicators[x.indicator]), int64(p), "before", 0, 0))
}

// shown is the place in a history that pages show; -1 where it has no number.
func (c *comparer) shown(h *history) int {
	best := -1
	for i, x := range h.cells {
		if x.ok() && (best < 0 || c.fresher(x.period, h.cells[best].period)) {
			best = i
		}
	}
	return best
}

// trend tests the periods up to the one that pages show: of one kind, after
// the last break, and for counts since January those of the same season.
func (c *comparer) trend(h *history) {
	last := c.shown(h)
	if last < 0 {
		return
	}
	x := h.cells[last]
	k := c.indicators[x.indicator]
	if h.measure.Basis == model.Cumulative {
		c.trends = append(c.trends, row(key(x, reasonCumulative), nil, int64(0), "", nil))
		return
	}
	season := c.periods[x.period]
	var points []statistics.Point
	first := x
	for i := last; i >= 0 && len(points) < trendPoints; i-- {
		y := h.cells[i]
		p := c.periods[y.period]
		if y.ok() && p.Kind == season.Kind && (h.measure.Basis != model.YearToDate || p.Start[5:] == season.Start[5:]) {
			points = append(points, statistics.Point{Time: years(p.End), Fraction: y.Fraction})
			first = y
			x.nature = max(x.nature, y.nature)
		}
		if y.broken {
			break
		}
	}
	word, p := statistics.TrendOf(points, k.Kind == model.Rate, k.Direction, trendAlpha)
	reason := ""
	if word == statistics.TooFew {
		reason = reasonFewPoints
	}
	c.trends = append(c.trends, row(key(x, reason), int64(first.period), int64(len(points)), string(word), round(p)))
}

// years is a day as a number of years.
func years(d model.Date) float64 {
	t := d.Time()
	return float64(t.Year()) + (float64(t.YearDay())-1)/365.25
}

// contributionsOf divides the change of each set of areas among them, for
// counts, in the period that pages show.
func (c *comparer) contributionsOf(all map[historyKey]*history, keys []historyKey) {
	sets := map[newestKey][]historyKey{}
	var order []newestKey
	for _, k := range keys {
		n := newestKey{k.indicator, k.series, c.areas[k.area].Parent}
		if c.indicators[k.indicator].Kind != model.Count || n.parent == "" {
			continue
		}
		if sets[n] == nil {
			order = append(order, n)
		}
		sets[n] = append(sets[n], k)
	}
	for _, n := range order {
		p, ok := c.newest[n]
		if !ok {
			continue
		}
		c.contributionsIn(all, sets[n], n, p)
	}
}

// contributionsIn is the change of one set: a row for each area, or one row for
// the whole that says why not.
func (c *comparer) contributionsIn(all map[historyKey]*history, set []historyKey, n newestKey, period int) {
	var whole cell
	found := false
	for i, a := range c.areas {
		if a.Code == n.parent && a.ValidOn(c.periods[period].End) {
			whole, found = cell{indicator: n.indicator, series: n.series, area: i, period: period, nature: publishedRank}, true
		}
	}
	if !found {
		return
	}
	measure := all[set[0]].measure
	base, ok := c.base(period, measure.Basis)
	if !ok {
		return
	}
	refuse := func(reason string) {
		c.contributions = append(c.contributions, row(key(whole, reason), int64(base), n.parent, nil, nil, nil))
	}
	var now []cell
	var changes []int64
	broken := false
	for _, k := range set {
		h := all[k]
		to, okTo := h.at[period]
		from, okFrom := h.at[base]
		if !okTo || !okFrom || !h.cells[to].ok() || !h.cells[from].ok() {
			continue
		}
		broken = broken || h.brokenBetween(from, to)
		x := h.cells[to]
		x.nature = max(x.nature, h.cells[from].nature)
		whole.nature = max(whole.nature, x.nature)
		now = append(now, x)
		changes = append(changes, int64(x.Part-h.cells[from].Part))
	}
	if len(now) == 0 || len(c.siblingsOf(now[0].area, period)) < 2 {
		return
	}
	if len(now) < len(c.siblingsOf(now[0].area, period)) {
		refuse(reasonIncomplete)
		return
	}
	if broken {
		refuse(reasonBreak)
		return
	}
	if measure.Basis == model.Cumulative && measure.Counts.Protected() && whole.nature > publishedRank && slices.ContainsFunc(changes, c.small) {
		// What a running count gained is a count of people of its own, which
		// only its owner may have made public.
		refuse(reasonProtected)
		return
	}
	parts, ok := statistics.Contributions(changes, 1)
	if !ok {
		refuse(reasonNoChange)
		return
	}
	var total int64
	for _, d := range changes {
		total += d
	}
	for i, x := range now {
		c.contributions = append(c.contributions, row(key(x, ""), int64(base), n.parent, float64(changes[i]), float64(total), float64(parts[i])/10))
	}
}

// targetsOf measures what was set for the region against its newest value.
func (c *comparer) targetsOf(all map[historyKey]*history, keys []historyKey) {
	for _, k := range keys {
		ind := c.indicators[k.indicator]
		if len(ind.Targets) == 0 || c.areas[k.area].Code != c.inst.Region {
			continue
		}
		h := all[k]
		last := c.shown(h)
		if last < 0 {
			continue
		}
		x := h.cells[last]
		value, limits := x.Part, statistics.Interval{Lower: math.NaN(), Upper: math.NaN()}
		switch ind.Kind {
		case model.Share:
			value, limits = x.Value(), statistics.Wilson(x.Fraction, statistics.Z95)
		case model.Rate:
			value = x.Value()
		}
		unit := scale(ind)
		for _, t := range ind.Targets {
			target := statistics.Target{Base: t.Base, Goal: t.Goal, From: years(t.BasePeriod.End), By: years(t.By)}
			p, ok := target.Against(unit*value, statistics.Interval{Lower: unit * limits.Lower, Upper: unit * limits.Upper}, years(c.periods[x.period].End))
			if !ok {
				continue
			}
			base := ref(-1)
			if n, ok := c.numbers[t.BasePeriod]; ok {
				base = int64(n)
			}
			c.targets = append(c.targets, row(key(x, ""), base, t.Base, t.Goal, string(t.By), t.Reference,
				round(unit*value), round(100*p.Share), round(p.Expected), p.State, round(p.Required)))
		}
	}
}
