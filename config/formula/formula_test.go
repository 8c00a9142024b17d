package formula

import (
	"math"
	"testing"
)

// A range too narrow would call a true statement false.
func TestRangesOfFormulas(t *testing.T) {
	inf := math.Inf(1)
	of := map[string]Range{"a": {8500, 9499}, "b": {17500, 18499}, "zero": {-1, 1}, "open": {47000, inf}, "n": At(40)}
	for _, x := range []struct {
		text      string
		low, high float64
		ok        bool
	}{
		{"100 * a / b", 100 * 8500.0 / 18499, 100 * 9499.0 / 17500, true},
		{"100 - 100 * a / b", 100 - 100*9499.0/17500, 100 - 100*8500.0/18499, true},
		{"a + b - n", 25960, 27958, true},
		{"2*(n + 2)", 84, 84, true},
		{"1 - n / open", 1 - 40.0/47000, 1, true},
		{"a / zero", 0, 0, false},
		{"open - open", math.Inf(-1), inf, true},
	} {
		f, err := Parse(x.text)
		if err != nil {
			t.Fatal(err)
		}
		r, ok := f.Eval(func(n string) Range { return of[n] })
		if ok != x.ok || ok && (math.Abs(r.Low-x.low) > 1e-9 && r.Low != x.low || math.Abs(r.High-x.high) > 1e-9 && r.High != x.high) {
			t.Errorf("%s gives %v %v, expected %v to %v %v", x.text, r, ok, x.low, x.high, x.ok)
		}
	}
}

func TestWrongFormulasAreRefused(t *testing.T) {
	for _, s := range []string{"", "a +", "(a", "a b", "1..2", "a ^ b", ")"} {
		if f, err := Parse(s); err == nil {
			t.Errorf("%q was read as %v", s, f)
		}
	}
}

func TestNamesStandAsOftenAsWritten(t *testing.T) {
	f, err := Parse("(later - earlier) / earlier")
	if err != nil || len(f.Names()) != 3 {
		t.Errorf("names %v, %v", f.Names(), err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("100 * a / (b + 1)")
	f.Fuzz(func(t *testing.T, s string) {
		if g, err := Parse(s); err == nil {
			g.Eval(func(string) Range { return Range{1, 2} })
		}
	})
}
