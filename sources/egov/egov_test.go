package egov

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
)

func take(t *testing.T, p *portal, o Options) ([]fetch.Answer, *faultserver.Clock, error) {
	t.Helper()
	client, clock := faultserver.Client(t, fetch.Settings{})
	answers, err := Fetch(t.Context(), client, o, nil)
	return answers, clock, err
}

func TestAllRowsArriveOnceHoweverThePagesFit(t *testing.T) {
	cases := map[string]func(*portal){
		"clean pages":                     func(*portal) {},
		"the total comes as a text":       func(p *portal) { p.textTotal = true },
		"a row repeats at each seam":      func(p *portal) { p.overlap = 1 },
		"three rows repeat at each seam":  func(p *portal) { p.overlap = 3 },
		"the first page is one too long":  func(p *portal) { p.longFirst = true },
		"no total is known":               func(p *portal) { p.noTotal = true },
		"no total and a row at each seam": func(p *portal) { p.noTotal = true; p.overlap = 1 },
		"the last page is just full":      func(p *portal) { p.rows = p.rows[:100] },
		"just full and no total known":    func(p *portal) { p.rows = p.rows[:100]; p.noTotal = true },
		"a single page":                   func(p *portal) { p.rows = p.rows[:7] },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			p := newPortal(t, 123)
			change(p)
			answers, _, err := take(t, p, p.options(10))
			if err != nil {
				t.Fatal(err)
			}
			columns, rows, err := Table(answers[0].Body)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(columns, []string{"empty", "famil_co", "n", "region"}) || len(rows) != len(p.rows) {
				t.Fatalf("%d rows of %v, want %d", len(rows), columns, len(p.rows))
			}
			for i, row := range rows {
				if want := []string{"", "1 234,5", fmt.Sprint(i), fmt.Sprintf("Район %d", i)}; !slices.Equal(row, want) {
					t.Fatalf("row %d is %q, want %q: texts keep their spaces and commas", i, row, want)
				}
			}
			if answers[0].Name != "families-v1.json" || answers[1].Name != "families-v1.meta.json" {
				t.Errorf("names %q, %q", answers[0].Name, answers[1].Name)
			}
		})
	}
}

func TestTheKeyStaysInTheEnvironment(t *testing.T) {
	p := newPortal(t, 3)
	o := p.options(10)
	o.Env = func(string) string { return "" }
	_, _, err := take(t, p, o)
	if codeOf(err) != fetch.MissingSecret || !strings.Contains(err.Error(), "TEREZE_EGOV_KEY") || len(p.Asked("/api/v4/families/v1")) != 0 {
		t.Errorf("without a key: %v", err)
	}
	o.Env = func(string) string { return "wrong-key-value" }
	_, _, err = take(t, p, o)
	if codeOf(err) != fetch.Refused || strings.Contains(err.Error(), "wrong-key-value") {
		t.Errorf("with a wrong key: %v", err)
	}
	answers, _, err := take(t, p, p.options(10))
	if err != nil {
		t.Fatal(err)
	}
	if all, _ := json.Marshal(answers); strings.Contains(string(all), testKey) {
		t.Errorf("the key is in the answer: %s", all)
	}
}

func TestNeverMoreThanFortyRequestsAMinute(t *testing.T) {
	p := newPortal(t, 500)
	_, clock, err := take(t, p, p.options(5))
	if err != nil {
		t.Fatal(err)
	}
	var waited time.Duration
	for _, w := range clock.Waits() {
		waited += w
	}
	if waited < 2*time.Minute {
		t.Errorf("102 requests were sent within %s", waited)
	}
}

func TestFaultsOfThePortal(t *testing.T) {
	const v4 = "/api/v4/families/v1"
	good := `[{"region":"A","n":"1"}]`
	cases := []struct {
		name string
		set  func(*portal, *Options)
		code fetch.Code
		says string
	}{
		{"an error with status 200", func(p *portal, _ *Options) {
			p.On(v4, faultserver.OK("application/json", `{"error":"no such index, key `+testKey+`"}`))
		}, fetch.SourceError, "no such index"},
		{"an object without rows", func(p *portal, _ *Options) { p.On(v4, faultserver.OK("application/json", `{"took":3}`)) }, fetch.SourceError, "took"},
		{"an error in the detailed form", func(p *portal, _ *Options) {
			p.On("/api/detailed/families/v1", faultserver.OK("application/json", `{"error":{"reason":"window too large"}}`))
		}, fetch.SourceError, "window too large"},
		{"204 for everything", func(p *portal, _ *Options) { p.rows = nil }, fetch.Empty, "no rows"},
		{"an empty 200", func(p *portal, _ *Options) { p.On(v4, faultserver.OK("application/json", "")) }, fetch.Empty, "nothing in it"},
		{"a sign-in page", func(p *portal, _ *Options) { p.On(v4, faultserver.LoginPage()) }, fetch.LoginPage, "sign in"},
		{"rows that are no objects", func(p *portal, _ *Options) { p.On(v4, faultserver.OK("application/json", `[1,2,3]`)) }, fetch.WrongFormat, "row 1 is not an object"},
		{"fewer rows than announced", func(p *portal, _ *Options) { p.On(v4, faultserver.OK("application/json", good)) }, fetch.Incomplete, "gave 1 rows on 1 pages; announced were 30"},
		{"a version that is gone", func(p *portal, o *Options) { o.Version = "v2" }, fetch.NotFound, "newer version"},
		{"a field map without fields", func(p *portal, _ *Options) { p.On("/meta/families/v1", faultserver.OK("application/json", `{}`)) }, fetch.WrongFormat, "describes no fields"},
		{"more rows than allowed", func(p *portal, o *Options) { o.MaxRows = 20 }, fetch.TooLarge, "allowed are 20"},
		{"more rows than allowed, none announced", func(p *portal, o *Options) { o.MaxRows, p.noTotal = 20, true }, fetch.TooLarge, "allowed 20"},
		{"pages without order", func(p *portal, _ *Options) { p.rows[25] = p.rows[3] }, fetch.Incomplete, "rows 4 and 26 alike"},
		{"one key in two rows", func(p *portal, o *Options) { o.UniqueBy = []string{"famil_co"} }, fetch.Incomplete, "alike"},
		{"502 for ever", func(p *portal, _ *Options) { p.On(v4, faultserver.ErrorPage(502)) }, fetch.ServerError, "502"},
		{"no data set", func(_ *portal, o *Options) { o.Dataset = "a/../b" }, fetch.BadOptions, "a/../b"},
		{"no version", func(_ *portal, o *Options) { o.Version = "latest" }, fetch.BadOptions, "latest"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPortal(t, 30)
			o := p.options(10)
			c.set(p, &o)
			_, _, err := take(t, p, o)
			if codeOf(err) != c.code || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), testKey) {
				t.Errorf("got %s: %v\nwant %s with %q and without the key", codeOf(err), err, c.code, c.says)
			}
		})
	}
}

