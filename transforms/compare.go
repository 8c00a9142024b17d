package transforms

import (
	"context"
	"database/sql/driver"
	"math"
	"sort"

	"tereze/config"
	"tereze/model"
	"tereze/transforms/statistics"
)

// Reasons why a comparison, a trend, a part of a change or a projection is not
// given; each has its words.
const (
	reasonProtected  = "protected"   // rests on a protected number
	reasonNoValue    = "no_value"    // a number is missing
	reasonNoInterval = "no_interval" // stated or rounded, so that chance cannot be judged
	reasonFewOthers  = "few_others"  // too few other areas to compare with
	reasonCumulative = "cumulative"  // a running count holds the same cases at each date
	reasonBreak      = "break"       // a border or a rule changed between
	reasonFewPoints  = "few_points"  // too few periods
	reasonNoChange   = "no_change"   // nothing has a part of nothing
	reasonIncomplete = "incomplete"  // not all districts have a number in both periods
)

// publishedRank is the least careful nature, as nature_rank counts in
// macros.sql.
const publishedRank = 1

var stateReasons = []string{"", reasonProtected, reasonNoValue, reasonNoInterval}

// cell is one share, rate or count as everybody may see it. Numbers are places
// in the lists of the store: indicators, periods, series, areas.
type cell struct {
	indicator, period, series, area int
	statistics.Fraction             // of a count: Part alone
	reason                          string
	broken                          bool // an event lies between it and the point before
	nature                          int64
}

func (c cell) ok() bool { return c.reason == "" }

// comparer computes all statistics of an instance from what passed the wall.
type comparer struct {
	inst       *config.Instance
	indicators []model.Indicator // by number
	areas      []model.Area
	periods    []model.Period
	numbers    map[model.Period]int
	cells      []cell // by indicator, period, series, area
	siblings   map[siblingKey][]int
	garwoods   map[float64]statistics.Interval
	newest     map[newestKey]int

	comparisons   [][]driver.Value
	ranks         [][]driver.Value
	funnels       [][]driver.Value
	trends        [][]driver.Value
	contributions [][]driver.Value
	queues        [][]driver.Value
	queueTests    [][]driver.Value
	targets       [][]driver.Value
}

// siblingKey asks for the areas that lay in one other on a day.
type siblingKey struct {
	parent string
	on     model.Date
}

// compare is the step of statistics. It reads the values as they will be
// published and nothing else (docs/decisions/0006): whatever it says can be
// worked out from the published files, so nothing protected can be worked out
// from it.
func (s *Store) compare(ctx context.Context, inst *config.Instance) error {
	if err := s.run(ctx, "statistic_input"); err != nil {
		return err
	}
	cols, err := s.db.Int64s(ctx, "select * from statistic_input order by all")
	if err != nil {
		return err
	}
	c := &comparer{inst: inst, areas: s.staged.Areas, periods: s.staged.Periods, numbers: map[model.Period]int{},
		siblings: map[siblingKey][]int{}, garwoods: map[float64]statistics.Interval{}}
	c.indicators = append(c.indicators, inst.Indicators...)
	sort.Slice(c.indicators, func(i, j int) bool { return c.indicators[i].ID < c.indicators[j].ID })
	for i, p := range c.periods {
		c.numbers[p] = i
	}
	c.cells = make([]cell, len(cols[0]))
	for i := range c.cells {
		c.cells[i] = cell{indicator: int(cols[0][i]), period: int(cols[1][i]), series: int(cols[2][i]), area: int(cols[3][i]),
			reason: stateReasons[cols[4][i]], Fraction: statistics.Fraction{Part: float64(cols[5][i]), Whole: float64(cols[6][i])},
			broken: cols[7][i] != 0, nature: cols[8][i]}
	}
	c.findNewest()
	c.peers()
	c.histories()
	if err := s.writeStatistics(ctx, c); err != nil {
		return err
	}
	return s.run(ctx, "shown_comparison", "shown_rank", "shown_funnel", "shown_trend", "shown_contribution", "shown_queue", "shown_queue_test", "shown_target")
}

