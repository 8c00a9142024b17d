package sources

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tereze/config"
	"tereze/model"
	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
	"tereze/sources/shape"
	"tereze/sources/snapshot"
)

// good is a delivery in order, with enough rows for its columns to have types.
const good = "Район,Семьи,Дети\nАлтай,12,30\nУлан,3,7\nГлубокое,5,9\n"

const key = "key-of-the-tests-0451"

// station is a source on a fault server with its store.
type station struct {
	t       *testing.T
	server  *faultserver.Server
	dir     string
	fetcher Fetcher
	inst    *config.Instance
	src     config.Source
}

func newStation(t *testing.T, s fetch.Settings) *station {
	t.Helper()
	server := faultserver.New(t)
	dir := filepath.Join(t.TempDir(), "s")
	store, err := snapshot.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	client, _ := faultserver.Client(t, s)
	inst := instance(t, nil)
	inst.Today = model.DateOf(time.Now()).AddDays(3)
	return &station{
		t: t, server: server, dir: dir, inst: inst,
		fetcher: Fetcher{Client: client, Store: store, Env: func(string) string { return key }},
		src: config.Source{
			ID: "one", Path: "sources/one.yaml", Kind: "web", Licence: "CC BY 4.0", Table: small,
			Connection: &config.Connection{Web: &config.WebConnection{Addresses: []string{server.URL + "/a.csv"}, Format: "csv", SecretQuery: map[string]string{"apiKey": "X_KEY"}}},
		},
	}
}

func (s *station) fetch(steps ...faultserver.Step) Fetched {
	s.t.Helper()
	if len(steps) > 0 {
		s.server.On("/a.csv", steps...)
	}
	return s.fetcher.Fetch(context.Background(), s.inst, s.src)
}

func (s *station) deliver() []Delivery {
	s.t.Helper()
	d, problems := Deliver(context.Background(), s.inst, s.src, s.fetcher.Store)
	if len(problems) > 0 {
		s.t.Fatal(problems)
	}
	return d
}

// Whatever a source does, the last good delivery stays in use, says how old
// it is and why; and no secret is written anywhere.
func TestEachFaultLeavesTheLastGoodDelivery(t *testing.T) {
	for _, c := range []struct {
		name    string
		step    func(s *faultserver.Server) faultserver.Step
		outcome snapshot.Outcome
		code    string
		refused bool // the answer is a delivery of its own
	}{
		{"no key", func(*faultserver.Server) faultserver.Step { return faultserver.WithKey("apiKey", "another", nil) }, snapshot.Failed, "fetch_refused", false},
		{"too many requests", func(*faultserver.Server) faultserver.Step { return faultserver.Status(429, "", "Retry-After", "9000") }, snapshot.Failed, "fetch_too_many_requests", false},
		{"always an internal error", func(*faultserver.Server) faultserver.Step { return faultserver.ErrorPage(502) }, snapshot.Failed, "fetch_server_error", false},
		{"silence", (*faultserver.Server).Silent, snapshot.Failed, "fetch_timed_out", false},
		{"truncated gzip", func(*faultserver.Server) faultserver.Step { return faultserver.TruncatedGzip(strings.Repeat(good, 50)) }, snapshot.Failed, "fetch_truncated", false},
		{"half a body", func(*faultserver.Server) faultserver.Step { return faultserver.Truncated(good) }, snapshot.Failed, "fetch_truncated", false},
		{"a bomb", func(*faultserver.Server) faultserver.Step { return faultserver.GzipBomb(64 << 20) }, snapshot.Failed, "fetch_bomb", false},
		{"a page to sign in", func(*faultserver.Server) faultserver.Step { return faultserver.LoginPage() }, snapshot.Failed, "fetch_login_page", false},
		{"nothing with 200", func(*faultserver.Server) faultserver.Step { return faultserver.OK("text/csv", "") }, snapshot.Failed, "fetch_empty", false},
		{"a circle", func(s *faultserver.Server) faultserver.Step { return faultserver.Redirect(302, "/a.csv") }, snapshot.Failed, "fetch_redirect_loop", false},
		{"another host", func(s *faultserver.Server) faultserver.Step { return faultserver.Redirect(302, "https://example.org/") }, snapshot.Failed, "fetch_foreign_redirect", false},
		{"no end", func(s *faultserver.Server) faultserver.Step { return s.Endless(0) }, snapshot.Failed, "fetch_too_large", false},
		{"gone", func(*faultserver.Server) faultserver.Step { return faultserver.Status(404, "") }, snapshot.Failed, "fetch_not_found", false},
		{"hung up", func(*faultserver.Server) faultserver.Step { return faultserver.HangUp() }, snapshot.Failed, "fetch_truncated", false},
		{"a column renamed", func(*faultserver.Server) faultserver.Step {
			return faultserver.OK("text/csv", strings.Replace(good, "Семьи", "Семей", 1))
		}, snapshot.Refused, Drift, true},
		{"a head without rows", func(*faultserver.Server) faultserver.Step {
			return faultserver.OK("text/csv", "Район,Семьи,Дети\n")
		}, snapshot.Refused, NoRecords, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStation(t, fetch.Settings{Idle: 300 * time.Millisecond, MaxBytes: 12 << 20, Attempts: 2})
			if got := s.fetch(faultserver.OK("text/csv", good)); got.Outcome != snapshot.Fresh || got.Answers != 1 {
				t.Fatalf("first: %+v", got)
			}
			before := s.deliver()
			got := s.fetch(c.step(s.server))
			if got.Outcome != c.outcome || got.Problem == nil || got.Problem.Code != c.code || got.Since == "" {
				t.Fatalf("%+v, problem %v", got, got.Problem)
			}
			after := s.deliver()
			d := after[0]
			if d.Snapshot.SHA256 != before[0].Snapshot.SHA256 || len(d.Records) != 6 {
				t.Errorf("in use is %s with %d records", d.Snapshot.SHA256, len(d.Records))
			}
			if !d.Stale || d.Age != 3 || len(d.Problems) != 1 || d.Problems[0].Code != c.code || d.Problems[0].Level != model.Warning {
				t.Errorf("stale %t, %d days, %v", d.Stale, d.Age, d.Problems)
			}
			if c.refused != (len(after) == 2) {
				t.Fatalf("%d deliveries", len(after))
			}
			if c.refused && (len(after[1].Records) != 0 || after[1].Problems[0].Code != c.code || after[1].Snapshot.SHA256 == "") {
				t.Errorf("the refused answer: %+v", after[1])
			}
			nowhere(t, s.dir, key)
			if strings.Contains(fmt.Sprint(got, after), key) {
				t.Error("a message holds the key")
			}
			if got := s.fetch(faultserver.OK("text/csv", good)); got.Outcome != snapshot.Unchanged || s.deliver()[0].Stale {
				t.Errorf("once it answers again: %+v", got)
			}
		})
	}
}

