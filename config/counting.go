package config

import "tereze/model"

// checkCounting looks at what an indicator declares about weights, years and
// the age of its denominator.
func (r *reader) checkCounting(in *Instance, d declared, byID map[string]model.Measure, valid names) {
	for i, x := range in.Indicators {
		n := d.indicators[i]
		a, b := byID[x.Numerator.Measure], byID[x.Denominator.Measure]
		r.ref(n.At("weight"), "measure", x.Weight, valid.measures)
		if w, known := byID[x.Weight]; known {
			switch {
			case x.Kind != model.Count || x.Unit != "percent":
				r.bad(n.At("weight"), "wrong_value", "", "weight for kind %s in %s; it is for a count in percent, whose parts do not add up", x.Kind, x.Unit)
			case w.Counts != model.Persons || w.Basis != model.Stock:
				r.bad(n.At("weight"), "mixed_basis", "", "%s counts %s (%s); parts are weighed by a stock of persons", w.ID, w.Counts, w.Basis)
			}
		}
		if x.Annualise && (x.Kind != model.Rate || a.Basis != model.Flow) {
			r.bad(n.At("annualise"), "mixed_basis", "", "declared for a %s over a %s; only a rate over a flow is brought to a year, a year-to-date or cumulative count has no length to scale", x.Kind, a.Basis)
		}
		if x.MaxAge < 0 {
			r.bad(n.At("max_denominator_age_days"), "wrong_value", "", "%d stands here; expected a number of days", x.MaxAge)
		}
		if x.MaxAge > 0 && (x.Kind != model.Rate && x.Kind != model.Share || b.Basis != model.Stock) {
			r.bad(n.At("max_denominator_age_days"), "wrong_value", "", "declared for a %s; only a share or rate over a stock has a denominator with a day of its own", x.Kind)
		}
	}
}
