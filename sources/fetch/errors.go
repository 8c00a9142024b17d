package fetch

import (
	"fmt"
	"net/url"
	"time"

	"tereze/model"
)

// Code says what went wrong, for words and for decisions.
type Code string

// The codes of everything that can go wrong on the way to a body.
const (
	BadAddress      Code = "fetch_bad_address"
	Insecure        Code = "fetch_insecure"          // a secret or a page would travel unprotected
	Unreachable     Code = "fetch_unreachable"       // no connection, name not found
	Certificate     Code = "fetch_certificate"       // the server's certificate was not trusted
	TimedOut        Code = "fetch_timed_out"         // nothing came, or too slowly
	Refused         Code = "fetch_refused"           // 401, 403: key missing or not accepted
	NotFound        Code = "fetch_not_found"         // 404, 410
	TooManyRequests Code = "fetch_too_many_requests" // 429
	ServerError     Code = "fetch_server_error"      // 5xx
	BadStatus       Code = "fetch_bad_status"        // any other
	TooLarge        Code = "fetch_too_large"
	Bomb            Code = "fetch_bomb" // unpacks to far more than it weighs
	Truncated       Code = "fetch_truncated"
	WebPage         Code = "fetch_web_page"   // a page for people instead of data
	LoginPage       Code = "fetch_login_page" // a page that asks to sign in
	Empty           Code = "fetch_empty"
	ForeignRedirect Code = "fetch_foreign_redirect"
	RedirectLoop    Code = "fetch_redirect_loop"
	WrongFormat     Code = "fetch_wrong_format"
	LegacyXLS       Code = "fetch_legacy_xls"
	SourceError     Code = "fetch_source_error"   // the source itself reported an error
	MissingSecret   Code = "fetch_missing_secret" // an environment variable is not set
	BadOptions      Code = "fetch_bad_options"
	Incomplete      Code = "fetch_incomplete" // fewer rows than announced
)

// Error is why nothing was fetched. It never holds a secret.
type Error struct {
	Address    string // redacted
	Code       Code
	Status     int           // of HTTP; 0 when there was no answer
	Text       string        // what was found and expected
	Hint       string        // what to do; may be empty
	RetryAfter time.Duration // what the server asked for; 0 = nothing
	Attempts   int
	Err        error // only context errors are kept, for errors.Is

	again bool // asking again may help
}

// Error gives place, what was found, what was expected and what to do.
func (e *Error) Error() string {
	s := e.Text
	if e.Address != "" {
		s = e.Address + ": " + s
	}
	if e.Attempts > 1 {
		s += fmt.Sprintf(" (%d attempts)", e.Attempts)
	}
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// Unwrap gives the context's error when the run was stopped.
func (e *Error) Unwrap() error { return e.Err }

// Problem is the error as a message of the program, with the address as place.
func (e *Error) Problem() model.Problem {
	return model.Problem{
		Place: model.Place{File: e.Address}, Code: string(e.Code), Level: model.Error,
		Args: map[string]string{"address": e.Address, "status": fmt.Sprint(e.Status)},
		Text: e.Text, Hint: e.Hint,
	}
}

// Fault makes the error of a connector that found something wrong in a
// body that arrived in order.
func Fault(address string, code Code, format string, args ...any) *Error {
	return &Error{Address: address, Code: code, Text: fmt.Sprintf(format, args...)}
}

func (p *prepared) fail(u *url.URL, code Code, format string, args ...any) *Error {
	return &Error{Address: p.clean.address(u), Code: code, Text: p.clean.text(fmt.Sprintf(format, args...))}
}

// failAgain is fail for what may go well at the next try.
func (p *prepared) failAgain(u *url.URL, code Code, format string, args ...any) *Error {
	e := p.fail(u, code, format, args...)
	e.again = true
	return e
}
