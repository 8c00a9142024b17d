package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
)

const fetchKey = "key-of-the-tests-0451"

// networked is the small instance with both sources behind a fault server.
type networked struct {
	t              *testing.T
	server         *faultserver.Server
	dir            string
	reports, other string // bodies in order
	options        Options
}

func newNetworked(t *testing.T) *networked {
	t.Helper()
	t.Setenv("TRIAL_KEY", fetchKey)
	n := &networked{t: t, server: faultserver.New(t), dir: t.TempDir()}
	instance := filepath.Join(n.dir, "mini")
	if err := os.CopyFS(instance, os.DirFS("../testdata/mini")); err != nil {
		t.Fatal(err)
	}
	n.reports, n.other = n.text(instance, "data/reports.csv"), n.text(instance, "data/register.json")
	n.edit(instance, "sources/reports.yaml", "kind: csv", "kind: web", "files: data/reports.csv",
		fmt.Sprintf("connection: {addresses: [%q], format: csv}", n.server.URL+"/reports.csv"))
	n.edit(instance, "sources/register.yaml", "kind: json", "kind: web", "files: data/register.json",
		fmt.Sprintf("connection: {addresses: [%q], format: json, secret_query: {apiKey: TRIAL_KEY}}", n.server.URL+"/register.json"))
	if err := os.RemoveAll(filepath.Join(instance, "data")); err != nil {
		t.Fatal(err)
	}
	n.options = Options{
		Instance: instance, Out: filepath.Join(n.dir, "public"), Store: filepath.Join(n.dir, "store"),
		Network: fetch.Settings{Attempts: 1, Idle: 300 * time.Millisecond, MaxBytes: 12 << 20},
	}
	n.serve(faultserver.OK("text/csv", n.reports))
	return n
}

func (n *networked) text(dir, name string) string {
	n.t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		n.t.Fatal(err)
	}
	return string(raw)
}

func (n *networked) edit(dir, name string, pairs ...string) {
	n.t.Helper()
	text := strings.NewReplacer(pairs...).Replace(n.text(dir, name))
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		n.t.Fatal(err)
	}
}

// serve sets how the reports answer; the register always does.
func (n *networked) serve(reports faultserver.Step) {
	n.server.On("/reports.csv", reports)
	n.server.On("/register.json", faultserver.WithKey("apiKey", fetchKey, faultserver.OK("application/json", n.other)))
}

func (n *networked) build() Report {
	n.t.Helper()
	r, err := Build(context.Background(), n.options)
	if err != nil {
		n.t.Fatalf("the site does not build: %v", err)
	}
	return r
}

// values are the rows of values.csv without their release.
func (n *networked) values() string {
	n.t.Helper()
	var b strings.Builder
	for line := range strings.SplitSeq(n.text(n.options.Out, "data/values.csv"), "\n") {
		if at := strings.LastIndexByte(line, ','); at > 0 {
			b.WriteString(line[:at] + "\n")
		}
	}
	return b.String()
}

