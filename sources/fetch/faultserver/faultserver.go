// Package faultserver plays data sources in tests: a server on 127.0.0.1
// that answers each address by a script of steps, faults among them.
package faultserver

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Step is one answer.
type Step func(w http.ResponseWriter, r *http.Request)

// Server answers by script and remembers what it was asked.
type Server struct {
	*httptest.Server

	mu      sync.Mutex
	scripts map[string][]Step
	asked   map[string][]*http.Request
	stop    chan struct{}
}

// New starts a server that is closed with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := prepared()
	s.Server = httptest.NewServer(http.HandlerFunc(s.answer))
	s.closeWith(t)
	return s
}

// NewTLS is New with a certificate that no system trusts.
func NewTLS(t testing.TB) *Server {
	t.Helper()
	s := prepared()
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(s.answer))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are what is tested
	s.StartTLS()
	s.closeWith(t)
	return s
}

func prepared() *Server {
	return &Server{scripts: map[string][]Step{}, asked: map[string][]*http.Request{}, stop: make(chan struct{})}
}

func (s *Server) closeWith(t testing.TB) {
	t.Cleanup(func() {
		close(s.stop)
		s.CloseClientConnections()
		s.Close()
	})
}

// On sets the answers of a path, in order; the last one stays.
func (s *Server) On(path string, steps ...Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts[path] = steps
}

// Asked are the requests for a path so far.
func (s *Server) Asked(path string) []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*http.Request(nil), s.asked[path]...)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked[r.URL.Path] = append(s.asked[r.URL.Path], r)
	steps := s.scripts[r.URL.Path]
	if len(steps) > 1 {
		s.scripts[r.URL.Path] = steps[1:]
	}
	s.mu.Unlock()
	if len(steps) == 0 {
		http.Error(w, "no such thing", http.StatusNotFound)
		return
	}
	steps[0](w, r)
}

// OK answers 200 with a body.
func OK(contentType, body string) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}

// Status answers a status with headers given as pairs.
func Status(status int, body string, headers ...string) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		if status != http.StatusNoContent {
			_, _ = w.Write([]byte(body))
		}
	}
}

// Tagged answers 304 to whoever names the tag, else 200 with the body.
func Tagged(tag, modified, body string) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", modified)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(body))
	}
}

// LoginPage answers 200 with a page to sign in.
func LoginPage() Step {
	return OK("text/html; charset=utf-8", `<!DOCTYPE html><html><head><title>Welcome</title></head><body><form action="/login"><input type="password"></form></body></html>`)
}

// ErrorPage answers with a page for people that asks for nothing.
func ErrorPage(status int) Step {
	return Status(status, "<html><head><title>Index out of range</title></head><body>sorry</body></html>", "Content-Type", "text/html")
}

// Redirect sends on.
func Redirect(status int, to string) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

// Packed answers with a body packed by gzip.
func Packed(body string) Step {
	packed := pack([]byte(body))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed)
	}
}

// TruncatedGzip sends the first half of a packed body as if it were all.
func TruncatedGzip(body string) Step {
	packed := pack([]byte(body))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed[:len(packed)/2])
	}
}

// GzipBomb sends zeros that unpack to size bytes.
func GzipBomb(size int) Step {
	packed := pack(bytes.Repeat([]byte("0,"), size/2))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed)
	}
}

// Truncated announces the whole body and hangs up in its middle.
func Truncated(body string) Step {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write([]byte(body[:len(body)/2]))
		hangUp(w)
	}
}

// HangUp closes the connection without an answer.
func HangUp() Step { return func(w http.ResponseWriter, _ *http.Request) { hangUp(w) } }

func hangUp(w http.ResponseWriter) {
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// Silent accepts the request and says nothing until the other side gives up.
func (s *Server) Silent() Step {
	return func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-s.stop:
		}
	}
}

// Endless sends lines for ever, one every gap.
func (s *Server) Endless(gap time.Duration) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		line := []byte(strings.Repeat("region,1\n", 1000))
		if gap > 0 {
			line = []byte("region,1\n")
		}
		for {
			if _, err := w.Write(line); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-s.stop:
				return
			case <-time.After(gap):
			}
		}
	}
}

// WithKey answers 403 with a page unless the query carries the key.
func WithKey(name, key string, then Step) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get(name) != key {
			Status(http.StatusForbidden, "<html><head><title>Access denied</title></head></html>", "Content-Type", "text/html")(w, r)
			return
		}
		then(w, r)
	}
}

// Echo answers with the request's address in a body of JSON, as careless
// servers do.
func Echo() Step {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"self":%q}`, r.URL.String())
	}
}

func pack(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}
