package pipeline

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tereze/config"
)

// exampleWords are the words that mark what is invented, one a language.
var exampleWords = map[string]string{"kk": "ойдан алынған мысал", "ru": "вымышленный пример", "en": "invented example"}

func hasWords(lang string, text []byte) bool {
	return strings.Contains(strings.ToLower(string(text)), exampleWords[lang])
}

func hasAnyWords(text []byte) bool {
	for lang := range exampleWords {
		if hasWords(lang, text) {
			return true
		}
	}
	return false
}

var (
	svgRE     = regexp.MustCompile(`(?s)<svg\b.*?</svg>`)
	tableRE   = regexp.MustCompile(`(?s)<table\b.*?</table>`)
	captionRE = regexp.MustCompile(`(?s)<caption\b.*?</caption>`)
	optionRE  = regexp.MustCompile(`(?s)<script type="application/json"[^>]*>(.*?)</script>`)
)

func TestAllOfTheExampleSaysThatItIsInvented(t *testing.T) {
	b := theSite(t)
	pages, figures, tables := 0, 0, 0
	eachFile(t, b.dir+"/example", func(name string, raw []byte) {
		switch {
		case strings.HasSuffix(name, ".html"):
			pages++
			lang, _, _ := strings.Cut(name, "/")
			if _, ok := exampleWords[lang]; !ok {
				if !hasAnyWords(raw) {
					t.Errorf("%s: the page does not say that it is invented", name)
				}
				return
			}
			if !hasWords(lang, raw) {
				t.Errorf("%s: the page does not say in its language that it is invented", name)
			}
			if !bytes.Contains(raw, []byte("noindex")) {
				t.Errorf("%s: search engines may take it for real", name)
			}
			for _, svg := range svgRE.FindAll(raw, -1) {
				if bytes.Contains(svg, []byte(`aria-hidden="true"`)) && !bytes.Contains(svg, []byte("<text")) {
					continue // an ornament without words or numbers
				}
				figures++
				if !hasWords(lang, svg) && !drawsWords(lang, svg, raw) {
					t.Errorf("%s: a picture that could be cut out does not say that it is invented: %.120s", name, svg)
				}
			}
			for _, table := range tableRE.FindAll(raw, -1) {
				tables++
				if !hasWords(lang, captionRE.Find(table)) {
					t.Errorf("%s: a table's caption does not say that it is invented: %.160s", name, table)
				}
			}
			for _, option := range optionRE.FindAllSubmatch(raw, -1) {
				if !hasWords(lang, unescapeJSON(option[1])) {
					t.Errorf("%s: a chart option does not say that it is invented", name)
				}
			}
		case strings.HasSuffix(name, ".parquet"), strings.HasSuffix(name, ".arrow"):
			for lang := range exampleWords {
				if !hasWords(lang, raw) {
					t.Errorf("%s: the file's own description does not say in %s that it is invented", name, lang)
				}
			}
		case strings.HasSuffix(name, ".svg"):
			if !hasAnyWords(raw) && !strings.HasPrefix(name, "assets/") {
				t.Errorf("%s: the picture does not say that it is invented", name)
			}
		case strings.HasSuffix(name, ".csv"):
			checkExampleCSV(t, name, raw)
		case strings.HasSuffix(name, ".json"), strings.HasSuffix(name, ".jsonld"):
			checkExampleJSON(t, name, raw)
		case strings.HasSuffix(name, ".xlsx"):
			checkExampleWorkbook(t, name, raw)
		}
	})
	if pages == 0 || figures == 0 || tables == 0 {
		t.Fatalf("%d pages, %d figures, %d tables seen: this test looks at nothing", pages, figures, tables)
	}
}

var referenceRE = regexp.MustCompile(`(?:<use href="|url\()#([^")]+)`)

// drawsWords reports whether a small picture of many draws the words by
// reference: what it uses, or what that uses, is defined once on the page
// and holds them.
func drawsWords(lang string, part, page []byte) bool {
	return slices.ContainsFunc(references(part, page), func(used []byte) bool {
		return hasWords(lang, used) || slices.ContainsFunc(references(used, page), func(u []byte) bool { return hasWords(lang, u) })
	})
}

// references are the elements of the page that a part of it refers to.
func references(part, page []byte) (found [][]byte) {
	for _, ref := range referenceRE.FindAllSubmatch(part, -1) {
		id := []byte(` id="` + string(ref[1]) + `"`)
		start := bytes.Index(page, id)
		if start < 0 {
			continue
		}
		open := bytes.LastIndexByte(page[:start], '<')
		name, _, _ := bytes.Cut(page[open+1:start+1], []byte(" "))
		if end := bytes.Index(page[start:], []byte("</"+string(name)+">")); end >= 0 {
			found = append(found, page[start:start+end])
		}
	}
	return found
}

func unescapeJSON(raw []byte) []byte {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return raw
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.Encode(v)
	return out.Bytes()
}

