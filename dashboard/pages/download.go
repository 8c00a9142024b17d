package pages

import (
	"fmt"
	"strings"

	"tereze/dashboard/downloads"
	"tereze/model"
)

// download is one file to take away.
type download struct {
	Href, Name, Format, Size, What string
}

// files are files that a page offers.
type files []download

// formats in the order they are offered.
var formats = []string{"csv", "xlsx", "json", "parquet", "arrow", "duckdb", "zip"}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[i+1:]
	}
	return "txt" // checksums and the like
}

// indicatorDownloads are the files of one indicator that exist.
func (v *view) indicatorDownloads(ind model.Indicator) []download {
	var out []download
	for _, ext := range formats {
		out = append(out, v.filesNamed(ind.ID+"."+ext)...)
	}
	for _, d := range v.filesNamed(ind.ID + ".excel.csv") {
		d.Format = v.T("download.excel")
		out = append(out, d)
	}
	return out
}

// filesNamed are the files below data/ with one of the names, if they exist.
func (v *view) filesNamed(names ...string) []download {
	var out []download
	for _, name := range names {
		size, ok := v.s.Sizes[name]
		if !ok {
			continue
		}
		ext := extension(name)
		out = append(out, download{Href: v.up + "data/" + name, Name: name, Format: strings.ToUpper(ext), Size: v.bytes(size)})
	}
	return out
}

// bytes is a size as people read it.
func (v *view) bytes(n int64) string {
	switch {
	case n >= 1<<20:
		return v.T("size.mb", "n", v.l.Number(float64(n)/(1<<20), 1))
	case n >= 1<<10:
		return v.T("size.kb", "n", v.l.Number(float64(n)/(1<<10), 0))
	}
	return v.T("size.b", "n", n)
}

// citation is how to name an indicator's data in a text.
func (v *view) citation(ind model.Indicator) string {
	address := v.up + v.code + "/" + indicatorPath(ind.ID)
	if v.s.In.BaseURL != "" {
		address = v.s.absolute(v.code + "/" + indicatorPath(ind.ID))
	}
	s := v.T("download.citation", "site", v.name(v.s.In.Name), "name", v.name(ind.Name), "release", v.s.Release, "date", v.l.Date(v.s.In.Today), "address", address)
	if v.s.In.Example {
		s = v.T("example.citation", "citation", s)
	}
	return s
}

type cataloguePage struct {
	*view
	Answer     string
	Whole      []dataSet
	Indicators []dataSet
	Snippets   []snippet
	Licence    string
	Example    string
}

type dataSet struct {
	Name, What, Periods, Rows string
	Link                      *Link
	Files                     files
}

type snippet struct{ Head, Code string }

// catalogue lists what can be had, one row a data set.
func (v *view) catalogue() ([]byte, error) {
	in := v.s.In
	p := &cataloguePage{view: v, Licence: v.name(in.Licence)}
	p.Answer = v.T("data.answer", "indicators", len(in.Indicators), "values", v.s.Data.Counts["value"], "observations", v.s.Data.Counts["observation"])
	if in.Example {
		p.Example = v.T("example.sentence")
	}
	n := func(table string) string { return v.l.Number(float64(v.s.Data.Counts[table]), 0) }
	for _, w := range []struct {
		key, rows string
		files     []string
	}{
		{"values", n("value"), []string{"values.csv", "values.parquet", "values.arrow", "denominators.csv"}},
		{"observations", n("observation"), []string{"observations.csv", "observations.parquet", "observations.arrow"}},
		{"database", "", []string{"public.duckdb"}},
		{"all", "", []string{"all.zip"}},
		{"areas", n("area"), []string{"areas.csv"}},
		{"area_events", n("area_event"), []string{"area_events.csv"}},
		{"policy_events", n("policy_event"), []string{"policy_events.csv"}},
		{"refusals", n("refusal"), []string{"refusals.csv"}},
		{"checks", "", checkFiles},
		{"statistics", "", statisticFiles()},
		{"evidence", n("evidence"), []string{"evidence.csv"}},
		{"register", "", []string{"statements.csv", "statement_verdicts.csv", "requests.csv", "commitments.csv"}},
		{"descriptions", "", []string{"datapackage.json", "catalog.jsonld", "SHA256SUMS"}},
	} {
		files := v.filesNamed(w.files...)
		if len(files) == 0 {
			continue
		}
		p.Whole = append(p.Whole, dataSet{Name: v.T("data.name_" + w.key), What: v.T("data.what_" + w.key), Rows: w.rows, Files: files})
	}
	for _, ind := range in.Indicators {
		d := v.s.Data.Indicator(ind.ID)
		set := dataSet{Name: v.name(ind.Name), What: v.subjectName(ind.Subject), Periods: v.span(ind), Rows: v.l.Number(float64(len(d.All())), 0),
			Link: &Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name)}, Files: v.indicatorDownloads(ind)}
		p.Indicators = append(p.Indicators, set)
	}
	if _, ok := v.s.Sizes["values.csv"]; ok {
		first := "population"
		if len(in.Indicators) > 0 {
			first = in.Indicators[0].ID
		}
		query := fmt.Sprintf("select area_name_%s, period, value, unit\nfrom value\nwhere indicator = '%s'\norder by period_end, area;", v.code, first)
		p.Snippets = []snippet{
			{v.T("data.snippet_duckdb"), "duckdb -readonly public.duckdb\n\n" + query},
			{v.T("data.snippet_python"), "import pandas as pd\n\nvalues = pd.read_csv(\"values.csv\", dtype={\"area\": str})\nvalues[values[\"indicator\"] == \"" + first + "\"]"},
			{v.T("data.snippet_r"), "values <- read.csv(\"values.csv\", colClasses = c(area = \"character\"))\nsubset(values, indicator == \"" + first + "\")"},
		}
	}
	contents := []Link{v.anchor("part-whole", "data.head_whole"), v.anchor("part-indicators", "data.head_indicators"), v.anchor("part-use", "data.head_use")}
	return v.render("data", v.T("nav.data"), p.Answer, margin{contents: contents}, p)
}

// statisticFiles are the names of the files of the statistics.
func statisticFiles() []string {
	var out []string
	for _, f := range downloads.StatisticFiles {
		out = append(out, f.Name)
	}
	return out
}

// span is the first and last period of an indicator, in words.
func (v *view) span(ind model.Indicator) string {
	ps := v.s.Data.Indicator(ind.ID).Periods()
	if len(ps) == 0 {
		return ""
	}
	last, first := ps[0], ps[0]
	for _, p := range ps {
		if p.Start < first.Start {
			first = p
		}
	}
	if first == last {
		return v.shortAs(last.Period, v.s.basis(ind))
	}
	return v.shortAs(first.Period, v.s.basis(ind)) + " – " + v.shortAs(last.Period, v.s.basis(ind))
}
