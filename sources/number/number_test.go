package number

import (
	"errors"
	"regexp"
	"testing"

	"tereze/model"
)

// Each row says what a reader of the report would be told wrongly if it failed.
var numbers = []struct {
	name, text string
	options    Options
	want       string // canonical; "!" = refused
}{
	{"plain count", "1234", Options{}, "1234"},
	{"zero is a count", "0", Options{}, "0"},
	{"space thousands", "1 234", Options{}, "1234"},
	{"case 18: no-break space thousands", "171\u00a0623", Options{}, "171623"},
	{"case 18: narrow no-break space thousands", "1\u202f363\u202f797", Options{}, "1363797"},
	{"apostrophe thousands", "1'234'567", Options{}, "1234567"},
	{"typographic apostrophe", "1’234", Options{}, "1234"},
	{"case 18: decimal comma", "0,5", Options{}, "0.5"},
	{"decimal point", "0.5", Options{}, "0.5"},
	{"decimal comma with space thousands", "1 234,567", Options{}, "1234.567"},
	{"both signs, comma decimal", "1.234,56", Options{}, "1234.56"},
	{"both signs, point decimal", "1,234.56", Options{}, "1234.56"},
	{"comma thousands twice can only be thousands", "1,234,567", Options{}, "1234567"},
	{"one comma before three digits may be either", "1,234", Options{}, "!"},
	{"one point before three digits may be either", "1.234", Options{}, "!"},
	{"declared comma makes it decimals", "1,234", Options{Decimal: ","}, "1.234"},
	{"declared point makes it thousands", "1,234", Options{Decimal: "."}, "1234"},
	{"declared comma makes the point thousands", "1.234", Options{Decimal: ","}, "1234"},
	{"a leading zero can only be decimals", "0,125", Options{}, "0.125"},
	{"four digits before can only be decimals", "1234,567", Options{}, "1234.567"},
	{"undeclared sign is refused, not turned into thousands", "12,5", Options{Decimal: "."}, "!"},
	{"both signs against the declaration", "1,234.5", Options{Decimal: ","}, "!"},
	{"zero with thousands", "0,123", Options{Decimal: "."}, "!"},
	{"Indian groups", "1,23,456", Options{}, "!"},
	{"two numbers in one cell", "12 34", Options{}, "!"},
	{"two kinds of thousands", "1 234'567", Options{}, "!"},
	{"blanks around", " \u00a0 42 \n", Options{}, "42"},
	{"needless zeros", "0012,500", Options{}, "12.5"},
	{"a float's whole number", "12.0", Options{}, "12"},
	{"percent of a percent unit", "45,9 %", Options{Percent: true}, "45.9"},
	{"percent of a count", "45 %", Options{}, "!"},
	{"minus", "-5", Options{}, "-5"},
	{"typographic minus", "−5,25", Options{}, "-5.25"},
	{"brackets of book-keeping", "(1 234)", Options{}, "-1234"},
	{"no negative zero", "-0", Options{}, "0"},
	{"superscript footnote", "12¹", Options{}, "12"},
	{"asterisk footnote", "12*", Options{}, "12"},
	{"footnote with bracket may be digits", "12 1)", Options{}, "!"},
	{"case 16: two footnotes glued", "2025 7)8)", Options{}, "!"},
	{"case 18: fourfold", "в 4 раза", Options{}, "!"},
	{"case 19: almost two thousand", "почти 2 тысячи", Options{}, "!"},
	{"words for no data", "нет данных", Options{}, "!"},
	{"case 14: a letter O among digits", "1О5", Options{}, "!"},
	{"an error of a workbook", "#REF!", Options{}, "!"},
	{"an exponent in text has lost digits", "8,5E+11", Options{}, "!"},
	{"an exponent of the file's own number", "1.5E3", Options{Literal: true}, "1500"},
	{"a small exponent", "5.1E-2", Options{Literal: true}, "0.051"},
	{"a workbook's point is never thousands", "1.234", Options{Literal: true}, "1.234"},
	{"a workbook's point is never thousands, even with comma declared", "1.234", Options{Literal: true, Decimal: ","}, "1.234"},
	{"a workbook's percentage", "5.125%", Options{Literal: true, Percent: true}, "5.125"},
	{"a date", "01.07.2021", Options{}, "!"},
	{"a range", "10–20", Options{}, "!"},
	{"a fraction", "1/2", Options{}, "!"},
	{"too many digits", "1234567890123456789012345678901", Options{}, "!"},
	{"only signs", ",", Options{}, "!"},
	{"nothing behind the comma", "5,", Options{}, "!"},
}

func TestNumbers(t *testing.T) {
	for _, c := range numbers {
		t.Run(c.name, func(t *testing.T) {
			got, err := Parse(c.text, c.options)
			if c.want == "!" {
				var p model.Problem
				if !errors.As(err, &p) || p.Code != NotANumber || p.Hint == "" {
					t.Fatalf("%q was read as %q, error %v; expected a refusal with a hint", c.text, got.Canonical, err)
				}
				return
			}
			if err != nil || got.Canonical != c.want {
				t.Fatalf("%q was read as %q, error %v; expected %q", c.text, got.Canonical, err, c.want)
			}
		})
	}
}

// A mark is never a zero that somebody counted.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		name string
		text []string
		want Number
	}{
		{"a dash is a reported none", []string{"-", "–", "—", " - ", "−"},
			Number{Canonical: "0", Qualifier: model.Nil, Status: model.Normal, Conf: model.Free}},
		{"dots are not available", []string{"…", "...", "..", " … "},
			Number{Status: model.Missing, Conf: model.Free, Reason: model.NotSupplied}},
		{"x is confidential at the source, in both alphabets", []string{"x", "X", "х", "Х"},
			Number{Status: model.Suppressed, Conf: model.SourceConfidential}},
		{"a blank is missing", []string{"", "  ", "\u00a0"},
			Number{Status: model.Missing, Conf: model.Free, Reason: model.NotSupplied}},
	} {
		for _, text := range c.text {
			if got, err := Parse(text, Options{}); err != nil || got != c.want {
				t.Errorf("%s: %q was read as %+v, error %v", c.name, text, got, err)
			}
		}
	}
}

var canonical = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d*[1-9])?$`)

// Whatever the text, the result is either a refusal or text that SQL casts
// without loss, and reading the result again changes nothing.
func FuzzNumber(f *testing.F) {
	for _, c := range numbers {
		f.Add(c.text, c.options.Decimal, c.options.Percent, c.options.Literal)
	}
	f.Fuzz(func(t *testing.T, text, decimal string, percent, literal bool) {
		if decimal != "" && decimal != "," {
			decimal = "."
		}
		n, err := Parse(text, Options{Decimal: decimal, Percent: percent, Literal: literal})
		if err != nil || n.Canonical == "" {
			return
		}
		if !canonical.MatchString(n.Canonical) || n.Canonical == "-0" {
			t.Fatalf("%q gave %q, which is not canonical", text, n.Canonical)
		}
		again, err := Parse(n.Canonical, Options{Literal: true})
		if err != nil || again.Canonical != n.Canonical {
			t.Fatalf("%q gave %q, and that gave %q, %v", text, n.Canonical, again.Canonical, err)
		}
	})
}

func BenchmarkNumber(b *testing.B) {
	texts := []string{"1234", "1 234,5", "-", "171\u00a0623", "0,5"}
	for i := 0; b.Loop(); i++ {
		Parse(texts[i%len(texts)], Options{})
	}
}
