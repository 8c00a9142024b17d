package pages

import (
	"math"

	"tereze/dashboard/public"
	"tereze/model"
)

// changedRows are how many changed numbers a page lists; the file has all.
const changedRows = 100

// changesPage is what became of the numbers and verdicts since the release
// before.
type changesPage struct {
	*view
	Answer   string
	Verdicts linkList
	Said     string // of the verdicts
	Counts   *table
	Rows     *table
	More     string
	Why      []string
	Files    files
}

// beforeDay is the day the release before was built as.
func (v *view) beforeDay() string {
	return v.date(model.Date(v.s.Data.Release["previous_today"]))
}

// changedSentence says in one sentence what changed since the release before.
func (v *view) changedSentence(n public.ChangeCount, some, none string) string {
	since := int(v.s.Data.Register.Values.Since)
	switch {
	case since == 0:
		return v.T("changes.first")
	case !n.Any():
		return v.T(none, "since", since, "date", v.beforeDay())
	}
	return v.T(some, "since", since, "date", v.beforeDay(), "new", n.New, "changed", n.Changed, "withdrawn", n.Withdrawn)
}

// turned are the verdicts that changed with this release, as links to their
// statements.
func (v *view) turned() (out []Link) {
	seen := map[string]bool{}
	for _, c := range v.s.Data.Register.Changes {
		if c.Before == "" || int(c.Release) != v.s.Release || seen[c.Statement] {
			continue
		}
		for _, s := range v.s.In.Statements {
			if s.ID == c.Statement {
				seen[s.ID] = true
				out = append(out, Link{Href: v.statementHref(s.ID), Text: v.name(s.Claim), Note: v.verdict(c.Before) + " → " + v.verdict(c.After)})
			}
		}
	}
	return out
}

// turnedSaid counts them; nothing is said of a first release.
func (v *view) turnedSaid(list []Link) string {
	switch {
	case v.s.Data.Register.Values.Since == 0 || len(v.s.In.Statements) == 0:
		return ""
	case len(list) == 0:
		return v.T("changes.verdicts_none")
	}
	return v.T("changes.verdicts", "n", len(list))
}

func (v *view) changesHref() string { return v.up + v.code + "/changes/" }

// changes is the page of what changed since the release before.
func (v *view) changes() ([]byte, error) {
	all := v.s.Data.Register.Values.All
	p := &changesPage{view: v, Verdicts: v.turned(), Files: v.filesNamed("changes.csv")}
	p.Answer = sentences(v.changedSentence(all, "changes.since", "changes.none"), v.exampleSentence())
	p.Said = v.turnedSaid(p.Verdicts)
	p.Counts = v.changeCounts()
	p.Rows, p.More = v.changeRows()
	if p.Rows != nil {
		p.Why = []string{v.T("changes.revised"), v.T("changes.why")}
	}
	var contents []Link
	if p.Said != "" {
		contents = append(contents, v.anchor("part-verdicts", "changes.head_verdicts"))
	}
	if p.Counts != nil {
		contents = append(contents, v.anchor("part-counts", "changes.head_counts"))
	}
	if p.Rows != nil {
		contents = append(contents, v.anchor("part-rows", "changes.head_rows"))
	}
	return v.render("changes", v.T("changes.question"), p.Answer, margin{contents: contents, files: p.Files}, p)
}

// changeCounts is indicators × what happened.
func (v *view) changeCounts() *table {
	by := map[string]*public.ChangeCount{}
	for _, c := range v.s.Data.Register.Values.Rows {
		if by[c.Indicator] == nil {
			by[c.Indicator] = &public.ChangeCount{}
		}
		by[c.Indicator].Add(c.Kind)
	}
	if len(by) == 0 {
		return nil
	}
	t := &table{ID: "part-counts", Head: v.T("changes.head_counts"), Caption: v.caption(v.T("changes.counts_caption", "since", int(v.s.Data.Register.Values.Since)))}
	t.Columns = []column{{v.T("table.indicator"), false}, {upperFirst(v.T("changes.kind_new")), true}, {upperFirst(v.T("changes.kind_changed")), true}, {upperFirst(v.T("changes.kind_withdrawn")), true}}
	number := func(n int) cell {
		return cell{Text: escaped(v.l.Number(float64(n), 0)), Numeric: true}
	}
	for _, ind := range v.s.In.Indicators {
		if n := by[ind.ID]; n != nil {
			t.Rows = append(t.Rows, row{ID: "c-" + Kebab(ind.ID), Cells: []cell{{Link: &Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name)}, Rowhead: true},
				number(n.New), number(n.Changed), number(n.Withdrawn)}})
		}
	}
	return t
}

