package sources

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"tereze/config"
	"tereze/config/words"
	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
	"tereze/sources/snapshot"
)

// Every kind that is fetched over HTTP comes through as records: the right
// texts, the file's own numbers told apart from texts, confidential marks as
// marks.
func TestEveryKindBecomesRecords(t *testing.T) {
	column := func(s string) config.Key { return config.Key{Column: s} }
	for _, c := range []struct {
		kind       string
		serve      func(s *faultserver.Server)
		connection func(base string) *config.Connection
		table      config.Mapping
		want       []string // area, period, text, numeric
	}{
		{
			"egov",
			func(s *faultserver.Server) {
				s.On("/meta/people/v4", faultserver.OK("application/json", `{"fields":{"region":{"type":"String"},"men":{"type":"String"},"note":{"type":"String"}}}`))
				s.On("/api/detailed/people/v4", faultserver.WithKey("apiKey", key, faultserver.OK("application/json", `{"totalCount":"2","data":[]}`)))
				s.On("/api/v4/people/v4", faultserver.WithKey("apiKey", key, faultserver.OK("application/json", `[{"men":"171 623","region":"Восточно-Казахстанская"},{"region":"Абай","men":12.5}]`)))
			},
			func(base string) *config.Connection {
				return &config.Connection{Egov: &config.EgovConnection{Dataset: "people", Version: "v4", Base: base}}
			},
			config.Mapping{Area: column("region"), Period: config.Key{Value: "2020"}, Values: map[string]string{"men": "men"}},
			[]string{"Восточно-Казахстанская 2020 171 623 false", "Абай 2020 12.5 true"},
		},
		{
			"taldau",
			func(s *faultserver.Server) {
				s.On("/ru/", faultserver.OK("text/html", "<html></html>"))
				s.On("/ru/Api/GetIndexData/704447", faultserver.OK("application/json", "\ufeff"+`[{"terms":[264991],"termNames":["УСТЬ-КАМЕНОГОРСК Г.А."],"periods":[{"name":"2005 год","date":"31.12.2005","value":"x"},{"name":"2004 год","date":"31.12.2004","value":"1.234"}]}]`))
			},
			func(base string) *config.Connection {
				return &config.Connection{Taldau: &config.TaldauConnection{Index: 704447, Period: 7, Base: base}}
			},
			config.Mapping{Area: column("name"), Period: column("period"), Measure: config.Key{Value: "income"}, Value: column("value")},
			[]string{"УСТЬ-КАМЕНОГОРСК Г.А. 2004 год 1.234 true", "УСТЬ-КАМЕНОГОРСК Г.А. 2005 год x true"},
		},
		{
			"statgov",
			func(s *faultserver.Server) {
				s.On("/api/iblock/element/6584/csv/file/ru/", faultserver.OK("text/csv", "NAM\tPERIOD\tVAL\t\nРиддер\t2021 год\t57 000,5\t\n"))
			},
			func(base string) *config.Connection {
				return &config.Connection{Statgov: &config.StatgovConnection{Element: 6584, Format: "csv", Base: base}}
			},
			config.Mapping{Area: column("NAM"), Period: column("PERIOD"), Measure: config.Key{Value: "people"}, Value: column("VAL")},
			[]string{"Риддер 2021 год 57 000,5 false"},
		},
		{
			"sdmx",
			func(s *faultserver.Server) {
				s.On("/data", faultserver.OK("text/csv", "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,CONF_STATUS\nX:Y(1.0),KZVOS,2021,1.234,F\nX:Y(1.0),KZABY,2021,3,C\n"))
			},
			func(base string) *config.Connection {
				return &config.Connection{Web: &config.WebConnection{Addresses: []string{base + "/data"}, Format: "sdmx-csv"}}
			},
			config.Mapping{Area: column("REF_AREA"), Period: column("TIME_PERIOD"), Measure: config.Key{Value: "m"}, Value: column("VALUE")},
			[]string{"KZVOS 2021 1.234 true", "KZABY 2021 x true"},
		},
		{
			"jsonstat",
			func(s *faultserver.Server) {
				s.On("/data", faultserver.OK("application/json", `{"version":"2.0","class":"dataset","id":["area","time"],"size":[1,2],"dimension":{"area":{"category":{"index":["63"],"label":{"63":"ВКО"}}},"time":{"category":{"index":["2020","2021"]}}},"value":[1.234,null],"status":{"1":"c"}}`))
			},
			func(base string) *config.Connection {
				return &config.Connection{Web: &config.WebConnection{Addresses: []string{base + "/data"}, Format: "json-stat"}}
			},
			config.Mapping{Area: column("area_label"), Period: column("time"), Measure: config.Key{Value: "m"}, Value: column("VALUE")},
			[]string{"ВКО 2020 1.234 true", "ВКО 2021 x true"},
		},
	} {
		t.Run(c.kind, func(t *testing.T) {
			s := newStation(t, fetch.Settings{Attempts: 1})
			c.serve(s.server)
			s.src.Kind, s.src.Connection, s.src.Table = c.kind, c.connection(s.server.URL), c.table
			if got := s.fetch(); got.Outcome != snapshot.Fresh {
				t.Fatalf("%+v: %v", got, got.Problem)
			}
			d := s.deliver()
			if len(d) != 1 || broken(d[0].Problems) {
				t.Fatalf("%d deliveries: %+v", len(d), d)
			}
			var got []string
			for _, r := range d[0].Records {
				got = append(got, fmt.Sprint(r.Area, " ", r.Period, " ", r.Value.Text, " ", r.Value.Numeric))
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("records %q, want %q", got, c.want)
			}
			if again := s.fetch(); again.Outcome != snapshot.Unchanged {
				t.Errorf("the same answer again: %+v, %v", again, again.Problem)
			}
			nowhere(t, s.dir, key)
		})
	}
}

