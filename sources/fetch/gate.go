package fetch

import (
	"context"
	"sync"
	"time"
)

// Rate is what a host bears.
type Rate struct {
	Max int           // requests in any stretch of Per; 0 = no limit
	Per time.Duration // default one minute
	Gap time.Duration // between the starts of two requests
}

// gate lets requests to one host through: a few at a time, not too often.
type gate struct {
	slots chan struct{}

	mu        sync.Mutex
	sent      []time.Time // starts, also reserved ones in the future
	notBefore time.Time   // what the host asked for by Retry-After
}

func (c *Client) gate(host string) *gate {
	c.mu.Lock()
	defer c.mu.Unlock()
	g := c.gates[host]
	if g == nil {
		g = &gate{slots: make(chan struct{}, c.set.PerHost)}
		c.gates[host] = g
	}
	return g
}

// enter waits for a free place and for the rate; leave must be called after.
func (g *gate) enter(ctx context.Context, c *Client, rate Rate) error {
	select {
	case g.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	now := c.set.Now()
	if err := c.set.Sleep(ctx, g.reserve(now, rate).Sub(now)); err != nil {
		g.leave()
		return err
	}
	return nil
}

func (g *gate) leave() { <-g.slots }

// reserve takes the earliest start that the rate allows.
func (g *gate) reserve(now time.Time, rate Rate) time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	start := now
	later := func(t time.Time) {
		if t.After(start) {
			start = t
		}
	}
	later(g.notBefore)
	if n := len(g.sent); n > 0 && rate.Gap > 0 {
		later(g.sent[n-1].Add(rate.Gap))
	}
	if n := len(g.sent); rate.Max > 0 && n >= rate.Max {
		per := rate.Per
		if per <= 0 {
			per = time.Minute
		}
		later(g.sent[n-rate.Max].Add(per))
	}
	g.sent = append(g.sent, start)
	if len(g.sent) > 4096 {
		g.sent = append([]time.Time(nil), g.sent[2048:]...)
	}
	return start
}

// hold keeps everybody from the host until the time it asked for.
func (g *gate) hold(until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until.After(g.notBefore) {
		g.notBefore = until
	}
}
