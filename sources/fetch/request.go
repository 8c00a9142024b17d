package fetch

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Request is one thing to ask a server for.
type Request struct {
	Method  string            // GET when empty; only GET and HEAD are ever repeated
	Address string            // absolute, http or https
	Header  map[string]string // sent to the address's own host only
	Cookies []*http.Cookie    // likewise
	Body    []byte            // of a POST

	Hosts      []string   // hosts that a redirect may lead to, besides the address's own
	Secrets    []string   // texts that must never be seen in errors, logs, headers or bodies
	Expect     Format     // what the body must be; Any = not looked at
	AllowEmpty bool       // an empty body is an answer
	NoContent  bool       // an empty body is an answer if the status says so (204)
	Known      Validators // of the last snapshot; a server that says "not modified" gives Unchanged
	MaxBytes   int64      // smaller limit than the client's; 0 = the client's
	Rate       Rate       // what the host bears
}

// Validators are what a server gave to recognise an unchanged body by.
type Validators struct {
	ETag         string
	LastModified string
}

// Set reports whether there is anything to recognise an unchanged body by.
func (v Validators) Set() bool { return v != Validators{} }

// ValidatorsOf reads the validators out of the recorded headers of a snapshot.
func ValidatorsOf(headers map[string]string) Validators {
	return Validators{ETag: headers["Etag"], LastModified: headers["Last-Modified"]}
}

// Response is a complete, checked body.
type Response struct {
	Status     int
	Body       []byte
	Header     map[string]string // the few that are worth recording, redacted
	Cookies    []*http.Cookie    // never record them
	Address    string            // where the body came from in the end, redacted
	Unchanged  bool              // the server confirmed the known validators; Body is nil
	Validators Validators
	Attempts   int
	At         time.Time
}

// Known holds the validators of the last good snapshots by the name of
// their answer.
type Known map[string]Validators

// Answer is what a connector hands over to be kept as a snapshot.
type Answer struct {
	Name       string            // like a file's name, the same at every fetch
	Address    string            // redacted
	Body       []byte            // nil when Unchanged
	Headers    map[string]string // redacted; Etag and Last-Modified are among them when given
	Unchanged  bool              // "checked, unchanged"
	Content    string            // hash of the content where the order of its rows means nothing; empty = the bytes' own hash
	At         time.Time
	Validators Validators
}

// Answer makes an answer of a response.
func (r *Response) Answer(name string) Answer {
	return Answer{Name: name, Address: r.Address, Body: r.Body, Headers: r.Header,
		Unchanged: r.Unchanged, At: r.At, Validators: r.Validators}
}

// prepared is a request that was found in order.
type prepared struct {
	Request
	url   *url.URL
	clean redactor
	limit int64
}

func (c *Client) prepare(r Request) (*prepared, error) {
	secrets := append(slices.Clone(r.Secrets), c.secrets...)
	clean := newRedactor(secrets)
	u, err := url.Parse(r.Address)
	if err != nil {
		return nil, &Error{Address: clean.text(r.Address), Code: BadAddress, Text: "is not an address; expected https://host/path"}
	}
	if password, ok := u.User.Password(); ok {
		clean = newRedactor(append(secrets, password))
	}
	p := &prepared{Request: r, url: u, clean: clean, limit: c.set.MaxBytes}
	if p.Method == "" {
		p.Method = http.MethodGet
	}
	if r.MaxBytes > 0 && r.MaxBytes < p.limit {
		p.limit = r.MaxBytes
	}
	if u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, p.fail(u, BadAddress, "is not an address that can be fetched; expected https://host/path")
	}
	if u.Scheme == "http" && p.confidential() && !loopback(u) {
		return nil, p.fail(u, Insecure, "would carry a secret over an unprotected connection; use https")
	}
	return p, nil
}

func (p *prepared) confidential() bool {
	return p.url.User != nil || slices.ContainsFunc(p.Secrets, func(s string) bool { return s != "" })
}

func (p *prepared) repeatable() bool {
	return p.Method == http.MethodGet || p.Method == http.MethodHead
}

// allows reports whether a redirect may lead to u.
func (p *prepared) allows(u *url.URL) bool {
	if sameHost(p.url, u) {
		return true
	}
	return slices.ContainsFunc(p.Hosts, func(h string) bool {
		return strings.EqualFold(h, u.Host) || strings.EqualFold(h, u.Hostname()) && u.Port() == ""
	})
}

// sameHost is true for the same host and port; the step from http to https
// on the usual ports stays on the same host.
func sameHost(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	return port(a) == port(b) || port(a) == "80" && port(b) == "443"
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "http" {
		return "80"
	}
	return "443"
}

func loopback(u *url.URL) bool {
	if u.Hostname() == "localhost" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}
