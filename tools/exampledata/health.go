package main

// health: every child in need of rehabilitation is either served or waiting;
// families get medicines all year.
func (w world) health(land []piece) {
	need := spread("rehabilitation_need", 3400, at(w["population"], 4), 800, 1200)
	w["rehabilitation_need"] = stock("rehabilitation_need", need, series{960, 975, 985, 1005, 1000}, 10)
	w["rehabilitation_served"] = part("rehabilitation_served", w["rehabilitation_need"], 600, 830, 25)
	w["rehabilitation_waiting"] = less(w["rehabilitation_need"], w["rehabilitation_served"])

	gained := make([]series, len(land))
	for t, total := range (series{2400, 2150, 2700, 2900, 2650}) {
		for i, n := range spread("families_medicines "+halves[t].String(), total, at(w["asp_families"], t), 800, 1200) {
			gained[i][t] = n
		}
	}
	w["families_medicines"] = sinceJanuary(gained)
}
