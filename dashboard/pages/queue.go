package pages

import (
	"html/template"
	"math"
	"sort"
	"strconv"

	"tereze/dashboard/public"
	"tereze/model"
)

// contributionPart divides the region's change among its districts.
func (v *view) contributionPart(ind model.Indicator, c *comparison) *statistic {
	if ind.Kind != model.Count || c.Peers {
		return nil
	}
	type part struct {
		area model.Area
		val  *public.Value
		*public.Contribution
	}
	var parts []part
	for _, a := range c.with() {
		val := c.of(a)
		if x := v.s.Data.Statistics.Contributions[v.statKey(val)]; x != nil && x.Period == val.Period && x.Reason == "" {
			parts = append(parts, part{a, val, x})
		}
	}
	if len(parts) < 2 {
		return nil
	}
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].Part > parts[j].Part })
	first := parts[0]
	s := &statistic{ID: "part-contribution", Head: v.T("stat.head_contribution")}
	total := v.derived(first.val, "total_change", first.Total, v.l.Signed(first.Total, 0))
	s.Said = []template.HTML{v.html(v.T("stat.contribution", "place", v.l.In(v.s.Region), "when_from", v.period(first.Base.Period, v.s.basis(ind)), "when_to", v.periodOf(first.val),
		"total", v.amount(ind, total)))}
	t := &table{ID: "contributions", Caption: v.caption(v.T("stat.contribution_caption", "name", v.name(ind.Name)))}
	t.Columns = []column{{v.T("table.area"), false}, {v.T("stat.change"), true}, {v.T("stat.contribution_head"), true}}
	for _, p := range parts {
		t.Rows = append(t.Rows, row{ID: "contribution-" + p.area.Code, Cells: []cell{{Link: &Link{Href: v.areaHref(p.area), Text: v.name(p.area.Names)}, Rowhead: true},
			{Text: dataHTML(v.derived(p.val, "change", p.Change, v.l.Signed(p.Change, 0))), Numeric: true},
			{Text: dataHTML(v.derived(p.val, "contribution", p.Part, v.l.Number(p.Part, 1))), Numeric: true}}})
	}
	s.Table = t
	s.Notes = []string{v.T("stat.contribution_note")}
	v.statisticFiles(s, "contributions.csv")
	return s
}

// queuePart says when a counted queue would be empty, area by area, and how
// well the same sum would have done before.
func (v *view) queuePart(ind model.Indicator, c *comparison) *statistic {
	if ind.Queue.Stock == "" {
		return nil
	}
	s := &statistic{ID: "part-queue", Head: v.T("stat.head_queue")}
	if _, q := v.queueOf(ind, public.KeyOf(v.s.Region)); q != nil {
		s.Said = append(s.Said, v.html(v.queueSaid(ind, v.s.Region)))
	}
	t := &table{ID: "queues", Caption: v.caption(v.T("stat.queue_caption", "name", v.name(ind.Name)))}
	t.Columns = []column{{v.T("table.area"), false}, {v.T("stat.queue_stock"), true}, {v.T("stat.queue_exits"), true}, {v.T("stat.queue_entries"), true}, {v.T("stat.queue_net"), true},
		{v.T("stat.queue_clears"), false}, {v.T("stat.queue_test"), false}}
	balance := false
	for _, a := range v.sorted(c.Areas) {
		val, q := v.queueOf(ind, public.KeyOf(a))
		if q == nil {
			continue
		}
		r := row{ID: "queue-" + a.Code, Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true}, {Text: v.cell(ind, val, "value"), Numeric: true}}}
		if q.Reason != "" {
			r.Cells = append(r.Cells, cell{}, cell{}, cell{}, cell{Text: template.HTML(template.HTMLEscapeString(v.T("stat_reason." + q.Reason)))}, cell{})
			t.Rows = append(t.Rows, r)
			continue
		}
		balance = balance || q.EntriesKind == "balance"
		number := func(field string, f float64, decimals int) cell {
			if math.IsNaN(f) {
				return cell{Numeric: true}
			}
			return cell{Text: dataHTML(v.derived(val, field, f, v.l.Number(f, decimals))), Numeric: true}
		}
		net := cell{Text: dataHTML(v.derived(val, "queue_net", q.Net, v.l.Signed(-q.Net, 1))), Numeric: true}
		r.Cells = append(r.Cells, number("queue_exits", q.Exits, 0), number("queue_entries", q.Entries, 0), net,
			cell{Text: template.HTML(template.HTMLEscapeString(v.queueYears(q)))}, cell{Text: v.html(v.queueTests(val, v.queueTest(val)))})
		t.Rows = append(t.Rows, r)
	}
	if len(t.Rows) == 0 {
		if len(s.Said) == 0 {
			return nil
		}
		return s
	}
	s.Table = t
	s.Notes = []string{v.T("stat.queue_model")}
	v.statisticFiles(s, "queues.csv", "queue_tests.csv")
	if balance {
		s.Notes = append(s.Notes, v.T("stat.queue_balance"))
	}
	return s
}

