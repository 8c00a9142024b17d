package transforms

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"tereze/sources"
	"tereze/sources/sqlengine"
	"tereze/transforms/duckdb"
)

// CountCases counts a file of cases where it lies: the database reads it
// column by column and gives back the groups only.
func CountCases(ctx context.Context, c sources.Cases) (sqlengine.Counts, error) {
	path := c.Path
	if path == "" {
		held, release, err := inMemory(c.Data)
		if err != nil {
			return sqlengine.Counts{}, err
		}
		defer release()
		path = held
	}
	db, err := duckdb.Create("", runtime.GOMAXPROCS(0))
	if err != nil {
		return sqlengine.Counts{}, err
	}
	defer db.Close()
	read := map[string]string{"csv": "read_csv(%s)", "parquet": "read_parquet(%s)"}[c.Format]
	if read == "" {
		return sqlengine.Counts{}, fmt.Errorf("cases in the format %q cannot be counted; expected csv or parquet", c.Format)
	}
	counts, err := answer(ctx, db, c, fmt.Sprintf(read, duckdb.File(path)))
	return counts, withoutValues(err)
}

// answer takes every column as the text that the database writes for it, so
// that no digit is lost on the way. The file is opened once only: each time,
// the database would look anew at thousands of its lines.
func answer(ctx context.Context, db *duckdb.DB, c sources.Cases, file string) (out sqlengine.Counts, err error) {
	err = db.Exec(ctx, fmt.Sprintf("create temp table answer as with source as not materialized (select * from %s) select * from (%s) limit %d", file, c.Query, c.Limit))
	if err != nil {
		return out, err
	}
	rows, err := db.Query(ctx, "select column_name, column_type from (describe answer)")
	if err != nil {
		return out, err
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return out, err
		}
		out.Columns = append(out.Columns, name)
		out.Numeric = append(out.Numeric, isNumber(kind))
		texts = append(texts, "coalesce("+duckdb.Quote(name)+"::varchar, '')")
	}
	if err := rows.Err(); err != nil {
		return out, err
	}
	rows.Close()
	found, err := db.Query(ctx, "select "+strings.Join(texts, ", ")+" from answer")
	if err != nil {
		return out, err
	}
	defer found.Close()
	for found.Next() {
		row := make([]string, len(texts))
		into := make([]any, len(texts))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, row)
	}
	return out, found.Err()
}

func isNumber(kind string) bool {
	switch kind, _, _ = strings.Cut(kind, "("); kind {
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL":
		return true
	}
	return false
}

// withoutValues takes out of an error what the database quotes of the file:
// a line that it cannot read may be somebody's.
func withoutValues(err error) error {
	if err == nil {
		return nil
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	for _, mark := range []string{"Original Line", "Could not convert string", "value \"", "string '"} {
		if i := strings.Index(text, mark); i >= 0 {
			text = strings.TrimRight(text[:i], " :") + ": a cell does not have the type of its column"
		}
	}
	return fmt.Errorf("the file cannot be counted: %s", text)
}
