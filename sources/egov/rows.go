package egov

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tereze/sources/fetch"
)

// row is one object of the portal with its values as they were written.
type row map[string]json.RawMessage

func parseRows(body []byte) ([]row, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(fetch.TrimBOM(body), &items); err != nil {
		return nil, fetch.Fault("", fetch.WrongFormat, "is not an array of rows")
	}
	rows := make([]row, len(items))
	for i, item := range items {
		if err := json.Unmarshal(item, &rows[i]); err != nil || rows[i] == nil {
			return nil, fetch.Fault("", fetch.WrongFormat, "row %d is not an object with columns", i+1)
		}
	}
	return rows, nil
}

// canonical is the row as JSON with sorted keys; values keep their text.
func (r row) canonical() string {
	keys := make([]string, 0, len(r))
	for k := range r {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var b bytes.Buffer
	b.WriteByte('{')
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(quoted(k))
		b.WriteByte(':')
		if json.Compact(&b, r[k]) != nil {
			b.WriteString("null") // cannot be: the value was decoded just now
		}
	}
	b.WriteByte('}')
	return b.String()
}

func quoted(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always can
	return bytes.TrimRight(b.Bytes(), "\n")
}

// document joins canonical rows to the body of a snapshot.
func document(rows []string) []byte {
	return []byte("[\n" + strings.Join(rows, ",\n") + "\n]\n")
}

// contentHash is the same for the same rows in any order.
func contentHash(rows []string) string {
	sorted := slices.Sorted(slices.Values(rows))
	sum := sha256.Sum256([]byte(strings.Join(sorted, "\n")))
	return hex.EncodeToString(sum[:])
}

// Table lays a body of rows out flat: the columns that occur in any row,
// sorted, and one text a cell. A text keeps its spaces and commas, a number
// its digits; null and an absent column are empty.
func Table(body []byte) (columns []string, rows [][]string, err error) {
	parsed, err := parseRows(body)
	if err != nil {
		return nil, nil, err
	}
	at := map[string]int{}
	for _, r := range parsed {
		for k := range r {
			at[k] = 0
		}
	}
	for k := range at {
		columns = append(columns, k)
	}
	slices.Sort(columns)
	for i, k := range columns {
		at[k] = i
	}
	rows = make([][]string, len(parsed))
	for i, r := range parsed {
		rows[i] = make([]string, len(columns))
		for k, v := range r {
			text, err := cell(v)
			if err != nil {
				return nil, nil, fetch.Fault("", fetch.WrongFormat, "row %d, column %q: %v", i+1, k, err)
			}
			rows[i][at[k]] = text
		}
	}
	return columns, rows, nil
}

func cell(v json.RawMessage) (string, error) {
	v = bytes.TrimSpace(v)
	switch {
	case len(v) == 0 || string(v) == "null":
		return "", nil
	case v[0] == '"':
		var s string
		err := json.Unmarshal(v, &s)
		return s, err
	case v[0] == '{' || v[0] == '[':
		return "", fmt.Errorf("holds a nested value; expected a text or a number")
	}
	return string(v), nil
}
