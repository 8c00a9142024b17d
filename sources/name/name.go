// Package name finds the area that a report's text names, or the candidates
// it may mean; it never guesses.
package name

import (
	"slices"
	"strings"
	"sync"

	"tereze/config"
	"tereze/config/words"
	"tereze/model"
)

// Reason codes of texts that name no area.
const (
	Unknown   = "unknown_area"
	Ambiguous = "ambiguous_area"
	NotValid  = "area_not_valid" // it names an area, but none that existed on the day
)

// Candidate is an area that a text may mean.
type Candidate struct {
	Area     model.Area
	Distance int // letters that differ; 0 = the same name
}

// Words are the words that say what an area is and are no part of its name:
// by level ("any" where they say nothing of it), and endings that make an
// adjective of a name.
type Words struct {
	Types   map[string][]string
	Endings []string
}

// WordsOf takes the words from the lists parse.area.* and parse.area_endings
// of all languages.
func WordsOf(c *words.Catalogue) Words {
	return Words{Types: c.Lists("parse.area"), Endings: c.List("parse.area_endings")}
}

// Matcher knows the names of all areas. Texts repeat, so it remembers what
// it found. It may be used by several goroutines.
type Matcher struct {
	areas   []model.Area
	codes   map[string][]int
	entries []entry
	whole   map[string][]int // entries by all their words, in any order
	stems   map[string][]int // entries by their words without type words
	loose   map[string][]int // the same without adjective endings and Kazakh letters
	types   map[string]string
	said    []map[string]bool // levels that the names of an area say of it
	endings []string
	region  string // homonyms elsewhere do not compete with areas of this region
	inside  map[string]bool

	mu    sync.Mutex
	known map[question]answer
}

// entry is one name of one area.
type entry struct {
	area  int
	stem  string
	bare  string
	runes []rune // of bare
}

type question struct {
	text string
	on   model.Date
}

type answer struct {
	area       model.Area
	candidates []Candidate
	code       string
}

const maxKnown = 100_000

// New makes a matcher of an instance's areas and aliases.
func New(inst *config.Instance) *Matcher {
	var w Words
	if inst.Words != nil {
		w = WordsOf(inst.Words)
	}
	return NewMatcher(inst.Areas, inst.Aliases, w, inst.Region)
}

// NewMatcher makes a matcher; region is the code of the area within which
// names are looked for first.
func NewMatcher(areas []model.Area, aliases []config.Alias, w Words, region string) *Matcher {
	m := &Matcher{
		areas: areas, codes: map[string][]int{}, whole: map[string][]int{}, stems: map[string][]int{},
		loose: map[string][]int{}, types: map[string]string{}, region: region,
		said: make([]map[string]bool, len(areas)), inside: map[string]bool{region: true}, known: map[question]answer{},
	}
	for level, list := range w.Types {
		for _, t := range list {
			m.types[strings.Join(tokens(t), " ")] = level
		}
	}
	delete(m.types, "")
	for _, e := range w.Endings {
		m.endings = append(m.endings, bare(strings.Join(tokens(e), "")))
	}
	slices.SortFunc(m.endings, func(a, b string) int { return len(b) - len(a) })
	parents := map[string][]string{}
	for i, a := range areas {
		code := strings.ToLower(a.Code)
		m.codes[code] = append(m.codes[code], i)
		parents[a.Parent] = append(parents[a.Parent], a.Code)
		for _, n := range a.Names {
			m.add(i, n)
		}
	}
	for _, alias := range aliases {
		for _, i := range m.codes[strings.ToLower(alias.Code)] {
			if alias.ValidFrom == "" || areas[i].ValidFrom == alias.ValidFrom {
				m.add(i, alias.Alias)
			}
		}
	}
	for queue := []string{region}; len(queue) > 0 && region != ""; queue = queue[1:] {
		for _, child := range parents[queue[0]] {
			if !m.inside[child] {
				m.inside[child] = true
				queue = append(queue, child)
			}
		}
	}
	return m
}

func (m *Matcher) add(area int, text string) {
	words := tokens(text)
	if len(words) == 0 {
		return
	}
	stem, level := m.split(words)
	if m.said[area] == nil {
		m.said[area] = map[string]bool{}
	}
	m.said[area][level] = true
	e := entry{area: area, stem: stem, bare: m.loosen(stem)}
	e.runes = []rune(e.bare)
	n := len(m.entries)
	m.entries = append(m.entries, e)
	m.whole[sorted(words)] = append(m.whole[sorted(words)], n)
	m.stems[e.stem] = append(m.stems[e.stem], n)
	m.loose[e.bare] = append(m.loose[e.bare], n)
}

// Match is the area that text names on the day; where ok is false, the
// candidates are the nearest names, and Resolve says the reason.
func (m *Matcher) Match(text string, on model.Date) (area model.Area, candidates []Candidate, ok bool) {
	area, candidates, code := m.Resolve(text, on)
	return area, candidates, code == ""
}

// Resolve is Match with the reason code: "" where exactly one area fits. An
// empty day means the newest version of an area.
func (m *Matcher) Resolve(text string, on model.Date) (area model.Area, candidates []Candidate, code string) {
	q := question{text, on}
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.known[q]
	if !ok {
		a = m.resolve(text, on)
		if len(m.known) < maxKnown {
			m.known[q] = a
		}
	}
	return a.area, a.candidates, a.code
}

func sorted(words []string) string {
	words = slices.Clone(words)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// split takes the type words out of a name: its stem, and the level they
// say, "" or "any" when they say none.
func (m *Matcher) split(words []string) (stem, level string) {
	var kept []string
	for i := 0; i < len(words); {
		n := 0
		for length := min(3, len(words)-i); length > 0; length-- {
			if l, ok := m.types[strings.Join(words[i:i+length], " ")]; ok {
				if level == "" || level == "any" {
					level = l
				}
				n = length
				break
			}
		}
		if n == 0 {
			kept = append(kept, words[i])
			n = 1
		}
		i += n
	}
	if len(kept) == 0 {
		return strings.Join(words, ""), ""
	}
	return strings.Join(kept, ""), level
}

// loosen is a stem without an adjective's ending and without the letters
// that some keyboards lack.
func (m *Matcher) loosen(stem string) string {
	s := bare(stem)
	for _, e := range m.endings {
		if t, ok := strings.CutSuffix(s, e); ok && len([]rune(t)) >= 3 {
			return t
		}
	}
	return s
}
