package territory

import (
	"fmt"
	"math/rand"

	"tereze/model"
)

// country is a random ledger together with the people it is about: where
// each of them lived between every two events.
type country struct {
	areas  []model.Area
	events []model.AreaEvent
	days   []model.Date // one within each stretch without events
	home   [][]int      // by day: the area of each person
	known  bool         // every split names its share, as the people were then
}

// newCountry makes areas of people and lets some years of splits, merges,
// renames, recodes, transfers and chains of them pass.
func newCountry(r *rand.Rand, people, events int) *country {
	c := &country{known: r.Intn(2) == 0}
	live := map[string]int{} // code → area
	var codes []string
	fresh := 0
	open := func(code string, from model.Date) int {
		c.areas = append(c.areas, model.Area{Code: code, ValidFrom: from, Level: "district", Parent: "P"})
		live[code] = len(c.areas) - 1
		return len(c.areas) - 1
	}
	newCode := func() string { fresh++; return fmt.Sprintf("c%03d", fresh) }
	for range 3 + r.Intn(4) {
		code := newCode()
		codes = append(codes, code)
		open(code, model.OpenStart)
	}
	home := make([]int, people)
	for i := range home {
		home[i] = live[codes[r.Intn(len(codes))]]
	}
	day := model.Date("2000-06-15")
	snap := func() {
		c.days = append(c.days, day)
		c.home = append(c.home, append([]int(nil), home...))
	}
	snap()
	for e := range events {
		date := model.MakeDate(2001+e, 1, 1)
		day = model.MakeDate(2001+e, 6, 15)
		c.happen(r, fmt.Sprintf("e%02d", e), date, &codes, live, home, newCode, open)
		snap()
	}
	return c
}

// happen lets one event pass and moves the people it moves.
func (c *country) happen(r *rand.Rand, id string, date model.Date, codes *[]string, live map[string]int, home []int, newCode func() string, open func(string, model.Date) int) {
	ev := model.AreaEvent{ID: id, Date: date, Share: -1}
	end := func(code string) int {
		i := live[code]
		c.areas[i].ValidTo = date.AddDays(-1)
		delete(live, code)
		return i
	}
	pick := func() string { return (*codes)[r.Intn(len(*codes))] }
	drop := func(code string) {
		for i, k := range *codes {
			if k == code {
				*codes = append((*codes)[:i], (*codes)[i+1:]...)
				return
			}
		}
	}
	move := func(from, to int, part float64) (moved, of int) {
		for i, h := range home {
			if h == from {
				of++
				if r.Float64() < part {
					home[i] = to
					moved++
				}
			}
		}
		return moved, of
	}
	a := pick()
	switch kind := []string{"split", "merge", "rename", "recode", "transfer", "split", "split"}[r.Intn(7)]; {
	case kind == "split":
		b := newCode()
		u := end(a)
		ev.Kind, ev.From, ev.To = "split", []string{a}, []string{a, b}
		keep := open(a, date)
		gone := open(b, date)
		move(u, keep, 1)
		moved, of := move(keep, gone, r.Float64())
		if c.known && of > 0 {
			ev.Share = float64(moved) / float64(of)
		} else if c.known {
			ev.Share = 0.5
		}
		*codes = append(*codes, b)
	case kind == "merge" && len(*codes) > 2:
		b := pick()
		if a == b {
			return
		}
		u, v := end(a), end(b)
		ev.Kind, ev.From, ev.To = "merge", []string{a, b}, []string{a}
		w := open(a, date)
		move(u, w, 1)
		move(v, w, 1)
		drop(b)
	case kind == "transfer" && len(*codes) > 2:
		b := pick()
		if a == b {
			return
		}
		u, v := end(a), end(b)
		ev.Kind, ev.From, ev.To = "transfer", []string{a, b}, []string{a, b}
		w, x := open(a, date), open(b, date)
		move(u, w, 1)
		move(v, x, 1)
		moved, of := move(w, x, r.Float64())
		if c.known && of > 0 {
			ev.Share = float64(moved) / float64(of)
		} else if c.known {
			ev.Share = 0.5
		}
	case kind == "recode":
		b := newCode()
		u := end(a)
		ev.Kind, ev.From, ev.To = "recode", []string{a}, []string{b}
		move(u, open(b, date), 1)
		drop(a)
		*codes = append(*codes, b)
	default:
		u := end(a)
		ev.Kind, ev.From, ev.To = "rename", []string{a}, []string{a}
		move(u, open(a, date), 1)
	}
	c.events = append(c.events, ev)
}

// counts are how many of the people of one moment lived in each area of
// another: the truth that a restated count must hold.
func (c *country) counts(homes []int, marked func(int) bool) map[int]float64 {
	out := map[int]float64{}
	for i, h := range homes {
		if marked(i) {
			out[h]++
		}
	}
	for i := range c.areas {
		if _, ok := out[i]; !ok {
			out[i] = 0
		}
	}
	return out
}
