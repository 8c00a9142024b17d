package pipeline

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// site reads every file below a folder.
func (x *trial) site(dir string) map[string]string {
	x.t.Helper()
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		x.t.Fatal(err)
	}
	out := map[string]string{}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		out[path[len(dir)+1:]] = string(raw)
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return out
}

func differing(got, want map[string]string) (names []string) {
	for name, text := range want {
		if t, ok := got[name]; !ok || t != text {
			names = append(names, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			names = append(names, name+" (not expected)")
		}
	}
	return names
}

// A site grows in the folder of a replaced one. Were anything of that one
// taken for new, readers would see an old page; were it written into, the site
// that stands, which shares its files, would change under its readers.
func TestNothingOfAReplacedSiteIsTakenForNew(t *testing.T) {
	x := newTrial(t)
	x.build()
	want := x.site(x.out)
	x.build()
	ground := filepath.Join(x.out+".releases", scaffold)
	stat := func(path string) os.FileInfo {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	folder, root := stat(filepath.Join(ground, "en")), stat(ground)
	if !os.SameFile(stat(filepath.Join(ground, "en", "index.html")), stat(filepath.Join(x.out, "en", "index.html"))) {
		t.Error("a page that did not change takes room twice")
	}
	for _, anew := range []string{"data/public.duckdb", "data/values.parquet", "data/values.arrow"} {
		if _, err := os.Stat(filepath.Join(ground, filepath.FromSlash(anew))); err == nil {
			t.Errorf("%s of a replaced site still takes room, though each build writes it anew", anew)
		}
	}

	put := func(name, text string) {
		t.Helper()
		path := filepath.Join(ground, filepath.FromSlash(name))
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(ground, "ru", "index.html")); err != nil {
		t.Fatal(err)
	}
	put("en/index.html", "<p>old</p>")
	put("ru/index.html/deep/note.txt", "a folder where a page belongs")
	put("en/gone/deep/index.html", "a page that is no more")
	put("data/gone.csv", "a download that is no more")
	put("data/values.csv", "old")
	put("data/values.parquet", "old")
	put("data/public.duckdb", "old")
	put("manifest.json", "{}")
	x.build()
	if got := x.site(x.out); !maps.Equal(got, want) {
		t.Errorf("built over what an earlier site left, these files differ: %v", differing(got, want))
	}
	if _, err := os.Stat(filepath.Join(x.out, "en", "gone")); err == nil {
		t.Error("the folder of a page that is no more is still there")
	}
	if !os.SameFile(folder, stat(filepath.Join(x.out, "en"))) {
		t.Error("the new site did not grow in the folder of the replaced one; this test shows nothing")
	}

	if os.SameFile(root, stat(x.out)) {
		t.Error("who holds the folder of the replaced site sees the next one grow")
	}

	x.report("400,120", "400,300")
	second := x.build()
	if second.Release != 2 {
		t.Fatalf("another report led to release %d", second.Release)
	}
	if got := x.site(filepath.Join(x.out+".releases", "1")); !maps.Equal(got, want) {
		t.Errorf("building release 2 changed release 1: %v", differing(got, want))
	}
}

// A file that somebody takes out of the folder while the site grows must not
// be missing from what is published without a word.
func TestAFileThatIsMissingStopsTheBuild(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := &staging{dir: dir, gate: newGate(), parts: map[string]*folder{"": {sizes: map[string]int64{"index.html": 1, "robots.txt": 0}}}}
	if _, err := s.scan(t.Context()); err == nil {
		t.Error("a site without one of its files passes")
	}
	if err := os.WriteFile(filepath.Join(dir, "robots.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.scan(t.Context()); err != nil {
		t.Errorf("a whole site does not pass: %v", err)
	}
}

// Whatever way a file takes into the site, it passes the gate, under its full
// name.
func TestNoFileGoesRoundTheGate(t *testing.T) {
	dir := t.TempDir()
	s := &staging{dir: dir, out: filepath.Join(dir, "none"), gate: newGate("/secret/store"), parts: map[string]*folder{}}
	leak := []byte("built in /secret/store")
	for _, part := range []string{"", "example"} {
		f := s.part(part)
		if err := f.keep("en/index.html", leak); err != nil {
			t.Fatal(err)
		}
		if err := f.keep("data/x.xlsx", leak); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(f.root, "en", "index.html")); err == nil {
			t.Error("a page that leaks was put in its place")
		}
		if err := os.MkdirAll(filepath.Join(f.root, "data"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(f.root, "data", "values.parquet"), leak, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := f.wrote("data", "values.parquet"); err != nil {
			t.Fatal(err)
		}
	}
	leaks, err := s.scan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range leaks {
		got = append(got, l.File)
	}
	want := []string{"data/x.xlsx", "en/index.html", "example/data/x.xlsx", "example/en/index.html"}
	if !slices.Equal(got, want) {
		t.Errorf("leaks were found in %v, expected in %v", got, want)
	}
	s.gate = newGate("/secret/store")
	for _, f := range s.parts {
		f.sizes = map[string]int64{"data/values.parquet": 1}
	}
	if leaks, err = s.scan(t.Context()); err != nil || len(leaks) != 2 {
		t.Errorf("%d leaks were found in two files that were written by other means (%v)", len(leaks), err)
	}
}

// What a scaffold should not hold may cost time, but never a build, nor a file
// of somebody else.
func TestAnUnsoundScaffoldIsNotUsed(t *testing.T) {
	x := newTrial(t)
	x.build()
	want := x.site(x.out)
	ground := filepath.Join(x.out+".releases", scaffold)
	foreign := filepath.Join(t.TempDir(), "foreign")
	if err := os.MkdirAll(foreign, 0o755); err != nil {
		t.Fatal(err)
	}
	note := filepath.Join(foreign, "index.html")
	for name, spoil := range map[string]func() error{
		"a link instead of the folder": func() error { return errors.Join(os.RemoveAll(ground), os.Symlink(foreign, ground)) },
		"a file instead of the folder": func() error { return errors.Join(os.RemoveAll(ground), os.WriteFile(ground, nil, 0o644)) },
		"a link in it": func() error {
			en := filepath.Join(ground, "en")
			return errors.Join(os.RemoveAll(en), os.Symlink(foreign, en))
		},
		"a folder that readers may not enter": func() error { return os.Chmod(filepath.Join(ground, "en"), 0o700) },
	} {
		x.build() // leaves a scaffold
		if err := errors.Join(spoil(), os.WriteFile(note, []byte("somebody's"), 0o644)); err != nil {
			t.Fatal(err)
		}
		x.build()
		if got := x.site(x.out); !maps.Equal(got, want) {
			t.Errorf("%s: these files differ: %v", name, differing(got, want))
		}
		if raw, err := os.ReadFile(note); err != nil || string(raw) != "somebody's" {
			t.Errorf("%s: a foreign file says %q (%v)", name, raw, err)
		}
		for _, dir := range []string{"", "en", "data"} {
			if info, err := os.Stat(filepath.Join(x.out, dir)); err != nil || info.Mode().Perm()&0o055 != 0o055 {
				t.Errorf("%s: readers may not enter %q (%v)", name, dir, info.Mode())
			}
		}
	}
}

// What a killed build left would lie there for ever; what another one is
// building now must stay.
func TestOnlyDeadBuildsAreRemoved(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	dead, alive := filepath.Join(out+".releases", building+"1"), filepath.Join(out+".releases", building+"2")
	for _, dir := range []string{dead, alive} {
		if err := os.MkdirAll(filepath.Join(dir, "en"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(dead, old, old); err != nil {
		t.Fatal(err)
	}
	s, err := newStaging(out, newGate())
	if err != nil {
		t.Fatal(err)
	}
	s.discard()
	if _, err := os.Stat(dead); err == nil {
		t.Error("what a killed build left two days ago is still there")
	}
	if _, err := os.Stat(alive); err != nil {
		t.Error("a build that is under way lost its folder")
	}
}
