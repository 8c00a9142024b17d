package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Causes of a stop that come from this package.
var (
	errIdle    = errors.New("nothing arrived for too long")
	errTimeout = errors.New("it took too long")
)

// once sends a request one time and follows its redirects within the
// allowed hosts.
func (c *Client) once(ctx context.Context, p *prepared) (*Response, *Error) {
	u, method, body := p.url, p.Method, p.Body
	seen := map[string]bool{}
	for hop := 0; ; hop++ {
		seen[u.String()] = true
		response, next, failure := c.hop(ctx, p, u, method, body)
		if failure != nil || next == nil {
			return response, failure
		}
		if seen[next.url.String()] || hop >= c.set.Redirects {
			return nil, p.fail(u, RedirectLoop, "is sent on in a circle, last to %s; expected data", p.clean.address(next.url))
		}
		if !p.allows(next.url) {
			e := p.fail(u, ForeignRedirect, "is sent on to the host %q, which is not among the allowed hosts", next.url.Host)
			e.Hint = "if that host belongs to the source, name it under hosts; it may also be a page to sign in"
			return nil, e
		}
		if u.Scheme == "https" && next.url.Scheme != "https" {
			return nil, p.fail(u, Insecure, "is sent on from https to http; expected https")
		}
		u = next.url
		if next.asGet {
			method, body = http.MethodGet, nil
		}
	}
}

// redirect is where a server sends us on to.
type redirect struct {
	url   *url.URL
	asGet bool
}

// hop sends one request to one address, with all its limits of time.
func (c *Client) hop(ctx context.Context, p *prepared, u *url.URL, method string, body []byte) (*Response, *redirect, *Error) {
	gate := c.gate(u.Host)
	if err := gate.enter(ctx, c, p.Rate); err != nil {
		return nil, nil, c.broken(ctx, p, u, err)
	}
	defer gate.leave()

	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	total := time.AfterFunc(c.set.Timeout, func() { cancel(errTimeout) })
	defer total.Stop()
	idle := time.AfterFunc(c.set.Idle, func() { cancel(errIdle) })
	defer idle.Stop()

	request, err := c.build(limited, p, u, method, body)
	if err != nil {
		return nil, nil, p.fail(u, BadAddress, "cannot be asked: %v", err)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, nil, c.broken(limited, p, u, err)
	}
	defer answer.Body.Close()
	answer.Body = io.NopCloser(&ticking{r: answer.Body, tick: func() { idle.Reset(c.set.Idle) }})

	if next, failure := p.sentOn(answer, u, method); next != nil || failure != nil {
		return nil, next, failure
	}
	if failure := c.badStatus(p, gate, answer, u); failure != nil {
		return nil, nil, failure
	}
	response := &Response{Status: answer.StatusCode, Header: p.clean.header(answer.Header), Cookies: answer.Cookies(),
		Address: p.clean.address(u), At: c.set.Now().UTC()}
	response.Validators = ValidatorsOf(response.Header)
	if answer.StatusCode == http.StatusNotModified {
		response.Unchanged = true
		if !response.Validators.Set() {
			response.Validators = p.Known
		}
		return response, nil, nil
	}
	if method == http.MethodHead {
		return response, nil, nil
	}
	bytes, failure := c.read(limited, p, answer, u)
	if failure != nil {
		return nil, nil, failure
	}
	if failure := p.check(u, answer, bytes); failure != nil {
		return nil, nil, failure
	}
	response.Body = p.clean.body(bytes)
	return response, nil, nil
}

