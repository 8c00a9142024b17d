package words

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
	xnumber "golang.org/x/text/number"
)

const minus = "\u2212"

// separators asks x/text once how the language writes numbers; formatting
// itself is ours, since a site holds some hundred thousand of them.
func separators(tag language.Tag) (group, decimal string) {
	sample := xmessage.NewPrinter(tag).Sprint(xnumber.Decimal(1234567.5))
	group = strings.TrimPrefix(sample[:strings.Index(sample+"2", "2")], "1")
	decimal = strings.TrimSuffix(sample[strings.LastIndex(sample, "7")+1:], "5")
	return group, decimal
}

// FormatRaw is the canonical raw number, as in every CSV: shortest form, no
// exponent, no trailing ".0"; empty for what is no number.
func FormatRaw(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	if v == 0 {
		return "0" // never "-0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Number writes v with a fixed number of decimals, halves rounded away from
// zero as people do; empty for what is no number.
func (l *Lang) Number(v float64, decimals int) string {
	return l.write(roundText(FormatRaw(v), decimals), decimals, "")
}

// Trim writes v with up to max decimals, trailing zeros cut.
func (l *Lang) Trim(v float64, max int) string {
	s := roundText(FormatRaw(v), max)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return l.write(s, 0, "")
}

// Signed writes v with its sign, also the plus; zero has none.
func (l *Lang) Signed(v float64, decimals int) string {
	return l.write(roundText(FormatRaw(v), decimals), decimals, "+")
}

// Decimal is the decimal sign of the language.
func (l *Lang) Decimal() string { return l.decimal }

// Group is the sign between thousands.
func (l *Lang) Group() string { return l.group }

func (l *Lang) write(s string, decimals int, plus string) string {
	if s == "" {
		return ""
	}
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	whole, fraction, _ := strings.Cut(s, ".")
	for len(fraction) < decimals {
		fraction += "0"
	}
	var room [64]byte
	b := room[:0]
	switch {
	case strings.Trim(s, "0.") == "":
	case negative:
		b = append(b, minus...)
	default:
		b = append(b, plus...)
	}
	for i := 0; i < len(whole); i++ {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b = append(b, l.group...)
		}
		b = append(b, whole[i])
	}
	if fraction != "" {
		b = append(append(b, l.decimal...), fraction...)
	}
	return string(b)
}

// Down is the largest number of so many decimals that is not above v, Up the
// smallest that is not below it: what may stand after "more than" and after
// "less than".
func Down(v float64, decimals int) float64 { return toward(v, decimals, false) }

// Up is the other side of Down.
func Up(v float64, decimals int) float64 { return toward(v, decimals, true) }

func toward(v float64, decimals int, up bool) float64 {
	s := FormatRaw(v)
	_, fraction, _ := strings.Cut(s, ".")
	rest := ""
	if decimals = max(0, decimals); len(fraction) > decimals {
		rest = fraction[decimals:]
	}
	away := strings.Trim(rest, "0") != "" && up != strings.HasPrefix(s, "-")
	r, err := strconv.ParseFloat(cutText(s, decimals, away), 64)
	if err != nil {
		return v
	}
	return r
}

// roundText rounds a plain decimal text, so that 1.005 becomes 1.01 although
// no float is exactly 1.005.
func roundText(s string, decimals int) string {
	_, fraction, _ := strings.Cut(s, ".")
	decimals = max(0, decimals)
	return cutText(s, decimals, len(fraction) > decimals && fraction[decimals] >= '5')
}

// cutText cuts a plain decimal text to so many decimals; away moves the last
// digit that is left by one away from zero.
func cutText(s string, decimals int, away bool) string {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(fraction) <= decimals {
		return s
	}
	digits := []byte(whole + fraction[:decimals])
	if away {
		i := len(digits) - 1
		for ; i >= 0 && digits[i] != '-'; i-- {
			if digits[i]++; digits[i] <= '9' {
				break
			}
			digits[i] = '0'
		}
		if i < 0 {
			digits = append([]byte{'1'}, digits...)
		} else if digits[i] == '-' {
			digits = append([]byte{'-', '1'}, digits[1:]...)
		}
	}
	cut := len(digits) - decimals
	out := string(digits[:cut])
	if decimals > 0 {
		out += "." + string(digits[cut:])
	}
	return out
}

// rounded is v as it is shown with so many decimals.
func rounded(v float64, decimals int) float64 {
	r, err := strconv.ParseFloat(roundText(FormatRaw(v), decimals), 64)
	if err != nil {
		return v
	}
	return r
}
