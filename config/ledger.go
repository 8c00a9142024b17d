package config

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"tereze/model"
)

// ledger is the areas and events of an instance while they are checked
// against each other: borders that do not add up would put people twice into
// a sum, or into none.
type ledger struct {
	*reader
	in *Instance
	at placed
	// which event ended and which began each area, by its row
	ended, begun map[int][]int
}

// checkLedger refuses a history of areas that is no walk: areas that overlap
// are found elsewhere; here are gaps, areas that no event made or ended,
// circles, and shares that do not add up.
func (r *reader) checkLedger(in *Instance, at placed) {
	l := &ledger{reader: r, in: in, at: at, ended: map[int][]int{}, begun: map[int][]int{}}
	circle := l.circles()
	for e := range in.AreaEvents {
		l.shape(e)
		l.ends(e, circle[in.AreaEvents[e].Date])
		l.sums(e)
	}
	l.orphans()
}

// shape is how many areas an event of a kind takes and makes.
func (l *ledger) shape(e int) {
	ev := l.in.AreaEvents[e]
	from, to := len(ev.From), len(ev.To)
	say := func(column, want string) {
		l.bad(l.at.events[e].place(column), "wrong_event", "", "%d areas before and %d after a %s; expected %s", from, to, ev.Kind, want)
	}
	switch ev.Kind {
	case "create":
		if to == 0 {
			say("to", "the new area")
		}
	case "abolish":
		if from == 0 {
			say("from", "the area that ended")
		}
	case "split":
		if from == 0 || to < 2 {
			say("to", "one area before and two or more after it")
		}
	case "merge":
		if from < 2 || to != 1 {
			say("from", "two or more areas before and one after it")
		}
	case "rename", "recode":
		if from != 1 || to != 1 {
			say("to", "one area before and one after it")
		}
	case "transfer":
		if from == 0 || to == 0 {
			say("to", "the areas on both sides of the border before, and after")
		}
	}
	if ev.Kind == "rename" && from == 1 && to == 1 && ev.From[0] != ev.To[0] {
		l.bad(l.at.events[e].place("to"), "wrong_event", "", "a rename from code %s to code %s; expected one code, or the kind recode", ev.From[0], ev.To[0])
	}
}

// ends looks for the areas that an event ended the day before and began on
// its day.
func (l *ledger) ends(e int, circle bool) {
	ev := l.in.AreaEvents[e]
	if ev.Date == "" || circle {
		return
	}
	before := ev.Date.AddDays(-1)
	for _, side := range []struct {
		column, what string
		codes        []string
		day          model.Date
		seen         map[int][]int
		fits         func(model.Area) bool
	}{
		{"from", "the day before it", ev.From, before, l.ended, func(a model.Area) bool { return a.ValidTo == before }},
		{"to", "its day", ev.To, ev.Date, l.begun, func(a model.Area) bool { return a.ValidFrom == ev.Date }},
	} {
		for k, code := range side.codes {
			if slices.Contains(side.codes[:k], code) {
				l.bad(l.at.events[e].place(side.column), "duplicate_id", "", "area %s stands twice; keep one", code)
				continue
			}
			row, exists := l.valid(code, side.day)
			switch {
			case !exists && l.known(code):
				l.bad(l.at.events[e].place(side.column), "ledger_gap", "", "area %s did not exist on %s, %s; expected a row of areas.csv that holds this day", code, side.day, side.what)
			case exists && side.fits(l.in.Areas[row]):
				side.seen[row] = append(side.seen[row], e)
			case exists && side.column == "from":
				l.bad(l.at.areas[row].place("valid_to"), "ledger_overlap", "", "area %s goes on after %s, when event %s ended it; expected valid_to %s and a new row from %s", code, before, ev.ID, before, ev.Date)
			case exists:
				l.bad(l.at.areas[row].place("valid_from"), "ledger_overlap", "", "area %s existed before event %s made it on %s; expected a row that begins on that day", code, ev.ID, ev.Date)
			}
		}
	}
}

func (l *ledger) known(code string) bool {
	return slices.ContainsFunc(l.in.Areas, func(a model.Area) bool { return a.Code == code })
}

func (l *ledger) valid(code string, on model.Date) (row int, ok bool) {
	for i, a := range l.in.Areas {
		if a.Code == code && a.ValidOn(on) {
			return i, true
		}
	}
	return 0, false
}

