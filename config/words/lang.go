package words

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"tereze/model"
)

// Lang is one language: its messages, its numbers, its grammar, its alphabet.
type Lang struct {
	Code string

	tag       language.Tag
	messages  map[string]*message
	lists     map[string][]string
	places    map[string]model.Place
	cases     grammar
	group     string
	decimal   string
	collators sync.Pool
	periods   sync.Map // the words for periods that were asked for
	dates     sync.Map // the same for days
}

func newLang(code string) *Lang {
	l := &Lang{
		Code: code, tag: language.Make(code), messages: map[string]*message{},
		lists: map[string][]string{}, places: map[string]model.Place{}, cases: plain{},
	}
	l.group, l.decimal = separators(l.tag)
	l.collators.New = func() any { return collate.New(l.tag) }
	return l
}

// Name is the wording of t in this language, or, where it has none, any
// other: a name in another language says more than an empty place.
func (l *Lang) Name(t model.Text) string {
	if s := t[l.Code]; s != "" {
		return s
	}
	best := ""
	for code, s := range t {
		if s != "" && (best == "" || code < best) {
			best = code
		}
	}
	return t[best]
}

// In is the place phrase of an area, such as "in Altai District".
func (l *Lang) In(a model.Area) string {
	if s := a.In[l.Code]; s != "" {
		return s
	}
	return l.cases.in(l.Name(a.Names))
}

// Compare orders two strings by the alphabet of the language.
func (l *Lang) Compare(a, b string) int {
	c := l.collators.Get().(*collate.Collator)
	defer l.collators.Put(c)
	if n := c.CompareString(a, b); n != 0 {
		return n
	}
	return strings.Compare(a, b)
}

// Unit is the word of a unit in the form that goes with n.
func (l *Lang) Unit(id string, n float64) string { return l.T("unit."+id, "n", n) }

// UnitOf is the word of a unit after a number that stands after "of", "about"
// or "more than": the form the language takes there, that of another number.
func (l *Lang) UnitOf(id string, n float64) string {
	if as, err := strconv.ParseFloat(l.T("format.unit_of", "n", n), 64); err == nil {
		n = as
	}
	return l.Unit(id, n)
}

// UnitHead is a unit as the head of a table or the name of an axis.
func (l *Lang) UnitHead(id string) string { return l.T("unit_head." + id) }

// Quantity is a number with its unit, joined as the language joins them.
func (l *Lang) Quantity(v float64, decimals int, unit string) string {
	key := "format.quantity." + unit
	if !l.Has(key) {
		key = "format.quantity.default"
	}
	return l.T(key, "value", l.Number(v, decimals), "unit", l.Unit(unit, rounded(v, decimals)))
}

// form is the CLDR plural form of n as it is shown.
func (l *Lang) form(n float64) string {
	digits := FormatRaw(math.Abs(n))
	whole, fraction, _ := strings.Cut(digits, ".")
	i, f := 0, 0
	for _, d := range whole[max(0, len(whole)-9):] {
		i = i*10 + int(d-'0')
	}
	if len(whole) > 9 {
		i += 1_000_000_000 // keeps the last digits, which decide, and is not small
	}
	for _, d := range fraction[:min(9, len(fraction))] {
		f = f*10 + int(d-'0')
	}
	v := len(fraction)
	return pluralForms[formIndex[plural.Cardinal.MatchPlural(l.tag, i, v, v, f, f)]]
}

var formIndex = map[plural.Form]int{
	plural.Zero: 0, plural.One: 1, plural.Two: 2, plural.Few: 3, plural.Many: 4, plural.Other: 5,
}

func (l *Lang) filterNames() []string { return append([]string{"lower", "upper1"}, l.cases.names()...) }

func (l *Lang) hasFilter(f string) bool {
	for _, n := range l.filterNames() {
		if n == f {
			return true
		}
	}
	return false
}

// apply puts s, the shown form of v, through one filter.
func (l *Lang) apply(filter, s string, v any) string {
	switch filter {
	case "lower":
		return lowerFirst(s)
	case "upper1":
		r, n := utf8.DecodeRuneInString(s)
		return string(unicode.ToUpper(r)) + s[n:]
	case "in":
		if a, ok := v.(model.Area); ok {
			return l.In(a)
		}
	}
	return l.cases.apply(filter, s)
}

// lowerFirst lowers the first letter only: names and abbreviations further on
// keep theirs, and so does a word that is all capitals.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}
