package main

import (
	"context"
	"testing"

	"tereze/sources"
	"tereze/sources/snapshot"
)

// The readers must find in the forms exactly the value cells that the plan
// put there: no total, title or footnote counted, no cell lost.
func TestReadersFindThePlannedCells(t *testing.T) {
	in, ex := loaded(t), generated(t)
	store, err := snapshot.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range ex.accounting {
		s, ok := in.Source(a.source)
		if !ok {
			t.Fatalf("no source %s in the instance", a.source)
		}
		deliveries, problems := sources.Deliver(context.Background(), in, s, store)
		for _, p := range problems {
			t.Errorf("%s: %v", a.source, p)
		}
		records, personal := 0, 0
		for _, d := range deliveries {
			records += len(d.Records)
			personal += int(d.DroppedPersonal)
		}
		if records != a.accepted+a.refused || personal != a.dropped {
			t.Errorf("%s: %d records and %d dropped, planned %d and %d", a.source, records, personal, a.accepted+a.refused, a.dropped)
		}
	}
}