func lineOf(t *testing.T, r Report, id string) SourceReport {
	t.Helper()
	for _, s := range r.Sources {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no source %s in the report", id)
	return SourceReport{}
}

// Each fault of one source leaves every figure as it was, the site still
// builds, and the report says which source is stale and why.
func TestADeadSourceLeavesAllFiguresRight(t *testing.T) {
	n := newNetworked(t)
	first := n.build()
	if s := lineOf(t, first, "reports"); s.Stale || s.CellsRead != 12 || s.Accepted != 9 {
		t.Fatalf("the first delivery: %+v", s)
	}
	want := n.values()
	for _, c := range []struct {
		name string
		step faultserver.Step
		says string
	}{
		{"403 without a key", faultserver.Status(403, ""), "403"},
		{"429", faultserver.Status(429, "", "Retry-After", "7200"), "429"},
		{"5xx", faultserver.ErrorPage(502), "502"},
		{"slow", n.server.Silent(), "sent nothing"},
		{"a page to sign in", faultserver.LoginPage(), "page to sign in"},
		{"empty", faultserver.OK("text/csv", ""), "nothing in it"},
		{"truncated", faultserver.TruncatedGzip(strings.Repeat(n.reports, 20)), "broke off"},
		{"circle", faultserver.Redirect(302, "/reports.csv"), "circle"},
		{"no end", n.server.Endless(0), "more than the allowed"},
		{"another table", faultserver.OK("text/csv", strings.Replace(n.reports, "Многодетные семьи", "Семьи", 1)), `is now "Семьи"`},
	} {
		n.serve(c.step)
		got := n.build()
		if n.values() != want {
			t.Errorf("%s: other values", c.name)
		}
		if s := lineOf(t, got, "reports"); !s.Stale || s.Accepted != 9 {
			t.Errorf("%s: %+v", c.name, s)
		}
		if s := lineOf(t, got, "register"); s.Stale || s.Accepted != lineOf(t, first, "register").Accepted {
			t.Errorf("%s: the other source: %+v", c.name, s)
		}
		if all := strings.Join(got.Warnings, "\n"); !strings.Contains(all, c.says) || !strings.Contains(all, "source reports:") {
			t.Errorf("%s: warnings %s", c.name, all)
		}
	}
	n.serve(faultserver.OK("text/csv", n.reports))
	if again := n.build(); again.Release != first.Release {
		t.Errorf("the same data after the faults are release %d, they were %d", again.Release, first.Release)
	}
	n.noSecret()
}

// A new delivery is in the figures, and a cell of it that is no number is
// refused at its exact place.
func TestANewDelivery(t *testing.T) {
	n := newNetworked(t)
	before := n.build()
	n.serve(faultserver.OK("text/csv", strings.NewReplacer("410,190", "420,сорок").Replace(n.reports)))
	after := n.build()
	if s := lineOf(t, after, "reports"); s.Stale || s.Snapshot == lineOf(t, before, "reports").Snapshot {
		t.Errorf("%+v", s)
	}
	if after.Release == before.Release {
		t.Error("other data are the same release")
	}
	if !strings.Contains(n.text(n.options.Out, "data/observations.csv"), ",420,") {
		t.Error("the new figure is not published")
	}
	if refusals := n.text(n.options.Out, "data/refusals.csv"); !strings.Contains(refusals, "reports.csv,,6,F") {
		t.Errorf("the wrong cell is not among the refusals at row 6, column F:\n%s", refusals)
	}
}

// With everything unreachable the whole site builds from snapshots, online
// and offline alike; offline nothing is even asked.
func TestEverythingUnreachable(t *testing.T) {
	n := newNetworked(t)
	n.build()
	want := n.values()
	asked := len(n.server.Asked("/reports.csv"))
	n.options.Offline = true
	if r := n.build(); lineOf(t, r, "reports").Stale {
		t.Error("offline is not stale: nobody asked")
	}
	if len(n.server.Asked("/reports.csv")) != asked {
		t.Error("an offline build touched the network")
	}
	n.options.Offline = false
	n.server.CloseClientConnections()
	n.server.Close()
	for _, offline := range []bool{false, true} {
		n.options.Offline = offline
		r := n.build()
		if n.values() != want {
			t.Errorf("offline %t: other values", offline)
		}
		if !lineOf(t, r, "reports").Stale || !lineOf(t, r, "register").Stale {
			t.Errorf("offline %t: unreachable sources are not stale", offline)
		}
	}
	n.noSecret()
}

// A source that never answered is refused as a whole; the site builds.
func TestNeverFetchedSource(t *testing.T) {
	n := newNetworked(t)
	n.serve(faultserver.Status(404, ""))
	r := n.build()
	if s := lineOf(t, r, "reports"); s.CellsRead != 0 {
		t.Errorf("%+v", s)
	}
	if refusals := n.text(n.options.Out, "data/refusals.csv"); !strings.Contains(refusals, "not_fetched") {
		t.Errorf("the public list does not say that the source is missing:\n%s", refusals)
	}
	if all := strings.Join(r.Warnings, "\n"); !strings.Contains(all, "never answered") {
		t.Errorf("warnings %s", all)
	}
}

// noSecret looks through everything that was written and reported.
func (n *networked) noSecret() {
	n.t.Helper()
	n.nowhere("store", fetchKey)
	n.nowhere("public.releases", fetchKey)
	report, err := json.Marshal(n.build())
	if err != nil || bytes.Contains(report, []byte(fetchKey)) {
		n.t.Errorf("the report holds the key (%v)", err)
	}
}
