package verdict

import (
	"math"
	"testing"

	"tereze/config"
	"tereze/config/formula"
	"tereze/model"
)

func number(v float64) *float64 { return &v }

var wordings = []config.Wording{{ID: "about", Low: number(0.9), High: number(1.1)}, {ID: "almost", Low: number(0.9), High: number(1)}, {ID: "more_than", Low: number(1)}}

// The range of a claim is what its rounding or its word leaves open.
func TestWhatWasSaidAsARange(t *testing.T) {
	for _, x := range []struct {
		name      string
		says      config.Says
		percent   bool
		low, high float64
	}{
		{"9 of 18 thousand", config.Says{Part: number(9000), Whole: number(18000), RoundedTo: 1000}, true, 45.948430, 54.28},
		{"a count rounded to thousands", config.Says{Value: number(9000), RoundedTo: 1000}, false, 8500, 9499},
		{"a percentage rounded to whole", config.Says{Value: number(50), RoundedTo: 1}, true, 49.5, 50.5},
		{"almost 2000", config.Says{Value: number(2000), Wording: "almost"}, false, 1800, 2000},
		{"more than 47000", config.Says{Value: number(47000), Wording: "more_than"}, false, 47000, math.Inf(1)},
		{"as counted", config.Says{Value: number(11)}, false, 11, 11},
	} {
		if r := Said(x.says, wordings, x.percent); math.Abs(r.Low-x.low) > 1e-4 || math.Abs(r.High-x.high) > 1e-4 && r.High != x.high {
			t.Errorf("%s: %v, expected %v to %v", x.name, r, x.low, x.high)
		}
	}
}

func statement(readings ...config.Reading) config.Statement {
	return config.Statement{ID: "s", Said: config.Occasion{Source: "speech"}, Unit: "percent", Area: "R", Says: &config.Says{Value: number(50), RoundedTo: 10}, Readings: readings}
}

func share(id, whole string) config.Reading {
	return config.Reading{ID: id, Formula: "100 * a / b", Terms: []config.Operand{{Name: "a", Indicator: "part"}, {Name: "b", Indicator: whole}}}
}

func published(known model.Date, values map[string]float64) Facts {
	return func(t config.Operand) []Fact {
		v, ok := values[t.Indicator]
		if !ok {
			return nil
		}
		return []Fact{{ID: t.Indicator, Source: "register", Range: formula.At(v), KnownFrom: known}}
	}
}

// Each verdict is reached by data that deserve it, and by no other.
func TestVerdicts(t *testing.T) {
	two := statement(share("all", "all"), share("queue", "queue"))
	for _, x := range []struct {
		name   string
		facts  Facts
		day    model.Date
		want   config.Verdict
		reason Reason
	}{
		{"holds under both", published("2020-01-01", map[string]float64{"part": 50, "all": 100, "queue": 98}), "", config.Consistent, ""},
		{"holds under neither", published("2020-01-01", map[string]float64{"part": 50, "all": 1000, "queue": 200}), "", config.NotConsistent, ""},
		{"holds under one", published("2020-01-01", map[string]float64{"part": 50, "all": 1000, "queue": 100}), "", config.HoldsOnlyUnder, ""},
		{"nothing published", published("2020-01-01", nil), "", config.CannotBeChecked, Missing},
		{"one refuted, one unknown", published("2020-01-01", map[string]float64{"part": 50, "all": 1000}), "", config.CannotBeChecked, ""},
		{"published after that day", published("2022-01-01", map[string]float64{"part": 50, "all": 100, "queue": 98}), "2021-07-01", config.CannotBeChecked, Missing},
		{"nobody knows since when", published("", map[string]float64{"part": 50, "all": 100, "queue": 98}), "2021-07-01", config.CannotBeChecked, Missing},
		{"a share of nothing", published("2020-01-01", map[string]float64{"part": 50, "all": 0, "queue": 0}), "", config.CannotBeChecked, Undefined},
	} {
		j := Judge(two, wordings, x.facts, x.day)
		if j.Verdict != x.want || j.Outcomes[0].Reason != x.reason {
			t.Errorf("%s: %s, %s; expected %s, %s", x.name, j.Verdict, j.Outcomes[0].Reason, x.want, x.reason)
		}
	}
}

// Data that allow both a true and a false statement decide nothing.
func TestCoarseDataDecideNothing(t *testing.T) {
	one := statement(share("all", "all"))
	facts := func(t config.Operand) []Fact {
		if t.Indicator == "part" {
			return []Fact{{ID: "part", Range: formula.Range{Low: 30, High: 60}}}
		}
		return []Fact{{ID: "all", Range: formula.At(100)}}
	}
	if j := Judge(one, wordings, facts, ""); j.Verdict != config.CannotBeChecked || j.Outcomes[0].Reason != TooCoarse {
		t.Errorf("30 to 60 against 45 to 55: %+v", j)
	}
}

// A speech is no evidence for itself, and publishers that disagree all count.
func TestEvidence(t *testing.T) {
	one := statement(share("all", "all"))
	own := func(t config.Operand) []Fact {
		return []Fact{{ID: t.Indicator, Source: "speech", Range: formula.At(50), KnownFrom: "2021-01-01"}}
	}
	if j := Judge(one, wordings, own, ""); j.Verdict != config.CannotBeChecked {
		t.Errorf("the speech proves itself: %+v", j)
	}
	disagree := func(t config.Operand) []Fact {
		if t.Indicator == "part" {
			return []Fact{{ID: "x", Source: "x", Range: formula.At(50)}, {ID: "y", Source: "y", Range: formula.At(80)}}
		}
		return []Fact{{ID: "all", Range: formula.At(100)}}
	}
	if o := Judge(one, wordings, disagree, "").Outcomes[0]; o.Reason != TooCoarse || o.Data != (formula.Range{Low: 50, High: 80}) {
		t.Errorf("two publishers: %+v", o)
	}
	hidden := func(t config.Operand) []Fact { return []Fact{{ID: "h", Protected: true}} }
	if o := Judge(one, wordings, hidden, "").Outcomes[0]; o.Reason != Protected || o.Has || len(o.Inputs) > 0 {
		t.Errorf("a protected number was used: %+v", o)
	}
}
