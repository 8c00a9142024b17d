package egov

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"tereze/sources/fetch"
)

// rows takes page after page and checks that they fit together. Each row
// is its canonical JSON text.
func (s session) rows(ctx context.Context, total int) ([]string, *fetch.Response, error) {
	var rows []string
	var last *fetch.Response
	pages := 0
	for from := 0; ; from += s.o.PageSize {
		r, err := s.get(ctx, "/api/v4/"+s.o.Dataset+"/"+s.o.Version, s.query(from, s.o.PageSize))
		if err != nil {
			return nil, nil, err
		}
		last = r
		page, err := s.page(r)
		if err != nil {
			return nil, nil, err
		}
		pages++
		rows = append(rows, page[overlap(rows, page):]...)
		if len(rows) > s.o.MaxRows {
			return nil, nil, fetch.Fault(r.Address, fetch.TooLarge, "holds more than the allowed %d rows; narrow the query or raise max_rows", s.o.MaxRows)
		}
		if len(page) < s.o.PageSize || len(rows) == total {
			break
		}
	}
	if len(rows) == 0 {
		return nil, nil, fetch.Fault(last.Address, fetch.Empty, "holds no rows; expected data")
	}
	if total >= 0 && len(rows) != total {
		e := fetch.Fault(last.Address, fetch.Incomplete, "gave %d rows on %d pages; announced were %d", len(rows), pages, total)
		e.Hint = "name columns under sort, so that pages neither repeat nor lose rows"
		return nil, nil, e
	}
	if err := s.repeated(rows, pages, last.Address); err != nil {
		return nil, nil, err
	}
	return rows, last, nil
}

// page reads one answer: an array of rows, or an object, which is an error.
func (s session) page(r *fetch.Response) ([]string, error) {
	body := fetch.TrimBOM(r.Body)
	if len(body) == 0 {
		return nil, nil // 204
	}
	if strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 64)])), "{") {
		var object map[string]json.RawMessage
		_ = json.Unmarshal(body, &object) // the client has checked that it is JSON
		said, ok := object["error"]
		if !ok {
			said = body
		}
		return nil, s.reported(r, said)
	}
	rows, err := parseRows(body)
	if err != nil {
		return nil, at(err, r.Address)
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = row.canonical()
	}
	return lines, nil
}

// overlap says how many rows at the head of a page stood already at the
// tail of the page before: pages of the portal are known to share a row or
// more at the seam.
func overlap(rows, page []string) int {
	for n := min(len(rows), len(page), 100); n > 0; n-- {
		if slices.Equal(rows[len(rows)-n:], page[:n]) {
			return n
		}
	}
	return 0
}

// repeated finds rows that came twice away from the seams: the portal then
// had no fixed order, and for each row that came twice another one is
// missing though the count is right.
func (s session) repeated(rows []string, pages int, address string) error {
	if s.o.Repeats || pages < 2 && len(s.o.UniqueBy) == 0 {
		return nil
	}
	seen := make(map[string]int, len(rows))
	for i, text := range rows {
		name := text
		if len(s.o.UniqueBy) > 0 {
			name = s.name(text)
		}
		if first, twice := seen[name]; twice {
			e := fetch.Fault(address, fetch.Incomplete, "gave rows %d and %d alike; where pages repeat a row they lose another", first+1, i+1)
			e.Hint = "name columns under sort; if identical rows are normal in this set, say repeats: true"
			return e
		}
		seen[name] = i
	}
	return nil
}

func (s session) name(text string) string {
	var row map[string]json.RawMessage
	_ = json.Unmarshal([]byte(text), &row) // this package wrote it
	var parts []string
	for _, column := range s.o.UniqueBy {
		parts = append(parts, string(row[column]))
	}
	return strings.Join(parts, "\x00")
}
