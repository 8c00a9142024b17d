package figure

import (
	"strings"
	"unicode"
)

// width is about how wide a text is in a sans-serif face of the given size.
// It errs on the wide side (DejaVu Sans), because a label that is thought
// too wide is wrapped, and one that is thought too narrow is cut.
func width(s string, size float64) float64 {
	return advance(s) * size
}

// bold is how much wider a text is in bold letters.
const bold = 1.13

// advance is the width of a text at the size of 1.
func advance(s string) float64 {
	sum := 0.0
	for _, r := range s {
		if int(r) < len(advances) {
			sum += advances[r]
		} else {
			sum += advanceOf(r)
		}
	}
	return sum
}

// advances are those of Latin, Greek and Cyrillic letters.
var advances = func() (a [0x530]float64) {
	for r := range a {
		a[r] = advanceOf(rune(r))
	}
	return a
}()

func advanceOf(r rune) float64 {
	switch {
	case r >= '0' && r <= '9':
		return 0.64
	case r == ' ' || r == '.' || r == ',' || r == ':' || r == ';' || r == '\'' || r == '|' || r == '\u00a0' || r == '\u202f':
		return 0.33
	case strings.ContainsRune("ijlfIіїrt()-[]", r):
		return 0.40
	case strings.ContainsRune("шщжюыфмwmЫ", r):
		return 0.86
	case strings.ContainsRune("ШЩЖЮФМWM", r):
		return 1.0
	case unicode.IsUpper(r):
		return 0.74
	case r >= 0x2E80: // ideographs and emoji
		return 1.1
	}
	return 0.62
}

// piece is what a line may begin with: a word, or the rest of one after its
// hyphen.
type piece struct {
	from, to int     // where it stands in the text
	w        float64 // advance
	gap      float64 // advance of the space before it; 0 = it follows the piece before without one
}

// wrap breaks a text at spaces into lines no wider than max, as even as can
// be. A word that is wider is broken after its hyphens; one without hyphens
// stays whole.
func wrap(s string, size, max float64) []string {
	s = tidy(s)
	most := max / size
	if advance(s) <= most {
		return []string{s}
	}
	var room [24]piece
	pieces := cut(room[:0], s, most)
	if len(pieces) < 2 {
		return []string{s}
	}
	n, _ := fill(pieces, most)
	// even lines: the narrowest measure that needs no more lines
	lo, hi := most*0.4, most
	for range 6 {
		mid := (lo + hi) / 2
		if lines, widest := fill(pieces, mid); lines <= n && widest <= most {
			hi = mid
		} else {
			lo = mid
		}
	}
	lines := make([]string, 0, n)
	for from := 0; from < len(pieces); {
		to, _ := line(pieces, from, hi)
		lines = append(lines, s[pieces[from].from:pieces[to-1].to])
		from = to
	}
	return lines
}

// tidy is a text with single spaces between its words.
func tidy(s string) string {
	between := true
	for i := 0; i < len(s); i++ {
		space := breakable(rune(s[i]))
		if space && (between || s[i] != ' ') {
			return strings.Join(strings.FieldsFunc(s, breakable), " ")
		}
		between = space
	}
	return strings.TrimSuffix(s, " ")
}

// cut appends the pieces of a tidy text.
func cut(pieces []piece, s string, most float64) []piece {
	for from, gap := 0, 0.0; from < len(s); gap = advances[' '] {
		end := len(s)
		if i := strings.IndexByte(s[from:], ' '); i >= 0 {
			end = from + i
		}
		w := advance(s[from:end])
		for wide := w > most; wide; { // cut off what ends in a hyphen
			i := strings.IndexByte(s[from:end], '-') + 1
			if i < 4 || from+i == end {
				break
			}
			head := advance(s[from : from+i])
			pieces = append(pieces, piece{from, from + i, head, gap})
			from, w, gap = from+i, w-head, 0
		}
		pieces = append(pieces, piece{from, end, w, gap})
		from = end + 1
	}
	return pieces
}

// line is the end of the line that begins with a piece, and its width.
func line(pieces []piece, from int, most float64) (to int, w float64) {
	w = pieces[from].w
	for to = from + 1; to < len(pieces); to++ {
		wider := w + pieces[to].gap + pieces[to].w
		if wider > most {
			break
		}
		w = wider
	}
	return to, w
}

// fill counts the lines that the pieces take, and says how wide the widest is.
func fill(pieces []piece, most float64) (lines int, widest float64) {
	for from := 0; from < len(pieces); lines++ {
		to, w := line(pieces, from, most)
		from, widest = to, max(widest, w)
	}
	return lines, widest
}

// breakable is a space at which a line may end: "4,2 %" and "1 363 797" hold
// together by others.
func breakable(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }

func widest(lines []string, size float64) float64 {
	m := 0.0
	for _, l := range lines {
		m = max(m, width(l, size))
	}
	return m
}
