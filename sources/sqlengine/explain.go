package sqlengine

import (
	"context"
	"errors"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"tereze/sources/fetch"
)

var (
	manyDigits = regexp.MustCompile(`[0-9]{6,}`)
	quotedText = regexp.MustCompile(`'[^']*'`)
)

// explain turns what an engine says into an error that holds neither a
// secret nor a value of the register: engines quote the value that they
// could not convert, and it may be somebody's number or name.
func explain(ctx context.Context, err error, address, dsn string) error {
	var ours *fetch.Error
	if errors.As(err, &ours) {
		if ours.Address == "" {
			ours.Address = address
		}
		return ours
	}
	e := &fetch.Error{Address: address, Code: EngineError}
	var pg *pgconn.PgError
	switch {
	case ctx.Err() != nil:
		e.Code, e.Text, e.Err = fetch.TimedOut, "did not answer in time", ctx.Err()
	case errors.As(err, &pg):
		e.Text = "refuses the query with code " + pg.Code
		// These classes speak of the query, the account or the engine, not of values.
		for _, class := range []string{"08", "25", "28", "3D", "3F", "42", "53", "57"} {
			if strings.HasPrefix(pg.Code, class) {
				e.Text += ": " + clean(pg.Message, dsn)
			}
		}
		if pg.Code == "57014" {
			e.Code, e.Hint = fetch.TimedOut, "raise timeout_seconds, or help the query with an index"
		}
	default:
		e.Text = "fails: " + clean(err.Error(), dsn)
	}
	return e
}

func clean(text, dsn string) string {
	secrets := []string{dsn}
	if u, err := url.Parse(dsn); err == nil {
		if password, ok := u.User.Password(); ok {
			secrets = append(secrets, password)
		}
		for name, values := range u.Query() {
			if fetch.SecretName(name) || strings.Contains(strings.ToLower(name), "token") {
				secrets = append(secrets, values...)
			}
		}
	}
	for _, part := range strings.Fields(dsn) { // the form host=… password=…
		if v, ok := strings.CutPrefix(part, "password="); ok {
			secrets = append(secrets, strings.Trim(v, "'"))
		}
	}
	text = fetch.Redact(text, secrets...)
	text = quotedText.ReplaceAllString(text, "'…'")
	text = manyDigits.ReplaceAllString(text, "#")
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:300]) + "…"
	}
	return text
}

// near reports whether a host is this machine, where nothing can listen in.
func near(host string) bool {
	if host == "" || host == "localhost" || strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func unprotected(address, want string) error {
	return fetch.Fault(address, fetch.Insecure, "would be asked over an unprotected or unchecked connection; expected %s", want)
}

func badDSN(o Options, form string) error {
	return fetch.Fault("", fetch.BadOptions, "the environment variable %s does not hold an address of %s; expected %s", o.DSNEnv, o.Engine, form)
}
