// Package csv reads tables of separated texts in whatever encoding and with
// whatever separator they were saved.
package csv

import (
	"fmt"
	"strings"

	"tereze/config"
	"tereze/sources/charset"
	"tereze/sources/grid"
)

// Read decodes the bytes into one grid and tells the encoding and separator
// that it found or was given.
func Read(data []byte, src config.Source) ([]grid.Grid, map[string]string, error) {
	text, encoding, err := charset.Decode(data, strings.ToLower(src.Encoding))
	if err != nil {
		return nil, nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, nil, fmt.Errorf("the file is empty; expected a header and rows")
	}
	separator, directive := byte(0), false
	switch src.Separator {
	case "":
		separator, directive = detect(text, grid.Heads(src.Table))
	case "tab", `\t`:
		separator = '\t'
	default:
		if len(src.Separator) != 1 || strings.ContainsAny(src.Separator, "\"\r\n") {
			return nil, nil, fmt.Errorf("separator %q is not one sign; expected \",\", \";\", \"|\" or \"tab\"", src.Separator)
		}
		separator = src.Separator[0]
		directive = excelLine(text) != 0
	}
	rows := split(text, separator, 0)
	if directive && len(rows) > 0 {
		rows = rows[1:] // "sep=;" speaks to a spreadsheet, not to a reader
	}
	shown := string(rune(separator))
	if separator == '\t' {
		shown = "tab"
	}
	found := map[string]string{"encoding": encoding, "separator": shown}
	return []grid.Grid{{Rows: rows, Strict: true}}, found, nil
}

var separators = [...]byte{',', ';', '\t', '|'}

// detect finds the separator: the one that spreadsheets were told in a first
// line, else the one that brings most declared heads to light, else the one
// that cuts most of the first rows into the same number of cells.
func detect(text string, heads []string) (separator byte, directive bool) {
	if s := excelLine(text); s != 0 {
		return s, true
	}
	want := map[string]bool{}
	for _, h := range heads {
		want[grid.Fold(h)] = true
	}
	best, bestScore := separators[0], -1
	for _, sep := range separators {
		rows := split(text, sep, 40)
		counts := map[int]int{}
		score := 0
		for _, r := range rows {
			hits := 0
			for _, c := range r.Cells {
				if want[grid.Fold(c)] {
					hits++
				}
			}
			score = max(score, 1000*hits)
			if n := len(r.Cells); n > 1 {
				counts[n]++
			}
		}
		steady := 0
		for n, rows := range counts {
			steady = max(steady, 10*rows+min(n, 9))
		}
		if score+steady > bestScore {
			best, bestScore = sep, score+steady
		}
	}
	return best, false
}

// excelLine is the separator of a first line such as "sep=;", 0 without one.
func excelLine(text string) byte {
	line, _, _ := strings.Cut(text, "\n")
	line = strings.TrimRight(strings.ToLower(line), "\r")
	if rest, ok := strings.CutPrefix(strings.Trim(line, `"`), "sep="); ok && len(rest) == 1 {
		return rest[0]
	}
	return 0
}
