package figure

import (
	"slices"
	"testing"
)

func TestKeysTellAreasApart(t *testing.T) {
	label := func(names ...string) (marks []Mark) {
		for _, n := range names {
			marks = append(marks, Mark{Label: n})
		}
		return marks
	}
	for _, c := range []struct {
		name  string
		marks []Mark
		want  []string
	}{
		{"three letters are enough", label("Бородулихинский", "Глубоковский"), []string{"Бор.", "Глу."}},
		{"as many as it takes", label("Катонқарағай", "Катын"), []string{"Като.", "Каты."}},
		{"a short name stays whole", label("Абай", "Аб"), []string{"Аба.", "Аб"}},
		{"one name within another", label("Семей", "Семейтау"), []string{"Семей", "Семейт."}},
	} {
		got := keysOf(c.marks)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	same := keysOf(label("Абай", "Абай"))
	if same[0] == same[1] {
		t.Errorf("two areas bear the key %q: a reader takes one for the other", same[0])
	}
}
