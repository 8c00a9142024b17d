package model

import (
	"fmt"
	"strings"
)

// Level is how bad a problem is.
type Level string

const (
	Error   Level = "error"
	Warning Level = "warning"
	Notice  Level = "notice"
)

// Problem is a message as a value: a code whose words stand in the language
// files, with arguments and a place. The same problem prints in the
// terminal, in JSON and on the quality page.
type Problem struct {
	Place Place
	Code  string
	Args  map[string]string
	Level Level
	Hint  string // nearest valid name or similar; may be empty
	Text  string // English words for a log; pages use the code
}

// Error makes a Problem usable as an error: place, found, expected, do.
func (p Problem) Error() string {
	s := p.Place.String()
	if s != "" {
		s += ": "
	}
	s += p.Text
	if p.Hint != "" {
		s += "; " + p.Hint
	}
	return s
}

// String is the place as people write it: file:line, sheet, row, column.
func (p Place) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	part := func(s string) {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(s)
	}
	if p.Key != "" {
		part("key " + p.Key)
	}
	if p.Sheet != "" {
		part(fmt.Sprintf("sheet %q", p.Sheet))
	}
	if p.Row > 0 {
		part(fmt.Sprintf("row %d", p.Row))
	}
	if p.Column != "" {
		part("column " + p.Column)
	}
	return b.String()
}
