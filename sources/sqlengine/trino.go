package sqlengine

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/trinodb/trino-go-client/trino"
)

// askTrino asks in a read-only transaction with a limit of time.
func askTrino(ctx context.Context, dsn string, o Options, query string, s *sink) (address string, err error) {
	config, err := trino.ParseDSN(dsn)
	if err != nil {
		return "", badDSN(o, "https://user:password@host:8443/catalog/schema")
	}
	server, err := url.Parse(config.ServerURI)
	if err != nil {
		return "", badDSN(o, "https://user:password@host:8443/catalog/schema")
	}
	address = "trino://" + server.Host + "/" + config.Catalog
	checked := config.SSLVerification == "" || strings.EqualFold(config.SSLVerification, "FULL")
	if !checked || server.Scheme != "https" && !near(server.Hostname()) {
		return address, unprotected(address, "https with SSLVerification=FULL")
	}
	if config.SessionProperties == nil {
		config.SessionProperties = map[string]string{}
	}
	config.SessionProperties["query_max_run_time"] = fmt.Sprintf("%ds", o.Timeout)
	limit := time.Duration(o.Timeout) * time.Second
	config.QueryTimeout = &limit
	config.Source, config.TimeZone = "tereze", "UTC"
	connector, err := trino.NewConnector(config)
	if err != nil {
		return address, err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return address, err
	}
	defer func() { _ = tx.Rollback() }() // nothing to keep
	return address, ask(ctx, tx, limited(query, o.MaxRows), s)
}
