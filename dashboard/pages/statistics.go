package pages

import (
	"html/template"
	"math"
	"slices"

	"tereze/config/words"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// statistic is one part of an indicator's page that says what was worked out
// from its values: sentences, then a figure or a table.
type statistic struct {
	ID, Head string
	Said     []template.HTML
	Figure   template.HTML
	Table    *table
	Notes    []string
	heldFiles
}

// statisticFiles are the files that hold a part of the page for all
// indicators.
func (v *view) statisticFiles(s *statistic, names ...string) {
	s.Files = v.filesNamed(names...)
	s.Columns = v.columnsLink()
}

func (v *view) columnsLink() Link {
	return Link{Href: v.up + v.code + "/methods/#part-files", Text: v.T("statistic_file.link")}
}

// statKey is where the statistics of a value are found.
func (v *view) statKey(val *public.Value) public.StatKey {
	series := val.Series()
	if !val.Computed() {
		if src, ok := v.s.In.Source(val.Source); ok {
			series = src.Series
		}
	}
	return public.StatKey{Indicator: val.Indicator, Area: val.Area, Series: series}
}

// rest is how a value compares with all other areas of its parent; nil where
// pages show another period, or where nothing was compared.
func (v *view) rest(val *public.Value) *public.Comparison {
	if val == nil {
		return nil
	}
	if c := v.s.Data.Statistics.Rest[v.statKey(val)]; c != nil && c.Period == val.Period {
		return c
	}
	return nil
}

func (v *view) earlier(val *public.Value) *public.Comparison {
	if val == nil {
		return nil
	}
	if c := v.s.Data.Statistics.Before[v.statKey(val)]; c != nil && c.Period == val.Period {
		return c
	}
	return nil
}

func (v *view) rankOf(val *public.Value) *public.Rank {
	if val == nil {
		return nil
	}
	if r := v.s.Data.Statistics.Ranks[v.statKey(val)]; r != nil && r.Period == val.Period {
		return r
	}
	return nil
}

// derived is a number worked out from a value, with the value's identity and a
// field of its own.
func (v *view) derived(val *public.Value, field string, f float64, shown string) figure.Number {
	if math.IsNaN(f) {
		return figure.Number{Sign: v.T("sign.missing"), Why: v.T("page.no_row")}
	}
	return figure.Number{ID: val.ID(field), Raw: words.FormatRaw(f), Value: f, Has: true, Shown: shown}
}

// points is a difference in the indicator's unit, or in percentage points, for
// a sentence.
func (v *view) points(ind model.Indicator, val *public.Value, field string, f float64) string {
	n := v.derived(val, field, f, v.l.Number(math.Abs(f), ind.Decimals))
	if ind.Unit == "percent" {
		return v.T("stat.points", "value", v.put(n))
	}
	return v.amount(ind, n)
}

// amount is a number worked out from a value, with the indicator's unit.
func (v *view) amount(ind model.Indicator, n figure.Number) string {
	return v.joined(v.put(n), ind.Unit, v.unit(ind.Unit, math.Abs(n.Value), false))
}

// places is a range of places in words.
func (v *view) places(val *public.Value, r *public.Rank) string {
	lower := v.put(v.derived(val, "rank_lower", float64(r.Lower), v.l.Number(float64(r.Lower), 0)))
	if r.Lower == r.Upper {
		return v.T("stat.place", "a", lower, "of", r.Of)
	}
	return v.T("stat.place_range", "a", lower, "b", v.put(v.derived(val, "rank_upper", float64(r.Upper), v.l.Number(float64(r.Upper), 0))), "of", r.Of)
}

// statistics are the parts of an indicator's page below its figures.
func (v *view) statistics(ind model.Indicator, c *comparison) ([]statistic, error) {
	var out []statistic
	if s := v.verdicts(ind, c); s != nil {
		out = append(out, *s)
	}
	f, err := v.funnelPart(ind, c)
	if err != nil {
		return nil, err
	}
	for _, s := range []*statistic{v.beforePart(ind, c), f, v.trendPart(ind, c), v.contributionPart(ind, c), v.queuePart(ind, c), v.targetPart(ind)} {
		if s != nil {
			out = append(out, *s)
		}
	}
	return out, nil
}

// verdicts compares each area of the set with all others together, and says
// which places its data allow.
func (v *view) verdicts(ind model.Indicator, c *comparison) *statistic {
	counts := map[string]int{}
	judged, ranked, sure, groups := 0, 0, 0, 0
	for _, a := range c.with() {
		if x := v.rest(c.of(a)); x != nil && x.Verdict != "" {
			judged++
			counts[x.Verdict]++
		}
		if r := v.rankOf(c.of(a)); r != nil {
			ranked++
			groups = max(groups, r.Group)
			if r.Lower == r.Upper {
				sure++
			}
		}
	}
	if judged == 0 {
		return nil
	}
	v.used = map[string]bool{}
	s := &statistic{ID: "part-verdicts", Head: v.T("stat.head_verdicts")}
	key := "stat.verdicts_neutral"
	if ind.Direction == "up" || ind.Direction == "down" {
		key = "stat.verdicts_directed"
	}
	s.Said = append(s.Said, v.html(v.T(key, "better", counts["better"], "worse", counts["worse"], "higher", counts["higher"], "lower", counts["lower"],
		"same", counts["similar"], "judged", judged, "all", len(c.Areas))))
	if ranked > 0 {
		said := v.T("stat.places_none")
		if sure > 0 {
			said = v.T("stat.places_sure", "sure", sure, "ranked", ranked)
		}
		if groups > 1 {
			said += " " + v.T("stat.places_groups", "groups", groups)
		} else {
			said += " " + v.T("stat.places_one_group")
		}
		s.Said = append(s.Said, v.html(said))
	}
	t := &table{ID: "verdicts", Caption: v.caption(v.T("stat.verdicts_caption", "name", v.name(ind.Name), "period", v.period(c.Period.Period, v.s.basis(ind))))}
	t.Columns = []column{{v.T("table.area"), false}, {v.l.UnitHead(ind.Unit), true}, {v.T("stat.rest"), true}, {v.T(tern(ind.Unit == "percent", "stat.difference_points", "stat.difference")), true},
		{v.T("stat.difference_interval"), true}, {v.T("stat.verdict"), false}, {v.T("stat.place_head"), true}}
	for _, a := range v.ranked(c) {
		val := c.of(a)
		r := row{ID: "verdict-" + a.Code, Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true}, {Text: v.cell(ind, val, "value"), Numeric: true}}}
		r.Cells = append(r.Cells, v.verdictCells(ind, val)...)
		t.Rows = append(t.Rows, r)
	}
	t.Signs = v.signs()
	s.Table = t
	s.Notes = []string{v.T("stat.meaning"), v.T("stat.places_meaning")}
	v.statisticFiles(s, "comparisons.csv", "ranks.csv")
	return s
}

