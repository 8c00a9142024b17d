// Package downloads writes the files of the site that are not pages: each
// indicator as JSON and as a workbook, the descriptions of the data for
// machines, and the static interface; all from the values the pages show.
package downloads

import (
	"tereze/config"
	"tereze/dashboard/public"
)

// File is one file of the site.
type File struct {
	Path  string // below the site's root
	Bytes []byte
}

// Set is what all files are made from; nothing changes it.
type Set struct {
	In      config.Public
	Data    *public.Data
	Release int
	Sizes   map[string]int64 // files below data/ that exist already
}

// Job makes some files. Jobs are independent of each other.
type Job func() ([]File, error)

// Jobs are the files that can be made in any order.
func (s *Set) Jobs() []Job {
	var out []Job
	for _, ind := range s.In.Indicators {
		out = append(out,
			func() ([]File, error) { return s.workbook(ind) },
			func() ([]File, error) { return s.indicatorJSON(ind) },
			func() ([]File, error) { return s.apiValues(ind) })
	}
	for _, f := range StatisticFiles {
		out = append(out, func() ([]File, error) { return s.statisticFile(f) })
	}
	return append(out, s.api)
}
