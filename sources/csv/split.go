package csv

import (
	"strings"

	"tereze/sources/grid"
)

// split cuts a text into rows as RFC 4180 says, and forgives what reports
// do: rows of different lengths, quotes within unquoted cells, a quote that
// is never closed. Cells are parts of the text itself wherever no doubled
// quote had to be undone. A row has the number of the line it starts at.
func split(text string, separator byte, limit int) []grid.Row {
	lines := strings.Count(text, "\n") + 1
	if limit > 0 {
		lines = min(lines, limit)
	}
	s := splitter{
		text: text, separator: separator, end: '\n', line: 1,
		rows: make([]grid.Row, 0, lines),
	}
	if !strings.Contains(text, "\n") && strings.Contains(text, "\r") {
		s.end = '\r' // files of old Macintoshes
	}
	if limit == 0 {
		s.cells = make([]string, 0, strings.Count(text, string(rune(separator)))+lines)
	}
	for s.pos < len(text) && (limit == 0 || len(s.rows) < limit) {
		s.row()
	}
	return s.rows
}

type splitter struct {
	text      string
	separator byte
	end       byte
	pos, line int
	cells     []string // of all rows; the rows are parts of it
	rows      []grid.Row
}

func (s *splitter) row() {
	first, number := len(s.cells), s.line
	for {
		cell, last := s.cell()
		s.cells = append(s.cells, cell)
		if last {
			break
		}
	}
	cells := s.cells[first:len(s.cells):len(s.cells)]
	if len(cells) == 1 && cells[0] == "" {
		cells = nil
	}
	s.rows = append(s.rows, grid.Row{Number: number, Cells: cells})
	s.line++
}

// cell reads one cell and what ends it; last means the end of the row.
func (s *splitter) cell() (text string, last bool) {
	if s.pos < len(s.text) && s.text[s.pos] == '"' {
		if text, last, ok := s.quoted(); ok {
			return text, last
		}
	}
	start := s.pos
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case s.separator:
			s.pos++
			return s.text[start : s.pos-1], false
		case s.end:
			s.pos++
			return strings.TrimSuffix(s.text[start:s.pos-1], "\r"), true
		}
		s.pos++
	}
	return strings.TrimSuffix(s.text[start:], "\r"), true
}

// quoted reads a cell in quotes. Where no quote closes it, or other text
// follows the closing one, the first quote was a letter like any other and
// nothing is read: otherwise one stray quote would swallow the rows below.
func (s *splitter) quoted() (text string, last, ok bool) {
	start := s.pos + 1
	i, doubled, lines := start, false, 0
	for {
		n := strings.IndexByte(s.text[i:], '"')
		if n < 0 {
			return "", false, false
		}
		lines += strings.Count(s.text[i:i+n], string(rune(s.end)))
		i += n
		if i+1 < len(s.text) && s.text[i+1] == '"' {
			doubled = true
			i += 2
			continue
		}
		break
	}
	text = s.text[start:i]
	next := i + 1
	for next < len(s.text) && (s.text[next] == ' ' || s.text[next] == '\r' && s.end != '\r') {
		next++
	}
	switch {
	case next >= len(s.text):
		last = true
	case s.text[next] == s.separator:
		next++
	case s.text[next] == s.end:
		next++
		last = true
	default:
		return "", false, false
	}
	if doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	s.pos = next
	s.line += lines
	return text, last, true
}
