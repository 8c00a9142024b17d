package transforms

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"sort"

	"tereze/config"
	"tereze/model"
	"tereze/transforms/door"
)

// reviewed writes what people wrote about single values, and the rules of
// the door, into tables.
func (s *Store) reviewed(ctx context.Context, inst *config.Instance) error {
	st := s.staged
	x := idsOf(inst, st)
	s.decisions = inst.Decisions
	if err := s.ruleTables(ctx, inst, x); err != nil {
		return err
	}
	var decided []door.Reviewed
	for _, d := range st.Decided {
		if d.Fits {
			decided = append(decided, d)
		}
	}
	err := s.fill(ctx, "decided", "cell bigint, entry varchar, verdict varchar", len(decided), func(i int) []driver.Value {
		d := inst.Decisions[decided[i].Entry]
		return row(decided[i].Cell, d.ID, d.Decision)
	})
	if err != nil {
		return err
	}
	err = s.fill(ctx, "decision", "id varchar, decision varchar, decided_by varchar, decided_on date"+inLanguages(inst, "reason"), len(inst.Decisions), func(i int) []driver.Value {
		d := inst.Decisions[i]
		return row(d.ID, d.Decision, d.By, string(d.On), texts(inst, d.Reason))
	})
	if err != nil {
		return err
	}
	var corrected []door.Reviewed
	for _, c := range st.Corrected {
		if c.Fits {
			corrected = append(corrected, c)
		}
	}
	err = s.fill(ctx, "correction", "cell bigint, id varchar, published varchar, corrected double, evidence varchar, told_publisher_on date"+inLanguages(inst, "note"), len(corrected), func(i int) []driver.Value {
		c := inst.Corrections[corrected[i].Entry]
		return row(corrected[i].Cell, c.ID, c.Published, c.Corrected, c.Evidence, string(c.ToldPublisherOn), texts(inst, c.Note))
	})
	if err != nil {
		return err
	}
	err = s.fill(ctx, "nearly", "delivery bigint, area bigint, period bigint, received date", len(st.Nearly), func(i int) []driver.Value {
		n := st.Nearly[i]
		return row(n.Delivery, n.Area, n.Period, string(n.Received))
	})
	if err != nil {
		return err
	}
	if err := s.senderRefusals(ctx, inst, x); err != nil {
		return err
	}
	return s.explanations(ctx, inst, x)
}

// senderRefusals writes what senders said they would not give. Whoever
// refuses a period that no record and no calendar names refuses nothing.
func (s *Store) senderRefusals(ctx context.Context, inst *config.Instance, x ids) error {
	var rows [][]driver.Value
	for _, r := range inst.SenderRefusals {
		period := slices.Index(s.staged.Periods, r.Period)
		if period < 0 {
			continue
		}
		on := r.Period.End
		if src, _ := inst.Source(r.Source); src.Territory != "" {
			on = src.Territory
		}
		for i, a := range s.staged.Areas {
			if a.Code == r.Area && a.ValidOn(on) {
				rows = append(rows, row(x.sources[r.Source], int64(i), int64(period), at(x.measures, r.Measure)))
			}
		}
	}
	return s.fill(ctx, "sender_refusal", "source bigint, area bigint, period bigint, measure bigint", len(rows), func(i int) []driver.Value { return rows[i] })
}

// explanations writes why sources differ, a row for each pair of them and
// each version of the area.
func (s *Store) explanations(ctx context.Context, inst *config.Instance, x ids) error {
	var rows [][]driver.Value
	for _, e := range inst.Explanations {
		period := slices.Index(s.staged.Periods, e.Period)
		if period < 0 {
			continue
		}
		var sources []int64
		for _, id := range e.Sources {
			sources = append(sources, x.sources[id])
		}
		slices.Sort(sources)
		for i, a := range s.staged.Areas {
			if a.Code != e.Area {
				continue
			}
			for j, first := range sources {
				for _, second := range sources[j+1:] {
					rows = append(rows, row(x.measures[e.Measure], int64(i), int64(period), first, second, e.ID))
				}
			}
		}
	}
	err := s.fill(ctx, "explanation", "measure bigint, area bigint, period bigint, source bigint, other_source bigint, entry varchar", len(rows), func(i int) []driver.Value { return rows[i] })
	if err != nil {
		return err
	}
	return s.fill(ctx, "explained", "id varchar, explained_by varchar, explained_on date"+inLanguages(inst, "explanation"), len(inst.Explanations), func(i int) []driver.Value {
		e := inst.Explanations[i]
		return row(e.ID, e.By, string(e.On), texts(inst, e.Explanation))
	})
}

// review looks at the reviewed files once the door is through: entries that
// are about nothing any more, disagreements that nobody explained. A known
// error that the publisher has mended is an error.
func (s *Store) review(ctx context.Context, inst *config.Instance, r *Report) error {
	if err := s.reviewDecisions(ctx, inst, r); err != nil {
		return err
	}
	if err := s.reviewDisagreements(ctx, inst, r); err != nil {
		return err
	}
	return s.reviewCorrections(inst, r)
}