// "Not modified" and the same bytes are both "checked, unchanged"; nothing
// is written twice, and the attempts are counted.
func TestCheckedUnchanged(t *testing.T) {
	s := newStation(t, fetch.Settings{})
	step := faultserver.Tagged(`"v1"`, "Tue, 24 Nov 2026 09:00:00 GMT", good)
	for i, want := range []snapshot.Outcome{snapshot.Fresh, snapshot.Unchanged, snapshot.Unchanged} {
		if got := s.fetch(step); got.Outcome != want {
			t.Fatalf("%d: %+v", i, got)
		}
	}
	asked := s.server.Asked("/a.csv")
	if asked[0].Header.Get("If-None-Match") != "" || asked[1].Header.Get("If-None-Match") != `"v1"` {
		t.Error("the tag of what is in use was not sent")
	}
	h, err := s.fetcher.Store.History("one")
	if err != nil || len(h.Events) != 2 || h.Events[1].Times != 2 || h.Good[0].ETag != `"v1"` || strings.Contains(h.Good[0].Origin, key) {
		t.Errorf("history %+v, %v", h, err)
	}
	first, _ := Standing(&config.Instance{Sources: []config.Source{s.src}}, s.fetcher.Store)
	s.fetch(step)
	if again, _ := Standing(&config.Instance{Sources: []config.Source{s.src}}, s.fetcher.Store); first == "" || again != first {
		t.Errorf("a check without news changes what releases are made from:\n%s\n%s", first, again)
	}
}

