package number

import (
	"strconv"
	"strings"
)

const ambiguous = `it may be thousands or decimals; declare "decimal" in the source or write it without the sign`

// decimal reads digits with thousands and decimal signs into canonical
// text. Exactly one reading must be possible, else the hint says why not.
func decimal(s, declared string) (canonical, hint string) {
	whole, point, fraction := s, "", ""
	commas, points := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case commas > 0 && points > 0:
		// The later sign is the decimal one, and stands once.
		i := strings.LastIndexAny(s, ",.")
		whole, point, fraction = s[:i], s[i:i+1], s[i+1:]
		if strings.Contains(whole, point) {
			return "", "its commas and points fit no way of writing numbers"
		}
		if declared != "" && declared != point {
			return "", `its decimal sign is not the declared "` + declared + `"`
		}
	case commas+points == 1:
		i := strings.IndexAny(s, ",.")
		sign, before, after := s[i:i+1], s[:i], s[i+1:]
		grouped := strings.ContainsFunc(before, groupSign)
		switch {
		case declared == sign:
			whole, point, fraction = before, sign, after
		case declared != "":
			if len(after) != 3 || grouped {
				return "", `its decimal sign is not the declared "` + declared + `"`
			}
		case len(after) != 3, grouped, len(before) > 3, before == "", before[0] == '0':
			// "12,5", "1 234,567", "1234,567", "0,123": three digits behind
			// the sign are thousands only after one to three plain digits.
			whole, point, fraction = before, sign, after
		default:
			return "", ambiguous
		}
	case commas+points > 1:
		if sign := s[strings.IndexAny(s, ",.")]; declared == string(sign) {
			return "", `the declared decimal sign "` + declared + `" stands more than once`
		}
	}
	if point != "" && (fraction == "" || !digits(fraction)) {
		return "", "there are no digits behind the decimal sign"
	}
	if whole == "" && fraction != "" {
		whole = "0"
	}
	whole, hint = ungroup(whole)
	if hint != "" {
		return "", hint
	}
	if len(whole)+len(fraction) > maxDigits {
		return "", "it has more than " + strconv.Itoa(maxDigits) + " digits"
	}
	return join(whole, fraction), ""
}

// ungroup takes thousands signs out of a whole number: one kind of sign,
// groups of exactly three behind a first of one to three.
func ungroup(s string) (string, string) {
	if s == "" {
		return "", "there are no digits"
	}
	if digits(s) {
		return s, ""
	}
	var out strings.Builder
	var sign rune
	run, groups := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			out.WriteRune(r)
			run++
		case groupSign(r) || r == ',' || r == '.':
			kind := r
			if space(r) {
				kind = ' '
			} else if r == '’' {
				kind = '\''
			}
			if sign != 0 && sign != kind {
				return "", "its thousands signs are of two kinds"
			}
			if groups == 0 && (run == 0 || run > 3) || groups > 0 && run != 3 {
				return "", "its thousands are not in groups of three digits"
			}
			sign, run = kind, 0
			groups++
		default:
			return "", "it holds something that is not part of a number"
		}
	}
	if run != 3 {
		return "", "its thousands are not in groups of three digits"
	}
	if s[0] == '0' {
		return "", "a number with thousands does not begin with 0"
	}
	return out.String(), ""
}

func groupSign(r rune) bool { return space(r) || r == '\'' || r == '’' }

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// join writes a whole and a fraction without needless zeros.
func join(whole, fraction string) string {
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	fraction = strings.TrimRight(fraction, "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// literal reads a number as workbooks and JSON store it, moving the point
// in the text so that no binary rounding is seen.
func literal(s string) (string, bool) {
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	exponent := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e, err := strconv.Atoi(s[i+1:])
		if err != nil || e > 40 || e < -40 {
			return "", false
		}
		s, exponent = s[:i], e
	}
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if !digits(whole) || hasPoint && !digits(fraction) {
		return "", false
	}
	for ; exponent > 0; exponent-- {
		if fraction == "" {
			fraction = "0"
		}
		whole, fraction = whole+fraction[:1], fraction[1:]
	}
	for ; exponent < 0; exponent++ {
		if whole == "" {
			whole = "0"
		}
		whole, fraction = whole[:len(whole)-1], whole[len(whole)-1:]+fraction
	}
	c := join(whole, fraction)
	if len(c) > 2*maxDigits {
		return "", false
	}
	if negative && c != "0" {
		c = "-" + c
	}
	return c, true
}
