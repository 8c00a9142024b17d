package grid

import (
	"fmt"
	"slices"
	"strings"
)

const (
	searchRows    = 100 // how far down a header is looked for
	maxHeaderRows = 4
	maxWidth      = 16384 // columns of a spreadsheet
)

// header is where the column heads were found.
type header struct {
	first, rows int // index of its first row, how many rows
	columns     map[string]int
	heads       []string // joined texts of all columns
}

// findHeader finds the first rows that hold all declared heads: one row, or
// several joined with " / ". What is missing is told with what was found,
// and the rows that come nearest are given all the same.
func findHeader(g *Grid, declared []string, rows int) (header, string, string) {
	want := foldHeads(declared)
	least, most := 1, maxHeaderRows
	if rows > 0 {
		least, most = rows, rows
	}
	if g.Named {
		least, most = 1, 1
	}
	var best header
	var bestMissing, bestTwice []string
	found := -1
	for n := least; n <= most; n++ {
		last := min(len(g.Rows)-n, searchRows)
		if g.Named {
			last = 0
		}
		for first := 0; first <= last && first < len(g.Rows); first++ {
			for _, carry := range []bool{false, true} {
				if carry && n == 1 {
					continue
				}
				heads := joinHeads(g.Rows[first:first+n], carry)
				h, missing, twice := match(heads, want, declared)
				h.first, h.rows = first, n
				if len(missing) == 0 && len(twice) == 0 {
					return h, "", ""
				}
				if got := len(declared) - len(missing) - len(twice); got > found {
					found, best, bestMissing, bestTwice = got, h, missing, twice
				}
			}
		}
	}
	if found <= 0 {
		return header{}, "no row holds the declared column heads " + quoted(declared), "compare the heads under \"table\" of the source with the file"
	}
	place := fmt.Sprintf("the header at row %d ", g.Rows[best.first].Number)
	if g.Named {
		place = "the array of records "
	}
	seen := slices.DeleteFunc(slices.Clone(best.heads), func(s string) bool { return s == "" })
	if len(bestMissing) > 0 {
		return best, place + "lacks " + quoted(bestMissing), "it holds " + quoted(seen)
	}
	return best, place + "holds more than once " + quoted(bestTwice), "declare header_rows, so that the rows above tell the columns apart"
}

// foldedHeads are heads as they are compared: first with their footnote marks,
// then without them.
type foldedHeads [2][]string

func foldHeads(heads []string) foldedHeads {
	f := foldedHeads{make([]string, len(heads)), make([]string, len(heads))}
	for i, s := range heads {
		f[0][i] = Fold(s)
		f[1][i] = withoutFootnotes(f[0][i])
	}
	return f
}

func match(heads []string, want foldedHeads, declared []string) (h header, missing, twice []string) {
	h = header{columns: map[string]int{}, heads: heads}
	folded := foldHeads(heads)
	for i := range declared {
		at := -1
		for form := range folded {
			for c, f := range folded[form] {
				if folded[0][c] != "" && f == want[form][i] {
					if at >= 0 {
						twice = append(twice, declared[i])
						break
					}
					at = c
				}
			}
			if at >= 0 {
				break
			}
		}
		if at < 0 {
			missing = append(missing, declared[i])
			continue
		}
		h.columns[declared[i]] = at
	}
	return h, missing, twice
}

// withoutFootnotes takes marks such as "7)8)" and "¹" from the end of a head,
// and of each head that it was joined from.
func withoutFootnotes(s string) string {
	if !strings.Contains(s, " / ") {
		return withoutMarks(s)
	}
	parts := strings.Split(s, " / ")
	for i := range parts {
		parts[i] = withoutMarks(parts[i])
	}
	return strings.Join(parts, " / ")
}

func withoutMarks(s string) string {
	for {
		t := strings.TrimRight(s, " *¹²³⁴⁵⁶⁷⁸⁹⁰⁾")
		if u, ok := strings.CutSuffix(t, ")"); ok {
			if v := strings.TrimRight(u, "0123456789"); len(v) < len(u) && !strings.HasSuffix(v, "(") {
				t = v
			}
		}
		if t == s {
			return s
		}
		s = t
	}
}

// joinHeads joins the texts of stacked rows, column by column. With carry, a
// text of an upper row also stands over the blank cells to its right, as in
// a CSV file made from merged cells.
func joinHeads(rows []Row, carry bool) []string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	width = min(width, maxWidth)
	heads := make([]string, width)
	for i, r := range rows {
		left := ""
		for c := range width {
			text := strings.Join(strings.FieldsFunc(r.text(c), invisible), " ")
			if text == "" && carry && i < len(rows)-1 {
				text = left
			}
			left = text
			if text == "" || heads[c] == text || strings.HasSuffix(heads[c], " / "+text) {
				continue
			}
			if heads[c] != "" {
				heads[c] += " / "
			}
			heads[c] += text
		}
	}
	return heads
}

func quoted(list []string) string {
	var b strings.Builder
	for i, s := range list {
		if i == 12 {
			fmt.Fprintf(&b, " and %d more", len(list)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		if len(s) > 80 {
			s = strings.ToValidUTF8(s[:80], "") + "…"
		}
		fmt.Fprintf(&b, "%q", s)
	}
	return b.String()
}