// A person who accepts a new shape gets the new bytes; the diff says what
// changed, each way of changing by its own word.
func TestDrift(t *testing.T) {
	for _, c := range []struct {
		name, now string
		want      shape.Change
	}{
		{"new", "Район,Семьи,Дети,Школы\nАлтай,12,30,1\nУлан,3,7,2\nГлубокое,5,9,3\n", shape.Change{Kind: shape.New, Column: "Школы", Now: "number"}},
		{"lost", "Район,Семьи\nАлтай,12\nУлан,3\nГлубокое,5\n", shape.Change{Kind: shape.Lost, Column: "Дети"}},
		{"renamed", strings.Replace(good, "Дети", "Детей", 1), shape.Change{Kind: shape.Renamed, Column: "Дети", Was: "Дети", Now: "Детей"}},
		{"retyped", "Район,Семьи,Дети\n1,12,30\n2,3,7\n3,5,9\n", shape.Change{Kind: shape.Retyped, Column: "Район", Was: "text", Now: "number"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStation(t, fetch.Settings{})
			s.fetch(faultserver.OK("text/csv", good))
			got := s.fetch(faultserver.OK("text/csv", c.now))
			if got.Outcome != snapshot.Refused || len(got.Changes) != 1 || got.Changes[0] != c.want {
				t.Fatalf("%+v", got)
			}
			for _, lang := range []string{"kk", "ru", "en"} {
				if words := c.want.Words(s.inst.Words.Lang(lang)); !strings.Contains(words, c.want.Column) {
					t.Errorf("%s: %q", lang, words)
				}
			}
			s.fetcher.AcceptShape = []string{"one"}
			got = s.fetch()
			lost := c.name == "lost" || c.name == "renamed" // the table still names the old column
			if lost != (got.Outcome == snapshot.Refused) || !lost && got.Outcome != snapshot.Accepted {
				t.Fatalf("accepted: %+v, %v", got, got.Problem)
			}
			if d := s.deliver(); !lost && (d[0].Stale || len(d) != 1) {
				t.Errorf("after accepting: %+v", d)
			}
		})
	}
	t.Run("moved columns, marks and a single wrong cell are no drift", func(t *testing.T) {
		s := newStation(t, fetch.Settings{})
		s.fetch(faultserver.OK("text/csv", good))
		if got := s.fetch(faultserver.OK("text/csv", "Дети,Район,Семьи\nx,Алтай,много\n…,Улан,4\n-,Глубокое,6\n")); got.Outcome != snapshot.Fresh {
			t.Errorf("%+v %v", got, got.Problem)
		}
	})
}

// A new release under another name is compared with the one before it, time
// and again.
func TestANewReleaseIsComparedWithTheLast(t *testing.T) {
	s := newStation(t, fetch.Settings{})
	s.fetch(faultserver.OK("text/csv", good))
	for _, name := range []string{"/b.csv", "/c.csv"} {
		s.src.Connection.Web.Addresses = []string{s.server.URL + name}
		s.server.On(name, faultserver.OK("text/csv", strings.Replace(good, "Дети", "Детей", 1)))
		if got := s.fetch(); got.Outcome != snapshot.Refused || got.Problem.Code != Drift {
			t.Errorf("%s with a renamed column: %+v", name, got)
		}
		s.server.On(name, faultserver.OK("text/csv", good+"Риддер,8,9\n"))
		if got := s.fetch(); got.Outcome == snapshot.Refused || len(s.deliver()) != 1 || s.deliver()[0].File != name[1:] {
			t.Errorf("%s in order: %+v %v", name, got, got.Problem)
		}
	}
}

func TestNeverFetched(t *testing.T) {
	s := newStation(t, fetch.Settings{Attempts: 1})
	for _, after := range []string{"before any attempt", "after one"} {
		d := s.deliver()
		if len(d) != 1 || len(d[0].Records) != 0 || d[0].Problems[0].Code != NotFetched || d[0].Problems[0].Level != model.Error {
			t.Errorf("%s: %+v", after, d)
		}
		s.fetch(faultserver.Status(http.StatusForbidden, ""))
	}
}

// Damaged bytes are not given out; the next answer mends them though the
// source says that nothing has changed.
func TestDamagedSnapshotIsFetchedAnew(t *testing.T) {
	s := newStation(t, fetch.Settings{})
	step := faultserver.Tagged(`"v1"`, "", good)
	s.fetch(step)
	damage(t, filepath.Join(s.dir, s.deliver()[0].Snapshot.SHA256, "bytes"))
	if d := s.deliver(); len(d[0].Records) != 0 || !broken(d[0].Problems) {
		t.Errorf("damaged bytes were read: %+v", d)
	}
	if got := s.fetch(step); got.Problem != nil {
		t.Fatalf("%v", got.Problem)
	}
	if d := s.deliver(); len(d[0].Records) != 6 {
		t.Errorf("%+v", d)
	}
}

// Personal numbers in an answer are cut out before anything is written.
func TestPersonalAnswer(t *testing.T) {
	s := newStation(t, fetch.Settings{})
	got := s.fetch(faultserver.OK("text/csv", "Район,Семьи,Дети,ИИН\nАлтай,1,2,"+secretIIN+"\n"))
	if got.Outcome != snapshot.Fresh || got.Redacted != 1 || s.deliver()[0].Snapshot.Redacted != 1 {
		t.Errorf("%+v", got)
	}
	nowhere(t, s.dir, secretIIN)
}

func damage(t *testing.T, name string) {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err == nil {
		raw[0]++
		err = os.WriteFile(name, raw, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
