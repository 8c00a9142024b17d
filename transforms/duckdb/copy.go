package duckdb

import (
	"context"
	"fmt"
	"strings"
)

// WriteParquet writes the rows of a query as a Parquet file. Open the
// database with one thread, or the bytes differ from run to run.
func (db *DB) WriteParquet(ctx context.Context, query, path string) error {
	about := ""
	for i, f := range db.about {
		if i > 0 {
			about += ", "
		}
		about += Quote(f[0]) + ": " + Text(f[1])
	}
	if about != "" {
		about = ", kv_metadata {" + about + "}"
	}
	return db.Exec(ctx, "copy ("+query+") to "+Text(path)+" (format parquet, compression zstd"+about+")")
}

// About sets what every Parquet and Arrow file says of itself from now on,
// as keys and texts in this order.
func (db *DB) About(facts [][2]string) { db.about = facts }

// Attach opens another database file beside this one under the name.
func (db *DB) Attach(ctx context.Context, path, name string) error {
	db.attached[name] = path
	return db.Exec(ctx, "attach "+Text(path)+" as "+Quote(name))
}

// Detach writes what is left of an attached file, lets it go, and sets to
// zero what is unused in it.
func (db *DB) Detach(ctx context.Context, name string) error {
	if err := db.Exec(ctx, "checkpoint "+Quote(name)); err != nil {
		return err
	}
	segments, err := db.textSegments(ctx, name)
	if err != nil {
		return err
	}
	if err := db.Exec(ctx, "detach "+Quote(name)); err != nil {
		return err
	}
	err = wipe(db.attached[name], blockSize, segments)
	delete(db.attached, name)
	delete(db.steady, name)
	return err
}

// Threads sets how many threads the whole database may use.
func (db *DB) Threads(ctx context.Context, n int) error {
	return db.Exec(ctx, fmt.Sprintf("set threads=%d", n))
}

// CreateSteady creates a table of an attached file with the columns of a query,
// stored so that the same rows give the same bytes. Left to itself the database packs
// what its memory happens to hold under a null (bit packing) and between the
// parts of a segment (ALP, FSST) into the file: a few bytes that differ from
// run to run, and nobody can say whose they were. Plain numbers and texts by
// dictionary have no such gaps.
func (db *DB) CreateSteady(ctx context.Context, schema, table, query string) error {
	types := "select column_name, column_type from (describe " + query + ")"
	if of, whole := strings.CutPrefix(query, "select * from "); whole && !strings.ContainsAny(of, " (") {
		types = "select name, type from pragma_table_info(" + Text(of) + ")" // known already, where describe plans anew
	}
	rows, err := db.Query(ctx, types)
	if err != nil {
		return err
	}
	defer rows.Close()
	var defs []string
	for rows.Next() {
		var name, typ string
		if err := rows.Scan(&name, &typ); err != nil {
			return err
		}
		compression := "uncompressed"
		if typ == "VARCHAR" {
			compression = "dictionary"
		}
		defs = append(defs, Quote(name)+" "+typ+" using compression "+compression)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	name := Quote(schema) + "." + Quote(table)
	if err := db.Exec(ctx, "create table "+name+" ("+strings.Join(defs, ", ")+")"); err != nil {
		return err
	}
	db.steady[schema] = append(db.steady[schema], table)
	return nil
}
