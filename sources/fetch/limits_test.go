package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tereze/sources/fetch"
	. "tereze/sources/fetch/faultserver"
)

func TestAHostIsNeverAskedMoreOftenThanItBears(t *testing.T) {
	s := New(t)
	s.On("/x", OK("text/csv", table))
	client, clock := Client(t, fetch.Settings{})
	rate := fetch.Rate{Max: 40, Per: time.Minute}
	began := clock.Now()
	var starts []time.Duration
	for range 100 {
		if _, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x", Rate: rate}); err != nil {
			t.Fatal(err)
		}
		starts = append(starts, clock.Now().Sub(began))
	}
	for i := 40; i < len(starts); i++ {
		if starts[i]-starts[i-40] < time.Minute {
			t.Fatalf("requests %d to %d came within %s: more than 40 in a minute", i-40, i, starts[i]-starts[i-40])
		}
	}
	if last := starts[99]; last > 2*time.Minute {
		t.Errorf("100 requests took %s: slower than needed", last)
	}
}

func TestTheGapBetweenRequestsIsKept(t *testing.T) {
	s := New(t)
	s.On("/x", OK("text/csv", table))
	client, clock := Client(t, fetch.Settings{})
	began := clock.Now()
	for range 4 {
		_, _ = client.Do(t.Context(), fetch.Request{Address: s.URL + "/x", Rate: fetch.Rate{Gap: 2 * time.Second}})
	}
	if got := clock.Now().Sub(began); got != 6*time.Second {
		t.Errorf("four requests took %s, want three gaps of 2 s", got)
	}
}

func TestRepeatsCountAgainstTheRateToo(t *testing.T) {
	s := New(t)
	s.On("/x", Status(503, ""))
	client, clock := Client(t, fetch.Settings{Attempts: 4})
	began := clock.Now()
	_, _ = client.Do(t.Context(), fetch.Request{Address: s.URL + "/x", Rate: fetch.Rate{Max: 1, Per: time.Minute}})
	if got := clock.Now().Sub(began); got < 3*time.Minute {
		t.Errorf("four tries took %s at one a minute", got)
	}
}

func TestFewRequestsAtATime(t *testing.T) {
	s := New(t)
	var now, most atomic.Int32
	s.On("/x", func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
		_, _ = w.Write([]byte(table))
	})
	client, _ := Client(t, fetch.Settings{PerHost: 3})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := client.Do(context.Background(), fetch.Request{Address: s.URL + "/x"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() > 3 {
		t.Errorf("%d requests at a time, want at most 3", most.Load())
	}
}

func TestRedirectsStayWithinTheAllowedHosts(t *testing.T) {
	files, other := New(t), New(t)
	files.On("/start", Redirect(302, other.URL+"/file"))
	files.On("/near", Redirect(301, "/end"))
	files.On("/end", OK("text/csv", table))
	other.On("/file", OK("text/csv", table))
	client, _ := Client(t, fetch.Settings{})
	ask := func(path string, hosts ...string) (*fetch.Response, error) {
		return client.Do(t.Context(), fetch.Request{Address: files.URL + path, Hosts: hosts, Secrets: []string{"s3cret-key"},
			Header: map[string]string{"X-Key": "s3cret-key"}, Cookies: []*http.Cookie{{Name: "session", Value: "abc"}}})
	}
	if r, err := ask("/near"); err != nil || r.Address != files.URL+"/end" {
		t.Errorf("a redirect on the same host: %v, %v", r, err)
	}
	if _, err := ask("/start"); codeOf(err) != fetch.ForeignRedirect {
		t.Errorf("a redirect to a host that was not named: %v", err)
	}
	if len(other.Asked("/file")) != 0 {
		t.Error("the foreign host was asked")
	}
	if _, err := ask("/start", other.Listener.Addr().String()); err != nil {
		t.Errorf("a redirect to a host that was named: %v", err)
	}
	if h := other.Asked("/file")[0].Header; h.Get("X-Key") != "" || h.Get("Cookie") != "" {
		t.Errorf("the other host was given the key or the cookie: %v", h)
	}
}

func TestTooManyHopsAreALoop(t *testing.T) {
	s := New(t)
	for _, hop := range []string{"a", "b", "c", "d", "e", "f"} {
		s.On("/"+hop, Redirect(302, "/"+string(hop[0]+1)))
	}
	s.On("/g", OK("text/csv", table))
	client, _ := Client(t, fetch.Settings{})
	if _, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/a"}); codeOf(err) != fetch.RedirectLoop {
		t.Errorf("six hops: %v", err)
	}
	if _, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/b"}); err != nil {
		t.Errorf("five hops: %v", err)
	}
}

func codeOf(err error) fetch.Code {
	var e *fetch.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