func (s *Store) reviewDecisions(ctx context.Context, inst *config.Instance, r *Report) error {
	if s.unchecked {
		return nil
	}
	used, err := s.texts(ctx, "select distinct decision from questioned where released")
	if err != nil {
		return err
	}
	if r.Released, err = s.db.Count(ctx, "select count(*) from questioned where released"); err != nil {
		return err
	}
	found, given := map[int]bool{}, map[int]string{}
	for _, d := range s.staged.Decided {
		found[d.Entry] = found[d.Entry] || d.Fits
		if !d.Fits {
			given[d.Entry] = d.Given
		}
	}
	for i, d := range inst.Decisions {
		warn := func(format string, args ...any) {
			r.Warnings = append(r.Warnings, model.Problem{
				Place: d.Place, Code: "stale_decision", Level: model.Warning, Args: map[string]string{"id": d.ID},
				Text: fmt.Sprintf("decision %s: ", d.ID) + fmt.Sprintf(format, args...), Hint: "look at the value again, then correct or remove the entry",
			})
		}
		switch {
		case !found[i] && given[i] != "":
			warn("it was made about %q, the source gives %q now; the value is judged anew", d.Value, given[i])
		case !found[i]:
			warn("source %s has no value of %s for area %s and period %s", d.Source, d.Measure, d.Area, d.Period)
		case d.Decision == config.Release && !slices.Contains(used, d.ID):
			warn("no rule speaks against the value any more")
		}
	}
	return nil
}

func (s *Store) reviewDisagreements(ctx context.Context, inst *config.Instance, r *Report) error {
	rows, err := s.db.Query(ctx, `select m.id, a.code, p.name, s.id, t.id, d.gap, coalesce(d.explanation, ''), d.wide
		from disagreement d
		join measure m using (measure) join area a using (area) join period p using (period)
		join source s on s.source = d.source join source t on t.source = d.other_source
		where d.wide or d.explanation is not null order by m.id, a.code, a.valid_from, p.name, s.id, t.id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	used := map[string]bool{}
	for rows.Next() {
		var measure, area, period, source, other, entry string
		var gap float64
		var wide bool
		if err := rows.Scan(&measure, &area, &period, &source, &other, &gap, &entry, &wide); err != nil {
			return err
		}
		if entry != "" {
			used[entry] = used[entry] || wide
			continue
		}
		r.Warnings = append(r.Warnings, model.Problem{
			Place: model.Place{File: "decisions.yaml", Key: "disagreements"}, Code: "unexplained_disagreement", Level: model.Warning,
			Args: map[string]string{"measure": measure, "area": area, "period": period, "source": source, "other": other},
			Text: fmt.Sprintf("%s of area %s for %s: sources %s and %s differ by %.1f%%, and nobody has written why; both are shown with a warning", measure, area, period, source, other, gap),
			Hint: "add an entry with both sources and an explanation",
		})
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, e := range inst.Explanations {
		if !used[e.ID] {
			r.Warnings = append(r.Warnings, model.Problem{
				Place: e.Place, Code: "stale_explanation", Level: model.Warning, Args: map[string]string{"id": e.ID},
				Text: fmt.Sprintf("explanation %s: the sources do not differ by more than the tolerance", e.ID), Hint: "remove the entry",
			})
		}
	}
	return nil
}

func (s *Store) reviewCorrections(inst *config.Instance, r *Report) error {
	found, given := map[int]bool{}, map[int]string{}
	for _, c := range s.staged.Corrected {
		found[c.Entry] = found[c.Entry] || c.Fits
		if !c.Fits {
			given[c.Entry] = c.Given
		}
	}
	came := map[string]bool{}
	for _, d := range s.staged.Deliveries {
		if len(d.Records) > 0 {
			came[d.Source.ID] = true
		}
	}
	order := make([]int, len(inst.Corrections))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(i, j int) bool { return inst.Corrections[order[i]].ID < inst.Corrections[order[j]].ID })
	for _, i := range order {
		c := inst.Corrections[i]
		switch {
		case found[i]:
		case came[c.Source]:
			return &CorrectionError{c, given[i]}
		default: // the source is silent: nobody knows what it says now
			r.Warnings = append(r.Warnings, model.Problem{
				Place: c.Place, Code: "unused_correction", Level: model.Warning, Args: map[string]string{"id": c.ID},
				Text: fmt.Sprintf("correction %s: source %s gave nothing at all", c.ID, c.Source), Hint: "look at the source",
			})
		}
	}
	return nil
}

// texts are the values of a query of one column.
func (s *Store) texts(ctx context.Context, query string) ([]string, error) {
	rows, err := s.db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var t string
		if err := rows.Scan(&t); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}
