package pipeline

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// pagesToLookAt are opened in every language, with scripts and without.
var pagesToLookAt = []string{
	"", "indicator/large-families-rehoused-share/", "indicator/houses-2019/", "indicator/asp-persons/",
	"area/631000000/", "data/", "quality/", "quality/kazinform-2021-body/", "methods/", "compare/", "compare/housing/",
}

var examplePages = []string{
	"", "indicator/large-families-rehoused-share/", "indicator/asp-persons-change/", "quality/", "quality/akimat-csv-bom/",
	"indicator/certificates-issued-share/", "indicator/families-in-housing-queue/", "compare/", "compare/school/", "area/991100000/briefing/",
}

// browser starts Chromium once for a test. With CI set it must be there.
func browser(t *testing.T) context.Context {
	t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			found = path
			break
		}
	}
	if found == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium on this machine; tools/setup/chromium.sh installs it")
		}
		t.Skip("no Chromium on this machine; make test installs it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(found),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func serveSite(t *testing.T, dir string) string {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL
}

// faces is what a reader's browser holds of one figure.
type faces struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Table  [][]string `json:"table"`  // data-n, raw, shown
	SVG    []string   `json:"svg"`    // numbers drawn
	Option [][]string `json:"option"` // id, raw, shown
	Chart  int        `json:"chart"`  // shapes of the drawn chart
	Lazy   bool       `json:"lazy"`   // has a chart option
}

const collectFaces = `[...document.querySelectorAll('.fg-figure')].map(f => {
  const option = f.querySelector('script.chart-option');
  const list = option ? JSON.parse(option.textContent).tereze : [];
  return {
    id: f.id, kind: f.dataset.kind, lazy: !!option,
    table: [...f.querySelectorAll('.fg-table data.v')].map(d => [d.dataset.n, d.value, d.textContent]),
    svg: [...f.querySelectorAll('.fg-draw > .fg .fg-n, .fg-draw > .fg-flow .fg-n')].map(t => t.textContent),
    option: list.filter(m => m.raw !== undefined && m.raw !== '').map(m => [m.id, m.raw, m.shown]),
    chart: f.querySelectorAll('.fg-chart svg path').length,
  };
})`

const collectNumbers = `[...document.querySelectorAll('data.v')].map(d => d.dataset.n + ' ' + d.value + ' ' + d.textContent)`

// drawAll scrolls through the page, so that every figure nears the viewport,
// and waits until each that has a chart shows it.
const drawAll = `(async () => {
  const wait = ms => new Promise(done => setTimeout(done, ms));
  for (let y = 0; y <= document.body.scrollHeight; y += 500) { scrollTo(0, y); await wait(15); }
  for (let i = 0; i < 1200; i++) {
    const open = [...document.querySelectorAll('.fg-figure')].filter(f => f.querySelector('script.chart-option') && !f.querySelector('.fg-chart svg'));
    if (!open.length) return '';
    await wait(25);
  }
  return 'some charts were never drawn';
})()`

func TestThreeFacesHoldTheSameNumbers(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	figures, drawn, compared := 0, 0, 0
	for _, page := range allPages() {
		if err := setScripts(ctx, true); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(host+page)); err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		said, err := chromedp.Run(ctx, chromedp.Evaluate[string](drawAll, chromedp.EvalAwaitPromise))
		if err != nil || said != "" {
			t.Errorf("%s: %s %v", page, said, err)
		}
		with, err := chromedp.Run(ctx, chromedp.Evaluate[[]faces](collectFaces))
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		numbersWith, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](collectNumbers))
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		for _, f := range with {
			figures++
			compared += f.compare(t, page)
			if f.Lazy && f.Chart > 0 {
				drawn++
			}
		}
		if err := setScripts(ctx, false); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(host+page)); err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		without, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](collectNumbers))
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		if !slices.Equal(numbersWith, without) {
			t.Errorf("%s: %d numbers with scripts, %d without, or others: a reader without scripts sees another page", page, len(numbersWith), len(without))
		}
	}
	if figures < 30 || drawn < 10 || compared < 200 {
		t.Errorf("%d figures, %d charts, %d numbers compared: this test looks at too little", figures, drawn, compared)
	}
}

func allPages() []string {
	var all []string
	for _, lang := range []string{"kk", "ru", "en"} {
		for _, p := range pagesToLookAt {
			all = append(all, "/"+lang+"/"+p)
		}
		for _, p := range examplePages {
			all = append(all, "/example/"+lang+"/"+p)
		}
	}
	return all
}

// compare checks one figure: what is drawn and what the chart holds must
// stand in the table, with the same raw value and the same words.
func (f faces) compare(t *testing.T, page string) (compared int) {
	t.Helper()
	shown, byID := map[string]bool{}, map[string][]string{}
	for _, row := range f.Table {
		shown[row[2]] = true
		byID[row[0]] = row
	}
	for _, n := range f.SVG {
		compared++
		if !shown[n] && strings.ContainsAny(n, "0123456789") {
			t.Errorf("%s, figure %s: the drawing says %q, the table does not", page, f.ID, n)
		}
	}
	for _, m := range f.Option {
		compared++
		row, ok := byID[m[0]]
		if !ok || row[1] != m[1] || row[2] != m[2] {
			t.Errorf("%s, figure %s: the chart holds %v, the table %v", page, f.ID, m, row)
		}
	}
	return compared
}

func setScripts(ctx context.Context, on bool) error {
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	return err
}
