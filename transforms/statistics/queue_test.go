package statistics

import (
	"math"
	"math/rand"
	"testing"
)

// A date for a queue that grows would be a false promise.
func TestNoDateWhereAsManyJoinAsLeave(t *testing.T) {
	r := rand.New(rand.NewSource(9))
	for range 20000 {
		n := QueuePeriods + r.Intn(4)
		periods := make([]QueuePeriod, n)
		var exits, entries int64
		for i := range periods {
			periods[i] = QueuePeriod{1 + int64(r.Intn(3000)), int64(r.Intn(200)), int64(r.Intn(200))}
			exits += periods[i].Exits
			entries += periods[i].Entries
		}
		c, ok := Clear(periods)
		if !ok {
			t.Fatal("enough periods, and no answer")
		}
		if entries >= exits && (c.Clears || c.Expected != 0 || c.Range != (Interval{})) {
			t.Fatalf("%d joined, %d left, and yet a date: %+v", entries, exits, c)
		}
		if entries < exits && !(c.Clears && c.Range.Lower > 0 && c.Range.Holds(c.Expected)) {
			t.Fatalf("%d joined, %d left: %+v; expected a date within its range", entries, exits, c)
		}
	}
}

func TestClearByHand(t *testing.T) {
	// 1,000 wait; it shrank by 50, 100 and 150 in three periods: 10 periods
	// at the mean pace, 6⅔ at the best, 20 at the worst.
	c, ok := Clear([]QueuePeriod{{1250, 150, 100}, {1150, 140, 40}, {1000, 200, 50}})
	if !ok || !c.Clears || c.Net != 100 || c.Expected != 10 || !near(c.Range.Lower, 1000.0/150, 1e-9) || c.Range.Upper != 20 {
		t.Errorf("got %+v", c)
	}
	// One period in which it grew leaves the far end open.
	c, _ = Clear([]QueuePeriod{{1250, 100, 150}, {1150, 140, 40}, {1000, 200, 50}})
	if !c.Clears || !math.IsInf(c.Range.Upper, 1) {
		t.Errorf("the slowest pace never clears it, got %+v", c)
	}
	if c, ok := Clear([]QueuePeriod{{9, 5, 1}, {4, 5, 0}, {0, 4, 0}}); !ok || !c.Clears || c.Expected != 0 {
		t.Errorf("an empty queue is cleared, got %+v", c)
	}
	if _, ok := Clear([]QueuePeriod{{9, 5, 1}, {4, 5, 0}}); ok {
		t.Error("two periods are no ground for a projection")
	}
}

// The back-test must use only what was known then.
func TestBackTestLooksNoFurtherThanItsDay(t *testing.T) {
	periods := []QueuePeriod{{1300, 0, 0}, {1200, 150, 50}, {1100, 150, 50}, {1000, 150, 50}, {400, 700, 100}}
	tests := BackTests(periods[1:], 4)
	if len(tests) != 2 {
		t.Fatalf("%d tests from four periods, want 2", len(tests))
	}
	one := tests[0]
	if one.Back != 1 || one.Expected != 900 || one.Range != (Interval{900, 900}) || one.Came != 400 || one.Held() {
		t.Errorf("one period ago: %+v; 900 was to be expected, 400 came", one)
	}
	if two := tests[1]; two.Expected != 900 || two.Back != 2 {
		t.Errorf("two periods ago: %+v", two)
	}
	if len(BackTests(periods[:2], 4)) != 0 {
		t.Error("a back-test from one period")
	}
}
