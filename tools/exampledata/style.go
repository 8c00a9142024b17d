package main

import "strconv"

const (
	noBreakSpace       = "\u00a0"
	narrowNoBreakSpace = "\u202f"
)

// style is how an office writes counts.
type style struct {
	number    bool   // as numbers of the file format
	thousands string // sign between thousands, empty = none
	from      int    // numbers below it have no sign
	decimals  string // what its program hangs on every number
	none      string // how it writes that there are none; empty = as a zero
}

// styles of the sources by their forms.
var styles = map[string]style{
	"akimat_csv":           {},
	"akimat_csv_bom":       {thousands: noBreakSpace, from: 10000, none: "-"},
	"akimat_csv_semicolon": {thousands: noBreakSpace, from: 1000, decimals: ",0"},
	"akimat_csv_1251":      {thousands: " ", from: 1000, none: "–"},
	"akimat_xlsx":          {number: true, none: "-"},
	"akimat_xlsx_form":     {number: true, none: "-"},
	"akimat_form":          {number: true, none: "-"},
	"akimat_json":          {number: true},
	"population_register":  {thousands: narrowNoBreakSpace, from: 10000},
	"certificate_register": {number: true},
	"commission_register":  {},
}

// written is one truthful cell in the style of its source. The АСП columns of
// the workbook were typed as text with spaces, as happens.
func written(source, measure string, n int) cell {
	s := styles[source]
	if source == "akimat_xlsx" && measure == "asp_persons" {
		s = style{thousands: narrowNoBreakSpace, from: 1000}
	}
	c := cell{measure: measure, truth: n, fate: accepted}
	if n == 0 && s.none != "" {
		c.text, c.fate = s.none, reportedNil
		return c
	}
	c.text, c.number = s.write(n), s.number
	return c
}

// write is a count as text.
func (s style) write(n int) string {
	text := strconv.Itoa(n)
	if s.thousands != "" && n >= s.from {
		for i := len(text) - 3; i > 0; i -= 3 {
			text = text[:i] + s.thousands + text[i:]
		}
	}
	return text + s.decimals
}
