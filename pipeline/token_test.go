package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

// With the plain hash of a report anybody could try out its small counts;
// with a token that changes from build to build no release could be compared
// with the one before.
func TestReportsAreNamedByTokensAndPublishedFilesByTheirHash(t *testing.T) {
	const hash = "5d41402abc4b2a76b9719d911017c592ae5f1c1f2b3c4d5e6f708192a3b4c5d6"
	store := t.TempDir()
	named := func(store string, example bool) (published, reported string) {
		inst := &config.Instance{ID: "x", Example: example, Sources: []config.Source{{Nature: model.Published}, {Nature: model.Reported}}}
		r := &run{inst: inst, options: Options{Store: store}}
		for _, n := range []model.Nature{model.Published, model.Reported} {
			r.deliveries = append(r.deliveries, sources.Delivery{Source: config.Source{Nature: n}, Snapshot: model.Snapshot{SHA256: hash}})
		}
		if err := r.conceal(); err != nil {
			t.Fatal(err)
		}
		return r.deliveries[0].Snapshot.Shown(), r.deliveries[1].Snapshot.Shown()
	}
	published, first := named(store, false)
	if published != hash {
		t.Errorf("the published file is named %s; a reader could not check it", published)
	}
	if first == hash || len(first) != len(hash) {
		t.Errorf("the report is named %s", first)
	}
	if _, again := named(store, false); again != first {
		t.Errorf("a second build names the same report %s instead of %s", again, first)
	}
	if _, elsewhere := named(t.TempDir(), false); elsewhere == first {
		t.Error("another store gives the same token, so the key is no secret")
	}
	if info, err := os.Stat(filepath.Join(store, "x", "token.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key can be read by others: %v, %v", info, err)
	}
	_, one := named(t.TempDir(), true)
	if _, two := named(t.TempDir(), true); one != two {
		t.Error("an example differs between machines")
	}
}

// A spoilt key must be said, not replaced in silence.
func TestASpoiltKeyIsAnErrorWithItsPath(t *testing.T) {
	store := t.TempDir()
	dir := filepath.Join(store, "x")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "token.key"), []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := tokenKey(store, &config.Instance{ID: "x"})
	if err == nil || !strings.Contains(err.Error(), "token.key") {
		t.Errorf("got %v", err)
	}
}

// The hash of a report must stand nowhere in what is published, in no format;
// that of a published file must, or nobody could check it.
func TestNoHashOfAReportIsPublished(t *testing.T) {
	b := theSite(t)
	var reports []string
	for _, s := range b.report.Example.Sources {
		if len(s.Snapshot) == 64 {
			reports = append(reports, s.Snapshot)
		}
	}
	if len(reports) < 10 {
		t.Fatalf("only %d reports are known by their hash", len(reports))
	}
	eachFile(t, b.dir+"/example", func(name string, raw []byte) {
		for _, hash := range reports {
			if bytes.Contains(raw, []byte(hash)) {
				t.Errorf("%s holds the hash of a report", name)
			}
		}
		if name == "manifest.json" && (bytes.Contains(raw, []byte(`"bytes"`)) || bytes.Contains(raw, []byte(`sha256`))) {
			t.Errorf("%s holds size or hash of a report", name)
		}
	})
	published, err := os.ReadFile(filepath.Join(b.dir, "data", "observations.csv"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, s := range b.report.Sources {
		if len(s.Snapshot) == 64 && bytes.Contains(published, []byte(s.Snapshot)) {
			found++
		}
	}
	if found < 20 {
		t.Errorf("the hashes of %d published files stand in observations.csv", found)
	}
}
