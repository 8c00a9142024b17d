package statistics

import (
	"math"
	"testing"
)

func TestProgress(t *testing.T) {
	none := Interval{math.NaN(), math.NaN()}
	for _, c := range []struct {
		name                      string
		target                    Target
		value                     float64
		limits                    Interval
		at                        float64
		share, expected, required float64
		state                     string
	}{
		{"half way up in half the time", Target{20, 80, 2020, 2030}, 50, none, 2025, 0.5, 50, 6, "on"},
		{"a goal of nought", Target{1000, 0, 2020, 2025}, 700, none, 2021, 0.3, 800, -175, "ahead"},
		{"a base of nought", Target{0, 40, 2020, 2024}, 5, none, 2022, 0.125, 20, 17.5, "behind"},
		{"away from the goal", Target{50, 100, 2020, 2030}, 40, none, 2025, -0.2, 75, 12, "behind"},
		{"behind, but the limits hold the line", Target{0, 40, 2020, 2024}, 18, Interval{15, 21}, 2022, 0.45, 20, 11, "on"},
		{"there before the day", Target{1000, 0, 2020, 2025}, 0, none, 2021, 1, 800, 0, "reached"},
		{"the day has passed", Target{1000, 0, 2020, 2025}, 10, none, 2025, 0.99, 0, 0, "missed"},
		{"reached on the day", Target{20, 80, 2020, 2030}, 80, none, 2031, 1, 80, 0, "reached"},
	} {
		got, ok := c.target.Against(c.value, c.limits, c.at)
		if !ok || !near(got.Share, c.share, 1e-9) || !near(got.Expected, c.expected, 1e-9) || !near(got.Required, c.required, 1e-9) || got.State != c.state {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if _, ok := (Target{5, 5, 2020, 2030}).Against(5, none, 2025); ok {
		t.Error("a target equal to its base has progress")
	}
}
