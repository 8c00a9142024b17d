package config

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"tereze/model"
)

const miniDir = "../testdata/mini"

// mini is a copy of the shared instance that a test may change.
func mini(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	dir := os.DirFS(miniDir)
	err := fs.WalkDir(dir, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, p)
		out[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// edit replaces the first occurrence of old, which must be there.
func edit(t testing.TB, files fstest.MapFS, name, old, new string) {
	t.Helper()
	if old == "" {
		files[name] = &fstest.MapFile{Data: []byte(new)}
		return
	}
	s := string(files[name].Data)
	if !strings.Contains(s, old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	files[name].Data = []byte(strings.Replace(s, old, new, 1))
}

func TestLoadMini(t *testing.T) {
	in, err := Load(mini(t), "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(in.AreasIn("980000000", "2021-06-30")); n != 3 {
		t.Errorf("%d districts in mid-2021, expected 3", n)
	}
	before, _ := in.Area("980200000", "2020-06-30")
	after, _ := in.Area("980200000", "2021-06-30")
	newest, _ := in.Area("980200000", "")
	if before.AreaKM2 != 30000 || after.AreaKM2 != 25000 || newest.ValidFrom != "2021-01-01" {
		t.Errorf("the wrong version of a code: %v, %v, %v", before, after, newest)
	}
	if before.ValidFrom != model.OpenStart {
		t.Errorf("an empty valid_from is %s", before.ValidFrom)
	}
	if _, ok := in.Area("980200001", "2021-06-30"); ok {
		t.Error("an unknown code was found")
	}
	if m, ok := in.Measure("births"); !ok || m.Basis != model.Flow {
		t.Errorf("measure births: %v %v", m, ok)
	}
	if n, ok := in.Indicator("birth_rate"); !ok || n.Numerator != (model.Input{Measure: "births", Series: "register"}) {
		t.Errorf("indicator birth_rate: %v", n.Numerator)
	}
	s, ok := in.Source("reports")
	if !ok || s.Table.Values["Многодетные семьи"] != "large_families" || s.Table.Long() || s.Table.Period != (Key{Column: "Период"}) {
		t.Errorf("source reports: %+v", s)
	}
	p, _ := model.ParsePeriod("2021-H1")
	if due := s.Calendar.Due(p); due != "2021-07-20" {
		t.Errorf("due %s", due)
	}
	if in.Today != "2021-09-01" || in.BaseURL != "https://example.org/trial/" || in.Disclosure.Threshold != 5 || len(in.Hash) != 64 {
		t.Errorf("settings: %s %s %d %s", in.Today, in.BaseURL, in.Disclosure.Threshold, in.Hash)
	}
	pub := in.Public()
	if x, ok := pub.Source("register"); !ok || x.Address == "" {
		t.Errorf("public source: %+v", x)
	}
	if a, ok := pub.Area("980100000", in.ReferenceDate); !ok || in.Words.Lang("ru").In(a) != "в городе Проба" {
		t.Errorf("public area: %+v", a)
	}
}

func TestBuiltinInstancesLoad(t *testing.T) {
	for _, name := range []string{"vko", "ulgi"} {
		fsys, id, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Load(fsys, id, Settings{}); err != nil {
			t.Errorf("%s:\n%v", name, err)
		}
	}
}

// Everything that is wrong names its file, line and key, and the nearest
// valid name; an instance with several faults shows all of them.
func TestProblemsNameTheirPlace(t *testing.T) {
	for _, x := range []struct{ name, file, old, new, want string }{
		{"unknown key", "measures.yaml", "    department: social", "    departement: social", "measures.yaml:9, key measures[1].departement: unknown key departement; did you mean department?"},
		{"missing key", "measures.yaml", "    basis: stock\n", "", "measures.yaml:2, key measures[1].basis: key basis is missing"},
		{"wrong type", "indicators.yaml", "per: 1000", "per: many", "indicators.yaml:41, key indicators[3].per: \"many\" stands here; expected a number"},
		{"wrong type", "instance.yaml", "{threshold: 5}", "{threshold: [5]}", "key disclosure.threshold: a list stands here; expected a whole number"},
		{"wrong word", "measures.yaml", "basis: stock", "basis: stok", `key measures[1].basis: "stok" stands here; expected one of stock, flow, year_to_date, cumulative; did you mean stock?`},
		{"undefined unit", "measures.yaml", "unit: families", "unit: famlies", `measures.yaml:5, key measures[1].unit: unit "famlies" is not defined; did you mean families?`},
		{"undefined measure", "indicators.yaml", "numerator: large_families_rehoused", "numerator: large_families_rehosed", `indicators.yaml:8, key indicators[1].numerator: measure "large_families_rehosed" is not defined; did you mean large_families_rehoused?`},
		{"undefined series", "indicators.yaml", "series: register", "series: registr", `key indicators[3].numerator.series: series "registr" is not defined; did you mean register?`},
		{"undefined subject", "indicators.yaml", "subject: housing", "subject: houzing", `subject "houzing" is not defined; did you mean housing?`},
		{"undefined indicator", "indicators.yaml", "nearby: [birth_rate]", "nearby: [birth_rat]", `key indicators[1].gap.nearby[1]: indicator "birth_rat" is not defined; did you mean birth_rate?`},
		{"undefined area", "instance.yaml", `region: "980000000"`, `region: "980000001"`, `instance.yaml:8, key region: area "980000001" is not defined; did you mean 980000000?`},
		{"undefined measure in a source", "sources/reports.yaml", ": large_families\n", ": large_famlies\n", `sources/reports.yaml:18, key table.values.Многодетные семьи: measure "large_famlies" is not defined; did you mean large_families?`},
		{"undefined measure in an event", "policy_events.yaml", "[large_families]", "[families]", `policy_events.yaml:4, key policy_events[1].measures[1]: measure "families"`},
		{"duplicate id", "measures.yaml", "id: births", "id: population", "measures.yaml:30, key measures[4].id: id population stands twice (first in line 21)"},
		{"duplicate key", "measures.yaml", "    unit: families\n", "    unit: families\n    unit: persons\n", "measures.yaml:6: key measures[1].unit stands twice (first in line 5)"},
		{"missing translation", "measures.yaml", ", en: Births}", "}", "measures.yaml:22, key measures[3].name: the wording in en is missing"},
		{"unknown language of a text", "measures.yaml", "en: Births", "eng: Births", `"eng" is not a language of this instance; did you mean en?`},
		{"text instead of wordings", "measures.yaml", "{kk: Туғандар, ru: Родившиеся, en: Births}", "Births", `"Births" stands here; expected one wording per language (kk, ru, en)`},
		{"share of two bases", "indicators.yaml", "numerator: large_families_rehoused\n    denominator: large_families\n    cumulative_over_stock: true", "numerator: births\n    denominator: population", "key indicators[1].denominator: births is flow and population is stock; a share divides two counts of one basis"},
		{"undeclared cumulative over stock", "indicators.yaml", "    cumulative_over_stock: true\n", "", "is cumulative and large_families a stock; if this is meant, declare cumulative_over_stock: true"},
		{"share of families and persons", "indicators.yaml", "denominator: large_families\n", "denominator: population\n", "counts families and population counts persons; a share divides like by like"},
		{"rate of a stock", "indicators.yaml", "measure: births", "measure: population", "a rate divides a flow or year_to_date by a stock"},
		{"pace of a stock", "indicators.yaml", "kind: pace\n    numerator: large_families_rehoused", "kind: pace\n    numerator: large_families", "pace is what a cumulative or year_to_date count gained"},
		{"count in another unit", "indicators.yaml", "kind: pace\n    numerator: large_families_rehoused\n    unit: families", "kind: count\n    numerator: births\n    unit: families", "unit families, but measure births is counted in children"},
		{"key of another kind", "indicators.yaml", "kind: pace\n", "kind: pace\n    per: 100\n", "key per means nothing for kind pace"},
		{"missing key of a kind", "indicators.yaml", "    per: 1000\n", "", "key per is missing or empty; kind rate needs it"},
		{"missing model", "indicators.yaml", "kind: pace\n    numerator: large_families_rehoused\n", "kind: model\n    model: own.sql\n", "file models/own.sql does not exist"},
		{"since of a stock", "measures.yaml", "basis: stock", "basis: stock\n    since: 2019-01-01", "since belongs to a cumulative count"},
		{"published without address", "sources/register.yaml", "address: https://example.org/register\n", "", "sources/register.yaml:3, key address: the address is missing"},
		{"example in a real instance", "sources/register.yaml", "nature: published", "nature: example", "either real or an example"},
		{"path outside", "sources/register.yaml", "data/register.json", "../register.json", "expected a path or pattern below the instance folder"},
		{"two places", "sources/register.yaml", "area: {column: code}", "area: {column: code, value: x}", "key table.area: 2 places are given"},
		{"area of nothing", "sources/register.yaml", "area: {column: code}", "area: {value: '1'}", `sources/register.yaml:16, key table.area.value: area "1" is not defined`},
		{"no measure column", "sources/register.yaml", "  measure: {column: measure}\n", "", "key table.measure: key measure is missing"},
		{"bad pattern", "sources/register.yaml", "area: {column: code}", "area: {file: '('}", "is not a regular expression"},
		{"no period", "sources/register.yaml", "  period: {column: period}\n", "", "key table.period: key period is missing"},
		{"id and file name", "sources/register.yaml", "id: register", "id: registry", `the file's name says "register"`},
		{"bad period", "sources/reports.yaml", "2020-H2", "2020-H3", `key calendar.periods[1]: "2020-H3" stands here; expected a period`},
		{"csv unknown column", "areas.csv", "area_km2", "area_km", `areas.csv:1, column area_km: unknown column "area_km"; did you mean area_km2?`},
		{"csv missing column", "areas.csv", "name_en", "name_e", "areas.csv:1: column name_en is missing"},
		{"csv bad number", "areas.csv", "49.50", "49,5x", "areas.csv:7"},
		{"csv bad date", "areas.csv", "2021-01-01", "01.01.2021", `areas.csv:6, column valid_from: "01.01.2021" is not a date`},
		{"csv bad level", "areas.csv", ",city,", ",town,", `areas.csv:4, column level: "town" stands here`},
		{"csv unknown parent", "areas.csv", "980100000,,,city,980000000", "980100000,,,city,980000009", `areas.csv:4, column parent: area "980000009" is not defined; did you mean 980000000?`},
		{"csv overlap", "areas.csv", "980200000,,2020-12-31", "980200000,,2021-12-31", "areas.csv:6, column code: code 980200000 is valid on the same days as in line 5"},
		{"csv translation", "areas.csv", "Северный район,North District", "Северный район,", "areas.csv:5, column name_en: the cell is empty; expected the wording in en"},
		{"csv ragged", "aliases.csv", ",ru\n", ",ru,x\n", "aliases.csv:2: 5 cells; expected 4"},
		{"csv quotes", "aliases.csv", "г. Проба", `г. "Проба"`, "aliases.csv:2: not CSV at character"},
		{"alias of nothing", "aliases.csv", "г. Проба,980100000", "г. Проба,980100009", `aliases.csv:2, column code: area "980100009" is not defined`},
		{"event of nothing", "area_events.csv", "980200000 980300000,0.1", "980200000 980300009,0.1", `column to: area "980300009"`},
		{"office of nothing", "offices.csv", "trial_housing,980100000", "trial_housing,1", "offices.csv:2, column area"},
		{"stray file", "mesures.yaml", "", "measures: []\n", "mesures.yaml: no part of an instance has this name; did you mean measures.yaml?"},
		{"words", "words/ru.yaml", "", "own: {greeting: Здравствуйте}\n", "words/ru.yaml:1, key own.greeting: key own.greeting has no words in language kk"},
		{"not yaml", "measures.yaml", "measures:", "measures: [", "measures.yaml:"},
		{"anchors", "measures.yaml", "unit: families", "unit: &u families", "an anchor or alias"},
		{"not a list", "measures.yaml", "measures:\n", "measures: 5\nx:\n", "measures.yaml:1, key measures: \"5\" stands here; expected a list"},
		{"default language", "instance.yaml", "default_language: ru", "default_language: rus", `language "rus" is not defined; did you mean ru?`},
		{"missing instance", "instance.yaml", "", "", "instance.yaml: the file is missing or empty"},
		{"lead", "instance.yaml", "indicator: rehoused_share", "indicator: rehoused", `key lead.indicator: indicator "rehoused" is not defined; valid: rehoused_share`},
	} {
		t.Run(x.name, func(t *testing.T) {
			files := mini(t)
			edit(t, files, x.file, x.old, x.new)
			_, err := Load(files, "mini", Settings{})
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("no problems, expected %q", x.want)
			}
			if !strings.Contains(err.Error(), x.want) {
				t.Errorf("expected %q among\n%v", x.want, err)
			}
		})
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	files := mini(t)
	edit(t, files, "measures.yaml", "unit: families", "unit: famlies")
	edit(t, files, "areas.csv", ",city,", ",town,")
	edit(t, files, "sources/reports.yaml", "kind: csv", "kind: tsv")
	_, err := Load(files, "mini", Settings{})
	var problems Problems
	if errors.As(err, &problems); len(problems) != 3 {
		t.Errorf("%d problems, expected 3:\n%v", len(problems), err)
	}
}

func TestCycleOfIndicators(t *testing.T) {
	files := mini(t)
	files["models/a.sql"] = &fstest.MapFile{Data: []byte("select 1")}
	edit(t, files, "indicators.yaml", "kind: pace\n    numerator: large_families_rehoused\n", "kind: model\n    model: a.sql\n    after: [rehoused_pace]\n")
	_, err := Load(files, "mini", Settings{})
	if err == nil || !strings.Contains(err.Error(), "waits for itself: rehoused_pace → rehoused_pace") {
		t.Errorf("got %v", err)
	}
}

// An instance takes the catalogue and changes single keys of it.
func TestCatalogueIsOverriddenKeyByKey(t *testing.T) {
	files := mini(t)
	edit(t, files, "instance.yaml", "disclosure:", "catalogue: true\ndisclosure:")
	edit(t, files, "indicators.yaml", "headline: true", "headline: false")
	edit(t, files, "measures.yaml", "measures:\n", "measures:\n  - id: families_in_housing_queue\n    name: {en: The queue}\n")
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	m, _ := in.Measure("families_in_housing_queue")
	if m.Name["en"] != "The queue" || m.Name["ru"] == "" || m.Basis != model.Stock {
		t.Errorf("merged measure: %+v", m)
	}
}

// The languages are the instance's choice: fewer need no change elsewhere,
// and one without words says what is missing.
func TestLanguages(t *testing.T) {
	files := mini(t)
	edit(t, files, "instance.yaml", "[kk, ru, en]", "[ru]")
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if got := in.Words.Lang("ru").T("nature.published"); got != "опубликовано" {
		t.Error(got)
	}
	files = mini(t)
	edit(t, files, "instance.yaml", "[kk, ru, en]", "[kk, ru, en, uz]")
	_, err = Load(files, "mini", Settings{})
	for _, want := range []string{"words/uz.yaml: there are no words of language uz", "measures.yaml:3, key measures[1].name: the wording in uz is missing", "column name_uz is missing"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected %q", want)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Setenv("TEREZE_TODAY", "2025-01-01")
	t.Setenv("TEREZE_BASE_URL", "https://env.example.org")
	set, err := ReadSettings(map[string]string{"today": "2025-02-02", "base-url": ""})
	if err != nil {
		t.Fatal(err)
	}
	in, err := Load(mini(t), "mini", set)
	if err != nil {
		t.Fatal(err)
	}
	if in.Today != "2025-02-02" {
		t.Errorf("the flag must win over the environment: %s", in.Today)
	}
	if in.BaseURL != "https://env.example.org/" {
		t.Errorf("the environment must win over instance.yaml: %s", in.BaseURL)
	}
	if _, err := ReadSettings(map[string]string{"today": "tomorrow"}); err == nil {
		t.Error("a wrong date was taken")
	}
}

func TestOpen(t *testing.T) {
	if _, id, err := Open(miniDir); err != nil || id != "mini" {
		t.Errorf("%s %v", id, err)
	}
	_, _, err := Open("vkoo")
	if err == nil || !strings.Contains(err.Error(), "did you mean vko?") {
		t.Errorf("got %v", err)
	}
}

// Two loads of the same files give the same hash; any change gives another.
func TestHash(t *testing.T) {
	a, _ := Load(mini(t), "mini", Settings{})
	b, _ := Load(mini(t), "mini", Settings{Today: "2030-01-01"})
	files := mini(t)
	edit(t, files, "data/reports.csv", "400", "401")
	c, _ := Load(files, "mini", Settings{})
	if a.Hash != b.Hash || a.Hash == c.Hash {
		t.Errorf("%s %s %s", a.Hash, b.Hash, c.Hash)
	}
}

func BenchmarkLoadRegion(b *testing.B) {
	fsys, id, err := Open("vko")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(fsys, id, Settings{}); err != nil {
			b.Fatal(err)
		}
	}
}
