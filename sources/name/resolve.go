package name

import (
	"slices"
	"strings"

	"tereze/model"
)

const maxCandidates = 5

// resolve tries, from strict to loose: a code, all words of a name in any
// order, the name without type words, with letters lost or typed on another
// keyboard. The first step that finds a name decides.
func (m *Matcher) resolve(text string, on model.Date) answer {
	text = strings.TrimSpace(text)
	if len(text) > 300 {
		return answer{code: Unknown}
	}
	if found := m.codes[strings.ToLower(text)]; found != nil {
		return m.decide(found, on, "")
	}
	words := tokens(text)
	if len(words) == 0 {
		return answer{code: Unknown}
	}
	stem, level := m.split(words)
	damaged := strings.ContainsRune(stem, lost)
	for _, find := range []func() []int{
		func() []int { return m.whole[sorted(words)] },
		func() []int { return m.stems[stem] },
		func() []int { return m.damaged(stem, damaged) },
		func() []int {
			if damaged {
				return nil
			}
			return m.loose[m.loosen(stem)]
		},
	} {
		if found := m.areasOf(find()); found != nil {
			return m.decide(found, on, level)
		}
	}
	return answer{code: Unknown, candidates: m.near(stem, on)}
}

func (m *Matcher) damaged(stem string, damaged bool) []int {
	if !damaged {
		return nil
	}
	var out []int
	for i, e := range m.entries {
		if fits(stem, e.stem) {
			out = append(out, i)
		}
	}
	return out
}

func (m *Matcher) areasOf(entries []int) []int {
	var out []int
	for _, e := range entries {
		if a := m.entries[e].area; !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// decide picks the one area that the found ones leave: of the level that the
// type words say, valid on the day, in the matcher's region before others.
func (m *Matcher) decide(found []int, on model.Date, level string) answer {
	keep := func(list []int, ok func(int, model.Area) bool) []int {
		var out []int
		for _, i := range list {
			if ok(i, m.areas[i]) {
				out = append(out, i)
			}
		}
		return out
	}
	valid := keep(found, func(_ int, a model.Area) bool { return on == "" && m.newest(a) || on != "" && a.ValidOn(on) })
	if len(valid) == 0 {
		return answer{code: NotValid, candidates: m.list(found)}
	}
	if level != "" && level != "any" {
		right := keep(valid, func(i int, a model.Area) bool { return a.Level == level || a.Level == "" || m.said[i][level] })
		if len(right) == 0 {
			// "Abai Region" is not Abai District.
			return answer{code: Unknown, candidates: m.list(valid)}
		}
		valid = right
	}
	if len(valid) > 1 {
		if here := keep(valid, func(_ int, a model.Area) bool { return m.inside[a.Code] }); len(here) > 0 {
			valid = here
		}
	}
	if len(valid) > 1 {
		return answer{code: Ambiguous, candidates: m.list(valid)}
	}
	return answer{area: m.areas[valid[0]]}
}

func (m *Matcher) newest(a model.Area) bool {
	for _, i := range m.codes[strings.ToLower(a.Code)] {
		if m.areas[i].ValidFrom > a.ValidFrom {
			return false
		}
	}
	return true
}

func (m *Matcher) list(found []int) []Candidate {
	var out []Candidate
	for _, i := range found[:min(len(found), maxCandidates)] {
		out = append(out, Candidate{Area: m.areas[i]})
	}
	return out
}

// near are the areas of the day whose names are only a few letters away.
func (m *Matcher) near(stem string, on model.Date) []Candidate {
	want := []rune(m.loosen(stem))
	if len(want) > 60 {
		return nil
	}
	best := map[int]int{}
	for _, e := range m.entries {
		if a := m.areas[e.area]; on == "" && !m.newest(a) || on != "" && !a.ValidOn(on) {
			continue
		}
		limit := max(2, len(e.runes)/4)
		d := distance(want, e.runes, limit)
		if old, ok := best[e.area]; d <= limit && d < len(want) && (!ok || d < old) {
			best[e.area] = d
		}
	}
	var out []Candidate
	for i, d := range best {
		out = append(out, Candidate{Area: m.areas[i], Distance: d})
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		if a.Distance != b.Distance {
			return a.Distance - b.Distance
		}
		if c := strings.Compare(a.Area.Code, b.Area.Code); c != 0 {
			return c
		}
		return strings.Compare(string(a.Area.ValidFrom), string(b.Area.ValidFrom))
	})
	return out[:min(len(out), maxCandidates)]
}
