// Package shape describes the columns of a delivery and says in what way
// those of the next one differ.
package shape

import (
	"fmt"
	"slices"
	"strings"

	"tereze/sources/grid"
	"tereze/sources/number"
)

// Type is what the cells of a column are.
type Type string

// The types of columns; Unknown is one with too few cells to tell.
const (
	Number  Type = "number"
	Date    Type = "date"
	Text    Type = "text"
	Unknown Type = "unknown"
)

// Column is one column of a delivery.
type Column struct {
	Name string `json:"name"`
	Type Type   `json:"type"`
}

// Shape is the columns of one delivery, in their order.
type Shape struct {
	Columns []Column `json:"columns"`
	Loose   bool     `json:"loose,omitempty"` // the order means nothing, as in JSON
}

// few is the number of filled cells below which a column has no type: one
// wrong cell must not make another column of it.
const few = 3

// Of describes a grid. wanted are heads that the header holds: those of the
// shape before, or of the source's table.
func Of(g *grid.Grid, wanted []string, headerRows int) Shape {
	heads, rows := grid.Columns(g, wanted, headerRows)
	s := Shape{Loose: g.Named}
	for c, h := range heads {
		if h == "" {
			continue // a column without a head is layout
		}
		s.Columns = append(s.Columns, Column{h, typeOf(rows, c)})
	}
	return s
}

// Heads are the names of the columns.
func (s Shape) Heads() []string {
	out := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		out[i] = c.Name
	}
	return out
}

// typeOf is the type that more than half of the cells have, marks such as
// "x" and "-" apart: they may stand in a column of any type.
func typeOf(rows []grid.Row, c int) Type {
	count := map[Type]int{}
	filled := 0
	for _, r := range rows {
		s := strings.TrimSpace(r.Text(c))
		t := kind(s)
		if t == Unknown {
			continue
		}
		filled++
		count[t]++
	}
	if filled < few {
		return Unknown
	}
	for _, t := range []Type{Number, Date} {
		if 2*count[t] > filled {
			return t
		}
	}
	return Text
}

func kind(s string) Type {
	if s == "" {
		return Unknown
	}
	digits := strings.ContainsAny(s, "0123456789")
	value := isNumber(s, ",") || isNumber(s, ".")
	switch {
	case value && !digits:
		return Unknown // a mark
	case value:
		return Number
	case digits && isDate(s):
		return Date
	}
	return Text
}

func isNumber(s, decimal string) bool {
	_, err := number.Parse(s, number.Options{Decimal: decimal, Percent: true})
	return err == nil
}

// isDate reports whether a text is a day in figures.
func isDate(s string) bool {
	s, _, _ = strings.Cut(s, " ")
	s, _, _ = strings.Cut(s, "T")
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '-' || r == '/' })
	if len(parts) != 3 {
		return false
	}
	for _, p := range parts {
		if len(p) > 4 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return len(parts[0]) == 4 || len(parts[2]) == 4
}

// Kind is how a column changed.
type Kind string

// The changes that make a delivery another one.
const (
	New     Kind = "new"
	Lost    Kind = "lost"
	Renamed Kind = "renamed"
	Retyped Kind = "retyped"
)

// Change is one difference between two shapes. Was and Now are the names of
// a renamed column, or the types of a retyped one; of a new column Now is
// the type.
type Change struct {
	Kind   Kind   `json:"kind"`
	Column string `json:"column"`
	Was    string `json:"was,omitempty"`
	Now    string `json:"now,omitempty"`
}

// String says it for a log; readers get words.
func (c Change) String() string {
	switch c.Kind {
	case New:
		return fmt.Sprintf("new column %q (%s)", c.Column, c.Now)
	case Renamed:
		return fmt.Sprintf("column %q is now %q", c.Was, c.Now)
	case Retyped:
		return fmt.Sprintf("column %q was %s, now %s", c.Column, c.Was, c.Now)
	}
	return fmt.Sprintf("column %q is lost", c.Column)
}

// Diff says how a shape differs from the one before; nothing means that a
// reader of the old one can read the new one. Columns that only moved are no
// change, since columns are found by their names.
func Diff(before, after Shape) []Change {
	var lost, added []int
	var out []Change
	for i, c := range before.Columns {
		j := slices.IndexFunc(after.Columns, func(d Column) bool { return same(c.Name, d.Name) })
		switch {
		case j < 0:
			lost = append(lost, i)
		case differ(c.Type, after.Columns[j].Type):
			out = append(out, Change{Retyped, c.Name, string(c.Type), string(after.Columns[j].Type)})
		}
	}
	for j, d := range after.Columns {
		if !slices.ContainsFunc(before.Columns, func(c Column) bool { return same(c.Name, d.Name) }) {
			added = append(added, j)
		}
	}
	for _, i := range lost {
		c := before.Columns[i]
		// A column at the same place with the same kind of cells has most
		// likely only another name; without an order, one for one.
		k := slices.IndexFunc(added, func(j int) bool {
			fits := !differ(c.Type, after.Columns[j].Type)
			return fits && (i == j && !after.Loose || len(lost) == 1 && len(added) == 1)
		})
		if k < 0 {
			out = append(out, Change{Kind: Lost, Column: c.Name})
			continue
		}
		now := after.Columns[added[k]].Name
		out = append(out, Change{Renamed, c.Name, c.Name, now})
		added = slices.Delete(added, k, k+1)
	}
	for _, j := range added {
		d := after.Columns[j]
		out = append(out, Change{Kind: New, Column: d.Name, Now: string(d.Type)})
	}
	return out
}

// Remember gives the shape with the types of the one before where its own
// columns have too few cells to tell.
func (s Shape) Remember(before Shape) Shape {
	out := Shape{Loose: s.Loose, Columns: slices.Clone(s.Columns)}
	for i, c := range out.Columns {
		j := slices.IndexFunc(before.Columns, func(d Column) bool { return same(c.Name, d.Name) })
		if c.Type == Unknown && j >= 0 {
			out.Columns[i].Type = before.Columns[j].Type
		}
	}
	return out
}

func same(a, b string) bool { return grid.Fold(a) == grid.Fold(b) }

func differ(a, b Type) bool { return a != b && a != Unknown && b != Unknown }
