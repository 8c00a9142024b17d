package main

import "tereze/model"

// piece is a stretch of land that never changed: today's districts. What
// was one district before a split reported the sum of its pieces.
type piece struct {
	code       string
	source     string
	city       bool
	population int
	partOf     string // the code that held it before the split
}

// area is one dated district with the names its reports use.
type area struct {
	code          string
	from, to      model.Date
	names         map[string]string
	pieces        []int
	reportsTo     string // id of the source of its half-year reports
	parent, level string
}

func (p *plan) addArea(r map[string]string) error {
	a := area{code: r["code"], from: model.Date(r["valid_from"]), to: model.Date(r["valid_to"]),
		names: map[string]string{"kk": r["name_kk"], "ru": r["name_ru"], "en": r["name_en"]},
		level: r["level"], parent: r["parent"]}
	if a.level != "city" && a.level != "district" {
		return nil
	}
	if a.from == "" {
		a.from = model.OpenStart
	}
	for i, x := range p.land {
		if x.code == a.code {
			a.reportsTo = x.source
		}
		before := x.partOf == a.code && a.to != ""
		if x.code == a.code || before {
			a.pieces = append(a.pieces, i)
		}
	}
	p.areas = append(p.areas, a)
	return nil
}

// areasAt are the districts that exist at the end of a half-year.
func (p plan) areasAt(half int) []area {
	var out []area
	for _, a := range p.areas {
		if end := halves[half].End; a.from <= end && (a.to == "" || end <= a.to) {
			out = append(out, a)
		}
	}
	return out
}
