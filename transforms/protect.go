package transforms

import (
	"context"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"tereze/config"
	"tereze/transforms/duckdb"
	"tereze/transforms/protect"
)

// defaultThreshold holds where an instance names none: counts of 1 to 4.
const defaultThreshold = 5

// Protect is the wall: it hides the counts that would expose people and
// everything that rests on them, and writes what may be seen into a new file
// at publicPath. The same data give the same bytes.
func (s *Store) Protect(ctx context.Context, inst *config.Instance, publicPath string, release int) (Protected, error) {
	var r Protected
	threshold := inst.Disclosure.Threshold
	if threshold == 0 {
		threshold = defaultThreshold
	}
	if err := s.setting(ctx, int64(threshold), int64(release)); err != nil {
		return r, err
	}
	if err := s.run(ctx, "guarded", "sums"); err != nil {
		return r, err
	}
	if err := s.hide(ctx, int64(threshold), &r); err != nil {
		return r, err
	}
	// The file counts its statistics piece by piece of what it is given; of
	// tables that several threads wrote the pieces are others on every run.
	if err := s.alone(ctx, func() error { return s.run(ctx, "shown_value", "shown_observation") }); err != nil {
		return r, err
	}
	if err := s.run(ctx, "shown_evidence", "shown_coverage", "shown_denominator", "shown_delivery", "shown_reviewed"); err != nil {
		return r, err
	}
	if err := s.compare(ctx, inst); err != nil {
		return r, err
	}
	err := s.db.Together(ctx, func() error {
		if err := s.releaseFacts(ctx, inst, release); err != nil {
			return err
		}
		return s.register(ctx, inst, release)
	})
	if err != nil {
		return r, err
	}
	err = s.alone(ctx, func() error { return s.publish(ctx, publicPath, &r) })
	return r, err
}

// alone does something with one thread of the database.
func (s *Store) alone(ctx context.Context, do func() error) error {
	usual := s.threads
	if err := s.use(ctx, 1); err != nil {
		return err
	}
	defer s.use(context.WithoutCancel(ctx), usual)
	return do()
}

// setting writes the two numbers that the models of protection read.
func (s *Store) setting(ctx context.Context, threshold, release int64) error {
	err := s.fill(ctx, "stage_setting", "threshold bigint, release bigint", 1, func(int) []driver.Value { return row(threshold, release) })
	if err != nil {
		return err
	}
	return s.db.Exec(ctx, "create or replace table setting as select threshold, cast(release as integer) as release from stage_setting")
}

