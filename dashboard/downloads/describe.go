package downloads

import (
	"sort"
	"strings"

	"tereze/model"
)

// Describe makes the descriptions for machines once all data files are
// there: a Frictionless data package and a DCAT catalogue.
func (s *Set) Describe() ([]File, error) {
	pack, err := pretty(s.dataPackage())
	if err != nil {
		return nil, err
	}
	cat, err := pretty(s.dcat())
	if err != nil {
		return nil, err
	}
	return []File{{"data/datapackage.json", pack}, {"data/catalog.jsonld", cat}}, nil
}

type object = map[string]any

// field types of the columns whose content is not text.
var fieldTypes = map[string]string{"value": "number", "lower": "number", "upper": "number", "numerator": "number", "denominator": "number",
	"release": "integer", "period_start": "date", "period_end": "date", "area_valid_from": "date", "known_from": "date", "row": "integer",
	"checked": "integer", "refused": "integer", "held": "integer", "released": "integer", "dropped": "integer", "n": "integer",
	"on": "date", "stock_date": "date", "age_days": "integer", "allowed_days": "integer", "due": "date", "received": "date", "told_publisher_on": "date", "explained_on": "date", "other_known_from": "date",
	"corrected": "number", "other_value": "number", "gap_percent": "number", "above_tolerance": "boolean"}

func fields(cols []string) []object {
	var out []object
	for _, c := range cols {
		t := fieldTypes[c]
		if t == "" {
			t = "string"
		}
		out = append(out, object{"name": c, "type": t})
	}
	return out
}

var observationColumns = []string{"measure", "area", "area_valid_from", "period", "period_start", "period_end", "value", "qualifier", "unit", "basis",
	"obs_status", "conf_status", "nature", "source", "snapshot", "sheet", "row", "column", "known_from", "reference", "reason", "release"}

// list is one of the lists of the checks: its columns, of which one that ends
// in "_*" stands for one column a language.
type list struct {
	id      string
	columns string
}

var lists = []list{
	{"refusals", "source snapshot file sheet row column code area period measure words_* nature"},
	{"rule_outcomes", "source rule checked refused held released dropped nature"},
	{"source_problems", "source file sheet column code level n words_* nature"},
	{"decisions", "id source area area_valid_from period measure decision rule by on file sheet row column reason_* nature"},
	{"corrections", "id source area area_valid_from period measure published corrected evidence told_publisher_on snapshot sheet row column note_* nature"},
	{"disagreements", "measure area area_valid_from period territory source value qualifier known_from other_source other_value other_qualifier other_known_from gap_percent above_tolerance id explained_by explained_on explanation_* nature"},
	{"denominators", "indicator area area_valid_from period base_period territory source measure stock_period stock_date age_days allowed_days nature"},
	{"deliveries", "source series area area_valid_from period due received status file nature"},
}

// columnsOf are the columns of a list in the languages of the instance.
func (s *Set) columnsOf(l list) []string {
	var out []string
	for _, c := range strings.Fields(l.columns) {
		name, worded := strings.CutSuffix(c, "_*")
		if !worded {
			out = append(out, c)
			continue
		}
		for _, lang := range s.In.Languages {
			out = append(out, name+"_"+lang)
		}
	}
	return out
}

// said is a message in each language of the instance.
func (s *Set) said(key string) model.Text {
	t := model.Text{}
	for _, lang := range s.In.Languages {
		t[lang] = s.In.Words.Lang(lang).T(key)
	}
	return t
}

