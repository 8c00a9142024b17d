package words

import (
	"fmt"
	"slices"
	"strings"

	"tereze/config/tree"
	"tereze/model"
)

const other = "other" // the plural form every message has

// message is one text with its plural forms.
type message struct {
	parts []part            // the form "other"
	forms map[string][]part // all others; nil for a text without them
}

// part is a piece of text, or a placeholder with its filters.
type part struct {
	text    string
	name    string
	filters []string
}

var pluralForms = []string{"zero", "one", "two", "few", "many", other}

// isPlural tells a map of plural forms from a map of keys.
func isPlural(n *tree.Node) bool {
	if n.Get(other) == nil {
		return false
	}
	for _, f := range n.Fields {
		if !slices.Contains(pluralForms, f.Name) || f.Node.Kind != tree.Scalar {
			return false
		}
	}
	return true
}

// message parses {name} and {name|filter|filter}; "{{" and "}}" are braces.
func (b *builder) message(l *Lang, n *tree.Node) []part {
	parts, err := parseMessage(n.Text)
	if err != nil {
		b.bad(n.Place(), "message_syntax", "", "%v", err)
	}
	for _, p := range parts {
		for _, f := range p.filters {
			if !l.hasFilter(f) {
				b.bad(n.Place(), "unknown_filter", tree.Hint(f, l.filterNames()), "filter %q is not one of language %s", f, l.Code)
			}
		}
	}
	return parts
}

func parseMessage(s string) ([]part, error) {
	if s != "" && !strings.ContainsAny(s, "{}") {
		return []part{{text: s}}, nil
	}
	var out []part
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, part{text: text.String()})
			text.Reset()
		}
	}
	for i := 0; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], "{{"), strings.HasPrefix(s[i:], "}}"):
			text.WriteByte(s[i])
			i += 2
		case s[i] == '{':
			end := strings.IndexByte(s[i:], '}')
			if end < 0 {
				return out, fmt.Errorf("%q opens a placeholder that nothing closes; expected }", s)
			}
			fields := strings.Split(s[i+1:i+end], "|")
			if !isName(fields[0]) {
				return out, fmt.Errorf("%q holds the placeholder {%s}; expected a name such as {n} or {place|in}", s, s[i+1:i+end])
			}
			flush()
			out = append(out, part{name: fields[0], filters: fields[1:]})
			i += end + 1
		case s[i] == '}':
			return out, fmt.Errorf("%q closes a placeholder that nothing opens; write }} for a brace", s)
		default:
			text.WriteByte(s[i])
			i++
		}
	}
	flush()
	return out, nil
}

func isName(s string) bool {
	for i, r := range s {
		if r != '_' && (r < 'a' || r > 'z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// T is the text of a key. args are pairs of a placeholder's name and its
// value: numbers are written as the language writes them, dates, periods,
// areas and texts in the words of the language, strings as they are. The
// plural form is chosen by the argument named n. A key that does not exist
// is shown as itself; Check finds such keys before anybody reads them.
func (l *Lang) T(key string, args ...any) string {
	m, ok := l.messages[key]
	if !ok {
		return key
	}
	parts := m.parts
	if len(m.forms) > 0 {
		if n, ok := number(arg(args, "n")); ok {
			if p, ok := m.forms[l.form(n)]; ok {
				parts = p
			}
		}
	}
	if len(parts) == 1 && parts[0].name == "" {
		return parts[0].text
	}
	var room [256]byte
	b := room[:0]
	for _, p := range parts {
		if p.name == "" {
			b = append(b, p.text...)
			continue
		}
		v := arg(args, p.name)
		if v == nil {
			b = append(b, "{"+p.name+"}"...)
			continue
		}
		s := l.show(v)
		for _, f := range p.filters {
			s = l.apply(f, s, v)
		}
		b = append(b, s...)
	}
	return string(b)
}

// Has reports whether the key has a text.
func (l *Lang) Has(key string) bool { _, ok := l.messages[key]; return ok }

func arg(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if s, ok := args[i].(string); ok && s == name {
			return args[i+1]
		}
	}
	return nil
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// show writes an argument.
func (l *Lang) show(v any) string {
	if n, ok := number(v); ok {
		return l.Trim(n, 6)
	}
	switch x := v.(type) {
	case string:
		return x
	case model.Text:
		return l.Name(x)
	case model.Area:
		return l.Name(x.Names)
	case model.Date:
		return l.Date(x)
	case model.Period:
		return l.Period(x)
	}
	return fmt.Sprint(v)
}

// placeholders are the names a message uses in any of its forms, sorted.
func (m *message) placeholders() []string {
	out := placeholders(nil, m.parts)
	for _, parts := range m.forms {
		out = placeholders(out, parts)
	}
	slices.Sort(out)
	return out
}

// placeholders adds to a list the names of parts that are not in it.
func placeholders(list []string, parts []part) []string {
	for _, p := range parts {
		if p.name != "" && !slices.Contains(list, p.name) {
			list = append(list, p.name)
		}
	}
	return list
}
