package transforms

import (
	"context"
	"database/sql"

	"tereze/transforms/duckdb"
)

// Public is the protected database, opened so that no other file can be
// reached through it.
type Public struct{ db *duckdb.DB }

// OpenPublic opens the protected database at path for reading.
func OpenPublic(path string) (*Public, error) {
	db, err := duckdb.OpenReadOnly(path, 1)
	if err != nil {
		return nil, err
	}
	return walled(context.Background(), db)
}

// walled takes an open database for readers; on an error it closes it.
func walled(ctx context.Context, db *duckdb.DB) (*Public, error) {
	if err := db.Wall(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return &Public{db}, nil
}

// Query runs one statement; readers may ask at the same time.
func (p *Public) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return p.db.Pool().QueryContext(ctx, query, args...)
}

// Close releases the database.
func (p *Public) Close() error { return p.db.Close() }