// checkExampleCSV: rows of data carry nature=example; lists without that
// column belong to the example by their source and are named so in the
// package description.
func checkExampleCSV(t *testing.T, name string, raw []byte) {
	t.Helper()
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if len(rows) == 0 {
		t.Errorf("%s: no header", name)
		return
	}
	column := -1
	for i, head := range rows[0] {
		if head == "nature" {
			column = i
		}
	}
	if column < 0 {
		t.Errorf("%s: no column nature, so a row cut out looks real", name)
		return
	}
	for i, row := range rows[1:] {
		if row[column] != "example" {
			t.Errorf("%s, row %d: nature is %q", name, i+2, row[column])
			return
		}
	}
}

// checkExampleJSON: every object of data says so itself.
func checkExampleJSON(t *testing.T, name string, raw []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	text := unescapeJSON(raw)
	if !hasAnyWords(text) {
		t.Errorf("%s: does not say in words that it is invented", name)
	}
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			_, hasValue := x["value"]
			_, hasArea := x["area"]
			if hasValue && hasArea && x["nature"] != "example" {
				t.Errorf("%s: an object with a value has nature %v", name, x["nature"])
			}
			for _, e := range x {
				walk(e)
			}
		}
	}
	walk(v)
}

func checkExampleWorkbook(t *testing.T, name string, raw []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Errorf("%s, sheet %q: %v", name, sheet, err)
			continue
		}
		if !hasAnyWords([]byte(strings.Join(flatten(rows, 12), "\n"))) && !everyRowIsExample(rows) {
			t.Errorf("%s, sheet %q: does not say that it is invented", name, sheet)
		}
	}
}

func flatten(rows [][]string, first int) []string {
	var all []string
	for i, r := range rows {
		if i == first {
			break
		}
		all = append(all, r...)
	}
	return all
}

func everyRowIsExample(rows [][]string) bool {
	if len(rows) < 2 {
		return false
	}
	column := -1
	for i, head := range rows[0] {
		if head == "nature" {
			column = i
		}
	}
	if column < 0 {
		return false
	}
	for _, r := range rows[1:] {
		if len(r) <= column || r[column] != "example" {
			return false
		}
	}
	return true
}

func TestNothingInventedReachesTheRealSite(t *testing.T) {
	b := theSite(t)
	fsys, id, err := config.Open("ulgi")
	if err != nil {
		t.Fatal(err)
	}
	example, err := config.Load(fsys, id, config.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	var codes, names []string
	for _, a := range example.Areas {
		codes = append(codes, a.Code)
		for _, n := range a.Names {
			names = append(names, n)
		}
	}
	link := regexp.MustCompile(`href="[^"]*example/[^"]*"`)
	eachFile(t, b.dir, func(name string, raw []byte) {
		if strings.HasPrefix(name, "example/") || strings.HasPrefix(name, "assets/") {
			return
		}
		text := string(link.ReplaceAll(raw, nil))
		for _, code := range codes {
			if code != "" && code != "000000000" && containsCode(text, code) {
				t.Errorf("%s: holds the invented area code %s", name, code)
			}
		}
		for _, n := range names {
			if strings.Contains(text, n) && len([]rune(n)) > 6 && !strings.HasSuffix(name, ".duckdb") {
				t.Errorf("%s: holds the invented name %q", name, n)
			}
		}
		if strings.HasSuffix(name, ".csv") {
			rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			for i, row := range rows {
				for _, field := range row {
					if field == "example" {
						t.Errorf("%s, row %d: an invented row on the real site", name, i+1)
						return
					}
				}
			}
		}
	})
}

// containsCode looks for the code as a number of its own.
func containsCode(text, code string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], code)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(code)
		digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
		if !digit(start-1) && !digit(end) {
			return true
		}
		from = end
	}
}

var (
	nilInSentence = regexp.MustCompile(`[^>\s]\s*<data class="v"[^>]*value="0">-</data>`)
	nilInTable    = regexp.MustCompile(`<td[^>]*><data class="v"[^>]*value="0">-</data>`)
)

// The sign for "none" is read in tables, where it is explained; "there were –
// - shops" is no sentence.
func TestNoneIsSaidInWords(t *testing.T) {
	b := theSite(t)
	cells, said := 0, 0
	eachFile(t, b.dir+"/example", func(name string, raw []byte) {
		if !strings.HasSuffix(name, ".html") {
			return
		}
		cells += len(nilInTable.FindAll(raw, -1))
		for _, words := range []string{"по их отчётам", "reported that there are no", "жоқ деген"} {
			if bytes.Contains(raw, []byte(words)) {
				said++
			}
		}
		for _, bad := range nilInSentence.FindAll(raw, 3) {
			t.Errorf("%s: a sentence holds the sign for none: %s", name, bad)
		}
	})
	if cells == 0 || said == 0 {
		t.Errorf("%d cells with none, %d sentences: this test looks at nothing", cells, said)
	}
}
