package sqlengine

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"

	"tereze/sources/fetch"
	"tereze/sources/personal"
)

// sink takes in an answer, row by row, and refuses what must not leave.
type sink struct {
	max     int
	persons *personal.Finder // knows how columns about persons are named
	names   []string
	numeric []bool // the engine's own type is a number
	seen    []suspicion
	rows    [][]string
}

// columns must be called once before the first row.
func (s *sink) columns(names []string, numeric []bool) error {
	if err := checkColumns(names, s.persons); err != nil {
		return err
	}
	s.names, s.numeric, s.seen = names, numeric, make([]suspicion, len(names))
	return nil
}

// add takes a row, which it keeps.
func (s *sink) add(row []string) error {
	if len(s.rows) == s.max {
		return fetch.Fault("", TooManyRows, "the answer has more than the declared %d rows; expected areas × periods × categories: does the query group by something finer, such as a person or a day?", s.max)
	}
	for i, text := range row {
		if s.numeric[i] {
			s.seen[i].add(text)
		} else if err := checkText(s.names[i], text); err != nil {
			return err
		}
	}
	s.rows = append(s.rows, row)
	return nil
}

// csv gives the whole answer with sorted rows.
func (s *sink) csv() ([]byte, error) {
	if len(s.rows) == 0 {
		return nil, fetch.Fault("", fetch.Empty, "the answer has no rows; expected counts")
	}
	for i, name := range s.names {
		if err := s.seen[i].judge(name); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(s.rows, slices.Compare[[]string])
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(s.names) // a buffer takes everything
	_ = w.WriteAll(s.rows)
	return b.Bytes(), nil
}

func itoa(n int) string { return strconv.Itoa(n) }
