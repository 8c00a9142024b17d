package figure

import (
	"slices"
	"strconv"
	"strings"
)

// keysOf abbreviates the names of areas for those that have no room for
// them: the shortest beginning, of at least three letters, that no other
// name has. A number would be taken for a value.
func keysOf(marks []Mark) []string {
	names := make([][]rune, len(marks))
	for i := range marks {
		names[i] = []rune(strings.TrimSpace(marks[i].short()))
	}
	out := make([]string, len(marks))
	for i, name := range names {
		n := min(3, len(name))
		for n < len(name) && sharesStart(names, i, n) {
			n++
		}
		out[i] = strings.TrimRight(string(name[:n]), " -.")
		switch {
		case n < len(name):
			out[i] += "."
		case slices.ContainsFunc(names[:i], func(other []rune) bool { return strings.EqualFold(string(other), string(name)) }):
			out[i] += " " + strconv.Itoa(i+1) // a second area of this name: only the key can tell them apart
		}
	}
	return out
}

// sharesStart reports whether another name begins with the first n letters
// of name i.
func sharesStart(names [][]rune, i, n int) bool {
	for j, other := range names {
		if j != i && len(other) >= n && strings.EqualFold(string(other[:n]), string(names[i][:n])) {
			return true
		}
	}
	return false
}