// changeRows are the first changed and withdrawn numbers; more says how many
// there are besides.
func (v *view) changeRows() (t *table, more string) {
	t = &table{ID: "part-rows", Head: v.T("changes.head_rows"), Caption: v.caption(v.T("changes.rows_caption"))}
	t.Columns = []column{{v.T("table.indicator"), false}, {v.T("table.area"), false}, {v.T("table.period"), false}, {v.T("changes.before"), true}, {v.T("changes.now"), true}, {v.T("changes.kind"), false}}
	left := 0
	for _, c := range v.s.Data.Register.Values.Rows {
		if c.Kind == "new" {
			continue
		}
		if len(t.Rows) == changedRows {
			left++
			continue
		}
		ind, ok := v.s.In.Indicator(c.Indicator)
		if !ok { // no longer declared; the file has it
			left++
			continue
		}
		decimals := v.tellingApart(c.Before, c.Value, ind.Decimals)
		number := func(f float64) cell {
			shown := ""
			if !math.IsNaN(f) {
				shown = v.l.Number(f, decimals)
			}
			return cell{Text: escaped(shown), Numeric: true}
		}
		when := &Link{Text: v.shortAs(c.Period.Period, v.s.basis(ind))}
		if base, err := model.ParsePeriod(c.Base); err == nil {
			when.Text = v.T("changes.from_base", "base", v.shortAs(base, v.s.basis(ind)), "period", when.Text)
		}
		if c.Territory != "as_reported" {
			when.Note = v.T("ledger.on_territory", "date", v.l.Date(model.Date(c.Territory)))
		}
		place := &Link{Href: v.areaHrefOf(c.Area), Text: v.areaName(c.Area)}
		t.Rows = append(t.Rows, row{ID: "r-" + rowNumber(len(t.Rows)), Cells: []cell{
			{Link: &Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name), Note: v.l.UnitHead(c.Unit)}, Rowhead: true}, {Link: place}, {Link: when},
			number(c.Before), number(c.Value), {Text: escaped(v.T("changes.kind_" + c.Kind))}}})
	}
	if len(t.Rows) == 0 {
		return nil, ""
	}
	if left > 0 {
		more = v.T("changes.more", "more", left)
	}
	return t, more
}

// tellingApart is how many decimals tell two numbers apart, those of the indicator at
// least: a change that rounding hides reads as none.
func (v *view) tellingApart(before, now float64, decimals int) int {
	if math.IsNaN(before) || math.IsNaN(now) {
		return decimals
	}
	for d := decimals; d <= mostDecimals; d++ {
		if v.l.Number(before, d) != v.l.Number(now, d) {
			return d
		}
	}
	return decimals
}

// mostDecimals is more than values are kept with.
const mostDecimals = 9

// openRequests counts the requests that wait, by their state, each with the
// age of its oldest.
func (v *view) openRequests() (out []string) {
	today := v.s.In.Today
	count, oldest := map[string]int{}, map[string]int{}
	for _, q := range v.s.In.Requests {
		a := v.askedState(q.ID)
		days := 0
		switch a.State {
		case "drafted":
			days = daysBetween(q.DraftedOn, today)
		case "sent":
			days = daysBetween(q.SentOn, today)
		case "silent":
			days = int(a.Silent)
		}
		count[a.State]++
		oldest[a.State] = max(oldest[a.State], days)
	}
	for _, state := range []string{"silent", "sent", "drafted"} {
		switch {
		case count[state] == 0:
		case oldest[state] == 0:
			out = append(out, upperFirst(v.T("statements.counted", "verdict", v.T("request_state."+state), "count", count[state])))
		default:
			out = append(out, upperFirst(v.T("asked."+state, "count", count[state], "n", oldest[state])))
		}
	}
	return out
}

func daysBetween(from, to model.Date) int {
	if from == "" || to == "" {
		return 0
	}
	return int(to.Time().Sub(from.Time()).Hours() / 24)
}
