package transforms

import (
	"database/sql/driver"
	"math"
	"time"

	"tereze/model"
	"tereze/transforms/statistics"
)

const (
	queueWindow  = 4  // the most periods a projection looks back over
	queueHorizon = 50 // years; what would clear later has no date
)

// queuesOf projects each counted queue, for every area and series that count it.
func (c *comparer) queuesOf(all map[historyKey]*history, keys []historyKey) {
	counts := map[string]int{} // measure → number of its count indicator
	for i := len(c.indicators) - 1; i >= 0; i-- {
		if k := c.indicators[i]; k.Kind == model.Count {
			counts[k.Numerator.Measure] = i
		}
	}
	for _, k := range keys {
		q := c.indicators[k.indicator].Queue
		if q.Stock == "" {
			continue
		}
		part := func(measure string) *history {
			i, ok := counts[measure]
			if !ok || measure == "" {
				return nil
			}
			return all[historyKey{i, k.series, k.area}]
		}
		if stock := part(q.Stock); stock != nil {
			c.queue(k, stock, part(q.Exits), part(q.Entries), q.Entries != "")
		}
	}
}

// queue is one area's queue up to the period that pages show. Only periods
// that follow each other without a break count, each with all of its parts.
func (c *comparer) queue(k historyKey, stock, exits, entries *history, counted bool) {
	last := c.shown(stock)
	if last < 0 {
		return
	}
	x := stock.cells[last]
	x.indicator = k.indicator
	kind := "balance"
	if counted {
		kind = "counted"
	}
	var periods []statistics.QueuePeriod
	reason := reasonFewPoints
	if exits == nil || counted && entries == nil {
		reason = reasonNoValue
	} else {
		periods, x.nature = c.queuePeriods(stock, exits, entries, last)
	}
	window := periods[max(0, len(periods)-queueWindow):]
	clear, ok := statistics.Clear(window)
	if !ok {
		c.queues = append(c.queues, row(key(x, reason), x.Part, nil, nil, kind, nil, int64(len(window)), nil, nil, nil, nil))
		return
	}
	now := window[len(window)-1]
	days := c.length(x.period)
	date := func(n float64) driver.Value {
		if math.IsInf(n, 1) || n*days > queueHorizon*365.25 {
			return ""
		}
		return string(model.DateOf(c.periods[x.period].End.Time().Add(time.Duration(n*days*24) * time.Hour)))
	}
	clears := clear.Clears && date(clear.Expected) != ""
	row := row(key(x, ""), float64(now.Stock), float64(now.Exits), c.mayShow(now.Entries, kind), kind, round(clear.Net), int64(len(window)), clears)
	if clears {
		row = append(row, date(clear.Expected), date(clear.Range.Lower), date(clear.Range.Upper))
	} else {
		row = append(row, "", "", "")
	}
	c.queues = append(c.queues, row)
	for _, t := range statistics.BackTests(periods, queueWindow) {
		then := c.periods[x.period]
		for range t.Back {
			then, _ = then.Previous()
		}
		c.queueTests = append(c.queueTests, append(key(x, ""), int64(c.numbers[then]), int64(t.Back), round(t.Expected), round(t.Range.Lower), round(t.Range.Upper),
			float64(t.Came), t.Held()))
	}
}

// mayShow is the number of those who joined; what is only worked out is not
// shown where it is a small count of people.
func (c *comparer) mayShow(entries int64, kind string) driver.Value {
	if kind == "balance" && c.small(entries) {
		return nil
	}
	return float64(entries)
}

// small says whether a count of people would have to be protected.
func (c *comparer) small(n int64) bool { return n > 0 && n < int64(c.threshold()) }

func (c *comparer) threshold() int {
	if c.inst.Disclosure.Threshold == 0 {
		return defaultThreshold
	}
	return c.inst.Disclosure.Threshold
}

// queuePeriods are the periods up to one place of the stock, oldest first, as
// far back as nothing is missing.
func (c *comparer) queuePeriods(stock, exits, entries *history, last int) ([]statistics.QueuePeriod, int64) {
	var back []statistics.QueuePeriod
	nature := stock.cells[last].nature
	for to := last; ; {
		x := stock.cells[to]
		prev, ok := c.periods[x.period].Previous()
		if !ok || x.broken {
			break
		}
		n, ok := c.numbers[prev]
		if !ok {
			break
		}
		from, ok := stock.at[n]
		if !ok || !stock.cells[from].ok() {
			break
		}
		out, ok := exits.ok(x.period)
		if !ok {
			break
		}
		q := statistics.QueuePeriod{Stock: int64(x.Part), Exits: int64(out.Part)}
		q.Entries = q.Stock - int64(stock.cells[from].Part) + q.Exits
		if entries != nil {
			in, ok := entries.ok(x.period)
			if !ok {
				break
			}
			q.Entries = int64(in.Part)
		}
		back = append(back, q)
		nature = max(nature, out.nature)
		to = from
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back, nature
}

// ok is the cell of a period, where it has a number.
func (h *history) ok(period int) (cell, bool) {
	i, ok := h.at[period]
	if !ok || !h.cells[i].ok() {
		return cell{}, false
	}
	return h.cells[i], true
}

// length is how many days a period of this kind has on average.
func (c *comparer) length(p int) float64 {
	switch c.periods[p].Kind {
	case model.Half:
		return 365.25 / 2
	case model.Quarter:
		return 365.25 / 4
	case model.Month:
		return 365.25 / 12
	}
	return 365.25
}
