package transforms

import (
	"context"
	"database/sql"

	"tereze/transforms/duckdb"
)

// Public is the protected database, opened so that no other file can be
// reached through it.
type Public struct{ db *duckdb.DB }

// OpenPublic opens the protected database for reading.
func OpenPublic(path string) (*Public, error) {
	db, err := duckdb.OpenWalled(path)
	if err != nil {
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
