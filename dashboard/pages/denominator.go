package pages

import (
	"html/template"
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

// stock is what a rate was divided by, where its day is not the last of the
// period: then the day stands beside the number.
func (v *view) stock(val *public.Value) (public.Denominator, bool) {
	if val == nil {
		return public.Denominator{}, false
	}
	d, ok := v.s.Data.Denominator(val)
	return d, ok && d.Date != val.Period.End
}

// dated adds to a denominator in a sentence the day of its own, and that the
// quotient was brought to a year.
func (v *view) dated(ind model.Indicator, val *public.Value, text string) string {
	if d, ok := v.stock(val); ok {
		text = v.T("denominator.dated", "count", text, "at", v.l.AsAt(d.Date))
	}
	if ind.Annualise && val.Period.Kind != model.Year {
		text = v.T("denominator.to_year", "count", text)
	}
	return text
}

// stockNote is that day as a note in a cell.
func (v *view) stockNote(val *public.Value) template.HTML {
	if d, ok := v.stock(val); ok {
		return template.HTML(` <span class="note">` + template.HTMLEscapeString(v.l.AsAt(d.Date)) + `</span>`)
	}
	return ""
}

// reason says on what a value rests that is not plain, and why an estimate
// has no number or no limits.
func (v *view) reason(val *public.Value) string {
	var out []string
	if d, ok := v.s.Data.Denominator(val); ok && d.Allowed > 0 && d.Age > d.Allowed {
		out = append(out, v.T("denominator.old", "at", v.l.AsAt(d.Date), "n", d.Age, "age", d.Age, "allowed", d.Allowed))
	}
	switch val.Reason {
	case model.NoUpperLimit, model.SpreadAssumed, model.SpreadUnknown, model.ShareUnknown:
		out = append(out, v.T("reason."+string(val.Reason)))
	}
	return strings.Join(out, "; ")
}

// denominatorDeclared is what an indicator asks of the time its counts cover.
func (v *view) denominatorDeclared(ind model.Indicator) []pair {
	if ind.Kind != model.Rate {
		return nil
	}
	text := v.T("denominator.as_counted")
	if ind.Annualise {
		text = v.T("denominator.annualised")
	}
	out := []pair{{v.T("denominator.head_length"), text}}
	text = v.T("denominator.any_age")
	if ind.MaxAge > 0 {
		text = v.T("denominator.allowed", "n", ind.MaxAge)
	}
	return append(out, pair{v.T("denominator.head_day"), text})
}
