package transforms

import (
	"context"
	"database/sql/driver"
	"math"

	"tereze/config"
)

// check gives every cell its fate: what the cell and its neighbours decide,
// then what its place among areas and in time does.
func (s *Store) check(ctx context.Context) error {
	if s.unchecked {
		return s.run(ctx, "cell_unchecked")
	}
	if err := s.run(ctx, "cell"); err != nil {
		return err
	}
	var all []objection
	note := func(rule string, cells []int64) error {
		if len(cells) == 0 {
			return nil
		}
		for _, c := range cells {
			all = append(all, objection{c, rule})
		}
		return s.refuse(ctx, all)
	}
	if err := s.refuse(ctx, nil); err != nil { // the tables are there in any case
		return err
	}
	if err := s.run(ctx, "jumping"); err != nil {
		return err
	}
	jumps, err := s.walk(ctx, "jumping", jumped)
	if err == nil {
		err = note("jump", jumps)
	}
	if err != nil {
		return err
	}
	if err := s.run(ctx, "falling"); err != nil {
		return err
	}
	falls, err := s.walk(ctx, "falling", fell)
	if err == nil {
		err = note("running_count", falls)
	}
	if err != nil {
		return err
	}
	if err := s.run(ctx, "added"); err != nil {
		return err
	}
	missed, err := s.db.Int64s(ctx, "select cell from added where misses order by cell")
	if err == nil {
		err = note("sum", missed[0])
	}
	if err != nil {
		return err
	}
	return s.run(ctx, "rule_outcome")
}

// objection is what one rule has against one cell.
type objection struct {
	cell int64
	rule string
}

// refuse takes the cells that rules speak against, and nobody released, out
// of what the next rule sees.
func (s *Store) refuse(ctx context.Context, all []objection) error {
	err := s.fill(ctx, "objection", "cell bigint, rule varchar", len(all), func(i int) []driver.Value {
		return row(all[i].cell, all[i].rule)
	})
	if err != nil {
		return err
	}
	return s.run(ctx, "questioned")
}

// point is one value on its way through time, with what rounding allows.
type point struct {
	cell, course, day  int64
	value, least, most float64
	jump, jumpFrom     float64
}

// jumped reports whether a value is further from the one before than the
// declared factor allows.
func jumped(before, p point) bool {
	return math.Abs(p.value-before.value) >= p.jumpFrom && p.value != before.value &&
		(p.value > before.value*p.jump || before.value > p.value*p.jump)
}

// fell reports whether a running count is below an earlier one, whatever
// rounding allows.
func fell(before, p point) bool { return p.day > before.day && p.most < before.least }

// walk goes along each course from value to value and gives the cells that
// are wrong against the last one that was not, or that a person released.
func (s *Store) walk(ctx context.Context, table string, wrong func(before, p point) bool) ([]int64, error) {
	rows, err := s.db.Query(ctx, "select cell, course, day, value, least, most, jump, jump_from from "+table+" order by course, day, cell")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	released := map[int64]bool{}
	for _, d := range s.staged.Decided {
		if d.Fits && s.decisions[d.Entry].Decision == config.Release {
			released[d.Cell] = true
		}
	}
	var out []int64
	var last point
	known := false
	for rows.Next() {
		var p point
		if err := rows.Scan(&p.cell, &p.course, &p.day, &p.value, &p.least, &p.most, &p.jump, &p.jumpFrom); err != nil {
			return nil, err
		}
		switch {
		case !known || p.course != last.course:
		case wrong(last, p):
			out = append(out, p.cell)
			if !released[p.cell] {
				continue
			}
		}
		last, known = p, true
	}
	return out, rows.Err()
}

// ruleTables write what the door asks of each measure of each source.
func (s *Store) ruleTables(ctx context.Context, inst *config.Instance, x ids) error {
	var rules, allowed, gaps [][]driver.Value
	number := func(f *float64) driver.Value {
		if f == nil {
			return nil
		}
		return *f
	}
	for _, src := range inst.Sources {
		for _, m := range inst.Measures {
			r := inst.RulesOf(src, m)
			listed := false
			if src.Contract != nil {
				for _, c := range src.Contract.Measures {
					for _, v := range c.Allowed {
						if c.ID == m.ID {
							allowed = append(allowed, row(x.sources[src.ID], x.measures[m.ID], v))
							listed = true
						}
					}
				}
			}
			rules = append(rules, row(x.sources[src.ID], x.measures[m.ID], m.Unit == "percent", m.Counts.Protected(),
				number(r.Min), number(r.Max), listed, number(r.Jump), number(r.JumpFrom), number(r.SumTolerance)))
		}
	}
	for _, m := range inst.Measures {
		if t := m.Rules.Over(inst.Rules).GapTolerance; t != nil {
			gaps = append(gaps, row(x.measures[m.ID], *t))
		}
	}
	for _, t := range []struct {
		name, columns string
		rows          [][]driver.Value
	}{
		{"rule", "source bigint, measure bigint, percent bool, protected bool, least double, most double, listed bool, jump double, jump_from double, sum_tolerance double", rules},
		{"allowed", "source bigint, measure bigint, value double", allowed},
		{"gap", "measure bigint, tolerance double", gaps},
	} {
		if err := s.fill(ctx, t.name, t.columns, len(t.rows), func(i int) []driver.Value { return t.rows[i] }); err != nil {
			return err
		}
	}
	return nil
}
