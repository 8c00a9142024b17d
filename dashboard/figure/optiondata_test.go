package figure

import (
	"encoding/json"
	"math"
	"testing"
	"testing/quick"
)

// What is appended by hand must be what the JSON package would have written,
// or a name could end its script element or a number be read as another.
func TestAppendedJSONIsThatOfTheJSONPackage(t *testing.T) {
	same := func(got []byte, v any) bool {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Logf("%v is written as %s, want %s", v, got, want)
		}
		return string(got) == string(want)
	}
	for _, s := range []string{"", "plain", "тыс. чел.", "1\u2011е", "a – b…", "</script>", "a & b", `"`, `\`, "\x00\t\n\x7f", "\u2028", "x\u2029y", "\xff", "ab\xe2", "ab\xe2\x80", "\u20ac"} {
		if !same(appendText(nil, s), s) {
			t.Errorf("text %q is written otherwise", s)
		}
	}
	if err := quick.Check(func(s string) bool { return same(appendText(nil, s), s) }, nil); err != nil {
		t.Error(err)
	}
	number := func(v float64) bool {
		got, err := appendNumber(nil, v)
		return err == nil && same(got, v)
	}
	for _, v := range []float64{0, math.Copysign(0, -1), 1, -1.5, 2019.493, 1e-6, 9.9e-7, 1e20, 1e21, 1.7e308, 5e-324} {
		if !number(v) {
			t.Errorf("%v is written otherwise", v)
		}
	}
	if err := quick.Check(number, nil); err != nil {
		t.Error(err)
	}
	if _, err := appendNumber(nil, math.NaN()); err == nil {
		t.Error("what is no number was written")
	}
}

// A field of a series that is set and not appended would be missing from the
// chart without a word.
func TestAppendedSeriesAreThoseOfTheJSONPackage(t *testing.T) {
	for _, example := range []bool{false, true} {
		for _, f := range append(samples(example), runsFigure(example), polygonFigure()) {
			switch f.Kind {
			case Dots, Line, Multiples, Map:
			default:
				continue
			}
			o := f.chart(nil)
			for i := range o.frame.MultiSeries {
				s := &o.frame.MultiSeries[i]
				got, err := appendSeries(nil, s, nil)
				if err != nil {
					t.Fatal(err)
				}
				s.Data = []int{}
				if want, _ := json.Marshal(s); string(got) != string(want) {
					t.Errorf("%s: series %d is written as\n%s, want\n%s", f.ID, i, got, want)
				}
			}
		}
	}
}

// A title that looks like one of our marks must not be taken for the place of
// the data.
func TestATextIsNoPlaceForData(t *testing.T) {
	f := lineFigure(false)
	f.Finding, f.Subtitle = seriesMark, numbersMark
	b, err := f.Option()
	if err != nil {
		t.Fatal(err)
	}
	var o struct {
		Title  struct{ Text, Subtext string }
		Series []struct{ Data []any }
		Tereze []any
	}
	if err := json.Unmarshal(b, &o); err != nil {
		t.Fatal(err)
	}
	if o.Title.Text != f.Finding || len(o.Tereze) == 0 || len(o.Series) == 0 {
		t.Errorf("title %q, %d numbers, %d series", o.Title.Text, len(o.Tereze), len(o.Series))
	}
}
