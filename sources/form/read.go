package form

import (
	"strings"

	"tereze/config"
	"tereze/sources/grid"
)

// Identity is what the hidden first row of a form says.
type Identity struct {
	Mark   string // which version of the form
	Source string
	Area   string // code
	Period string // canonical name
}

// Current reports whether this program can read the version of the form.
func (i Identity) Current() bool { return i.Mark == config.FormMark }

// Identify reads the identity of a sheet; ok is false where the sheet is no
// form of any version.
func Identify(g *grid.Grid) (id Identity, ok bool) {
	text := func(at string) string {
		s, _ := g.Cell(at)
		return strings.TrimSpace(s)
	}
	id = Identity{text(config.FormMarkCell), text(config.FormSourceCell), text(config.FormAreaCell), text(config.FormPeriodCell)}
	family, _, _ := strings.Cut(config.FormMark, "/")
	return id, strings.HasPrefix(id.Mark, family+"/")
}

// Line is one line of a form as it was sent.
type Line struct {
	Measure string // its id, as it stands in the hidden column
	Text    string // of the value cell
	Row     int
	Column  string // letter of the value column
}

// Lines are the lines of a form in their order, blank ones included; none
// where its hidden heads are gone.
func Lines(g *grid.Grid) []Line {
	id, value := -1, -1
	var out []Line
	for _, r := range g.Rows {
		if id < 0 {
			id, value = heads(r.Cells)
			continue
		}
		if id >= len(r.Cells) || strings.TrimSpace(r.Cells[id]) == "" {
			continue
		}
		l := Line{Measure: strings.TrimSpace(r.Cells[id]), Row: r.Number, Column: grid.Letters(value)}
		if value < len(r.Cells) {
			l.Text = strings.TrimSpace(r.Cells[value])
		}
		out = append(out, l)
	}
	return out
}

// heads finds the two columns that are read back.
func heads(cells []string) (id, value int) {
	id, value = -1, -1
	for c, text := range cells {
		switch strings.TrimSpace(text) {
		case config.FormIDHead:
			id = c
		case config.FormValueHead:
			value = c
		}
	}
	if value < 0 {
		return -1, -1
	}
	return id, value
}
