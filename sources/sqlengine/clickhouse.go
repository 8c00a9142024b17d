package sqlengine

import (
	"context"
	"net"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// askClickHouse asks with the engine's own read-only setting; it has no
// transactions.
func askClickHouse(ctx context.Context, dsn string, o Options, query string, s *sink) (address string, err error) {
	options, err := clickhouse.ParseDSN(dsn)
	if err != nil || len(options.Addr) == 0 {
		return "", badDSN(o, "clickhouse://user:password@host:9440/database?secure=true")
	}
	address = "clickhouse://" + strings.Join(options.Addr, ",") + "/" + options.Auth.Database
	for _, a := range options.Addr {
		host, _, err := net.SplitHostPort(a)
		if err != nil {
			host = a
		}
		if !near(host) && (options.TLS == nil || options.TLS.InsecureSkipVerify) {
			return address, unprotected(address, "secure=true without skip_verify")
		}
	}
	if strings.Contains(dsn, "debug=") {
		return address, badDSN(o, "one without debug, which would print the answer")
	}
	if options.Settings == nil {
		options.Settings = clickhouse.Settings{}
	}
	options.Settings["max_execution_time"] = o.Timeout
	options.Settings["max_result_rows"] = o.MaxRows + 1
	options.Settings["readonly"] = 2 // reads only, but may set the limits above
	options.ReadTimeout = time.Duration(o.Timeout)*time.Second + 10*time.Second
	db := clickhouse.OpenDB(options)
	defer db.Close()
	return address, ask(ctx, db, limited(query, o.MaxRows), s)
}
