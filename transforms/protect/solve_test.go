package protect

import (
	"math/rand"
	"testing"
)

func total(parts ...int) []Term {
	terms := []Term{{parts[0], -1}}
	for _, p := range parts[1:] {
		terms = append(terms, Term{p, 1})
	}
	return terms
}

func small(v int64) Cell { return Cell{Value: v, Small: v >= 1 && v <= 4, Lo: 1, Hi: 4} }

// Each table is one total and its parts; marks as letters: s shown, p small,
// d hidden for the sake of others.
func TestOneMoreCellIsHiddenWhereATotalGivesASmallOneAway(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []Cell
		want  string
	}{
		{"nothing small", []Cell{small(30), small(10), small(20)}, "sss"},
		{"one small: the smallest part that leaves doubt goes too", []Cell{small(43), small(3), small(10), small(30)}, "spds"},
		{"two small that are in doubt between them", []Cell{small(35), small(3), small(2), small(30)}, "spps"},
		{"two ones are fixed by their sum of two", []Cell{small(32), small(1), small(1), small(30)}, "sppd"},
		{"two fours are fixed by their sum of eight", []Cell{small(38), small(4), small(4), small(30)}, "sppd"},
		{"one and five: five alone would leave no doubt", []Cell{small(36), small(1), small(5), small(30)}, "spsd"},
		{"a published part is never hidden", []Cell{small(43), small(3), {Value: 10, Known: true}, small(30)}, "spsd"},
		{"a published small count stays", []Cell{small(43), {Value: 3, Known: true, Small: true}, small(10), small(30)}, "ssss"},
		{"only noughts beside it: the total goes, being small itself", []Cell{small(3), small(3), small(0), small(0)}, "ppss"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var idx []int
			for i := range c.cells {
				idx = append(idx, i)
			}
			marks, _ := Solve(&Table{Threshold: 5, Cells: c.cells, Sums: [][]Term{total(idx...)}})
			if got := letters(marks); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func letters(marks []Mark) string {
	b := make([]byte, len(marks))
	for i, m := range marks {
		b[i] = "spd"[m]
	}
	return string(b)
}

// The same count in two sources is hidden in both, or one would tell.
func TestTwinsAreHiddenTogether(t *testing.T) {
	cells := []Cell{small(43), {Value: 3, Small: true, Lo: 1, Hi: 4, Twin: 7}, small(10), small(30), {Value: 6, Twin: 7}}
	marks, _ := Solve(&Table{Threshold: 5, Cells: cells, Sums: [][]Term{total(0, 1, 2, 3)}})
	if got := letters(marks); got != "spdsd" {
		t.Errorf("got %s, want spdsd", got)
	}
}

// For any table of districts by categories with totals both ways: no single
// sum, solved for a hidden cell with all that is shown, leaves one value, and
// nothing that was published is hidden.
func TestNoSumFixesAHiddenCountInRandomTables(t *testing.T) {
	for seed := int64(0); seed < 3000; seed++ {
		r := rand.New(rand.NewSource(seed))
		tab, rows, cols := random(r)
		marks, exposed := Solve(tab)
		for i, c := range tab.Cells {
			if c.Known && marks[i] != Shown {
				t.Fatalf("seed %d: published cell %d is hidden", seed, i)
			}
			if c.Small && !c.Known && marks[i] == Shown {
				t.Fatalf("seed %d: small cell %d is shown", seed, i)
			}
		}
		if exposed > 0 {
			if !anyKnown(tab) {
				t.Fatalf("seed %d: %d sums give a count away although nothing was published", seed, exposed)
			}
			continue
		}
		for _, sum := range tab.Sums {
			if v, ok := onlySolution(tab, marks, sum); ok {
				t.Fatalf("seed %d (%d × %d): a sum leaves only %d for a hidden cell", seed, rows, cols, v)
			}
		}
	}
}

func anyKnown(t *Table) bool {
	for _, c := range t.Cells {
		if c.Known {
			return true
		}
	}
	return false
}

// onlySolution tries all values that the small cells of a sum may have; it
// shares no code with the solver. Sums with many hidden cells are left out:
// they have many solutions or the two-cell case shows it.
func onlySolution(t *Table, marks []Mark, sum []Term) (int64, bool) {
	rest := int64(0)
	var smalls, others []Term
	for _, term := range sum {
		switch {
		case marks[term.Cell] == Shown:
			rest += term.Sign * t.Cells[term.Cell].Value
		case t.Cells[term.Cell].Small:
			smalls = append(smalls, term)
		default:
			others = append(others, term)
		}
	}
	if len(smalls) == 0 || len(smalls) > 5 {
		return 0, false
	}
	possible := make([]map[int64]bool, len(smalls))
	for i := range possible {
		possible[i] = map[int64]bool{}
	}
	vals := make([]int64, len(smalls))
	var walk func(i int, acc int64)
	walk = func(i int, acc int64) {
		if i == len(smalls) {
			left := -acc // what the others' terms must add up to
			ok := left == 0
			if len(others) == 1 {
				v := left * others[0].Sign
				ok = v >= min(t.Threshold, t.Cells[others[0].Cell].Value)
			} else if len(others) > 1 {
				ok = true
			}
			if ok {
				for j, v := range vals {
					possible[j][v] = true
				}
			}
			return
		}
		for v := int64(1); v < t.Threshold; v++ {
			vals[i] = v
			walk(i+1, acc+smalls[i].Sign*v)
		}
	}
	walk(0, rest)
	for _, p := range possible {
		if len(p) == 1 {
			for v := range p {
				return v, true
			}
		}
	}
	return 0, false
}

func random(r *rand.Rand) (t *Table, rows, cols int) {
	rows, cols = 2+r.Intn(6), 1+r.Intn(4)
	t = &Table{Threshold: 5}
	at := func(i, j int) int { return i*(cols+1) + j }
	grid := make([][]int64, rows+1)
	for i := range grid {
		grid[i] = make([]int64, cols+1)
	}
	for i := 1; i <= rows; i++ {
		for j := 1; j <= cols; j++ {
			v := int64(r.Intn(12))
			if r.Intn(3) == 0 {
				v = int64(r.Intn(200))
			}
			grid[i][j] = v
			grid[0][j] += v
			grid[i][0] += v
			grid[0][0] += v
		}
	}
	publish := r.Intn(2) == 0
	for i := 0; i <= rows; i++ {
		for j := 0; j <= cols; j++ {
			c := small(grid[i][j])
			c.Known = publish && r.Intn(8) == 0
			t.Cells = append(t.Cells, c)
		}
	}
	for j := 0; j <= cols; j++ {
		var parts []int
		for i := 0; i <= rows; i++ {
			parts = append(parts, at(i, j))
		}
		t.Sums = append(t.Sums, total(parts...))
	}
	if cols > 1 {
		for i := 0; i <= rows; i++ {
			var parts []int
			for j := 0; j <= cols; j++ {
				parts = append(parts, at(i, j))
			}
			t.Sums = append(t.Sums, total(parts...))
		}
	}
	return t, rows, cols
}
