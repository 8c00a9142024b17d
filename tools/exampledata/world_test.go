package main

import "testing"

// The example shows the formulas at work on figures of the article's size.
func TestRegionTotalsHaveTheArticlesSize(t *testing.T) {
	w := generated(t).world
	for _, c := range []struct {
		measure string
		half    int
		lo, hi  int
	}{
		{"large_families", 4, 18000, 18000},
		{"large_families_rehoused", 4, 9000, 9000},
		{"asp_persons", 0, 41600, 41600},
		{"asp_persons", 4, 20800, 20800},
		{"families_computers", 4, 1900, 2000},
		{"children_camp", 4, 1900, 2000},
		{"families_business_grants", 4, 1950, 2050},
	} {
		if n := w.total(c.measure, c.half); n < c.lo || n > c.hi {
			t.Errorf("%s in %s: %d, want %d to %d", c.measure, halves[c.half], n, c.lo, c.hi)
		}
	}
}

// parts are the counts that lie within another of the same piece of land.
var parts = map[string]string{
	"large_families_rehoused":     "large_families",
	"families_in_housing_queue":   "large_families",
	"cards_issued":                "large_families",
	"certificates_approved":       "certificates_applied",
	"certificates_issued":         "certificates_approved",
	"certificates_used":           "certificates_issued",
	"children_free_meals":         "children_eligible",
	"children_uniforms":           "children_eligible",
	"students_grant_university":   "students",
	"students_grant_college":      "students",
	"preschool_fee_freed":         "preschool_children",
	"asp_persons":                 "asp_persons_ytd",
	"asp_families":                "asp_families_ytd",
	"asp_conditional_persons":     "asp_conditional_persons_ytd",
	"asp_conditional_persons_ytd": "asp_persons_ytd",
	"commission_adopted":          "commission_proposals",
	"housing_commissions_mother":  "housing_commissions",
	"rehabilitation_served":       "rehabilitation_need",
	"rehabilitation_waiting":      "rehabilitation_need",
}

func TestNoPartExceedsItsWhole(t *testing.T) {
	w := generated(t).world
	for part, whole := range parts {
		for i, s := range w[part] {
			for h, n := range s {
				if n > w[whole][i][h] {
					t.Errorf("piece %d, %s: %s %d > %s %d", i, halves[h], part, n, whole, w[whole][i][h])
				}
			}
		}
	}
}

// Categories that share out a whole must add up to it, or the total rows of
// the forms would give the reader two truths.
func TestCategoriesAddUp(t *testing.T) {
	w := generated(t).world
	for whole, categories := range map[string][]string{
		"asp_persons":         {"asp_conditional_persons", "asp_unconditional_persons"},
		"card_partners":       {"card_partners_shops", "card_partners_pharmacies", "card_partners_clinics", "card_partners_other"},
		"rehabilitation_need": {"rehabilitation_served", "rehabilitation_waiting"},
	} {
		for i, s := range w[whole] {
			for h, n := range s {
				for _, c := range categories {
					n -= w[c][i][h]
				}
				if n != 0 {
					t.Errorf("piece %d, %s: categories of %s miss it by %d", i, halves[h], whole, n)
				}
			}
		}
	}
}

// Each basis behaves as its name says.
func TestCountsBehaveLikeTheirBasis(t *testing.T) {
	w := generated(t).world
	for _, id := range []string{"large_families_rehoused", "families_computers", "cards_issued", "families_business_grants"} {
		for i, s := range w[id] {
			for h := 1; h < len(s); h++ {
				if s[h] < s[h-1] {
					t.Errorf("%s of piece %d falls in %s: a count since the beginning never does", id, i, halves[h])
				}
			}
		}
	}
	for _, id := range []string{"children_uniforms", "asp_persons_ytd", "asp_families_ytd", "asp_conditional_persons_ytd",
		"commission_meetings", "commission_proposals", "commission_adopted", "families_medicines"} {
		for i, s := range w[id] {
			if s[1] < s[0] || s[3] < s[2] {
				t.Errorf("%s of piece %d falls within a year: %v", id, i, s)
			}
		}
		if w.total(id, 2) >= w.total(id, 1) || w.total(id, 4) >= w.total(id, 3) {
			t.Errorf("%s does not start anew in January", id)
		}
	}
	for i, s := range w["large_families_rehoused"] {
		for h := 1; h < len(s); h++ {
			if gained := w["large_families_housed"][i][h]; s[h]-s[h-1] != gained {
				t.Errorf("piece %d, %s: rehoused grew by %d, but %d were housed", i, halves[h], s[h]-s[h-1], gained)
			}
		}
	}
}

// Protection has something to do only where counts are small.
func TestSomeCountsAreSmall(t *testing.T) {
	w := generated(t).world
	for _, id := range []string{"large_families_housed", "certificates_used", "rehabilitation_waiting", "children_camp"} {
		found := false
		for _, s := range w[id] {
			for _, n := range s {
				found = found || n >= 1 && n <= 4
			}
		}
		if !found {
			t.Errorf("%s is never between 1 and 4", id)
		}
	}
}

func TestApportionedPartsAddUp(t *testing.T) {
	for _, c := range []struct {
		total   int
		weights []int
		want    []int
	}{
		{10, []int{1, 1, 1}, []int{4, 3, 3}},
		{7, []int{0, 5, 2}, []int{0, 5, 2}},
		{0, []int{3, 4}, []int{0, 0}},
		{5, []int{0, 0}, []int{0, 0}},
		{3, []int{1, 1000}, []int{0, 3}},
	} {
		got := apportion(c.total, c.weights)
		for i := range c.want {
			if got[i] != c.want[i] {
				t.Errorf("apportion(%d, %v) = %v, want %v", c.total, c.weights, got, c.want)
				break
			}
		}
	}
}