// hide reads the counts and the sums that tie them, lets protect decide, and
// writes the table hidden.
func (s *Store) hide(ctx context.Context, threshold int64, r *Protected) error {
	cols, err := s.db.Int64s(ctx, "select input, twin, value, cast(known as bigint), cast(small as bigint), low, high from guarded order by input")
	if err != nil {
		return err
	}
	t := &protect.Table{Threshold: threshold}
	inputs := cols[0]
	for i := range inputs {
		t.Cells = append(t.Cells, protect.Cell{
			Twin: int(cols[1][i]), Value: cols[2][i], Known: cols[3][i] != 0, Small: cols[4][i] != 0, Lo: cols[5][i], Hi: cols[6][i],
		})
	}
	terms, err := s.db.Int64s(ctx, "select sum, input, sign from term order by sum, sign, input")
	if err != nil {
		return err
	}
	all := make([]protect.Term, len(terms[0]))
	for i, input := range terms[1] {
		cell := sort.Search(len(inputs), func(j int) bool { return inputs[j] >= input })
		if cell == len(inputs) || inputs[cell] != input {
			return fmt.Errorf("sum %d has a part %d that is no guarded count", terms[0][i], input)
		}
		all[i] = protect.Term{Cell: cell, Sign: terms[2][i]}
	}
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && terms[0][to] == terms[0][from] {
			to++
		}
		t.Sums = append(t.Sums, all[from:to])
		from = to
	}
	marks, exposed := protect.Solve(t)
	r.Exposed = int64(exposed)
	return s.db.Fill(ctx, "hidden", duckdb.Columns("input bigint, mark bigint"), func(add func(...driver.Value) error) error {
		for i, m := range marks {
			if m != protect.Shown {
				if err := add(inputs[i], int64(m)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// tally counts what was published, and asserts the key of the values: two
// rows under one key would be two answers to one question.
func (s *Store) tally(ctx context.Context, r *Protected) error {
	var twice int64
	for _, c := range []struct {
		to    *int64
		query string
	}{
		{&r.Values, "select count(*) from public.value"},
		{&r.Observations, "select count(*) from public.observation"},
		{&r.Suppressed, "select count(*) from public.value where obs_status = 'Q' and conf_status in ('A', 'D')"},
		{&r.Hidden, "select count(*) from public.observation where conf_status = 'A'"},
		{&r.Secondary, "select count(*) from public.observation where conf_status = 'D'"},
		{&twice, `select count(*) from (
			select 1 from value group by indicator, area, period, base, territory, source_id having count(*) > 1)`},
	} {
		var err error
		if *c.to, err = s.db.Count(ctx, c.query); err != nil {
			return err
		}
	}
	if twice > 0 {
		return fmt.Errorf("%d keys of values occur twice; expected one row for each indicator, area, period, base period, territory and source", twice)
	}
	return nil
}

func (s *Store) releaseFacts(ctx context.Context, inst *config.Instance, release int) error {
	facts := [][2]string{
		{"release", fmt.Sprint(release)}, {"instance", inst.ID}, {"example", fmt.Sprint(inst.Example)}, {"region", inst.Region},
		{"reference_date", string(inst.ReferenceDate)}, {"today", string(inst.Today)}, {"threshold", fmt.Sprint(max(inst.Disclosure.Threshold, 0))},
	}
	if s.before > 0 {
		facts = append(facts, [2]string{"previous_release", fmt.Sprint(s.before)}, [2]string{"previous_today", s.beforeDay})
	}
	for _, l := range inst.Languages {
		facts = append(facts, [2]string{"licence_" + l, inst.Licence[l]}, [2]string{"name_" + l, inst.Name[l]})
		if inst.Example {
			facts = append(facts, [2]string{"note_" + l, inst.Words.Lang(l).T("nature.example")})
		}
	}
	sort.Slice(facts, func(i, j int) bool { return facts[i][0] < facts[j][0] })
	return s.fill(ctx, "release_fact", "key varchar, value varchar", len(facts), func(i int) []driver.Value { return row(facts[i][0], facts[i][1]) })
}

// published are the tables of the public file and the rows of each, already
// in the order of their keys. Nothing else is ever created in that file: a
// dropped table would leave its pages there.
var published = []struct{ table, rows string }{
	{"value", "select * from shown_value"},
	{"observation", "select * from shown_observation"},
	{"coverage", "select * from shown_coverage"},
	{"denominator", "select * from shown_denominator"},
	{"area", "select * exclude (area) from area order by area"},
	{"area_event", "select * from area_event order by id"},
	{"policy_event", "select * from policy_event order by id"},
	{"measure", "select id, m.* exclude (measure, id, total, total_id, protected, additive, whole), total_id as total from measure m order by id"},
	{"indicator", `select id, subject, kind, numerator_id as numerator, coalesce(n.id_of, '') as numerator_series, denominator_id as denominator, coalesce(d.id_of, '') as denominator_series,
		k.* exclude (indicator, id, subject, kind, numerator, numerator_series, denominator, denominator_series, numerator_id, denominator_id, basis, counted) replace (cast(back as integer) as back, cast(decimals as integer) as decimals)
		from indicator k
		left join (select series as of, id as id_of from series) n on n.of = k.numerator_series
		left join (select series as of, id as id_of from series) d on d.of = k.denominator_series
		order by id`},
	{"source", "select id, series_id as series, s.* exclude (source, id, series, series_id) from source s order by id"},
	{"accounting", "select source, snapshot, file, cells_read, accepted, refused, dropped_personal, layout from accounting order by source, file, snapshot"},
	{"refusal", `select * exclude (cell) replace (cast("row" as integer) as "row") from refusal order by source, file, snapshot, sheet, "row" nulls first, "column", code`},
	{"delivery", "select * from shown_delivery"},
	{"evidence", "select * from shown_evidence"},
	{"correction", "select * from shown_correction"},
	{"decision", "select * from shown_decision"},
	{"disagreement", "select * from shown_disagreement"},
	{"source_problem", "select * from source_problem order by source, file, code, sheet, \"column\""},
	{"rule_outcome", "select * from rule_outcome order by source, rule"},
	{"statement", "select * from said order by id"},
	{"statement_verdict", "select * from said_verdict order by statement, as_of, reading"},
	{"verdict_change", "select * replace (cast(release as integer) as release) from said_change order by release, statement, as_of"},
	{"request", "select * replace (cast(term_days as integer) as term_days, cast(days_silent as integer) as days_silent, cast(cells as integer) as cells) from asked order by id"},
	{"commitment", "select * from promised order by commitment, area, area_valid_from"},
	{"comparison", "select * from shown_comparison"},
	{"rank", "select * from shown_rank"},
	{"funnel", "select * from shown_funnel"},
	{"trend", "select * from shown_trend"},
	{"contribution", "select * from shown_contribution"},
	{"queue", "select * from shown_queue"},
	{"queue_test", "select * from shown_queue_test"},
	{"target", "select * from shown_target"},
	{"release", "select * from release_fact order by key"},
	{"change", "select * from shown_change"}, // after value, from which it is told
}

// publish writes the public file. It needs one thread: with more the same rows
// give other bytes on every run.
func (s *Store) publish(ctx context.Context, path string, r *Protected) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	for _, f := range []string{path, path + ".wal"} {
		if err := os.Remove(f); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	if err := s.db.Attach(ctx, path, "public"); err != nil {
		return err
	}
	err := s.db.Together(ctx, func() error {
		for _, t := range published {
			if t.table == "change" {
				if err := s.changes(ctx); err != nil {
					return err
				}
			}
			if err := s.db.CreateSteady(ctx, "public", t.table, t.rows); err != nil {
				return fmt.Errorf("public table %s: %w", t.table, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	// The rows of each in a transaction of their own: those of a shared one are
	// stored in the order in which they happen to lie in memory.
	for _, t := range published {
		if err := s.db.Exec(ctx, "insert into public."+duckdb.Quote(t.table)+" "+t.rows); err != nil {
			return fmt.Errorf("public table %s: %w", t.table, err)
		}
	}
	if err := s.tally(ctx, r); err != nil {
		return err
	}
	return s.db.Detach(ctx, "public")
}
