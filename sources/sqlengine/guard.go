package sqlengine

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tereze/sources/fetch"
	"tereze/sources/personal"
)

// personalWords are words that in a column's name mean a person, and
// personalPhrases runs of words that do. They are read in any case and
// with any signs between them; "births" is a count and passes.
var (
	personalWords = []string{
		"iin", "иин", "жсн", "jsn", "fio", "фио", "dob", "birth", "birthdate", "birthday",
		"surname", "lastname", "firstname", "fullname", "middlename", "patronymic", "фамилия", "отчество", "тегі",
		"passport", "паспорт", "phone", "mobile", "телефон", "email", "address", "адрес", "мекенжай",
	}
	personalPhrases = []string{
		"birth date", "date of birth", "year of birth", "birth year", "last name", "first name", "full name", "middle name", "person name", "person id",
		"i i n", "f i o", "и и н", "ж с н", "ф и о", "дата рождения", "год рождения", "аты жөні", "туған күні",
	}
	phonePattern = regexp.MustCompile(`(?:^|[^0-9])(?:\+7|8)[ (-]{0,2}7[0-9]{2}[) -]{0,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}(?:[^0-9]|$)`)
)

// longestCell bounds a text; names of areas and categories are shorter,
// lists of people are not.
const longestCell = 200

// checkColumns refuses names that speak of persons, before any row is read.
func checkColumns(columns []string) error {
	if len(columns) == 0 {
		return fetch.Fault("", WrongColumn, "the answer has no columns")
	}
	for i, c := range columns {
		if strings.TrimSpace(c) == "" || c == "?column?" {
			return fetch.Fault("", WrongColumn, "column %d has no name; expected one given by AS", i+1)
		}
		if slices.Contains(columns[:i], c) {
			return fetch.Fault("", WrongColumn, "two columns are named %q; expected each name once", c)
		}
		words := split(c)
		phrase := " " + strings.Join(words, " ") + " "
		named := slices.ContainsFunc(words, func(w string) bool { return slices.Contains(personalWords, w) })
		named = named || slices.ContainsFunc(personalPhrases, func(p string) bool { return strings.Contains(phrase, " "+p+" ") })
		if named {
			return fetch.Fault("", PersonalData, "column %q is named like personal data; only counts by area, period and category may leave the engine", c)
		}
	}
	return nil
}

// split cuts a name at signs and at capitals: birthDate, BIRTH_DATE and
// "birth date" are the same two words.
func split(name string) []string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		if unicode.IsUpper(r) && lower {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(b.String())
}

// suspicion counts what looks like personal numbers in a column of numbers,
// where a large sum may look like one by chance.
type suspicion struct{ hits, values int }

// checkText refuses a text that holds something of a person. The error
// names the column, never the text.
func checkText(column, text string) error {
	switch {
	case personal.Inside(text):
		return fetch.Fault("", PersonalData, "column %q holds personal numbers (ИИН); only counts may leave the engine", column)
	case phonePattern.MatchString(text):
		return fetch.Fault("", PersonalData, "column %q holds telephone numbers; only counts may leave the engine", column)
	case len(text) > longestCell:
		return fetch.Fault("", PersonalData, "column %q holds texts of more than %d bytes; expected short names of areas, periods and categories", column, longestCell)
	}
	return nil
}

func (s *suspicion) add(text string) {
	if text == "" {
		return
	}
	s.values++
	if personal.Number(text) || personal.Shortened(text) {
		s.hits++
	}
}

// judge refuses a column of numbers of which a fifth or more are valid
// personal numbers: of sums, about one in five hundred is by chance.
func (s *suspicion) judge(column string) error {
	if s.hits > 0 && s.hits*5 >= s.values {
		return fetch.Fault("", PersonalData, "column %q looks like personal numbers (ИИН) kept as numbers; if these are sums, give them in thousands", column)
	}
	return nil
}
