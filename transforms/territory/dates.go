package territory

import (
	"sort"

	"tereze/model"
)

// Dates are the days on whose territory the counts of a region are worth
// reading: one for each stretch between two events that moved borders or
// codes of the region or of what lies in it. A stretch is named by the
// reference day where that lies in it, else by the day of the event that
// began it, the first by its last day.
func (l *Ledger) Dates(region string, reference model.Date) []model.Date {
	codes := l.within(region)
	var days []model.Date
	for _, e := range l.events {
		if e.Kind == "rename" || !touches(e, codes) {
			continue
		}
		days = append(days, e.Date)
	}
	sort.Slice(days, func(i, j int) bool { return days[i] < days[j] })
	var out []model.Date
	for i := 0; i < len(days); i++ {
		if i > 0 && days[i] == days[i-1] {
			continue
		}
		if len(out) == 0 {
			out = append(out, days[i].AddDays(-1))
		}
		out = append(out, days[i])
	}
	for i := range out {
		last := i == len(out)-1
		if i == 0 && reference < out[1%len(out)] && len(out) > 1 || i > 0 && out[i] <= reference && (last || reference < out[i+1]) {
			out[i] = reference
		}
	}
	return out
}

// within are the codes of a region and of all that ever lay in it or came
// from or became part of it.
func (l *Ledger) within(region string) map[string]bool {
	codes := map[string]bool{region: true}
	for grown := true; grown; {
		grown = false
		for _, a := range l.areas {
			if !codes[a.Code] && codes[a.Parent] {
				codes[a.Code], grown = true, true
			}
		}
	}
	return codes
}

func touches(e model.AreaEvent, codes map[string]bool) bool {
	for _, c := range e.From {
		if codes[c] {
			return true
		}
	}
	for _, c := range e.To {
		if codes[c] {
			return true
		}
	}
	return false
}
