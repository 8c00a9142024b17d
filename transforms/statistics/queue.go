package statistics

import "math"

// QueuePeriod is one period of a counted queue: who waits at its end, who left
// it and who joined it.
type QueuePeriod struct{ Stock, Exits, Entries int64 }

// Net is by how many the queue shrank; negative when it grew.
func (q QueuePeriod) Net() int64 { return q.Exits - q.Entries }

// QueuePeriods is the smallest number of counted periods that a projection is
// made from.
const QueuePeriods = 3

// Clearance says when a queue would be empty, in periods from its last one.
type Clearance struct {
	Net      float64  // mean net pace per period
	Clears   bool     // false: at this pace it does not clear, and nothing else is said
	Expected float64  // at the mean pace
	Range    Interval // at the fastest and at the slowest pace; Upper is +Inf when the slowest does not clear it
}

// Clear projects the queue from its last periods, all of which count the same.
//
// The model is the simplest that can be checked: the queue goes on shrinking by
// what it shrank in the periods given, on average, at the best and at the
// worst. Little's balance of a queue (J. D. C. Little 1961, A proof for the
// queuing formula L = λW, Operations Research 9, 383–387) needs exits and
// entries counted; a stated or rounded queue is not projected. Where as many
// joined as left there is no date.
func Clear(periods []QueuePeriod) (c Clearance, ok bool) {
	if len(periods) < QueuePeriods {
		return c, false
	}
	stock := float64(periods[len(periods)-1].Stock)
	best, worst, sum := paces(periods)
	c.Net = float64(sum) / float64(len(periods))
	if stock == 0 {
		c.Clears = true
		return c, true
	}
	if sum <= 0 {
		return c, true
	}
	c.Clears, c.Expected = true, stock/c.Net
	c.Range = Interval{stock / float64(best), math.Inf(1)}
	if worst > 0 {
		c.Range.Upper = stock / float64(worst)
	}
	return c, true
}

func paces(periods []QueuePeriod) (best, worst, sum int64) {
	best, worst = periods[0].Net(), periods[0].Net()
	for _, q := range periods {
		best, worst, sum = max(best, q.Net()), min(worst, q.Net()), sum+q.Net()
	}
	return best, worst, sum
}

// BackTest is what Clear would have said some periods ago about the queue of
// today, and what came.
type BackTest struct {
	Back     int      // how many periods ago
	Expected float64  // the queue of today as it would have been expected
	Range    Interval // and its range; never below nought
	Came     int64
}

// Held reports whether what came lies within what was said.
func (b BackTest) Held() bool { return b.Range.Holds(float64(b.Came)) }

// BackTests says it for one, two and three periods ago, as far as there were
// enough periods (two) to say anything from. Each uses only what was known
// then, and at most as many periods as window.
func BackTests(periods []QueuePeriod, window int) []BackTest {
	var out []BackTest
	last := len(periods) - 1
	for back := 1; back <= 3; back++ {
		then := periods[:max(0, last-back+1)]
		if len(then) < 2 {
			break
		}
		then = then[max(0, len(then)-window):]
		best, worst, sum := paces(then)
		stock := float64(then[len(then)-1].Stock)
		at := func(net float64) float64 { return math.Max(0, stock-float64(back)*net) }
		out = append(out, BackTest{Back: back, Expected: at(float64(sum) / float64(len(then))),
			Range: Interval{at(float64(best)), at(float64(worst))}, Came: periods[last].Stock})
	}
	return out
}
