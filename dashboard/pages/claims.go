package pages

import (
	"html/template"
	"strings"

	"tereze/config"
	"tereze/dashboard/public"
	"tereze/model"
)

// claimReading is what was said in public of the subject of an indicator whose
// rules changed: the claim, what its words need, what of that is known, the
// cause that was named with it, and the surveys of the same years.
type claimReading struct {
	Claims []claimRow
	Causes []claimRow
	Beside []template.HTML
}

// claimRow is one statement: what it claims, how it is judged, what each way
// to read it needs.
type claimRow struct {
	Text, Verdict string
	Link          Link
	Needs         []template.HTML
}

// claimReading is nil where no rule touches the indicator or nobody said
// anything of its subject.
func (v *view) claimReading(ind model.Indicator) *claimReading {
	if _, ids := v.s.ruleSpans(ind); len(ids) == 0 {
		return nil
	}
	out := &claimReading{}
	var first, last model.Date
	for _, s := range v.s.In.Statements {
		if s.Subject != ind.Subject {
			continue
		}
		j := v.s.Data.Register.Statements[s.ID]
		row := claimRow{Verdict: v.verdictSentence(s, j), Link: Link{Href: v.statementHref(s.ID), Text: v.T("claims.more")}}
		args := []any{"speaker", v.name(s.Said.Speaker), "date", v.l.Date(s.Said.On), "claim", v.name(s.Claim)}
		if s.Judged == config.CauseCannotBeTested {
			row.Text, row.Verdict = v.T("claims.cause", args...), v.name(s.Why)
			out.Causes = append(out.Causes, row)
			continue
		}
		row.Text = v.T("claims.claim", args...)
		for _, r := range s.Readings {
			row.Needs = append(row.Needs, v.html(v.needs(s, r)))
			for _, t := range r.Terms {
				p := s.Place(t).Period
				if first == "" || p.Start < first {
					first = p.Start
				}
				last = max(last, p.End)
			}
		}
		out.Claims = append(out.Claims, row)
	}
	if len(out.Claims) == 0 && len(out.Causes) == 0 {
		return nil
	}
	if first != "" {
		out.Beside = v.surveysBeside(ind, first, last)
	}
	return out
}

// needs lists the numbers that one way to read a statement asks for, each
// with its value or the word that nobody published it.
func (v *view) needs(s config.Statement, r config.Reading) string {
	var terms []string
	known := 0
	for _, t := range r.Terms {
		t = s.Place(t)
		ind, ok := v.s.In.Indicator(t.Indicator)
		name := v.name(ind.Name)
		if m, found := v.s.In.Measure(t.Measure); !ok && found {
			name = v.name(m.Name)
		}
		value := v.T("claims.unknown")
		if val := v.termValue(s, ind, t); val != nil {
			value = v.quantity(ind, val)
			known++
		}
		terms = append(terms, v.T("claims.term", "name", name, "when", v.period(t.Period, v.basisOfID(tern(t.Indicator != "", t.Indicator, t.Measure))), "value", value))
	}
	return v.T("claims.needs", "reading", v.name(r.Text), "terms", strings.Join(terms, "; "), "known", known, "all", len(r.Terms))
}

// termValue is the published number of a term, nil where there is none. What
// the statement itself said is no evidence for it.
func (v *view) termValue(s config.Statement, ind model.Indicator, t config.Operand) *public.Value {
	if ind.ID == "" { // of a measure: the indicator that shows it as it is
		for _, o := range v.s.measures[t.Measure] {
			if o.Kind == model.Count {
				ind = o
				break
			}
		}
	}
	area, ok := v.s.In.Area(t.Area, t.Period.End)
	if !ok || ind.ID == "" {
		return nil
	}
	for _, val := range v.s.Data.Indicator(ind.ID).Of(public.KeyOf(area)) {
		if val.Has() && val.Period.ID == t.Period.String() && val.Territory == "as_reported" &&
			(t.Source == val.Source || t.Source == "" && val.Source != s.Said.Source) {
			return val
		}
	}
	return nil
}

// surveysBeside are the surveys that the indicator calls near, over the years
// of the claim: they do not depend on the rules that changed.
func (v *view) surveysBeside(ind model.Indicator, first, last model.Date) []template.HTML {
	var out []template.HTML
	for _, id := range ind.Gap.Nearby {
		o, ok := v.s.In.Indicator(id)
		if !ok || !o.Survey {
			continue
		}
		var values []string
		for _, val := range longest(v.runs(o, public.KeyOf(v.s.Region))).Values {
			if val.Has() && val.Period.End.Year() >= first.Year() && val.Period.Start <= last {
				values = append(values, v.T("claims.in_year", "value", v.quantity(o, val), "when", v.periodOf(val)))
			}
		}
		if len(values) == 0 {
			continue
		}
		text := v.T("claims.beside", "name", v.name(o.Name), "place", v.l.In(v.s.Region), "values", strings.Join(values, ", "))
		out = append(out, v.html(sentences(text, v.T("claims.beside_means"))))
	}
	return out
}
