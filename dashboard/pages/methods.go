package pages

import (
	"tereze/model"
)

type methodsPage struct {
	*view
	Answer     string
	Kinds      []method
	Intervals  []method
	Comparison []method
	Files      []fileColumns
	Protection []string
	Signs      pairs
	Statuses   pairs
	Subjects   []methodSubject
	Measures   []measureRow
	Terms      []term
}

type method struct {
	Head, Text, Formula, Source string
	Rates                       string // where the same is done for rates
}

type methodSubject struct {
	Name string
	Rows []methodRow
}

type methodRow struct {
	Link    Link
	Formula string
	Unit    string
	Kind    string
}

type measureRow struct {
	ID, Name, Definition, Unit, Basis string
}

type term struct {
	Term, Definition string
	Others           []Link
}

// methods is generated from the declarations: what each kind of indicator
// computes, which intervals are given and by whose formula, what is protected.
func (v *view) methods() ([]byte, error) {
	in := v.s.In
	p := &methodsPage{view: v, Answer: v.T("methods.answer", "n", len(in.Indicators))}
	used := map[model.IndicatorKind]bool{}
	survey := false
	for _, ind := range in.Indicators {
		used[ind.Kind] = true
		survey = survey || ind.Survey
	}
	for _, k := range []model.IndicatorKind{model.Count, model.Share, model.Rate, model.Change, model.Pace, model.Model, model.Timeliness} {
		if used[k] {
			p.Kinds = append(p.Kinds, method{Head: v.T("kind." + string(k)), Text: v.T("methods.kind_" + string(k) + "_text")})
		}
	}
	p.Intervals = append(p.Intervals, method{Head: v.T("methods.wilson"), Text: v.T("methods.wilson_text"),
		Formula: "(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96",
		Source:  "E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of the American Statistical Association 22, 209–212."})
	if used[model.Rate] {
		p.Intervals = append(p.Intervals, method{Head: v.T("methods.garwood"), Text: v.T("methods.garwood_text"),
			Formula: "χ²(0.025; 2x)/2 … χ²(0.975; 2x+2)/2",
			Source:  "F. Garwood (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437–442."})
	}
	p.Intervals = append(p.Intervals, method{Head: v.T("methods.rounding"), Text: v.T("methods.rounding_text"), Formula: "v − r/2 … v + r/2 − 1"})
	if survey {
		p.Intervals = append(p.Intervals, method{Head: v.T("methods.survey"), Text: v.T("methods.survey_text")})
	}
	p.Comparison, p.Files = v.comparisonMethods(), v.fileColumns()
	small := in.Disclosure.Threshold - 1
	p.Protection = []string{v.T("methods.protect_small", "small", small), v.T("methods.protect_second"), v.T("methods.protect_public")}
	for _, s := range []string{"zero", "nil", "missing", "protected", "estimated", "break", "not_applicable"} {
		p.Signs = append(p.Signs, pair{v.T("sign." + s), v.T("sign_means." + s)})
	}
	for _, s := range []model.ObsStatus{model.Suppressed, model.CannotExist, model.Missing, model.Break, model.OtherDefinition, model.Estimated, model.Provisional, model.Projected, model.Normal} {
		p.Statuses = append(p.Statuses, pair{string(s), v.T("obs_status." + string(s))})
	}
	for _, sub := range in.Subjects {
		m := methodSubject{Name: v.name(sub.Name)}
		for _, ind := range in.Indicators {
			if ind.Subject == sub.ID {
				m.Rows = append(m.Rows, methodRow{Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name)}, v.name(ind.Formula), v.l.UnitHead(ind.Unit), v.T("kind." + string(ind.Kind))})
			}
		}
		if len(m.Rows) > 0 {
			p.Subjects = append(p.Subjects, m)
		}
	}
	for _, m := range in.Measures {
		basis := v.T("basis." + string(m.Basis))
		p.Measures = append(p.Measures, measureRow{m.ID, v.name(m.Name), v.name(m.Definition), v.l.UnitHead(m.Unit), basis})
	}
	for _, g := range in.Glossary {
		t := term{Term: v.name(g.Term), Definition: v.name(g.Definition)}
		if g.Unverified {
			t.Definition += " " + v.T("mark.unverified")
		}
		for _, code := range in.Languages {
			if code != v.code && g.Term[code] != "" {
				t.Others = append(t.Others, Link{Lang: code, Text: g.Term[code]})
			}
		}
		p.Terms = append(p.Terms, t)
	}
	contents := []Link{v.anchor("part-kinds", "methods.head_kinds"), v.anchor("part-intervals", "methods.head_intervals"),
		v.anchor("part-comparison", "methods.head_comparison"), v.anchor("part-files", "statistic_file.head"),
		v.anchor("part-protection", "methods.head_protection"), v.anchor("part-signs", "methods.head_signs"),
		v.anchor("part-formulas", "methods.head_formulas"), v.anchor("part-measures", "methods.head_measures")}
	if len(p.Terms) > 0 {
		contents = append(contents, v.anchor("part-terms", "methods.head_terms"))
	}
	return v.render("methods", v.T("nav.methods"), p.Answer, margin{contents: contents}, p)
}
