package config

import (
	"strings"
	"testing"

	"tereze/model"
)

const decisionOK = `decisions:
  - {id: new_list, source: reports, area: "980100000", period: 2021-H1, measure: large_families, decision: release, value: 410,
     by: A person, on: 2021-08-01, reason: {kk: а, ru: б, en: c}}
sender_refusals:
  - {id: letter, source: reports, area: "980300000", period: 2021-H1, on: 2021-08-01, reason: {kk: а, ru: б, en: c}}
disagreements:
  - {id: two, measure: large_families, area: "980000000", period: 2021-H1, sources: [reports, register], by: A person, on: 2021-08-01, explanation: {kk: а, ru: б, en: c}}
`

const correctionOK = `corrections:
  - {id: slip, source: register, area: "980100000", period: 2021-H1, measure: population, published: "1 625", corrected: 625,
     evidence: https://example.org/e, told_publisher_on: 2021-08-02, note: {kk: а, ru: б, en: c}}
`

// What people decided is read whole; the value is the text they saw.
func TestReviewedFilesAreRead(t *testing.T) {
	files := mini(t)
	edit(t, files, "decisions.yaml", "", decisionOK)
	edit(t, files, "corrections.yaml", "", correctionOK)
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	d := in.Decisions[0]
	if d.Value != "410" || d.Decision != Release || d.By != "A person" || d.On != "2021-08-01" || d.Period != model.HalfOf(2021, 1) || d.Place.File != "decisions.yaml" || d.Place.Line != 2 {
		t.Errorf("decision %+v", d)
	}
	if c := in.Corrections[0]; c.Published != "1 625" || c.Corrected != 625 || c.ToldPublisherOn != "2021-08-02" || c.Place.Line != 2 {
		t.Errorf("correction %+v", c)
	}
	if len(in.SenderRefusals) != 1 || len(in.Explanations) != 1 || len(in.Explanations[0].Sources) != 2 {
		t.Errorf("%+v %+v", in.SenderRefusals, in.Explanations)
	}
	if part := in.WithSources(in.Sources[0]); part.Corrections != nil {
		t.Error("a part of the deliveries is held against the whole register of errors")
	}
}

// An entry about nothing would wait for ever, or release what nobody saw.
func TestEntriesAboutNothingNameTheirPlace(t *testing.T) {
	for _, x := range []struct{ name, old, new, want string }{
		{"source", "source: reports, area: \"980100000\"", "source: report, area: \"980100000\"", `decisions.yaml:2, key decisions[1].source: source "report" is not defined; did you mean reports?`},
		{"area", `"980100000"`, `"980100009"`, `key decisions[1].area: area "980100009" is not defined; did you mean 980100000?`},
		{"area of another time", `"980100000", period: 2021-H1`, `"980100000", period: 2019-H1`, "did not exist on 2019-06-30"},
		{"measure", "measure: large_families, decision", "measure: large_family, decision", `measure "large_family" is not defined; did you mean large_families?`},
		{"verdict", "decision: release", "decision: relase", "expected one of release, refuse; did you mean release?"},
		{"nobody", "by: A person, on: 2021-08-01, reason", "by: ' ', on: 2021-08-01, reason", "key by is missing or empty"},
		{"no reason", ", reason: {kk: а, ru: б, en: c}}\nsender", "}\nsender", "key reason is missing"},
		{"unknown key", "decision: release", "verdict: release", "unknown key verdict"},
		{"one source differs from itself", "[reports, register]", "[reports, reports]", "1 sources are named; expected the two or more that differ"},
		{"twice", "sender_refusals:", "  - {id: again, source: reports, area: \"980100000\", period: 2021-H1, measure: large_families, decision: refuse, by: B, on: 2021-08-02, reason: {kk: а, ru: б, en: c}}\nsender_refusals:", "again is about the same value as new_list; keep one"},
	} {
		t.Run(x.name, func(t *testing.T) {
			files := mini(t)
			edit(t, files, "areas.csv", "980100000,,,city", "980100000,2020-01-01,,city")
			edit(t, files, "decisions.yaml", "", decisionOK)
			edit(t, files, "decisions.yaml", x.old, x.new)
			if _, err := Load(files, "mini", Settings{}); err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("expected %q among\n%v", x.want, err)
			}
		})
	}
	files := mini(t)
	edit(t, files, "corrections.yaml", "", strings.Replace(correctionOK, "evidence: https://example.org/e, ", "", 1))
	if _, err := Load(files, "mini", Settings{}); err == nil || !strings.Contains(err.Error(), "key evidence is missing") {
		t.Errorf("a correction without evidence: %v", err)
	}
}

