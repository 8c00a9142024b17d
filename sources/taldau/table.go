package taldau

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tereze/sources/fetch"
)

// answerRow is one combination of terms with its values over time.
type answerRow struct {
	Terms   []scalar `json:"terms"`
	Names   []scalar `json:"termNames"`
	Periods []struct {
		Name  scalar `json:"name"`
		Date  scalar `json:"date"`
		Value scalar `json:"value"`
	} `json:"periods"`
}

// scalar is a text or a number, kept as text: the system writes the same
// field now as one, now as the other.
type scalar string

// UnmarshalJSON keeps a number's digits as they are.
func (s *scalar) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	switch {
	case string(b) == "null":
		*s = ""
		return nil
	case len(b) > 0 && b[0] == '"':
		return json.Unmarshal(b, (*string)(s))
	case len(b) > 0 && (b[0] == '{' || b[0] == '[' || b[0] == 't' || b[0] == 'f'):
		return fmt.Errorf("%.40s is neither a text nor a number", b)
	}
	*s = scalar(b)
	return nil
}

// Table lays the answer out flat, one value a row, sorted by terms and
// date. Columns: term, name for the first cut (the territory), term_2,
// name_2 and so on for further ones, then period, date (DD.MM.YYYY, the
// last day of the period, as written) and value (as written: "x" stays
// "x", nothing stays empty).
func Table(body []byte) (columns []string, rows [][]string, err error) {
	var parsed []answerRow
	if err := json.Unmarshal(fetch.TrimBOM(body), &parsed); err != nil {
		return nil, nil, fetch.Fault("", fetch.WrongFormat, "is not an array of rows with terms and periods: %v", err)
	}
	if len(parsed) == 0 {
		return nil, nil, fetch.Fault("", fetch.Empty, "holds no rows; expected data")
	}
	cuts := len(parsed[0].Terms)
	columns = head(cuts)
	type dated struct {
		cells []string
		on    time.Time
	}
	var all []dated
	for i, r := range parsed {
		switch {
		case len(r.Terms) == 0 || len(r.Names) != len(r.Terms):
			return nil, nil, fetch.Fault("", fetch.WrongFormat, "row %d has %d terms and %d names; expected as many names as terms", i+1, len(r.Terms), len(r.Names))
		case len(r.Terms) != cuts:
			return nil, nil, fetch.Fault("", fetch.WrongFormat, "row %d has %d terms, the first row %d; expected the same cuts everywhere", i+1, len(r.Terms), cuts)
		case r.Periods == nil:
			return nil, nil, fetch.Fault("", fetch.WrongFormat, "row %d has no periods", i+1)
		}
		for j, p := range r.Periods {
			on, err := time.Parse("02.01.2006", string(p.Date))
			if err != nil {
				return nil, nil, fetch.Fault("", fetch.WrongFormat, "row %d, period %d: date %q; expected DD.MM.YYYY", i+1, j+1, p.Date)
			}
			cells := make([]string, 0, len(columns))
			for k := range r.Terms {
				cells = append(cells, string(r.Terms[k]), string(r.Names[k]))
			}
			all = append(all, dated{append(cells, string(p.Name), string(p.Date), string(p.Value)), on})
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int {
		for k := 0; k < 2*cuts; k += 2 {
			if c := byNumber(a.cells[k], b.cells[k]); c != 0 {
				return c
			}
		}
		if c := a.on.Compare(b.on); c != 0 {
			return c
		}
		return slices.Compare(a.cells, b.cells)
	})
	for _, d := range all {
		rows = append(rows, d.cells)
	}
	return columns, rows, nil
}

func head(cuts int) []string {
	columns := []string{"term", "name"}
	for k := 2; k <= cuts; k++ {
		columns = append(columns, fmt.Sprintf("term_%d", k), fmt.Sprintf("name_%d", k))
	}
	return append(columns, "period", "date", "value")
}

// byNumber orders ids as numbers: the shorter first.
func byNumber(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func contentHash(columns []string, rows [][]string) string {
	sum := sha256.New()
	w := csv.NewWriter(sum)
	_ = w.Write(columns) // a hash takes everything
	_ = w.WriteAll(rows)
	return hex.EncodeToString(sum.Sum(nil))
}
