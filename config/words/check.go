package words

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/feature/plural"

	"tereze/config/tree"
	"tereze/model"
)

// ownKeys begin the keys a language need not share with the others: what its
// reports look like is its own affair.
const ownKeys = "parse."

// Check compares the languages: each must have every key that any of them
// has, with the same placeholders, and every plural form it uses.
func Check(c *Catalogue, languages []string) []model.Problem {
	var out []model.Problem
	bad := func(p model.Place, code, hint, format string, args ...any) {
		out = append(out, model.Problem{
			Place: p, Code: code, Level: model.Error, Hint: hint, Text: fmt.Sprintf(format, args...),
		})
	}
	all := map[string]string{} // key → the first language that has it
	for _, code := range languages {
		l, ok := c.langs[code]
		if !ok {
			bad(model.Place{File: "words/" + code + ".yaml"}, "missing_translation", tree.Hint(code, c.Languages()), "there are no words of language %s", code)
			continue
		}
		for key := range l.messages {
			if _, ok := all[key]; !ok {
				all[key] = code
			}
		}
	}
	keys := make([]string, 0, len(all))
	for key := range all {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, code := range languages {
		l, ok := c.langs[code]
		if !ok {
			continue
		}
		used := l.usedForms()
		for _, key := range keys {
			if strings.HasPrefix(key, ownKeys) {
				continue
			}
			first := c.langs[all[key]]
			m, ok := l.messages[key]
			if !ok {
				p := first.places[key]
				bad(p, "missing_translation", tree.Hint(key, l.Keys()), "key %s has no words in language %s; add it to words/%s.yaml", key, code, code)
				continue
			}
			if a, b := first.messages[key].placeholders(), m.placeholders(); !slices.Equal(a, b) {
				bad(l.places[key], "other_placeholders", "", "key %s has the placeholders %v; in language %s it has %v", key, b, first.Code, a)
			}
			if len(m.forms) > 0 {
				for _, f := range used {
					if _, ok := m.forms[f]; !ok && f != other {
						bad(l.places[key], "missing_plural", "", "key %s lacks the plural form %s of language %s", key, f, code)
					}
				}
			}
		}
	}
	return out
}

// Keys are all keys of messages, sorted.
func (l *Lang) Keys() []string {
	out := make([]string, 0, len(l.messages))
	for k := range l.messages {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// Units are the ids that have both words of a unit.
func (l *Lang) Units() []string {
	var out []string
	for k := range l.messages {
		if id, ok := strings.CutPrefix(k, "unit."); ok {
			out = append(out, id)
		}
	}
	sort.Strings(out)
	return out
}

// usedForms are the plural forms that numbers of the language take.
func (l *Lang) usedForms() []string {
	seen := map[plural.Form]bool{}
	for i := 0; i <= 200; i++ {
		seen[plural.Cardinal.MatchPlural(l.tag, i, 0, 0, 0, 0)] = true
	}
	seen[plural.Cardinal.MatchPlural(l.tag, 1_000_000, 0, 0, 0, 0)] = true
	seen[plural.Cardinal.MatchPlural(l.tag, 1, 1, 1, 5, 5)] = true
	var out []string
	for form := range seen {
		out = append(out, pluralForms[formIndex[form]])
	}
	sort.Strings(out)
	return out
}
