package transforms

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tereze/transforms/duckdb"
)

// previousColumns are those of the values that changes are told by.
const previousColumns = "indicator, area, area_valid_from, period, base_period, territory, source, value, unit, nature"

// Since names what is kept of the release before: its values.parquet, or the
// public database that earlier programs kept. Protect then says in the table
// change which numbers are new, other ones, or gone. The file is read and never
// written. Without Since the table is empty, as for a first release.
//
// A file that lacks a column or the day of its release is an error; the caller
// goes on without it.
func (s *Store) Since(ctx context.Context, path string, release int) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	today, err := s.valuesBefore(ctx, path)
	if err == nil && today == "" {
		err = errors.New("it does not say of what day it is")
	}
	if err != nil {
		return fmt.Errorf("release %d cannot be compared with: %w", release, err)
	}
	s.before, s.beforeDay = release, today
	return nil
}

// valuesBefore prepares the values of the release before, and gives its day.
func (s *Store) valuesBefore(ctx context.Context, path string) (today string, err error) {
	facts, values := "(select decode(key) as key, decode(value) as value from parquet_kv_metadata("+duckdb.File(path)+"))", "read_parquet("+duckdb.File(path)+")"
	if filepath.Ext(path) == ".duckdb" {
		if err := s.db.Exec(ctx, "attach "+duckdb.Text(path)+" as previous (read_only)"); err != nil {
			return "", err
		}
		facts, values = "previous.release", "previous.value"
	}
	err = s.each(ctx, "select value from "+facts+" where key = 'today'", func(scan func(...any) error) error { return scan(&today) })
	if err == nil {
		err = s.db.Exec(ctx, "create or replace temp view previous_value as select "+previousColumns+" from "+values)
	}
	return today, err
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
