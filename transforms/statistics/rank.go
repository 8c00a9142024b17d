package statistics

import (
	"math"
	"sort"
)

// Rank is the place of one area among several as a range: 1 is the first.
// Areas of one Group cannot be told apart, neither directly nor through a
// chain of neighbours; groups are numbered from the first.
type Rank struct{ Lower, Upper, Group int }

// least is the smallest expected count for which two areas are compared at
// all (W. G. Cochran 1954); below it the pair counts as not told apart.
const least = 5

// Ranks gives each area the range of ranks that its data allow, all ranges
// holding together with probability 1 − alpha or more. The largest value has
// rank 1, or with ascending the smallest.
//
// Each ordered pair is tested one-sidedly with the pooled score statistic, and
// Holm's step-down procedure keeps the chance of even one wrong order at
// alpha: an area stands behind all that are surely before it, and before all
// that are surely behind it.
//
// Sources: M. Mogstad, J. P. Romano, A. M. Shaikh and D. Wilhelm (2024),
// Inference for ranks with applications to mobility across neighbourhoods and
// academic achievement across countries, Review of Economic Studies 91,
// 476–518; S. Holm (1979), A simple sequentially rejective multiple test
// procedure, Scandinavian Journal of Statistics 6, 65–70. Assumption: the
// areas have no case in common.
func Ranks(areas []Fraction, rate, ascending bool, alpha float64) []Rank {
	k := len(areas)
	out := make([]Rank, k)
	if k == 0 {
		return out
	}
	z := make([]float64, 0, k*(k-1)/2)
	for i := range areas {
		for j := i + 1; j < k; j++ {
			z = append(z, pairZ(areas[i], areas[j], rate))
		}
	}
	limit := holm(z, k*(k-1), alpha)
	before, behind := make([]int, k), make([]int, k)
	group := newGroups(k)
	n := 0
	for i := range areas {
		for j := i + 1; j < k; j++ {
			first, second := i, j
			if z[n] < 0 != ascending {
				first, second = j, i
			}
			if math.Abs(z[n]) >= limit {
				before[second]++
				behind[first]++
			} else {
				group.join(i, j)
			}
			n++
		}
	}
	for i := range out {
		out[i] = Rank{Lower: 1 + before[i], Upper: k - behind[i]}
	}
	group.number(out, areas, ascending)
	return out
}

// pairZ is the score statistic of a − b; 0 where too few cases are expected.
func pairZ(a, b Fraction, rate bool) float64 {
	p := (a.Part + b.Part) / (a.Whole + b.Whole)
	rest := 1 - p
	if rate {
		rest = 1
	}
	expected := math.Min(a.Whole, b.Whole) * p
	if !rate {
		expected = math.Min(a.Whole, b.Whole) * math.Min(p, rest)
	}
	if !(expected >= least) {
		return 0
	}
	return (a.Value() - b.Value()) / math.Sqrt(p*rest*(1/a.Whole+1/b.Whole))
}

// holm is the smallest statistic that is still significant among all. Steps
// are taken together: whatever passes the present limit is rejected, and the
// limit for the rest depends only on how many were.
func holm(z []float64, hypotheses int, alpha float64) float64 {
	limit, rejected := math.Inf(1), 0
	for hypotheses > rejected {
		next := oneSidedZ(alpha / float64(hypotheses-rejected))
		n := 0
		for _, v := range z {
			if math.Abs(v) >= next {
				n++
			}
		}
		if n == rejected {
			break
		}
		limit, rejected = next, n
	}
	return limit
}

// groups joins areas that cannot be told apart.
type groups struct{ parent []int }

func newGroups(n int) groups {
	g := groups{make([]int, n)}
	for i := range g.parent {
		g.parent[i] = i
	}
	return g
}

func (g groups) root(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

func (g groups) join(i, j int) { g.parent[g.root(i)] = g.root(j) }

// number counts the groups from the first rank on.
func (g groups) number(out []Rank, areas []Fraction, ascending bool) {
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := areas[order[a]].Value(), areas[order[b]].Value()
		if ascending {
			x, y = y, x
		}
		return x > y
	})
	names := map[int]int{}
	for _, i := range order {
		r := g.root(i)
		if names[r] == 0 {
			names[r] = len(names) + 1
		}
		out[i].Group = names[r]
	}
}
