package fetch_test

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tereze/sources/fetch"
	. "tereze/sources/fetch/faultserver"
)

const key = "k/3y+with=odd&signs"

// TestAKeyIsNeverSeen looks for the key in every text that leaves the
// package, in each form in which an address may carry it.
func TestAKeyIsNeverSeen(t *testing.T) {
	s := New(t)
	ask := "/x?apiKey=" + url.QueryEscape(key)
	title := "<html><head><title>bad key " + key + "</title></head></html>"
	steps := map[string]Step{
		"refused":          Status(403, title, "Content-Type", "text/html"),
		"server error":     Status(500, title, "Content-Type", "text/html"),
		"hung up":          HangUp(),
		"page":             OK("text/html", title),
		"circle":           Redirect(302, ask),
		"foreign":          Redirect(302, "https://else.example/?k="+url.QueryEscape(key)),
		"echo in body":     Echo(),
		"echo in header":   Status(200, "{}", "Etag", `"`+key+`"`, "Set-Cookie", "k=v", "Content-Disposition", "attachment; filename="+url.QueryEscape(key)),
		"not JSON":         OK("text/plain", key),
		"unknown encoding": Status(200, "x", "Content-Encoding", key),
	}
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			s.On("/x", step)
			var log bytes.Buffer
			client, _ := Client(t, fetch.Settings{Log: slog.New(slog.NewTextHandler(&log, nil))})
			r, err := client.Do(t.Context(), fetch.Request{Address: s.URL + ask, Secrets: []string{key}, Expect: fetch.JSON})
			var seen strings.Builder
			fmt.Fprint(&seen, err, log.String())
			if err != nil {
				fmt.Fprintf(&seen, "%+v %#v", err, err)
			}
			if r != nil {
				recorded, _ := json.Marshal(r.Answer("x"))
				fmt.Fprintf(&seen, "%s %s %+v", recorded, r.Body, r.Header)
				if r.Header["Set-Cookie"] != "" {
					t.Error("a cookie was recorded")
				}
			}
			for _, form := range []string{key, url.QueryEscape(key), url.PathEscape(key), "bad key k"} {
				if strings.Contains(seen.String(), form) {
					t.Errorf("%q is seen in %s", form, seen.String())
				}
			}
		})
	}
}

func TestKeysInTheUsualParametersAreHiddenEvenUndeclared(t *testing.T) {
	s := New(t)
	client, _ := Client(t, fetch.Settings{})
	_, err := client.Do(t.Context(), fetch.Request{Address: strings.Replace(s.URL, "//", "//user:pass9word@", 1) + "/none?apiKey=abc123&size=5"})
	if err == nil || strings.Contains(err.Error(), "abc123") || strings.Contains(err.Error(), "pass9word") || !strings.Contains(err.Error(), "size=5") {
		t.Errorf("got %v; want the address without password and key, and with the rest", err)
	}
}

func TestASecretDoesNotTravelUnprotected(t *testing.T) {
	client, _ := Client(t, fetch.Settings{})
	_, err := client.Do(t.Context(), fetch.Request{Address: "http://data.example.org/x", Secrets: []string{"abcdef"}})
	if codeOf(err) != fetch.Insecure {
		t.Errorf("got %v", err)
	}
}

func TestOddAddressesAreRefused(t *testing.T) {
	client, _ := Client(t, fetch.Settings{})
	for _, address := range []string{"", "file:///etc/passwd", "ftp://host/x", "https://", "data.csv", "http://[::1", "gopher://x/"} {
		if _, err := client.Do(t.Context(), fetch.Request{Address: address}); codeOf(err) != fetch.BadAddress {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestCertificatesAreAlwaysChecked(t *testing.T) {
	s := NewTLS(t)
	s.On("/x", OK("text/csv", table))
	client, _ := Client(t, fetch.Settings{})
	_, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x"})
	if codeOf(err) != fetch.Certificate || !strings.Contains(err.Error(), "CA file") || len(s.Asked("/x")) != 0 {
		t.Errorf("an unknown authority: %v", err)
	}

	file := filepath.Join(t.TempDir(), "extra.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	client, _ = Client(t, fetch.Settings{CAFile: file})
	if _, err := client.Do(t.Context(), fetch.Request{Address: s.URL + "/x", Secrets: []string{"abcdef"}}); err != nil {
		t.Errorf("the same with its authority named: %v", err)
	}
}

func TestAFileWithoutCertificatesIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "extra.pem")
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, file + ".missing"} {
		if _, err := fetch.New(fetch.Settings{CAFile: name}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestProxiesOfTheEnvironmentAreUsed(t *testing.T) {
	var asked string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		_, _ = w.Write([]byte(table))
	}))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("NO_PROXY", "")
	t.Setenv("no_proxy", "")
	client, _ := Client(t, fetch.Settings{})
	r, err := client.Do(t.Context(), fetch.Request{Address: "http://data.example.org/x.csv", Expect: fetch.CSV})
	if err != nil || string(r.Body) != table || asked != "http://data.example.org/x.csv" {
		t.Errorf("the proxy was asked for %q: %v", asked, err)
	}
}
