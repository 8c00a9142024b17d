package sqlengine

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tereze/config"
	"tereze/sources/sqlengine/pgtest"
)

// BenchmarkPostgresCountsFiveMillionCases compares a source's answer with
// the bare query on the same engine: what the guards and the CSV cost. The
// ratio is the reported figure; seconds depend on the machine.
func BenchmarkPostgresCountsFiveMillionCases(b *testing.B) {
	s := pgtest.Start(b)
	if err := s.Exec(`CREATE UNLOGGED TABLE cases AS
		SELECT lpad((63000 + n % 300)::text, 9, '0') AS area, date '2019-01-01' + (n % 36) * 31 AS opened,
		       CASE WHEN n % 3 = 0 THEN 'large' ELSE 'low' END AS kind, (n % 100)::numeric AS money
		FROM generate_series(1, 5000000) AS n; ANALYZE cases`); err != nil {
		b.Fatal(err)
	}
	o := Options{SQLConnection: config.SQLConnection{Query: byAreaAndMonth, MaxRows: 300 * 36 * 2, Timeout: 300}, Persons: persons(b), Engine: "postgres", Name: "cases", Env: func(string) string { return s.DSN("tereze") }}
	var bare, ours time.Duration
	for b.Loop() {
		began := time.Now()
		conn, err := pgx.Connect(b.Context(), s.DSN("tereze"))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := conn.Query(b.Context(), byAreaAndMonth)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
		}
		if rows.Err() != nil || n == 0 {
			b.Fatal(n, rows.Err())
		}
		_ = conn.Close(b.Context())
		bare += time.Since(began)

		began = time.Now()
		if _, err := Fetch(b.Context(), o); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(began)
	}
	b.ReportMetric(ours.Seconds()/bare.Seconds(), "ours/bare")
}
