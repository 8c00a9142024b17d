package config

import (
	"sort"
	"strings"

	"tereze/model"
)

var areaLevels = []string{"country", "region", "city", "district"}

// placed remembers where a row of a CSV file stood, for the checks that need
// the whole instance.
type placed struct {
	areas   []row
	aliases []row
	events  []row
	offices []row
}

// areas reads the three files about territory.
func (r *reader) areas(in *Instance, at *placed) {
	at.areas = r.table(r.fsys, "areas.csv", "areas.csv",
		[]string{"code", "valid_from", "valid_to", "level", "parent", "name_"},
		[]string{"in_", "centre_", "lat", "lon", "area_km2", "unverified", "note_"})
	if at.areas == nil {
		r.bad(model.Place{File: "areas.csv"}, "missing_file", "", "the file is missing or has no rows; expected one row for each area")
	}
	for _, w := range at.areas {
		a := model.Area{
			Code: w.need("code"), ValidFrom: w.date("valid_from"), ValidTo: w.date("valid_to"),
			Level: w.one("level", areaLevels...), Parent: w.text("parent"),
			Names: w.words("name_", true, false), In: w.words("in_", false, true), Centre: w.words("centre_", false, false),
			Lat: w.number("lat", -90, 90, 0), Lon: w.number("lon", -180, 180, 0), AreaKM2: w.number("area_km2", 0, 6e8, 0),
			Note: w.words("note_", false, false), Unverified: w.flag("unverified"),
		}
		if a.ValidFrom == "" {
			a.ValidFrom = model.OpenStart
		}
		if a.ValidTo != "" && a.ValidTo < a.ValidFrom {
			r.bad(w.place("valid_to"), "wrong_value", "", "%s is before valid_from %s; expected the last day of the area", a.ValidTo, a.ValidFrom)
		}
		in.Areas = append(in.Areas, a)
	}
	at.aliases = r.table(r.fsys, "aliases.csv", "aliases.csv", []string{"alias", "code"}, []string{"valid_from", "language"})
	for _, w := range at.aliases {
		in.Aliases = append(in.Aliases, Alias{
			Alias: w.need("alias"), Code: w.need("code"), ValidFrom: w.date("valid_from"), Language: w.text("language"),
		})
	}
	at.events = r.table(r.fsys, "area_events.csv", "area_events.csv",
		[]string{"id", "date", "kind", "from", "to", "name_"}, []string{"share", "share_from", "reference", "verified"})
	for _, w := range at.events {
		w.need("date")
		share, shares := w.shares("share")
		in.AreaEvents = append(in.AreaEvents, model.AreaEvent{
			ID: w.need("id"), Date: w.date("date"),
			Kind: w.one("kind", "create", "abolish", "split", "merge", "rename", "recode", "transfer"),
			From: strings.Fields(w.text("from")), To: strings.Fields(w.text("to")),
			Share: share, Shares: shares, ShareFrom: w.text("share_from"), Reference: w.text("reference"), Verified: w.flag("verified"),
			Name: w.words("name_", true, false),
		})
	}
}

// checkAreas looks at what only the whole list can show.
func (r *reader) checkAreas(in *Instance, at placed) {
	var codes []string
	byCode := map[string][]int{}
	for i, a := range in.Areas {
		if byCode[a.Code] == nil {
			codes = append(codes, a.Code)
		}
		byCode[a.Code] = append(byCode[a.Code], i)
	}
	overlap := func(a, b model.Area) bool {
		return (a.ValidTo == "" || b.ValidFrom <= a.ValidTo) && (b.ValidTo == "" || a.ValidFrom <= b.ValidTo)
	}
	for i, a := range in.Areas {
		for _, j := range byCode[a.Code] {
			if j < i && overlap(in.Areas[j], a) {
				r.bad(at.areas[i].place("code"), "duplicate_id", "", "code %s is valid on the same days as in line %d; expected one version on each day", a.Code, at.areas[j].line)
			}
		}
		if a.Parent == "" {
			continue
		}
		if byCode[a.Parent] == nil {
			r.unknown(at.areas[i].place("parent"), "area", a.Parent, codes)
			continue
		}
		together := false
		for _, j := range byCode[a.Parent] {
			together = together || overlap(in.Areas[j], a) && a.Code != a.Parent
		}
		if !together {
			r.bad(at.areas[i].place("parent"), "wrong_value", "", "area %s was never valid while %s was; expected the parent of these days", a.Parent, a.Code)
		}
	}
	r.cycleOfParents(in, at, byCode)
	for i, a := range in.Aliases {
		switch {
		case byCode[a.Code] == nil:
			r.unknown(at.aliases[i].place("code"), "area", a.Code, codes)
		case a.ValidFrom != "":
			known := false
			for _, j := range byCode[a.Code] {
				known = known || in.Areas[j].ValidFrom == a.ValidFrom
			}
			if !known {
				r.bad(at.aliases[i].place("valid_from"), "undefined_area", "", "area %s has no version that begins on %s", a.Code, a.ValidFrom)
			}
		}
	}
	seen := map[string]int{}
	for i, e := range in.AreaEvents {
		if first, twice := seen[e.ID]; twice {
			r.bad(at.events[i].place("id"), "duplicate_id", "", "id %s stands twice (first in line %d)", e.ID, first)
		}
		seen[e.ID] = at.events[i].line
		for column, list := range map[string][]string{"from": e.From, "to": e.To} {
			for _, code := range list {
				if byCode[code] == nil {
					r.unknown(at.events[i].place(column), "area", code, codes)
				}
			}
		}
	}
	r.checkLedger(in, at)
	sort.SliceStable(in.Areas, func(i, j int) bool {
		a, b := in.Areas[i], in.Areas[j]
		return a.Code < b.Code || a.Code == b.Code && a.ValidFrom < b.ValidFrom
	})
	sort.SliceStable(in.AreaEvents, func(i, j int) bool { return in.AreaEvents[i].Date < in.AreaEvents[j].Date })
}

// cycleOfParents finds areas that lie within themselves.
func (r *reader) cycleOfParents(in *Instance, at placed, byCode map[string][]int) {
	for i, a := range in.Areas {
		seen := map[string]bool{a.Code: true}
		for p := a.Parent; p != ""; {
			if seen[p] {
				r.bad(at.areas[i].place("parent"), "cycle", "", "area %s lies within itself by way of %s", a.Code, p)
				break
			}
			seen[p] = true
			list := byCode[p]
			if len(list) == 0 {
				break
			}
			p = in.Areas[list[0]].Parent
		}
	}
}
