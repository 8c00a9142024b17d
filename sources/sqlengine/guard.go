package sqlengine

import (
	"regexp"
	"slices"
	"strings"

	"tereze/sources/fetch"
	"tereze/sources/personal"
)

var phonePattern = regexp.MustCompile(`(?:^|[^0-9])(?:\+7|8)[ (-]{0,2}7[0-9]{2}[) -]{0,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}(?:[^0-9]|$)`)

// longestCell bounds a text; names of areas and categories are shorter,
// lists of people are not.
const longestCell = 200

// checkColumns refuses names that speak of persons, before any row is read.
// Without the words by which they are known nothing passes.
func checkColumns(columns []string, persons *personal.Finder) error {
	if !persons.Knows() {
		return fetch.Fault("", fetch.BadOptions, "the words by which columns of personal data are known are missing; expected them under parse.personal in the words of the program")
	}
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
		if persons.Heads(c) {
			return fetch.Fault("", PersonalData, "column %q is named like personal data; only counts by area, period and category may leave the engine", c)
		}
	}
	return nil
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
