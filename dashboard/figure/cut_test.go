package figure

import (
	"math"
	"testing"
)

// A line joins two points only where nothing changed between them: neither a
// rule that began, nor one that ended. A rule without an end cuts once.
func TestARuleCutsAtItsBeginningAndAtItsEnd(t *testing.T) {
	rule := Event{X: 2020.25, Until: 2021.5, Cut: true}
	open := Event{X: 2020.25, Until: math.Inf(1), Cut: true}
	for _, c := range []struct {
		name       string
		a, b       float64
		rule, open bool
	}{
		{"before it", 2019, 2020, false, false},
		{"over its beginning", 2020, 2021, true, true},
		{"within it", 2020.5, 2021.5, false, false},
		{"over its end", 2021, 2022, true, false},
		{"after it", 2022, 2023, false, false},
		{"over all of it", 2020, 2022, true, true},
	} {
		if got := rule.cuts(c.a, c.b); got != c.rule {
			t.Errorf("%s, with an end: cut is %v", c.name, got)
		}
		if got := open.cuts(c.a, c.b); got != c.open {
			t.Errorf("%s, without an end: cut is %v", c.name, got)
		}
	}
	rule.Cut = false
	if rule.cuts(2020, 2021) {
		t.Error("a rule that touches none of the values cuts the line")
	}
}

// A rule without an end is a band to the edge of the chart, in the drawing and
// in the option alike.
func TestAnOpenRuleIsABandToTheEdge(t *testing.T) {
	f := Figure{ID: "x", Kind: Line, Lang: "en", Unit: "persons", Format: func(float64) string { return "1" },
		Series: []Series{{Key: "a", Name: "A", Marks: []Mark{
			{Key: "2019", X: 2019, XLabel: "2019", N: Number{Has: true, Raw: "1", Value: 1, Shown: "1"}},
			{Key: "2023", X: 2023, XLabel: "2023", N: Number{Has: true, Raw: "2", Value: 2, Shown: "2"}}}}},
		Events: []Event{{X: 2021, Until: math.Inf(1), Date: "2021", Label: "rule"}}}
	ax := f.timeAxis(222)
	p := &pen{}
	f.bands(p, ax, 0, 100)
	if got := string(p.b); got != `<rect class="fg-band" x="50%" width="50%" y="0%" height="100%"/>` {
		t.Errorf("the band is %s", got)
	}
	if _, err := f.Option(); err != nil {
		t.Errorf("the option cannot be written: %v", err)
	}
}
