package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"tereze/sources/fetch"
	. "tereze/sources/fetch/faultserver"
)

const table = "region,families\nA,12\nB,7\n"

// TestWhatComesOfEachFault plays every fault of a real source: either the
// right bytes arrive, or an error says plainly what was wrong.
func TestWhatComesOfEachFault(t *testing.T) {
	big := strings.Repeat("region,1\n", 5000)
	cases := []struct {
		name   string
		steps  func(*Server) []Step
		expect fetch.Format
		code   fetch.Code // empty = the table arrives
		tries  int
		says   string
		limits fetch.Settings
	}{
		{"a healthy answer", only(OK("text/csv", table)), fetch.CSV, "", 1, "", fetch.Settings{}},
		{"a packed answer is unpacked", only(Packed(table)), fetch.CSV, "", 1, "", fetch.Settings{}},
		{"5xx twice, then well", only(ErrorPage(500), Status(502, "bad"), OK("text/csv", table)), fetch.CSV, "", 3, "", fetch.Settings{}},
		{"429 with Retry-After, then well", only(Status(429, "", "Retry-After", "7"), OK("text/csv", table)), fetch.CSV, "", 2, "", fetch.Settings{}},
		{"a hung-up connection, then well", only(HangUp(), OK("text/csv", table)), fetch.CSV, "", 2, "", fetch.Settings{}},
		{"a truncated body is never taken for whole", only(Truncated(big), OK("text/csv", table)), fetch.CSV, "", 2, "", fetch.Settings{}},
		{"always truncated", only(Truncated(big)), fetch.CSV, fetch.Truncated, 4, "broke off", fetch.Settings{}},
		{"truncated gzip", only(TruncatedGzip(big)), fetch.CSV, fetch.Truncated, 4, "broke off", fetch.Settings{}},
		{"truncated gzip, then well", only(TruncatedGzip(big), Packed(table)), fetch.CSV, "", 2, "", fetch.Settings{}},
		{"JSON that breaks off though the connection ended well", only(OK("application/json", `[{"a":1},{"a"`)), fetch.JSON, fetch.Truncated, 4, "breaks off", fetch.Settings{}},
		{"401", only(Status(401, "")), fetch.CSV, fetch.Refused, 1, "check the key", fetch.Settings{}},
		{"403 as a page", only(ErrorPage(403)), fetch.CSV, fetch.Refused, 1, `"Index out of range"`, fetch.Settings{}},
		{"404", only(Status(404, "")), fetch.CSV, fetch.NotFound, 1, "moved", fetch.Settings{}},
		{"500 for ever", only(ErrorPage(500)), fetch.CSV, fetch.ServerError, 4, "4 attempts", fetch.Settings{}},
		{"429 that asks to come back tomorrow", only(Status(429, "", "Retry-After", "86400")), fetch.CSV, fetch.TooManyRequests, 1, "24h", fetch.Settings{}},
		{"a sign-in page with 200", only(LoginPage()), fetch.CSV, fetch.LoginPage, 1, `"Welcome"`, fetch.Settings{}},
		{"a sign-in page instead of JSON", only(LoginPage()), fetch.JSON, fetch.LoginPage, 1, "sign in", fetch.Settings{}},
		{"a sign-in page instead of a workbook", only(LoginPage()), fetch.XLSX, fetch.LoginPage, 1, "sign in", fetch.Settings{}},
		{"an error page with 200, then well", only(ErrorPage(200), OK("text/csv", table)), fetch.CSV, "", 2, "", fetch.Settings{}},
		{"an error page with 200 for ever", only(ErrorPage(200)), fetch.CSV, fetch.WebPage, 4, "web page", fetch.Settings{}},
		{"an empty 200", only(OK("text/csv", "")), fetch.CSV, fetch.Empty, 4, "nothing in it", fetch.Settings{}},
		{"a 200 with nothing but a byte order mark", only(OK("text/csv", "\ufeff\n")), fetch.CSV, fetch.Empty, 4, "nothing in it", fetch.Settings{}},
		{"204", only(Status(204, "")), fetch.CSV, fetch.Empty, 4, "204", fetch.Settings{}},
		{"a workbook instead of CSV", only(OK("text/csv", "PK\x03\x04....")), fetch.CSV, fetch.WrongFormat, 1, "workbook", fetch.Settings{}},
		{"a legacy workbook", only(OK("", string(fetch.OLE2)+"....")), fetch.XLSX, fetch.LegacyXLS, 1, "save it as .xlsx", fetch.Settings{}},
		{"CSV instead of JSON", only(OK("application/json", table)), fetch.JSON, fetch.WrongFormat, 1, "not JSON", fetch.Settings{}},
		{"an unknown packing", only(Status(200, "....", "Content-Encoding", "br")), fetch.CSV, fetch.WrongFormat, 1, `"br"`, fetch.Settings{}},
		{"a redirect in a circle", only(Redirect(302, "/x")), fetch.CSV, fetch.RedirectLoop, 1, "circle", fetch.Settings{}},
		{"a redirect to nowhere", only(Redirect(302, "")), fetch.CSV, fetch.BadStatus, 1, "without an address", fetch.Settings{}},
		{"a redirect to a foreign host", only(Redirect(302, "https://login.example.org/?next=x")), fetch.CSV, fetch.ForeignRedirect, 1, `"login.example.org"`, fetch.Settings{}},
		{"a gzip bomb", only(GzipBomb(64 << 20)), fetch.CSV, fetch.Bomb, 1, "200 times", fetch.Settings{MaxBytes: 100 << 20}},
		{"a body that never ends", func(s *Server) []Step { return []Step{s.Endless(0)} }, fetch.CSV, fetch.TooLarge, 1, "more than the allowed", fetch.Settings{MaxBytes: 100 << 20}},
		{"a length beyond the limit", only(Status(200, "", "Content-Length", "999999999999")), fetch.CSV, fetch.TooLarge, 1, "more than the allowed", fetch.Settings{MaxBytes: 100 << 20}},
		{"a server that accepts and says nothing", func(s *Server) []Step { return []Step{s.Silent(), OK("text/csv", table)} }, fetch.CSV, "", 2, "", fetch.Settings{Idle: 500 * time.Millisecond}},
		{"a body that drips for ever", func(s *Server) []Step { return []Step{s.Endless(20 * time.Millisecond)} }, fetch.CSV, fetch.TimedOut, 4, "not done after", fetch.Settings{Timeout: 300 * time.Millisecond}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := New(t)
			s.On("/x", c.steps(s)...)
			client, _ := Client(t, c.limits)
			r, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x", Expect: c.expect})
			if got := len(s.Asked("/x")); got != c.tries {
				t.Errorf("asked %d times, want %d", got, c.tries)
			}
			if c.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				if string(r.Body) != table || r.Attempts != c.tries {
					t.Errorf("got %q after %d attempts", r.Body, r.Attempts)
				}
				return
			}
			var e *fetch.Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want code %s", err, c.code)
			}
			if e.Code != c.code || !strings.Contains(e.Error(), c.says) || !strings.HasPrefix(e.Error(), s.URL+"/x") {
				t.Errorf("got %s: %s\nwant %s with %q", e.Code, e, c.code, c.says)
			}
		})
	}
}

