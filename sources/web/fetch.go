// Package web takes files of a known format from plain addresses.
package web

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"tereze/config"
	"tereze/sources/fetch"
)

// Options name the addresses of one delivery.
type Options struct {
	config.WebConnection

	Env func(string) string // for tests; nil = the real environment
}

// Formats of files, and the form of their bytes.
var formats = map[string]fetch.Format{
	"csv": fetch.CSV, "xlsx": fetch.XLSX, "json": fetch.JSON, "parquet": fetch.Parquet,
	"sdmx-csv": fetch.CSV, "json-stat": fetch.JSON,
}

// What a statistical service must be asked for to give these forms.
var accept = map[string]string{
	"sdmx-csv":  "application/vnd.sdmx.data+csv;version=1.0.0, text/csv;q=0.8, */*;q=0.5",
	"json-stat": "application/json, */*;q=0.5",
}

var rate = fetch.Rate{Gap: 200 * time.Millisecond}

// Fetch takes every file; one that cannot be had fails the whole delivery,
// because a part of it would look like the whole.
func Fetch(ctx context.Context, client *fetch.Client, o Options, known fetch.Known) ([]fetch.Answer, error) {
	requests, err := o.requests(known)
	if err != nil {
		return nil, err
	}
	var answers []fetch.Answer
	for _, r := range requests {
		response, err := client.Do(ctx, r.request)
		if err != nil {
			return nil, err
		}
		answers = append(answers, response.Answer(r.name))
	}
	return answers, nil
}

type named struct {
	name    string
	request fetch.Request
}

// requests checks the options before anything is sent.
func (o Options) requests(known fetch.Known) ([]named, error) {
	format, ok := formats[o.Format]
	if !ok {
		return nil, fetch.Fault("", fetch.BadOptions, "format %q is not known; expected csv, xlsx, json, parquet, sdmx-csv or json-stat", o.Format)
	}
	if len(o.Addresses) == 0 {
		return nil, fetch.Fault("", fetch.BadOptions, "no addresses; expected at least one")
	}
	headers, query, secrets, err := o.secrets()
	if err != nil {
		return nil, err
	}
	var requests []named
	for _, address := range o.Addresses {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			return nil, fetch.Fault("", fetch.BadOptions, "an address cannot be read; expected https://host/path")
		}
		if err := public(u); err != nil {
			return nil, err
		}
		parameters := u.Query()
		for name, value := range query {
			parameters.Set(name, value)
		}
		if len(query) > 0 {
			u.RawQuery = parameters.Encode()
		}
		name := o.name(u)
		if slices.ContainsFunc(requests, func(r named) bool { return r.name == name }) {
			return nil, fetch.Fault("", fetch.BadOptions, "two addresses end in %q; expected a different name each", name)
		}
		requests = append(requests, named{name, fetch.Request{
			Address: u.String(), Header: headers, Secrets: secrets, Hosts: o.Hosts, Expect: format,
			Known: known[name], MaxBytes: int64(max(0, o.MaxMB)) << 20, Rate: rate,
		}})
	}
	return requests, nil
}

// secrets reads the environment and mixes its values into headers and query.
func (o Options) secrets() (headers, query map[string]string, secrets []string, err error) {
	headers, query = map[string]string{}, map[string]string{}
	if a := accept[o.Format]; a != "" {
		headers["Accept"] = a
	}
	for name, value := range o.Headers {
		if fetch.SecretName(name) || strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Cookie") {
			return nil, nil, nil, fetch.Fault("", fetch.BadOptions, "header %q usually carries a secret; name its environment variable under secret_headers", name)
		}
		headers[name] = value
	}
	take := func(from, into map[string]string) error {
		for name, variable := range from {
			value, err := fetch.Secret(o.Env, variable)
			if err != nil {
				return err
			}
			into[name] = value
			secrets = append(secrets, value)
			// "Bearer …" and the like: the word after the space is the secret.
			if _, bare, ok := strings.Cut(value, " "); ok {
				secrets = append(secrets, bare)
			}
		}
		return nil
	}
	if err := take(o.SecretHeaders, headers); err != nil {
		return nil, nil, nil, err
	}
	if err := take(o.SecretQuery, query); err != nil {
		return nil, nil, nil, err
	}
	return headers, query, secrets, nil
}

// public refuses an address with a secret in it: it stands in a file that
// everybody may read.
func public(u *url.URL) error {
	if u.User != nil {
		return fetch.Fault("", fetch.BadOptions, "an address of %s holds a user and a password; expected an environment variable under secret_headers", u.Host)
	}
	for name := range u.Query() {
		if fetch.SecretName(name) {
			return fetch.Fault("", fetch.BadOptions, "an address of %s holds the parameter %q; name its environment variable under secret_query", u.Host, name)
		}
	}
	return nil
}

// name is the end of the address, or, where it has none, the host.
func (o Options) name(u *url.URL) string {
	base := path.Base(u.Path)
	if base == "/" || base == "." {
		base = u.Hostname()
	}
	extension := map[string]string{"sdmx-csv": ".csv", "json-stat": ".json"}[o.Format]
	if extension == "" {
		extension = "." + o.Format
	}
	if !strings.EqualFold(path.Ext(base), extension) {
		base = fmt.Sprintf("%s%s", base, extension)
	}
	return base
}
