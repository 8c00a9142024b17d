package main

// commissions: public commissions meet and propose; housing commissions take
// in a mother of many children more and more often.
func (w world) commissions(land []piece) {
	r := dice("commissions")
	meetings, proposals, adopted := make([]series, len(land)), make([]series, len(land)), make([]series, len(land))
	housing, mothers := make([]series, len(land)), make([]series, len(land))
	for i, p := range land {
		bodies := 2 + between(r, 0, 1)
		if !p.city {
			bodies = clamp(p.population/4500, 3, 16) + between(r, 0, 2)
		}
		for t := range meetings[i] {
			meetings[i][t] = between(r, 2, 4)
			proposals[i][t] = meetings[i][t] * between(r, 4, 8)
			adopted[i][t] = permille(proposals[i][t], between(r, 480+20*t, 700+20*t))
			housing[i][t] = bodies
			mothers[i][t] = max(permille(bodies, between(r, 420+90*t, 640+90*t)), before(mothers[i], t))
		}
	}
	w["commission_meetings"] = sinceJanuary(meetings)
	w["commission_proposals"] = sinceJanuary(proposals)
	w["commission_adopted"] = sinceJanuary(adopted)
	w["housing_commissions"], w["housing_commissions_mother"] = housing, mothers
	for i := range mothers {
		for t := range mothers[i] {
			mothers[i][t] = min(mothers[i][t], housing[i][t])
		}
	}
}

// before is the value of the half-year before, 0 at the start.
func before(s series, t int) int {
	if t == 0 {
		return 0
	}
	return s[t-1]
}
