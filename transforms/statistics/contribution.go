package statistics

import (
	"math/bits"
	"sort"
)

// Contributions says which part of a region's change each of its districts
// brought, in units of 10^-decimals per cent; the parts add up to exactly 100 %.
// A district that went against the region has a negative part, and others then
// have more. ok is false when the region did not change: nothing has a part of
// nothing.
//
// Each part is rounded down, and what is left is given, one unit each, to the
// largest remainders (T. Hare 1859; M. L. Balinski and H. P. Young 1982, Fair
// Representation).
func Contributions(changes []int64, decimals int) (parts []int64, ok bool) {
	scale := int64(100)
	for range decimals {
		scale *= 10
	}
	var total int64
	for _, c := range changes {
		total += c
	}
	if total == 0 {
		return nil, false
	}
	sign := int64(1)
	if total < 0 {
		sign, total = -1, -total
	}
	parts = make([]int64, len(changes))
	rest := make([]int64, len(changes))
	left := scale
	for i, c := range changes {
		parts[i], rest[i] = floorDivide(sign*c, scale, total)
		left -= parts[i]
	}
	order := make([]int, len(changes))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	for i := int64(0); i < left; i++ {
		parts[order[i]]++
	}
	return parts, true
}

// floorDivide is a × b ÷ d rounded down, and the remainder, for b, d > 0; the
// product is held in 128 bits.
func floorDivide(a, b, d int64) (quotient, remainder int64) {
	negative := a < 0
	if negative {
		a = -a
	}
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	q, r := bits.Div64(hi, lo, uint64(d))
	quotient, remainder = int64(q), int64(r)
	if negative {
		quotient = -quotient
		if remainder > 0 {
			quotient--
			remainder = d - remainder
		}
	}
	return quotient, remainder
}
