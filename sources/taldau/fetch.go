// Package taldau takes one index of the Taldau system of the Bureau of
// National Statistics and lays it out as a flat table in a fixed order.
package taldau

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tereze/config"
	"tereze/sources/fetch"
)

// Options name an index, its kind of period and its cuts.
type Options struct {
	config.TaldauConnection
}

// The system is slow and answers with errors when it is hurried.
var rate = fetch.Rate{Gap: 1500 * time.Millisecond}

var languagePattern = regexp.MustCompile(`^[a-z]{2}$`)

func (o *Options) fill() error {
	if len(o.Cuts) == 0 {
		o.Cuts = []int{68}
	}
	if o.Language == "" {
		o.Language = "ru"
	}
	if o.Base == "" {
		o.Base = "https://taldau.stat.gov.kz"
	}
	switch {
	case o.Index <= 0:
		return fetch.Fault("", fetch.BadOptions, "index %d is not the number of an index; expected a number such as 704447", o.Index)
	case o.Period <= 0:
		return fetch.Fault("", fetch.BadOptions, "period %d is not a kind of period; expected a number such as 7 for years", o.Period)
	case !languagePattern.MatchString(o.Language):
		return fetch.Fault("", fetch.BadOptions, "language %q is not a language; expected ru, kk or en", o.Language)
	}
	return nil
}

// Fetch takes the index as one answer with the system's own bytes.
func Fetch(ctx context.Context, client *fetch.Client, o Options, known fetch.Known) ([]fetch.Answer, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	name := fmt.Sprintf("taldau-%d-%d.json", o.Index, o.Period)
	r, err := o.ask(ctx, client, known[name])
	if err != nil {
		return nil, err
	}
	answer := r.Answer(name)
	if answer.Unchanged {
		return []fetch.Answer{answer}, nil
	}
	// The order of rows and periods changes from answer to answer, so the
	// content has a hash of its own; a body that cannot be read has none.
	if columns, rows, err := Table(r.Body); err != nil {
		err.(*fetch.Error).Address = r.Address
		return nil, err
	} else {
		answer.Content = contentHash(columns, rows)
	}
	return []fetch.Answer{answer}, nil
}

// ask sends the request with a session; a session that the system has
// forgotten shows as an empty answer and is renewed once.
func (o Options) ask(ctx context.Context, client *fetch.Client, known fetch.Validators) (*fetch.Response, error) {
	for renewed := false; ; renewed = true {
		cookies, err := o.session(ctx, client)
		if err != nil {
			return nil, err
		}
		r, err := client.Do(ctx, fetch.Request{
			Address: o.address(), Cookies: cookies, Known: known, Rate: rate,
			Header: map[string]string{"X-Requested-With": "XMLHttpRequest", "Referer": o.home()},
			Expect: fetch.JSON, AllowEmpty: true,
		})
		if err != nil {
			return nil, err
		}
		if r.Unchanged || !nothing(r.Body) {
			return r, nil
		}
		if renewed {
			e := fetch.Fault(r.Address, fetch.Empty, "answers with nothing, also with a new session; expected rows")
			e.Hint = "look on the site whether the index has this kind of period and these cuts"
			e.Status = r.Status
			return nil, e
		}
	}
}

// session opens the start page as a reader does; the cookie it sets is
// the session.
func (o Options) session(ctx context.Context, client *fetch.Client) ([]*http.Cookie, error) {
	r, err := client.Do(ctx, fetch.Request{Address: o.home(), Expect: fetch.Page, Rate: rate})
	if err != nil {
		return nil, err
	}
	return r.Cookies, nil
}

func (o Options) home() string { return strings.TrimSuffix(o.Base, "/") + "/" + o.Language + "/" }

func (o Options) address() string {
	query := url.Values{"period": {strconv.Itoa(o.Period)}, "dics": {list(o.Cuts)}}
	if len(o.Dates) > 0 {
		query.Set("dateIds", strings.Join(o.Dates, ","))
	}
	return o.home() + "Api/GetIndexData/" + strconv.Itoa(o.Index) + "?" + query.Encode()
}

func list(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ",")
}

// nothing is how a forgotten session answers, always with status 200.
func nothing(body []byte) bool {
	b := bytes.TrimSpace(fetch.TrimBOM(body))
	return len(b) == 0 || string(b) == "[]" || string(b) == "null"
}
