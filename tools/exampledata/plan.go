package main

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"tereze/config"
	"tereze/model"
)

// The plan holds every name and word of the invented region; the Go code
// holds only how its numbers come about and how forms are written.
//
//go:embed plan
var planFS embed.FS

// plan is what the plan folder says.
type plan struct {
	land     []piece
	areas    []area
	measures []measure
	sources  []source
	faults   map[faultKey]fault
	extras   []fault // faults that add a line to a report
	words    map[string]string
	instance *config.Instance // of the declarations alone
}

// measure is one column or row of the reports.
type measure struct {
	id, carrier string
	section     map[string]string // by language
	label       map[string]string
}

// source is one group of offices that use one form.
type source struct {
	id, carries, language string
	first                 int // index of the first half it reports
}

func readPlan() (plan, error) {
	p := plan{words: map[string]string{}, faults: map[faultKey]fault{}}
	for _, read := range []struct {
		name string
		row  func(map[string]string) error
	}{
		{"words.csv", func(r map[string]string) error { p.words[r["key"]] = r["text"]; return nil }},
		{"land.csv", func(r map[string]string) error {
			n, err := strconv.Atoi(r["population"])
			p.land = append(p.land, piece{r["code"], r["source"], r["level"] == "city", n, r["until_split_part_of"]})
			return err
		}},
		{"static/areas.csv", func(r map[string]string) error { return p.addArea(r) }},
		{"measures.csv", func(r map[string]string) error {
			p.measures = append(p.measures, measure{r["measure"], r["carrier"],
				map[string]string{"kk": r["section_kk"], "ru": r["section_ru"]},
				map[string]string{"kk": r["label_kk"], "ru": r["label_ru"]}})
			return nil
		}},
		{"sources.csv", func(r map[string]string) error {
			first, err := halfIndex(r["first"])
			p.sources = append(p.sources, source{r["source"], r["carries"], r["language"], first})
			return err
		}},
		{"faults.csv", func(r map[string]string) error { return p.addFault(r) }},
	} {
		if err := eachRow("plan/"+read.name, read.row); err != nil {
			return p, err
		}
	}
	return p, nil
}

// eachRow calls row with every data row of an embedded CSV, keyed by head.
func eachRow(name string, row func(map[string]string) error) error {
	b, err := planFS.ReadFile(name)
	if err != nil {
		return err
	}
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, cells := range all[1:] {
		m := map[string]string{}
		for j, c := range cells {
			m[all[0][j]] = c
		}
		if err := row(m); err != nil {
			return fmt.Errorf("%s: row %d: %w", name, i+2, err)
		}
	}
	return nil
}

// word is a text of the plan with its {name} places filled from pairs.
func (p plan) word(key string, pairs ...string) string {
	text, ok := p.words[key]
	if !ok {
		panic("plan/words.csv: no text for " + key)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// carried are the measures that a source of this kind reports, in order.
func (p plan) carried(carrier string) []measure {
	var out []measure
	for _, m := range p.measures {
		if m.carrier == carrier {
			out = append(out, m)
		}
	}
	return out
}

// staticFiles are the parts of the instance that are copied as they stand.
func (p plan) staticFiles() ([]file, error) {
	var out []file
	err := fs.WalkDir(planFS, "plan/static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := planFS.ReadFile(name)
		out = append(out, file{strings.TrimPrefix(name, "plan/static/"), b})
		return err
	})
	return out, err
}

// halves are the reported half-years in order.
var halves = []model.Period{
	model.HalfOf(2019, 1), model.HalfOf(2019, 2),
	model.HalfOf(2020, 1), model.HalfOf(2020, 2),
	model.HalfOf(2021, 1),
}

// dueDays after the end of a half-year its report must have come.
const dueDays = 20

func halfIndex(name string) (int, error) {
	for i, h := range halves {
		if h.String() == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%q is not one of the reported half-years", name)
}
