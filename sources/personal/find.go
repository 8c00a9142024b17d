package personal

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// Marker stands in a redacted copy where personal data stood. Readers count
// a value cell that holds it as dropped.
const Marker = "[redacted]"

// Redacted reports whether a text is the marker.
func Redacted(s string) bool { return strings.TrimSpace(s) == Marker }

// Cell is one text of a table, with its row and column counted from 0.
type Cell struct {
	Row, Column int
	Text        string
	Numeric     bool // the file's own number type
}

// Finder looks for personal data in tables. It may be used concurrently.
type Finder struct {
	number, name, birth, phone, address, never phrases

	patronymics []string
	streets     func() *regexp.Regexp // made when it is first asked for; nil without words
	flats       func() *regexp.Regexp
	flatWords   []string
}

// NewFinder makes a finder that knows the words.
func NewFinder(w Words) *Finder {
	f := &Finder{
		number: newPhrases(w.Number), name: newPhrases(w.Name), birth: newPhrases(w.Birth),
		phone: newPhrases(w.Phone), address: newPhrases(w.Address), never: newPhrases(w.Never), flatWords: lowered(w.Flats),
	}
	f.patronymics = lowered(w.Patronymics)
	f.streets = sync.OnceValue(func() *regexp.Regexp { return before(w.Streets, `[\s.]*\S`) })
	f.flats = sync.OnceValue(func() *regexp.Regexp { return before(w.Flats, `[\s.]*№?\s*\d{1,4}(?:$|[^\d])`) })
	return f
}

// Knows reports whether the finder has any words at all.
func (f *Finder) Knows() bool { return f != nil && len(f.number) > 0 }

// Heads reports whether a column of this name speaks of single persons. It
// is stricter than Find, which looks at the cells as well.
func (f *Finder) Heads(name string) bool {
	return f.speaks(&column{}, name) || f.never.in(padded(fold(name)))
}

func lowered(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, strings.ToLower(s))
	}
	return out
}

// before matches any of the words, at the beginning of a word, with what
// must follow.
func before(list []string, follows string) *regexp.Regexp {
	if len(list) == 0 {
		return nil
	}
	var quoted []string
	for _, w := range list {
		quoted = append(quoted, regexp.QuoteMeta(w))
	}
	return regexp.MustCompile(`(?i)(?:^|[\s,;.(])(?:` + strings.Join(quoted, "|") + `)` + follows)
}

// column is what is known of one column of cells.
type column struct {
	isNumber, isName, isBirth, isPhone, isAddress bool // by its head
	head                                          int  // row of that head; -1 = none
	cells                                         []int
}

// headRows is how far down heads are looked for where they are not given,
// and headLength how long a head may be.
const (
	headRows   = 40
	headLength = 120
)

// Find gives the places in cells that hold personal data. heads are the heads of the
// columns; where they are nil, they are looked for among the first rows.
func (f *Finder) Find(heads []string, cells []Cell) []int {
	columns := f.columns(heads, cells)
	hit := make([]bool, len(cells))
	for i := range cells {
		hit[i] = f.alone(cells[i].Text)
	}
	var names, births []*column
	for _, c := range columns {
		f.shortened(c, cells, hit)
		f.phones(c, cells, hit)
		if c.isAddress {
			mark(c, cells, hit, addressLike)
		}
		if c.isName || f.holdsNames(c, cells) {
			f.skipHead(c, cells)
			names = append(names, c)
		}
		if c.isBirth || spreadDates(c, cells) {
			births = append(births, c)
		}
	}
	if len(names) > 0 && len(births) > 0 {
		for _, c := range names {
			mark(c, cells, hit, nameLike)
		}
		for _, c := range births {
			mark(c, cells, hit, dateLike)
		}
	}
	var out []int
	for i := range hit {
		if hit[i] {
			out = append(out, i)
		}
	}
	return out
}

// columns gathers the cells of each column, from the left to the right.
func (f *Finder) columns(heads []string, cells []Cell) []*column {
	var list []*column
	at := func(n int) *column {
		for len(list) <= n {
			list = append(list, &column{head: -1})
		}
		return list[n]
	}
	for n, h := range heads {
		f.isHead(at(n), h)
	}
	for i := range cells {
		c := at(cells[i].Column)
		if heads == nil && cells[i].Row < headRows && !cells[i].Numeric && f.isHead(c, cells[i].Text) {
			c.head = cells[i].Row
		}
		c.cells = append(c.cells, i)
	}
	return list
}

// isHead reports whether a text heads personal data, and notes of which kind.
func (f *Finder) isHead(c *column, text string) bool {
	return text != "" && len(text) <= headLength && f.speaks(c, text)
}

// speaks is isHead for a text that is known to head something, however long.
func (f *Finder) speaks(c *column, text string) (is bool) {
	t := padded(fold(text))
	for _, k := range []struct {
		list phrases
		to   *bool
	}{{f.number, &c.isNumber}, {f.name, &c.isName}, {f.birth, &c.isBirth}, {f.phone, &c.isPhone}, {f.address, &c.isAddress}} {
		if k.list.in(t) {
			*k.to, is = true, true
		}
	}
	return is
}

// skipHead finds where the names of a column begin that no known head tells.
func (f *Finder) skipHead(c *column, cells []Cell) {
	if c.isName {
		return
	}
	for _, i := range c.cells {
		if f.fullName(cells[i].Text) {
			c.head = cells[i].Row - 1
			return
		}
	}
}

