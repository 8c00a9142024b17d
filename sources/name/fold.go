package name

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tokens are the words of a text in one spelling: lower case, ё as е, look-
// alike letters of the other alphabet and letters of old Kazakh fonts put
// right, everything that is no letter or digit taken as a blank. A letter
// that windows-1251 lost stays as "?".
func tokens(text string) []string {
	text = norm.NFC.String(strings.ToLower(norm.NFC.String(text)))
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != lost && r != '\ufffd'
	})
	out := words[:0]
	for _, w := range words {
		if strings.Trim(w, string(lost)) == "" {
			continue // a question mark by itself
		}
		out = append(out, oneAlphabet(w))
	}
	return out
}

const lost = '?'

// oneAlphabet puts a word that is mostly Cyrillic wholly into Cyrillic.
func oneAlphabet(w string) string {
	cyrillic, latin := false, false
	for _, r := range w {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic = true
		case unicode.Is(unicode.Latin, r):
			latin = true
		}
	}
	return strings.Map(func(r rune) rune {
		if cyrillic && latin {
			if c, ok := lookAlike[r]; ok {
				r = c
			}
		}
		if c, ok := respelt[r]; ok {
			return c
		}
		return r
	}, w)
}

// lookAlike are Latin letters that look like Cyrillic ones.
var lookAlike = map[rune]rune{
	'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'һ', 'i': 'і', 'k': 'к', 'm': 'м', 'o': 'о', 'p': 'р',
	't': 'т', 'u': 'и', 'x': 'х', 'y': 'у', 'ə': 'ә',
}

// respelt are letters with one spelling for all: ё, letters that old Kazakh
// fonts put in the places of others, and the sign of a lost letter.
var respelt = map[rune]rune{
	'ё': 'е', 'є': 'ғ', 'ќ': 'қ', 'ї': 'ү', 'ѕ': 'ң', 'ə': 'ә', '\ufffd': lost,
}

// bare is a word as a keyboard without Kazakh or accented letters writes it.
func bare(w string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ReplaceAll(w, "й", "\x00")) {
		switch {
		case r == 0:
			b.WriteRune('й')
		case unicode.Is(unicode.Mn, r):
		default:
			if c, ok := kazakh[r]; ok {
				r = c
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// kazakh letters and what stands for them on a Russian or English keyboard.
var kazakh = map[rune]rune{
	'ә': 'а', 'ғ': 'г', 'қ': 'к', 'ң': 'н', 'ө': 'о', 'ұ': 'у', 'ү': 'у', 'һ': 'х', 'і': 'и', 'ı': 'i',
}

// fits reports whether damaged could be word with letters lost on the way:
// each "?" stands for one letter that windows-1251 does not have.
func fits(damaged, word string) bool {
	d, w := []rune(damaged), []rune(word)
	if len(d) != len(w) {
		return false
	}
	for i, r := range d {
		if r == lost {
			if _, ok := kazakh[w[i]]; !ok {
				return false
			}
		} else if r != w[i] {
			return false
		}
	}
	return true
}

// distance is the number of letters to add, leave out, change or swap with
// the next one, up to limit; beyond it any larger number.
func distance(a, b []rune, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