func (c *Client) build(ctx context.Context, p *prepared, u *url.URL, method string, body []byte) (*http.Request, error) {
	var reader io.Reader
	if len(body) > 0 {
		reader = bytes.NewReader(body)
	}
	request, err := http.NewRequestWithContext(ctx, method, u.String(), reader)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", c.set.UserAgent)
	request.Header.Set("Accept", p.Expect.accept())
	request.Header.Set("Accept-Encoding", "gzip")
	if !sameHost(p.url, u) {
		return request, nil // another host gets none of our headers, keys or cookies
	}
	for name, value := range p.Header {
		request.Header.Set(name, value)
	}
	for _, cookie := range p.Cookies {
		request.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
	}
	if method == http.MethodGet {
		if p.Known.ETag != "" {
			request.Header.Set("If-None-Match", p.Known.ETag)
		}
		if p.Known.LastModified != "" {
			request.Header.Set("If-Modified-Since", p.Known.LastModified)
		}
	}
	return request, nil
}

// sentOn reads a redirect.
func (p *prepared) sentOn(answer *http.Response, u *url.URL, method string) (*redirect, *Error) {
	switch answer.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	next, err := u.Parse(answer.Header.Get("Location"))
	if err != nil || next.Host == "" || (next.Scheme != "http" && next.Scheme != "https") || answer.Header.Get("Location") == "" {
		e := p.fail(u, BadStatus, "answers %d without an address to go on to; expected data", answer.StatusCode)
		e.Status = answer.StatusCode
		return nil, e
	}
	keeps := answer.StatusCode == http.StatusTemporaryRedirect || answer.StatusCode == http.StatusPermanentRedirect
	return &redirect{url: next, asGet: !keeps && method != http.MethodHead}, nil
}

// badStatus turns every status that brings no data into an error.
func (c *Client) badStatus(p *prepared, g *gate, answer *http.Response, u *url.URL) *Error {
	status := answer.StatusCode
	switch {
	case status == http.StatusOK, status == http.StatusNoContent, status == http.StatusNonAuthoritativeInfo:
		return nil
	case status == http.StatusNotModified && p.Known.Set():
		return nil
	}
	title := ""
	if head, err := io.ReadAll(io.LimitReader(answer.Body, 32<<10)); err == nil {
		title = pageTitle(head)
	}
	if title != "" {
		title = ", page title " + p.clean.text(title)
	}
	code, again, hint := BadStatus, false, ""
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		code, hint = Refused, "check the key or the rights of the account"
	case status == http.StatusNotFound || status == http.StatusGone:
		code, hint = NotFound, "look whether the publisher has moved it and mend the source's address"
	case status == http.StatusTooManyRequests:
		code, again = TooManyRequests, true
	case status >= 500:
		code, again = ServerError, true
	}
	e := p.fail(u, code, "answers %d %s%s; expected 200", status, strings.ToLower(http.StatusText(status)), title)
	e.Status, e.Hint, e.again = status, hint, again
	if again {
		now := c.set.Now()
		if e.RetryAfter = retryAfter(answer.Header, now); e.RetryAfter > 0 {
			g.hold(now.Add(e.RetryAfter))
		}
	}
	return e
}

// broken explains why a connection gave no whole answer.
func (c *Client) broken(ctx context.Context, p *prepared, u *url.URL, err error) *Error {
	cause := context.Cause(ctx)
	switch {
	case errors.Is(cause, errIdle):
		return p.failAgain(u, TimedOut, "sent nothing for %s; expected an answer", c.set.Idle)
	case errors.Is(cause, errTimeout):
		return p.failAgain(u, TimedOut, "was not done after %s; expected an answer", c.set.Timeout)
	case cause != nil:
		e := p.fail(u, TimedOut, "was stopped: %v", cause)
		e.Err = cause
		return e
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // its own text would show the whole address
	}
	switch {
	case untrusted(err):
		e := p.fail(u, Certificate, "has a certificate that is not trusted: %v", err)
		e.Hint = "if the source uses a national authority, name its certificate as an extra CA file; checking is never switched off"
		return e
	case errors.Is(err, io.ErrUnexpectedEOF):
		return p.failAgain(u, Truncated, "broke off in the middle of the answer")
	}
	return p.failAgain(u, Unreachable, "cannot be reached: %v", err)
}
