// Package statgov takes the element files that stat.gov.kz offers for
// download: workbooks, tables of text, JSON.
package statgov

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"tereze/config"
	"tereze/sources/fetch"
)

// Options name an element and the form in which to take it.
type Options struct {
	config.StatgovConnection
}

var rate = fetch.Rate{Gap: time.Second}

var languagePattern = regexp.MustCompile(`^[a-z]{2}$`)

func (o *Options) fill() error {
	if o.Format == "" {
		o.Format = "xlsx"
	}
	if o.Language == "" {
		o.Language = "ru"
	}
	if o.MaxMB <= 0 {
		o.MaxMB = 64
	}
	if o.Base == "" {
		o.Base = "https://stat.gov.kz"
	}
	switch {
	case o.Element <= 0:
		return fetch.Fault("", fetch.BadOptions, "element %d is not the number of an element; expected the number in the address of the download, such as 6584", o.Element)
	case o.Format != "xlsx" && o.Format != "csv" && o.Format != "json":
		return fetch.Fault("", fetch.BadOptions, "format %q is not offered; expected xlsx, csv or json", o.Format)
	case !languagePattern.MatchString(o.Language):
		return fetch.Fault("", fetch.BadOptions, "language %q is not a language; expected ru, kk or en", o.Language)
	}
	return nil
}

// Address is where the element can be downloaded by hand, too.
func (o Options) Address() string {
	form := map[string]string{"csv": "csv/", "json": "json/"}[o.Format]
	return fmt.Sprintf("%s/api/iblock/element/%d/%sfile/%s/", strings.TrimSuffix(o.Base, "/"), o.Element, form, o.Language)
}

// Fetch takes the file as one answer. A legacy .xls workbook, which the
// site sends under the same address as an .xlsx one, is refused with the
// link under which a person can get and convert it.
func Fetch(ctx context.Context, client *fetch.Client, o Options, known fetch.Known) ([]fetch.Answer, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	name := fmt.Sprintf("element-%d-%s.%s", o.Element, o.Language, o.Format)
	r, err := client.Do(ctx, fetch.Request{
		Address: o.Address(), Expect: fetch.Format(o.Format), Known: known[name],
		MaxBytes: int64(o.MaxMB) << 20, Rate: rate,
	})
	var failure *fetch.Error
	switch {
	case errors.As(err, &failure) && failure.Code == fetch.LegacyXLS:
		failure.Hint = fmt.Sprintf("download %s, open it, save it as .xlsx (Excel Workbook) and put it into the instance's data folder as a source of kind xlsx; or take format csv or json if the element has it", o.Address())
		return nil, failure
	case errors.As(err, &failure) && failure.Code == fetch.NotFound:
		failure.Hint = "new releases have new numbers: look up the element on the publisher's page of spreadsheets"
		return nil, failure
	case err != nil:
		return nil, err
	}
	return []fetch.Answer{r.Answer(name)}, nil
}
