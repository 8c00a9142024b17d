package assets

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Whoever builds from a fresh tree must learn which file is missing and what
// makes it.
func TestCheckSaysWhatIsMissing(t *testing.T) {
	err := Check(fstest.MapFS{"charts.js": {}})
	if err == nil {
		t.Fatal("site.js is missing and nothing is said")
	}
	for _, want := range []string{"site.js", "npm ci", "go run ./tools/bundle"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
	if err := Check(fstest.MapFS{"charts.js": {}, "site.js": {}}); err != nil {
		t.Error(err)
	}
}

// The style of drawings is cut out by its marks to go into saved files.
func TestStyleHasItsMarks(t *testing.T) {
	_, rest, ok := strings.Cut(FigureCSS, "/*svg*/")
	if _, _, end := strings.Cut(rest, "/*end*/"); !ok || !end {
		t.Error("figure.css lacks /*svg*/ … /*end*/; saved drawings would have no colours")
	}
}
