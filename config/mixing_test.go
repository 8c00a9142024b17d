package config

import (
	"strings"
	"testing"
)

// A formula over published numbers cannot set counts against each other that
// cover different times or different things: the load names the line and says
// why in words.
func TestFormulasOverMixedCountsAreRefused(t *testing.T) {
	const formula = "formula: 100 * housed / families"
	const terms = "          - {name: housed, measure: large_families_rehoused}\n          - {name: families, measure: large_families}\n"
	line := func(terms ...string) string {
		out := ""
		for _, t := range terms {
			out += "          - {" + t + "}\n"
		}
		return out
	}
	for _, x := range []struct{ name, formula, terms, births, want string }{
		{"a half-year's count since January and a full year's", "100 - 100 * later / earlier",
			line("name: later, measure: births, period: 2021-H1", "name: earlier, measure: births, period: '2020'"), "year_to_date",
			"later / earlier: year-to-date counts up to 2021-06-30 and up to 2020-12-31 are of different lengths; expected the same day of each year"},
		{"the same half-year of two years", "100 - 100 * later / earlier",
			line("name: later, measure: births, period: 2021-H1", "name: earlier, measure: births, period: 2020-H1"), "year_to_date", ""},
		{"what the second half-year added", "later - earlier",
			line("name: later, measure: births, period: '2020'", "name: earlier, measure: births, period: 2020-H1"), "year_to_date", ""},
		{"a half-year's part of its year", "100 * earlier / later",
			line("name: later, measure: births, period: '2020'", "name: earlier, measure: births, period: 2020-H1"), "year_to_date",
			"year-to-date counts up to 2020-06-30 and up to 2020-12-31 are of different lengths"},
		{"two counts since January of one year added up", "later + earlier",
			line("name: later, measure: births, period: '2020'", "name: earlier, measure: births, period: 2020-H1"), "year_to_date",
			"later + earlier: births counts everybody since January; the counts of 2020 and 2020-H1 hold the same people twice and are not added up"},
		{"two years added up", "later + earlier",
			line("name: later, measure: births, period: '2020'", "name: earlier, measure: births, period: '2019'"), "year_to_date", ""},
		{"the second half-years of two years", "100 * (b - a) / (d - c)",
			line("name: a, measure: births, period: 2020-H1", "name: b, measure: births, period: '2020'", "name: c, measure: births, period: 2019-H1", "name: d, measure: births, period: '2019'"), "year_to_date", ""},
		{"February of a leap year", "100 * later / earlier",
			line("name: later, measure: births, period: 2021-02", "name: earlier, measure: births, period: 2020-02"), "year_to_date", ""},
		{"two gains of a cumulative count", "(b - a) + (d - c)",
			line("name: a, measure: large_families_rehoused, period: 2019-H1", "name: b, measure: large_families_rehoused, period: 2019-H2", "name: c, measure: large_families_rehoused, period: 2020-H1", "name: d, measure: large_families_rehoused, period: 2020-H2"), "flow", ""},
		{"cumulative counts added up", "later + earlier",
			line("name: later, measure: large_families_rehoused, period: 2020-H2", "name: earlier, measure: large_families_rehoused, period: 2020-H1"), "flow",
			"later + earlier: large_families_rehoused counts everybody since its beginning; two such counts hold the same people twice and are not added up"},
		{"cumulative counts of two areas", "here + there",
			line("name: here, measure: large_families_rehoused", "name: there, measure: large_families_rehoused, area: '980200000'"), "flow", ""},
		{"a flow over the stock of another year", "1000 * born / people",
			line("name: born, measure: births, period: '2020'", "name: people, measure: population, period: 2018-12-31"), "flow",
			"born / people: what happened in one period is divided by the stock of another (2020 and 2018-12-31); expected a stock within the period or at its ends"},
		{"a flow over the stock at its beginning", "1000 * born / people",
			line("name: born, measure: births, period: '2020'", "name: people, measure: population, period: 2019-12-31"), "flow", ""},
		{"persons and families", "people / families",
			line("name: people, measure: population", "name: families, measure: large_families"), "flow",
			"people / families: population counts persons and large_families counts families; persons and families never mix"},
		{"persons and families added up", "people + families",
			line("name: people, measure: population", "name: families, measure: large_families"), "flow",
			"persons and families never mix"},
	} {
		t.Run(x.name, func(t *testing.T) {
			files := mini(t)
			edit(t, files, "statements.yaml", formula, "formula: "+x.formula)
			edit(t, files, "statements.yaml", terms, x.terms)
			if x.births == "year_to_date" {
				edit(t, files, "measures.yaml", "basis: flow", "basis: year_to_date")
			}
			_, err := Load(files, "mini", Settings{})
			if x.want == "" {
				if err != nil {
					t.Errorf("expected no problem, got\n%v", err)
				}
				return
			}
			want := "statements.yaml:25, key statements[1].readings[1].formula: "
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), x.want) {
				t.Errorf("expected %q and %q among\n%v", want, x.want, err)
			}
		})
	}
}

// An indicator does not mix either: families per thousand persons is refused,
// and a group of people cannot be declared spread like shops.
func TestIndicatorsOverMixedCountsAreRefused(t *testing.T) {
	for _, x := range []struct{ name, file, old, new, want string }{
		{"a rate of persons over families", "indicators.yaml", "denominator: {measure: population, series: register}", "denominator: large_families",
			"births counts persons and large_families counts families; persons and families never mix"},
		{"things that go with people", "measures.yaml", "    counts: persons\n", "    counts: things\n    spread: people\n",
			"spread: people for things; only persons and families move with a share of the people"},
		{"a spread nobody knows", "measures.yaml", "    counts: families\n", "    counts: families\n    spread: evn\n", `"evn" stands here; expected one of people, uneven`},
	} {
		t.Run(x.name, func(t *testing.T) {
			files := mini(t)
			edit(t, files, x.file, x.old, x.new)
			_, err := Load(files, "mini", Settings{})
			if err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("expected %q among\n%v", x.want, err)
			}
		})
	}
}
