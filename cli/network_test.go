package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// testKey is the secret that the register of the script's instance asks for.
const testKey = "key-of-the-tests-0451"

// site is a server whose files a script sets.
type site struct {
	mu    sync.Mutex
	files map[string][]byte
}

type siteKey struct{}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	body, ok := s.files[strings.TrimPrefix(r.URL.Path, "/")]
	s.mu.Unlock()
	switch {
	case !ok:
		http.Error(w, "no such thing", http.StatusNotFound)
	case strings.HasSuffix(r.URL.Path, ".json") && r.URL.Query().Get("apiKey") != testKey:
		http.Error(w, "key missing", http.StatusForbidden)
	default:
		_, _ = w.Write(body)
	}
}

// startSite gives a script its own server and the key in its environment.
func startSite(e *testscript.Env) {
	s := &site{files: map[string][]byte{}}
	server := httptest.NewServer(s)
	e.Defer(server.Close)
	e.Values[siteKey{}] = s
	e.Setenv("SITE", server.URL)
	e.Setenv("TRIAL_KEY", testKey)
}

// network FROM TO copies the small instance and puts both its sources behind
// the script's server.
func network(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: network FROM TO")
	}
	to := ts.MkAbs(args[1])
	ts.Check(os.CopyFS(to, os.DirFS(args[0])))
	connection := func(name, more string) string {
		return fmt.Sprintf("connection: {addresses: [%q]%s}", ts.Getenv("SITE")+"/"+name, more)
	}
	edit(ts, filepath.Join(to, "sources", "reports.yaml"), "kind: csv", "kind: web",
		"files: data/reports.csv", connection("reports.csv", ", format: csv"))
	edit(ts, filepath.Join(to, "sources", "register.yaml"), "kind: json", "kind: web",
		"files: data/register.json", connection("register.json", ", format: json, secret_query: {apiKey: TRIAL_KEY}"))
}

// serve NAME [FILE] makes the server answer a name with a file of the
// script, or with 404.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: serve NAME [FILE]")
	}
	s := ts.Value(siteKey{}).(*site)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, args[0])
	if len(args) == 2 {
		s.files[args[0]] = []byte(ts.ReadFile(args[1]))
	}
}

// replace OLD NEW FILE changes a text of a file everywhere.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace OLD NEW FILE")
	}
	edit(ts, ts.MkAbs(args[2]), args[0], args[1])
}

func edit(ts *testscript.TestScript, name string, pairs ...string) {
	raw, err := os.ReadFile(name)
	ts.Check(err)
	ts.Check(os.WriteFile(name, []byte(strings.NewReplacer(pairs...).Replace(string(raw))), 0o644))
}