// orphans are areas with an end that nothing explains.
func (l *ledger) orphans() {
	for i, a := range l.in.Areas {
		if a.ValidFrom != model.OpenStart && len(l.begun[i]) == 0 && !l.named(a.Code, a.ValidFrom, false) {
			l.bad(l.at.areas[i].place("valid_from"), "ledger_orphan", "", "no event makes area %s on %s; expected a row in area_events.csv that names it under to", a.Code, a.ValidFrom)
		}
		if a.ValidTo != "" && len(l.ended[i]) == 0 && !l.named(a.Code, a.ValidTo.AddDays(1), true) {
			l.bad(l.at.areas[i].place("valid_to"), "ledger_orphan", "", "no event ends area %s on %s; expected a row in area_events.csv that names it under from", a.Code, a.ValidTo.AddDays(1))
		}
	}
}

// named reports whether an event of the day names the code: then what is
// wrong with it has been said already.
func (l *ledger) named(code string, on model.Date, from bool) bool {
	for _, e := range l.in.AreaEvents {
		list := e.To
		if from {
			list = e.From
		}
		if e.Date == on && slices.Contains(list, code) {
			return true
		}
	}
	return false
}

// circles are areas that come from themselves: events of one day that hand a
// code on until it comes back. The days on which that happens are returned.
func (l *ledger) circles() map[model.Date]bool {
	days := map[model.Date]bool{}
	arcs := map[model.Date]map[string][]string{}
	for _, e := range l.in.AreaEvents {
		if arcs[e.Date] == nil {
			arcs[e.Date] = map[string][]string{}
		}
		for _, f := range e.From {
			for _, t := range e.To {
				if f != t && !slices.Contains(e.From, t) {
					arcs[e.Date][f] = append(arcs[e.Date][f], t)
				}
			}
		}
	}
	for i, e := range l.in.AreaEvents {
		for _, f := range e.From {
			if way := wayBack(arcs[e.Date], f, f, map[string]bool{}); way != nil && !days[e.Date] {
				days[e.Date] = true
				l.bad(l.at.events[i].place("from"), "cycle", "", "area %s comes from itself on %s: %s → %s; expected each area to come from one that existed the day before", f, e.Date, f, strings.Join(way, " → "))
			}
		}
	}
	return days
}

// sums checks the shares of an event.
func (l *ledger) sums(e int) {
	ev := l.in.AreaEvents[e]
	place := l.at.events[e].place("share")
	if ev.Share < 0 && ev.Shares == nil {
		return
	}
	if ev.Kind != "split" && ev.Kind != "transfer" && ev.Kind != "abolish" {
		l.bad(place, "wrong_value", "", "a share of the people for a %s, which moves them whole; remove it", ev.Kind)
		return
	}
	if ev.Shares == nil {
		if len(ev.To) > 2 {
			l.bad(place, "wrong_shares", "", "one share for %d areas; expected one for each, in the order of the column to, such as 0.5 0.3 0.2", len(ev.To))
		}
		return
	}
	if len(ev.Shares) != len(ev.To) || len(ev.From) != 1 {
		l.bad(place, "wrong_shares", "", "%d shares for %d areas before and %d after; expected one area before and a share for each after it", len(ev.Shares), len(ev.From), len(ev.To))
		return
	}
	sum := 0.0
	for _, s := range ev.Shares {
		sum += s
	}
	if math.Abs(sum-1) > 1e-6 {
		l.bad(place, "wrong_shares", "", "the shares add up to %s; expected 1, since everybody went somewhere", strconv.FormatFloat(math.Round(sum*1e6)/1e6, 'g', -1, 64))
	}
}

// shares reads one share of the people, or one for each area; an empty cell
// is an unknown share.
func (w row) shares(column string) (one float64, each []float64) {
	fields := strings.Fields(w.cells[column])
	if len(fields) < 2 {
		return w.number(column, 0, 1, -1), nil
	}
	for _, f := range fields {
		s, err := strconv.ParseFloat(f, 64)
		if err != nil || !(s >= 0 && s <= 1) {
			w.r.bad(w.place(column), "wrong_type", "", "%q stands here; expected numbers from 0 to 1", f)
			return -1, nil
		}
		each = append(each, s)
	}
	return -1, each
}
