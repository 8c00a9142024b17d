package words

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"tereze/model"
)

const nb = "\u00a0"

func shipped(t *testing.T) *Catalogue {
	t.Helper()
	c, problems := Builtin()
	for _, p := range problems {
		t.Error(p)
	}
	return c
}

// The built-in languages must say the same things, or a reader of one
// language meets a bare key.
func TestBuiltinLanguagesAgree(t *testing.T) {
	c := shipped(t)
	for _, p := range Check(c, c.Languages()) {
		t.Error(p)
	}
}

func TestCheckFindsWhatALanguageLacks(t *testing.T) {
	c, problems := Load(fstest.MapFS{
		"words/ru.yaml": {Data: []byte("own:\n  one: \"{n} и {m}\"\n  two: \"да\"\n  forms: {one: \"{n} раз\", other: \"{n} раза\"}\n")},
		"words/en.yaml": {Data: []byte("own:\n  one: \"{n}\"\n  forms: {one: \"{n} time\", other: \"{n} times\"}\n")},
		"words/kk.yaml": {Data: []byte("own:\n  one: \"{n|loc} {m}\"\n  two: \"иә\"\n  forms: \"{n} рет\"\n")},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range Check(c, []string{"kk", "ru", "en"}) {
		got = append(got, p.Code+" "+p.Text)
	}
	want := []string{"key own.forms lacks the plural form few", "key own.forms lacks the plural form many",
		"other_placeholders key own.one", "key own.two has no words in language en"}
	for _, w := range want {
		if !strings.Contains(strings.Join(got, "\n"), w) {
			t.Errorf("not found: %s\nin %s", w, strings.Join(got, "\n"))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d problems, expected %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
}

func TestLoadNamesTheLine(t *testing.T) {
	_, problems := Load(fstest.MapFS{"words/ru.yaml": {Data: []byte("a:\n  b: \"{n|lok}\"\n  c: \"{\"\n  d:\n")}})
	want := []string{`words/ru.yaml:2, key a.b: filter "lok"`, `words/ru.yaml:3, key a.c: "{" opens`, `words/ru.yaml:4, key a.d: no words`}
	if len(problems) != len(want) {
		t.Fatalf("got %v", problems)
	}
	for i, w := range want {
		if !strings.HasPrefix(problems[i].Error(), w) {
			t.Errorf("got %s, expected %s", problems[i].Error(), w)
		}
	}
}

// An instance may change one word of a language and add a language.
func TestInstanceWords(t *testing.T) {
	c, problems := Load(fstest.MapFS{
		"words/en.yaml": {Data: []byte("nature: {example: made up}\n")},
		"words/uz.yaml": {Data: []byte("nature: {example: o'ylab topilgan}\n")},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := c.Lang("en").T("nature.example"); got != "made up" {
		t.Errorf("override: %q", got)
	}
	if got := c.Lang("en").T("nature.published"); got != "published" {
		t.Errorf("the other words of the map must stay: %q", got)
	}
	if got := c.Lang("uz").T("nature.example"); got != "o'ylab topilgan" {
		t.Errorf("new language: %q", got)
	}
	if got := c.Lang("xx").T("nature.example"); got != "nature.example" {
		t.Errorf("unknown language: %q", got)
	}
}

func TestNumbers(t *testing.T) {
	c := shipped(t)
	for _, x := range []struct {
		lang     string
		v        float64
		decimals int
		want     string
	}{
		{"ru", 9000, 0, "9" + nb + "000"},
		{"kk", 1234567.25, 1, "1" + nb + "234" + nb + "567,3"},
		{"en", 1234567.25, 1, "1,234,567.3"},
		{"en", 999.95, 1, "1,000.0"},
		{"en", 1.005, 2, "1.01"},
		{"ru", -0.25, 1, minus + "0,3"},
		{"ru", -0.04, 1, "0,0"},
		{"en", 0, 0, "0"},
		{"en", 47.4, 0, "47"},
		{"en", -9.99, 1, minus + "10.0"},
	} {
		if got := c.Lang(x.lang).Number(x.v, x.decimals); got != x.want {
			t.Errorf("%s Number(%v, %d) = %q, expected %q", x.lang, x.v, x.decimals, got, x.want)
		}
	}
	ru := c.Lang("ru")
	for got, want := range map[string]string{
		ru.Trim(50, 1): "50", ru.Trim(47.45, 1): "47,5", ru.Trim(1000, 2): "1" + nb + "000",
		ru.Signed(12.34, 1): "+12,3", ru.Signed(-12.34, 1): minus + "12,3", ru.Signed(0.01, 1): "0,0",
		FormatRaw(1e21): "1000000000000000000000", FormatRaw(0.1): "0.1", FormatRaw(2): "2",
		ru.Quantity(50, 0, "percent"): "50" + nb + "%", c.Lang("en").Quantity(50, 0, "percent"): "50%",
		ru.Quantity(2, 0, "families"): "2 семьи", ru.Quantity(9000, 0, "families"): "9" + nb + "000 семей",
		ru.Quantity(1.5, 1, "years"): "1,5 года",
	} {
		if got != want {
			t.Errorf("got %q, expected %q", got, want)
		}
	}
}

func TestPlurals(t *testing.T) {
	c := shipped(t)
	for n, want := range map[float64]string{0: "семей", 1: "семья", 2: "семьи", 5: "семей", 11: "семей", 21: "семья", 112: "семей", 1000000: "семей", 2.5: "семьи"} {
		if got := c.Lang("ru").Unit("families", n); got != want {
			t.Errorf("ru %v %s, expected %s", n, got, want)
		}
	}
	if got := c.Lang("en").T("report.warnings", "n", 1); got != "1 warning" {
		t.Error(got)
	}
	if got := c.Lang("kk").Unit("families", 9000); got != "отбасы" {
		t.Error(got)
	}
}

func TestDatesAndPeriods(t *testing.T) {
	c := shipped(t)
	day := model.Date("2019-07-11")
	period := func(s string) model.Period {
		p, err := model.ParsePeriod(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, x := range []struct{ lang, got, want string }{
		{"ru", c.Lang("ru").Date(day), "11 июля 2019 г."},
		{"kk", c.Lang("kk").Date(day), "2019 жылғы 11 шілде"},
		{"en", c.Lang("en").Date(day), "11 July 2019"},
		{"ru", c.Lang("ru").Period(period("2021-H1")), "первое полугодие 2021 г."},
		{"kk", c.Lang("kk").Period(period("2021-H1")), "2021 ж. 1\u2011жартыжылдығы"},
		{"en", c.Lang("en").Period(period("2021-H1")), "first half of 2021"},
		{"ru", c.Lang("ru").PeriodIn(period("2021-Q2")), "во II квартале 2021 г."},
		{"kk", c.Lang("kk").PeriodIn(period("2021-Q2")), "2021 жылдың II тоқсанында"},
		{"en", c.Lang("en").PeriodIn(period("2021-Q2")), "in the second quarter of 2021"},
		{"kk", c.Lang("kk").PeriodIn(period("2021-06")), "2021 жылғы маусымда"},
		{"kk", c.Lang("kk").PeriodIn(period("2021-06-01..2021-08-31")), "2021 жылғы 1 маусымнан 2021 жылғы 31 тамызға дейін"},
		{"kk", c.Lang("kk").PeriodIn(period("2021-06-30")), "2021 жылғы 30 маусымда"},
		{"kk", c.Lang("kk").PeriodIn(period("2021")), "2021 жылы"},
		{"kk", c.Lang("kk").AsAt("2021-06-30"), "2021 жылғы 30 маусымдағы жағдай бойынша"},
		{"ru", c.Lang("ru").AsAt("2021-06-30"), "на 30 июня 2021 г."},
		{"kk", c.Lang("kk").Since("2019-01-01"), "2019 жылғы 1 қаңтардан бастап"},
		{"ru", c.Lang("ru").PeriodShort(period("2021-06-30")), "30.06.2021"},
		{"en", c.Lang("en").PeriodShort(period("2021-H2")), "H2 2021"},
		{"ru", c.Lang("ru").YearToDate(period("2019-05")), "январь – май 2019 г."},
		{"kk", c.Lang("kk").YearToDate(period("2019-05")), "2019 жылғы қаңтар – мамыр"},
		{"en", c.Lang("en").YearToDate(period("2019-05")), "January – May 2019"},
		{"ru", c.Lang("ru").YearToDateIn(period("2021-H1")), "за январь – июнь 2021 г."},
		{"kk", c.Lang("kk").YearToDateIn(period("2021-H1")), "2021 жылғы қаңтар – маусымда"},
		{"en", c.Lang("en").YearToDateIn(period("2021-Q3")), "from January to September 2021"},
		{"ru", c.Lang("ru").YearToDateShort(period("2021-H2")), "янв.–дек. 2021"},
		{"kk", c.Lang("kk").YearToDateShort(period("2021-05")), "2021 қаң.–мам."},
		{"en", c.Lang("en").YearToDate(period("2021-01")), "January 2021"},
		{"en", c.Lang("en").YearToDate(period("2021")), "2021"},
		{"en", c.Lang("en").YearToDate(period("2021-05-15")), "1 January 2021 to 15 May 2021"},
		{"en", c.Lang("en").YearToDateIn(period("2021-01-01")), "on 1 January 2021"},
		{"en", c.Lang("en").YearToDate(model.Period{}), ""},
		{"en", c.Lang("en").Date(""), ""},
		{"en", c.Lang("en").Period(model.Period{}), ""},
	} {
		if strings.ReplaceAll(x.got, nb, " ") != x.want {
			t.Errorf("%s: got %q, expected %q", x.lang, x.got, x.want)
		}
	}
}

// Kazakh sorts by its own alphabet: ә after а, қ after к, і last but some.
func TestCollation(t *testing.T) {
	kk := shipped(t).Lang("kk")
	order := []string{"Абай", "Ақсуат", "Әйтеке", "Катон", "Қалба", "Нұра", "Өскемен", "Риддер"}
	for i := 1; i < len(order); i++ {
		if kk.Compare(order[i-1], order[i]) >= 0 {
			t.Errorf("%s must come before %s", order[i-1], order[i])
		}
	}
}

func TestMessageArguments(t *testing.T) {
	c, problems := Load(fstest.MapFS{"words/ru.yaml": {Data: []byte(
		"a: \"{n} {place|in}, {name|lower}, {x|upper1} {{n}}\"\n")}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	area := model.Area{Names: model.Text{"ru": "Глубоковский район"}}
	got := c.Lang("ru").T("a", "n", 1234.5, "place", area, "name", "Семья", "x", "да")
	if want := "1" + nb + "234,5 в Глубоковском районе, семья, Да {n}"; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
	if got := c.Lang("ru").T("a", "n"); got != "{n} {place}, {name}, {x} {n}" {
		t.Errorf("missing arguments must be seen: %q", got)
	}
}

func FuzzMessage(f *testing.F) {
	for _, s := range []string{"{n|loc}", "{{}}", "{", "a}b", "{a|b|c}", "{n"} {
		f.Add(s)
	}
	c, _ := Builtin()
	f.Fuzz(func(t *testing.T, s string) {
		parts, _ := parseMessage(s)
		l := c.Lang("kk")
		l2 := newLang("kk")
		l2.cases = l.cases
		l2.messages["x"] = &message{parts: parts}
		l2.T("x", "n", 5, "a", s)
		for _, name := range l.cases.names() {
			l.apply(name, s, s)
		}
		c.Lang("ru").apply("in", s, s)
	})
}

func BenchmarkNumber(b *testing.B) {
	c, _ := Builtin()
	l := c.Lang("ru")
	for b.Loop() {
		l.Number(1234567.25, 1)
	}
}

func BenchmarkSentence(b *testing.B) {
	c, _ := Builtin()
	l := c.Lang("kk")
	for b.Loop() {
		l.T("format.interval", "lower", 9000, "upper", 18000)
	}
}

// After "of" and "about" a language may want another form than after the bare
// number: 21 семья, but из 21 семьи.
func TestUnitsAfterOf(t *testing.T) {
	c := shipped(t)
	for _, x := range []struct {
		lang string
		n    float64
		want string
	}{
		{"ru", 1, "семьи"}, {"ru", 21, "семьи"}, {"ru", 2, "семей"}, {"ru", 5, "семей"}, {"ru", 11, "семей"}, {"ru", 2.5, "семьи"}, {"ru", 0, "семей"},
		{"en", 1, "family"}, {"en", 2, "families"}, {"en", 0, "families"}, {"kk", 1, "отбасы"}, {"kk", 7, "отбасы"},
	} {
		if got := c.Lang(x.lang).UnitOf("families", x.n); got != x.want {
			t.Errorf("%s: after \"of\" and %v stands %q, expected %q", x.lang, x.n, got, x.want)
		}
	}
}

// What is said with "more than" or "less than" may never be more than what is
// known: the shown number lies on the safe side, and by less than one unit of
// its last decimal.
func TestDirectedRoundingNeverClaimsMore(t *testing.T) {
	for _, x := range []struct {
		v        float64
		decimals int
		down, up float64
	}{
		{34.094363, 1, 34.0, 34.1}, {34.1, 1, 34.1, 34.1}, {0.99, 0, 0, 1}, {-2.31, 1, -2.4, -2.3}, {99.96, 1, 99.9, 100}, {-0.04, 1, -0.1, 0}, {47000, 0, 47000, 47000},
	} {
		if d, u := Down(x.v, x.decimals), Up(x.v, x.decimals); d != x.down || u != x.up {
			t.Errorf("%v with %d decimals lies between %v and %v, expected %v and %v", x.v, x.decimals, d, u, x.down, x.up)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		v := math.Round((r.Float64()-0.5)*math.Pow(10, float64(r.IntN(9)))*1e6) / 1e6
		decimals := r.IntN(4)
		d, u, step := Down(v, decimals), Up(v, decimals), math.Pow(10, -float64(decimals))
		if d > v || u < v || v-d > step || u-v > step {
			t.Fatalf("%v with %d decimals became %v and %v", v, decimals, d, u)
		}
		if shown := FormatRaw(d); len(shown) > 0 && strings.Contains(shown, ".") && len(shown)-strings.IndexByte(shown, '.')-1 > decimals {
			t.Fatalf("%v with %d decimals shows %s", v, decimals, shown)
		}
	}
}
