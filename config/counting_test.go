package config

import (
	"strings"
	"testing"
)

// What is counted otherwise is not weighed, scaled to a year or given an age
// in silence: the load says in which line the mistake lies, and why.
func TestWrongCountingIsRefused(t *testing.T) {
	for _, x := range []struct{ name, old, new, want string }{
		{"a weight for a share", "    cumulative_over_stock: true\n", "    cumulative_over_stock: true\n    weight: population\n",
			"indicators.yaml:11, key indicators[1].weight: weight for kind share in percent; it is for a count in percent, whose parts do not add up"},
		{"a weight that is no stock of persons", "kind: pace\n    numerator: large_families_rehoused\n    unit: families", "kind: count\n    numerator: large_families_rehoused\n    weight: births\n    unit: percent",
			"births counts persons (flow); parts are weighed by a stock of persons"},
		{"a weight that nobody declared", "kind: pace\n", "kind: pace\n    weight: populaton\n", `measure "populaton" is not defined; did you mean population?`},
		{"a running count brought to a year", "kind: pace\n", "kind: pace\n    annualise: true\n", "declared for a pace over a cumulative; only a rate over a flow is brought to a year"},
		{"an age below nought", "    per: 1000\n", "    per: 1000\n    max_denominator_age_days: -1\n", "key indicators[3].max_denominator_age_days: -1 stands here; expected a number of days"},
		{"an age of nothing", "kind: pace\n", "kind: pace\n    max_denominator_age_days: 30\n", "only a share or rate over a stock has a denominator with a day of its own"},
	} {
		t.Run(x.name, func(t *testing.T) {
			files := mini(t)
			edit(t, files, "indicators.yaml", x.old, x.new)
			_, err := Load(files, "mini", Settings{})
			if err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("expected %q among\n%v", x.want, err)
			}
		})
	}
	files := mini(t)
	edit(t, files, "indicators.yaml", "    per: 1000\n", "    per: 1000\n    annualise: true\n    max_denominator_age_days: 400\n")
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := in.Indicator("birth_rate"); !n.Annualise || n.MaxAge != 400 {
		t.Errorf("declared and lost: %+v", n)
	}
}
