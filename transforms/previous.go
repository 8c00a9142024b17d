package transforms

import (
	"context"
	"fmt"
	"os"

	"tereze/transforms/duckdb"
)

// previousColumns are those of the values that changes are told by.
const previousColumns = "indicator, area, area_valid_from, period, base_period, territory, source, value, unit, nature"

// Since names the public database of the release before: Protect then says in
// the table change which numbers are new, other ones, or gone. It is read and
// never written. Without Since the table is empty, as for a first release.
//
// A file whose values have other columns, written by an older program, is an
// error; the caller goes on without it.
func (s *Store) Since(ctx context.Context, publicPath string, release int) error {
	if _, err := os.Stat(publicPath); err != nil {
		return err
	}
	if err := s.db.Exec(ctx, "attach "+duckdb.Text(publicPath)+" as previous (read_only)"); err != nil {
		return err
	}
	var today string
	err := s.each(ctx, "select value from previous.release where key = 'today'", func(scan func(...any) error) error { return scan(&today) })
	if err == nil {
		_, err = s.db.Count(ctx, "select count(*) from (select "+previousColumns+" from previous.value limit 1)")
	}
	if err != nil {
		_ = s.db.Exec(ctx, "detach previous") // the first error says what happened
		return fmt.Errorf("release %d cannot be compared with: %w", release, err)
	}
	s.before, s.beforeDay = release, today
	return nil
}

// changes prepares what changed since the release before, for the public
// table of that. It runs once the values stand in the public file.
func (s *Store) changes(ctx context.Context) error {
	now, then := "public.value", "previous.value"
	if s.before == 0 { // nothing to be told against
		now, then = "public.value where false", "public.value where false"
	}
	for _, view := range []string{
		"current_value as select * from " + now,
		fmt.Sprintf("previous_value as select %s from %s", previousColumns, then),
		fmt.Sprintf("told_against as select %d as since", s.before),
	} {
		if err := s.db.Exec(ctx, "create or replace temp view "+view); err != nil {
			return err
		}
	}
	return s.run(ctx, "shown_change")
}
