package pages

import (
	"html/template"
	"strings"
)

// markup is HTML that is being put together as a template puts it together:
// raw takes what is markup already; text, attribute and address escape.
type markup []byte

// written is what a function writes.
func written(write func(b *markup)) template.HTML {
	held := scratch.Get().(*[]byte)
	defer scratch.Put(held)
	b := markup((*held)[:0])
	write(&b)
	*held = b
	return template.HTML(b)
}

func (b *markup) raw(s string) *markup {
	*b = append(*b, s...)
	return b
}

func (b *markup) attribute(name, value string) *markup {
	return b.raw(" ").raw(name).raw(`="`).text(value).raw(`"`)
}

func (b *markup) text(s string) *markup {
	from := 0
	for i := 0; i < len(s); i++ {
		if by := escapes[s[i]]; by != "" {
			b.raw(s[from:i]).raw(by)
			from = i + 1
		}
	}
	return b.raw(s[from:])
}

// escapes are those of html/template.
var escapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// address is the attribute href. A template looks at any address that is not
// plain.
func (b *markup) address(s string) *markup {
	if plainAddress(s) {
		return b.attribute("href", s)
	}
	var tag strings.Builder
	_ = anchorTag.Execute(&tag, s) // a builder has no errors
	return b.raw(strings.TrimSuffix(strings.TrimPrefix(tag.String(), "<a"), ">"))
}

var anchorTag = template.Must(template.New("").Parse(`<a href="{{.}}">`))

// plainAddress reports an address that is relative or of the web and holds
// nothing that has to be encoded.
func plainAddress(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("!#$&*+,-./;=?@[]_~", c) >= 0:
		case c == ':' && (strings.HasPrefix(s, "https:") || strings.HasPrefix(s, "http:") || strings.IndexByte(s[:i], '/') >= 0):
		default:
			return false
		}
	}
	return true
}