func only(steps ...Step) func(*Server) []Step { return func(*Server) []Step { return steps } }

func TestThePauseThatAServerAsksForIsKept(t *testing.T) {
	for _, c := range []struct{ header, want string }{
		{"7", "7s"},
		{"Tue, 24 Nov 2026 09:00:40 GMT", "40s"},
		{"soon", "250ms"}, // not readable: the usual first wait
		{"-3", "250ms"},
	} {
		s := New(t)
		s.On("/x", Status(429, "", "Retry-After", c.header), OK("text/csv", table))
		client, clock := Client(t, fetch.Settings{})
		if _, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x"}); err != nil {
			t.Fatal(err)
		}
		if w := clock.Waits(); len(w) != 1 || w[0].String() != c.want {
			t.Errorf("Retry-After %q: waited %v, want %s", c.header, w, c.want)
		}
	}
}

func TestWaitsGrowFromTryToTry(t *testing.T) {
	s := New(t)
	s.On("/x", Status(503, ""))
	client, clock := Client(t, fetch.Settings{Attempts: 5})
	_, _ = client.Do(t.Context(), fetch.Request{Address: s.URL + "/x"})
	w := clock.Waits()
	if len(w) != 4 {
		t.Fatalf("%d waits, want 4", len(w))
	}
	for i := 1; i < len(w); i++ {
		if w[i] != 2*w[i-1] {
			t.Errorf("waits %v do not double", w)
		}
	}
}

func TestOnlyReadingIsRepeated(t *testing.T) {
	s := New(t)
	s.On("/x", Status(503, ""))
	client, _ := Client(t, fetch.Settings{})
	_, err := client.Do(t.Context(), fetch.Request{Method: http.MethodPost, Address: s.URL + "/x", Body: []byte("a=1")})
	if err == nil || len(s.Asked("/x")) != 1 {
		t.Errorf("a POST was sent %d times: it may change something at the other side", len(s.Asked("/x")))
	}
}

func TestAnUnchangedBodyIsNotSentAgain(t *testing.T) {
	s := New(t)
	s.On("/x", Tagged(`"v1"`, "Mon, 23 Nov 2026 10:00:00 GMT", table))
	client, _ := Client(t, fetch.Settings{})
	first, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x", Expect: fetch.CSV})
	if err != nil {
		t.Fatal(err)
	}
	known := fetch.ValidatorsOf(first.Header)
	if known != first.Validators || known.ETag != `"v1"` {
		t.Fatalf("validators %+v", known)
	}
	second, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x", Expect: fetch.CSV, Known: known})
	if err != nil || !second.Unchanged || second.Body != nil || second.Validators.ETag != `"v1"` {
		t.Errorf("second answer %+v, %v; want unchanged without a body", second, err)
	}
	if got := s.Asked("/x")[1].Header.Get("If-Modified-Since"); got != "Mon, 23 Nov 2026 10:00:00 GMT" {
		t.Errorf("If-Modified-Since %q", got)
	}
}

func TestNotModifiedWithoutBeingAskedIsAnError(t *testing.T) {
	s := New(t)
	s.On("/x", Status(304, ""))
	client, _ := Client(t, fetch.Settings{})
	_, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x"})
	var e *fetch.Error
	if !errors.As(err, &e) || e.Code != fetch.BadStatus {
		t.Errorf("got %v; without a known snapshot there is nothing that could be unchanged", err)
	}
}

func TestAStoppedRunStopsAtOnce(t *testing.T) {
	s := New(t)
	client, _ := Client(t, fetch.Settings{})
	ctx, cancel := context.WithCancel(t.Context())
	s.On("/x", func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := client.Do(ctx, fetch.Request{Address: s.URL + "/x"})
	if !errors.Is(err, context.Canceled) || len(s.Asked("/x")) != 1 {
		t.Errorf("error %v after %d tries", err, len(s.Asked("/x")))
	}
}
