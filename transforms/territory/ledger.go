package territory

import (
	"math"
	"sort"

	"tereze/model"
)

// Ledger is the graph of dated areas: each leads to those that followed it
// at the event that ended it. Areas are named by their place in the list the
// ledger was made from.
type Ledger struct {
	areas  []model.Area
	events []model.AreaEvent
	byCode map[string][]int // versions of a code, oldest first
	next   [][]link
	prev   [][]link
}

// link is one step from an area to one that followed or preceded it.
type link struct {
	to    int
	share float64 // of the people of the area it starts from; NaN = not known
	own   bool    // the same code goes on: it keeps what the others do not get
	event int
}

// New makes the ledger. What an event names that did not exist on its day is
// left out; checking a ledger is the configuration's task.
func New(areas []model.Area, events []model.AreaEvent) *Ledger {
	l := &Ledger{areas: areas, events: events, byCode: map[string][]int{}, next: make([][]link, len(areas)), prev: make([][]link, len(areas))}
	for i, a := range areas {
		l.byCode[a.Code] = append(l.byCode[a.Code], i)
	}
	for _, list := range l.byCode {
		sort.Slice(list, func(i, j int) bool { return areas[list[i]].ValidFrom < areas[list[j]].ValidFrom })
	}
	for e := range events {
		l.add(e)
	}
	for i := range areas {
		l.settle(i)
	}
	for i, list := range l.next {
		for _, k := range list {
			l.prev[k.to] = append(l.prev[k.to], link{to: i, share: math.NaN(), event: k.event})
		}
	}
	for i := range l.prev {
		if len(l.prev[i]) == 1 {
			l.prev[i][0].share = 1
		}
	}
	return l
}

// add writes the links of one event: the areas that ended the day before to
// those that began on its day.
func (l *Ledger) add(e int) {
	ev := l.events[e]
	var from, to []int
	for _, code := range ev.From {
		if i, ok := l.Find(code, ev.Date.AddDays(-1)); ok && l.areas[i].ValidTo == ev.Date.AddDays(-1) {
			from = append(from, i)
		}
	}
	for _, code := range ev.To {
		if i, ok := l.Find(code, ev.Date); ok && l.areas[i].ValidFrom == ev.Date {
			to = append(to, i)
		}
	}
	link := func(u, w int, share float64) { l.link(u, w, e, share) }
	switch {
	case len(from) == 0 || len(to) == 0:
	case ev.Kind == "rename" || ev.Kind == "recode":
		for k := range min(len(from), len(to)) {
			link(from[k], to[k], 1)
		}
	case len(to) == 1:
		for _, u := range from {
			link(u, to[0], 1)
		}
	case len(from) == 1:
		for k, w := range to {
			link(from[0], w, shareOf(ev, len(to), k, l.areas[w].Code == l.areas[from[0]].Code))
		}
	default:
		l.exchange(e, from, to)
	}
}

// exchange is an event with several areas on both sides. Each area goes on
// under its own code; to the areas with other codes goes a part of the first
// (transfer) or of each that is named (split, create).
func (l *Ledger) exchange(e int, from, to []int) {
	ev := l.events[e]
	for k, u := range from {
		for _, w := range to {
			same := l.areas[w].Code == l.areas[u].Code
			fresh := true
			for _, v := range from {
				fresh = fresh && l.areas[v].Code != l.areas[w].Code
			}
			gives := k == 0 || ev.Kind != "transfer"
			receives := fresh || ev.Kind == "transfer" && k == 0
			switch {
			case same:
				l.link(u, w, e, math.NaN())
			case gives && receives:
				share := math.NaN()
				if k == 0 && ev.Share >= 0 && len(to) == 2 {
					share = ev.Share
				}
				l.link(u, w, e, share)
			}
		}
	}
}

// shareOf is what the k-th of n areas got of the one that was divided.
func shareOf(e model.AreaEvent, n, k int, own bool) float64 {
	switch {
	case len(e.Shares) == n:
		return e.Shares[k]
	case e.Share < 0 || n != 2:
		return math.NaN()
	case own:
		return 1 - e.Share
	case ownAmong(e):
		return e.Share
	case k == n-1: // none keeps the code: the last named is the one that left
		return e.Share
	}
	return 1 - e.Share
}

func ownAmong(e model.AreaEvent) bool {
	for _, f := range e.From {
		for _, t := range e.To {
			if f == t {
				return true
			}
		}
	}
	return false
}

func (l *Ledger) link(u, w, event int, share float64) {
	own := l.areas[u].Code == l.areas[w].Code
	for i := range l.next[u] {
		if k := &l.next[u][i]; k.to == w { // two events of one day end in one pair
			k.share = math.NaN()
			return
		}
	}
	l.next[u] = append(l.next[u], link{to: w, share: share, own: own, event: event})
}

// settle gives an area that goes on under its own code what the others of
// all events of the day did not get, and the whole to an only successor.
func (l *Ledger) settle(u int) {
	list := l.next[u]
	if len(list) == 1 {
		list[0].share = 1
		return
	}
	rest, unknown, open := 1.0, 0, -1
	for i, k := range list {
		if k.own || math.IsNaN(k.share) {
			unknown++
			open = i
			continue
		}
		rest -= k.share
	}
	if unknown == 1 && rest > -1e-9 {
		list[open].share = math.Max(0, rest)
	} else if unknown > 1 {
		for i := range list {
			if list[i].own {
				list[i].share = math.NaN()
			}
		}
	}
}

// Find is the area of a code on a day.
func (l *Ledger) Find(code string, on model.Date) (int, bool) {
	for _, i := range l.byCode[code] {
		if l.areas[i].ValidOn(on) {
			return i, true
		}
	}
	return 0, false
}

// Area is the dated area with the number.
func (l *Ledger) Area(i int) model.Area { return l.areas[i] }

// After are the areas that directly followed an area, Before those it came
// from.
func (l *Ledger) After(i int) []int { return ends(l.next[i]) }

// Before are the areas that an area directly came from.
func (l *Ledger) Before(i int) []int { return ends(l.prev[i]) }

func ends(list []link) []int {
	var out []int
	for _, k := range list {
		out = append(out, k.to)
	}
	return out
}