// A column that only the field map announces may be empty in every row; that
// is no drift. A new version of the set with a renamed column is.
func TestFieldMapTellsTheShape(t *testing.T) {
	s := newStation(t, fetch.Settings{Attempts: 1})
	s.src.Kind, s.src.Connection = "egov", &config.Connection{Egov: &config.EgovConnection{Dataset: "a", Base: s.server.URL}}
	s.src.Table = config.Mapping{Area: config.Key{Column: "r"}, Period: config.Key{Value: "2020"}, Values: map[string]string{"n": "men"}}
	serve := func(fields, rows string) {
		s.server.On("/meta/a/v1", faultserver.OK("application/json", `{"fields":{`+fields+`}}`))
		s.server.On("/api/detailed/a/v1", faultserver.Status(404, ""))
		s.server.On("/api/v4/a/v1", faultserver.OK("application/json", rows))
	}
	fields := `"r":{"type":"String"},"n":{"type":"String"},"note":{"type":"String"}`
	serve(fields, `[{"r":"A","n":"1","note":"x"},{"r":"B","n":"2"}]`)
	s.fetch()
	serve(fields, `[{"r":"A","n":"1"},{"r":"B","n":"3"}]`)
	if got := s.fetch(); got.Outcome != snapshot.Fresh {
		t.Errorf("an empty column: %+v %v", got, got.Problem)
	}
	serve(`"r":{"type":"String"},"n":{"type":"String"},"remark":{"type":"String"}`, `[{"r":"A","n":"1","remark":"y"},{"r":"B","n":"3"}]`)
	if got := s.fetch(); got.Outcome != snapshot.Refused || got.Problem.Code != Drift || len(got.Changes) != 1 {
		t.Errorf("a renamed column: %+v", got)
	}
}

// A reader of any language learns why an old copy is in use.
func TestEveryReasonHasWords(t *testing.T) {
	c, _ := words.Builtin()
	codes := regexp.MustCompile(`fetch\.Code = "([a-z_]+)"|Code = "([a-z_]+)"`)
	seen := 0
	for _, file := range []string{"fetch/errors.go", "sqlengine/options.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range codes.FindAllStringSubmatch(string(text), -1) {
			seen++
			for _, lang := range []string{"kk", "ru", "en"} {
				if !c.Lang(lang).Has("stale.reason." + m[1] + m[2]) {
					t.Errorf("%s has no words in %s", m[1]+m[2], lang)
				}
			}
		}
	}
	for _, code := range []string{Drift, NotFetched, NoRecords, "unmapped_column"} {
		if !c.Lang("kk").Has("refusal."+code) || !c.Lang("kk").Has("refusal_short."+code) {
			t.Errorf("%s has no words", code)
		}
	}
	if seen < 25 {
		t.Errorf("only %d codes were found in the sources", seen)
	}
}
