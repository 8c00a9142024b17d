package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tereze/model"
	"tereze/sources/grid"
)

// format is how a number is shown.
type format uint8

const (
	general format = iota
	percent
	dayFormat
	monthFormat
	yearFormat
)

// numberLike reports whether a text may be a number of the file.
func numberLike(s string) bool {
	if s == "" || len(s) > 32 {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		default:
			return false
		}
	}
	return true
}

// shown is a stored number as its reader means it: without the noise of
// binary fractions, a date where it is formatted as a date, with its percent
// sign where it has one. A raw 0.051 that everybody sees as 5.1 % would else
// be wrong by a factor of a hundred.
func (s *sheet) shown(col, row int, text string) (shown string, numeric bool, err error) {
	cell, err := excelize.CoordinatesToCellName(col+1, row)
	if err != nil {
		return "", false, err
	}
	kind, err := s.f.GetCellType(s.name, cell)
	if err != nil {
		return "", false, err
	}
	switch kind {
	case excelize.CellTypeBool:
		return map[string]string{"0": "FALSE", "1": "TRUE"}[text], false, nil
	case excelize.CellTypeUnset, excelize.CellTypeNumber:
	default:
		return text, false, nil // a text that looks like a number
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text, false, nil
	}
	f, err := s.format(cell)
	if err != nil {
		return "", false, err
	}
	switch f {
	case percent:
		return plain(v*100) + "%", true, nil
	case dayFormat, monthFormat, yearFormat:
		if d := s.date(v); d != "" {
			return string(d)[:map[format]int{dayFormat: 10, monthFormat: 7, yearFormat: 4}[f]], false, nil
		}
	}
	return plain(v), true, nil
}

// plain is the number with the 15 digits that a spreadsheet shows.
func plain(v float64) string {
	if r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
		v = r
	}
	if v > 1e30 || v < -1e30 || v != 0 && v < 1e-15 && v > -1e-15 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// date is the day of a serial number, "" where there is none.
func (s *sheet) date(v float64) model.Date {
	days := int(v)
	if v < 1 || days > 2958465 {
		return ""
	}
	if s.epoch1904 {
		return model.MakeDate(1904, 1, 1+days)
	}
	if days < 61 {
		days++ // the 29 February 1900 that never was
	}
	return model.MakeDate(1899, 12, 30+days)
}

func (s *sheet) format(cell string) (format, error) {
	id, err := s.f.GetCellStyle(s.name, cell)
	if err != nil {
		return general, err
	}
	f, ok := s.formats[id]
	if !ok {
		if style, err := s.f.GetStyle(id); err == nil {
			f = builtin(style.NumFmt)
			if style.CustomNumFmt != nil {
				f = custom(*style.CustomNumFmt)
			}
		}
		s.formats[id] = f
	}
	return f, nil
}

// builtin reads the numbers of the formats that every workbook knows.
func builtin(n int) format {
	switch {
	case n == 9 || n == 10:
		return percent
	case n == 17:
		return monthFormat
	case n >= 14 && n <= 16, n == 22, n >= 27 && n <= 36, n >= 50 && n <= 58:
		return dayFormat
	}
	return general
}

var literals = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.|\*.`)

// custom reads a format's own code, without the texts within it.
func custom(code string) format {
	code, _, _ = strings.Cut(strings.ToLower(literals.ReplaceAllString(code, "")), ";")
	y, m, d := strings.Contains(code, "y"), strings.Contains(code, "m"), strings.Contains(code, "d")
	switch {
	case strings.Contains(code, "%"):
		return percent
	case d && (m || y):
		return dayFormat
	case y && m:
		return monthFormat
	case y:
		return yearFormat
	}
	return general
}

// A formula that no program has worked out yet reads as blank. It is worked
// out here where all formulas of the sheet are plain sums; else its own text
// stands for it, so that it is refused and not taken for a blank.
var sum = regexp.MustCompile(`^(?:SUM|ROUND|AVERAGE|MIN|MAX|[A-Z]{1,3}\d{1,7}|[\d.,:+\-*/()$ ])*$`)

const maxFormulas = 2000

func (s *sheet) calculable(rows []grid.Row) (bool, error) {
	n := 0
	for _, r := range rows {
		for c, text := range r.Cells {
			if text != "" {
				continue
			}
			if cell, err := excelize.CoordinatesToCellName(c+1, r.Number); err == nil {
				if f, err := s.f.GetCellFormula(s.name, cell); err == nil && f != "" {
					n++
				}
			}
		}
	}
	if n == 0 || n > maxFormulas {
		return false, nil
	}
	// What the blank ones refer to is worked out too, so all must be plain.
	total := 0
	for _, r := range rows {
		for c := range r.Cells {
			cell, err := excelize.CoordinatesToCellName(c+1, r.Number)
			if err != nil {
				return false, err
			}
			if f, err := s.f.GetCellFormula(s.name, cell); err != nil || !sum.MatchString(strings.TrimPrefix(f, "=")) {
				return false, nil
			} else if f != "" {
				total++
			}
		}
	}
	return total <= maxFormulas, nil
}

func (s *sheet) formula(col, row int, calculable bool) string {
	cell, err := excelize.CoordinatesToCellName(col+1, row)
	if err != nil {
		return ""
	}
	f, err := s.f.GetCellFormula(s.name, cell)
	if err != nil || f == "" {
		return ""
	}
	if calculable {
		if v, err := s.f.CalcCellValue(s.name, cell, excelize.Options{RawCellValue: true}); err == nil && numberLike(v) {
			return v
		}
	}
	return "=" + strings.TrimPrefix(f, "=")
}
