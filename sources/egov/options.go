// Package egov takes the rows of one data set from the open data portal
// data.egov.kz, API v4, all pages of it, and lays them out as a flat table.
package egov

import (
	"regexp"
	"time"

	"tereze/config"
	"tereze/sources/fetch"
)

// Options name a data set.
type Options struct {
	config.EgovConnection

	Env func(string) string // for tests; nil = the real environment
}

// The portal stops answering beyond about 40 requests a minute and key; two
// are left for a person who looks at it meanwhile.
var rate = fetch.Rate{Max: 38, Per: time.Minute}

var (
	datasetPattern = regexp.MustCompile(`^[\p{L}0-9_.-]+$`)
	versionPattern = regexp.MustCompile(`^(v[0-9]{1,4}|data)$`)
)

func (o *Options) fill() error {
	if o.Version == "" {
		o.Version = "v1"
	}
	if o.KeyEnv == "" {
		o.KeyEnv = "TEREZE_EGOV_KEY"
	}
	if o.PageSize <= 0 {
		o.PageSize = 1000
	}
	if o.MaxRows <= 0 {
		o.MaxRows = 1_000_000
	}
	if o.Base == "" {
		o.Base = "https://data.egov.kz"
	}
	if !datasetPattern.MatchString(o.Dataset) {
		return fetch.Fault("", fetch.BadOptions, "dataset %q is not the index of a data set; expected a name such as state_schools", o.Dataset)
	}
	if !versionPattern.MatchString(o.Version) {
		return fetch.Fault("", fetch.BadOptions, "version %q is not a version; expected v1, v2 … or data", o.Version)
	}
	if o.PageSize > 10_000 {
		return fetch.Fault("", fetch.BadOptions, "page_size %d is more than the portal gives at once; expected at most 10000", o.PageSize)
	}
	return nil
}
