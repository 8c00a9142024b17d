package main

import "strings"

// fault is one planned flaw of a report, or one of its signs.
type fault struct {
	source, area, measure string
	half                  int
	kind                  string // see the constants below
	text                  string
	fate                  fate // what the door must make of it
}

// Kinds of faults: a report that never comes, comes late, or misspells its
// district; a cell with other text, or with a number of the file format; a
// second line for the same cell; a line with a period or a measure that does
// not exist; a personal number where a count should stand.
const (
	missingReport  = "missing"
	lateReport     = "late"
	misspeltName   = "name"
	otherText      = "cell"
	otherNumber    = "number"
	secondLine     = "again"
	wrongPeriod    = "period"
	unknownLine    = "row"
	personalNumber = "personal"
)

type faultKey struct {
	source, area, measure string
	half                  int
}

func (p *plan) addFault(r map[string]string) error {
	half, err := halfIndex(r["period"])
	if err != nil {
		return err
	}
	f := fault{r["source"], r["area"], r["measure"], half, r["kind"], r["text"], fate(r["fate"])}
	if f.kind == unknownLine {
		p.extras = append(p.extras, f)
		return nil
	}
	p.faults[faultKey{f.source, f.area, f.measure, half}] = f
	return nil
}

// extra is a fault that adds a line to a report.
func (p plan) extra(kind, source, area string, half int) (fault, bool) {
	for _, f := range p.extras {
		if f.kind == kind && f.source == source && f.area == area && f.half == half {
			return f, true
		}
	}
	return fault{}, false
}

// fate is what becomes of a cell at the door: one of the words below, or the
// code of its refusal.
type fate string

const (
	accepted     fate = "accepted"
	reportedNil  fate = "nil"          // "-": accepted as zero
	unavailable  fate = "unavailable"  // "…": accepted without a value
	confidential fate = "confidential" // "x": accepted without a value
	notSupplied  fate = "not_supplied" // no cell was sent
	dropped      fate = "dropped_personal"
)

// refused reports whether the door must turn the cell away.
func (f fate) refused() bool {
	switch f {
	case accepted, reportedNil, unavailable, confidential, notSupplied, dropped:
		return false
	}
	return true
}

// String is the word of the truth file; a refusal shows its code.
func (f fate) String() string {
	if f.refused() {
		return "refused:" + string(f)
	}
	return string(f)
}

// split cuts "label|value" of a line with an unknown measure.
func (f fault) split() (label, value string) {
	label, value, _ = strings.Cut(f.text, "|")
	return label, value
}
