package pipeline

import (
	"os"
	"path/filepath"
	"testing"
)

// Were a page linked although it differs, readers would see an old number;
// were nothing linked, every release would cost a whole site of disk.
func TestOnlyTheSameBytesAreTakenFromOtherSites(t *testing.T) {
	dir := t.TempDir()
	write := func(site, name, text string) {
		t.Helper()
		path := filepath.Join(dir, site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stat := func(site, name string) os.FileInfo {
		t.Helper()
		info, err := os.Stat(filepath.Join(dir, site, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	write("before", "en/same.html", "9 of 18")
	write("before", "en/spoilt.html", "8 of 18")
	write("before", "en/longer.html", "9 of 18 and more")
	write("new", "ru/left.html", "9 of 18")
	write("new", "kk", "a file where a folder belongs")
	write("new", "ru/other.html", "8 of 18")
	if err := os.Link(filepath.Join(dir, "new", "ru", "other.html"), filepath.Join(dir, "before", "linked.html")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("left.html", filepath.Join(dir, "new", "ru", "link.html")); err != nil {
		t.Fatal(err)
	}
	left := stat("new", "ru/left.html")
	f := newFolder(filepath.Join(dir, "new"), filepath.Join(dir, "before"), "", newGate())
	names := []string{"en/same.html", "en/spoilt.html", "en/longer.html", "kk/fresh.html", "ru/left.html", "ru/other.html", "ru/link.html"}
	for _, name := range names {
		if err := f.keep(name, []byte("9 of 18")); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(filepath.Join(dir, "new", filepath.FromSlash(name)))
		if err != nil || string(raw) != "9 of 18" {
			t.Errorf("%s says %q (%v)", name, raw, err)
		}
	}
	if !os.SameFile(stat("before", "en/same.html"), stat("new", "en/same.html")) {
		t.Error("a page was written anew although nothing in it changed")
	}
	if os.SameFile(stat("before", "en/spoilt.html"), stat("new", "en/spoilt.html")) {
		t.Error("one file in two releases that differ")
	}
	if !os.SameFile(left, stat("new", "ru/left.html")) {
		t.Error("a page was written anew although an earlier site had left it")
	}
	if raw, err := os.ReadFile(filepath.Join(dir, "before", "linked.html")); err != nil || string(raw) != "8 of 18" {
		t.Errorf("writing the new site changed another one, which now says %q (%v)", raw, err)
	}
	if info, err := os.Lstat(filepath.Join(dir, "new", "ru", "link.html")); err != nil || !info.Mode().IsRegular() {
		t.Error("a link of an earlier site was taken for a page")
	}
	if files, bytes := f.weigh(); files != len(names) || bytes != int64(7*len(names)) {
		t.Errorf("%d files of %d bytes counted", files, bytes)
	}
}
