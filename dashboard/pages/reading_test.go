package pages

import "testing"

// A published step is judged by what both ends are on one territory: 5.5 to
// 4.2 per cent is no fall where the same land stands at 5.9.
func TestAPublishedStepIsJudgedOnOneTerritory(t *testing.T) {
	for _, c := range []struct {
		name                         string
		before, published, low, high float64
		want                         string
	}{
		{"the poor of a region whose poorer half left", 5.5, 4.2, 5.88, 5.98, "read_no_fall"},
		{"people of a region that lost half its land", 1363797, 730236, 1340441, 1340441, "read_less_fall"},
		{"a rise that is only land", 100, 150, 90, 100, "read_no_rise"},
		{"a rise that remains", 100, 150, 110, 120, "read_less_rise"},
		{"a range that holds both", 100, 60, 80, 120, "read_open"},
		{"nothing changed as published", 100, 100, 90, 110, "read_open"},
	} {
		if got := survives(c.before, c.published, c.low, c.high); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
