// Package period reads the names of periods as reports write them into
// model periods, or says why it cannot.
package period

import (
	"strconv"
	"strings"
	"sync"

	"tereze/model"
)

// Order of day and month in dates in figures, where a source declares it.
type Order string

const (
	Undeclared Order = ""
	DayFirst   Order = "day_first"
	MonthFirst Order = "month_first"
)

// Reason codes of what is refused.
const (
	Unknown   = "unknown_period"
	Ambiguous = "ambiguous_period"
)

const (
	firstYear = 1900
	lastYear  = 2100
	// Day numbers of a workbook from 1954 to 2064: five digits that no
	// year, month or quarter has.
	firstSerial = 20000
	lastSerial  = 60000
)

// Parser reads periods; texts repeat, so it remembers what it read. It may
// be used by several goroutines.
type Parser struct {
	lexicon *lexicon
	order   Order

	mu    sync.Mutex
	known map[string]result
}

type result struct {
	period model.Period
	err    error
}

const maxKnown = 100_000

// NewParser makes a parser of the words.
func NewParser(w Words, order Order) *Parser {
	return &Parser{lexicon: newLexicon(w), order: order, known: map[string]result{}}
}

// Parse reads one text; use a Parser where there are many.
func Parse(text string, w Words, order Order) (model.Period, error) {
	return NewParser(w, order).Parse(text)
}

// Parse reads one text. The error, when there is one, is a model.Problem
// with the code Unknown or Ambiguous.
func (p *Parser) Parse(text string) (model.Period, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r, ok := p.known[text]
	if !ok {
		r.period, r.err = p.parse(text)
		if len(p.known) < maxKnown {
			p.known[text] = r
		}
	}
	return r.period, r.err
}

func (p *Parser) parse(text string) (model.Period, error) {
	if len(text) > 200 {
		return refuse(text, Unknown)
	}
	s := strings.TrimSpace(fold(text))
	if q, ok := plain(s); ok {
		return q, nil
	}
	s = clean(s)
	if q, ok := figures(s); ok {
		return q, nil
	}
	tokens, code := p.scan(s)
	if code != "" {
		return refuse(text, code)
	}
	q, code := interpret(tokens)
	if code != "" {
		return refuse(text, code)
	}
	return q, nil
}

func refuse(text, code string) (model.Period, error) {
	found := "is not a period"
	if code == Ambiguous {
		found = "may be more than one period"
	}
	if len(text) > 60 {
		text = strings.ToValidUTF8(text[:60], "") + "…"
	}
	return model.Period{}, model.Problem{
		Code: code, Level: model.Error,
		Text: `"` + text + `" ` + found + "; expected 2021, 2021-H1, 2021-Q2, 2021-06, 2021-07-01, 01.07.2021 or their names in words",
	}
}

// plain reads the canonical names, of which a whole table may consist.
func plain(s string) (model.Period, bool) {
	if len(s) < 4 || s[0] < '1' || s[0] > '2' {
		return model.Period{}, false
	}
	q, err := model.ParsePeriod(strings.ToUpper(s))
	if err != nil || q.Start.Year() < firstYear || q.End.Year() > lastYear {
		return model.Period{}, false
	}
	if q.Kind == model.Range {
		q = span(q.Start, q.End)
	}
	return q, true
}

// clean takes away what clings to a period: footnote marks such as "7)8)"
// and "¹", the midnight of a date and the ".0" of a year that was a number.
func clean(s string) string {
	for {
		t := strings.TrimRight(s, " *¹²³⁴⁵⁶⁷⁸⁹⁰⁾")
		if u, ok := strings.CutSuffix(t, ")"); ok {
			v := strings.TrimRight(u, "0123456789")
			if len(v) < len(u) && len(u)-len(v) <= 2 && !strings.HasSuffix(v, "(") {
				t = v
			}
		}
		if t == s {
			break
		}
		s = t
	}
	for _, end := range [...]string{" 00:00:00", "t00:00:00", "t00:00:00z", " 00:00", ".0"} {
		if t, ok := strings.CutSuffix(s, end); ok && digitsAt(t[max(0, len(t)-2):]) == 2 && len(t) <= 10 {
			return t
		}
	}
	return s
}

// figures reads the forms that are figures only and no date: a workbook's
// day number, 06.2021, 2021/06 and 2021M06.
func figures(s string) (model.Period, bool) {
	n := digitsAt(s)
	v, _ := strconv.Atoi(s[:min(n, 9)])
	switch {
	case n == len(s) && n == 5 && v >= firstSerial && v <= lastSerial:
		return model.DayOf(model.MakeDate(1899, 12, 30+v)), true
	case n == len(s) && n == 4 && v >= firstYear && v <= lastYear:
		return model.YearOf(v), true
	case n == len(s) || n == 0:
		return model.Period{}, false
	}
	sign, rest := s[n], s[n+1:]
	if m := digitsAt(rest); m == 0 || m != len(rest) {
		return model.Period{}, false
	}
	w, _ := strconv.Atoi(rest[:min(len(rest), 9)])
	switch {
	case (sign == '.' || sign == '/') && n <= 2 && len(rest) == 4:
		return month(w, v)
	case (sign == '/' || sign == 'm' || sign == '-') && n == 4 && len(rest) <= 2:
		return month(v, w)
	}
	return model.Period{}, false
}

func month(y, m int) (model.Period, bool) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 {
		return model.Period{}, false
	}
	return model.MonthOf(y, m), true
}