// Rules come from the contract, then the measure, then the instance; one
// that nothing can keep is refused.
func TestRulesAndContracts(t *testing.T) {
	files := mini(t)
	edit(t, files, "instance.yaml", "disclosure:", "rules: {jump: 5, sum_tolerance: 1}\ndisclosure:")
	edit(t, files, "measures.yaml", "    department: social", "    rules: {jump: 3, max: 900}\n    department: social")
	edit(t, files, "sources/reports.yaml", "\ntable:", "\ndate_order: day_first\ncontract:\n  columns: [\"№\"]\n  only_calendar: true\n  measures: [{id: large_families, unit: families, min: 1, sum_tolerance: 0, allowed: [400, 410.5]}]\ntable:")
	edit(t, files, "sources/reports.yaml", "  ignore: [\"№\"]\n", "")
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := in.Source("reports")
	m, _ := in.Measure("large_families")
	r := in.RulesOf(s, m)
	if *r.Jump != 3 || *r.Max != 900 || *r.Min != 1 || *r.SumTolerance != 0 || r.GapTolerance != nil {
		t.Errorf("rules %+v", r)
	}
	if births, _ := in.Measure("births"); *in.RulesOf(s, births).Jump != 5 {
		t.Error("the rule of the instance does not hold for a measure without one")
	}
	if s.DateOrder != "day_first" || s.Contract.Measures[0].Allowed[1] != 410.5 || s.Table.Expect[0] != "№" {
		t.Errorf("contract %+v", s.Contract)
	}
	for _, x := range []struct{ name, file, old, new, want string }{
		{"factor", "measures.yaml", "jump: 3", "jump: 0.5", "expected a factor above 1, or 0 for no rule"},
		{"limits", "measures.yaml", "max: 900", "max: 900, min: 901", "the least value is 901"},
		{"tolerance", "instance.yaml", "sum_tolerance: 1", "sum_tolerance: 101", "expected 0 to 100 per cent"},
		{"unit", "sources/reports.yaml", "unit: families", "unit: children", "nothing is converted"},
		{"measure", "sources/reports.yaml", "id: large_families, unit", "id: large_family, unit", `measure "large_family" is not defined`},
		{"order", "sources/reports.yaml", "day_first", "dayfirst", "expected one of day_first, month_first"},
		{"no calendar", "sources/reports.yaml", "calendar: {periods: [2020-H2, 2021-H1], due_days: 20}\n", "", "expected a calendar block"},
	} {
		t.Run(x.name, func(t *testing.T) {
			changed := mini(t)
			for name, f := range files {
				copy := *f
				changed[name] = &copy
			}
			edit(t, changed, x.file, x.old, x.new)
			if _, err := Load(changed, "mini", Settings{}); err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("expected %q among\n%v", x.want, err)
			}
		})
	}
}

// A page about reports stands where reports are due, and nowhere else.
func TestTimelinessNeedsACalendar(t *testing.T) {
	for name, want := range map[string]bool{"ulgi": true, "vko": false} {
		fsys, id, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in, err := Load(fsys, id, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := in.Indicator("reports_on_time_share"); ok != want {
			t.Errorf("%s has the indicator: %t", name, ok)
		}
		last := in.Subjects[len(in.Subjects)-1].ID
		if (last == "reporting") != want {
			t.Errorf("%s ends with the subject %s", name, last)
		}
	}
}
