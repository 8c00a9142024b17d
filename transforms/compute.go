package transforms

import (
	"context"
	"database/sql/driver"
	"fmt"
	"sort"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/transforms/duckdb"
	"tereze/transforms/statistics"
)

// Compute turns observations into the values of all indicators: first the
// sums of areas from their parts, then all formulas of a kind at once, then
// the instance's own models in the order of what they read.
func (s *Store) Compute(ctx context.Context, inst *config.Instance) (Computed, error) {
	var c Computed
	if err := s.formulas(ctx, inst); err != nil {
		return c, err
	}
	if err := s.restate(ctx, inst); err != nil {
		return c, err
	}
	var err error
	if c.Inputs, err = s.db.Count(ctx, "select count(*) from input"); err != nil {
		return c, err
	}
	c.Values, err = s.db.Count(ctx, "select count(*) from all_value")
	return c, err
}

// formulas computes all values as reported.
func (s *Store) formulas(ctx context.Context, inst *config.Instance) error {
	if err := s.run(ctx, "input"); err != nil {
		return err
	}
	if err := s.garwood(ctx, "input"); err != nil {
		return err
	}
	if err := s.run(ctx, "count", "ratio", "difference", "timely"); err != nil {
		return err
	}
	if err := s.ownModels(ctx, inst); err != nil {
		return err
	}
	return s.run(ctx, "value", "coverage")
}

// garwood writes the exact limits of each count in a table of counts that a
// rate divides; SQL has no quantiles of the chi-squared distribution.
func (s *Store) garwood(ctx context.Context, counts string) error {
	rows, err := s.db.Query(ctx, `select distinct cast(i.value as bigint) from `+duckdb.Quote(counts)+` i join indicator k on k.numerator = i.measure
		where k.kind = 'rate' and i.value >= 0 and i.value = trunc(i.value) and i.value < 1e9 order by 1`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var events []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return err
		}
		events = append(events, n)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	return s.fill(ctx, "garwood", "events double, lower double, upper double", len(events), func(i int) []driver.Value {
		lo, hi := statistics.Garwood(events[i], 0.95)
		return row(float64(events[i]), lo, hi)
	})
}

// modelColumns are what an own model may return beside its key, each with
// the value that stands where it returns none.
var modelColumns = []struct{ name, absent string }{
	{"base_period", "''"}, {"territory", "'as_reported'"}, {"value", "null::double"}, {"lower", "null::double"}, {"upper", "null::double"},
	{"interval_kind", "''"}, {"numerator", "null::double"}, {"denominator", "null::double"}, {"qualifier", "''"},
	{"basis", "''"}, {"obs_status", "'A'"}, {"conf_status", "'F'"}, {"reason", "''"}, {"nature", "''"},
}

// ownModels runs the .sql files of the instance. A model reads the views
// observations and earlier_values, which have the columns of the published
// files, and returns at least area, area_valid_from, period, series and value.
func (s *Store) ownModels(ctx context.Context, inst *config.Instance) error {
	if err := s.db.Exec(ctx, `create or replace table value_model as select * from value_count limit 0`); err != nil {
		return err
	}
	order, err := modelOrder(inst.Indicators)
	if err != nil || len(order) == 0 {
		return err
	}
	if err := s.run(ctx, "views"); err != nil {
		return err
	}
	for _, k := range order {
		if err := s.ownModel(ctx, k, inst.Models[k.Model]); err != nil {
			return fmt.Errorf("models/%s, indicator %s: %w", k.Model, k.ID, err)
		}
	}
	return nil
}

func (s *Store) ownModel(ctx context.Context, k model.Indicator, text string) error {
	text = strings.TrimRight(strings.TrimSpace(text), ";")
	if text == "" {
		return fmt.Errorf("the file is missing or empty; expected one select")
	}
	if err := s.db.Exec(ctx, "create or replace temp table own_model as "+text); err != nil {
		return err
	}
	have, err := s.columns(ctx, "own_model")
	if err != nil {
		return err
	}
	for _, must := range []string{"area", "area_valid_from", "period", "series", "value"} {
		if !have[must] {
			return fmt.Errorf("the model returns no column %s; expected area, area_valid_from, period, series and value", must)
		}
	}
	full := "create or replace temp table own_rows as select area, area_valid_from, period, series"
	for _, c := range modelColumns {
		if have[c.name] {
			full += ", " + c.name
		} else {
			full += ", " + c.absent + " as " + duckdb.Quote(c.name)
		}
	}
	if err := s.db.Exec(ctx, full+" from own_model"); err != nil {
		return err
	}
	if err := s.db.Exec(ctx, "create or replace temp table own_indicator as select * from indicator where id = "+duckdb.Text(k.ID)); err != nil {
		return err
	}
	lost, err := s.db.Count(ctx, `select count(*) from own_rows o
		left join area a on a.code = o.area and a.valid_from = cast(o.area_valid_from as date)
		left join period p on p.name = o.period left join series s on s.id = o.series
		where a.area is null or p.period is null or s.series is null`)
	if err != nil {
		return err
	}
	if lost > 0 {
		return fmt.Errorf("%d rows name an area, period or series that no observation has", lost)
	}
	return s.run(ctx, "model")
}

func (s *Store) columns(ctx context.Context, table string) (map[string]bool, error) {
	rows, err := s.db.Query(ctx, "select column_name from (describe "+duckdb.Quote(table)+")")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]bool{}
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		have[n] = true
	}
	return have, rows.Err()
}

// modelOrder puts own models behind the models whose values they read.
func modelOrder(list []model.Indicator) ([]model.Indicator, error) {
	own := map[string]model.Indicator{}
	var names []string
	for _, k := range list {
		if k.Kind == model.Model {
			own[k.ID] = k
			names = append(names, k.ID)
		}
	}
	sort.Strings(names)
	var out []model.Indicator
	state := map[string]int{} // 1 = being placed, 2 = placed
	var place func(id string) error
	place = func(id string) error {
		k, mine := own[id]
		if !mine || state[id] == 2 {
			return nil
		}
		if state[id] == 1 {
			return fmt.Errorf("indicator %s reads its own values through after; expected an order without a circle", id)
		}
		state[id] = 1
		for _, before := range k.After {
			if err := place(before); err != nil {
				return err
			}
		}
		state[id] = 2
		out = append(out, k)
		return nil
	}
	for _, id := range names {
		if err := place(id); err != nil {
			return nil, err
		}
	}
	return out, nil
}
