package main

// people: cities grow a little, districts lose a little.
func (w world) people(land []piece) {
	out := make([]series, len(land))
	for i, p := range land {
		trend := series{1012, 1009, 1006, 1003, 1000}
		if p.city {
			trend = series{985, 989, 993, 997, 1000}
		}
		for t := range out[i] {
			out[i][t] = permille(p.population, trend[t])
		}
	}
	w["population"] = out
}

// housing: 18,000 large families in mid-2021, 9,000 of them rehoused since
// the count began; the queue has entries as well as exits.
func (w world) housing(land []piece) {
	weights := make([]int, len(land))
	for i, p := range land {
		weights[i] = p.population * 4
		if p.city {
			weights[i] = p.population * 3
		}
	}
	families := spread("large_families", 18000, weights, 850, 1250)
	w["large_families"] = stock("large_families", families, series{946, 960, 975, 988, 1000}, 4)
	rehoused := spread("large_families_rehoused", 9000, families, 700, 1300)
	w["large_families_rehoused"], w["large_families_housed"] =
		running("large_families_rehoused", rehoused, [6]int{712, 52, 56, 54, 60, 66})
	queue := part("families_in_housing_queue", w["large_families"], 240, 340, 0)
	w["families_in_housing_queue"] = stock("families_in_housing_queue", at(queue, 4), series{1170, 1140, 1090, 1040, 1000}, 12)
}

// certificates: the programme starts in the second half of 2020, so its
// count since January begins twice; each stage is a part of the one before.
func (w world) certificates(land []piece) {
	families := at(w["large_families"], 4)
	second := spread("certificates_applied 2020", 430, families, 600, 1400)
	first := spread("certificates_applied 2021", 1640, families, 700, 1300)
	applied := make([]series, len(land))
	for i := range land {
		applied[i] = series{0, 0, 0, second[i], first[i]}
	}
	w["certificates_applied"] = applied
	w["certificates_approved"] = part("certificates_approved", applied, 660, 800, 60)
	w["certificates_issued"] = part("certificates_issued", w["certificates_approved"], 660, 860, 90)
	w["certificates_used"] = part("certificates_used", w["certificates_issued"], 560, 780, 160)
}
