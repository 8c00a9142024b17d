package sqlengine

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"tereze/sources/fetch"
)

// Types of PostgreSQL that an answer may have; lists, documents and other
// compound types could carry many people in one cell.
var (
	pgNumbers = []uint32{pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID, pgtype.Float4OID, pgtype.Float8OID, pgtype.NumericOID}
	pgOthers  = []uint32{pgtype.BoolOID, pgtype.TextOID, pgtype.VarcharOID, pgtype.BPCharOID, pgtype.NameOID, pgtype.DateOID, pgtype.TimestampOID, pgtype.TimestamptzOID, pgtype.UnknownOID}
)

// askPostgres asks in one read-only transaction with a limit of time.
// Values come as the engine's own text, so no digit is lost on the way.
func askPostgres(ctx context.Context, dsn string, o Options, query string, s *sink) (address string, err error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return "", badDSN(o, "postgres://user:password@host:5432/database?sslmode=verify-full")
	}
	address = "postgres://" + net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))) + "/" + config.Database
	if err := pgProtected(config, address); err != nil {
		return address, err
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return address, err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = conn.Close(closing)
	}()
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{AccessMode: pgx.ReadOnly, IsoLevel: pgx.RepeatableRead})
	if err != nil {
		return address, err
	}
	for _, setting := range []string{
		fmt.Sprintf("SET LOCAL statement_timeout = %d", o.Timeout*1000),
		"SET LOCAL lock_timeout = 10000",
		"SET LOCAL datestyle = 'ISO, YMD'",
		"SET LOCAL timezone = 'UTC'",
	} {
		if _, err := tx.Exec(ctx, setting); err != nil {
			return address, err
		}
	}
	// Prepared first: names and types are looked at before a row is read.
	// The extended protocol also takes no second statement.
	prepared, err := conn.PgConn().Prepare(ctx, "tereze", limited(query, o.MaxRows), nil)
	if err != nil {
		return address, err
	}
	var names []string
	var numeric []bool
	for _, f := range prepared.Fields {
		names = append(names, f.Name)
		numeric = append(numeric, slices.Contains(pgNumbers, f.DataTypeOID))
	}
	if err := s.columns(names, numeric); err != nil {
		return address, err
	}
	for i, f := range prepared.Fields {
		if !numeric[i] && !slices.Contains(pgOthers, f.DataTypeOID) {
			return address, fetch.Fault("", WrongColumn, "column %q is a list, a document or of another special type; expected numbers, texts and dates (a name of a list of values: cast it to text)", f.Name)
		}
	}
	rows := conn.PgConn().ExecPrepared(ctx, "tereze", nil, nil, nil)
	for rows.NextRow() {
		values := rows.Values()
		row := make([]string, len(values))
		for i, v := range values {
			row[i] = string(v)
		}
		if err := s.add(row); err != nil {
			return address, err // closing the connection ends the rest
		}
	}
	if _, err := rows.Close(); err != nil {
		return address, err
	}
	return address, tx.Rollback(ctx) // nothing to keep
}

// pgProtected insists on a checked certificate for every host that the
// driver might turn to, this machine excepted.
func pgProtected(c *pgx.ConnConfig, address string) error {
	const want = "sslmode=verify-full (and sslrootcert=FILE for an authority of your own)"
	if !near(c.Host) && (c.TLSConfig == nil || c.TLSConfig.InsecureSkipVerify) {
		return unprotected(address, want)
	}
	for _, f := range c.Fallbacks {
		if !near(f.Host) && (f.TLSConfig == nil || f.TLSConfig.InsecureSkipVerify) {
			return unprotected(address, want)
		}
	}
	return nil
}