// beforePart compares each area with itself a period before.
func (v *view) beforePart(ind model.Indicator, c *comparison) *statistic {
	v.used = map[string]bool{}
	t := &table{ID: "before", Columns: []column{{v.T("table.area"), false}, {v.T("stat.before"), true}, {v.T("stat.now"), true},
		{v.T(tern(ind.Unit == "percent", "stat.difference_points", "stat.difference")), true}, {v.T("stat.difference_interval"), true}, {v.T("stat.verdict"), false}}}
	counts := map[string]int{}
	var first *public.Comparison
	for _, a := range v.ranked(c) {
		val := c.of(a)
		x := v.earlier(val)
		if x == nil || x.Verdict == "" || x.Base == nil {
			continue
		}
		if first == nil {
			first = x
		}
		if x.Base != first.Base {
			continue
		}
		counts[x.Verdict]++
		number := func(field string, f float64, signed bool) template.HTML {
			return dataHTML(v.derived(val, field, f, tern(signed, v.l.Signed(f, ind.Decimals), v.l.Number(f, ind.Decimals))))
		}
		word := template.HTML(template.HTMLEscapeString(v.T("verdict." + x.Verdict)))
		t.Rows = append(t.Rows, row{ID: "before-" + a.Code, Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true},
			{Text: number("before", x.Benchmark, false), Numeric: true}, {Text: v.cell(ind, val, "value"), Numeric: true},
			{Text: number("before_difference", x.Difference, true), Numeric: true},
			{Text: number("before_lower", x.Lower, true) + " … " + number("before_upper", x.Upper, true), Numeric: true, Whole: true}, {Text: word}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.Caption = v.caption(v.T("stat.before_caption", "name", v.name(ind.Name), "when_from", v.period(first.Base.Period, v.s.basis(ind)), "when_to", v.period(first.Period.Period, v.s.basis(ind))))
	t.Signs = v.signs()
	s := &statistic{ID: "part-before", Head: v.T("stat.head_before"), Table: t, Notes: []string{v.T("stat.before_meaning")}}
	key := tern(ind.Direction == "up" || ind.Direction == "down", "stat.before_directed", "stat.before_neutral")
	s.Said = []template.HTML{v.html(v.T(key, "better", counts["better"], "worse", counts["worse"], "higher", counts["higher"], "lower", counts["lower"],
		"same", counts["similar"], "judged", len(t.Rows), "all", len(c.Areas)))}
	v.statisticFiles(s, "comparisons.csv")
	return s
}

// verdictCells are the comparison of one value: the others, the difference
// with its interval, the verdict, the places.
func (v *view) verdictCells(ind model.Indicator, val *public.Value) []cell {
	out := make([]cell, 5)
	for i := range out {
		out[i].Numeric = i != 3
	}
	x := v.rest(val)
	if x == nil {
		return out
	}
	if x.Verdict == "" {
		out[3].Text = template.HTML(template.HTMLEscapeString(v.T("stat_reason." + x.Reason)))
		return out
	}
	plain := func(field string, f float64, signed bool) template.HTML {
		shown := v.l.Number(f, ind.Decimals)
		if signed {
			shown = v.l.Signed(f, ind.Decimals)
		}
		return dataHTML(v.derived(val, field, f, shown))
	}
	out[0].Text = plain("rest", x.Benchmark, false)
	out[1].Text = plain("difference", x.Difference, true)
	out[2].Text = plain("difference_lower", x.Lower, true) + " … " + plain("difference_upper", x.Upper, true)
	out[2].Whole = true
	out[3].Text = template.HTML(template.HTMLEscapeString(v.T("verdict." + x.Verdict)))
	if r := v.rankOf(val); r != nil {
		out[4].Text = v.html(v.placeShort(val, r))
	}
	return out
}

// placeShort is a range of places in a table.
func (v *view) placeShort(val *public.Value, r *public.Rank) string {
	s := v.put(v.derived(val, "rank_lower", float64(r.Lower), v.l.Number(float64(r.Lower), 0)))
	if r.Lower != r.Upper {
		s += "–" + v.put(v.derived(val, "rank_upper", float64(r.Upper), v.l.Number(float64(r.Upper), 0)))
	}
	return s
}

// funnelPart shows whether chance explains how far areas lie from the common
// value, or says why a funnel does not apply.
func (v *view) funnelPart(ind model.Indicator, c *comparison) (*statistic, error) {
	if c.Period == nil || c.Peers {
		return nil, nil
	}
	f := v.figure("funnel", figure.Funnel, ind, "", v.T("stat.funnel_subtitle", "name", v.name(ind.Name), "period", v.period(c.Period.Period, v.s.basis(ind))))
	f.Period = v.period(c.Period.Period, v.s.basis(ind))
	s := &statistic{ID: "part-funnel", Head: v.T("stat.head_funnel")}
	var vals []*public.Value
	var one *public.Funnel
	outside := 0
	for _, a := range v.ranked(c) {
		val := c.of(a)
		if !val.Has() {
			continue
		}
		x := v.s.Data.Statistics.Funnels[v.statKey(val)]
		if x == nil || x.Period != val.Period {
			continue
		}
		if x.Reason != "" {
			s.Said = []template.HTML{v.html(v.T("stat.funnel_not", "why", v.T("stat_reason."+x.Reason)))}
			return s, nil
		}
		one = x
		of := v.number(ind, val, "denominator")
		m := figure.Mark{Key: a.Code, Label: v.name(a.Names), Href: v.areaHref(a), N: v.number(ind, val, "value"), Of: &of,
			Allowed: &figure.Allowed{OuterLower: x.Lower998, InnerLower: x.Lower95, InnerUpper: x.Upper95, OuterUpper: x.Upper998}}
		if m.Outside() {
			outside++
		}
		f.Series = appendMark(f.Series, ind.ID, v.name(ind.Name), m)
		vals = append(vals, val)
	}
	if one == nil {
		return nil, nil
	}
	said := v.T("stat.funnel_finding", "outside", outside, "marks", len(vals))
	f.Finding = said
	f.Rule = &figure.Rule{Label: v.T("stat.funnel_centre"), N: figure.Number{Value: one.Centre, Has: true, Shown: v.l.Number(one.Centre, ind.Decimals)}}
	f.Columns = []string{v.T("table.area"), f.Unit}
	f.Source = v.sourceLine(vals...)
	f.Notes = []string{v.T("stat.funnel_limits")}
	if one.Tau > 0 {
		f.Notes = append(f.Notes, v.T("stat.funnel_widened", "phi", v.l.Number(one.Dispersion, 1)))
	}
	f.Download = "funnel.svg"
	v.statisticFiles(s, "funnels.csv")
	html, err := v.place(f)
	s.Figure = html
	return s, err
}

// trendPart says what the test found, in one of nine words an area.
func (v *view) trendPart(ind model.Indicator, c *comparison) *statistic {
	t := &table{ID: "trends", Columns: []column{{v.T("table.area"), false}, {v.T("stat.head_trend_word"), false}, {v.T("stat.head_trend_points"), true}, {v.T("stat.head_trend_from"), false}}}
	up, down, tested := 0, 0, 0
	for _, a := range append([]model.Area{v.s.Region}, v.sorted(c.Areas)...) {
		_, x := v.trendValue(ind, public.KeyOf(a))
		if x == nil || x.Word == "" {
			continue
		}
		own := public.KeyOf(a) == public.KeyOf(v.s.Region)
		if x.Reason == "" && !own {
			tested++
			switch x.Word {
			case "rising", "rising_better", "rising_worse":
				up++
			case "falling", "falling_better", "falling_worse":
				down++
			}
		}
		plain := func(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }
		from := ""
		if x.From != nil {
			from = v.shortAs(x.From.Period, v.s.basis(ind))
		}
		t.Rows = append(t.Rows, row{ID: "trend-" + a.Code, Own: own, Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true},
			{Text: plain(v.T("trend_word." + x.Word))}, {Text: plain(v.l.Number(float64(x.Points), 0)), Numeric: true}, {Text: plain(from)}}})
	}
	s := &statistic{ID: "part-trend", Head: v.T("stat.head_trend")}
	if said := v.trendSaid(ind, v.s.Region); said != "" {
		s.Said = append(s.Said, v.html(said))
	}
	if up+down > 0 {
		s.Said = append(s.Said, v.html(v.T("stat.trend_counts", "up", up, "down", down, "tested", tested)))
	}
	if len(s.Said) == 0 && tested == 0 {
		return nil
	}
	if len(s.Said) == 0 {
		s.Said = append(s.Said, v.html(v.T("stat.trend_nowhere", "tested", tested)))
	}
	if tested > 0 {
		t.Caption = v.caption(v.T("stat.trend_caption", "name", v.name(ind.Name)))
		s.Table = t
	}
	s.Notes = []string{v.T("stat.trend_meaning")}
	v.statisticFiles(s, "trends.csv")
	return s
}

