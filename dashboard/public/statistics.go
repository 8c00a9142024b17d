package public

import "tereze/model"

// StatKey names a statistic: an indicator of an area, from one series.
type StatKey struct {
	Indicator string
	Area      Key
	Series    string
}

// Statistics is what was computed from the published values, for the periods
// that pages show.
type Statistics struct {
	Rest          map[StatKey]*Comparison // with all other areas of the parent
	Before        map[StatKey]*Comparison // with the period before
	Ranks         map[StatKey]*Rank
	Funnels       map[StatKey]*Funnel
	Trends        map[StatKey]*Trend
	Contributions map[StatKey]*Contribution
	Queues        map[StatKey]*Queue
	QueueTests    map[StatKey][]QueueTest
	Targets       map[StatKey][]Target
}

// Comparison is a number beside another one: the difference with its limits,
// and the verdict that they allow. Reason says why there is none.
type Comparison struct {
	Period, Base              *Period
	Verdict, Reason           string
	Benchmark                 float64
	Difference, Lower, Upper  float64
	Ratio, RatioLow, RatioTop float64
	Others, Due               int
	Nature                    string
}

// Rank is the range of places that the data of an area allow.
type Rank struct {
	Period           *Period
	Lower, Upper, Of int
	Group            int
	Ascending        bool
	Reason, Nature   string
}

// Funnel is what chance allows an area of its size.
type Funnel struct {
	Period                  *Period
	Centre, Dispersion, Tau float64
	Whole                   float64
	Lower95, Upper95        float64
	Lower998, Upper998      float64
	P                       float64
	Reason, Nature          string
}

// Trend is the outcome of the trend test in one word.
type Trend struct {
	Period, From *Period
	Word, Reason string
	Points       int
	P            float64
	Nature       string
}

// Contribution is an area's part of its parent's change.
type Contribution struct {
	Period, Base        *Period
	Change, Total, Part float64
	Parent              string
	Reason, Nature      string
}

// Queue is a counted queue and when it would be empty.
type Queue struct {
	Period                     *Period
	Stock, Exits, Entries, Net float64
	EntriesKind                string
	Points                     int
	Clears                     bool
	Expected, Earliest, Latest model.Date
	Reason, Nature             string
}

// QueueTest is what the projection would have said some periods ago.
type QueueTest struct {
	Period, Base                 *Period
	Back                         int
	Expected, Lower, Upper, Came float64
	Held                         bool
	Nature                       string
}

// Target is a value that was set for the region and how far it was come.
type Target struct {
	Period, Base              *Period
	BaseValue, Goal           float64
	Due                       model.Date
	Reference, State          string
	Value, Progress, Required float64
	Expected                  float64
	Nature                    string
}

// statistics reads the tables of the statistics.
func (l *loader) statistics() error {
	s := &l.data.Statistics
	*s = Statistics{Rest: map[StatKey]*Comparison{}, Before: map[StatKey]*Comparison{}, Ranks: map[StatKey]*Rank{}, Funnels: map[StatKey]*Funnel{},
		Trends: map[StatKey]*Trend{}, Contributions: map[StatKey]*Contribution{}, Queues: map[StatKey]*Queue{}, QueueTests: map[StatKey][]QueueTest{}, Targets: map[StatKey][]Target{}}
	for _, read := range []func(*Statistics) error{l.comparisons, l.ranks, l.funnels, l.trends, l.contributions, l.queues, l.queueTests, l.targets} {
		if err := read(s); err != nil {
			return err
		}
	}
	return nil
}

const statKeySQL = `select indicator, area, cast(area_valid_from as varchar), series, period, `

// stat reads rows that begin with the key of a statistic. names are further
// periods by their names; dest is filled before use is called.
func (l *loader) stat(query string, dest []any, names []*string, use func(k StatKey, p *Period, more []*Period) error) error {
	return l.each(query, func(scan func(...any) error) error {
		var k StatKey
		var period string
		if err := scan(append([]any{&k.Indicator, &k.Area.Code, &k.Area.From, &k.Series, &period}, dest...)...); err != nil {
			return err
		}
		p, err := l.period(period)
		if err != nil {
			return err
		}
		more := make([]*Period, len(names))
		for i, n := range names {
			if *n != "" {
				if more[i], err = l.period(*n); err != nil {
					return err
				}
			}
		}
		return use(k, p, more)
	})
}

