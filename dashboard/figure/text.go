package figure

import (
	"strings"
	"unicode"
)

// width is about how wide a text is in a sans-serif face of the given size.
// It errs on the wide side (DejaVu Sans), because a label that is thought
// too wide is wrapped, and one that is thought too narrow is cut.
func width(s string, size float64) float64 {
	sum := 0.0
	for _, r := range s {
		sum += advance(r)
	}
	return sum * size
}

// bold is how much wider a text is in bold letters.
const bold = 1.13

func advance(r rune) float64 {
	if int(r) < len(advances) && r >= 0 {
		return advances[r]
	}
	return advanceOf(r)
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
	text  string
	glued bool // follows the piece before without a space
}

// wrap breaks a text at spaces into lines no wider than max, as even as can
// be. A word that is wider is broken after its hyphens; one without hyphens
// stays whole.
func wrap(s string, size, max float64) []string {
	var pieces []piece
	words := strings.FieldsFunc(s, breakable)
	for _, w := range words {
		if width(w, size) <= max || !strings.Contains(w, "-") {
			pieces = append(pieces, piece{w, false})
			continue
		}
		for glued := false; w != ""; glued = true {
			i := strings.Index(w, "-") + 1
			if i == 0 || i < 4 {
				i = len(w)
			}
			pieces = append(pieces, piece{w[:i], glued})
			w = w[i:]
		}
	}
	if len(pieces) < 2 || width(s, size) <= max {
		return []string{strings.Join(words, " ")}
	}
	lines := fill(pieces, size, max)
	// even lines: the narrowest measure that needs no more lines
	lo, hi := max*0.4, max
	for range 6 {
		mid := (lo + hi) / 2
		if l := fill(pieces, size, mid); len(l) <= len(lines) && widest(l, size) <= max {
			hi, lines = mid, l
		} else {
			lo = mid
		}
	}
	return lines
}

// breakable is a space at which a line may end: "4,2 %" and "1 363 797" hold
// together by others.
func breakable(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }

func fill(pieces []piece, size, max float64) []string {
	var lines []string
	line := pieces[0].text
	for _, w := range pieces[1:] {
		t := w.text
		if !w.glued {
			t = " " + t
		}
		if width(line, size)+width(t, size) <= max {
			line += t
			continue
		}
		lines = append(lines, line)
		line = w.text
	}
	return append(lines, line)
}

func widest(lines []string, size float64) float64 {
	m := 0.0
	for _, l := range lines {
		m = max(m, width(l, size))
	}
	return m
}
