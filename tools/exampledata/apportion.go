package main

import (
	"hash/fnv"
	"math/rand/v2"
	"sort"
)

// seed makes the invented region what it is.
const seed = 20210630

// dice is a generator of its own for each purpose, so that a new measure
// changes no number of the others.
func dice(purpose string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(purpose))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// between is a whole number from lo to hi, both included.
func between(r *rand.Rand, lo, hi int) int { return lo + r.IntN(hi-lo+1) }

// apportion splits a total by weights into whole numbers that add up to it
// exactly (largest remainders; ties go to the earlier one). All in integers,
// so that every machine gets the same.
func apportion(total int, weights []int) []int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	out := make([]int, len(weights))
	if sum == 0 {
		return out
	}
	order := make([]int, len(weights))
	left := total
	for i, w := range weights {
		out[i] = total * w / sum
		left -= out[i]
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		return total*weights[order[a]]%sum > total*weights[order[b]]%sum
	})
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// permille is that many thousandths of n, rounded.
func permille(n, rate int) int { return (n*rate + 500) / 1000 }

func clamp(n, lo, hi int) int { return max(lo, min(n, hi)) }
