package transforms

import (
	"fmt"

	"tereze/config"
	"tereze/model"
)

// Report says what became of everything that was read.
type Report struct {
	Sources      []SourceReport // every source of the instance, by id
	Observations int64          // rows of the table, missing ones included
	Refusals     []Refusal      // by source, file, row, column
	Released     int64          // cells that a rule spoke against and a person released
	Warnings     []model.Problem
}

// SourceReport is the accounting of one source.
type SourceReport struct {
	ID, Kind  string
	Snapshots []string // hashes, by file
	Files     []string
	model.Accounting
	Reasons map[string]int64 // refused cells by code
}

// Refusal is one cell that was not accepted, or with Row 0 a whole file. It
// is private: its hint may quote the file.
type Refusal struct {
	Source string
	Code   string
	Place  model.Place
	Hint   string
}

// DataError is an error of the data themselves, not of the program or its
// settings: nothing may be published until a person has looked at it.
type DataError interface {
	error
	dataError()
}

func (*AccountingError) dataError() {}
func (*CorrectionError) dataError() {}

// CorrectionError means that a source no longer gives the known error that
// an entry of corrections.yaml puts right.
type CorrectionError struct {
	Entry config.Correction
	Given string // what the source gives now; empty = the value is gone
}

func (e *CorrectionError) Error() string {
	c := e.Entry
	given := fmt.Sprintf("gives %q now", e.Given)
	if e.Given == "" {
		given = "has no such value any more"
	}
	return fmt.Sprintf("%s: correction %s: source %s %s for %s, area %s, period %s; expected the known error %q. Remove the entry, or write down the new error",
		c.Place, c.ID, c.Source, given, c.Measure, c.Area, c.Period, c.Published)
}

// AccountingError means that value cells were lost or counted twice between
// reading and the tables. Nothing may be published then.
type AccountingError struct {
	Source   string
	Snapshot string
	Counted  model.Accounting
}

func (e *AccountingError) Error() string {
	a := e.Counted
	return fmt.Sprintf("source %s, snapshot %.12s: %d value cells were read, but %d accepted + %d refused + %d dropped as personal are %d; expected the same number, nothing is published",
		e.Source, e.Snapshot, a.Read, a.Accepted, a.Refused, a.DroppedPersonal, a.Accepted+a.Refused+a.DroppedPersonal)
}

// Computed says what the formulas gave.
type Computed struct {
	Inputs int64 // observations and sums that formulas may use
	Values int64
}

// Protected says what the wall let through and what it hid.
type Protected struct {
	Values       int64 // rows of the public value table
	Observations int64
	Suppressed   int64 // values with the status Q because of protection
	Hidden       int64 // observations hidden because small (A)
	Secondary    int64 // observations hidden so that those cannot be worked out (D)
	Exposed      int64 // small counts that published figures give away whatever is hidden here
}

// Exported says what was written.
type Exported struct {
	Files   int      // all of them
	Bytes   int64    // of all
	Written []string // names of those that were not handed to Put, in no order
}
