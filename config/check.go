package config

import (
	"slices"
	"sort"

	"tereze/config/tree"
	"tereze/model"
)

// names are the valid ids, for checks and hints.
type names struct {
	measures, indicators, subjects, units, series []string
}

func namesOf(in *Instance, units []string) names {
	var n names
	for _, m := range in.Measures {
		n.measures = append(n.measures, m.ID)
	}
	for _, i := range in.Indicators {
		n.indicators = append(n.indicators, i.ID)
	}
	for _, s := range in.Subjects {
		n.subjects = append(n.subjects, s.ID)
	}
	for _, s := range in.Sources {
		if !slices.Contains(n.series, s.Series) {
			n.series = append(n.series, s.Series)
		}
	}
	n.units = units
	return n
}

// ref complains when id is given and not among the valid ones.
func (r *reader) ref(p model.Place, what, id string, valid []string) {
	if id != "" && !slices.Contains(valid, id) {
		r.unknown(p, what, id, valid)
	}
}

func (r *reader) checkMeasures(in *Instance, d declared, valid names) {
	byID := map[string]model.Measure{}
	for _, m := range in.Measures {
		byID[m.ID] = m
	}
	for i, m := range in.Measures {
		n := d.measures[i]
		r.ref(n.At("unit"), "unit", m.Unit, valid.units)
		r.ref(n.At("of"), "unit", m.Of, valid.units)
		r.ref(n.At("total"), "measure", m.Total, valid.measures)
		r.checkRules(m.Rules, n.Get("rules"))
		if m.Spread != model.SpreadByGroup && !m.Counts.Protected() {
			r.bad(n.At("spread"), "wrong_value", "", "spread: %s for %s; only persons and families move with a share of the people", m.Spread, m.Counts)
		}
		if m.Since != "" && m.Basis != model.Cumulative {
			r.bad(n.At("since"), "wrong_value", "", "since belongs to a cumulative count; the basis of %s is %s", m.ID, m.Basis)
		}
		if whole, ok := byID[m.Total]; ok {
			if m.Total == m.ID {
				r.bad(n.At("total"), "cycle", "", "measure %s is declared a category of itself", m.ID)
			} else if whole.Total != "" && whole.Total == m.ID {
				r.bad(n.At("total"), "cycle", "", "measures %s and %s are declared categories of each other", m.ID, whole.ID)
			}
			if whole.Counts != m.Counts || whole.Basis != m.Basis {
				r.bad(n.At("total"), "mixed_basis", "", "%s counts %s (%s), its total %s counts %s (%s); a category is counted like its whole",
					m.ID, m.Counts, m.Basis, whole.ID, whole.Counts, whole.Basis)
			}
		}
	}
}

func (r *reader) checkPolicies(in *Instance, d declared, valid names) {
	for i, e := range in.PolicyEvents {
		n := d.policies[i]
		for k, id := range e.Measures {
			r.ref(itemPlace(n.Get("measures"), k), "measure", id, valid.measures)
		}
		if e.Until != "" && e.Until < e.Date {
			r.bad(n.At("until"), "wrong_value", "", "%s is before the date %s", e.Until, e.Date)
		}
	}
}

func (r *reader) checkIndicators(in *Instance, d declared, valid names) {
	byID := map[string]model.Measure{}
	for _, m := range in.Measures {
		byID[m.ID] = m
	}
	headline := map[string]string{}
	for i, x := range in.Indicators {
		n := d.indicators[i]
		r.ref(n.At("subject"), "subject", x.Subject, valid.subjects)
		r.ref(n.At("unit"), "unit", x.Unit, valid.units)
		r.input(n, "numerator", x.Numerator, valid)
		r.input(n, "denominator", x.Denominator, valid)
		for k, id := range x.After {
			r.ref(itemPlace(n.Get("after"), k), "indicator", id, valid.indicators)
		}
		for k, id := range x.Gap.Nearby {
			r.ref(itemPlace(n.Get("gap").Get("nearby"), k), "indicator", id, valid.indicators)
		}
		if x.Decimals < 0 || x.Decimals > 6 {
			r.bad(n.At("decimals"), "wrong_value", "", "%d stands here; expected 0 to 6", x.Decimals)
		}
		if x.Headline {
			if first := headline[x.Subject]; first != "" {
				r.bad(n.At("headline"), "wrong_value", "", "subject %s has the headline %s already; keep one", x.Subject, first)
			}
			headline[x.Subject] = x.ID
		}
		r.formula(in, n, x, byID, d.overStock[x.ID])
		r.targets(n, x)
		r.queue(in, n, x, byID, valid)
	}
	r.cycles(in, d)
	r.checkCounting(in, d, byID, valid)
}

func (r *reader) input(n *tree.Node, key string, in model.Input, valid names) {
	at := n.At(key)
	if c := n.Get(key); c != nil && c.Kind == tree.Map {
		at = c.At("measure")
		r.ref(c.At("series"), "series", in.Series, valid.series)
	}
	r.ref(at, "measure", in.Measure, valid.measures)
}

