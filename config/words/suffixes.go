package words

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tereze/config/tree"
)

// suffixes is a grammar of vowel harmony: a case is a suffix whose vowel
// follows the last vowel of the word and whose consonant follows its last
// sound. Numbers take the suffix of the word they are read as.
type suffixes struct {
	back, front, nasal, voiceless, soft string
	script                              *unicode.RangeTable
	hyphen                              string
	cases                               map[string]ending
	order                               []string
	place                               string
	possessive                          []string          // last words that bear a possessive ending
	bare                                []string          // last words that only look so
	marks                               string            // last letters of a possessive
	read                                map[string]string // signs and abbreviations as they are read
	numbers                             map[int]string    // 0–9, tens, 100, 1000 and its powers as they are read
}

// ending holds, for each class of last sound, the suffix after back and after
// front vowels.
type ending map[string][2]string

var soundClasses = []string{"vowel", "nasal", "voiced", "voiceless", "possessive"}

// newSuffixes reads the letters, endings and words of the grammar.
func newSuffixes(b *builder, g *tree.Node) grammar {
	b.keys(g, "engine", "in", "script", "back", "front", "nasal", "voiceless", "soft", "hyphen",
		"possessive_ends", "possessive", "bare", "read", "numbers", "cases")
	text := func(key string) string {
		n := g.Get(key)
		if n == nil {
			b.bad(g.At(key), "missing_key", "", "key %s is missing; the grammar cannot be built without it", key)
			return ""
		}
		return n.Text
	}
	s := &suffixes{
		back: text("back"), front: text("front"), nasal: text("nasal"),
		voiceless: text("voiceless"), soft: text("soft"), hyphen: text("hyphen"), place: text("in"),
		marks: text("possessive_ends"), possessive: b.texts(g.Get("possessive")), bare: b.texts(g.Get("bare")),
		cases: map[string]ending{}, read: map[string]string{}, numbers: map[int]string{},
		script: unicode.Scripts[text("script")],
	}
	if s.script == nil {
		b.bad(g.At("script"), "unknown_name", "", "%q is not a script of Unicode; expected a name such as Cyrillic", text("script"))
		s.script = unicode.Letter
	}
	if n := g.Get("read"); n != nil {
		for _, f := range n.Fields {
			s.read[f.Name] = f.Node.Text
		}
	}
	if n := g.Get("numbers"); n != nil {
		for _, f := range n.Fields {
			v, err := strconv.Atoi(f.Name)
			if err != nil {
				b.bad(f.Node.Place(), "wrong_type", "", "%q is not a whole number; expected 0 to 9, a ten, 100, 1000 …", f.Name)
			}
			s.numbers[v] = f.Node.Text
		}
	}
	if n := g.Get("cases"); n != nil {
		for _, f := range n.Fields {
			s.cases[f.Name] = b.ending(f.Node)
			s.order = append(s.order, f.Name)
		}
	}
	return s
}

func (b *builder) ending(n *tree.Node) ending {
	e := ending{}
	b.keys(n, soundClasses...)
	for _, class := range soundClasses {
		pair := b.texts(n.Get(class))
		if len(pair) != 2 {
			b.bad(n.At(class), "missing_key", "", "expected a pair [after back vowels, after front vowels] for %s", class)
			continue
		}
		e[class] = [2]string{pair[0], pair[1]}
	}
	return e
}

func (s *suffixes) names() []string { return s.order }

func (s *suffixes) in(name string) string { return s.apply(s.place, name) }

