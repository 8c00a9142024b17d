package dashboard_test

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"tereze/config"
	"tereze/dashboard"
	"tereze/model"
)

// fakeDB answers the site's queries from rows kept by table.
type fakeDB map[string][][]any

var fromTable = regexp.MustCompile(`\bfrom (\w+)`)

func (db fakeDB) Query(_ context.Context, sql string, _ ...any) (dashboard.Rows, error) {
	m := fromTable.FindStringSubmatch(sql)
	if m == nil {
		return nil, fmt.Errorf("no table in %q", sql)
	}
	rows := db[m[1]]
	if strings.HasPrefix(sql, "select count(*)") {
		rows = [][]any{{int64(len(rows))}}
	}
	return &fakeRows{rows: rows, at: -1}, nil
}

type fakeRows struct {
	rows [][]any
	at   int
}

func (r *fakeRows) Next() bool   { r.at++; return r.at < len(r.rows) }
func (r *fakeRows) Close() error { return nil }
func (r *fakeRows) Err() error   { return nil }

func (r *fakeRows) Scan(dest ...any) error {
	row := r.rows[r.at]
	if len(row) != len(dest) {
		return fmt.Errorf("row has %d columns, %d were asked for", len(row), len(dest))
	}
	for i, d := range dest {
		to := reflect.ValueOf(d).Elem()
		to.Set(reflect.ValueOf(row[i]).Convert(to.Type()))
	}
	return nil
}

// fakeValue is one row of the value table in the words of a test.
type fakeValue struct {
	indicator, area, from, period, base string
	value, lower, upper, num, den       float64
	qualifier, interval, basis          string
	status, conf, nature                string
	events, source, reason, unit        string
}

func (v fakeValue) row() []any {
	return []any{v.indicator + "/" + v.area + "/" + v.from, v.period + "/" + v.base, v.value, v.lower, v.upper, v.num, v.den,
		strings.Join([]string{v.qualifier, v.interval, v.basis, v.status, v.conf, v.nature, "as_reported", v.events, v.source, v.reason, v.unit}, "|")}
}

// mini builds rows for the shared instance: shares of the region and its
// districts over five half-years, one district missing, one protected, one
// across a border; births as a rate; a pace.
func mini(in config.Public) fakeDB {
	db := fakeDB{}
	periods := []string{"2019-H1", "2019-H2", "2020-H1", "2020-H2", "2021-H1"}
	nan := nan()
	base := fakeValue{status: "A", conf: "F", nature: "reported", lower: nan, upper: nan, num: nan, den: nan}
	for pi, p := range periods {
		region := base
		region.indicator, region.area, region.from, region.period = "rehoused_share", "980000000", "1900-01-01", p
		region.source, region.basis, region.unit = "computed:reports", "cumulative", "percent"
		region.value, region.num, region.den = 40+float64(pi)*2.5, 800+float64(pi)*50, 2000
		region.lower, region.upper, region.interval = region.value-2, region.value+2, "model_95"
		if p == "2020-H1" {
			region.value, region.num, region.den, region.lower, region.upper = nan, nan, nan, nan, nan
			region.interval, region.status, region.reason = "", "O", "not_supplied"
			db["coverage"] = append(db["coverage"], []any{"rehoused_share", "980000000", "1900-01-01", p, "", "as_reported", "computed:reports", int64(2), int64(3)})
		}
		db["value"] = append(db["value"], region.row())
		parsed, _ := model.ParsePeriod(p)
		for ai, a := range in.AreasIn("980000000", parsed.End) {
			v := region
			v.area, v.from, v.source = a.Code, string(a.ValidFrom), "reports"
			v.status, v.reason, v.interval = "A", "", "model_95"
			v.num, v.den = float64(200+ai*40+pi*10), float64(500+ai*100)
			v.value = float64(int(v.num/v.den*1e6+0.5)) / 1e4
			v.lower, v.upper = v.value-4, v.value+4
			if a.Code == "980300000" && p == "2021-H1" {
				v.status, v.events = "B", "north_2021"
			}
			if ai == 1 && p == "2020-H1" {
				v.value, v.num, v.den, v.lower, v.upper, v.interval, v.status, v.reason = nan, nan, nan, nan, nan, "", "O", "not_supplied"
			}
			if ai == 0 && p == "2021-H1" {
				v.value, v.num, v.den, v.lower, v.upper, v.interval, v.status, v.conf = nan, nan, nan, nan, nan, "", "Q", "A"
			}
			db["value"] = append(db["value"], v.row())
		}
	}
	rate := base
	rate.indicator, rate.area, rate.from, rate.period, rate.source = "birth_rate", "980000000", "1900-01-01", "2020", "register"
	rate.basis, rate.unit, rate.nature = "flow", "per_1000", "published"
	rate.value, rate.num, rate.den, rate.lower, rate.upper, rate.interval = 12.5, 2500, 200000, 12.014, 13, "model_95"
	db["value"] = append(db["value"], rate.row())
	db["observation"] = [][]any{{"births", "980000000", "1900-01-01", "2020", "register", "2021-08-10", "https://example.org/register#births"}}
	db["accounting"] = [][]any{
		{"register", "ab", "data/register.json", int64(9), int64(9), int64(0), int64(0), int64(2)},
		{"reports", "cd", "data/reports.csv", int64(32), int64(30), int64(2), int64(0), int64(7)},
	}
	refusal := []any{"reports", "cd", "data/reports.csv", "", int64(4), "C", "not_a_number", "980200000", "2020-H2", "large_families"}
	for _, l := range in.Languages {
		refusal = append(refusal, in.Words.Lang(l).T("refusal.not_a_number"))
	}
	db["refusal"] = [][]any{refusal}
	db["delivery"] = [][]any{
		{"reports", "reports", "980100000", "1900-01-01", "2020-H2", "2021-01-20", "2021-01-18", "on_time", "data/reports.csv"},
		{"reports", "reports", "980200000", "1900-01-01", "2020-H2", "2021-01-20", "2021-02-01", "late", "data/reports.csv"},
		{"reports", "reports", "980300000", "1900-01-01", "2020-H2", "2021-01-20", "", "not_supplied", ""},
	}
	statistics(db)
	register(db)
	db["release"] = [][]any{{"number", "3"}}
	return db
}

