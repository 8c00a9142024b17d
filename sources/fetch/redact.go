package fetch

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// hidden stands where a secret stood.
const hidden = "REDACTED"

// secretNames are parameters whose values are never shown, declared secret or not.
var secretNames = []string{"apikey", "api_key", "api-key", "key", "token", "access_token", "auth", "password", "secret", "sig", "signature"}

// redactor removes secrets from everything that a person or a file may see.
type redactor struct {
	forms []string // of every secret, the longest first
	all   *strings.Replacer
}

func newRedactor(secrets []string) redactor {
	var values, pairs []string
	for _, s := range secrets {
		// Shorter texts occur by chance; to hide them would hide everything.
		if len(s) >= 4 && !slices.Contains(values, s) {
			values = append(values, s)
		}
	}
	var forms []string
	for _, s := range values {
		forms = append(forms, s, url.QueryEscape(s), url.PathEscape(s), base64.StdEncoding.EncodeToString([]byte(s)))
	}
	// The longest first, so that no rest of one is left by another.
	slices.SortStableFunc(forms, func(a, b string) int { return len(b) - len(a) })
	for _, f := range forms {
		pairs = append(pairs, f, hidden)
	}
	return redactor{forms: forms, all: strings.NewReplacer(pairs...)}
}

// Redact removes secrets in all the forms in which a message may carry them.
func Redact(text string, secrets ...string) string { return newRedactor(secrets).text(text) }

func (r redactor) text(s string) string { return r.all.Replace(s) }

// address shows where something came from, without user, password and keys.
func (r redactor) address(u *url.URL) string {
	shown := *u
	shown.User = nil
	if shown.RawQuery != "" {
		parts := strings.Split(shown.RawQuery, "&")
		for i, part := range parts {
			name, _, _ := strings.Cut(part, "=")
			if SecretName(name) {
				parts[i] = name + "=" + hidden
			}
		}
		shown.RawQuery = strings.Join(parts, "&")
	}
	return r.text(shown.String())
}

// SecretName reports whether a query parameter or header of this name
// usually carries a secret.
func SecretName(name string) bool {
	return slices.ContainsFunc(secretNames, func(s string) bool { return strings.EqualFold(s, name) })
}

// body hides a key that a server echoes in its answer, length for length,
// so that the rest of the bytes keeps its place.
func (r redactor) body(b []byte) []byte {
	for _, s := range r.forms {
		if len(s) >= 8 && bytes.Contains(b, []byte(s)) {
			b = bytes.ReplaceAll(b, []byte(s), bytes.Repeat([]byte("*"), len(s)))
		}
	}
	return b
}

// recorded are the headers that say something about the data; all others,
// cookies and sign-in headers above all, are left out of snapshots.
var recorded = []string{"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Etag", "Last-Modified", "Date", "Cache-Control", "Expires"}

func (r redactor) header(h http.Header) map[string]string {
	kept := map[string]string{}
	for _, name := range recorded {
		if v := h.Get(name); v != "" {
			kept[name] = r.text(v)
		}
	}
	return kept
}
