package sqlengine

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tereze/sources/fetch"
)

// checkQuery looks whether a query is one SELECT that aggregates. The
// engine's read-only transaction is what keeps the data safe; this check
// catches mistakes before they reach it, with words that help.
func checkQuery(query, engine string) (string, error) {
	query = strings.TrimSpace(query)
	tokens, err := lex(query, engine == "clickhouse")
	if err != nil {
		return "", refuseQuery("%v", err)
	}
	// One semicolon at the end is a habit, not a second statement.
	if n := len(tokens); n > 0 && tokens[n-1].text == ";" {
		query = strings.TrimSpace(query[:tokens[n-1].at])
		tokens = tokens[:n-1]
	}
	if len(tokens) == 0 {
		return "", refuseQuery("is empty")
	}
	if first := tokens[0].text; first != "select" && first != "with" {
		return "", refuseQuery("begins with %q; expected SELECT or WITH", strings.ToUpper(first))
	}
	counts := false
	for i, t := range tokens {
		next, before := "", ""
		if i+1 < len(tokens) {
			next = tokens[i+1].text
		}
		if i > 0 {
			before = tokens[i-1].text
		}
		switch {
		case t.text == ";":
			return "", refuseQuery("holds a second statement; expected one")
		case t.word && slices.Contains(changing, t.text) && before != ".":
			return "", refuseQuery("holds %s, which changes something; expected a query that only reads", strings.ToUpper(t.text))
		case t.word && next == "(" && slices.Contains(collecting, t.text):
			return "", refuseQuery("calls %s, which collects single rows into one cell; expected counts", t.text)
		case t.word && next == "(" && slices.Contains(counting, t.text), t.text == "group" && next == "by":
			counts = true
		case t.text == "*" && t.depth == 0 && (before == "select" || before == "," || before == "." || before == "distinct" || before == "all"):
			return "", refuseQuery("selects *; expected every column by name, so that no other one leaves the engine")
		}
	}
	if !counts {
		return "", refuseQuery("does not count: it has neither GROUP BY nor count, sum or the like; only aggregates may leave the engine")
	}
	return query, nil
}

func refuseQuery(format string, args ...any) error {
	return fetch.Fault("", NotAnAggregate, "the query %s", fmt.Sprintf(format, args...))
}

var (
	changing   = []string{"insert", "update", "delete", "merge", "copy", "call", "execute", "grant", "revoke", "create", "alter", "drop", "truncate", "into", "lock", "attach", "detach", "kill"}
	collecting = []string{"array_agg", "string_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "json_arrayagg", "json_objectagg", "xmlagg", "listagg", "map_agg", "multimap_agg", "grouparray", "groupuniqarray", "grouparraysample", "groupconcat", "row_to_json", "to_jsonb", "to_json", "query_to_xml"}
	counting   = []string{"count", "sum", "avg", "min", "max", "countif", "sumif", "count_if", "approx_distinct", "uniq", "uniqexact", "percentile_cont", "percentile_disc", "median", "quantile"}
)

type token struct {
	text  string // lower case; of a quoted name or a string only the quote
	word  bool   // a bare word
	depth int    // of parentheses
	at    int
}

// lex cuts a query into words and signs and leaves out comments and the
// insides of quotes.
func lex(q string, backslash bool) ([]token, error) {
	var tokens []token
	depth := 0
	for i := 0; i < len(q); {
		c := q[i]
		rest := q[i:]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case strings.HasPrefix(rest, "--"), c == '#' && backslash:
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				return tokens, nil
			}
			i += end + 1
		case strings.HasPrefix(rest, "/*"):
			n, ok := comment(rest)
			if !ok {
				return nil, fmt.Errorf("has a comment that does not end")
			}
			i += n
		case c == '\'' || c == '"' || c == '`':
			n, ok := quoted(rest, backslash || c == '\'' && escaped(tokens, i))
			if !ok {
				return nil, fmt.Errorf("has a quotation mark %c that does not end", c)
			}
			tokens = append(tokens, token{text: string(c), depth: depth, at: i})
			i += n
		case c == '$':
			n, ok := dollar(rest)
			if !ok {
				return nil, fmt.Errorf("holds a parameter or an unfinished $ quotation; expected a complete query")
			}
			tokens = append(tokens, token{text: "$", depth: depth, at: i})
			i += n
		default:
			r, size := utf8.DecodeRuneInString(rest)
			if r == utf8.RuneError && size == 1 || r == 0 {
				return nil, fmt.Errorf("is not UTF-8 text")
			}
			if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
				n := word(rest)
				tokens = append(tokens, token{text: strings.ToLower(rest[:n]), word: true, depth: depth, at: i})
				i += n
				continue
			}
			if r == ')' {
				if depth--; depth < 0 {
					return nil, fmt.Errorf("closes a parenthesis that was not opened")
				}
			}
			tokens = append(tokens, token{text: string(r), depth: depth, at: i})
			if r == '(' {
				depth++
			}
			i += size
		}
	}
	if depth > 0 {
		return nil, fmt.Errorf("leaves a parenthesis open")
	}
	return tokens, nil
}

// escaped reports whether the quotation at i is of the form E'…'.
func escaped(tokens []token, i int) bool {
	if len(tokens) == 0 {
		return false
	}
	last := tokens[len(tokens)-1]
	return last.text == "e" && last.at == i-1
}

func word(s string) int {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return i
		}
	}
	return len(s)
}

// quoted is the length of a quotation; a doubled mark belongs to it.
func quoted(s string, backslash bool) (int, bool) {
	mark := s[0]
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && backslash:
			i++
		case s[i] == mark && i+1 < len(s) && s[i+1] == mark:
			i++
		case s[i] == mark:
			return i + 1, true
		}
	}
	return 0, false
}

// comment is the length of a comment, which may hold others.
func comment(s string) (int, bool) {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
			if depth == 0 {
				return i + 1, true
			}
		}
	}
	return 0, false
}

// dollar is the length of a quotation of the form $tag$…$tag$.
func dollar(s string) (int, bool) {
	n := 1 + word(s[1:])
	if n >= len(s) || s[n] != '$' {
		return 0, false
	}
	tag := s[:n+1]
	end := strings.Index(s[len(tag):], tag)
	if end < 0 {
		return 0, false
	}
	return len(tag)*2 + end, true
}
