package pages

import (
	"html/template"
	"math"
	"sort"
	"strings"

	"tereze/config"
	"tereze/config/words"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

type sourcePage struct {
	*view
	sourceRow
	Answer    template.HTML
	Contract  pairs
	Parts     *table
	Limits    []string
	Grid      template.HTML
	Arrived   *table   // files and what became of their cells
	Old       string   // why an old copy or nothing at all is in use
	Changes   []string // of the shape of a refused answer
	Troubles  []mendRow
	Rules     *table
	Held      []mendRow
	Decisions []decisionRow
	Reasons   []reasonGroup
	Corrected []decisionRow
	Differs   []decisionRow
	Dropped   string
}

// decisionRow is what a person said about single values.
type decisionRow struct {
	What template.HTML
	Said string
	By   string
}

func sourcePath(id string) string { return "quality/" + Kebab(id) + "/" }

func (v *view) sourceHref(id string) string { return v.up + v.code + "/" + sourcePath(id) }

// source is the page of one source: what was asked of it, what came, what
// is wrong with it, and what became of every cell.
func (v *view) source(src config.PublicSource) ([]byte, error) {
	sum := v.s.bySource()[src.ID]
	p := &sourcePage{view: v, sourceRow: v.sourceRow(src)}
	answer := v.T("checked.nothing_read")
	if sum.Read > 0 {
		answer = v.T("checked.answer", "n", sum.Read, "read", v.put(v.accountNumber(src.ID, "read", sum.Read)), "accepted", v.put(v.accountNumber(src.ID, "accepted", sum.Accepted)),
			"refused", v.put(v.accountNumber(src.ID, "refused", sum.Refused)), "dropped", v.put(v.accountNumber(src.ID, "dropped", sum.DroppedPersonal)))
	}
	answer = sentences(answer, v.lastDelivery(src), v.nextDue(src), v.stateShort(src.ID), tern(v.s.In.Example, v.T("example.sentence"), ""))
	p.Answer = v.html(answer)
	p.Contract, p.Parts, p.Limits = v.contract(src), v.parts(src), v.limits(src)
	var err error
	if p.Grid, err = v.place(v.reportGrid(false, src.ID)); err != nil {
		return nil, err
	}
	p.Arrived = v.arrived(src)
	p.Changes, p.Troubles = v.troubles(src.ID)
	p.Rules = v.outcomes(src.ID)
	p.Held, p.Decisions = v.held(src.ID)
	p.Reasons = v.reasons(func(r public.Refusal) bool { return r.Source == src.ID && r.Code != "held" })
	p.Corrected, p.Differs = v.corrections(src.ID), v.disagreements(src.ID)
	if sum.DroppedPersonal > 0 {
		p.Dropped = v.T("checked.dropped", "n", sum.DroppedPersonal)
	}
	p.Old = v.standing(src.ID)
	if v.never(src.ID) {
		p.Old = v.T("refusal.not_fetched")
	}
	var contents []Link
	for _, part := range []string{"contract", "delivered", "trouble", "rules", "refused", "held", "corrected"} {
		contents = append(contents, v.anchor("part-"+part, "checked.head_"+part))
	}
	return v.render("qualitysource", p.Title, plain(answer), margin{contents: contents}, p)
}

// lastDelivery is the day on which something last came from a source.
func (v *view) lastDelivery(src config.PublicSource) string {
	var last model.Date
	for _, d := range v.s.Data.Deliveries {
		if d.Source == src.ID {
			last = max(last, d.Received)
		}
	}
	if src.Networked || last == "" {
		last = max(last, tern(src.Networked || src.PublishedOn == "" || src.PublishedDay != "", src.RetrievedOn, src.PublishedOn))
	}
	if last == "" || v.s.bySource()[src.ID].Read == 0 {
		return v.T("checked.never")
	}
	return v.T("checked.last", "date", v.l.Date(last))
}

// next is the period whose report is due next; ok is false where none is.
func (v *view) next(src config.PublicSource) (period model.Period, ok bool) {
	if src.Calendar == nil {
		return period, false
	}
	for _, p := range src.Calendar.Periods {
		if due := src.Calendar.Due(p); due >= v.s.In.Today && (!ok || due < src.Calendar.Due(period)) {
			period, ok = p, true
		}
	}
	return period, ok
}

// nextDue says by when a source owes its next report, or owed its last.
func (v *view) nextDue(src config.PublicSource) string {
	if src.Calendar == nil || len(src.Calendar.Periods) == 0 {
		return v.T("checked.no_calendar")
	}
	if p, ok := v.next(src); ok {
		return v.T("checked.next", "date", v.l.Date(src.Calendar.Due(p)), "period", v.l.Period(p))
	}
	last := src.Calendar.Periods[0]
	for _, p := range src.Calendar.Periods {
		if src.Calendar.Due(p) > src.Calendar.Due(last) {
			last = p
		}
	}
	return v.T("checked.all_due", "date", v.l.Date(src.Calendar.Due(last)), "period", v.l.Period(last))
}

// rowNumber names the next row of a table that has n.
func rowNumber(n int) string { return words.FormatRaw(float64(n + 1)) }

// filesLimit bounds the table of files; deliveries.csv and refusals.csv name
// them all.
const filesLimit = 40

// arrived is what became of the cells of each file of a source.
func (v *view) arrived(src config.PublicSource) *table {
	t := &table{ID: "files", Caption: v.caption(v.T("checked.files")), Columns: []column{{v.T("checked.file"), false}, {v.T("quality.read"), true},
		{v.T("quality.accepted"), true}, {v.T("quality.refused"), true}, {v.T("quality.dropped"), true}, {v.T("quality.layout_head"), true}}}
	for _, a := range v.s.Data.Accounting {
		if a.Source != src.ID {
			continue
		}
		if len(t.Rows) == filesLimit {
			t.Note = v.T("checked.cut", "n", filesLimit)
			break
		}
		t.Rows = append(t.Rows, row{ID: "file-" + rowNumber(len(t.Rows)), Cells: []cell{{Text: breakable(a.File), Rowhead: true},
			v.count(a.Read), v.count(a.Accepted), v.count(a.Refused), v.count(a.DroppedPersonal), v.count(a.Layout)}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.dropZeros()
	return t
}

// breakable is a path that may be broken after its slashes.
func breakable(path string) template.HTML {
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(path), "/", "/<wbr>"))
}

// zero marks the cell of a count that is zero, until it is known whether the
// whole column is.
const zero = template.HTML("0")

func (v *view) count(n int64) cell {
	if n == 0 {
		return cell{Text: zero, Numeric: true}
	}
	return cell{Text: escaped(v.l.Number(float64(n), 0)), Numeric: true}
}

// dropZeros leaves out the columns of counts in which every row has none.
func (t *table) dropZeros() {
	for c := range t.Columns {
		all := t.Columns[c].Numeric
		for _, r := range t.Rows {
			all = all && r.Cells[c].Text == zero
		}
		if all {
			for i := range t.Rows {
				t.Rows[i].Cells[c].Text = ""
			}
		}
	}
	t.dropEmpty()
}

// troubles are what changed in the shape of a refused answer, and whatever
// else is to be said about files and columns. That an old copy is in use is
// said above.
func (v *view) troubles(id string) (changes []string, out []mendRow) {
	seen := map[string]bool{}
	for _, p := range v.s.Data.Checks.Problems {
		if p.Source != id {
			continue
		}
		said := v.name(p.Words)
		if p.Code == "shape_change" {
			changes = append(changes, said)
			continue
		}
		if v.l.Has("stale.reason."+p.Code) && p.Level == "warning" || p.Code == "not_fetched" {
			continue // the state of the source says it
		}
		place := p.File
		if p.Sheet != "" {
			place += ", " + v.T("quality.sheet", "sheet", p.Sheet)
		}
		if p.Column != "" {
			place += ", " + v.T("quality.column", "column", p.Column)
		}
		if !seen[place+said] {
			seen[place+said] = true
			out = append(out, mendRow{Place: place, Words: said})
		}
	}
	return changes, out
}

// outcomes is what each rule of the door did with the cells of a source.
func (v *view) outcomes(id string) *table {
	t := &table{ID: "rules", Caption: v.caption(v.T("checked.rules")), Columns: []column{{v.T("checked.rule"), false}, {v.T("checked.looked"), true},
		{v.T("quality.refused"), true}, {v.T("checked.held"), true}, {v.T("checked.released"), true}, {v.T("quality.dropped"), true}}}
	var own []public.RuleOutcome
	for _, o := range v.s.Data.Checks.Outcomes {
		if o.Source == id {
			own = append(own, o)
		}
	}
	found := func(o public.RuleOutcome) int64 { return o.Refused + o.Held + o.Released + o.Dropped }
	sort.SliceStable(own, func(i, j int) bool { return found(own[i]) > found(own[j]) })
	for _, o := range own {
		said := o.Rule
		if key := "rule." + o.Rule; v.l.Has(key) {
			said = v.T(key)
		} else if key := "refusal_short." + o.Rule; v.l.Has(key) {
			said = upperFirst(v.T(key))
		}
		t.Rows = append(t.Rows, row{ID: "rule-" + Kebab(o.Rule), Cells: []cell{{Text: escaped(said), Rowhead: true}, v.count(o.Checked),
			v.count(o.Refused), v.count(o.Held), v.count(o.Released), v.count(o.Dropped)}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.dropZeros()
	return t
}

// heldAtMost bounds the list of values on hold; refusals.csv has them all.
const heldAtMost = 60

// held are the places of values that wait for a person, and what persons
// decided already.
func (v *view) held(id string) (waiting []mendRow, decided []decisionRow) {
	for _, r := range v.s.Data.Refusals {
		if r.Source == id && r.Code == "held" && len(waiting) < heldAtMost {
			waiting = append(waiting, mendRow{Place: v.refusalPlace(r), Words: v.cellOf(r)})
		}
	}
	for _, d := range v.s.Data.Checks.Decisions {
		if d.Spot.Source == id {
			decided = append(decided, decisionRow{What: escaped(sentences(v.spot(d.Spot)+":", v.T("checked.decided_"+d.Decision))), Said: v.name(d.Reason), By: v.signed(v.own(d.By), d.On)})
		}
	}
	return waiting, decided
}

// cellOf is what a refused cell would have said, where that is known.
func (v *view) cellOf(r public.Refusal) string {
	var parts []string
	if r.Measure != "" {
		parts = append(parts, v.measureName(r.Measure))
	}
	if p, err := model.ParsePeriod(r.Period); err == nil {
		on := p.End
		if a, ok := v.s.In.Area(r.Area, on); ok {
			parts = append(parts, v.name(a.Names))
		}
		parts = append(parts, v.period(p, v.basisOfID(r.Measure)))
	}
	return strings.Join(parts, ", ")
}

// spot names a single value: what, where, when.
func (v *view) spot(s public.Spot) string {
	return strings.Join([]string{upperFirst(v.measureName(s.Measure)), v.areaName(s.Area), v.period(s.Period.Period, v.basisOfID(s.Measure))}, ", ")
}

func (v *view) signed(by string, on model.Date) string {
	if on == "" {
		return by
	}
	return v.T("checked.signed", "by", by, "date", v.l.Date(on))
}

// stated is a figure of a source that no value of the site shows: its
// identity names what it is and where it belongs.
func (v *view) stated(kind string, s public.Spot, name, field string, x float64) figure.Number {
	if math.IsNaN(x) {
		return figure.Number{Sign: v.T("sign.protected"), Why: v.T("sign_means.protected")}
	}
	id := strings.Join([]string{kind, s.Area.Code, string(s.Area.From), s.Period.ID, "-", tern(s.Territory != "", s.Territory, "-"), name, field}, "/")
	return figure.Number{ID: id, Raw: words.FormatRaw(x), Value: x, Has: true, Shown: v.l.Trim(x, 6)}
}

// corrections are the known errors of a source and what stands in their place.
func (v *view) corrections(id string) []decisionRow {
	var out []decisionRow
	for _, c := range v.s.Data.Checks.Corrections {
		if c.Spot.Source != id {
			continue
		}
		published := c.Published
		if published == "" {
			published = v.T("sign.protected")
		}
		what := sentences(v.spot(c.Spot)+":", v.T("checked.corrected", "published", published, "corrected", v.put(v.stated("correction", c.Spot, c.ID, "corrected", c.Corrected))))
		told := v.T("checked.not_told")
		if c.Told != "" {
			told = v.T("checked.told", "date", v.l.Date(c.Told))
		}
		out = append(out, decisionRow{What: v.html(what), Said: v.name(c.Note), By: sentences(c.Evidence+".", told)})
	}
	return out
}

// disagreements are the values for which another source has another figure.
func (v *view) disagreements(id string) []decisionRow {
	var out []decisionRow
	for _, d := range v.s.Data.Checks.Disagreements {
		if d.Spot.Source != id && d.Other != id {
			continue
		}
		other, own, theirs := d.Other, d.Value, d.OtherValue
		if d.Other == id {
			other, own, theirs = d.Spot.Source, d.OtherValue, d.Value
		}
		name := other
		if src, ok := v.s.In.Source(other); ok {
			name = v.name(src.Title)
		}
		what := sentences(v.spot(d.Spot)+":", v.T("checked.differs", "here", v.put(v.stated("disagreement", d.Spot, d.Spot.Measure+"."+id, "value", own)),
			"there", v.put(v.stated("disagreement", d.Spot, d.Spot.Measure+"."+other, "value", theirs)), "other", name))
		r := decisionRow{What: v.html(what), Said: v.name(d.Explanation), By: v.signed(v.own(d.By), d.On)}
		if d.ID == "" {
			r.Said, r.By = v.T(tern(d.Above, "checked.unexplained", "checked.within")), ""
		}
		out = append(out, r)
	}
	return out
}