// dataPackage follows the Frictionless Data Package, version 1.
func (s *Set) dataPackage() object {
	first := s.In.DefaultLanguage
	var resources []object
	add := func(name, path string, title, row model.Text, cols []string) {
		size, ok := s.Sizes[path]
		if !ok {
			return
		}
		r := object{"name": kebab(name), "path": path, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
			"encoding": "utf-8", "bytes": size}
		if t := s.title(title.In(first)); t != "" {
			r["title"] = t
		}
		if about := s.title(row.In(first)); about != "" {
			r["description"] = about
		} else if s.In.Example {
			r["description"] = s.exampleLine()
		}
		if cols != nil {
			r["schema"] = object{"fields": fields(cols), "missingValues": []string{""}}
		}
		resources = append(resources, r)
	}
	add("values", "values.csv", nil, nil, s.columns())
	add("observations", "observations.csv", nil, nil, observationColumns)
	for _, l := range lists {
		add(l.id, l.id+".csv", s.said("checked.list_"+l.id), s.said("checked.row_"+l.id), s.columnsOf(l))
	}
	for _, f := range StatisticFiles {
		id := strings.TrimSuffix(f.Name, ".csv")
		add(id, f.Name, nil, s.said("statistic_file."+id), append(append([]string{}, f.Columns...), "release"))
	}
	for _, extra := range []string{"areas", "area_events", "policy_events", "evidence", "statements", "statement_verdicts", "requests", "commitments"} {
		add(extra, extra+".csv", nil, nil, nil)
	}
	for _, i := range s.In.Indicators {
		add(i.ID, i.ID+".csv", i.Name, nil, s.columns())
	}
	out := object{"profile": "tabular-data-package", "name": kebab(s.In.ID), "title": s.title(s.In.Name.In(first)),
		"version": s.Release, "created": string(s.In.Today) + "T00:00:00Z", "resources": resources,
		"licenses": []object{{"title": s.In.Licence.In(first)}}}
	if s.In.BaseURL != "" {
		out["homepage"] = s.In.BaseURL
	}
	if s.In.Example {
		out["description"] = s.exampleLine()
		out["example"] = s.example()
	}
	return out
}

// title marks a title of the example.
func (s *Set) title(t string) string {
	if s.In.Example && t != "" {
		return t + " (" + s.exampleLine() + ")"
	}
	return t
}

var mediaTypes = map[string]string{"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet",
	"arrow": "application/vnd.apache.arrow.file", "duckdb": "application/octet-stream", "zip": "application/zip",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// dcat follows the W3C's Data Catalog Vocabulary, version 3.
func (s *Set) dcat() object {
	base := s.In.BaseURL
	texts := func(t model.Text) []object {
		var out []object
		for _, l := range s.In.Languages {
			if t[l] != "" {
				v := t[l]
				if s.In.Example {
					v += " (" + s.example()[l] + ")"
				}
				out = append(out, object{"@language": l, "@value": v})
			}
		}
		return out
	}
	var sets []object
	set := func(id string, title model.Text, description model.Text, files []string) {
		var dist []object
		for _, f := range files {
			size, ok := s.Sizes[f]
			if !ok {
				continue
			}
			ext := f[strings.LastIndexByte(f, '.')+1:]
			dist = append(dist, object{"@type": "dcat:Distribution", "dcat:downloadURL": object{"@id": base + "data/" + f}, "dcat:mediaType": mediaTypes[ext], "dcat:byteSize": size})
		}
		if len(dist) == 0 {
			return
		}
		d := object{"@type": "dcat:Dataset", "@id": base + "data/#" + kebab(id), "dct:identifier": id, "dcat:distribution": dist,
			"dct:issued": object{"@type": "xsd:date", "@value": string(s.In.Today)}}
		if t := texts(title); len(t) > 0 {
			d["dct:title"] = t
		}
		if t := texts(description); len(t) > 0 {
			d["dct:description"] = t
		}
		sets = append(sets, d)
	}
	set("all", s.In.Name, nil, []string{"values.csv", "values.parquet", "values.arrow", "observations.csv", "observations.parquet", "observations.arrow", "public.duckdb", "all.zip"})
	for _, i := range s.In.Indicators {
		var files []string
		for _, ext := range []string{"csv", "json", "xlsx", "parquet"} {
			files = append(files, i.ID+"."+ext)
		}
		set(i.ID, i.Name, i.Definition, files)
	}
	for _, l := range lists {
		set(l.id, s.said("checked.list_"+l.id), s.said("checked.row_"+l.id), []string{l.id + ".csv"})
	}
	langs := append([]string{}, s.In.Languages...)
	sort.Strings(langs)
	out := object{
		"@context": object{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#"},
		"@type":    "dcat:Catalog", "@id": base, "dct:title": texts(s.In.Name), "dct:publisher": object{"@type": "foaf:Agent", "foaf:name": texts(s.In.Owner)},
		"dct:license": texts(s.In.Licence), "dct:language": langs, "dcat:dataset": sets,
	}
	if s.In.Example {
		out["example"] = s.example()
	}
	return out
}
