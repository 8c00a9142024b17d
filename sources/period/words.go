package period

import (
	"sort"
	"strconv"
	"strings"

	"tereze/config/words"
	"tereze/model"
)

// Words are the words in which reports name periods, of all languages
// together. A word may end in "*": any ending fits.
type Words struct {
	Months    map[int][]string              // 1 to 12
	Units     map[model.PeriodKind][]string // half, quarter, year; month: the word in "6 months of 2021"
	Ordinals  map[int][]string              // "first" …
	Range     []string                      // stand between two ends, as a dash does: "to"
	Noise     []string                      // mean nothing for the span: "of", "as at", endings behind a number
	Ambiguous []string                      // name a span that calendars do not fix: "school year"
}

// WordsOf takes the words from the lists parse.* of all languages.
func WordsOf(c *words.Catalogue) Words {
	w := Words{Months: map[int][]string{}, Units: map[model.PeriodKind][]string{}, Ordinals: map[int][]string{}}
	for k, list := range c.Lists("parse.months") {
		if n, err := strconv.Atoi(k); err == nil && n >= 1 && n <= 12 {
			w.Months[n] = list
		}
	}
	for k, list := range c.Lists("parse.ordinals") {
		if n, err := strconv.Atoi(k); err == nil {
			w.Ordinals[n] = list
		}
	}
	for k, list := range c.Lists("parse.units") {
		w.Units[model.PeriodKind(k)] = list
	}
	w.Range, w.Noise, w.Ambiguous = c.List("parse.range"), c.List("parse.noise"), c.List("parse.unclear")
	return w
}

// kind is what one word or sign means; a pattern is written with them.
type kind byte

const (
	year      kind = 'Y' // a year's number
	number    kind = 'N' // a small number or an ordinal
	date      kind = 'D' // a whole date
	monthName kind = 'm'
	half      kind = 'h'
	quarter   kind = 'q'
	monthWord kind = 'n'
	yearWord  kind = 'y'
	dash      kind = '-'
	noise     kind = '_'
	unclear   kind = '?'
)

type meaning struct {
	kind  kind
	value int
}

// lexicon finds phrases of up to maxPhrase words.
type lexicon struct {
	whole map[string]meaning
	stems []stem // longest first
}

type stem struct {
	text string
	meaning
}

const maxPhrase = 4

func newLexicon(w Words) *lexicon {
	x := &lexicon{whole: map[string]meaning{}}
	// Signs of no language: SDMX's H and Q, and Roman numbers, also those
	// typed with the Cyrillic letters that look like them.
	for s, m := range map[string]meaning{
		"h": {half, 0}, "q": {quarter, 0},
		"i": {number, 1}, "ii": {number, 2}, "iii": {number, 3}, "iv": {number, 4},
		"і": {number, 1}, "іі": {number, 2}, "ііі": {number, 3}, "іv": {number, 4},
	} {
		x.whole[s] = m
	}
	add := func(list []string, m meaning) {
		for _, s := range list {
			s = strings.Join(strings.Fields(fold(s)), " ")
			if t, ok := strings.CutSuffix(s, "*"); ok {
				x.stems = append(x.stems, stem{t, m})
			} else if s != "" {
				x.whole[s] = m
			}
		}
	}
	add(w.Noise, meaning{noise, 0})
	add(w.Range, meaning{dash, 0})
	add(w.Ambiguous, meaning{unclear, 0})
	add(w.Units[model.Half], meaning{half, 0})
	add(w.Units[model.Quarter], meaning{quarter, 0})
	add(w.Units[model.Month], meaning{monthWord, 0})
	add(w.Units[model.Year], meaning{yearWord, 0})
	for n, list := range w.Ordinals {
		add(list, meaning{number, n})
	}
	for n, list := range w.Months {
		add(list, meaning{monthName, n})
	}
	sort.Slice(x.stems, func(i, j int) bool {
		a, b := x.stems[i], x.stems[j]
		if len(a.text) != len(b.text) {
			return len(a.text) > len(b.text)
		}
		return a.text < b.text
	})
	return x
}

func (x *lexicon) find(phrase string) (meaning, bool) {
	if m, ok := x.whole[phrase]; ok {
		return m, true
	}
	for _, s := range x.stems {
		if strings.HasPrefix(phrase, s.text) && !strings.Contains(phrase[len(s.text):], " ") {
			return s.meaning, true
		}
	}
	return meaning{}, false
}

// fold brings a text to lower case with plain blanks and one kind of dash.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\u2007', '\u2009', '\t', '\n', '\r', '_':
			return ' '
		case '–', '—', '−', '‐', '‑':
			return '-'
		case '\u200b', '\ufeff', '\u2060':
			return -1
		case 'ё', 'Ё':
			return 'е'
		}
		return r
	}, strings.ToLower(s))
}
