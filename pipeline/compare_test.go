package pipeline

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
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
	for _, folder := range append(longest(folders, 12), longest(real, 6)...) {
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

// longest are the folders whose pages hold most: if they fit, the others do.
func longest(folders []string, n int) []string {
	size := func(folder string) int64 {
		info, err := os.Stat(filepath.Join(folder, "index.html"))
		if err != nil {
			return 0
		}
		return info.Size()
	}
	sort.SliceStable(folders, func(i, j int) bool { return size(folders[i]) > size(folders[j]) })
	return folders[:min(n, len(folders))]
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
		const box = document.querySelector('#compare-choice input[value="990200000"]');
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

// A file saved from the page must hold what the page shows, cell by cell, on
// the borders that were chosen; who opens the address again must see the same.
func TestAChosenComparisonIsSavedAsShown(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	if err := setScripts(ctx, true); err != nil {
		t.Fatal(err)
	}
	address := host + "/example/en/compare/?indicators=large_families_rehoused_share,asp_persons&areas=990000000,991200000,991100000&period=2021-H1&territory=2020-06-30"
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	type saved struct {
		Table [][]string `json:"table"`
		CSV   string     `json:"csv"`
		Query string     `json:"query"`
		Wide  bool       `json:"wide"`
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[saved](`(async () => {
		const wait = () => new Promise(done => setTimeout(done, 50));
		for (let i = 0; i < 200 && !document.querySelector('#compare-choice tbody'); i++) await wait();
		let blob;
		URL.createObjectURL = b => { blob = b; return 'blob:none'; };
		HTMLAnchorElement.prototype.click = () => {};
		document.querySelector('#compare-choice .more button').click();
		const table = [...document.querySelectorAll('#compare-choice tbody tr')].map(r => [...r.cells].map(c => c.firstChild.textContent));
		document.querySelector('#compare-choice select').dispatchEvent(new Event('change', {bubbles: true}));
		return {
			table,
			csv: await blob.text(), query: location.search,
			wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
		};
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.CSV, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1+2*3 || len(got.Table) != 3 {
		t.Fatalf("2 indicators × 3 areas were shown in %d rows and saved in %d (%v)", len(got.Table), len(rows)-1, err)
	}
	moved := 0
	for i, r := range rows[1:] {
		indicator, area := i/3, i%3
		shown := got.Table[area][1+indicator]
		value, err := strconv.ParseFloat(r[8], 64)
		if err != nil || r[5] != got.Table[area][0] {
			t.Errorf("row %v of the file stands for %q on the page", r, got.Table[area][0])
			continue
		}
		seen, err := strconv.ParseFloat(strings.NewReplacer(",", "", "\u202f", "", "\u00a0", "").Replace(shown), 64)
		if err != nil || math.Abs(seen-value) > 0.0501 {
			t.Errorf("the page shows %q, the file holds %v", shown, value)
		}
		if r[7] == "2020-06-30" {
			moved++
		}
	}
	if moved == 0 {
		t.Error("the borders of 2020-06-30 were chosen, and no number was moved to them")
	}
	for _, want := range []string{"territory=2020-06-30", "991200000", "period=2021-H1", "asp_persons"} {
		if !strings.Contains(got.Query, want) {
			t.Errorf("the address %q lacks %s", got.Query, want)
		}
	}
	if got.Wide {
		t.Error("the page scrolls sideways")
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

// A number that is known as "more than" or "about" must not stand in the free
// comparison as if it were exact, and never say more than is known.
func TestAChosenComparisonKeepsWhatANumberIsKnownAs(t *testing.T) {
	b := theSite(t)
	ctx := browser(t)
	host := serveSite(t, b.dir)
	if err := setScripts(ctx, true); err != nil {
		t.Fatal(err)
	}
	address := host + "/example/en/compare/?indicators=asp_persons&areas=990000000,990100000,990200000,990300000&period=2021-H1"
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[[][]string](`(async () => {
		const wait = () => new Promise(done => setTimeout(done, 50));
		const cells = () => [...document.querySelectorAll('#compare-choice tbody tr')].map(r => [...r.cells].map(c => c.textContent));
		for (let i = 0; i < 200 && !cells().length; i++) await wait();
		const file = await (await fetch('../../api/v1/values/asp_families.json')).json();
		const at = Object.fromEntries(file.columns.map((c, i) => [c, i]));
		const said = { 990000000: [34.6, 'more_than'], 990100000: [34.4, 'less_than'], 990200000: [34.6, 'about'], 990300000: [0, 'nil'] };
		for (const r of file.rows) {
			if (r[at.period] === '2021-H1' && said[r[at.area]]) [r[at.value], r[at.qualifier]] = said[r[at.area]];
		}
		window.fetch = async () => ({ ok: true, json: async () => file });
		document.querySelector('#compare-choice input[value="asp_families"]').click();
		for (let i = 0; i < 200 && !(cells()[0]?.length >= 3); i++) await wait();
		return cells();
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || len(got[0]) != 3 {
		t.Fatalf("four areas and two indicators were chosen; seen: %v", got)
	}
	column := 1
	if !strings.Contains(got[0][1], "more than") {
		column = 2
	}
	var seen []string
	for _, r := range got {
		seen = append(seen, r[column])
	}
	sort.Strings(seen)
	if want := []string{"-", "34more than", "35about", "35less than"}; !slices.Equal(seen, want) {
		t.Errorf("34.6 and more, less than 34.4, about 34.6 and a reported nil are shown as %q, expected %q", seen, want)
	}
}
