package pipeline

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// A briefing that runs onto a second sheet is a sheet lost on the way to the
// meeting.
func TestABriefingIsOnePrintedPage(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	folders, err := filepath.Glob(filepath.Join(b.dir, "example", "*", "area", "*", "briefing"))
	if err != nil || len(folders) < 3*10 {
		t.Fatalf("%d briefings of the example (%v); expected one a district and language", len(folders), err)
	}
	real, _ := filepath.Glob(filepath.Join(b.dir, "*", "area", "*", "briefing"))
	for i, folder := range append(folders, real...) {
		if i%7 != 0 {
			continue // a sample of districts and languages
		}
		path := "/" + filepath.ToSlash(strings.TrimPrefix(folder, b.dir+"/")) + "/"
		if err := chromedp.Do(ctx, chromedp.Navigate(host+path)); err != nil {
			t.Fatal(err)
		}
		prefer := true
		pdf, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &prefer})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(pdfPage.FindAll(pdf.Data, -1)); n != 1 {
			t.Errorf("%s prints on %d pages", path, n)
		}
	}
}

// What is chosen must stand in the address, so that it can be sent to somebody
// who then sees the same.
func TestAChosenComparisonStandsInTheAddress(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	if err := setScripts(ctx, true); err != nil {
		t.Fatal(err)
	}
	address := host + "/example/ru/compare/?indicators=free_meals_share,asp_persons&areas=990100000,991100000&period=2020-H1"
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	seen, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(async () => {
		const wait = () => new Promise(done => setTimeout(done, 50));
		for (let i = 0; i < 200 && !document.querySelector('#compare-choice table'); i++) await wait();
		const text = () => [...document.querySelectorAll('#compare-choice tbody tr')].map(r => r.cells.length + ' ' + r.cells[0].textContent).join('|');
		const before = text();
		const box = document.querySelector('#compare-choice fieldset:nth-of-type(2) input[value="990200000"]');
		box.click();
		for (let i = 0; i < 200 && (text() === before || !document.querySelector('#compare-choice tbody')); i++) await wait();
		return [before, text(), location.search, document.querySelector('#compare-choice caption').textContent].join('\n');
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(seen, "\n")
	if len(lines) != 4 || strings.Count(lines[0], "|") != 1 || strings.Count(lines[1], "|") != 2 || !strings.HasPrefix(lines[0], "3 ") {
		t.Fatalf("two districts and two indicators were chosen, then a third district; seen: %s", seen)
	}
	for _, want := range []string{"free_meals_share%2Casp_persons", "990200000", "period=2020-H1"} {
		if !strings.Contains(lines[2], want) {
			t.Errorf("the address %q lacks %s", lines[2], want)
		}
	}
	if !hasWords("ru", []byte(lines[3])) {
		t.Errorf("the caption %q does not say that it is invented", lines[3])
	}
}

// The file beside a prepared comparison must hold what the page shows, number
// by number.
func TestTheComparisonsFileHoldsWhatThePageShows(t *testing.T) {
	b := theSite(t)
	shown := regexp.MustCompile(`<data class="v" data-n="([^"]*)/value" value="([^"]*)">`)
	seen := 0
	files, _ := filepath.Glob(filepath.Join(b.dir, "example", "ru", "compare", "*", "shown.csv"))
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		in := map[string]string{}
		for _, r := range rows[1:] {
			in[r[0]+"/"+r[2]+"/"+r[3]+"/"+r[5]] = r[6]
		}
		html, err := os.ReadFile(filepath.Join(filepath.Dir(file), "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		table := regexp.MustCompile(`(?s)<table class="data heat">.*?</table>`).Find(html)
		for _, m := range shown.FindAllSubmatch(table, -1) {
			seen++
			id := strings.Split(string(m[1]), "/")
			if got := in[strings.Join(id[:4], "/")]; got != string(m[2]) {
				t.Errorf("%s: the page shows %s = %s, the file %q", file, m[1], m[2], got)
			}
		}
	}
	if seen < 300 {
		t.Errorf("only %d numbers were compared", seen)
	}
}
