package main

import (
	"fmt"
	"strconv"

	"tereze/model"
)

// forms say how each source turns the reports of one half-year into files.
var forms = map[string]func(plan, source, []report) ([]file, error){
	"akimat_csv":           plainCSV,
	"akimat_csv_bom":       markedCSV,
	"akimat_csv_semicolon": semicolonCSV,
	"akimat_csv_1251":      cyrillicCSV,
	"akimat_xlsx":          workbook,
	"akimat_xlsx_form":     formWorkbooks,
	"akimat_form":          akimatForms,
	"akimat_json":          reportJSON,
	"certificate_register": certificateJSON,
	"commission_register":  commissionCSV,
}

// deliveries are all data files, below data/.
func deliveries(p plan, reports []report) ([]file, error) {
	var out []file
	for _, s := range p.sources {
		if s.carries == "population" {
			out = append(out, populationCSV(p, s, only(reports, s.id, -1)))
			continue
		}
		for half := s.first; half < len(halves); half++ {
			files, err := forms[s.id](p, s, only(reports, s.id, half))
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", s.id, halves[half], err)
			}
			out = append(out, files...)
		}
	}
	return out, nil
}

// only are the reports of one source that were sent, of one half-year or of all (-1).
func only(reports []report, source string, half int) []report {
	var out []report
	for _, r := range reports {
		if r.source == source && !r.missing && (half < 0 || r.half == half) {
			out = append(out, r)
		}
	}
	return out
}

// halfText is how a source writes the half-year.
func halfText(p plan, source string, half int) string {
	h := halves[half]
	number := "1"
	if h.Start.Time().Month() > 6 {
		number = "2"
	}
	return p.word("half."+source+"."+number, "year", strconv.Itoa(h.Start.Year()))
}

// dotted is a date as people write it here.
func dotted(d model.Date) string { return d.Time().Format("02.01.2006") }

// totals adds up the columns of a form as a clerk would: what can be read as
// a count, nothing else.
func totals(reports []report, columns int) []int {
	out := make([]int, columns)
	for _, r := range reports {
		for i, c := range r.cells[:columns] {
			if c.fate != unavailable && c.fate != confidential {
				out[i] += c.truth
			}
		}
	}
	return out
}
