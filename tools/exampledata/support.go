package main

// support: about two thousand families each with computers and with grants,
// about two thousand children with camp vouchers in the first half of 2021.
func (w world) support(land []piece) {
	families := at(w["large_families"], 4)
	computers := spread("families_computers", 1972, families, 800, 1200)
	w["families_computers"], _ = running("families_computers", computers, [6]int{0, 0, 0, 560, 320, 120})

	grants := spread("families_business_grants", 2010, at(w["asp_persons"], 4), 750, 1250)
	w["families_business_grants"], _ = running("families_business_grants", grants, [6]int{40, 60, 210, 180, 240, 270})

	camp := make([]series, len(land))
	pupils := at(w["children_eligible"], 4)
	for t, total := range (series{1480, 2240, 160, 740, 1965}) {
		for i, n := range spread("children_camp "+halves[t].String(), total, pupils, 700, 1300) {
			camp[i][t] = n
		}
	}
	w["children_camp"] = camp
}

// card: the discount card starts in the cities in 2020; small districts have
// no partners at all.
func (w world) card(land []piece) {
	weights := make([]int, len(land))
	for i, p := range land {
		switch {
		case p.city:
			weights[i] = p.population * 3
		case p.population > 25000:
			weights[i] = p.population
		}
	}
	all := make([]series, len(land))
	for kind, total := range map[string]int{"shops": 262, "pharmacies": 64, "clinics": 31, "other": 48} {
		id := "card_partners_" + kind
		w[id], _ = running(id, spread(id, total, weights, 800, 1200), [6]int{0, 0, 0, 360, 330, 310})
		for i := range all {
			for t := range all[i] {
				all[i][t] += w[id][i][t]
			}
		}
	}
	w["card_partners"] = all
	holders := make([]int, len(land))
	for i, n := range at(w["large_families"], 4) {
		if weights[i] > 0 {
			holders[i] = n
		}
	}
	w["cards_issued"], _ = running("cards_issued", spread("cards_issued", 7450, holders, 800, 1200), [6]int{0, 0, 0, 300, 340, 360})
}
