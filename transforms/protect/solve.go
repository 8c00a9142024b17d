package protect

// Solve marks the cells to hide. First the small ones, then, as long as some
// sum fixes a hidden cell, one more cell of that sum. exposed counts the sums
// in which published figures fix a hidden cell and nothing is left to hide.
//
// The choice is by value and order only, so the same table gives the same
// marks.
func Solve(t *Table) (marks []Mark, exposed int) {
	s := solver{t: t, marks: make([]Mark, len(t.Cells)), queued: make([]bool, len(t.Sums))}
	s.link()
	for i, c := range t.Cells {
		if c.Small && !c.Known {
			s.hide(i, Primary)
		}
	}
	for len(s.queue) > 0 {
		sum := s.queue[0]
		s.queue = s.queue[1:]
		s.queued[sum] = false
		for s.fixes(sum) {
			c, ok := s.choose(sum)
			if !ok {
				exposed++
				break
			}
			s.hide(c, Secondary)
		}
	}
	return s.marks, exposed
}

type solver struct {
	t      *Table
	marks  []Mark
	first  []int32 // per cell: start of its sums in sums
	sums   []int32
	twins  map[int][]int32 // only where there are several
	queue  []int32
	queued []bool
}

// link lists for each cell the sums it is part of, and the twins.
func (s *solver) link() {
	n := len(s.t.Cells)
	s.first = make([]int32, n+1)
	for _, sum := range s.t.Sums {
		for _, term := range sum {
			s.first[term.Cell+1]++
		}
	}
	for i := 0; i < n; i++ {
		s.first[i+1] += s.first[i]
	}
	s.sums = make([]int32, s.first[n])
	next := append([]int32(nil), s.first[:n]...)
	for i, sum := range s.t.Sums {
		for _, term := range sum {
			s.sums[next[term.Cell]] = int32(i)
			next[term.Cell]++
		}
	}
	count := map[int]int{}
	seen := make(map[int]int, n)
	for i, c := range s.t.Cells {
		if c.Twin == 0 {
			continue
		}
		if f, ok := seen[c.Twin]; ok && f != i {
			count[c.Twin]++
		} else {
			seen[c.Twin] = i
		}
	}
	s.twins = map[int][]int32{}
	if len(count) == 0 {
		return
	}
	for i, c := range s.t.Cells {
		if count[c.Twin] > 0 {
			s.twins[c.Twin] = append(s.twins[c.Twin], int32(i))
		}
	}
}

// hide marks a cell and what is the same count elsewhere, and looks again at
// every sum they are part of.
func (s *solver) hide(cell int, m Mark) {
	s.hideOne(cell, m)
	for _, twin := range s.twins[s.t.Cells[cell].Twin] {
		if !s.t.Cells[twin].Known {
			s.hideOne(int(twin), Secondary)
		}
	}
}

func (s *solver) hideOne(cell int, m Mark) {
	if s.marks[cell] != Shown {
		return
	}
	if s.t.Cells[cell].Small {
		m = Primary
	}
	s.marks[cell] = m
	for _, sum := range s.sums[s.first[cell]:s.first[cell+1]] {
		if !s.queued[sum] {
			s.queued[sum] = true
			s.queue = append(s.queue, sum)
		}
	}
}

// bounds is what a reader knows of a hidden cell before looking at sums. A
// cell hidden for others' sake is known to be none of the small ones, unless
// it is a nought that had to serve.
func (s *solver) bounds(cell int) (lo, hi int64) {
	c := &s.t.Cells[cell]
	if c.Small {
		return c.Lo, c.Hi
	}
	return min(c.Value, s.t.Threshold), Unbounded
}

// fixes reports whether the sum, with all that is shown in it, leaves only
// one possible value for some hidden cell.
func (s *solver) fixes(sum int32) bool {
	var rest, low, high int64 // what is shown adds up to rest; hidden terms lie within low..high
	var noLow, noHigh, hidden int
	for _, term := range s.t.Sums[sum] {
		if s.marks[term.Cell] == Shown {
			rest += term.Sign * s.t.Cells[term.Cell].Value
			continue
		}
		hidden++
		a, b := s.term(term)
		if a <= -Unbounded {
			noLow++
		} else {
			low += a
		}
		if b >= Unbounded {
			noHigh++
		} else {
			high += b
		}
	}
	if hidden == 0 {
		return false
	}
	for _, term := range s.t.Sums[sum] {
		if s.marks[term.Cell] == Shown {
			continue
		}
		// The term is -rest minus all other hidden terms.
		a, b := s.term(term)
		least, most := a, b
		othersLow, othersHigh, unLow, unHigh := low, high, noLow, noHigh
		if a <= -Unbounded {
			unLow--
		} else {
			othersLow -= a
		}
		if b >= Unbounded {
			unHigh--
		} else {
			othersHigh -= b
		}
		if unHigh == 0 {
			least = max(least, -rest-othersHigh)
		}
		if unLow == 0 {
			most = min(most, -rest-othersLow)
		}
		if least >= most {
			return true
		}
	}
	return false
}

func (s *solver) term(t Term) (low, high int64) {
	lo, hi := s.bounds(t.Cell)
	if t.Sign < 0 {
		return -hi, -lo
	}
	return lo, hi
}

// choose is the next cell of a sum to hide: the smallest part that is large
// enough to leave doubt, then other parts, then noughts, the whole last.
func (s *solver) choose(sum int32) (cell int, ok bool) {
	rank := func(i int, term Term) int64 {
		c := &s.t.Cells[term.Cell]
		switch {
		case term.Sign < 0:
			return 3
		case c.Value > s.t.Threshold:
			return 0
		case c.Value > 0:
			return 1
		}
		return 2
	}
	best, bestRank, bestValue := -1, int64(0), int64(0)
	for i, term := range s.t.Sums[sum] {
		c := &s.t.Cells[term.Cell]
		if s.marks[term.Cell] != Shown || c.Known {
			continue
		}
		r := rank(i, term)
		if best < 0 || r < bestRank || r == bestRank && c.Value < bestValue {
			best, bestRank, bestValue = term.Cell, r, c.Value
		}
	}
	return best, best >= 0
}
