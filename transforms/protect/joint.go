package protect

import "slices"

// narrowings is how often the limits of one cell may be drawn closer before
// a round ends: a ring of sums can go on for as long as its numbers are large.
const narrowings = 32

// loosen hides one more cell near each small one that all sums together leave
// a single value for, although no sum does so alone. Of those that share a
// sum it serves one at a time: what is hidden for it may serve the others. It
// reports how many such cells there are, and whether it hid anything.
func (s *solver) loosen() (fixed int, hid bool) {
	cells := s.fixedTogether()
	if len(cells) > 0 && s.lost == nil {
		s.lost = s.beyondHelp()
	}
	served := map[int32]bool{} // sums in which something changed
	for _, cell := range cells {
		if s.lost[cell] || slices.ContainsFunc(s.sumsOf(int(cell)), func(sum int32) bool { return served[sum] }) {
			continue
		}
		c, ok := s.near(cell)
		if !ok {
			continue
		}
		for _, sum := range append(s.sumsOf(int(cell)), s.sumsOf(c)...) {
			served[sum] = true
		}
		s.hide(c, Secondary)
		hid = true
	}
	return len(cells), hid
}

// beyondHelp are the small cells that stay fixed were everything hidden that
// may be: a whole of four in four parts, or what published figures give away.
// To hide more for them would only take numbers from readers.
func (s *solver) beyondHelp() map[int32]bool {
	marks := s.marks
	s.marks = slices.Clone(marks)
	for i, c := range s.t.Cells {
		if s.marks[i] == Shown && !c.Known {
			s.marks[i] = Secondary
		}
	}
	lost := map[int32]bool{}
	for _, cell := range s.fixedTogether() {
		lost[cell] = true
	}
	s.marks = marks
	return lost
}

// fixedTogether are the small cells that have one possible value once the
// limits of every hidden cell are drawn as close as the sums allow, from sum
// to sum, until nothing changes.
func (s *solver) fixedTogether() []int32 {
	n := len(s.t.Cells)
	lo, hi, times := make([]int64, n), make([]int64, n), make([]uint8, n)
	waiting := make([]bool, len(s.t.Sums))
	var queue []int32
	look := func(cell int) {
		for _, sum := range s.sumsOf(cell) {
			if !waiting[sum] {
				waiting[sum] = true
				queue = append(queue, sum)
			}
		}
	}
	for i := range s.t.Cells {
		lo[i], hi[i] = s.bounds(i)
		if s.marks[i] != Shown {
			look(i)
		}
	}
	draw := func(cell int, least, most int64) {
		if s.marks[cell] == Shown || least <= lo[cell] && most >= hi[cell] || times[cell] == narrowings {
			return
		}
		times[cell]++
		lo[cell], hi[cell] = max(lo[cell], least), min(hi[cell], most)
		look(cell)
	}
	of := func(cell int) (int64, int64) { return lo[cell], hi[cell] }
	for len(queue) > 0 {
		sum := queue[0]
		queue = queue[1:]
		waiting[sum] = false
		s.within(sum, of, func(cell int, least, most int64) {
			draw(cell, least, most)
			for _, twin := range s.twins[s.t.Cells[cell].Twin] {
				if s.t.Cells[twin].Value == s.t.Cells[cell].Value { // two sources may disagree
					draw(int(twin), least, most)
				}
			}
		})
	}
	var out []int32
	for i := range s.t.Cells {
		if c := &s.t.Cells[i]; s.marks[i] == Primary && c.Lo < c.Hi && lo[i] >= hi[i] {
			out = append(out, int32(i))
		}
	}
	return out
}

// near is the next cell to hide for a small one: in its own sums, or else in
// the sums of the hidden cells that stand in them, and so on.
func (s *solver) near(cell int32) (int, bool) {
	seen := map[int32]bool{cell: true}
	for ring := []int32{cell}; len(ring) > 0; {
		var next []int32
		for _, c := range ring {
			for _, sum := range s.sumsOf(int(c)) {
				if found, ok := s.choose(sum); ok {
					return found, true
				}
				for _, t := range s.t.Sums[sum] {
					if i := int32(t.Cell); s.marks[i] != Shown && !seen[i] {
						seen[i] = true
						next = append(next, i)
					}
				}
			}
		}
		ring = next
	}
	return 0, false
}
