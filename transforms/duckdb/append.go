package duckdb

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	godb "github.com/marcboeker/go-duckdb"
)

// Type is a type of a column that Go fills.
type Type string

// The types of columns. The driver's appender casts between types wrongly and
// without an error, so each takes one type of Go alone: int64, float64, string,
// string (2021-06-30; empty = no date), bool.
const (
	BigInt  Type = "BIGINT"
	Double  Type = "DOUBLE"
	Varchar Type = "VARCHAR"
	Date    Type = "DATE"
	Bool    Type = "BOOLEAN"
)

// Column is one column of a table that Go fills.
type Column struct {
	Name string
	Type Type
}

// Columns declares columns by words: "area bigint, code varchar, from date".
// It panics on an unknown type, which only a programmer can write.
func Columns(spec string) []Column {
	var out []Column
	for _, part := range strings.Split(spec, ",") {
		name, typ, _ := strings.Cut(strings.TrimSpace(part), " ")
		t := Type(strings.ToUpper(strings.TrimSpace(typ)))
		if t == "BOOL" {
			t = Bool
		}
		switch t {
		case BigInt, Double, Varchar, Date, Bool:
			out = append(out, Column{name, t})
		default:
			panic("duckdb: column " + name + " has the unknown type " + typ)
		}
	}
	return out
}

// Fill creates a table and fills it. fill gets a function that adds one row; a
// value is of the type of Go that its column takes, or nil for "no value". A
// row that does not fit is an error that names it, before the driver sees it:
// the driver would drop the whole batch and name nothing.
//
// It is one transaction, or part of the one that is open.
func (db *DB) Fill(ctx context.Context, table string, cols []Column, fill func(add func(...driver.Value) error) error) error {
	if db.inside {
		return db.fill(ctx, table, cols, fill)
	}
	return db.Together(ctx, func() error { return db.fill(ctx, table, cols, fill) })
}

func (db *DB) fill(ctx context.Context, table string, cols []Column, fill func(add func(...driver.Value) error) error) error {
	defs := make([]string, len(cols))
	for i, c := range cols {
		defs[i] = Quote(c.Name) + " " + string(c.Type)
	}
	if err := db.Exec(ctx, "create or replace table "+Quote(table)+" ("+strings.Join(defs, ", ")+")"); err != nil {
		return err
	}
	return db.raw(func(c driver.Conn) error {
		a, err := godb.NewAppenderFromConn(c, "", table)
		if err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
		n := 0
		stored := make([]driver.Value, len(cols))
		err = fill(func(row ...driver.Value) error {
			n++
			if len(row) != len(cols) {
				return fmt.Errorf("table %s, row %d: %d values for %d columns", table, n, len(row), len(cols))
			}
			for i, v := range row {
				if stored[i], err = cols[i].stored(v); err != nil {
					return fmt.Errorf("table %s, row %d, column %s: %w", table, n, cols[i].Name, err)
				}
			}
			return a.AppendRow(stored...)
		})
		if e := a.Close(); err == nil && e != nil {
			err = fmt.Errorf("table %s: %w", table, e)
		}
		return err
	})
}

// stored is the value as the driver takes it without casting.
func (c Column) stored(value driver.Value) (driver.Value, error) {
	if value == nil {
		return nil, nil
	}
	switch v := value.(type) {
	case int64:
		if c.Type == BigInt {
			return v, nil
		}
	case float64:
		if c.Type == Double {
			return v, nil
		}
	case bool:
		if c.Type == Bool {
			return v, nil
		}
	case string:
		switch c.Type {
		case Varchar:
			return strings.ToValidUTF8(v, "\uFFFD"), nil
		case Date:
			return day(v)
		}
	}
	return nil, fmt.Errorf("%T does not fit %s", value, c.Type)
}

// day is a date as the driver takes it: at midnight of UTC, in whose zone the
// driver looks for the day.
func day(text string) (driver.Value, error) {
	if text == "" {
		return nil, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return nil, fmt.Errorf("%q is no date; expected one such as 2021-06-30", text)
	}
	return t, nil
}
