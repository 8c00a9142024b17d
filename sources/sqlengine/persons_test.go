package sqlengine

import (
	"testing"

	"tereze/config/words"
	"tereze/sources/personal"
)

// persons knows the words that ship with the program.
func persons(t testing.TB) *personal.Finder {
	t.Helper()
	c, problems := words.Builtin()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return personal.NewFinder(personal.WordsOf(c))
}

// Without the words nobody could tell a count from a list of people, so
// nothing may leave the engine.
func TestWithoutWordsNothingPasses(t *testing.T) {
	for name, f := range map[string]*personal.Finder{"no finder": nil, "a finder without words": personal.NewFinder(personal.Words{})} {
		if err := checkColumns([]string{"area"}, f); err == nil {
			t.Errorf("%s: a column passed", name)
		}
	}
}
