package taldau

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tereze/config"
	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
)

const (
	data = "/ru/Api/GetIndexData/704447"
	// Rows and periods in no order, ids now as texts, now as numbers.
	mixed = `[
{"terms":[265011,"776"],"termNames":["РИДДЕР Г.А.","Всего"],"periods":[
  {"name":"2012 год","date":"31.12.2012","value":"115.5"},{"name":"2005 год","date":"31.12.2005","value":"x"},{"name":"2016 год","date":"31.12.2016","value":null}]},
{"terms":["264991",776],"termNames":["УСТЬ-КАМЕНОГОРСК Г.А.","Всего"],"periods":[
  {"name":"2006 год","date":"31.12.2006","value":1204.50},{"name":"2005 год","date":"31.12.2005","value":""}]}]`
)

// site plays Taldau: data only for the session that is alive.
type site struct {
	*faultserver.Server
	alive string
	given int
}

func newSite(t *testing.T) *site {
	s := &site{Server: faultserver.New(t), alive: "s1"}
	s.On("/ru/", func(w http.ResponseWriter, _ *http.Request) {
		s.given++
		id := s.alive
		if s.given == 1 && s.alive == "s2" {
			id = "s1" // forgotten as soon as it was given
		}
		http.SetCookie(w, &http.Cookie{Name: "ASP.NET_SessionId", Value: id, HttpOnly: true})
		_, _ = w.Write([]byte("<html><title>Taldau</title></html>"))
	})
	s.On(data, s.withSession(faultserver.OK("application/json", mixed)))
	return s
}

func (s *site) withSession(then faultserver.Step) faultserver.Step {
	return func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("ASP.NET_SessionId")
		if err != nil || cookie.Value != s.alive || r.Header.Get("X-Requested-With") != "XMLHttpRequest" {
			w.WriteHeader(http.StatusOK) // and nothing else, as the system does
			return
		}
		then(w, r)
	}
}

func (s *site) take(t *testing.T) ([]fetch.Answer, *faultserver.Clock, error) {
	client, clock := faultserver.Client(t, fetch.Settings{})
	answers, err := Fetch(t.Context(), client, Options{TaldauConnection: config.TaldauConnection{Index: 704447, Period: 7, Cuts: []int{68, 776}, Base: s.URL}}, nil)
	return answers, clock, err
}

func TestAnIndexComesInAFixedOrder(t *testing.T) {
	s := newSite(t)
	answers, _, err := s.take(t)
	if err != nil {
		t.Fatal(err)
	}
	columns, rows, err := Table(answers[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"term", "name", "term_2", "name_2", "period", "date", "value"}; !slices.Equal(columns, want) {
		t.Errorf("columns %v", columns)
	}
	want := [][]string{
		{"264991", "УСТЬ-КАМЕНОГОРСК Г.А.", "776", "Всего", "2005 год", "31.12.2005", ""},
		{"264991", "УСТЬ-КАМЕНОГОРСК Г.А.", "776", "Всего", "2006 год", "31.12.2006", "1204.50"},
		{"265011", "РИДДЕР Г.А.", "776", "Всего", "2005 год", "31.12.2005", "x"},
		{"265011", "РИДДЕР Г.А.", "776", "Всего", "2012 год", "31.12.2012", "115.5"},
		{"265011", "РИДДЕР Г.А.", "776", "Всего", "2016 год", "31.12.2016", ""},
	}
	if !slices.EqualFunc(rows, want, slices.Equal[[]string]) {
		t.Errorf("rows %q\nwant %q", rows, want)
	}
	if got := s.Asked(data)[0].URL.RawQuery; got != "dics=68%2C776&period=7" {
		t.Errorf("query %s", got)
	}
	if answers[0].Name != "taldau-704447-7.json" || string(answers[0].Body) != mixed {
		t.Error("the system's own bytes are not what is kept")
	}
	for name, value := range answers[0].Headers {
		if strings.Contains(value, "s1") || name == "Set-Cookie" {
			t.Errorf("the session is recorded: %s: %s", name, value)
		}
	}
}

func TestAForgottenSessionIsRenewedOnce(t *testing.T) {
	for name, empty := range map[string]string{"an empty body": "", "an empty list": "[]", "null": " null\n"} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.On(data, faultserver.OK("application/json", empty), s.withSession(faultserver.OK("application/json", mixed)))
			if _, _, err := s.take(t); err != nil || s.given != 2 {
				t.Errorf("%d sessions: %v; want two and the data", s.given, err)
			}
			s.On(data, faultserver.OK("application/json", empty))
			s.given = 0
			_, _, err := s.take(t)
			if codeOf(err) != fetch.Empty || s.given != 2 {
				t.Errorf("%d sessions: %v; want two and a plain error, not an endless hunt", s.given, err)
			}
		})
	}
	s := newSite(t)
	s.alive = "s2"
	if _, _, err := s.take(t); err != nil || s.given != 2 {
		t.Errorf("a session that was stale at once: %d sessions, %v", s.given, err)
	}
}

