package egov

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"tereze/sources/fetch"
)

// Fetch takes the field map and all rows: two answers, the rows first. The
// rows' body is a JSON array with one object a line and its keys sorted,
// because the portal gives neither an order of columns nor one answer for
// all pages. Validators do not help here: it gives none for rows, so an
// unchanged set shows by its Content.
func Fetch(ctx context.Context, client *fetch.Client, o Options, _ fetch.Known) ([]fetch.Answer, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	key, err := fetch.Secret(o.Env, o.KeyEnv)
	if err != nil {
		return nil, err
	}
	s := session{client: client, o: o, key: key}
	meta, err := s.meta(ctx)
	if err != nil {
		return nil, err
	}
	total, err := s.total(ctx)
	if err != nil {
		return nil, err
	}
	rows, last, err := s.rows(ctx, total)
	if err != nil {
		return nil, err
	}
	data := last.Answer(o.Dataset + "-" + o.Version + ".json")
	data.Address = s.address("/datasets/view", url.Values{"index": {o.Dataset}})
	data.Body, data.Content = document(rows), contentHash(rows)
	data.Headers = map[string]string{"Content-Type": "application/json; charset=utf-8", "Date": last.Header["Date"]}
	data.Validators = fetch.Validators{}
	return []fetch.Answer{data, meta.Answer(o.Dataset + "-" + o.Version + ".meta.json")}, nil
}

// session is one data set with its key.
type session struct {
	client *fetch.Client
	o      Options
	key    string
}

func (s session) address(path string, query url.Values) string {
	a := strings.TrimSuffix(s.o.Base, "/") + path
	if len(query) > 0 {
		a += "?" + query.Encode()
	}
	return a
}

func (s session) get(ctx context.Context, path string, query url.Values) (*fetch.Response, error) {
	return s.client.Do(ctx, fetch.Request{
		Address: s.address(path, query), Secrets: []string{s.key}, Expect: fetch.JSON, NoContent: true, Rate: rate,
	})
}

// meta asks for the field map, which needs no key.
func (s session) meta(ctx context.Context) (*fetch.Response, error) {
	r, err := s.get(ctx, "/meta/"+s.o.Dataset+"/"+s.o.Version, nil)
	var failure *fetch.Error
	if errors.As(err, &failure) && failure.Code == fetch.NotFound {
		failure.Hint = "look at " + s.address("/datasets/view", url.Values{"index": {s.o.Dataset}}) + " whether the set has a newer version"
	}
	if err != nil {
		return nil, err
	}
	if _, err := ParseMeta(r.Body); err != nil {
		return nil, at(err, r.Address)
	}
	return r, nil
}

// total asks how many rows there are; -1 where the set does not say.
func (s session) total(ctx context.Context) (int, error) {
	r, err := s.get(ctx, "/api/detailed/"+s.o.Dataset+"/"+s.o.Version, s.query(0, 1))
	var failure *fetch.Error
	if errors.As(err, &failure) && failure.Code == fetch.NotFound {
		return -1, nil // not every set has the detailed form
	}
	if err != nil {
		return 0, err
	}
	if len(r.Body) == 0 {
		return -1, nil
	}
	var answer struct {
		Total json.RawMessage `json:"totalCount"`
		Error json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal(fetch.TrimBOM(r.Body), &answer); err != nil {
		return -1, nil // a bare array: the short form under the long address
	}
	if len(answer.Error) > 0 {
		return 0, s.reported(r, answer.Error)
	}
	// A number in some sets, a text in others.
	n, err := strconv.Atoi(strings.Trim(string(answer.Total), `"`))
	if err != nil || n < 0 {
		return -1, nil
	}
	if n > s.o.MaxRows {
		return 0, fetch.Fault(r.Address, fetch.TooLarge, "holds %d rows; allowed are %d; narrow the query or raise max_rows", n, s.o.MaxRows)
	}
	return n, nil
}

// query is the portal's request: where to begin, how many, and what of it.
func (s session) query(from, size int) url.Values {
	source := map[string]any{"from": from, "size": size}
	if len(s.o.Query) > 0 {
		source["query"] = s.o.Query
	}
	if len(s.o.Sort) > 0 {
		var by []map[string]any
		for _, column := range s.o.Sort {
			by = append(by, map[string]any{column: map[string]string{"order": "asc"}})
		}
		source["sort"] = by
	}
	text, _ := json.Marshal(source) // maps of plain values always can
	return url.Values{"apiKey": {s.key}, "source": {string(text)}}
}

// reported is the error that the portal sends with status 200.
func (s session) reported(r *fetch.Response, said json.RawMessage) error {
	text := fetch.Redact(string(bytes.TrimSpace(said)), s.key)
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:200]) + "…"
	}
	e := fetch.Fault(r.Address, fetch.SourceError, "reports an error with status 200: %s", text)
	e.Status = r.Status
	return e
}

func at(err error, address string) error {
	var failure *fetch.Error
	if errors.As(err, &failure) && failure.Address == "" {
		failure.Address = address
	}
	return err
}
