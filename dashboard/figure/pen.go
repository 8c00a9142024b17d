package figure

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// pen appends markup to one buffer. Every text that comes from outside goes
// through esc; s is for markup of this package only.
type pen struct {
	b    []byte
	size size // of the last drawing that was opened
}

func (p *pen) s(parts ...string) *pen {
	for _, t := range parts {
		p.b = append(p.b, t...)
	}
	return p
}

// esc appends text so that it is safe in an element and in a quoted
// attribute. Control characters that XML forbids are left out, so that a
// saved file stays well-formed.
func (p *pen) esc(t string) *pen {
	start := 0
	for i := 0; i < len(t); {
		c := t[i]
		rep, size := "", 1
		switch {
		case c == '&':
			rep = "&amp;"
		case c == '<':
			rep = "&lt;"
		case c == '>':
			rep = "&gt;"
		case c == '"':
			rep = "&#34;"
		case c == '\'':
			rep = "&#39;"
		case c < ' ' && c != '\n' && c != '\t':
			rep = " "
		case c < utf8.RuneSelf:
			i++
			continue
		default:
			r, n := utf8.DecodeRuneInString(t[i:])
			if r != utf8.RuneError && r != 0xFFFE && r != 0xFFFF || n > 1 && r == utf8.RuneError {
				i += n
				continue
			}
			rep, size = "\uFFFD", n
		}
		p.b = append(append(p.b, t[start:i]...), rep...)
		i += size
		start = i
	}
	p.b = append(p.b, t[start:]...)
	return p
}

// n appends a coordinate with at most two decimals.
func (p *pen) n(v float64) *pen {
	if !(math.Abs(v) < 1e15) { // NaN, or no place in any drawing
		v = 0
	}
	whole := int64(math.Round(v * 100))
	if whole < 0 {
		p.b = append(p.b, '-')
		whole = -whole
	}
	p.b = strconv.AppendInt(p.b, whole/100, 10)
	switch d := byte(whole % 100); {
	case d == 0:
	case d%10 == 0:
		p.b = append(p.b, '.', '0'+d/10)
	default:
		p.b = append(p.b, '.', '0'+d/10, '0'+d%10)
	}
	return p
}

// at appends ` name="value"`; pct the same in per cent of the viewport.
func (p *pen) at(name string, v float64) *pen { return p.s(" ", name, `="`).n(v).s(`"`) }
func (p *pen) pct(name string, v float64) *pen {
	return p.s(" ", name, `="`).n(v).s(`%"`)
}

// em appends a length that follows the font size of the drawing, so that
// the style sheet can set rows wider apart on a narrow screen.
func (p *pen) em(name string, v float64) *pen {
	return p.s(" ", name, `="`).n(v).s(`em"`)
}

// href appends an address if it is one that a page may link to: relative or
// http(s). Anything else, such as javascript:, is left out.
func (p *pen) href(name, address string) *pen {
	if !safeHref(address) {
		return p
	}
	return p.s(" ", name, `="`).esc(address).s(`"`)
}

func safeHref(a string) bool {
	if a == "" {
		return false
	}
	for i := 0; i < len(a); i++ {
		switch a[i] {
		case '/', '?', '#':
			return true
		case ':':
			return i == 4 && a[:4] == "http" || i == 5 && a[:5] == "https" || i == 6 && a[:6] == "mailto"
		}
	}
	return true
}

// safeID keeps what may stand in an id, so that ids need no escaping and
// can be referred to by url(#…).
func safeID(id string) string {
	clean := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
	}
	for i := 0; i < len(id); i++ {
		if clean(id[i]) {
			continue
		}
		b := []byte(id)
		for j := range b {
			if !clean(b[j]) {
				b[j] = '-'
			}
		}
		return "f" + string(b)
	}
	if id == "" {
		return "figure"
	}
	return id
}

// safeClass keeps a class name that comes with the data to letters, digits,
// hyphen and underscore.
func safeClass(c string) string {
	if c == "" {
		return ""
	}
	return "s-" + safeID(c)
}
