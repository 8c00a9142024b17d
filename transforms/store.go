package transforms

import (
	"context"
	"embed"
	"fmt"
	"os"
	"path/filepath"

	"tereze/config"
	"tereze/transforms/door"
	"tereze/transforms/duckdb"
)

//go:embed sql/*.sql
var models embed.FS

// Of a district's or region's data each statement is over before a second
// thread has woken up: with one, a small build takes a tenth less of the
// processor. A country's cells are worth two. Published files are always
// written with one.
const (
	manyCells   = 20_000
	fewThreads  = 1
	manyThreads = 2
)

// Store is the private database of one instance. It is rebuilt on each run:
// Load, then Compute, then Protect.
type Store struct {
	db       *duckdb.DB
	staged   *door.Staged
	verdicts *VerdictLog
	told     []told // problems of sources as a whole

	decisions []config.Decision // of the instance that was loaded

	threads int // of the database

	before    int    // the release that changes are told against; 0 = none
	beforeDay string // the day it was built as

	unchecked bool // a benchmark's: stage and cast only
}

// Open creates the private database at path, replacing what was there. An
// empty path keeps it in memory.
func Open(path string) (*Store, error) {
	log := ""
	if path != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		log = filepath.Join(filepath.Dir(path), "verdicts.json")
	}
	verdicts, err := openVerdictLog(log)
	if err != nil {
		return nil, err
	}
	db, err := duckdb.Create(path, fewThreads)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, verdicts: verdicts, threads: fewThreads}
	if err := s.run(context.Background(), "macros"); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// Close releases the database.
func (s *Store) Close() error { return s.db.Close() }

// use sets how many threads the database has, where that is another number.
func (s *Store) use(ctx context.Context, threads int) error {
	if threads == s.threads {
		return nil
	}
	s.threads = threads
	return s.db.Threads(ctx, threads)
}

// run executes models by the names of their files.
func (s *Store) run(ctx context.Context, names ...string) error {
	for _, n := range names {
		text, err := models.ReadFile("sql/" + n + ".sql")
		if err != nil {
			return err
		}
		if err := s.db.Exec(ctx, string(text)); err != nil {
			return fmt.Errorf("model %s: %w", n, err)
		}
	}
	return nil
}
