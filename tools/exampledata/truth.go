package main

import (
	"fmt"
	"sort"
	"strconv"
)

// account is what must become of one source's value cells.
type account struct {
	source                           string
	read, accepted, refused, dropped int
}

func (a account) String() string {
	return fmt.Sprintf("%s: %d value cells = %d accepted + %d refused + %d dropped as personal",
		a.source, a.read, a.accepted, a.refused, a.dropped)
}

func accounts(p plan, reports []report) []account {
	var out []account
	for _, s := range p.sources {
		a := account{source: s.id}
		for _, r := range only(reports, s.id, -1) {
			for _, c := range r.cells {
				switch {
				case c.fate == dropped:
					a.dropped++
				case c.fate.refused():
					a.refused++
				default:
					a.accepted++
				}
			}
		}
		a.read = a.accepted + a.refused + a.dropped
		out = append(out, a)
	}
	return out
}

// truthFiles are what others test the pipeline against: every cell that was
// due with the region's truth and the fate of the report's cell, the counts
// by source, the refusals and the arrivals.
func truthFiles(p plan, w world, reports []report, accounting []account) []file {
	truth, refusals, arrivals := table{comma: ','}, table{comma: ','}, table{comma: ','}
	truth.add("area", "period", "measure", "value", "fate")
	refusals.add("source", "period", "area", "measure", "code")
	arrivals.add("source", "area", "area_valid_from", "period", "due", "received", "status")
	for _, r := range reports {
		half := halves[r.half].String()
		received := string(r.received)
		if r.missing {
			received = ""
		}
		arrivals.add(r.source, r.area.code, string(r.area.from), half, string(due(r.half)), received, r.status())
		for _, c := range r.cells {
			if c.measure != "" && !c.again {
				truth.add(r.area.code, half, c.measure, strconv.Itoa(c.truth), c.fate.String())
			}
			if c.fate.refused() && !r.missing {
				refusals.add(r.source, half, r.area.code, c.measure, string(c.fate))
			}
		}
	}
	sums := table{comma: ','}
	sums.add("source", "cells_read", "accepted", "refused", "dropped_personal")
	for _, a := range accounting {
		sums.add(a.source, strconv.Itoa(a.read), strconv.Itoa(a.accepted), strconv.Itoa(a.refused), strconv.Itoa(a.dropped))
	}
	var out []file
	for _, f := range []struct {
		name string
		t    table
	}{{"truth.csv", truth}, {"refusals.csv", refusals}, {"arrivals.csv", arrivals}, {"accounting.csv", sums}} {
		rows := f.t.rows[1:]
		sort.SliceStable(rows, func(i, j int) bool { return fmt.Sprint(rows[i]) < fmt.Sprint(rows[j]) })
		out = append(out, file{f.name, f.t.bytes()})
	}
	return out
}
