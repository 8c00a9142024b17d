package period

import (
	"strconv"
	"strings"
	"unicode"

	"tereze/model"
)

// token is one word, number or sign with its meaning.
type token struct {
	meaning
	day model.Date // of kind date
}

// scan turns a folded text into tokens. Anything it does not know makes it
// fail: a period half understood is a wrong period.
func (p *Parser) scan(s string) ([]token, string) {
	var out []token
	rest := s
	for rest != "" {
		r := rune(rest[0])
		switch {
		case r == '-':
			out = append(out, token{meaning: meaning{dash, 0}})
			rest = rest[1:]
		case strings.ContainsRune(" .,;:()/\"'«»", r) || strings.HasPrefix(rest, "«") || strings.HasPrefix(rest, "»"):
			n := 1
			if r > 0x7f {
				n = len("«")
			}
			rest = rest[n:]
		case r >= '0' && r <= '9':
			day, length, code := p.fullDate(rest)
			if code != "" {
				return nil, code
			}
			if length > 0 {
				out = append(out, token{meaning{date, 0}, day})
				rest = rest[length:]
				continue
			}
			n := digitsAt(rest)
			v, _ := strconv.Atoi(rest[:min(n, 9)])
			switch {
			case n == 4 && v >= firstYear && v <= lastYear:
				out = append(out, token{meaning: meaning{year, v}})
			case n <= 2 && v > 0:
				out = append(out, token{meaning: meaning{number, v}})
			default:
				return nil, Unknown
			}
			rest = rest[n:]
		default:
			m, n := p.phrase(rest)
			if n == 0 {
				return nil, Unknown
			}
			if m.kind == unclear {
				return nil, Ambiguous
			}
			if m.kind != noise {
				out = append(out, token{meaning: m})
			}
			rest = rest[n:]
		}
	}
	return out, ""
}

// phrase is the longest known phrase at the start of s.
func (p *Parser) phrase(s string) (meaning, int) {
	var ends [maxPhrase]int
	words, i := 0, 0
	for words < maxPhrase {
		n := lettersAt(s[i:])
		if n == 0 {
			break
		}
		i += n
		ends[words] = i
		words++
		blank := i
		for blank < len(s) && (s[blank] == ' ' || s[blank] == '.') {
			blank++
		}
		if blank == i {
			break
		}
		i = blank
	}
	for w := words; w > 0; w-- {
		text := s[:ends[w-1]]
		if w > 1 {
			text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '.' }), " ")
		}
		if m, ok := p.lexicon.find(text); ok {
			return m, ends[w-1]
		}
	}
	return meaning{}, 0
}

func lettersAt(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(s)
}

func digitsAt(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// fullDate reads a date in figures at the start of s, such as 01.07.2021,
// 2021-07-01 or 13/04/2021; length 0 means that there is none. A date whose
// day and month could change places is ambiguous unless the order is
// declared or points stand in it: with points the day comes first.
func (p *Parser) fullDate(s string) (day model.Date, length int, code string) {
	a := digitsAt(s)
	if a == len(s) || !strings.ContainsRune(".-/", rune(s[a])) {
		return "", 0, ""
	}
	sign := s[a]
	b := digitsAt(s[a+1:])
	second := a + 1 + b
	if b == 0 || second >= len(s) || s[second] != sign {
		return "", 0, ""
	}
	c := digitsAt(s[second+1:])
	length = second + 1 + c
	if c == 0 {
		return "", 0, ""
	}
	x, _ := strconv.Atoi(s[:min(a, 9)])
	y, _ := strconv.Atoi(s[a+1 : a+1+min(b, 9)])
	z, _ := strconv.Atoi(s[second+1 : second+1+min(c, 9)])
	switch {
	case a == 4 && b <= 2 && c <= 2:
		day = civil(x, y, z)
	case a <= 2 && b <= 2 && c == 4:
		switch {
		case p.order == MonthFirst:
			day = civil(z, x, y)
		case p.order == DayFirst, sign == '.', x > 12, x == y:
			day = civil(z, y, x)
		case y > 12:
			day = civil(z, x, y)
		default:
			return "", 0, Ambiguous
		}
	case a <= 2 && b <= 2 && c == 2:
		return "", 0, Ambiguous // a year of two figures may stand at either end
	}
	if day == "" {
		return "", 0, Unknown
	}
	return day, length, ""
}

// civil is the date, or "" where the calendar has none such.
func civil(y, m, d int) model.Date {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 || d > 31 {
		return ""
	}
	date := model.MakeDate(y, m, d)
	if date.Time().Day() != d {
		return ""
	}
	return date
}
