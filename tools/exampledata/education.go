package main

// education: school, grants and kindergartens of the two groups of families.
func (w world) education(land []piece) {
	families := at(w["large_families"], 4)
	pupils := spread("children_eligible", 64000, families, 850, 1150)
	w["children_eligible"] = stock("children_eligible", pupils, series{955, 968, 979, 990, 1000}, 5)
	w["children_free_meals"] = part("children_free_meals", w["children_eligible"], 860, 1010, 14)
	w["children_uniforms"] = w.uniforms(land)

	students := spread("students", 5600, families, 800, 1200)
	w["students"] = stock("students", students, series{930, 955, 960, 990, 1000}, 8)
	w["students_grant_university"] = part("students_grant_university", w["students"], 190, 300, 6)
	w["students_grant_college"] = part("students_grant_college", w["students"], 380, 520, 10)

	small := spread("preschool_children", 9700, families, 850, 1150)
	w["preschool_children"] = stock("preschool_children", small, series{985, 1010, 930, 960, 1000}, 8)
	w["preschool_fee_freed"] = part("preschool_fee_freed", w["preschool_children"], 680, 960, 30)
}

// uniforms are given mostly in August and September.
func (w world) uniforms(land []piece) []series {
	r := dice("children_uniforms")
	gained := make([]series, len(land))
	for i, s := range w["children_eligible"] {
		for t := range gained[i] {
			rate := between(r, 30, 60)
			if t%2 == 1 {
				rate = between(r, 400, 540)
			}
			gained[i][t] = permille(s[t], rate)
		}
	}
	return sinceJanuary(gained)
}