// apply adds the suffix of a case to the end of a phrase, or before the
// brackets that end it: what they say is no part of what is inflected.
func (s *suffixes) apply(filter, phrase string) string {
	e, ok := s.cases[filter]
	if !ok {
		return phrase
	}
	if at := strings.LastIndex(phrase, " ("); at > 0 && strings.HasSuffix(phrase, ")") {
		return s.apply(filter, phrase[:at]) + phrase[at:]
	}
	body := strings.TrimRightFunc(phrase, func(r rune) bool { return unicode.In(r, unicode.Pf, unicode.Pe) || r == '"' })
	word, joint := s.spoken(body)
	if len(body) < len(phrase) {
		joint = s.hyphen
	}
	if word == "" {
		return phrase
	}
	multi := joint == "" && strings.ContainsAny(strings.TrimSpace(body), " \u00a0")
	class, front := s.sound(word, multi)
	variant := 0
	if front {
		variant = 1
	}
	return phrase + joint + e[class][variant]
}

// spoken is the last word of the phrase as it is read aloud, and what joins
// a suffix to it.
func (s *suffixes) spoken(phrase string) (word, joint string) {
	longest := ""
	for sign := range s.read {
		if strings.HasSuffix(phrase, sign) && len(sign) > len(longest) {
			longest = sign
		}
	}
	if longest != "" {
		return s.read[longest], s.hyphen
	}
	runes := []rune(phrase)
	if len(runes) == 0 {
		return "", ""
	}
	last := runes[len(runes)-1]
	if unicode.IsDigit(last) {
		return s.number(runes), s.hyphen
	}
	start := len(runes)
	for start > 0 && (unicode.IsLetter(runes[start-1]) || unicode.Is(unicode.Mn, runes[start-1])) {
		start--
	}
	word = strings.ToLower(string(runes[start:]))
	if !unicode.Is(s.script, last) {
		joint = s.hyphen
	}
	return word, joint
}

// number is the last word of the number that ends the text: 9 000 is read as
// nine thousand, 47,5 as its decimals.
func (s *suffixes) number(runes []rune) string {
	var digits []rune
	for i := len(runes) - 1; i >= 0; i-- {
		r := runes[i]
		switch {
		case unicode.IsDigit(r):
			digits = append([]rune{r}, digits...)
		case (r == '\u00a0' || r == '\u202f') && i > 0 && unicode.IsDigit(runes[i-1]):
		default:
			i = 0 // the decimal sign or another word: what stands before is not read last
		}
	}
	zeros := 0
	for zeros < len(digits)-1 && digits[len(digits)-1-zeros] == '0' {
		zeros++
	}
	d := int(digits[len(digits)-1-zeros] - '0')
	switch {
	case d == 0:
		return s.numbers[0]
	case zeros == 0:
		return s.numbers[d]
	case zeros == 1:
		return s.numbers[10*d]
	case zeros == 2:
		return s.numbers[100]
	case zeros < 6:
		return s.numbers[1_000]
	case zeros < 9:
		return s.numbers[1_000_000]
	}
	return s.numbers[1_000_000_000]
}

// sound classifies the end of a word and tells front from back.
func (s *suffixes) sound(word string, multi bool) (class string, front bool) {
	runes := []rune(word)
	for i := len(runes) - 1; i >= 0; i-- {
		if strings.ContainsRune(s.front, runes[i]) {
			front = true
			break
		}
		if strings.ContainsRune(s.back, runes[i]) {
			break
		}
		if strings.ContainsRune(s.soft, runes[i]) {
			front = true // a softened end counts as front, whatever its vowel
			break
		}
	}
	last := runes[len(runes)-1]
	if strings.ContainsRune(s.soft, last) && len(runes) > 1 {
		last = runes[len(runes)-2]
	}
	is := func(set string) bool { return strings.ContainsRune(set, last) }
	switch {
	case is(s.marks) && !s.isBare(word) && (multi || slices.Contains(s.possessive, word)):
		class = "possessive"
	case is(s.nasal):
		class = "nasal"
	case is(s.voiceless):
		class = "voiceless"
	case is(s.back) || is(s.front):
		class = "vowel"
	default:
		class = "voiced"
	}
	return class, front
}

// isBare reports whether a word that ends like a possessive is none.
func (s *suffixes) isBare(word string) bool {
	for _, b := range s.bare {
		if end, any := strings.CutPrefix(b, "*"); b == word || any && strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}