// trendValue is the newest value of an area with its trend.
func (v *view) trendValue(ind model.Indicator, k public.Key) (*public.Value, *public.Trend) {
	d := v.s.Data.Indicator(ind.ID)
	p := d.Latest([]public.Key{k}, v.s.In.ReferenceDate, true)
	if p == nil {
		return nil, nil
	}
	val := d.Best(k, p)
	t := v.s.Data.Statistics.Trends[v.statKey(val)]
	if t == nil || t.Period != p {
		return nil, nil
	}
	return val, t
}

// trendSaid is the trend of an area in a sentence with its two ends; empty
// unless the test named one.
func (v *view) trendSaid(ind model.Indicator, a model.Area) string {
	val, t := v.trendValue(ind, public.KeyOf(a))
	if t == nil || t.From == nil || slices.Contains([]string{"no_trend", "one_point", "too_few", ""}, t.Word) {
		return ""
	}
	for _, first := range v.s.Data.Indicator(ind.ID).At(val.Area, t.From) {
		if first.Has() && v.statKey(first) == v.statKey(val) {
			return v.T("stat.trend_"+t.Word, "place", v.l.In(a), "from", v.quantity(ind, first), "when_from", v.periodOf(first),
				"to", v.quantity(ind, val), "when_to", v.periodOf(val))
		}
	}
	return ""
}
