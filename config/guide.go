package config

import (
	"io/fs"

	"tereze/model"
)

var glossaryNeed = []string{"id", "term_", "definition_"}

// glossary reads the terms of the catalogue and then the instance's own; a
// row with a known id replaces it.
func (r *reader) glossary(in *Instance, catalogue fs.FS) {
	at := map[string]int{}
	read := func(fsys fs.FS, shown string) {
		lines := map[string]int{}
		for _, w := range r.table(fsys, "glossary.csv", shown, glossaryNeed, []string{"unverified"}) {
			t := Term{
				ID: w.need("id"), Term: w.words("term_", true, false),
				Definition: w.words("definition_", true, false), Unverified: w.flag("unverified"),
			}
			if first, twice := lines[t.ID]; twice {
				r.bad(w.place("id"), "duplicate_id", "", "id %s stands twice (first in line %d)", t.ID, first)
				continue
			}
			lines[t.ID] = w.line
			if i, known := at[t.ID]; known {
				in.Glossary[i] = t
				continue
			}
			at[t.ID] = len(in.Glossary)
			in.Glossary = append(in.Glossary, t)
		}
	}
	if catalogue != nil {
		read(catalogue, catalogueFolder+"/glossary.csv")
	}
	read(r.fsys, "glossary.csv")
}

// offices reads where citizens turn to.
func (r *reader) offices(in *Instance, at *placed) {
	at.offices = r.table(r.fsys, "offices.csv", "offices.csv", []string{"id", "area", "name_"},
		[]string{"address_", "hours_", "phone", "email", "url", "checked_on"})
	for _, w := range at.offices {
		in.Offices = append(in.Offices, Office{
			ID: w.need("id"), Area: w.need("area"), Name: w.words("name_", true, false),
			Address: w.words("address_", false, false), Hours: w.words("hours_", false, false),
			Phone: w.text("phone"), Email: w.text("email"), URL: w.text("url"), CheckedOn: w.date("checked_on"),
		})
	}
}

// checkOffices asks for known areas and one id each.
func (r *reader) checkOffices(in *Instance, at placed) {
	seen := map[string]int{}
	for i, o := range in.Offices {
		if first, twice := seen[o.ID]; twice {
			r.bad(at.offices[i].place("id"), "duplicate_id", "", "id %s stands twice (first in line %d)", o.ID, first)
		}
		seen[o.ID] = at.offices[i].line
		r.areaKnown(in, at.offices[i].place("area"), o.Area)
	}
}

// areaKnown complains about a code that no area has.
func (r *reader) areaKnown(in *Instance, p model.Place, code string) {
	for _, a := range in.Areas {
		if a.Code == code {
			return
		}
	}
	var codes []string
	for _, a := range in.Areas {
		codes = append(codes, a.Code)
	}
	r.unknown(p, "area", code, codes)
}
