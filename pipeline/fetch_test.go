package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tereze/model"
	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
	"tereze/transforms"
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
		Network: fetch.Settings{Attempts: 1, Idle: 300 * time.Millisecond, Timeout: 3 * time.Second, MaxBytes: 12 << 20},
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
		{"dripping", n.server.Endless(20 * time.Millisecond), "not done after"},
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
	n.options.Network.Attempts = 3
	n.server.On("/reports.csv", faultserver.ErrorPage(502), faultserver.OK("text/csv", n.reports))
	if s := lineOf(t, n.build(), "reports"); s.Stale || s.Accepted != 9 {
		t.Errorf("5xx once, then well: %+v", s)
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
	whole := n.build()
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
		if r.Pages != whole.Pages || r.Observations != whole.Observations {
			t.Errorf("offline %t: %d pages of %d observations, there were %d of %d: the site is not whole", offline, r.Pages, r.Observations, whole.Pages, whole.Observations)
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

// Every figure that rests on an old copy says so on its own page, with its
// age and why, in each language; what rests on the other source does not.
// What changed in the shape stands in plain words on the source's page.
func TestFiguresFromAnOldCopySaySoWithTheirAge(t *testing.T) {
	for _, c := range []struct {
		name, code string
		step       func(*networked) faultserver.Step
		changed    bool
	}{
		{"another table", "drift", func(n *networked) faultserver.Step {
			return faultserver.OK("text/csv", strings.Replace(n.reports, "Многодетные семьи", "Семьи", 1))
		}, true},
		{"unreachable", "fetch_server_error", func(*networked) faultserver.Step { return faultserver.ErrorPage(502) }, false},
	} {
		n := newNetworked(t)
		n.build()
		n.serve(c.step(n))
		n.options.Settings.Today = model.Date(time.Now().UTC().AddDate(0, 0, 12).Format(time.DateOnly))
		n.build()
		inst, err := loadInstance(n.options.Instance, n.options.Settings)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range inst.Languages {
			l := inst.Words.Lang(lang)
			age := l.T("stale.days", "n", 12)
			page := func(path string) string {
				return strings.Join(strings.Fields(html.UnescapeString(n.text(n.options.Out, lang+"/"+path+"/index.html"))), " ")
			}
			has := func(path, want string) bool {
				return strings.Contains(page(path), strings.Join(strings.Fields(want), " "))
			}
			for path, want := range map[string]string{
				"indicator/rehoused-share": l.T("stale.number", "age", age),
				"indicator/rehoused-pace":  l.T("stale.cell", "age", age),
				"area/980100000":           l.T("stale.cell", "age", age),
				"quality/reports":          l.T("stale.reason." + c.code),
				"quality":                  l.T("stale.reason." + c.code),
			} {
				if !has(path, want) {
					t.Errorf("%s, %s: %s does not say %q", c.name, lang, path, want)
				}
			}
			if has("indicator/birth-rate", age) || has("quality/register", age) {
				t.Errorf("%s, %s: the other source is called old", c.name, lang)
			}
			if renamed := l.T("drift.renamed", "column", "Многодетные семьи", "now", "Семьи"); has("quality/reports", renamed) != c.changed {
				t.Errorf("%s, %s: the page of the source says %q: %t", c.name, lang, renamed, !c.changed)
			}
		}
		if problems := n.text(n.options.Out, "data/source_problems.csv"); strings.Contains(problems, "shape_change") != c.changed {
			t.Errorf("%s: the list of problems:\n%s", c.name, problems)
		}
	}
}

// Of a fetched source the public database holds the day on which what is in
// use was taken, not a day that nobody wrote into its declaration.
func TestTheDayOfASnapshotIsPublic(t *testing.T) {
	n := newNetworked(t)
	n.build()
	n.serve(faultserver.ErrorPage(502))
	n.build()
	public, err := transforms.OpenPublic(filepath.Join(n.options.Out, "data", "public.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	defer public.Close()
	rows, err := public.Query(context.Background(), "select id, cast(retrieved_on as varchar), coalesce(cast(stale_since as varchar), ''), coalesce(stale_reason, '') from source order by id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	today := time.Now().UTC().Format(time.DateOnly)
	want := []string{"register " + today + "  ", "reports " + today + " " + today + " fetch_server_error"}
	for _, w := range want {
		var id, on, since, reason string
		if !rows.Next() {
			t.Fatal("a source is missing")
		}
		if err := rows.Scan(&id, &on, &since, &reason); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join([]string{id, on, since, reason}, " "); got != w {
			t.Errorf("%q, want %q", got, w)
		}
	}
}
