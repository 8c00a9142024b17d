package pages

import (
	"html/template"
	"strings"

	"tereze/config"
	"tereze/dashboard/public"
	"tereze/model"
)

// fates of a commitment, in the order of a meeting: what is done first.
var fates = []string{"done", "late", "not_done", "not_evidenced", "no_document", "open"}

type commitmentsPage struct {
	*view
	Answer  string
	Tasks   []taskRow
	Grid    *table
	Fates   []pair
	Example *Link
}

type taskRow struct {
	ID, Task string
	Summary  string
	Facts    pairs
	Link     *Link
	Measured *Link
	Said     *Link
	History  pairs
}

// commitments is the page for the half-year meeting: each task, what became
// of it in each area, and which document shows it.
func (v *view) commitments() ([]byte, error) {
	p := &commitmentsPage{view: v, Example: v.exampleLink()}
	all := map[string]int{}
	by := map[string][]public.Promised{}
	for _, x := range v.s.Data.Register.Commitments {
		by[x.Commitment] = append(by[x.Commitment], x)
		all[x.Status]++
	}
	for _, c := range v.s.In.Commitments {
		p.Tasks = append(p.Tasks, v.taskRow(c, by[c.ID]))
	}
	p.Answer = sentences(v.T("commitments.answer", "all", len(v.s.In.Commitments), "list", v.fateCounts(all)), v.exampleSentence())
	p.Grid = v.taskGrid(by)
	for _, f := range fates {
		if all[f] > 0 {
			p.Fates = append(p.Fates, pair{upperFirst(v.T("commitment_status." + f)), v.T("commitment_means." + f)})
		}
	}
	contents := []Link{v.anchor("part-tasks", "commitments.head_tasks")}
	if p.Grid != nil {
		contents = append(contents, v.anchor("part-grid", "commitments.head_grid"))
	}
	contents = append(contents, v.anchor("part-fates", "commitments.head_fates"))
	return v.render("commitments", v.T("nav.commitments"), p.Answer, margin{contents: contents, files: v.filesNamed("commitments.csv")}, p)
}

func (v *view) fateCounts(count map[string]int) string {
	var parts []string
	for _, f := range fates {
		if n := count[f]; n > 0 {
			parts = append(parts, v.T("statements.counted", "verdict", v.T("commitment_status."+f), "count", n))
		}
	}
	return strings.Join(parts, "; ")
}

func (v *view) taskRow(c config.Commitment, list []public.Promised) taskRow {
	count := map[string]int{}
	for _, x := range list {
		count[x.Status]++
	}
	t := taskRow{ID: "task-" + Kebab(c.ID), Task: v.name(c.Task), Summary: upperFirst(v.fateCounts(count))}
	due := v.date(c.Due)
	if due == "" {
		due = v.T("commitments.no_due")
	}
	t.Facts = []pair{{v.T("commitments.owner"), v.name(c.Owner)}, {v.T("commitments.set_on"), v.date(c.SetOn)}, {v.T("commitments.set_by"), v.name(c.SetBy)},
		{v.T("commitments.due"), due}, {v.T("commitments.document"), v.name(c.Document)}}
	if c.Link != "" {
		t.Link = &Link{Href: c.Link, Text: strings.TrimPrefix(c.Link, "https://")}
	}
	if ind, ok := v.s.In.Indicator(c.Indicator); ok {
		t.Measured = &Link{Href: v.indicatorHref(ind.ID), Text: v.T("commitments.measured", "name", v.name(ind.Name), "least", v.joined(v.l.Trim(c.AtLeast, 1), ind.Unit, v.unit(ind.Unit, c.AtLeast, false)), "period", v.period(c.Period, v.s.basis(ind)))}
	}
	if c.Statement != "" {
		t.Said = &Link{Href: v.statementHref(c.Statement), Text: v.T("commitments.statement")}
	}
	if c.Per == "region" {
		for _, x := range list {
			if x.Document != "" {
				t.Facts = append(t.Facts, pair{v.T("commitments.shown"), commas(v.own(x.Document), v.date(x.Date))})
			}
		}
	}
	for _, h := range c.History {
		t.History = append(t.History, pair{v.date(h.On), v.name(h.What)})
	}
	return t
}

// taskGrid is areas × tasks: what became of each, with its document.
func (v *view) taskGrid(by map[string][]public.Promised) *table {
	var tasks []config.Commitment
	for _, c := range v.s.In.Commitments {
		if c.Per == "districts" {
			tasks = append(tasks, c)
		}
	}
	if len(tasks) == 0 {
		return nil
	}
	t := &table{ID: "part-grid", Head: v.T("commitments.head_grid"), Caption: v.caption(v.T("commitments.grid_caption", "date", v.l.Date(v.s.In.Today)))}
	t.Columns = []column{{Head: v.T("table.area")}, {Head: v.T("commitments.all")}}
	for _, c := range tasks {
		t.Columns = append(t.Columns, column{Head: v.name(c.Task)})
	}
	for _, a := range v.sorted(v.s.Districts) {
		r := row{ID: "g-" + a.Code, Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true}}}
		count := map[string]int{}
		r.Cells = append(r.Cells, cell{})
		for _, c := range tasks {
			r.Cells = append(r.Cells, v.fateCell(by[c.ID], a))
			for _, x := range by[c.ID] {
				if x.Area == public.KeyOf(a) {
					count[x.Status]++
				}
			}
		}
		r.Cells[1].Text = template.HTML(template.HTMLEscapeString(v.fateCounts(count)))
		t.Rows = append(t.Rows, r)
	}
	return t
}

func (v *view) fateCell(list []public.Promised, a model.Area) cell {
	for _, x := range list {
		if x.Area != public.KeyOf(a) {
			continue
		}
		link := &Link{Text: v.T("commitment_status." + x.Status), Note: commas(v.own(x.Document), v.date(x.Date))}
		if strings.HasPrefix(x.Link, "http") {
			link.Href = x.Link
		}
		return cell{Link: link}
	}
	return cell{}
}