func TestFaultsOfTheSystem(t *testing.T) {
	cases := []struct {
		name  string
		steps []faultserver.Step
		code  fetch.Code
		says  string
	}{
		{"errors that pass", []faultserver.Step{faultserver.ErrorPage(500), faultserver.ErrorPage(503), faultserver.OK("", mixed)}, "", ""},
		{"errors that stay", []faultserver.Step{faultserver.ErrorPage(500)}, fetch.ServerError, "Index out of range"},
		{"an error page with 200 that passes", []faultserver.Step{faultserver.ErrorPage(200), faultserver.OK("", mixed)}, "", ""},
		{"a byte order mark", []faultserver.Step{faultserver.OK("", "\ufeff"+mixed)}, "", ""},
		{"a truncated body that passes", []faultserver.Step{faultserver.Truncated(mixed), faultserver.OK("", mixed)}, "", ""},
		{"another shape", []faultserver.Step{faultserver.OK("", `{"rows":[]}`)}, fetch.WrongFormat, "terms and periods"},
		{"a renamed field", []faultserver.Step{faultserver.OK("", strings.ReplaceAll(mixed, "periods", "values"))}, fetch.WrongFormat, "row 1 has no periods"},
		{"names missing", []faultserver.Step{faultserver.OK("", strings.ReplaceAll(mixed, "termNames", "names"))}, fetch.WrongFormat, "2 terms and 0 names"},
		{"another form of date", []faultserver.Step{faultserver.OK("", strings.ReplaceAll(mixed, "31.12.2012", "2012-12-31"))}, fetch.WrongFormat, "row 1, period 1: date"},
		{"a nested value", []faultserver.Step{faultserver.OK("", strings.ReplaceAll(mixed, `"115.5"`, `{"v":1}`))}, fetch.WrongFormat, "neither a text nor a number"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.On(data, c.steps...)
			answers, _, err := s.take(t)
			if c.code == "" {
				if err != nil || len(answers) != 1 || answers[0].Content == "" {
					t.Errorf("got %v", err)
				}
				return
			}
			if codeOf(err) != c.code || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), data) {
				t.Errorf("got %v, want %s with %q and the address", err, c.code, c.says)
			}
		})
	}
}

func TestTheContentHashLooksThroughTheOrderOfTheAnswer(t *testing.T) {
	s := newSite(t)
	first, _, _ := s.take(t)
	shuffled := `[` + strings.TrimPrefix(mixed[strings.Index(mixed, `{"terms":["264991"`):len(mixed)-1], "\n") + "," + mixed[2:strings.Index(mixed, ",\n{\"terms\":[\"264991\"")] + `]`
	s.On(data, faultserver.OK("", shuffled))
	second, _, err := s.take(t)
	if err != nil || first[0].Content != second[0].Content || string(first[0].Body) == string(second[0].Body) {
		t.Errorf("shuffled: %v; want other bytes with the same content", err)
	}
	s.On(data, faultserver.OK("", strings.ReplaceAll(mixed, "115.5", "115.6")))
	third, _, _ := s.take(t)
	if third[0].Content == first[0].Content {
		t.Error("a changed value has the same hash")
	}
}

func TestTheSystemIsNotHurried(t *testing.T) {
	s := newSite(t)
	_, clock, _ := s.take(t)
	if w := clock.Waits(); len(w) != 1 || w[0] != 1500*time.Millisecond {
		t.Errorf("waits %v, want one of 1.5 s between page and data", w)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	client, _ := faultserver.Client(t, fetch.Settings{})
	for _, o := range []Options{{}, {TaldauConnection: config.TaldauConnection{Index: 1}}, {TaldauConnection: config.TaldauConnection{Period: 7}}, {TaldauConnection: config.TaldauConnection{Index: 1, Period: 7, Language: "../x"}}} {
		if _, err := Fetch(t.Context(), client, o, nil); codeOf(err) != fetch.BadOptions {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func FuzzTable(f *testing.F) {
	for _, s := range []string{mixed, "[]", `[{"terms":[],"termNames":[],"periods":[]}]`, `[null]`, `[{"terms":[1],"termNames":["a"],"periods":[{"date":"01.01.2020"}]}]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		columns, rows, err := Table(body)
		for _, r := range rows {
			if err != nil || len(r) != len(columns) {
				t.Fatalf("%d cells under %d columns, %v", len(r), len(columns), err)
			}
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
