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
	c := r.source.Connection.Egov
	return egov.Fetch(ctx, r.client, egov.Options{
		Dataset: c.Dataset, Version: c.Version, KeyEnv: c.KeyEnv, Query: c.Query, Sort: c.Sort, UniqueBy: c.UniqueBy,
		Repeats: c.Repeats, PageSize: c.PageSize, MaxRows: c.MaxRows, Base: c.Base, Env: r.env,
	}, r.known)
}

func fromTaldau(ctx context.Context, r request) ([]fetch.Answer, error) {
	c := r.source.Connection.Taldau
	return taldau.Fetch(ctx, r.client, taldau.Options{
		Index: c.Index, Period: c.Period, Cuts: c.Cuts, Dates: c.Dates, Language: c.Language, Base: c.Base,
	}, r.known)
}

func fromStatgov(ctx context.Context, r request) ([]fetch.Answer, error) {
	c := r.source.Connection.Statgov
	return statgov.Fetch(ctx, r.client, statgov.Options{
		Element: c.Element, Format: c.Format, Language: c.Language, MaxMB: c.MaxMB, Base: c.Base,
	}, r.known)
}

func fromWeb(ctx context.Context, r request) ([]fetch.Answer, error) {
	c := r.source.Connection.Web
	return web.Fetch(ctx, r.client, web.Options{
		Addresses: c.Addresses, Format: c.Format, Hosts: c.Hosts, Headers: c.Headers,
		SecretHeaders: c.SecretHeaders, SecretQuery: c.SecretQuery, MaxMB: c.MaxMB, Env: r.env,
	}, r.known)
}

// fromSQL asks an engine; the name of its answer is the source's.
func fromSQL(ctx context.Context, r request) ([]fetch.Answer, error) {
	c := r.source.Connection.SQL
	return sqlengine.Fetch(ctx, sqlengine.Options{
		Engine: r.source.Kind, DSNEnv: c.DSNEnv, Name: r.source.ID, Query: c.Query,
		MaxRows: c.MaxRows, Timeout: c.Timeout, Env: r.env,
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
