package fetch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Format is what a body is expected to be.
type Format string

// The formats that can be asked for.
const (
	Any     Format = ""
	JSON    Format = "json"
	CSV     Format = "csv" // any separator
	XLSX    Format = "xlsx"
	Parquet Format = "parquet"
	Page    Format = "html"
)

func (f Format) accept() string {
	switch f {
	case JSON:
		return "application/json, */*;q=0.5"
	case CSV:
		return "text/csv, text/plain;q=0.9, */*;q=0.5"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5"
	case Page:
		return "text/html, */*;q=0.5"
	}
	return "*/*"
}

// OLE2 is how a legacy .xls workbook begins.
var OLE2 = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// TrimBOM removes the byte order mark of UTF-8, which some publishers put
// even before JSON.
func TrimBOM(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")) }

// check finds what is not data though it came with status 200.
func (p *prepared) check(u *url.URL, answer *http.Response, body []byte) *Error {
	if len(bytes.TrimSpace(TrimBOM(body))) == 0 {
		if p.AllowEmpty || p.NoContent && answer.StatusCode == http.StatusNoContent {
			return nil
		}
		e := p.failAgain(u, Empty, "answers %d with nothing in it; expected %s", answer.StatusCode, p.expected())
		e.Status = answer.StatusCode
		return e
	}
	if p.Expect == Any || p.Expect == Page {
		return nil
	}
	if isPage(body, answer.Header.Get("Content-Type")) {
		title := p.clean.text(pageTitle(body))
		if asksToSignIn(body) {
			e := p.fail(u, LoginPage, "answers with a page to sign in (title %s) instead of %s", title, p.expected())
			e.Hint = "check the key, the session or the rights of the account"
			e.Status = answer.StatusCode
			return e
		}
		e := p.failAgain(u, WebPage, "answers with a web page (title %s) instead of %s", title, p.expected())
		e.Status = answer.StatusCode
		return e
	}
	if wrong := CheckBytes(body, p.Expect, p.limit); wrong != nil {
		wrong.Address, wrong.Status = p.clean.address(u), answer.StatusCode
		wrong.again = wrong.Code == Truncated
		return wrong
	}
	return nil
}

func (p *prepared) expected() string {
	if p.Expect == Any {
		return "data"
	}
	return strings.ToUpper(string(p.Expect))
}

// CheckBytes looks whether bytes are whole and of the format, and what is
// packed in them unpacks to no more than limit. It reads no values. The
// error is nil when all is well and has no address.
func CheckBytes(body []byte, format Format, limit int64) *Error {
	if bytes.HasPrefix(body, OLE2) && format != Any {
		if bytes.Contains(body, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e")) {
			e := Fault("", WrongFormat, "is a workbook locked with a password; expected %s", strings.ToUpper(string(format)))
			e.Hint = "save it without a password"
			return e
		}
		e := Fault("", LegacyXLS, "is a legacy .xls workbook; expected %s", strings.ToUpper(string(format)))
		e.Hint = "open it, save it as .xlsx, and deliver that file"
		return e
	}
	switch format {
	case JSON:
		return checkJSON(TrimBOM(body))
	case CSV:
		return checkText(TrimBOM(body))
	case XLSX:
		return checkWorkbook(body, limit)
	case Parquet:
		return checkParquet(body)
	}
	return nil
}

func checkJSON(body []byte) *Error {
	if json.Valid(body) {
		return nil
	}
	var document json.RawMessage
	err := json.NewDecoder(bytes.NewReader(body)).Decode(&document)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return Fault("", Truncated, "is JSON that breaks off after %d bytes", len(body))
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return Fault("", WrongFormat, "is not JSON: %v at byte %d", syntax, syntax.Offset)
	}
	return Fault("", WrongFormat, "is not one JSON document; something follows its end")
}

func checkText(body []byte) *Error {
	head := body[:min(len(body), 64<<10)]
	switch {
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		return Fault("", WrongFormat, "is a packed file, perhaps a workbook; expected CSV")
	case bytes.HasPrefix(body, []byte("PAR1")):
		return Fault("", WrongFormat, "is a Parquet file; expected CSV")
	case bytes.IndexByte(head, 0) >= 0 && !bytes.HasPrefix(body, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return Fault("", WrongFormat, "holds binary data; expected CSV")
	case bytes.HasPrefix(head, []byte("{")) && json.Valid(body):
		return Fault("", WrongFormat, "is JSON; expected CSV")
	}
	return nil
}

func checkParquet(body []byte) *Error {
	magic := []byte("PAR1")
	switch {
	case bytes.HasPrefix(body, []byte("PARE")):
		return Fault("", WrongFormat, "is an encrypted Parquet file; expected a plain one")
	case !bytes.HasPrefix(body, magic):
		return Fault("", WrongFormat, "is not a Parquet file: it does not begin with PAR1")
	case len(body) < 12 || !bytes.HasSuffix(body, magic):
		return Fault("", Truncated, "is a Parquet file that breaks off after %d bytes", len(body))
	}
	return nil
}

var (
	titlePattern  = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title`)
	signInPattern = regexp.MustCompile(`(?i)type\s*=\s*["']?password|/(log-?in|sign-?in|auth|oauth2?|sso)\b|\b(log|sign)[ -]?in\b`)
)

// isPage recognises a page for people by its first bytes.
func isPage(body []byte, contentType string) bool {
	head := bytes.ToLower(bytes.TrimSpace(TrimBOM(body)))
	head = head[:min(len(head), 512)]
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<script"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	html := strings.Contains(strings.ToLower(contentType), "html")
	return html && bytes.HasPrefix(head, []byte("<")) || bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<html"))
}

func asksToSignIn(body []byte) bool { return signInPattern.Match(body[:min(len(body), 256<<10)]) }

// pageTitle is the quoted, shortened title of a page, or nothing.
func pageTitle(body []byte) string {
	found := titlePattern.FindSubmatch(body)
	if found == nil {
		return ""
	}
	title := strings.Join(strings.Fields(strings.ToValidUTF8(string(found[1]), "?")), " ")
	if utf8.RuneCountInString(title) > 80 {
		title = string([]rune(title)[:80]) + "…"
	}
	return `"` + title + `"`
}
