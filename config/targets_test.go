package config

import (
	"strings"
	"testing"
)

// A target without a way, and a queue whose parts are counted differently,
// would give numbers that mean nothing; they must not load.
func TestTargetsAndQueuesThatMeanNothing(t *testing.T) {
	for _, x := range []struct{ name, add, want string }{
		{"no way", "targets: [{base: 50, base_period: 2019-H1, target: 50, by: 2025-12-31, reference: order}]", "base and target are both 50"},
		{"day before the base", "targets: [{base: 40, base_period: 2021-H1, target: 50, by: 2020-12-31, reference: order}]", "before the base period 2021-H1 is over"},
		{"no reference", "targets: [{base: 40, base_period: 2019-H1, target: 0, by: 2025-12-31}]", "key reference is missing"},
		{"unknown measure", "queue: {stock: large_familes, exits: births}", `measure "large_familes" is not defined; did you mean large_families?`},
		{"running count as exits", "queue: {stock: large_families, exits: large_families_rehoused}", "large_families_rehoused is cumulative; expected a flow"},
		{"another unit", "queue: {stock: large_families, exits: births}", "births is counted in children and large_families in families"},
	} {
		files := mini(t)
		edit(t, files, "indicators.yaml", "    headline: true\n", "    headline: true\n    "+x.add+"\n")
		if _, err := Load(files, "mini", Settings{}); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v; want %q", x.name, err, x.want)
		}
	}
	files := mini(t)
	edit(t, files, "indicators.yaml", "    headline: true\n", "    headline: true\n    targets: [{base: 40.5, base_period: 2019-H1, target: 0, by: 2025-12-31, reference: order 1}]\n")
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if k, _ := in.Indicator("rehoused_share"); len(k.Targets) != 1 || k.Targets[0].Goal != 0 || k.Targets[0].Base != 40.5 {
		t.Errorf("the target was read as %+v", k.Targets)
	}
}
