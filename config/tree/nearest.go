package tree

import (
	"slices"
	"strings"
)

// Nearest is the name among names that differs least from given, or "" when
// none is near enough to be what was meant.
func Nearest(given string, names []string) string {
	best, distance := "", 1+max(2, len([]rune(given))/3)
	for _, n := range names {
		if d := edits(strings.ToLower(given), strings.ToLower(n)); d < distance || d == distance && best != "" && n < best {
			best, distance = n, d
		}
	}
	return best
}

// edits is the number of letters to insert, delete, replace or swap with
// their neighbour (optimal string alignment distance).
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 200 || len(y) > 200 {
		return len(x) + len(y)
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

// Hint is the sentence that offers the nearest name, or the list of all where
// they are few, or "".
func Hint(given string, names []string) string {
	if n := Nearest(given, names); n != "" {
		return "did you mean " + n + "?"
	}
	var each []string
	for _, n := range names {
		if !slices.Contains(each, n) {
			each = append(each, n)
		}
		if len(each) > 12 {
			return ""
		}
	}
	if len(each) > 0 {
		return "valid: " + strings.Join(each, ", ")
	}
	return ""
}