// statistic is one table of this step: its columns as Go fills them, and the
// model that names what they number.
type statistic struct {
	table, columns string
	rows           [][]driver.Value
}

// writeStatistics writes all tables of this step at once.
func (s *Store) writeStatistics(ctx context.Context, c *comparer) error {
	return s.db.Together(ctx, func() error { return s.fillStatistics(ctx, c) })
}

func (s *Store) fillStatistics(ctx context.Context, c *comparer) error {
	const key = "indicator bigint, area bigint, period bigint, series bigint, nature bigint, reason varchar"
	for _, t := range []statistic{
		{"stat_comparison", key + ", base bigint, against varchar, verdict varchar, benchmark double, difference double, lower double, upper double, ratio double, ratio_lower double, ratio_upper double, others bigint, due bigint", c.comparisons},
		{"stat_rank", key + ", lower bigint, upper bigint, of bigint, group_number bigint, ascending bool", c.ranks},
		{"stat_funnel", key + ", centre double, dispersion double, p double, tau double, whole double, lower_95 double, upper_95 double, lower_998 double, upper_998 double", c.funnels},
		{"stat_trend", key + ", first bigint, points bigint, word varchar, p double", c.trends},
		{"stat_contribution", key + ", base bigint, parent varchar, change double, total double, contribution double", c.contributions},
		{"stat_queue", key + ", stock double, exits double, entries double, entries_kind varchar, net double, points bigint, clears bool, expected date, earliest date, latest date", c.queues},
		{"stat_queue_test", key + ", base bigint, back bigint, expected double, lower double, upper double, came double, held bool", c.queueTests},
		{"stat_target", key + ", base bigint, base_value double, target double, due date, reference varchar, value double, progress double, expected double, state varchar, required double", c.targets},
	} {
		if err := s.fill(ctx, t.table, t.columns, len(t.rows), func(i int) []driver.Value { return t.rows[i] }); err != nil {
			return err
		}
	}
	return nil
}

// key is the part that all rows of this step begin with.
func key(c cell, reason string) []driver.Value {
	return row(int64(c.indicator), int64(c.area), int64(c.period), int64(c.series), c.nature, reason)
}

// scale is by what a fraction is multiplied to be in the indicator's unit.
func scale(k model.Indicator) float64 {
	switch k.Kind {
	case model.Share:
		return 100
	case model.Rate:
		return k.Per
	}
	return 1
}

// round is the number as all values are published: six decimals, no minus nought.
func round(v float64) driver.Value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return math.Round(v*1e6)/1e6 + 0
}

// siblingsOf are the areas that lay in the same parent on the last day of a
// period, this one included.
func (c *comparer) siblingsOf(area, period int) []int {
	k := siblingKey{c.areas[area].Parent, c.periods[period].End}
	if k.parent == "" {
		return nil
	}
	list, ok := c.siblings[k]
	if !ok {
		for i, a := range c.areas {
			if a.Parent == k.parent && a.ValidOn(k.on) {
				list = append(list, i)
			}
		}
		c.siblings[k] = list
	}
	return list
}

// garwood is the exact interval of a count of events; counts come back often.
func (c *comparer) garwood(events float64) statistics.Interval {
	i, ok := c.garwoods[events]
	if !ok {
		lower, upper := statistics.Garwood(int64(events), 0.95)
		i = statistics.Interval{Lower: lower, Upper: upper}
		c.garwoods[events] = i
	}
	return i
}

// difference is the interval of a − b for the kind of the indicator.
func (c *comparer) difference(k model.Indicator, a, b statistics.Fraction) (difference, ratio statistics.Interval) {
	if k.Kind == model.Rate {
		return statistics.RateDifference(a, b, c.garwood), statistics.RateRatio(a, b, statistics.Z95)
	}
	return statistics.ShareDifference(a, b, statistics.Z95), statistics.ShareRatio(a, b, statistics.Z95)
}
