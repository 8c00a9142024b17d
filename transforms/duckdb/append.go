package duckdb

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"

	godb "github.com/marcboeker/go-duckdb"
)

// Type is a type of a column that Go fills.
type Type string

// The types of columns. The driver's appender casts wrongly without an error
// to anything but the first three, so a Date is appended as text (empty = no
// date) and a Bool as 0 or 1, and SQL casts them.
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

func (c Column) staged() Type {
	switch c.Type {
	case Date:
		return Varchar
	case Bool:
		return BigInt
	}
	return c.Type
}

func (c Column) cast() string {
	name := Quote(c.Name)
	switch c.Type {
	case Date:
		return "cast(nullif(" + name + ", '') as date) as " + name
	case Bool:
		return name + " <> 0 as " + name
	}
	return name
}

// Fill creates a table and fills it through a staging table of whole
// numbers, floating-point numbers and texts. fill gets a function that adds
// one row; a value is an int64, float64 or string fitting its column, or nil
// for "no value". A row that does not fit is an error that names it, before
// the driver sees it: the driver would drop the whole batch and name nothing.
//
// It is one transaction, or part of the one that is open.
func (db *DB) Fill(ctx context.Context, table string, cols []Column, fill func(add func(...driver.Value) error) error) error {
	if db.inside {
		return db.fill(ctx, table, cols, fill)
	}
	return db.Together(ctx, func() error { return db.fill(ctx, table, cols, fill) })
}

func (db *DB) fill(ctx context.Context, table string, cols []Column, fill func(add func(...driver.Value) error) error) error {
	staging := table
	casts := make([]string, len(cols))
	defs := make([]string, len(cols))
	for i, c := range cols {
		defs[i] = Quote(c.Name) + " " + string(c.staged())
		casts[i] = c.cast()
		if c.staged() != c.Type {
			staging = "stage_" + table
		}
	}
	if err := db.Exec(ctx, "create or replace table "+Quote(staging)+" ("+strings.Join(defs, ", ")+")"); err != nil {
		return err
	}
	if err := db.append(staging, cols, fill); err != nil || staging == table {
		return err
	}
	return db.Exec(ctx, "create or replace table "+Quote(table)+" as select "+strings.Join(casts, ", ")+" from "+Quote(staging)+
		"; drop table "+Quote(staging))
}

func (db *DB) append(table string, cols []Column, fill func(add func(...driver.Value) error) error) error {
	return db.raw(func(c driver.Conn) error {
		a, err := godb.NewAppenderFromConn(c, "", table)
		if err != nil {
			return fmt.Errorf("staging table %s: %w", table, err)
		}
		n := 0
		add := func(row ...driver.Value) error {
			n++
			if len(row) != len(cols) {
				return fmt.Errorf("staging table %s, row %d: %d values for %d columns", table, n, len(row), len(cols))
			}
			for i, v := range row {
				want := cols[i].staged()
				ok := v == nil
				switch v := v.(type) {
				case int64:
					ok = want == BigInt
				case float64:
					ok = want == Double
				case string:
					ok = want == Varchar
					row[i] = strings.ToValidUTF8(v, "\uFFFD")
				}
				if !ok {
					return fmt.Errorf("staging table %s, row %d, column %s: %T does not fit %s", table, n, cols[i].Name, v, want)
				}
			}
			return a.AppendRow(row...)
		}
		err = fill(add)
		if e := a.Close(); err == nil && e != nil {
			err = fmt.Errorf("staging table %s: %w", table, e)
		}
		return err
	})
}
