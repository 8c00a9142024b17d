package sqlengine

import "tereze/sources/personal"

// Counts is the answer of an aggregate query: texts, with the columns whose
// own type is a number.
type Counts struct {
	Columns []string
	Numeric []bool
	Rows    [][]string
}

// CSV writes counts that were made elsewhere, by the same rules as the answer
// of an engine: no column named like personal data, no personal number, no
// more rows than max. Rows are sorted, so that the same counts are the same
// bytes.
func (c Counts) CSV(max int, persons *personal.Finder) ([]byte, error) {
	s := &sink{max: max, persons: persons}
	if err := s.columns(c.Columns, c.Numeric); err != nil {
		return nil, err
	}
	for _, row := range c.Rows {
		if err := s.add(row); err != nil {
			return nil, err
		}
	}
	return s.csv()
}

// Check looks whether a query is one SELECT that counts, and gives it back
// without what may follow its end.
func Check(query string) (string, error) { return checkQuery(query, "") }
