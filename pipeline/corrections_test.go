package pipeline

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A known error that the publisher has mended stops the build with exit
// code 3 and names the entry; the old site stays.
func TestAMendedErrorStopsTheBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "trial")
	if err := os.CopyFS(dir, os.DirFS("../testdata/mini")); err != nil {
		t.Fatal(err)
	}
	entry := func(published string) {
		text := `corrections:
  - {id: slip, source: reports, area: "980100000", period: 2021-H1, measure: large_families, published: ` + published + `, corrected: 401,
     evidence: https://example.org/e, told_publisher_on: 2021-08-02, note: {kk: а, ru: б, en: c}}
`
		if err := os.WriteFile(filepath.Join(dir, "corrections.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o := Options{Instance: dir, Out: filepath.Join(t.TempDir(), "public"), Store: filepath.Join(t.TempDir(), "store"), Offline: true, WithoutExample: true}
	entry("410")
	if _, err := Build(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(o.Out, "data", "corrections.csv"))
	if err != nil || !strings.Contains(string(text), "slip,reports,980100000,1900-01-01,2021-H1,large_families,410,401,") {
		t.Errorf("%v: %s", err, text)
	}
	before, _ := fs.ReadDir(os.DirFS(o.Out), "data")
	entry("411")
	_, err = Build(t.Context(), o)
	if ExitCode(err) != ExitChecks || !strings.Contains(err.Error(), `corrections.yaml:2, key corrections[1]: correction slip: source reports gives "410" now`) {
		t.Errorf("exit code %d: %v", ExitCode(err), err)
	}
	if after, _ := fs.ReadDir(os.DirFS(o.Out), "data"); len(after) != len(before) {
		t.Error("the old site was touched")
	}
}