func mark(c *column, cells []Cell, hit []bool, like func(Cell) bool) {
	for _, i := range c.cells {
		if cells[i].Row > c.head && like(cells[i]) {
			hit[i] = true
		}
	}
}

// alone reports whether a text is personal whatever stands around it.
func (f *Finder) alone(s string) bool {
	digits := digitsIn(s)
	if len(s) < 9 || digits == 0 {
		return false
	}
	if digits >= 12 && Inside(s) || digits >= phoneDigits && phonePattern.MatchString(s) {
		return true
	}
	if f.mayHoldFlat(s) {
		if flats, streets := f.flats(), f.streets(); streets != nil && flats.MatchString(s) && streets.MatchString(s) {
			return true
		}
	}
	return digits >= dateDigits && datePattern.MatchString(s) && f.fullName(s)
}

// digitsIn is how many digits a text has. Most cells have too few for what a
// pattern describes, which is told much sooner so.
func digitsIn(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func (f *Finder) mayHoldFlat(s string) bool {
	l := strings.ToLower(s)
	for _, w := range f.flatWords {
		if strings.Contains(l, w) {
			return true
		}
	}
	return false
}

// shortened finds personal numbers that lost their leading zeros, which
// only a whole column of them proves.
func (f *Finder) shortened(c *column, cells []Cell, hit []bool) {
	least := 10
	if c.isNumber {
		least = 9 // of people born in the first nine months of 2000
	}
	var found []int
	distinct := map[string]bool{}
	filled := 0
	for _, i := range c.cells {
		s := strings.TrimSpace(cells[i].Text)
		if s == "" {
			continue
		}
		filled++
		if len(s) >= least && Shortened(s) {
			found = append(found, i)
			distinct[s] = true
		} else if hit[i] {
			distinct[s] = true
		}
	}
	if c.isNumber && len(found) > 0 || len(distinct) >= 3 && 2*len(distinct) >= filled {
		for _, i := range found {
			hit[i] = true
		}
	}
}

// Phone numbers with a sign or a separator can be nothing else; eleven bare
// digits may be a large sum, unless a column of them or its head says more.
const phoneDigits = 11 // of a number that phonePattern fits

var (
	phonePattern = regexp.MustCompile(`(?:^|[^\d+])(?:\+\s?7[\s\-(]{0,2}7\d\d|8[\s\-(]{1,2}7\d\d)[\s\-)]{0,2}\d{3}[\s\-]?\d{2}[\s\-]?\d{2}(?:$|\D)`)
	barePhone    = regexp.MustCompile(`^(?:[78]?7\d{9})$`)
	anyPhone     = regexp.MustCompile(`^\+?[78]?[\s\-(]{0,2}7\d\d[\s\-)]{0,2}\d{3}[\s\-]?\d{2}[\s\-]?\d{2}$`)
)

func (f *Finder) phones(c *column, cells []Cell, hit []bool) {
	var bare []int
	distinct := map[string]bool{}
	filled := 0
	for _, i := range c.cells {
		s := strings.TrimSpace(cells[i].Text)
		if s == "" {
			continue
		}
		filled++
		switch {
		case c.isPhone && anyPhone.MatchString(s):
			hit[i] = true
		case len(s) == 11 && barePhone.MatchString(s) && !Shortened(s):
			bare = append(bare, i)
			distinct[s] = true
		}
	}
	// A column of sums of one size is possible; one of eleven digits that
	// all begin like a phone is not, once there are several.
	if len(distinct) >= 3 && 10*len(bare) >= 9*(filled-1) {
		for _, i := range bare {
			hit[i] = true
		}
	}
}

// Possible is a quick look over a whole text: false means that Find can find
// nothing in it.
func (f *Finder) Possible(text string) bool {
	if digitsOfPersons(text) {
		return true
	}
	for _, e := range f.patronymics {
		if strings.Contains(text, e) {
			return true
		}
	}
	start := text[:min(len(text), 64<<10)]
	for !utf8.ValidString(start) && len(start) > 0 && len(start) < len(text) && len(text)-len(start) < 4 {
		start = start[:len(start)-1]
	}
	head := padded(fold(start))
	for _, list := range []phrases{f.number, f.phone, f.address} {
		if list.in(head) {
			return true
		}
	}
	if f.name.in(head) && f.birth.in(head) {
		return true
	}
	for _, w := range f.flatWords {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// digitsOfPersons looks for runs of ten to twelve digits and for the
// beginning of a phone number.
func digitsOfPersons(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c == '+' {
			if j := skip(s, i+1); j < len(s) && s[j] == '7' {
				return true
			}
		}
		if c < '0' || c > '9' {
			i++
			continue
		}
		start := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		switch n := i - start; {
		case n >= 10 && n <= 12:
			return true
		case n == 1 && s[start] == '8':
			if j := skip(s, i); j > i && j < len(s) && s[j] == '7' {
				return true
			}
		}
	}
	return false
}

// skip passes what may stand between the parts of a phone number.
func skip(s string, i int) int {
	for n := 0; n < 2 && i < len(s) && (s[i] == ' ' || s[i] == '-' || s[i] == '('); n++ {
		i++
	}
	return i
}
