package protect

// Solve marks the cells to hide. First the small ones, then, as long as some
// sum fixes a hidden cell, one more cell of that sum; then, as long as all
// sums together fix a small one, one more cell near it. exposed counts
// the small cells that are given away whatever is hidden.
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
	for {
		s.settle()
		if fixed, hid := s.loosen(); !hid {
			return s.marks, fixed
		}
	}
}

// sumsOf are the sums that a cell is part of; its capacity is its length.
func (s *solver) sumsOf(cell int) []int32 {
	from, to := s.first[cell], s.first[cell+1]
	return s.sums[from:to:to]
}

// settle looks at each waiting sum on its own.
func (s *solver) settle() {
	for len(s.queue) > 0 {
		sum := s.queue[0]
		s.queue = s.queue[1:]
		s.queued[sum] = false
		for s.fixes(sum) {
			c, ok := s.choose(sum)
			if !ok {
				break
			}
			s.hide(c, Secondary)
		}
	}
}

type solver struct {
	t      *Table
	marks  []Mark
	first  []int32 // per cell: start of its sums in sums
	sums   []int32
	twins  map[int][]int32 // only where there are several
	queue  []int32
	queued []bool
	lost   map[int32]bool // small cells that nothing can save; nil until somebody asks
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
	for _, sum := range s.sumsOf(cell) {
		if !s.queued[sum] {
			s.queued[sum] = true
			s.queue = append(s.queue, sum)
		}
	}
}

// bounds is what a reader knows of a cell before looking at sums. A cell
// hidden for others' sake is known to be none of the small ones, unless
// it is a nought that had to serve.
func (s *solver) bounds(cell int) (lo, hi int64) {
	c := &s.t.Cells[cell]
	switch {
	case s.marks[cell] == Shown:
		return c.Value, c.Value
	case c.Small:
		return c.Lo, c.Hi
	}
	return min(c.Value, s.t.Threshold), Unbounded
}

// fixes reports whether the sum, with all that is shown in it, leaves only
// one possible value for some hidden cell.
func (s *solver) fixes(sum int32) bool {
	fixed := false
	s.within(sum, s.bounds, func(cell int, lo, hi int64) {
		fixed = fixed || s.marks[cell] != Shown && lo >= hi
	})
	return fixed
}

// within tells of each cell of a sum what the others leave possible for it,
// where of says what is known of each before.
func (s *solver) within(sum int32, of func(cell int) (lo, hi int64), tell func(cell int, lo, hi int64)) {
	terms := s.t.Sums[sum]
	var low, high int64 // what the terms add up to, but for those without a limit
	var noLow, noHigh int
	for _, t := range terms {
		a, b := signed(t.Sign, of, t.Cell)
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
	for _, t := range terms {
		// The term is minus all the others.
		a, b := signed(t.Sign, of, t.Cell)
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
			least = max(least, -othersHigh)
		}
		if unLow == 0 {
			most = min(most, -othersLow)
		}
		if t.Sign < 0 {
			least, most = -most, -least
		}
		tell(t.Cell, least, most)
	}
}

func signed(sign int64, of func(int) (int64, int64), cell int) (low, high int64) {
	lo, hi := of(cell)
	if sign < 0 {
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
