package transforms

import (
	"database/sql/driver"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

// standing is how a source stands on the day of the release: when what is in
// use of it was taken and, where something newer should be in use, since when
// it was not confirmed and why.
type standing struct {
	retrieved, since model.Date
	days             int
	reason           string // code; empty = nothing newer is known of
}

// standingOf reads it off the deliveries of the source.
func standingOf(src config.Source, all []sources.Delivery) standing {
	s := standing{retrieved: src.RetrievedOn}
	if !src.Networked() {
		return s
	}
	for i := range all {
		d := &all[i]
		if d.Source.ID != src.ID {
			continue
		}
		if d.Stale {
			s.since, s.days = d.Since, d.Age
		}
		for _, p := range d.Problems {
			switch {
			case d.Stale && p.Args["since"] != "", p.Code == sources.NotFetched:
				s.reason = p.Code
			}
		}
		if d.Stale || !refused(d) {
			s.retrieved = max(s.retrieved, d.Snapshot.RetrievedOn)
		}
	}
	return s
}

// refused reports whether nothing of a delivery is in use.
func refused(d *sources.Delivery) bool {
	for _, p := range d.Problems {
		if p.Level == model.Error && p.Place.Row == 0 {
			return true
		}
	}
	return false
}

// row is the standing as the table of sources holds it.
func (s standing) row() []driver.Value {
	var days driver.Value
	if s.since != "" {
		days = int64(s.days)
	}
	return []driver.Value{string(s.retrieved), string(s.since), days, s.reason}
}
