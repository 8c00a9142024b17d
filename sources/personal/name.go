package personal

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

var (
	datePattern = regexp.MustCompile(`(?:^|\D)(?:\d{1,2}[./\-]\d{1,2}[./\-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?:$|\D)`)
	wholeDate   = regexp.MustCompile(`^(?:\d{1,2}[./\-]\d{1,2}[./\-]((?:19|20)\d\d)|((?:19|20)\d\d)-\d\d-\d\d(?:[T ].*)?)$`)
	wholeYear   = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// The fewest digits, and bytes, of a date that the patterns fit: 1.1.2020.
const (
	dateDigits = 6
	dateLength = 8
)

// fullName reports whether a text holds a person's full name: two to four
// words that begin with capitals, one of them a patronymic.
func (f *Finder) fullName(s string) bool {
	run, patronymic := 0, false
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' || r == '.' }) {
		if !capitalised(w) {
			run, patronymic = 0, false
			continue
		}
		run++
		l := strings.ToLower(w)
		for _, e := range f.patronymics {
			patronymic = patronymic || strings.HasSuffix(l, e) && len(l) > len(e)+2
		}
		if run >= 2 && patronymic {
			return true
		}
	}
	return false
}

func capitalised(w string) bool {
	for i, r := range w {
		if i == 0 && !unicode.IsUpper(r) || i > 0 && !unicode.IsLetter(r) && r != '-' {
			return false
		}
	}
	return w != ""
}

// holdsNames reports whether most texts of a column are full names.
func (f *Finder) holdsNames(c *column, cells []Cell) bool {
	names, filled := 0, 0
	for _, i := range c.cells {
		if strings.TrimSpace(cells[i].Text) == "" {
			continue
		}
		filled++
		if f.fullName(cells[i].Text) {
			names++
		}
	}
	return names >= 2 && 2*names >= filled
}

// spreadDates reports whether a column holds dates that lie as far apart as
// the births of people do, and not as days of receipt.
func spreadDates(c *column, cells []Cell) bool {
	first, last, dates, filled := 0, 0, 0, 0
	for _, i := range c.cells {
		s := strings.TrimSpace(cells[i].Text)
		if s == "" {
			continue
		}
		filled++
		if len(s) < dateLength || s[0] < '0' || s[0] > '9' {
			continue // most cells: numbers and names
		}
		m := wholeDate.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		dates++
		year, _ := strconv.Atoi(m[1] + m[2]) // four digits
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	return dates >= 3 && 2*dates >= filled && last-first >= 15
}

func nameLike(c Cell) bool {
	letters := false
	for _, r := range c.Text {
		if unicode.IsDigit(r) {
			return false
		}
		letters = letters || unicode.IsLetter(r)
	}
	return letters && !c.Numeric
}

// dateLike is a date, a year alone, or the number that a workbook keeps for
// a date.
func dateLike(c Cell) bool {
	s := strings.TrimSpace(c.Text)
	if wholeDate.MatchString(s) || wholeYear.MatchString(s) || datePattern.MatchString(s) {
		return true
	}
	n, err := strconv.ParseFloat(s, 64)
	return err == nil && c.Numeric && n > 3000 && n < 60000
}

// addressLike is a text with words and a number: the heads say the rest.
func addressLike(c Cell) bool {
	letters, digits := false, false
	for _, r := range c.Text {
		letters = letters || unicode.IsLetter(r)
		digits = digits || unicode.IsDigit(r)
	}
	return letters && digits
}