// statistics adds what was worked out from the values: one district of the
// newest period compared, ranked and with a trend, one with the reason why not.
func statistics(db fakeDB) {
	key := func(area, period string) []any {
		from := "2021-01-01" // the border of that day
		if area == "980100000" {
			from = "1900-01-01"
		}
		return []any{"rehoused_share", area, from, "reports", period}
	}
	row := func(k []any, rest ...any) []any { return append(k, rest...) }
	db["comparison"] = [][]any{
		row(key("980200000", "2021-H1"), "", "rest", "better", "", 41.5, 5.25, 1.125, 9.5, 1.127, 1.01, 1.25, int64(2), int64(2), "reported"),
		row(key("980200000", "2021-H1"), "2020-H2", "before", "better", "", 40.0, 6.75, 2.5, 11.0, 1.169, 1.05, 1.3, int64(0), int64(0), "reported"),
		row(key("980100000", "2021-H1"), "", "rest", "", "protected", nan(), nan(), nan(), nan(), nan(), nan(), nan(), int64(1), int64(2), "reported"),
	}
	db["rank"] = [][]any{row(key("980200000", "2021-H1"), int64(1), int64(2), int64(3), int64(1), false, "", "reported")}
	db["funnel"] = [][]any{row(key("980200000", "2021-H1"), 41.5, 1.2, 0.0, 600.0, 37.25, 45.75, 34.875, 48.125, 0.01, "", "reported")}
	db["trend"] = [][]any{row(key("980200000", "2021-H1"), "2019-H1", "rising_better", "", int64(5), 0.001, "reported")}
}

// register are the rows of what was said, asked and promised: a statement
// whose verdict has changed, one that no formula tests.
func register(db fakeDB) {
	nan := nan()
	db["statement"] = [][]any{{"some_rehoused", "cannot_be_checked", "not_consistent", 100.0, 50.0, 149.0}, {"thanks", "cause_not_testable", "cause_not_testable", nan, nan, nan}}
	db["statement_verdict"] = [][]any{
		{"some_rehoused", "then", "of_all", "cannot_be_checked", "missing", 20.08, 99.33, nan, nan, false, ""},
		{"some_rehoused", "now", "of_all", "not_consistent", "", 20.08, 99.33, 15.5, 16.5, true, ""},
	}
	db["verdict_change"] = [][]any{
		{"some_rehoused", "now", "", "cannot_be_checked", "first", "", int64(2), "2021-08-01"},
		{"some_rehoused", "now", "cannot_be_checked", "not_consistent", "data_arrived", "rehoused_share/980100000/1900-01-01/2020-H2/-/as_reported/reports=16", int64(3), "2021-09-01"},
	}
	db["request"] = [][]any{{"table", "drafted", "", int64(0), int64(3)}}
	db["commitment"] = [][]any{
		{"homes", "980100000", "1900-01-01", "not_evidenced", "reports", "", "", ""},
		{"homes", "980200000", "2021-01-01", "no_document", "", "", "", ""},
		{"homes", "980300000", "2021-01-01", "done", "", "№ 1", "2021-06-01", "https://example.org/1"},
	}
}