func TestPassingFaultsAreOvercome(t *testing.T) {
	p := newPortal(t, 30)
	page := faultserver.WithKey("apiKey", testKey, p.page)
	p.On("/api/v4/families/v1", faultserver.ErrorPage(502), page, faultserver.Status(429, "", "Retry-After", "5"), page, faultserver.ErrorPage(200), page)
	answers, _, err := take(t, p, p.options(10))
	if err != nil {
		t.Fatal(err)
	}
	if _, rows, _ := Table(answers[0].Body); len(rows) != 30 {
		t.Errorf("%d rows, want 30", len(rows))
	}
}

func TestRowsThatReallyRepeatAreKeptWhenDeclared(t *testing.T) {
	p := newPortal(t, 30)
	p.rows[25] = p.rows[3]
	o := p.options(10)
	o.Repeats = true
	answers, _, err := take(t, p, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, rows, _ := Table(answers[0].Body); len(rows) != 30 {
		t.Errorf("%d rows, want 30", len(rows))
	}
}

func TestTheContentHashLooksThroughTheOrder(t *testing.T) {
	p := newPortal(t, 20)
	first, _, err := take(t, p, p.options(50))
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(p.rows)
	second, _, _ := take(t, p, p.options(50))
	p.rows[0]["n"] = 99
	third, _, _ := take(t, p, p.options(50))
	if first[0].Content == "" || first[0].Content != second[0].Content || first[0].Content == third[0].Content {
		t.Errorf("hashes %q, %q, %q; want the first two alike", first[0].Content, second[0].Content, third[0].Content)
	}
}

func TestTheQueryIsPassedOn(t *testing.T) {
	p := newPortal(t, 5)
	o := p.options(10)
	o.Sort = []string{"region"}
	o.Query = map[string]any{"range": map[string]any{"modified": map[string]any{"gte": "2021-01-01 00:00:00"}}}
	if _, _, err := take(t, p, o); err != nil {
		t.Fatal(err)
	}
	got := p.Asked("/api/v4/families/v1")[0].URL.Query().Get("source")
	if want := `{"from":0,"query":{"range":{"modified":{"gte":"2021-01-01 00:00:00"}}},"size":10,"sort":[{"region":{"order":"asc"}}]}`; got != want {
		t.Errorf("source = %s\nwant     %s", got, want)
	}
}

func TestTheFieldMapIsRead(t *testing.T) {
	m, err := ParseMeta([]byte("\ufeff" + `{"fields":{"a":{"type":"Int","labelRu":"Число"}},"modifiedDate":1735689600000}`))
	if err != nil || m.Modified != "1735689600000" || m.Fields["a"].Label["ru"] != "Число" || m.Fields["a"].Type != "Int" {
		t.Errorf("got %+v, %v", m, err)
	}
}

func FuzzTable(f *testing.F) {
	for _, s := range []string{`[]`, `[{"a":"1"}]`, `[{"a":null,"b":1.50}]`, `[{"a":{"b":1}}]`, `{"error":1}`, `[1]`, "\ufeff[{}]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		columns, rows, err := Table(body)
		if err != nil {
			return
		}
		for _, r := range rows {
			if len(r) != len(columns) {
				t.Fatalf("%d cells under %d columns", len(r), len(columns))
			}
		}
		parsed, _ := parseRows(body)
		var lines []string
		for _, r := range parsed {
			lines = append(lines, r.canonical())
		}
		again, cells, err := Table(document(lines))
		if err != nil || !slices.Equal(again, columns) || len(cells) != len(rows) {
			t.Fatalf("the kept document reads differently: %v", err)
		}
	})
}

func codeOf(err error) fetch.Code {
	var e *fetch.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
