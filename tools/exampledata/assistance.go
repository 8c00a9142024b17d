package main

// assistance: the caseload of targeted social assistance is halved from
// mid-2019 to mid-2021, partly by the invented rule change of 2020.
func (w world) assistance(land []piece) {
	weights := make([]int, len(land))
	lean := dice("asp_persons by piece")
	for i, p := range land {
		weights[i] = p.population * between(lean, 800, 1250) / 1000
		if p.city {
			weights[i] /= 2
		}
	}
	persons := make([]series, len(land))
	for t, total := range (series{41600, 43900, 33500, 24200, 20800}) {
		for i, n := range spread("asp_persons "+halves[t].String(), total, weights, 930, 1070) {
			persons[i][t] = n
		}
	}
	w["asp_persons"] = persons
	w["asp_conditional_persons"] = part("asp_conditional_persons", persons, 600, 720, -25)
	w["asp_unconditional_persons"] = less(persons, w["asp_conditional_persons"])
	w["asp_families"] = part("asp_families", persons, 200, 235, 0)

	personsGained := w.newcomers("asp_persons", 150, 260)
	w["asp_persons_ytd"] = sinceJanuary(personsGained)
	w["asp_conditional_persons_ytd"] = sinceJanuary(part("asp_conditional_persons", personsGained, 600, 720, -25))
	w["asp_families_ytd"] = sinceJanuary(w.newcomers("asp_families", 150, 260))
}

// newcomers are those counted for the first time in the year: in the first
// half all who get it at the end and those who left before; in the second
// enough that everyone since January is never fewer than those at the end.
func (w world) newcomers(measure string, lo, hi int) []series {
	r := dice(measure + " newcomers")
	out := make([]series, len(w[measure]))
	for i, s := range w[measure] {
		for t := range s {
			gone := permille(s[t], between(r, lo, hi))
			out[i][t] = s[t] + gone
			if t%2 == 1 {
				out[i][t] = max(0, s[t]-out[i][t-1]) + gone
			}
		}
	}
	return out
}
