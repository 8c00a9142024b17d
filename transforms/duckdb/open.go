package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	godb "github.com/marcboeker/go-duckdb"
)

// DB is one open database. All statements run on one connection, so that
// temporary tables, settings and attached files are seen by the next one.
type DB struct {
	pool   *sql.DB
	conn   *sql.Conn
	about  [][2]string // of the files it writes
	inside bool        // a transaction is open

	attached map[string]string   // paths of attached files, by name
	steady   map[string][]string // tables created in them
}

// sessions is how many of a database's sessions stay open when nobody asks:
// a new one costs more than most questions.
const sessions = 16

// blockSize is the size in bytes of the blocks of the files it writes, the
// least there is: every column of every table takes one of its own, and with
// the usual 262144 a region's public file is three times as large. Such files
// are read by DuckDB 1.1 and later.
const blockSize = 16384

// Create opens a new, empty database file with the given number of threads;
// what was at path is removed. An empty path keeps the database in memory.
//
// Threads belong to the database, not to a connection: with more than one,
// the same rows give different bytes in files on every run.
//
// What was written last may lie in path.wal after Close: packing it into the
// file takes a tenth of a small build, and whoever opens the file next gets
// it either way. Files for readers are packed by Detach.
func Create(path string, threads int) (*DB, error) {
	if path != "" {
		for _, f := range []string{path, path + ".wal"} {
			if err := os.Remove(f); err != nil && !os.IsNotExist(err) {
				return nil, err
			}
		}
	}
	return open(path, threads, fmt.Sprintf("&default_block_size=%d", blockSize), "pragma disable_checkpoint_on_shutdown")
}

// OpenReadOnly opens a database file for reading by this program, which may
// write other files from it (COPY).
func OpenReadOnly(path string, threads int) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return open(path, threads, "&access_mode=read_only")
}

// Wall shuts the database in: nothing but its own file can be read through
// it any more, in any session. A read-only handle alone could still attach
// another file, or write one with COPY.
func (db *DB) Wall(ctx context.Context) error {
	return db.Exec(ctx, "set enable_external_access=false; set lock_configuration=true")
}

// open opens a database with everything set before its first thread starts:
// threads that are taken back are paid for twice.
func open(path string, threads int, options string, settings ...string) (*DB, error) {
	if path != "" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		if strings.ContainsAny(abs, "?%#") {
			return nil, fmt.Errorf("%s: a database cannot lie at a path with ?, %% or #; choose another folder", path)
		}
		path = abs
	}
	// Without the first two a misspelt function can make the library ask its
	// extension host for a plug-in.
	c, err := godb.NewConnector(fmt.Sprintf("%s?autoinstall_known_extensions=false&autoload_known_extensions=false&preserve_insertion_order=true&threads=%d%s",
		path, threads, options), nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	pool := sql.OpenDB(c)
	pool.SetMaxIdleConns(sessions)
	ctx := context.Background()
	conn, err := pool.Conn(ctx)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	db := &DB{pool: pool, conn: conn, attached: map[string]string{}, steady: map[string][]string{}}
	for _, s := range settings {
		if err := db.Exec(ctx, s); err != nil {
			db.Close()
			return nil, err
		}
	}
	return db, nil
}

// Close releases the database; what was written is then in its file. Of a
// second session it ends no more than that.
func (db *DB) Close() error {
	err := db.conn.Close()
	if db.pool == nil {
		return err
	}
	if e := db.pool.Close(); err == nil {
		err = e
	}
	return err
}

// Exec runs one or several statements that return nothing.
func (db *DB) Exec(ctx context.Context, query string, args ...any) error {
	_, err := db.conn.ExecContext(ctx, query, args...)
	return named(err, query)
}

// Together runs statements as one transaction: all of them hold or none, and
// the file is written once instead of after each. Keep queries that join out
// of it: of tables made in the same transaction the planner knows no sizes.
func (db *DB) Together(ctx context.Context, do func() error) error {
	if err := db.Exec(ctx, "begin transaction"); err != nil {
		return err
	}
	db.inside = true
	defer func() { db.inside = false }()
	if err := do(); err != nil {
		// The first error says what happened; that of the rollback would hide it.
		_ = db.Exec(context.WithoutCancel(ctx), "rollback")
		return err
	}
	return db.Exec(ctx, "commit")
}

// Query runs one statement and returns its rows; close them before the next
// statement.
func (db *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := db.conn.QueryContext(ctx, query, args...)
	return rows, named(err, query)
}

// Count runs a query whose answer is one whole number.
func (db *DB) Count(ctx context.Context, query string, args ...any) (int64, error) {
	var n sql.NullInt64
	err := db.conn.QueryRowContext(ctx, query, args...).Scan(&n)
	return n.Int64, named(err, query)
}

// Beside is a second session of the same database, for work at the same time.
// Close it before the first one.
func (db *DB) Beside(ctx context.Context) (*DB, error) {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &DB{conn: conn, about: db.about}, nil
}

// Rest ends the sessions that nobody uses. With them the database gives back
// to the system what memory it does not need.
func (db *DB) Rest() {
	db.pool.SetMaxIdleConns(0)
	db.pool.SetMaxIdleConns(sessions)
}

// Pool is the database as a pool of connections, safe for many readers at once.
func (db *DB) Pool() *sql.DB { return db.pool }

// raw lends the driver's own connection.
func (db *DB) raw(use func(driver.Conn) error) error {
	return db.conn.Raw(func(c any) error { return use(c.(driver.Conn)) })
}

// named adds the first line of the statement to an error, which is the
// comment that says what the model is about.
func named(err error, query string) error {
	if err == nil {
		return nil
	}
	head := strings.TrimSpace(query)
	if i := strings.IndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	if len(head) > 90 {
		head = strings.ToValidUTF8(head[:90], "") + "…"
	}
	return fmt.Errorf("sql %q: %w", strings.TrimPrefix(head, "-- "), err)
}

// Quote writes an identifier or, with single quotes, a text for SQL. It is
// the one place where SQL is put together from names.
func Quote(identifier string) string {
	return `"` + strings.ReplaceAll(identifier, `"`, `""`) + `"`
}

// Text writes a string literal for statements that take no parameters, such
// as COPY and ATTACH.
func Text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// File writes the path of a file for functions that read files. They take
// *, ? and [ for patterns: in brackets each stands for itself.
func File(path string) string {
	return Text(strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path))
}