// formula asks each kind for what it needs, refuses what it cannot use, and
// refuses to mix what is counted differently.
func (r *reader) formula(in *Instance, n *tree.Node, x model.Indicator, byID map[string]model.Measure, overStock bool) {
	type rule struct{ numerator, denominator, per, back, model, after bool }
	rules := map[model.IndicatorKind]rule{
		model.Count: {numerator: true}, model.Share: {numerator: true, denominator: true},
		model.Rate:   {numerator: true, denominator: true, per: true},
		model.Change: {numerator: true, back: true}, model.Pace: {numerator: true}, model.Model: {model: true, after: true},
		model.Timeliness: {},
	}
	want, known := rules[x.Kind]
	if !known {
		return
	}
	for _, k := range []struct {
		key      string
		need, is bool
		optional bool
	}{
		{"numerator", want.numerator, x.Numerator.Measure != "", x.Kind == model.Model},
		{"denominator", want.denominator, x.Denominator.Measure != "", x.Kind == model.Model},
		{"per", want.per, x.Per > 0, false},
		{"back", want.back, x.Back > 0, false},
		{"model", want.model, x.Model != "", false},
		{"after", false, len(x.After) > 0, want.after},
	} {
		switch {
		case k.need && !k.is && wrongType(n.Get(k.key)): // said already
		case k.need && !k.is:
			r.bad(n.At(k.key), "missing_key", "", "key %s is missing or empty; kind %s needs it", k.key, x.Kind)
		case !k.need && k.is && !k.optional:
			r.bad(n.At(k.key), "unknown_key", "", "key %s means nothing for kind %s; remove it", k.key, x.Kind)
		}
	}
	if x.Kind == model.Model && x.Model != "" && in.Models[x.Model] == "" {
		var have []string
		for name := range in.Models {
			have = append(have, name)
		}
		sort.Strings(have)
		r.bad(n.At("model"), "undefined_model", tree.Hint(x.Model, have), "file models/%s does not exist or is empty", x.Model)
	}
	a, okA := byID[x.Numerator.Measure]
	b, okB := byID[x.Denominator.Measure]
	if want.numerator && okA && !(want.denominator && !okB) {
		r.bases(n, x, a, b, overStock)
	}
}

// wrongType tells a number that could not be read.
func wrongType(n *tree.Node) bool {
	return n != nil && n.Kind != tree.Null && !(n.Kind == tree.Scalar && n.Type != "string")
}

// bases refuses formulas over counts that cover different times or things.
func (r *reader) bases(n *tree.Node, x model.Indicator, a, b model.Measure, overStock bool) {
	switch x.Kind {
	case model.Count:
		if a.Unit != x.Unit {
			r.bad(n.At("unit"), "wrong_value", "", "unit %s, but measure %s is counted in %s", x.Unit, a.ID, a.Unit)
		}
	case model.Share:
		if x.Unit != "percent" {
			r.bad(n.At("unit"), "wrong_value", "", "unit %s; a share is in percent", x.Unit)
		}
		mixed := a.Basis == model.Cumulative && b.Basis == model.Stock
		switch {
		case mixed && !overStock:
			r.bad(n.At("denominator"), "mixed_basis", "", "%s is cumulative and %s a stock; if this is meant, declare cumulative_over_stock: true", a.ID, b.ID)
		case !mixed && a.Basis != b.Basis:
			r.bad(n.At("denominator"), "mixed_basis", "", "%s is %s and %s is %s; a share divides two counts of one basis", a.ID, a.Basis, b.ID, b.Basis)
		case !mixed && overStock:
			r.bad(n.At("cumulative_over_stock"), "mixed_basis", "", "declared, but %s is %s and %s is %s; remove it", a.ID, a.Basis, b.ID, b.Basis)
		}
		if a.Counts != b.Counts {
			r.bad(n.At("denominator"), "mixed_counts", "", "%s counts %s and %s counts %s; a share divides like by like", a.ID, a.Counts, b.ID, b.Counts)
		}
	case model.Rate:
		if a.Basis != model.Flow && a.Basis != model.YearToDate || b.Basis != model.Stock {
			r.bad(n.At("denominator"), "mixed_basis", "", "%s is %s and %s is %s; a rate divides a flow or year_to_date by a stock", a.ID, a.Basis, b.ID, b.Basis)
		}
		if a.Counts != b.Counts && a.Counts.Protected() && b.Counts.Protected() {
			r.bad(n.At("denominator"), "mixed_counts", "", "%s counts %s and %s counts %s; persons and families never mix", a.ID, a.Counts, b.ID, b.Counts)
		}
	case model.Change:
		if x.Unit != "percent" {
			r.bad(n.At("unit"), "wrong_value", "", "unit %s; a change is in percent of the earlier value", x.Unit)
		}
	case model.Pace:
		if a.Basis != model.Cumulative && a.Basis != model.YearToDate {
			r.bad(n.At("numerator"), "mixed_basis", "", "%s is %s; pace is what a cumulative or year_to_date count gained", a.ID, a.Basis)
		}
	}
}

// cycles finds indicators that wait for themselves.
func (r *reader) cycles(in *Instance, d declared) {
	after := map[string][]string{}
	for _, x := range in.Indicators {
		after[x.ID] = x.After
	}
	for i, x := range in.Indicators {
		if way := wayBack(after, x.ID, x.ID, map[string]bool{}); way != nil {
			text := x.ID
			for _, id := range way {
				text += " → " + id
			}
			r.bad(d.indicators[i].At("after"), "cycle", "", "indicator %s waits for itself: %s; remove one link", x.ID, text)
		}
	}
}

func wayBack(after map[string][]string, from, to string, seen map[string]bool) []string {
	for _, next := range after[from] {
		if next == to {
			return []string{next}
		}
		if seen[next] {
			continue
		}
		seen[next] = true
		if way := wayBack(after, next, to, seen); way != nil {
			return append([]string{next}, way...)
		}
	}
	return nil
}
