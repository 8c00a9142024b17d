package dashboard_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"tereze/config"
	"tereze/config/words"
	"tereze/dashboard"
)

var update = flag.Bool("update", false, "write the golden pages anew")

func nan() float64 { return math.NaN() }

func instance(t testing.TB) config.Public {
	t.Helper()
	in, err := config.Load(os.DirFS("../testdata/mini"), "mini", config.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return in.Public()
}

// site builds the shared instance, as a real region or as an example, and
// returns its folder and the rows it was built from.
func site(t testing.TB, example bool) (string, fakeDB) {
	t.Helper()
	in := instance(t)
	in.Example = example
	root := "example/"
	if example {
		root = "../"
	}
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := map[string]int64{"values.csv": 2, "rehoused_share.csv": 2}
	for name := range before {
		if err := os.WriteFile(filepath.Join(out, "data", name), []byte("x\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	db := mini(in)
	counterpart := &dashboard.Counterpart{Root: root, Areas: map[string]bool{}, Indicators: map[string]bool{"birth_rate": true}}
	if n := build(t, dashboard.Input{Instance: in, DB: db, Release: 3, Put: into(out), Counterpart: counterpart}, before); n == 0 {
		t.Fatal("the site has no page")
	}
	return out, db
}

// build makes a site beside the downloads that other stages wrote.
func build(t testing.TB, in dashboard.Input, written map[string]int64) (pages int) {
	t.Helper()
	sizes, put := map[string]int64{}, in.Put
	maps.Copy(sizes, written)
	var lock sync.Mutex
	in.Put = func(path string, raw []byte) error {
		lock.Lock()
		sizes[strings.TrimPrefix(path, "data/")] = int64(len(raw))
		lock.Unlock()
		return put(path, raw)
	}
	s, err := dashboard.Open(t.Context(), in)
	if err == nil {
		err = s.Downloads(t.Context(), written)
	}
	if err == nil {
		pages, err = s.Pages(t.Context(), maps.Clone(sizes))
	}
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// into keeps a site in a folder.
func into(dir string) dashboard.Put {
	return func(path string, raw []byte) error {
		to := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, raw, 0o644)
	}
}

// pages calls do with every HTML page of a site.
func pages(t testing.TB, dir string, do func(path, html string)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		n++
		do(filepath.ToSlash(rel), string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 30 {
		t.Fatalf("%d pages; expected every page in three languages", n)
	}
}

// A second build of the same input must give the same bytes, whatever the
// workers did first.
func TestBuildIsDeterministic(t *testing.T) {
	a, _ := site(t, false)
	b, _ := site(t, false)
	pages(t, a, func(path, html string) {
		other, err := os.ReadFile(filepath.Join(b, path))
		if err != nil || string(other) != html {
			t.Errorf("%s differs between two builds (%v)", path, err)
		}
	})
	for _, name := range []string{"data/rehoused_share.xlsx", "data/rehoused_share.json", "data/datapackage.json", "data/catalog.jsonld", "api/v1/values/rehoused_share.json", "sitemap.xml"} {
		x, err1 := os.ReadFile(filepath.Join(a, name))
		y, err2 := os.ReadFile(filepath.Join(b, name))
		if err1 != nil || err2 != nil || !bytes.Equal(x, y) {
			t.Errorf("%s differs between two builds (%v, %v)", name, err1, err2)
		}
	}
}

var hrefRE = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
var idRE = regexp.MustCompile(`\bid="([^"]*)"`)

// No link may lead nowhere: not to a page that later work will bring, and not
// to a part that this page does not have.
func TestEveryLinkLeadsToAFile(t *testing.T) {
	dir, _ := site(t, false)
	ids := map[string]map[string]bool{}
	pages(t, dir, func(path, html string) {
		ids[path] = map[string]bool{}
		for _, m := range idRE.FindAllStringSubmatch(html, -1) {
			ids[path][m[1]] = true
		}
	})
	pages(t, dir, func(path, html string) {
		for _, m := range hrefRE.FindAllStringSubmatch(html, -1) {
			u, err := url.Parse(strings.ReplaceAll(m[1], "&amp;", "&"))
			if err != nil {
				t.Errorf("%s: %q is no address", path, m[1])
				continue
			}
			if u.Scheme != "" || strings.Contains(m[1], "example/") {
				continue // elsewhere, or the site built beside
			}
			target := path
			if u.Path != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(path), u.Path))
				if path == "404.html" {
					target = strings.TrimPrefix(filepath.Clean(u.Path), "/trial/")
				}
				if strings.HasSuffix(u.Path, "/") || target == "." {
					target = filepath.ToSlash(filepath.Join(target, "index.html"))
				}
			}
			if _, err := os.Stat(filepath.Join(dir, target)); err != nil {
				t.Errorf("%s: %q leads to no file", path, m[1])
			} else if u.Fragment != "" && strings.HasSuffix(target, ".html") && !ids[target][u.Fragment] {
				t.Errorf("%s: %q: the page has no such part", path, m[1])
			}
		}
	})
}

var (
	styleRE  = regexp.MustCompile(`<style|\sstyle=|\son[a-z]+="|javascript:`)
	scriptRE = regexp.MustCompile(`<script([^>]*)>`)
)

// The security policy forbids inline code; a page that needs it would break.
func TestNoInlineStyleOrScript(t *testing.T) {
	dir, _ := site(t, false)
	pages(t, dir, func(path, html string) {
		if m := styleRE.FindString(html); m != "" {
			t.Errorf("%s holds %q", path, m)
		}
		for _, m := range scriptRE.FindAllStringSubmatch(html, -1) {
			if !strings.Contains(m[1], `type="application/json"`) && !strings.Contains(m[1], "src=") {
				t.Errorf("%s holds an inline script", path)
			}
		}
		if !strings.Contains(html, `http-equiv="Content-Security-Policy"`) {
			t.Errorf("%s has no security policy", path)
		}
	})
}

var dataRE = regexp.MustCompile(`data-n="([^"]*)" value="([^"]*)"`)

// A number on a page must be the number in the database, to the last digit,
// and say which one it is.
func TestEveryNumberIsTheDatabases(t *testing.T) {
	dir, db := site(t, false)
	raw := map[string]string{}
	for _, r := range db["value"] {
		key := strings.Split(r[0].(string), "/")
		period, base, _ := strings.Cut(r[1].(string), "/")
		if base == "" {
			base = "-"
		}
		source := strings.Split(r[7].(string), "|")[8]
		for i, field := range []string{"value", "lower", "upper", "numerator", "denominator"} {
			id := strings.Join(append(key, period, base, "as_reported", source, field), "/")
			raw[id] = words.FormatRaw(r[2+i].(float64))
		}
	}
	statisticFields(db, raw)
	for _, r := range db["accounting"] {
		for i, field := range []string{"read", "accepted", "refused", "dropped"} {
			raw["accounting/-/-/-/-/-/"+r[0].(string)+"/"+field] = words.FormatRaw(float64(r[3+i].(int64)))
		}
	}
	for _, r := range db["statement_verdict"] {
		for i, field := range []string{"said_lower", "said_upper", "data_lower", "data_upper"} {
			if r[1] == "now" {
				raw["statement/980100000/1900-01-01/2020-H2/-/-/"+r[0].(string)+"."+r[2].(string)+"/"+field] = words.FormatRaw(r[5+i].(float64))
			}
		}
	}
	seen := 0
	fields := map[string]bool{}
	pages(t, dir, func(path, html string) {
		for _, m := range dataRE.FindAllStringSubmatch(html, -1) {
			seen++
			if n := strings.Count(m[1], "/"); n != 7 {
				t.Errorf("%s: identity %q has %d parts, expected 8", path, m[1], n+1)
			}
			fields[m[1][strings.LastIndexByte(m[1], '/')+1:]] = true
			want, ok := raw[m[1]]
			if !ok || want != m[2] {
				t.Errorf("%s: %s is %q, in the database %q", path, m[1], m[2], want)
			}
		}
	})
	if seen < 300 {
		t.Errorf("only %d numbers were found on all pages", seen)
	}
	for _, field := range []string{"value", "rest", "difference", "difference_lower", "difference_upper", "rank_lower", "rank_upper", "before"} {
		if !fields[field] {
			t.Errorf("no page shows a number %s, so this test says nothing about it", field)
		}
	}
}

// statisticFields adds what was worked out from values, under the identities
// of these values.
func statisticFields(db fakeDB, raw map[string]string) {
	add := func(r []any, field string, value float64) {
		raw[fmt.Sprintf("%v/%v/%v/%v/-/as_reported/%v/%s", r[0], r[1], r[2], r[4], r[3], field)] = words.FormatRaw(value)
	}
	for _, r := range db["comparison"] {
		fields := []string{"rest", "difference", "difference_lower", "difference_upper"}
		if r[6] == "before" {
			fields = []string{"before", "before_difference", "before_lower", "before_upper"}
		}
		for i, field := range fields {
			add(r, field, r[9+i].(float64))
		}
	}
	for _, r := range db["rank"] {
		add(r, "rank_lower", float64(r[5].(int64)))
		add(r, "rank_upper", float64(r[6].(int64)))
	}
}

// Whoever sees one page of the example must see that it is invented; a search
// engine must not see it at all.
func TestExampleSaysSoEverywhere(t *testing.T) {
	dir, _ := site(t, true)
	in := instance(t)
	pages(t, dir, func(path, html string) {
		lang, _, _ := strings.Cut(path, "/")
		if lang == path {
			lang = in.DefaultLanguage
		}
		l := in.Words.Lang(lang)
		for what, want := range map[string]string{
			"band": l.T("example.band"), "title": l.T("example.title", "title", ""), "robots": `content="noindex`,
		} {
			if !strings.Contains(html, strings.TrimSpace(want)) {
				t.Errorf("%s: %s %q is missing", path, what, want)
			}
		}
		for _, part := range strings.Split(html, "<figure")[1:] {
			if body, _, _ := strings.Cut(part, "</figure>"); !strings.Contains(body, l.T("example.mark")) {
				t.Errorf("%s: a figure does not say %q", path, l.T("example.mark"))
			}
		}
		for _, part := range strings.Split(html, `<table class="data">`)[1:] {
			body, _, _ := strings.Cut(part, "</table>")
			if strings.Contains(body, "data-n=") && !strings.Contains(body, l.T("example.mark")) {
				t.Errorf("%s: a table of numbers does not say %q", path, l.T("example.mark"))
			}
		}
	})
}

var placeholderRE = regexp.MustCompile(`%!|<no value>|&lt;no value&gt;|\{[a-z_|]+\}|\b(?:page|finding|indicator|area|home|quality|methods|compare|table|figure|unit|sign)\.[a-z_]+\b`)

// A key in place of words, or a placeholder nobody filled, must not be published.
func TestNoWordIsMissing(t *testing.T) {
	for _, example := range []bool{false, true} {
		dir, _ := site(t, example)
		pages(t, dir, func(path, html string) {
			text := regexp.MustCompile(`(?s)<script.*?</script>|<svg.*?</svg>|<[^>]*>`).ReplaceAllString(html, " ")
			if m := placeholderRE.FindString(text); m != "" {
				t.Errorf("%s shows %q", path, m)
			}
		})
	}
}

// District pages are opened on phones far from a city.
func TestDistrictPagesAreLight(t *testing.T) {
	dir, _ := site(t, false)
	pages(t, dir, func(path, html string) {
		if !strings.Contains(path, "/area/") {
			return
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write([]byte(html))
		w.Close()
		if b.Len() > 60<<10 {
			t.Errorf("%s weighs %d KB compressed, at most 60 are allowed", path, b.Len()>>10)
		}
	})
}

// The wording of answers is a promise; a change must be seen by somebody.
func TestAnswers(t *testing.T) {
	dir, _ := site(t, false)
	answerRE := regexp.MustCompile(`(?s)<p class="answer">(.*?)</p>|<p class="fg-finding">(.*?)</p>`)
	tagRE := regexp.MustCompile(`<[^>]*>`)
	var got strings.Builder
	for _, lang := range []string{"kk", "ru", "en"} {
		for _, page := range []string{"", "indicator/rehoused-share/", "indicator/birth-rate/", "indicator/rehoused-pace/", "area/980300000/", "area/980200000-1900-01-01/", "quality/"} {
			b, err := os.ReadFile(filepath.Join(dir, lang, page, "index.html"))
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range answerRE.FindAllStringSubmatch(string(b), -1) {
				got.WriteString(lang + "/" + page + ": " + strings.TrimSpace(tagRE.ReplaceAllString(m[1]+m[2], "")) + "\n")
			}
		}
	}
	golden := "testdata/answers.golden"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("answers differ from %s; got:\n%s", golden, got.String())
	}
}

// Every key that pages, templates or downloads use must have words in each
// language, or somebody reads the key.
func TestWordKeysExist(t *testing.T) {
	c, problems := words.Builtin()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	goKey := regexp.MustCompile(`\bT\("([a-z0-9_]+(?:\.[a-z0-9_]+)+)"\s*[,)]`)
	anchorKey := regexp.MustCompile(`anchor\("[^"]+", "([a-z_.]+)"\)`)
	templateKey := regexp.MustCompile(`\bT "([a-z_.]+)"`)
	n := 0
	for _, pattern := range []string{"pages/*.go", "downloads/*.go", "pages/templates/*.html"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, re := range []*regexp.Regexp{goKey, anchorKey, templateKey} {
				for _, m := range re.FindAllStringSubmatch(string(b), -1) {
					n++
					for _, lang := range []string{"kk", "ru", "en"} {
						if !c.Lang(lang).Has(m[1]) {
							t.Errorf("%s: key %s has no words in %s", file, m[1], lang)
						}
					}
				}
			}
		}
	}
	if n < 200 {
		t.Errorf("only %d keys were found", n)
	}
}

// A picture in a folder of downloads must still say what it shows, in which
// language, and that it is invented.
func TestSavedPicturesAreNamed(t *testing.T) {
	link := regexp.MustCompile(`<a download="([^"]*)" href="([^"]*)"`)
	for _, example := range []bool{false, true} {
		dir, _ := site(t, example)
		seen := map[string]string{}
		pages(t, dir, func(path, html string) {
			for _, m := range link.FindAllStringSubmatch(html, -1) {
				name := m[1]
				if strings.HasPrefix(name, "example-") != example || !strings.HasSuffix(name, "-"+m[2]) {
					t.Errorf("%s: %s is saved as %q", path, m[2], name)
				}
				if other := seen[name]; other != "" {
					t.Errorf("%s and %s both save a picture as %s", other, path, name)
				}
				seen[name] = path
			}
		})
		if len(seen) == 0 {
			t.Error("no page has a picture to save")
		}
	}
}
