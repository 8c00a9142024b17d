package duckdb

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	godb "github.com/marcboeker/go-duckdb"
)

// joined is how many rows one Arrow batch holds: the driver yields 2,048 at
// a time, each with its own overhead in the file.
const joined = 1 << 16

// WriteTable reads the rows of a query once and writes them as an Arrow IPC
// file and as CSV lines. Keep the query to a plain read of a table: it cannot
// be cancelled and its answer is held in memory.
//
// file may be nil. line gets the first column of each row and the row as a
// CSV line with its line end; the header line comes first, with header true.
// The line is only valid during the call.
func (db *DB) WriteTable(ctx context.Context, query string, file io.WriteSeeker, line func(header bool, first string, text []byte) error) error {
	return db.records(ctx, query, func(schema *arrow.Schema, next func() (arrow.Record, bool)) error {
		var out *ipc.FileWriter
		if file != nil {
			var err error
			if out, err = ipc.NewFileWriter(file, ipc.WithSchema(db.described(schema)), ipc.WithAllocator(memory.DefaultAllocator)); err != nil {
				return err
			}
		}
		csv := newLines(schema)
		if line != nil {
			if err := line(true, "", csv.header()); err != nil {
				return err
			}
		}
		var batch []arrow.Record
		rows := int64(0)
		flush := func() error {
			if len(batch) == 0 || out == nil {
				return nil
			}
			rec, err := join(schema, batch)
			if err == nil {
				err = out.Write(rec)
				rec.Release()
			}
			for _, b := range batch {
				b.Release()
			}
			batch, rows = batch[:0], 0
			return err
		}
		for {
			rec, ok := next()
			if !ok {
				break
			}
			if line != nil {
				if err := csv.each(rec, line); err != nil {
					return err
				}
			}
			if out == nil {
				continue
			}
			rec.Retain()
			batch = append(batch, rec)
			if rows += rec.NumRows(); rows >= joined {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		if err := flush(); err != nil {
			return err
		}
		if out == nil {
			return nil
		}
		return out.Close()
	})
}

// described is the schema with what the file says of itself.
func (db *DB) described(schema *arrow.Schema) *arrow.Schema {
	if len(db.about) == 0 {
		return schema
	}
	var keys, texts []string
	for _, f := range db.about {
		keys, texts = append(keys, f[0]), append(texts, f[1])
	}
	about := arrow.NewMetadata(keys, texts)
	return arrow.NewSchema(schema.Fields(), &about)
}

// join copies batches into one record. It copies value by value: under a
// null the driver leaves whatever its memory held, which would differ from
// run to run and might be something that was hidden.
func join(schema *arrow.Schema, batch []arrow.Record) (arrow.Record, error) {
	rows := 0
	for _, b := range batch {
		rows += int(b.NumRows())
	}
	out := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer out.Release()
	for i := range schema.NumFields() {
		out.Field(i).Reserve(rows)
		for _, b := range batch {
			if err := copyColumn(out.Field(i), b.Column(i)); err != nil {
				return nil, fmt.Errorf("column %s: %w", schema.Field(i).Name, err)
			}
		}
	}
	return out.NewRecord(), nil
}

func copyColumn(to array.Builder, from arrow.Array) error {
	switch a := from.(type) {
	case *array.String:
		copyValues(to.(*array.StringBuilder), a)
	case *array.Float64:
		copyValues(to.(*array.Float64Builder), a)
	case *array.Int64:
		copyValues(to.(*array.Int64Builder), a)
	case *array.Int32:
		copyValues(to.(*array.Int32Builder), a)
	case *array.Date32:
		copyValues(to.(*array.Date32Builder), a)
	case *array.Boolean:
		copyValues(to.(*array.BooleanBuilder), a)
	default:
		return fmt.Errorf("no Arrow column is written for %s", from.DataType())
	}
	return nil
}

type builder[T any] interface {
	Append(T)
	AppendNull()
}

type values[T any] interface {
	Len() int
	IsNull(int) bool
	Value(int) T
}

func copyValues[T any](to builder[T], from values[T]) {
	for i, n := 0, from.Len(); i < n; i++ {
		if from.IsNull(i) {
			to.AppendNull()
		} else {
			to.Append(from.Value(i))
		}
	}
}

// Int64s reads a query whose columns are all BIGINT and never null, column
// by column; it is many times faster than scanning rows.
func (db *DB) Int64s(ctx context.Context, query string) ([][]int64, error) {
	var cols [][]int64
	err := db.records(ctx, query, func(schema *arrow.Schema, next func() (arrow.Record, bool)) error {
		cols = make([][]int64, schema.NumFields())
		for {
			rec, ok := next()
			if !ok {
				return nil
			}
			for i := range cols {
				a, ok := rec.Column(i).(*array.Int64)
				if !ok || a.NullN() > 0 {
					return fmt.Errorf("column %s: expected whole numbers without gaps, found %s", schema.Field(i).Name, rec.Column(i).DataType())
				}
				cols[i] = append(cols[i], a.Int64Values()...)
			}
		}
	})
	return cols, err
}

func (db *DB) records(ctx context.Context, query string, use func(*arrow.Schema, func() (arrow.Record, bool)) error) error {
	err := db.raw(func(c driver.Conn) error {
		a, err := godb.NewArrowFromConn(c)
		if err != nil {
			return err
		}
		rd, err := a.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer rd.Release()
		err = use(rd.Schema(), func() (arrow.Record, bool) {
			if ctx.Err() != nil || !rd.Next() {
				return nil, false
			}
			return rd.Record(), true
		})
		if err == nil {
			err = rd.Err()
		}
		if err == nil {
			err = ctx.Err()
		}
		return err
	})
	return named(err, query)
}
