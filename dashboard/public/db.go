// Package public reads the protected database once into read-only
// structures: in come its tables, out come values by indicator, area, period
// and source that pages can share between languages and workers.
package public

import "context"

// DB is the query interface the site is given; it is open on the protected
// database and on nothing else.
type DB interface {
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
}

// Rows is the part of a result set that is needed; *sql.Rows fits.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Close() error
	Err() error
}
