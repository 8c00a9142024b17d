package sources

import (
	"context"

	"tereze/config"
	"tereze/sources/egov"
	"tereze/sources/fetch"
	"tereze/sources/sqlengine"
	"tereze/sources/statgov"
	"tereze/sources/taldau"
	"tereze/sources/web"
)

// request is what a connector needs: the client of the run, the source, the
// validators of what is in use, and where secrets are read (nil = the
// environment).
type request struct {
	client *fetch.Client
	source config.Source
	known  fetch.Known
	env    func(string) string
	door   door // knows how columns about persons are named
}

// connector asks a source for its answers.
type connector func(ctx context.Context, r request) ([]fetch.Answer, error)

// connectors is the one table of kinds that are fetched.
var connectors = map[string]connector{
	"egov":       fromEgov,
	"taldau":     fromTaldau,
	"statgov":    fromStatgov,
	"web":        fromWeb,
	"sdmx":       fromWeb,
	"jsonstat":   fromWeb,
	"postgres":   fromSQL,
	"trino":      fromSQL,
	"clickhouse": fromSQL,
}

func fromEgov(ctx context.Context, r request) ([]fetch.Answer, error) {
	return egov.Fetch(ctx, r.client, egov.Options{EgovConnection: *r.source.Connection.Egov, Env: r.env}, r.known)
}

func fromTaldau(ctx context.Context, r request) ([]fetch.Answer, error) {
	return taldau.Fetch(ctx, r.client, taldau.Options{TaldauConnection: *r.source.Connection.Taldau}, r.known)
}

func fromStatgov(ctx context.Context, r request) ([]fetch.Answer, error) {
	return statgov.Fetch(ctx, r.client, statgov.Options{StatgovConnection: *r.source.Connection.Statgov}, r.known)
}

func fromWeb(ctx context.Context, r request) ([]fetch.Answer, error) {
	return web.Fetch(ctx, r.client, web.Options{WebConnection: *r.source.Connection.Web, Env: r.env}, r.known)
}

// fromSQL asks an engine; the name of its answer is the source's.
func fromSQL(ctx context.Context, r request) ([]fetch.Answer, error) {
	return sqlengine.Fetch(ctx, sqlengine.Options{
		SQLConnection: *r.source.Connection.SQL, Engine: r.source.Kind, Name: r.source.ID, Persons: r.door.finder, Env: r.env,
	})
}

// settled is the source with what its kind fixes and nobody needs to declare.
func settled(src config.Source) config.Source {
	if src.Connection != nil && src.Connection.SQL != nil || src.Aggregate != nil {
		src.Separator, src.Decimal, src.Encoding = ",", ".", "utf-8"
	}
	return src
}

// formatOf is the format of the bytes that are kept and read: counts of
// cases are CSV whatever the cases were.
func formatOf(src config.Source) string {
	if src.Aggregate != nil {
		return "csv"
	}
	return src.Format()
}
