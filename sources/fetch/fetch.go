// Package fetch is the one HTTP client of the program: it takes a request
// and gives back complete, checked bytes or an error that says what to do.
package fetch

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// Settings of a Client. The zero value is usable; every field has a
// cautious default.
type Settings struct {
	PerHost   int           // requests to one host at a time; default 2
	Attempts  int           // how often a GET or HEAD is tried; default 4
	Timeout   time.Duration // for one try with its whole body; default 10 minutes
	Idle      time.Duration // without a single byte arriving; default 90 seconds
	MaxWait   time.Duration // longest Retry-After that is waited for; default 2 minutes
	MaxBytes  int64         // largest body, sent and unpacked; default 256 MiB
	Redirects int           // hops of one request; default 5
	CAFile    string        // PEM file of further certificate authorities; the system's stay
	UserAgent string        // default "tereze"
	Log       *slog.Logger  // gets one redacted line a retry; nil = silent

	Now    func() time.Time                                 // for tests; default time.Now
	Sleep  func(ctx context.Context, d time.Duration) error // for tests; default waits
	Jitter func() float64                                   // in [0,1), for tests; default random
}

// Client sends requests. One client serves a whole run, because it counts
// the requests of every host; it may be used by several goroutines.
type Client struct {
	set     Settings
	http    *http.Client
	secrets []string // of the proxies

	mu    sync.Mutex
	gates map[string]*gate
}

// New makes a client. It fails only when the file of certificate
// authorities cannot be read.
func New(s Settings) (*Client, error) {
	s.fill()
	transport, err := newTransport(s.CAFile)
	if err != nil {
		return nil, err
	}
	transport.MaxConnsPerHost = s.PerHost
	return &Client{
		set: s,
		http: &http.Client{
			Transport: transport,
			// Each hop is looked at by this package, so none is followed unseen.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		secrets: proxySecrets(),
		gates:   map[string]*gate{},
	}, nil
}

func (s *Settings) fill() {
	positive := func(v *time.Duration, otherwise time.Duration) {
		if *v <= 0 {
			*v = otherwise
		}
	}
	positive(&s.Timeout, 10*time.Minute)
	positive(&s.Idle, 90*time.Second)
	positive(&s.MaxWait, 2*time.Minute)
	if s.PerHost <= 0 {
		s.PerHost = 2
	}
	if s.Attempts <= 0 {
		s.Attempts = 4
	}
	if s.MaxBytes <= 0 {
		s.MaxBytes = 256 << 20
	}
	if s.Redirects <= 0 {
		s.Redirects = 5
	}
	if s.UserAgent == "" {
		s.UserAgent = "tereze"
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Sleep == nil {
		s.Sleep = sleep
	}
	if s.Jitter == nil {
		s.Jitter = rand.Float64
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Do sends a request, repeats it where that is safe, and gives back the
// whole body, checked against the format that was asked for. Every error
// is an *Error without secrets.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	p, err := c.prepare(r)
	if err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		response, failure := c.once(ctx, p)
		if failure == nil {
			response.Attempts = attempt
			return response, nil
		}
		failure.Attempts = attempt
		if ctx.Err() != nil || !p.repeatable() || !failure.again || attempt >= c.set.Attempts {
			return nil, failure
		}
		wait := c.backoff(attempt)
		if failure.RetryAfter > c.set.MaxWait {
			failure.Hint = "it asks to come back in " + failure.RetryAfter.Round(time.Second).String() + "; the last good snapshot stays in use until then"
			return nil, failure
		}
		wait = max(wait, failure.RetryAfter)
		c.set.Log.LogAttrs(ctx, slog.LevelInfo, "asking again",
			slog.String("address", failure.Address), slog.String("code", string(failure.Code)),
			slog.Int("attempt", attempt), slog.Duration("wait", wait))
		if err := c.set.Sleep(ctx, wait); err != nil {
			return nil, failure
		}
	}
}
