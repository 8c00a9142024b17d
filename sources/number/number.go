// Package number reads one number as reports write it into plain decimal
// text for SQL, or says why it is none.
package number

import (
	"strings"

	"tereze/model"
)

// Options say what the source declares about its numbers.
type Options struct {
	Decimal string // "." or ","; empty = not declared, then only unambiguous texts are read
	Percent bool   // the unit is per cent, so a percent sign may follow the number
	Literal bool   // the text is a number of the file format itself (workbook, JSON): point, perhaps an exponent
}

// Number is what a cell's text means.
type Number struct {
	Canonical string          // digits, at most one point, perhaps a leading "-"; empty when there is no value
	Qualifier model.Qualifier // Nil for a reported "-"
	Status    model.ObsStatus
	Conf      model.ConfStatus
	Reason    model.Reason // set where Status is Missing
}

// NotANumber is the reason code of everything this package refuses.
const NotANumber = "not_a_number"

// maxDigits bounds the length of an accepted number; no count of anything
// needs more, and SQL's decimals hold 38.
const maxDigits = 30

// Parse reads a cell's text. The error, when there is one, is always a
// model.Problem with the code NotANumber and a hint; it quotes the text,
// which may be a small count, so it belongs in private logs only.
func Parse(text string, o Options) (Number, error) {
	if plainDigits(text) {
		return value(text), nil
	}
	t := trim(text)
	if n, ok := mark(t); ok {
		return n, nil
	}
	if o.Literal {
		if c, ok := literal(t); ok {
			return value(c), nil
		}
		o.Decimal = "."
	}
	body, negative, hint := strip(t, o)
	if hint != "" {
		return refuse(text, hint)
	}
	c, hint := decimal(body, o.Decimal)
	if hint != "" {
		return refuse(text, hint)
	}
	if negative && c != "0" {
		c = "-" + c
	}
	return value(c), nil
}

func value(c string) Number {
	return Number{Canonical: c, Status: model.Normal, Conf: model.Free}
}

func refuse(text, hint string) (Number, error) {
	if len(text) > 60 {
		text = strings.ToValidUTF8(text[:60], "") + "…"
	}
	return Number{}, model.Problem{
		Code:  NotANumber,
		Level: model.Error,
		Text:  `"` + text + `" is not a number; expected digits, "-" for none, "…" for not available or "x" for confidential`,
		Hint:  hint,
	}
}

// plainDigits is the common case: a count without any sign or separator.
func plainDigits(s string) bool {
	if len(s) == 0 || len(s) > 18 || s[0] == '0' && len(s) > 1 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// mark reads the signs that stand in place of a number. A blank is not
// zero: nothing was written.
func mark(t string) (Number, bool) {
	switch t {
	case "":
		return Number{Status: model.Missing, Conf: model.Free, Reason: model.NotSupplied}, true
	case "-", "–", "—", "−", "‐", "‑", "--":
		return Number{Canonical: "0", Qualifier: model.Nil, Status: model.Normal, Conf: model.Free}, true
	case "…", "...", "..", "….":
		return Number{Status: model.Missing, Conf: model.Free, Reason: model.NotSupplied}, true
	case "x", "X", "х", "Х": // Latin and Cyrillic
		return Number{Status: model.Suppressed, Conf: model.SourceConfidential}, true
	}
	return Number{}, false
}

// strip takes away what may stand around the digits: a footnote mark that
// cannot be a digit, a percent sign, a sign or the brackets of book-keeping.
func strip(t string, o Options) (body string, negative bool, hint string) {
	body = trimRight(strings.TrimRight(t, "¹²³⁴⁵⁶⁷⁸⁹⁰⁾*"))
	if rest, ok := strings.CutSuffix(body, "%"); ok {
		if !o.Percent {
			return "", false, "a percent sign stands behind it, but the unit is not per cent"
		}
		body = trimRight(rest)
	}
	if inner, ok := strings.CutPrefix(body, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); ok {
			return trim(inner), true, ""
		}
	}
	if strings.HasSuffix(body, ")") {
		return "", false, "a footnote mark seems to be glued to it; write the mark elsewhere"
	}
	for _, sign := range [...]string{"-", "−", "–", "‑"} {
		if rest, ok := strings.CutPrefix(body, sign); ok {
			return trim(rest), true, ""
		}
	}
	if rest, ok := strings.CutPrefix(body, "+"); ok {
		body = trim(rest)
	}
	return body, false, ""
}

func trim(s string) string      { return strings.TrimFunc(s, space) }
func trimRight(s string) string { return strings.TrimRightFunc(s, space) }

// space is every blank that word processors and spreadsheets leave around
// or inside numbers.
func space(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\u00a0', '\u2007', '\u2009', '\u202f', '\u200b', '\u2060', '\ufeff':
		return true
	}
	return false
}
