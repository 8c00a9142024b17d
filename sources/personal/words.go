package personal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tereze/config/words"
)

// Words are how personal data are headed and written, in all languages.
type Words struct {
	Number  []string // heads of columns of personal numbers
	Name    []string // heads of columns of names of persons
	Birth   []string // heads of columns of birth dates
	Phone   []string // heads of columns of phone numbers
	Address []string // heads of columns of home addresses
	Never   []string // further heads that no answer of a register may have

	Patronymics []string // endings of patronymics
	Streets     []string // words that begin a street, an estate or a house
	Flats       []string // words that begin the number of a flat
}

// WordsOf are the words of all languages of a catalogue.
func WordsOf(c *words.Catalogue) Words {
	if c == nil {
		return Words{}
	}
	l := func(key string) []string { return c.List("parse.personal." + key) }
	return Words{
		Number: l("number"), Name: l("name"), Birth: l("birth"), Phone: l("phone"), Address: l("address"), Never: l("never"),
		Patronymics: l("patronymics"), Streets: l("streets"), Flats: l("flats"),
	}
}

// fold is a text as heads are compared: lower case, ё as е, one blank for
// everything that is neither a letter nor a digit.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space, lower := false, false
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			space, lower = b.Len() > 0, false
			continue
		}
		// birthDate and birth_date are the same two words.
		if space || lower && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		space, lower = false, unicode.IsLower(r)
		r = unicode.ToLower(r)
		if r == 'ё' {
			r = 'е'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// phrases are folded runs of words; a phrase may end in "*", then any ending
// of its last word fits. They are held by their first letter.
type phrases map[rune][]string

func newPhrases(list []string) phrases {
	out := phrases{}
	for _, s := range list {
		star := strings.HasSuffix(s, "*")
		if s = fold(s); s == "" {
			continue
		}
		if !star {
			s += " "
		}
		first, _ := utf8.DecodeRuneInString(s)
		out[first] = append(out[first], s)
	}
	return out
}

// padded is a folded text whose first and last words have a blank on either
// side, as all others have.
func padded(folded string) string { return " " + folded + " " }

// in reports whether one of the phrases stands in a folded and padded text.
func (p phrases) in(text string) bool {
	for {
		_, word, more := strings.Cut(text, " ")
		if !more {
			return false
		}
		first, _ := utf8.DecodeRuneInString(word)
		for _, s := range p[first] {
			if strings.HasPrefix(word, s) {
				return true
			}
		}
		text = word
	}
}
