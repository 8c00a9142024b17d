package pipeline

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// built is the whole site, real region and example, built once for all tests
// of this package.
type built struct {
	dir    string // the link that readers see
	store  string
	report Report
}

var buildOnce = sync.OnceValues(func() (built, error) {
	dir, err := os.MkdirTemp("", "tereze-site-")
	if err != nil {
		return built{}, err
	}
	b := built{dir: filepath.Join(dir, "public"), store: filepath.Join(dir, "store")}
	b.report, err = Build(context.Background(), Options{
		Instance: "vko", Out: b.dir, Store: b.store, Offline: true,
	})
	return b, err
})

func theSite(t *testing.T) built {
	t.Helper()
	b, err := buildOnce()
	if err != nil {
		t.Fatalf("the site does not build: %v", err)
	}
	return b
}

func TestMain(m *testing.M) {
	code := m.Run()
	if b, err := buildOnce(); err == nil {
		os.RemoveAll(filepath.Dir(b.dir))
	}
	os.Exit(code)
}

// eachFile calls do for every file below dir with its slash path.
func eachFile(t *testing.T, dir string, do func(name string, raw []byte)) {
	t.Helper()
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		do(filepath.ToSlash(name), raw)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryCellHasOneFate(t *testing.T) {
	b := theSite(t)
	for _, r := range []Report{b.report, *b.report.Example} {
		if len(r.Sources) == 0 {
			t.Fatalf("%s: no sources", r.Instance)
		}
		var read int64
		for _, s := range r.Sources {
			read += s.CellsRead
			if s.CellsRead != s.Accepted+s.Refused+s.DroppedPersonal {
				t.Errorf("%s, source %s: %d cells read, %d accepted + %d refused + %d personal", r.Instance, s.ID, s.CellsRead, s.Accepted, s.Refused, s.DroppedPersonal)
			}
			if s.CellsRead > 0 && s.Snapshot == "" {
				t.Errorf("%s, source %s: cells without a snapshot", r.Instance, s.ID)
			}
		}
		if read == 0 || r.Observations == 0 || r.Values == 0 || r.Pages == 0 {
			t.Errorf("%s: %d cells, %d observations, %d values, %d pages: the way is interrupted", r.Instance, read, r.Observations, r.Values, r.Pages)
		}
	}
	if b.report.Suppressed != 0 {
		t.Errorf("the real region shows published figures only, yet %d are suppressed", b.report.Suppressed)
	}
	if b.report.Example.Suppressed == 0 {
		t.Error("the example has small counts, yet nothing is suppressed")
	}
}

func TestTheSameInputsGiveTheSameBytes(t *testing.T) {
	b := theSite(t)
	again := filepath.Join(t.TempDir(), "public")
	report, err := Build(context.Background(), Options{Instance: "vko", Out: again, Store: t.TempDir(), Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	if report.Release != b.report.Release {
		t.Errorf("release %d the first time, %d the second", b.report.Release, report.Release)
	}
	first := map[string]string{}
	eachFile(t, b.dir, func(name string, raw []byte) { first[name] = hashOf(string(raw)) })
	seen := 0
	eachFile(t, again, func(name string, raw []byte) {
		seen++
		if first[name] != hashOf(string(raw)) {
			t.Errorf("%s: other bytes on the second build", name)
		}
	})
	if seen != len(first) {
		t.Errorf("%d files the first time, %d the second", len(first), seen)
	}
}

func TestAFailedBuildLeavesTheOldSite(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	if _, err := Build(context.Background(), Options{Instance: "../testdata/mini", Out: out, Store: filepath.Join(dir, "store")}); err != nil {
		t.Fatal(err)
	}
	before, err := os.Readlink(out)
	if err != nil {
		t.Fatalf("%s is no link: %v", out, err)
	}
	broken := filepath.Join(dir, "broken")
	if err := os.CopyFS(broken, os.DirFS("../testdata/mini")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(broken, "indicators.yaml"), []byte("indicators:\n  - {idd: x}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Build(context.Background(), Options{Instance: broken, Out: out, Store: filepath.Join(dir, "store")})
	if ExitCode(err) != ExitUsage {
		t.Errorf("a broken configuration ends with %d (%v), want %d", ExitCode(err), err, ExitUsage)
	}
	if err == nil || !strings.Contains(err.Error(), "indicators.yaml:2") || !strings.Contains(err.Error(), "idd") {
		t.Errorf("the error does not name file, line and key: %v", err)
	}
	after, err := os.Readlink(out)
	if err != nil || after != before {
		t.Errorf("the site moved from %s to %s (%v) although the build failed", before, after, err)
	}
	if _, err := os.Stat(filepath.Join(out, "index.html")); err != nil {
		t.Errorf("the old site is gone: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(out+".releases", ".building-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("a failed build left %v behind", left)
	}
}

func TestARealFolderIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Build(context.Background(), Options{Instance: "../testdata/mini", Out: out, Store: filepath.Join(dir, "store")})
	if ExitCode(err) != ExitUsage {
		t.Errorf("a real folder at --out ends with %d (%v), want %d", ExitCode(err), err, ExitUsage)
	}
}

func TestASecondBuildWaitsOutside(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "store")
	release, err := lock(filepath.Join(store, "mini"))
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	_, err = Build(context.Background(), Options{Instance: "../testdata/mini", Out: filepath.Join(dir, "public"), Store: store})
	if ExitCode(err) != ExitBusy {
		t.Errorf("a held store ends with %d (%v), want %d", ExitCode(err), err, ExitBusy)
	}
}
