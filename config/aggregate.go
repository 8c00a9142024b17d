package config

import (
	"slices"
	"strings"

	"tereze/config/tree"
)

// Aggregate says how a file with a row for every case is counted. The
// database reads the file itself; only the counts are kept, as a CSV whose
// columns the table then names. Either SQL is given, or By with Count or Sum.
type Aggregate struct {
	By      []string          `yaml:"by" doc:"Columns to group by, such as district and month; they are kept."`
	Count   string            `yaml:"count" doc:"Name of the column that holds the number of rows of a group."`
	Sum     map[string]string `yaml:"sum" doc:"Columns to add up: name in the result to column of the file."`
	Where   string            `yaml:"where" doc:"SQL condition on the rows to take."`
	SQL     string            `yaml:"sql" doc:"One SELECT over the table source, instead of the keys above."`
	MaxRows int               `yaml:"max_rows" need:"yes" doc:"Areas × periods × categories that the file is grouped by; more rows are refused."`
}

// Query is the SELECT over the table source that the block means.
func (a Aggregate) Query() string {
	if a.SQL != "" {
		return a.SQL
	}
	var columns, groups []string
	for _, c := range a.By {
		columns, groups = append(columns, quoteName(c)), append(groups, quoteName(c))
	}
	if a.Count != "" {
		columns = append(columns, "count(*) as "+quoteName(a.Count))
	}
	for _, name := range sortedKeys(a.Sum) {
		columns = append(columns, "sum("+quoteName(a.Sum[name])+") as "+quoteName(name))
	}
	q := "select " + strings.Join(columns, ", ") + " from source"
	if a.Where != "" {
		q += " where " + a.Where
	}
	q += " group by " + strings.Join(groups, ", ")
	return q + " order by " + strings.Join(groups, ", ")
}

func quoteName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// Format is the format of a source's files or answers: csv, xlsx, json,
// parquet, sdmx-csv, json-stat, or for the kinds that have one of their own
// the kind.
func (s Source) Format() string {
	switch {
	case s.Connection != nil && s.Connection.Web != nil:
		return s.Connection.Web.Format
	case s.Connection != nil && s.Connection.Statgov != nil:
		switch f := s.Connection.Statgov.Format; f {
		case "":
			return "xlsx"
		case "json":
			return "taldau"
		default:
			return f
		}
	case s.Connection != nil && s.Connection.SQL != nil:
		return "csv"
	}
	switch s.Kind {
	case "sdmx":
		return "sdmx-csv"
	case "jsonstat":
		return "json-stat"
	case "egov":
		return "json"
	}
	return s.Kind
}

func (r *reader) checkAggregate(s Source, n *tree.Node) {
	a := s.Aggregate
	format := s.Format()
	if a == nil {
		if format == "parquet" {
			r.bad(n.At("aggregate"), "missing_key", "", "key aggregate is missing; a Parquet file is read by the database, which keeps counts only")
		}
		return
	}
	at := n.Get("aggregate")
	switch {
	case format != "parquet" && format != "csv":
		r.bad(at.Place(), "wrong_value", "", "the files are %s; only csv and parquet can be counted by the database", format)
	case s.Connection != nil && s.Connection.SQL != nil:
		r.bad(at.Place(), "wrong_value", "", "kind %s counts by its own query; remove aggregate", s.Kind)
	case a.SQL != "" && (len(a.By) > 0 || a.Count != "" || len(a.Sum) > 0 || a.Where != ""):
		r.bad(at.At("sql"), "wrong_value", "", "sql stands beside by, count, sum or where; expected one or the other")
	case a.SQL == "" && len(a.By) == 0:
		r.bad(at.At("by"), "missing_key", "", "neither by nor sql is declared; expected the columns to group by")
	case a.SQL == "" && a.Count == "" && len(a.Sum) == 0:
		r.bad(at.At("count"), "missing_key", "", "neither count nor sum is declared; expected the name of a column for the number of rows")
	}
	if c := at.Get("max_rows"); c != nil && !wrongType(c) && (a.MaxRows <= 0 || a.MaxRows > 2_000_000) {
		r.bad(at.At("max_rows"), "wrong_value", "", "%d stands here; expected the number of areas × periods × categories, at most 2000000", a.MaxRows)
	}
	if a.Count != "" && slices.Contains(a.By, a.Count) {
		r.bad(at.At("count"), "wrong_value", "", "%q is also a column to group by; expected a name of its own", a.Count)
	}
}
