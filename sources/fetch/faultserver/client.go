package faultserver

import (
	"context"
	"sync"
	"testing"
	"time"

	"tereze/sources/fetch"
)

// Clock is a time that passes only by waiting for it.
type Clock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
}

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep moves the clock on at once.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.now = c.now.Add(d)
		c.waits = append(c.waits, d)
	}
	return ctx.Err()
}

// Waits are all the waits so far.
func (c *Clock) Waits() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Duration(nil), c.waits...)
}

// Client is a fetch client that waits in no real time.
func Client(t testing.TB, s fetch.Settings) (*fetch.Client, *Clock) {
	t.Helper()
	clock := &Clock{now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	s.Now, s.Sleep = clock.Now, clock.Sleep
	s.Jitter = func() float64 { return 0 }
	client, err := fetch.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return client, clock
}
