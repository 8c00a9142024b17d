package web

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"tereze/config"
	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
)

func TestEveryFileOfADeliveryArrivesUnderItsName(t *testing.T) {
	s := faultserver.New(t)
	s.On("/2019.csv", faultserver.Tagged(`"a"`, "", "a,b\n1,2\n"))
	s.On("/2020", faultserver.OK("text/csv", "a,b\n3,4\n"))
	client, _ := faultserver.Client(t, fetch.Settings{})
	o := Options{WebConnection: config.WebConnection{Format: "csv", Addresses: []string{s.URL + "/2019.csv", s.URL + "/2020?lang=ru"}}}
	answers, err := Fetch(t.Context(), client, o, nil)
	if err != nil || len(answers) != 2 || answers[0].Name != "2019.csv" || answers[1].Name != "2020.csv" || answers[1].Address != s.URL+"/2020?lang=ru" {
		t.Fatalf("%+v, %v", answers, err)
	}
	again, err := Fetch(t.Context(), client, o, fetch.Known{"2019.csv": answers[0].Validators})
	if err != nil || !again[0].Unchanged || again[1].Unchanged {
		t.Errorf("a second time: %+v, %v; want the first unchanged", again, err)
	}
}

func TestAPartOfADeliveryIsNone(t *testing.T) {
	s := faultserver.New(t)
	s.On("/a.csv", faultserver.OK("text/csv", "a\n1\n"))
	client, _ := faultserver.Client(t, fetch.Settings{})
	answers, err := Fetch(t.Context(), client, Options{WebConnection: config.WebConnection{Format: "csv", Addresses: []string{s.URL + "/a.csv", s.URL + "/b.csv"}}}, nil)
	if answers != nil || codeOf(err) != fetch.NotFound || !strings.Contains(err.Error(), "/b.csv") {
		t.Errorf("%v, %v; want an error that names the missing file", answers, err)
	}
}

func TestEachFormatIsCheckedByItsBytes(t *testing.T) {
	bodies := map[string]string{"csv": "a,b\n1,2\n", "json": `{"a":1}`, "parquet": "PAR1" + strings.Repeat("x", 9) + "PAR1", "sdmx-csv": "DATAFLOW,OBS_VALUE\nx,1\n", "json-stat": `{"class":"dataset"}`}
	for sent, body := range bodies {
		for asked := range bodies {
			s := faultserver.New(t)
			s.On("/f", faultserver.OK("", body))
			client, _ := faultserver.Client(t, fetch.Settings{})
			_, err := Fetch(t.Context(), client, Options{WebConnection: config.WebConnection{Format: asked, Addresses: []string{s.URL + "/f"}}}, nil)
			if same := formats[sent] == formats[asked]; same != (err == nil) {
				t.Errorf("%s asked, %s sent: %v", asked, sent, err)
			}
		}
	}
}

func TestSecretsComeFromTheEnvironmentAndStayHidden(t *testing.T) {
	s := faultserver.New(t)
	s.On("/a.json", faultserver.Echo())
	client, _ := faultserver.Client(t, fetch.Settings{})
	env := map[string]string{"TEREZE_A": "Bearer tok3n-abcdef", "TEREZE_B": "que+ry/key=1"}
	o := Options{WebConnection: config.WebConnection{Format: "json", Addresses: []string{s.URL + "/a.json?x=1"}, SecretHeaders: map[string]string{"Authorization": "TEREZE_A"}, SecretQuery: map[string]string{"k": "TEREZE_B"}, Headers: map[string]string{"X-Region": "vko"}}, Env: func(n string) string { return env[n] }}
	answers, err := Fetch(t.Context(), client, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	sent := s.Asked("/a.json")[0]
	if sent.Header.Get("Authorization") != "Bearer tok3n-abcdef" || sent.URL.Query().Get("k") != "que+ry/key=1" || sent.URL.Query().Get("x") != "1" || sent.Header.Get("X-Region") != "vko" {
		t.Errorf("sent %v %v", sent.URL, sent.Header)
	}
	all, _ := json.Marshal(answers)
	for _, secret := range []string{"tok3n-abcdef", "que+ry", "que%2Bry"} {
		if strings.Contains(string(all), secret) || strings.Contains(string(answers[0].Body), secret) {
			t.Errorf("%q is seen in %s %s", secret, all, answers[0].Body)
		}
	}
}

func TestOptionsAreCheckedBeforeAnythingIsSent(t *testing.T) {
	client, _ := faultserver.Client(t, fetch.Settings{})
	for name, o := range map[string]Options{
		"no format":               {WebConnection: config.WebConnection{Addresses: []string{"https://a.example/x"}}},
		"unknown format":          {WebConnection: config.WebConnection{Format: "xls", Addresses: []string{"https://a.example/x"}}},
		"no address":              {WebConnection: config.WebConnection{Format: "csv"}},
		"a path":                  {WebConnection: config.WebConnection{Format: "csv", Addresses: []string{"data/x.csv"}}},
		"a password":              {WebConnection: config.WebConnection{Format: "csv", Addresses: []string{"https://u:secret@a.example/x"}}},
		"a key in the address":    {WebConnection: config.WebConnection{Format: "csv", Addresses: []string{"https://a.example/x?apiKey=secret"}}},
		"a key among headers":     {WebConnection: config.WebConnection{Format: "csv", Addresses: []string{"https://a.example/x"}, Headers: map[string]string{"authorization": "secret"}}},
		"two files with one name": {WebConnection: config.WebConnection{Format: "csv", Addresses: []string{"https://a.example/1/x.csv", "https://a.example/2/x.csv"}}},
	} {
		if _, err := Fetch(t.Context(), client, o, nil); codeOf(err) != fetch.BadOptions || strings.Contains(err.Error(), "secret@") || strings.Contains(err.Error(), "=secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
	o := Options{WebConnection: config.WebConnection{Format: "csv", Addresses: []string{"https://a.example/x"}, SecretQuery: map[string]string{"k": "TEREZE_NONE"}}, Env: func(string) string { return "" }}
	if _, err := Fetch(t.Context(), client, o, nil); codeOf(err) != fetch.MissingSecret {
		t.Errorf("a variable that is not set: %v", err)
	}
}

func codeOf(err error) fetch.Code {
	var e *fetch.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