func (l *loader) comparisons(s *Statistics) error {
	var base, against string
	var c Comparison
	var f [7]float64
	dest := []any{&base, &against, &c.Verdict, &c.Reason, &f[0], &f[1], &f[2], &f[3], &f[4], &f[5], &f[6], &c.Others, &c.Due, &c.Nature}
	return l.stat(statKeySQL+`base_period, against, verdict, reason, `+numbers("benchmark", "difference", "lower", "upper", "ratio", "ratio_lower", "ratio_upper")+
		`, others, due, nature from comparison`, dest, []*string{&base}, func(k StatKey, p *Period, more []*Period) error {
		x := c
		x.Period, x.Base = p, more[0]
		x.Benchmark, x.Difference, x.Lower, x.Upper, x.Ratio, x.RatioLow, x.RatioTop = f[0], f[1], f[2], f[3], f[4], f[5], f[6]
		if against == "rest" {
			s.Rest[k] = &x
		} else {
			s.Before[k] = &x
		}
		return nil
	})
}

// numbers are columns of which each may hold no number.
func numbers(names ...string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += ", "
		}
		out += "coalesce(" + n + ", 'NaN'::double)"
	}
	return out
}

func (l *loader) ranks(s *Statistics) error {
	var r Rank
	return l.stat(statKeySQL+`lower, upper, "of", rank_group, ascending, reason, nature from rank`, []any{&r.Lower, &r.Upper, &r.Of, &r.Group, &r.Ascending, &r.Reason, &r.Nature}, nil,
		func(k StatKey, p *Period, _ []*Period) error {
			x := r
			x.Period = p
			s.Ranks[k] = &x
			return nil
		})
}

func (l *loader) funnels(s *Statistics) error {
	var x Funnel
	return l.stat(statKeySQL+numbers("centre", "dispersion", "tau", "whole", "lower_95", "upper_95", "lower_998", "upper_998", "p")+`, reason, nature from funnel`,
		[]any{&x.Centre, &x.Dispersion, &x.Tau, &x.Whole, &x.Lower95, &x.Upper95, &x.Lower998, &x.Upper998, &x.P, &x.Reason, &x.Nature}, nil,
		func(k StatKey, p *Period, _ []*Period) error {
			f := x
			f.Period = p
			s.Funnels[k] = &f
			return nil
		})
}

func (l *loader) trends(s *Statistics) error {
	var from string
	var x Trend
	return l.stat(statKeySQL+`base_period, word, reason, points, `+numbers("p")+`, nature from trend`, []any{&from, &x.Word, &x.Reason, &x.Points, &x.P, &x.Nature}, []*string{&from},
		func(k StatKey, p *Period, more []*Period) error {
			t := x
			t.Period, t.From = p, more[0]
			s.Trends[k] = &t
			return nil
		})
}

func (l *loader) contributions(s *Statistics) error {
	var base string
	var x Contribution
	return l.stat(statKeySQL+`base_period, `+numbers("change", "total", "contribution")+`, parent, reason, nature from contribution`,
		[]any{&base, &x.Change, &x.Total, &x.Part, &x.Parent, &x.Reason, &x.Nature}, []*string{&base}, func(k StatKey, p *Period, more []*Period) error {
			c := x
			c.Period, c.Base = p, more[0]
			s.Contributions[k] = &c
			return nil
		})
}

func (l *loader) queues(s *Statistics) error {
	var x Queue
	return l.stat(statKeySQL+numbers("stock", "exits", "entries", "net")+`, entries_kind, points, coalesce(clears, false),
 coalesce(cast(expected as varchar), ''), coalesce(cast(earliest as varchar), ''), coalesce(cast(latest as varchar), ''), reason, nature from queue`,
		[]any{&x.Stock, &x.Exits, &x.Entries, &x.Net, &x.EntriesKind, &x.Points, &x.Clears, &x.Expected, &x.Earliest, &x.Latest, &x.Reason, &x.Nature}, nil,
		func(k StatKey, p *Period, _ []*Period) error {
			q := x
			q.Period = p
			s.Queues[k] = &q
			return nil
		})
}

func (l *loader) queueTests(s *Statistics) error {
	var base string
	var x QueueTest
	return l.stat(statKeySQL+`base_period, back, `+numbers("expected", "lower", "upper", "came")+`, held, nature from queue_test order by back`,
		[]any{&base, &x.Back, &x.Expected, &x.Lower, &x.Upper, &x.Came, &x.Held, &x.Nature}, []*string{&base}, func(k StatKey, p *Period, more []*Period) error {
			t := x
			t.Period, t.Base = p, more[0]
			s.QueueTests[k] = append(s.QueueTests[k], t)
			return nil
		})
}

func (l *loader) targets(s *Statistics) error {
	var base string
	var x Target
	return l.stat(statKeySQL+`base_period, base_value, target, cast(due as varchar), reference, state, `+numbers("value", "progress", "required", "expected")+`, nature from target order by due, target`,
		[]any{&base, &x.BaseValue, &x.Goal, &x.Due, &x.Reference, &x.State, &x.Value, &x.Progress, &x.Required, &x.Expected, &x.Nature}, []*string{&base},
		func(k StatKey, p *Period, more []*Period) error {
			t := x
			t.Period, t.Base = p, more[0]
			s.Targets[k] = append(s.Targets[k], t)
			return nil
		})
}
