package territory

import (
	"math"
	"sort"

	"tereze/model"
)

// Part is how much of one area's people lives in an area of another day:
// all of them, a known share, or anything from none to all.
type Part struct {
	In    int     // the area of that day
	Whole bool    // nobody of the area lives elsewhere
	Share float64 // 1 where whole; a known share is an estimate for any count but the one it was taken from; NaN = not known
}

// Parts are the areas of a day that may hold people of an area, in the order
// of the list. They are none where the area's people are lost to the ledger:
// it was abolished without a successor, or created out of nowhere.
func (l *Ledger) Parts(area int, on model.Date) []Part {
	way := l.direction(area, on)
	if way == nil {
		return []Part{{In: area, Whole: true, Share: 1}}
	}
	open, found, lost := map[int]float64{area: 1}, map[int]float64{}, false
	for len(open) > 0 {
		u := l.nearest(open, l.areas[area].ValidFrom > on)
		share := open[u]
		delete(open, u)
		if l.areas[u].ValidOn(on) {
			found[u] = share
			continue
		}
		lost = lost || len(way[u]) == 0
		for _, k := range way[u] {
			open[k.to] += share * k.share
		}
	}
	return parts(found, lost)
}

// direction are the links that lead from an area towards a day; nil where
// the area itself exists on it.
func (l *Ledger) direction(area int, on model.Date) [][]link {
	switch a := l.areas[area]; {
	case a.ValidOn(on):
		return nil
	case a.ValidFrom > on:
		return l.prev
	}
	return l.next
}

// nearest is the open area that no other open one can lead to: the earliest
// on the way forward, the latest on the way back.
func (l *Ledger) nearest(open map[int]float64, back bool) int {
	best := -1
	for u := range open {
		switch {
		case best < 0, l.areas[u].ValidFrom < l.areas[best].ValidFrom != back && l.areas[u].ValidFrom != l.areas[best].ValidFrom:
			best = u
		case l.areas[u].ValidFrom == l.areas[best].ValidFrom && u < best:
			best = u
		}
	}
	return best
}

func parts(found map[int]float64, lost bool) []Part {
	out := make([]Part, 0, len(found))
	for w, share := range found {
		whole := len(found) == 1 && !lost
		if whole {
			share = 1
		}
		out = append(out, Part{In: w, Whole: whole, Share: share})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].In < out[j].In })
	return out
}

// Upward are the areas one level up, as they were on the day, that may hold
// people of an area: whole where all that it became lies in one of them.
func (l *Ledger) Upward(area int, on model.Date) []Part {
	found := map[int]float64{}
	lost := false
	for _, p := range l.Parts(area, on) {
		up, ok := l.Find(l.areas[p.In].Parent, on)
		if !ok {
			lost = true
			continue
		}
		found[up] += p.Share
	}
	return parts(found, lost)
}

// Count is a count on the territory of another day. Least and Most are what
// the ledger allows; Value is the sum where whole areas moved, an estimate
// where shares are known, and NaN where they are not.
type Count struct {
	Value       float64
	Least, Most float64
	Exact       bool
}

// Restate moves counts of areas of one day to the areas of another. An area
// of that day gets a count when all areas that may have given to it have one.
func (l *Ledger) Restate(counts map[int]float64, on model.Date) map[int]Count {
	out := map[int]Count{}
	list := make([]int, 0, len(counts))
	for u := range counts {
		list = append(list, u)
	}
	sort.Ints(list)
	for _, u := range list {
		for _, p := range l.Parts(u, on) {
			c, known := out[p.In]
			if !known {
				c.Exact = true
			}
			v := counts[u]
			c.Most += v
			c.Value += p.Share * v
			if p.Whole {
				c.Least += v
			} else {
				c.Exact = false
			}
			out[p.In] = c
		}
	}
	return out
}

// Known reports whether a count has a value and not only a range.
func (c Count) Known() bool { return !math.IsNaN(c.Value) }
