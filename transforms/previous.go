package transforms

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tereze/transforms/duckdb"
)

// previousColumns are those of the values that changes are told by.
const previousColumns = "indicator, area, area_valid_from, period, base_period, territory, source, value, unit, nature"

// Since names the values of the release before, as values.parquet holds them:
// Protect then says in the table change which numbers are new, other ones, or
// gone. The file is read and never written. Without Since the table is empty,
// as for a first release.
//
// A file that lacks a column or the day of its release, written by an older
// program, is an error; the caller goes on without it.
func (s *Store) Since(ctx context.Context, valuesPath string, release int) error {
	if _, err := os.Stat(valuesPath); err != nil {
		return err
	}
	file := duckdb.Text(valuesPath)
	var today string
	err := s.each(ctx, "select decode(value) from parquet_kv_metadata("+file+") where decode(key) = 'today'", func(scan func(...any) error) error { return scan(&today) })
	if err == nil && today == "" {
		err = errors.New("it does not say of what day it is")
	}
	if err == nil {
		err = s.db.Exec(ctx, "create or replace temp view previous_value as select "+previousColumns+" from read_parquet("+file+")")
	}
	if err != nil {
		return fmt.Errorf("release %d cannot be compared with: %w", release, err)
	}
	s.before, s.beforeDay = release, today
	return nil
}

// changes prepares what changed since the release before, for the public
// table of that. It runs once the values stand in the public file.
func (s *Store) changes(ctx context.Context) error {
	list := []string{"view current_value as select * from public.value"}
	if s.before == 0 { // nothing to be told against
		list = []string{"view current_value as select * from public.value where false", "view previous_value as select " + previousColumns + " from public.value where false"}
	}
	for _, x := range append(list, fmt.Sprintf("view told_against as select %d as since", s.before)) {
		if err := s.db.Exec(ctx, "create or replace temp "+x); err != nil {
			return err
		}
	}
	return s.run(ctx, "shown_change")
}
