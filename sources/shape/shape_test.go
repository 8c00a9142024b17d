package shape

import (
	"fmt"
	"strings"
	"testing"

	"tereze/sources/grid"
)

// of describes a table whose cells are separated by bars.
func of(table string, wanted ...string) Shape {
	var g grid.Grid
	for i, line := range strings.Split(table, "\n") {
		g.Rows = append(g.Rows, grid.Row{Number: i + 1, Cells: strings.Split(line, "|")})
	}
	return Of(&g, wanted, 0)
}

// The type of a column is what most of its cells are; marks, blanks and few
// cells say nothing.
func TestTypes(t *testing.T) {
	got := of(strings.Join([]string{
		"Отчёт за 2021 год|||||",
		"Район|Семьи|Доля|Получено|Прим|Пусто",
		"Алтай|1 234|12,5 %|12.01.2021|-|",
		"Улан|x|3.25|13.01.2021|см. письмо|",
		"Риддер|5|7|2021-01-14||",
		"Самар|много|8|позже||",
		"Зайсан|7|…|15.01.2021||",
	}, "\n"), "Район", "Семьи")
	want := "[{Район text} {Семьи number} {Доля number} {Получено date} {Прим unknown} {Пусто unknown}]"
	if fmt.Sprint(got.Columns) != want {
		t.Errorf("got  %v\nwant %s", got.Columns, want)
	}
}

// What a column once was is remembered while it is empty.
func TestAnEmptyColumnKeepsItsType(t *testing.T) {
	full, empty := Shape{Columns: []Column{{"a", Number}}}, Shape{Columns: []Column{{"A", Unknown}}}
	if d := Diff(full, empty); len(d) != 0 {
		t.Errorf("an empty column is drift: %v", d)
	}
	kept := empty.Remember(full)
	if d := Diff(kept, Shape{Columns: []Column{{"a", Text}}}); len(d) != 1 || d[0].Kind != Retyped {
		t.Errorf("after an empty delivery the change is not seen: %v", d)
	}
}

// Renamed is told from lost and new only where the place, or the count, says so.
func TestDiff(t *testing.T) {
	c := func(names ...string) (s Shape) {
		for _, n := range names {
			name, kind, _ := strings.Cut(n, ":")
			s.Columns = append(s.Columns, Column{name, Type(kind)})
		}
		return s
	}
	for _, k := range []struct {
		name          string
		before, after Shape
		want          string
	}{
		{"same", c("a:text", "b:number"), c("b:number", "a:text"), ""},
		{"renamed in place", c("a:text", "b:number", "c:number"), c("a:text", "x:number", "y:number"), `column "b" is now "x"; column "c" is now "y"`},
		{"one lost, another kind new", c("a:text", "b:number"), c("a:text", "x:text"), `column "b" is lost; new column "x" (text)`},
		{"inserted and lost", c("a:text", "b:number"), c("x:number", "a:text", "y:date"), `column "b" is lost; new column "x" (number); new column "y" (date)`},
		{"other letters of one name", c("Район:text"), c("РАЙОН :text"), ""},
	} {
		var got []string
		for _, d := range Diff(k.before, k.after) {
			got = append(got, d.String())
		}
		if strings.Join(got, "; ") != k.want {
			t.Errorf("%s: %s, want %s", k.name, strings.Join(got, "; "), k.want)
		}
	}
}
