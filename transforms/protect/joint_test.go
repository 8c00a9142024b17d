package protect

import (
	"maps"
	"math/rand"
	"slices"
	"testing"
)

// A running count of 24, 25, 26 with gains of one: each sum alone leaves the
// gains in doubt, both together say one and one.
func TestSumsTogetherGiveNoSmallCountAway(t *testing.T) {
	for _, later := range []bool{false, true} {
		cells := []Cell{small(24), small(25), small(26), small(1), small(1)}
		sums := [][]Term{total(1, 0, 3), total(2, 1, 4)}
		if later {
			sums[0], sums[1] = sums[1], sums[0]
		}
		marks, exposed := Solve(&Table{Threshold: 5, Cells: cells, Sums: sums})
		shown := 0
		for _, m := range marks[:3] {
			if m == Shown {
				shown++
			}
		}
		if exposed != 0 || shown > 1 {
			t.Errorf("later gain first %v: marks %s, %d exposed; two shown counts tell the gains between them", later, letters(marks), exposed)
		}
	}
}

// Where everything else was published, nothing can be hidden: it must be
// said, not passed over.
func TestWhatPublishedSumsGiveAwayIsCounted(t *testing.T) {
	known := func(v int64) Cell { return Cell{Value: v, Known: true} }
	cells := []Cell{known(24), small(25), known(26), small(1), small(1)}
	_, exposed := Solve(&Table{Threshold: 5, Cells: cells, Sums: [][]Term{total(1, 0, 3), total(2, 1, 4)}})
	if exposed != 2 {
		t.Errorf("two published counts give both gains away; %d are told of", exposed)
	}
}

// One count that cannot be saved must not take numbers from readers that
// have nothing to do with it.
func TestWhatCannotBeSavedHidesNothingElse(t *testing.T) {
	cells := []Cell{small(4), small(1), small(1), small(1), small(1)}
	sums := [][]Term{total(0, 1, 2, 3, 4)}
	first := len(cells)
	for range 6 { // running totals with gains, tied to the first part by a sum
		n := len(cells)
		cells = append(cells, small(20), small(12), small(8))
		sums = append(sums, total(n, n+1, n+2))
	}
	cells = append(cells, small(121))
	whole := []int{len(cells) - 1, 1}
	for i := first; i < len(cells)-1; i += 3 {
		whole = append(whole, i)
	}
	sums = append(sums, total(whole...))
	marks, exposed := Solve(&Table{Threshold: 5, Cells: cells, Sums: sums})
	shown := 0
	for _, m := range marks[first:] {
		if m == Shown {
			shown++
		}
	}
	if exposed == 0 || shown < len(marks[first:])-4 {
		t.Errorf("%d exposed, %d of %d unrelated counts shown; marks %s", exposed, shown, len(marks[first:]), letters(marks))
	}
}

// Every solution of all sums together is tried, for tables small enough: each
// small count must have at least two values.
func TestNoSetOfSumsFixesASmallCountInRandomTables(t *testing.T) {
	checked := 0
	for seed := int64(0); seed < 3000; seed++ {
		r := rand.New(rand.NewSource(seed))
		tab := crossed(r)
		marks, exposed := Solve(tab)
		if exposed > 0 {
			// A whole of four in four parts is four ones whatever is hidden.
			for i := range marks {
				if !tab.Cells[i].Small {
					marks[i] = Secondary
				}
			}
			if possible, ok := solutions(tab, marks); ok && !slices.ContainsFunc(slices.Collect(maps.Values(possible)), func(v map[int64]bool) bool { return len(v) == 1 }) {
				t.Fatalf("seed %d: %d are called exposed, yet with everything hidden each has two values", seed, exposed)
			}
			continue
		}
		possible, ok := solutions(tab, marks)
		if !ok {
			continue
		}
		checked++
		for cell, values := range possible {
			if marks[cell] == Primary && len(values) == 1 {
				t.Fatalf("seed %d: all sums together leave one value for cell %d (%d); marks %s", seed, cell, tab.Cells[cell].Value, letters(marks))
			}
		}
	}
	if checked < 300 {
		t.Fatalf("only %d tables were small enough to try", checked)
	}
}

// crossed is a small table of rows by columns with totals both ways.
func crossed(r *rand.Rand) *Table {
	rows, cols := 2+r.Intn(2), 2
	grid := make([]int64, (rows+1)*(cols+1))
	at := func(i, j int) int { return i*(cols+1) + j }
	for i := 1; i <= rows; i++ {
		for j := 1; j <= cols; j++ {
			v := int64(r.Intn(9))
			grid[at(i, j)] = v
			grid[at(0, j)] += v
			grid[at(i, 0)] += v
			grid[at(0, 0)] += v
		}
	}
	t := &Table{Threshold: 5}
	for _, v := range grid {
		t.Cells = append(t.Cells, small(v))
	}
	for j := 0; j <= cols; j++ {
		parts := []int{at(0, j)}
		for i := 1; i <= rows; i++ {
			parts = append(parts, at(i, j))
		}
		t.Sums = append(t.Sums, total(parts...))
	}
	for i := 0; i <= rows; i++ {
		t.Sums = append(t.Sums, total(at(i, 0), at(i, 1), at(i, 2)))
	}
	return t
}

// solutions are the values that each hidden cell takes over all ways to fill
// the table; it shares no code with the solver. It gives up on tables with
// too many ways: there, more than one value is certain enough.
func solutions(t *Table, marks []Mark) (map[int]map[int64]bool, bool) {
	const most = 40 // no total of these tables is larger by much
	var hidden []int
	for i, m := range marks {
		if m != Shown {
			hidden = append(hidden, i)
		}
	}
	if len(hidden) == 0 || len(hidden) > 8 {
		return nil, false
	}
	value := make([]int64, len(t.Cells))
	known := make([]bool, len(t.Cells))
	for i, c := range t.Cells {
		value[i], known[i] = c.Value, marks[i] == Shown
	}
	out := map[int]map[int64]bool{}
	for _, h := range hidden {
		out[h] = map[int64]bool{}
	}
	steps := 0
	var fill func(i int) bool
	fill = func(i int) bool {
		if steps++; steps > 200_000 {
			return false
		}
		for _, sum := range t.Sums {
			rest, whole := int64(0), true
			for _, term := range sum {
				whole = whole && known[term.Cell]
				rest += term.Sign * value[term.Cell]
			}
			if whole && rest != 0 {
				return true
			}
		}
		if i == len(hidden) {
			for _, h := range hidden {
				out[h][value[h]] = true
			}
			return true
		}
		c := t.Cells[hidden[i]]
		from, to := min(c.Value, t.Threshold), int64(most)
		if c.Small {
			from, to = c.Lo, c.Hi
		}
		known[hidden[i]] = true
		for v := from; v <= to; v++ {
			value[hidden[i]] = v
			if !fill(i + 1) {
				return false
			}
		}
		known[hidden[i]] = false
		return true
	}
	return out, fill(0)
}