func (v *view) queueOf(ind model.Indicator, k public.Key) (*public.Value, *public.Queue) {
	d := v.s.Data.Indicator(ind.ID)
	p := d.Latest([]public.Key{k}, v.s.In.ReferenceDate, true)
	if p == nil {
		return nil, nil
	}
	val := d.Best(k, p)
	q := v.s.Data.Statistics.Queues[v.statKey(val)]
	if q == nil || q.Period != p {
		return nil, nil
	}
	return val, q
}

// queueSaid is the queue of an area in one sentence.
func (v *view) queueSaid(ind model.Indicator, a model.Area) string {
	val, q := v.queueOf(ind, public.KeyOf(a))
	if q == nil {
		return ""
	}
	stock := v.quantity(ind, val)
	if q.Reason != "" {
		return v.T("stat.queue_not", "place", v.l.In(a), "when", v.when(val), "stock", stock, "why", v.T("stat_reason."+q.Reason))
	}
	net := v.amount(ind, v.derived(val, "queue_net", q.Net, v.l.Number(math.Abs(q.Net), 1)))
	key := "stat.queue_grows"
	switch {
	case q.Clears:
		key = "stat.queue_shrinks"
	case q.Net > 0:
		key = "stat.queue_shrinks_slowly"
	case q.Net == 0:
		key = "stat.queue_stands"
	}
	said := v.T(key, "place", v.l.In(a), "when", v.when(val), "stock", stock, "net", net, "points", q.Points)
	if q.Clears {
		said += " " + v.T("stat.queue_until", "years", v.queueYears(q))
	}
	return said
}

// queueYears is when a queue would be empty: years, since a day would claim
// too much; or that it does not clear.
func (v *view) queueYears(q *public.Queue) string {
	if !q.Clears {
		return v.T("stat.queue_never")
	}
	year := func(d model.Date) string { return strconv.Itoa(d.Year()) }
	if q.Latest == "" {
		return v.T("stat.queue_open", "expected", year(q.Expected), "earliest", year(q.Earliest))
	}
	if q.Earliest.Year() == q.Latest.Year() {
		return v.T("stat.queue_year", "expected", year(q.Expected))
	}
	return v.T("stat.queue_between", "expected", year(q.Expected), "earliest", year(q.Earliest), "latest", year(q.Latest))
}

func (v *view) queueTest(val *public.Value) []public.QueueTest {
	return v.s.Data.Statistics.QueueTests[v.statKey(val)]
}

// queueTests says what the same sum would have given before, and what came.
func (v *view) queueTests(val *public.Value, tests []public.QueueTest) string {
	said := ""
	for i, x := range tests {
		if i > 0 {
			said += " "
		}
		n := func(field string, f float64) string {
			return v.put(v.derived(val, "queue_test_"+field+"_"+x.Base.ID, f, v.l.Number(f, 0)))
		}
		said += v.T(tern(x.Held, "stat.queue_test_held", "stat.queue_test_missed"), "base", v.short(x.Base.Period), "lower", n("lower", x.Lower), "upper", n("upper", x.Upper), "came", n("came", x.Came))
	}
	return said
}

// targetPart says how far the targets that were set have been come.
func (v *view) targetPart(ind model.Indicator) *statistic {
	s := &statistic{ID: "part-target", Head: v.T("stat.head_target")}
	val := v.headline(ind)
	if val == nil || !val.Has() {
		return nil
	}
	for _, t := range v.s.Data.Statistics.Targets[v.statKey(val)] {
		if t.Period != val.Period {
			continue
		}
		amount := func(field string, f float64) string {
			return v.amount(ind, v.derived(val, "target_"+field+"_"+string(t.Due), f, v.l.Number(f, ind.Decimals)))
		}
		base := ""
		if t.Base != nil {
			base = v.period(t.Base.Period, val.Basis)
		}
		said := v.T("stat.target", "goal", amount("goal", t.Goal), "due", v.l.Date(t.Due), "base", amount("base", t.BaseValue), "base_period", base,
			"now", v.quantity(ind, val), "when", v.periodOf(val), "share", v.put(v.derived(val, "target_progress_"+string(t.Due), t.Progress, v.l.Number(t.Progress, 0))))
		said += " " + v.T("stat.target_"+t.State)
		if t.State == "on" || t.State == "ahead" || t.State == "behind" {
			said += " " + v.T("stat.target_required", "amount", v.signedPoints(ind, val, "target_required_"+string(t.Due), t.Required))
		}
		s.Said = append(s.Said, v.html(said))
		if t.Reference != "" {
			s.Notes = append(s.Notes, v.T("stat.target_set", "reference", v.own(t.Reference)))
		}
	}
	if len(s.Said) == 0 {
		return nil
	}
	s.Notes = append(s.Notes, v.T("stat.target_note"))
	v.statisticFiles(s, "targets.csv")
	return s
}

// signedPoints is a change in the indicator's unit with its sign.
func (v *view) signedPoints(ind model.Indicator, val *public.Value, field string, f float64) string {
	n := v.derived(val, field, f, v.l.Signed(f, ind.Decimals))
	if ind.Unit == "percent" {
		return v.T("stat.points", "value", v.put(n))
	}
	return v.amount(ind, n)
}
