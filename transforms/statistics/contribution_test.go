package statistics

import (
	"math/big"
	"math/rand"
	"slices"
	"testing"
)

// Parts that add up to 99.9 % would be found by the first reader with a
// calculator.
func TestContributionsAddUpExactly(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 5000 {
		changes := make([]int64, 1+r.Intn(30))
		var total int64
		for i := range changes {
			changes[i] = int64(r.Intn(4001) - 2000)
			total += changes[i]
		}
		decimals := r.Intn(4)
		parts, ok := Contributions(changes, decimals)
		if ok != (total != 0) {
			t.Fatalf("%v: ok = %v although the change is %d", changes, ok, total)
		}
		if !ok {
			continue
		}
		want := int64(100)
		for range decimals {
			want *= 10
		}
		var sum int64
		for i, p := range parts {
			sum += p
			exact := new(big.Rat).SetFrac64(changes[i]*want, 1)
			exact.Quo(exact, new(big.Rat).SetInt64(total))
			off := new(big.Rat).Sub(new(big.Rat).SetInt64(p), exact)
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("%v: part %d is %d, exactly %s", changes, i, p, exact.FloatString(3))
			}
		}
		if sum != want {
			t.Fatalf("%v: the parts add up to %d, want %d", changes, sum, want)
		}
	}
}

func TestContributionsAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		name    string
		changes []int64
		want    []int64
	}{
		{"a third each", []int64{1, 1, 1}, []int64{334, 333, 333}},
		{"one district", []int64{-7}, []int64{1000}},
		{"against the region", []int64{30, -10}, []int64{1500, -500}},
		{"both fell", []int64{-30, -10}, []int64{750, 250}},
		{"one without change", []int64{0, 5}, []int64{0, 1000}},
		{"more than 64 bits on the way", []int64{4e18, 4e18}, []int64{500, 500}},
	} {
		if got, ok := Contributions(c.changes, 1); !ok || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if _, ok := Contributions([]int64{5, -5}, 1); ok {
		t.Error("no change has parts")
	}
	if _, ok := Contributions(nil, 1); ok {
		t.Error("nobody has parts")
	}
}
