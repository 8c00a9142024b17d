package grid

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tereze/sources/number"
)

// filled counts the cells of a row that hold something of their own.
func filled(r Row) (n int64) {
	for c, s := range r.Cells {
		if !r.has(c, Covered) && !blank(s) {
			n++
		}
	}
	return n
}

func totalWords(o Options) []string {
	var out []string
	for _, list := range [][]string{o.Totals, o.Table.Totals} {
		for _, w := range list {
			if f := Fold(w); f != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// total reports whether a row is a total: its area, or where that is blank
// another text of the row, begins with a total word.
func (t *table) total(r Row) bool {
	if t.p.area.column < 0 {
		return false
	}
	area := r.text(t.p.area.column)
	if !blank(area) {
		return t.isTotal(area)
	}
	for c, s := range r.Cells {
		if !t.p.is(c, value) && !blank(s) {
			return t.isTotal(s)
		}
	}
	return false
}

func (t *table) isTotal(s string) bool {
	is, ok := t.kinds[s]
	if !ok {
		f := strings.TrimLeft(Fold(s), "-–— .*")
		for _, w := range t.totals {
			if rest, found := strings.CutPrefix(f, w); found && (rest == "" || strings.ContainsAny(rest[:1], " :,.;(-")) {
				is = true
			}
		}
		t.kinds[s] = is
	}
	return is
}

// repeatedHeader is a row that says the head of the area again, as on each
// printed page, or the heads of all value columns.
func (t *table) repeatedHeader(r Row) bool {
	if t.g.Named {
		return false
	}
	same := func(c int) bool {
		s := r.text(c)
		if s == "" || c >= len(t.p.header.heads) {
			return false
		}
		head := t.p.header.heads[c]
		return s == head || (s[0] < '0' || s[0] > '9') && Fold(s) == Fold(head)
	}
	for _, v := range t.p.values {
		if !same(v.column) {
			return false
		}
	}
	return len(t.p.values) > 0
}

// numbering is the row of column numbers below a header: 1, 2, 3 … or
// А, Б, 1, 2 …. The area must be a number or a letter too, so a district with
// the counts 1, 2, 3 is none.
func (t *table) numbering(r Row) bool {
	if t.g.Named || t.p.area.column < 0 && t.p.measure.column < 0 {
		return false
	}
	key := t.p.area.column
	if key < 0 {
		key = t.p.measure.column
	}
	if k := strings.TrimSpace(r.text(key)); k == "" || utf8.RuneCountInString(k) > 2 {
		return false
	}
	last, numbers := 0, 0
	for c, s := range r.Cells {
		s = strings.TrimSpace(s)
		if s == "" || r.has(c, Covered) {
			continue
		}
		n, err := strconv.Atoi(s)
		switch {
		case err != nil && utf8.RuneCountInString(s) > 1, err != nil && t.p.is(c, value), err == nil && last != 0 && n != last+1:
			return false
		case err == nil:
			last = n
			numbers++
		}
	}
	return numbers >= 2
}

// tail is the index of the first row of the notes below the table: what
// follows the last row with something like a value, and a gap or a total.
func (t *table) tail() int {
	last := -1
	for i := len(t.data) - 1; i >= 0 && last < 0; i-- {
		for _, v := range t.p.values {
			if s := t.data[i].text(v.column); !blank(s) && !t.data[i].has(v.column, Covered) && valueLike(s) {
				last = i
				break
			}
		}
	}
	if last < 0 || t.g.Named {
		return len(t.data) // an array has no notes; and a table of words only is data that will be refused
	}
	gap := t.total(t.data[last])
	for i := last + 1; i < len(t.data); i++ {
		if gap {
			return i
		}
		gap = filled(t.data[i]) == 0
	}
	return len(t.data)
}

// valueLike reports whether somebody may have meant a value.
func valueLike(s string) bool {
	if strings.ContainsAny(s, "0123456789") {
		return true
	}
	_, err := number.Parse(s, number.Options{})
	return err == nil
}

func numeric(s string) bool {
	if !strings.ContainsAny(s, "0123456789") {
		return false
	}
	_, err := number.Parse(s, number.Options{Decimal: ","})
	return err == nil
}
