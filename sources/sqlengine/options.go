// Package sqlengine lets a database count cases where they lie and takes
// only the counts: one aggregate as CSV, never a person's row.
package sqlengine

import (
	"context"
	"regexp"
	"time"

	"tereze/config"
	"tereze/sources/fetch"
	"tereze/sources/personal"
)

// Options name an engine, the query it is to answer, and how much of an
// answer is believable.
type Options struct {
	config.SQLConnection

	Engine  string              // postgres (also Citus, Greenplum), trino or clickhouse
	Name    string              // of the answer: the snapshot is NAME.csv
	Persons *personal.Finder    // knows how columns about persons are named; without one nothing passes
	Env     func(string) string // for tests; nil = the real environment
	Now     func() time.Time    // for tests; nil = time.Now
}

// Codes of refusals of this package, beside those of package fetch.
const (
	NotAnAggregate fetch.Code = "sql_not_an_aggregate"
	PersonalData   fetch.Code = "sql_personal_data"
	TooManyRows    fetch.Code = "sql_too_many_rows"
	WrongColumn    fetch.Code = "sql_wrong_column"
	EngineError    fetch.Code = "sql_engine_error"
)

// largestAnswer bounds max_rows: more groups than this are no statistics.
const largestAnswer = 2_000_000

var namePattern = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func (o *Options) fill() error {
	if o.DSNEnv == "" {
		o.DSNEnv = "TEREZE_SQL_DSN"
	}
	if o.Timeout <= 0 {
		o.Timeout = 300
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	switch {
	case engines[o.Engine] == nil:
		return fetch.Fault("", fetch.BadOptions, "engine %q is not known; expected postgres, trino or clickhouse", o.Engine)
	case !namePattern.MatchString(o.Name):
		return fetch.Fault("", fetch.BadOptions, "name %q cannot name a file; expected letters, digits, - and _", o.Name)
	case o.MaxRows <= 0 || o.MaxRows > largestAnswer:
		return fetch.Fault("", fetch.BadOptions, "max_rows is %d; expected the number of areas × periods × categories, at most %d", o.MaxRows, largestAnswer)
	}
	return nil
}

// engine runs a checked query and puts its columns and rows into the sink.
// It gives back the address for people, without user and password.
type engine func(ctx context.Context, dsn string, o Options, query string, s *sink) (address string, err error)

// engines is the one table of what can be asked.
var engines = map[string]engine{
	"postgres":   askPostgres,
	"trino":      askTrino,
	"clickhouse": askClickHouse,
}

// Fetch asks the engine and gives back one answer, a CSV with sorted rows,
// so that the same counts are the same bytes.
func Fetch(ctx context.Context, o Options) ([]fetch.Answer, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	query, err := checkQuery(o.Query, o.Engine)
	if err != nil {
		return nil, err
	}
	dsn, err := fetch.Secret(o.Env, o.DSNEnv)
	if err != nil {
		return nil, err
	}
	// The engine has its own limit; this one is for an engine that hangs.
	ctx, cancel := context.WithTimeout(ctx, time.Duration(o.Timeout)*time.Second+15*time.Second)
	defer cancel()
	s := &sink{max: o.MaxRows, persons: o.Persons}
	address, err := engines[o.Engine](ctx, dsn, o, query, s)
	if err != nil {
		return nil, explain(ctx, err, address, dsn)
	}
	body, err := s.csv()
	if err != nil {
		return nil, explain(ctx, err, address, dsn)
	}
	return []fetch.Answer{{
		Name: o.Name + ".csv", Address: address, Body: body, At: o.Now().UTC(),
		Headers: map[string]string{"Content-Type": "text/csv; charset=utf-8", "X-Engine": o.Engine},
	}}, nil
}

// limited asks for one row more than is believable, so that too many are
// noticed and never more than that leave the engine.
func limited(query string, max int) string {
	return "SELECT * FROM (\n" + query + "\n) AS answer LIMIT " + itoa(max+1)
}
