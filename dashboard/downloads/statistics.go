package downloads

import (
	"bytes"
	"encoding/csv"
	"math"
	"sort"

	"tereze/config/words"
	"tereze/dashboard/public"
	"tereze/model"
)

// StatisticFile is one file with everything of one kind that was worked out
// from the values. Its columns are explained in the words column.NAME.
type StatisticFile struct {
	Name    string // comparisons.csv; what one row is: statistic_file.comparisons
	Columns []string
	rows    func(*public.Data, func(fields ...any))
}

// statKey are the columns that all statistics begin with.
var statKey = []string{"indicator", "area", "area_valid_from", "area_name", "period"}

// StatisticFiles are the files of the statistics, in the order of the methods
// page, and the file of what changed since the release before.
var StatisticFiles = []StatisticFile{
	{"comparisons.csv", statistic("base_period", "series", "against", "verdict", "benchmark", "difference", "lower", "upper", "ratio", "ratio_lower", "ratio_upper", "others", "due", "reason", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, t := range []struct {
				against string
				rows    map[public.StatKey]*public.Comparison
			}{{"rest", d.Statistics.Rest}, {"before", d.Statistics.Before}} {
				for _, k := range inOrder(t.rows) {
					c := t.rows[k]
					add(k, c.Period, base(c.Base), k.Series, t.against, c.Verdict, c.Benchmark, c.Difference, c.Lower, c.Upper, c.Ratio, c.RatioLow, c.RatioTop, c.Others, c.Due, c.Reason, c.Nature)
				}
			}
		}},
	{"ranks.csv", statistic("series", "rank_lower", "rank_upper", "rank_of", "rank_group", "ascending", "reason", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, k := range inOrder(d.Statistics.Ranks) {
				r := d.Statistics.Ranks[k]
				add(k, r.Period, k.Series, r.Lower, r.Upper, r.Of, r.Group, r.Ascending, r.Reason, r.Nature)
			}
		}},
	{"funnels.csv", statistic("series", "centre", "dispersion", "p", "tau", "whole", "lower_95", "upper_95", "lower_998", "upper_998", "reason", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, k := range inOrder(d.Statistics.Funnels) {
				f := d.Statistics.Funnels[k]
				add(k, f.Period, k.Series, f.Centre, f.Dispersion, f.P, f.Tau, f.Whole, f.Lower95, f.Upper95, f.Lower998, f.Upper998, f.Reason, f.Nature)
			}
		}},
	{"trends.csv", statistic("base_period", "series", "points", "word", "p", "reason", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, k := range inOrder(d.Statistics.Trends) {
				t := d.Statistics.Trends[k]
				add(k, t.Period, base(t.From), k.Series, t.Points, t.Word, t.P, t.Reason, t.Nature)
			}
		}},
	{"contributions.csv", statistic("base_period", "series", "parent", "change", "total", "contribution", "reason", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, k := range inOrder(d.Statistics.Contributions) {
				c := d.Statistics.Contributions[k]
				add(k, c.Period, base(c.Base), k.Series, c.Parent, c.Change, c.Total, c.Part, c.Reason, c.Nature)
			}
		}},
	{"queues.csv", statistic("series", "stock", "exits", "entries", "entries_kind", "net", "points", "clears", "expected", "earliest", "latest", "reason", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, k := range inOrder(d.Statistics.Queues) {
				q := d.Statistics.Queues[k]
				add(k, q.Period, k.Series, q.Stock, q.Exits, q.Entries, q.EntriesKind, q.Net, q.Points, q.Clears, q.Expected, q.Earliest, q.Latest, q.Reason, q.Nature)
			}
		}},
	{"queue_tests.csv", statistic("base_period", "series", "back", "expected", "lower", "upper", "came", "held", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, k := range inOrder(d.Statistics.QueueTests) {
				for _, t := range d.Statistics.QueueTests[k] {
					add(k, t.Period, base(t.Base), k.Series, t.Back, t.Expected, t.Lower, t.Upper, t.Came, t.Held, t.Nature)
				}
			}
		}},
	{"targets.csv", statistic("base_period", "series", "base_value", "target", "due", "reference", "value", "progress", "expected", "required", "state", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, k := range inOrder(d.Statistics.Targets) {
				for _, t := range d.Statistics.Targets[k] {
					add(k, t.Period, base(t.Base), k.Series, t.BaseValue, t.Goal, t.Due, t.Reference, t.Value, t.Progress, t.Expected, t.Required, t.State, t.Nature)
				}
			}
		}},
	{"changes.csv", statistic("base_period", "territory", "source", "kind", "value_before", "value", "unit", "obs_status", "conf_status", "reason", "since", "nature"),
		func(d *public.Data, add func(...any)) {
			for _, c := range d.Register.Values.Rows {
				add(public.StatKey{Indicator: c.Indicator, Area: c.Area}, c.Period, c.Base, c.Territory, c.Source, c.Kind, c.Before, c.Value, c.Unit, c.Status, c.Conf, c.Reason, d.Register.Values.Since, c.Nature)
			}
		}},
}

// HasRows reports whether the file holds anything but its head.
func (f StatisticFile) HasRows(d *public.Data) (found bool) {
	f.rows(d, func(...any) { found = true })
	return found
}

func statistic(more ...string) []string { return append(append([]string{}, statKey...), more...) }

func base(p *public.Period) string {
	if p == nil {
		return ""
	}
	return p.ID
}

// inOrder are the keys of a table by indicator, area and series, as in the
// tables of the public database.
func inOrder[T any](rows map[public.StatKey]T) []public.StatKey {
	out := make([]public.StatKey, 0, len(rows))
	for k := range rows {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		switch {
		case a.Indicator != b.Indicator:
			return a.Indicator < b.Indicator
		case a.Area != b.Area:
			return a.Area.Code < b.Area.Code || a.Area.Code == b.Area.Code && a.Area.From < b.Area.From
		}
		return a.Series < b.Series
	})
	return out
}

// statisticFile writes one of them. The name of an area stands there in the
// site's first language; its code and date are the key.
func (s *Set) statisticFile(f StatisticFile) ([]File, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(append(append([]string{}, f.Columns...), "release")); err != nil {
		return nil, err
	}
	names := s.names()
	release := words.FormatRaw(float64(s.Release))
	var failed error
	line := make([]string, 0, len(f.Columns)+1)
	f.rows(s.Data, func(fields ...any) {
		line = line[:0]
		for _, x := range fields {
			switch x := x.(type) {
			case public.StatKey:
				line = append(line, x.Indicator, x.Area.Code, string(x.Area.From), names[x.Area].In(s.In.DefaultLanguage))
			default:
				line = append(line, plainField(x))
			}
		}
		if err := w.Write(append(line, release)); err != nil {
			failed = err
		}
	})
	w.Flush()
	if failed == nil {
		failed = w.Error()
	}
	return []File{{"data/" + f.Name, b.Bytes()}}, failed
}

// plainField is a cell as all CSV files of the site write it; nothing where
// there is no number.
func plainField(x any) string {
	switch x := x.(type) {
	case *public.Period:
		return base(x)
	case string:
		return x
	case model.Date:
		return string(x)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return ""
		}
		return words.FormatRaw(x)
	case int:
		return words.FormatRaw(float64(x))
	case int64:
		return words.FormatRaw(float64(x))
	case bool:
		if x {
			return "true"
		}
		return "false"
	}
	return ""
}
