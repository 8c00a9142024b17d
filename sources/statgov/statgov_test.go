package statgov

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"tereze/config"
	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
)

func workbook(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		f, _ := w.Create(name)
		_, _ = f.Write([]byte("<x/>"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const jsonRows = "\ufeff" + `[{"terms":["741880"],"termNames":["РЕСПУБЛИКА КАЗАХСТАН"],"periods":[{"date":"31.12.2024","value":"20.1"}]}]`

func TestEachFormIsTakenFromItsAddress(t *testing.T) {
	book := workbook(t)
	for format, c := range map[string]struct{ path, body string }{
		"":     {"/api/iblock/element/6584/file/ru/", book},
		"xlsx": {"/api/iblock/element/6584/file/ru/", book},
		"csv":  {"/api/iblock/element/6584/csv/file/ru/", "\ufeffNAM\tPERIOD\n1\t2\n"},
		"json": {"/api/iblock/element/6584/json/file/ru/", jsonRows},
	} {
		s := faultserver.New(t)
		s.On(c.path, faultserver.Tagged(`"t"`, "", c.body))
		client, _ := faultserver.Client(t, fetch.Settings{})
		o := Options{StatgovConnection: config.StatgovConnection{Element: 6584, Format: format, Base: s.URL}}
		first, err := Fetch(t.Context(), client, o, nil)
		if err != nil || len(first) != 1 || string(first[0].Body) != c.body {
			t.Errorf("format %q: %v", format, err)
			continue
		}
		again, err := Fetch(t.Context(), client, o, fetch.Known{first[0].Name: first[0].Validators})
		if err != nil || !again[0].Unchanged || again[0].Name != first[0].Name {
			t.Errorf("format %q, a second time: %+v, %v; want unchanged", format, again, err)
		}
	}
}

func TestALegacyWorkbookIsRefusedWithHelp(t *testing.T) {
	s := faultserver.New(t)
	s.On("/api/iblock/element/330829/file/ru/", faultserver.OK("application/octet-stream", string(fetch.OLE2)+strings.Repeat("\x00", 600)))
	client, _ := faultserver.Client(t, fetch.Settings{})
	_, err := Fetch(t.Context(), client, Options{StatgovConnection: config.StatgovConnection{Element: 330829, Base: s.URL}}, nil)
	for _, part := range []string{"legacy .xls", s.URL + "/api/iblock/element/330829/file/ru/", "save it as .xlsx", "csv or json"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v\nlacks %q", err, part)
		}
	}
	if codeOf(err) != fetch.LegacyXLS {
		t.Errorf("code %s", codeOf(err))
	}
}

func TestFaultsOfTheSite(t *testing.T) {
	const path = "/api/iblock/element/1/csv/file/ru/"
	for name, c := range map[string]struct {
		step faultserver.Step
		code fetch.Code
		says string
	}{
		"a page to sign in":   {faultserver.LoginPage(), fetch.LoginPage, "sign in"},
		"an empty 200":        {faultserver.OK("text/csv", ""), fetch.Empty, "nothing in it"},
		"a number that is no": {faultserver.Status(404, ""), fetch.NotFound, "new releases have new numbers"},
		"a workbook":          {faultserver.OK("text/csv", workbook(t)), fetch.WrongFormat, "workbook"},
		"sent elsewhere":      {faultserver.Redirect(302, "https://old.stat.example/x"), fetch.ForeignRedirect, "old.stat.example"},
	} {
		t.Run(name, func(t *testing.T) {
			s := faultserver.New(t)
			s.On(path, c.step)
			client, _ := faultserver.Client(t, fetch.Settings{})
			_, err := Fetch(t.Context(), client, Options{StatgovConnection: config.StatgovConnection{Element: 1, Format: "csv", Base: s.URL}}, nil)
			if codeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %s with %q", err, c.code, c.says)
			}
		})
	}
	client, _ := faultserver.Client(t, fetch.Settings{})
	for _, o := range []Options{{}, {StatgovConnection: config.StatgovConnection{Element: 1, Format: "xls"}}, {StatgovConnection: config.StatgovConnection{Element: 1, Language: "Russian"}}} {
		if _, err := Fetch(t.Context(), client, o, nil); codeOf(err) != fetch.BadOptions {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func codeOf(err error) fetch.Code {
	var e *fetch.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
