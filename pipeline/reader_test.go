package pipeline

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const runAxe = `axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v =>
  ({id: v.id, nodes: v.nodes.map(n => n.html.slice(0, 160))}))))`

// TestEverybodyCanReadThePages lets axe-core look at the pages as they stand
// with scripts running, in light and in dark, on a phone and on a desk.
func TestEverybodyCanReadThePages(t *testing.T) {
	b := theSite(t)
	axe, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is missing (%v); make test installs it with npm ci", err)
	}
	ctx := browser(t)
	host := serveSite(t, b.dir)
	for i, page := range allPages() {
		scheme, width := "light", int64(1280)
		if i%2 == 1 {
			scheme, width = "dark", 360
		}
		media := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media}); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(host+page)); err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](string(axe)+";true")); err != nil {
			t.Fatalf("%s: axe-core does not load: %v", page, err)
		}
		said, err := chromedp.Run(ctx, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		var violations []struct {
			ID    string
			Nodes []string
		}
		if err := json.Unmarshal([]byte(said), &violations); err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		for _, v := range violations {
			t.Errorf("%s (%s, %d px): %s at %.2q", page, scheme, width, v.ID, v.Nodes)
		}
	}
}

const sideways = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

func TestNoPageScrollsSideways(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	for _, width := range []int64{360, 768, 1440} {
		for _, page := range allPages() {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(host+page)); err != nil {
				t.Fatalf("%s: %v", page, err)
			}
			over, err := chromedp.Run(ctx, chromedp.Evaluate[int](sideways))
			if err != nil {
				t.Fatalf("%s: %v", page, err)
			}
			if over > 0 {
				t.Errorf("%s at %d px is %d px too wide", page, width, over)
			}
		}
	}
}

// watchPolicy counts what the page's own security policy had to stop and
// what is asked of other hosts.
const watchPolicy = `(() => {
  const foreign = performance.getEntriesByType('resource').map(e => e.name).filter(u => !u.startsWith(location.origin));
  const inline = document.querySelectorAll('[style], script:not([src]):not([type="application/json"]):not([type="application/ld+json"]), style').length;
  const chartStyles = document.querySelectorAll('.fg-chart, .fg-chart *').length ? [...document.querySelectorAll('.fg-chart[style], .fg-chart [style]')].length : 0;
  return JSON.stringify({foreign, inline: inline - chartStyles});
})()`

func TestPagesAskNobodyElse(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	for _, page := range []string{"/", "/ru/", "/kk/indicator/houses-2019/", "/example/en/indicator/large-families-rehoused-share/"} {
		if err := chromedp.Do(ctx, chromedp.Navigate(host+page)); err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](drawAll, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		said, err := chromedp.Run(ctx, chromedp.Evaluate[string](watchPolicy))
		if err != nil {
			t.Fatal(err)
		}
		var seen struct {
			Foreign []string
			Inline  int
		}
		if err := json.Unmarshal([]byte(said), &seen); err != nil {
			t.Fatal(err)
		}
		if len(seen.Foreign) > 0 {
			t.Errorf("%s asks other hosts: %v", page, seen.Foreign)
		}
		if seen.Inline > 0 {
			t.Errorf("%s holds %d inline scripts or styles", page, seen.Inline)
		}
	}
}

// saveCSV clicks the button of the first figure and gives what would be
// saved, instead of saving it.
const saveCSV = `new Promise(done => {
  URL.createObjectURL = blob => { blob.text().then(done); return 'about:blank#saved'; };
  HTMLAnchorElement.prototype.click = function () {};
  document.querySelector('.fg-csv').click();
})`

func TestAFigureIsSavedAsItsTableStands(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	for _, c := range []struct{ page, row string }{
		{"/en/indicator/houses-2019/", "Borodulikha District,37"},
		{"/example/en/indicator/large-families-rehoused-share/", "invented example"},
	} {
		if err := chromedp.Do(ctx, chromedp.Navigate(host+c.page)); err != nil {
			t.Fatal(err)
		}
		saved, err := chromedp.Run(ctx, chromedp.Evaluate[string](saveCSV, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("%s: %v", c.page, err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(saved, "\ufeff"))).ReadAll()
		if err != nil || len(rows) < 10 {
			t.Errorf("%s: %d rows (%v) in %.200q", c.page, len(rows), err, saved)
		}
		if !strings.Contains(saved, c.row) {
			t.Errorf("%s: %q is not in %.300q", c.page, c.row, saved)
		}
	}
}
