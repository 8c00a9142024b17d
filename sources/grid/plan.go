package grid

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"sort"

	"tereze/config"
)

// part is where one part of a record comes from: a column, or one text for
// the whole table.
type part struct {
	column int // -1 = none
	text   string
}

func (p part) of(r Row) string {
	if p.column >= 0 {
		return r.text(p.column)
	}
	return p.text
}

// plan is a mapping laid onto the columns of one grid.
type plan struct {
	header header
	values []valueColumn
	uses   []use // what each column is for

	area, period, received, measure, qualifier, rounded, reference, known, evidence, evidenceDate, note part
}

// use is what a column is for.
type use uint8

const (
	unused use = iota
	layout     // a key, or known to be layout
	value
)

func (p *plan) use(c int) use {
	if c < 0 || c >= len(p.uses) {
		return unused
	}
	return p.uses[c]
}

func (p *plan) is(c int, u use) bool { return p.use(c) == u }

// valueColumn is one column of value cells; measure is empty in long tables.
type valueColumn struct {
	column  int
	name    string // its address
	measure string
}

// columns are the heads that a mapping declares, sorted, without those to ignore.
func columns(t config.Mapping) []string {
	var out []string
	for _, k := range keys(&t) {
		if k.Column != "" && !slices.Contains(out, k.Column) {
			out = append(out, k.Column)
		}
	}
	for head := range t.Values {
		if !slices.Contains(out, head) {
			out = append(out, head)
		}
	}
	for _, head := range t.Expect {
		if !slices.Contains(out, head) {
			out = append(out, head)
		}
	}
	sort.Strings(out)
	return out
}

// Heads are the column heads that a mapping declares; readers that must
// guess a separator look for them.
func Heads(t config.Mapping) []string { return columns(t) }

func keys(t *config.Mapping) []config.Key {
	return []config.Key{t.Area, t.Period, t.Received, t.Measure, t.Value, t.Qualifier, t.RoundedTo,
		t.Reference, t.KnownFrom, t.Evidence, t.EvidenceDate, t.Note}
}

// makePlan finds the header and every part; the texts say what is wrong and
// what to do about it.
func makePlan(g *Grid, o Options) (p plan, wrong, hint string) {
	t := o.Table
	p.header, wrong, hint = findHeader(g, columns(t), t.HeaderRows)
	if wrong != "" {
		return p, wrong, hint
	}
	p.uses = make([]use, len(p.header.heads))
	lay := func(k config.Key, to *part) {
		*to = part{column: -1}
		if wrong != "" {
			return
		}
		switch {
		case k.Column != "":
			to.column = p.header.columns[k.Column]
			p.uses[to.column] = layout
		case k.Cell != "":
			text, ok := g.Cell(k.Cell)
			if !ok || blank(text) {
				wrong, hint = fmt.Sprintf("nothing stands at %s, where a key of the whole table is expected", k.Cell), "check the address in the source"
			}
			to.text = text
		case k.File != "":
			to.text, wrong = fromName(k.File, o.File)
			hint = "check the expression in the source or rename the file"
		default:
			to.text = k.Value
		}
	}
	var single part
	for _, l := range []struct {
		key config.Key
		to  *part
	}{
		{t.Area, &p.area}, {t.Period, &p.period}, {t.Received, &p.received}, {t.Measure, &p.measure},
		{t.Value, &single}, {t.Qualifier, &p.qualifier}, {t.RoundedTo, &p.rounded}, {t.Reference, &p.reference},
		{t.KnownFrom, &p.known}, {t.Evidence, &p.evidence}, {t.EvidenceDate, &p.evidenceDate}, {t.Note, &p.note},
	} {
		lay(l.key, l.to)
	}
	if wrong != "" {
		return p, wrong, hint
	}
	if single.column >= 0 {
		p.values = append(p.values, valueColumn{column: single.column, name: p.address(g, single.column)})
	}
	for head, measure := range t.Values {
		c := p.header.columns[head]
		p.values = append(p.values, valueColumn{column: c, name: p.address(g, c), measure: measure})
	}
	sort.Slice(p.values, func(i, j int) bool { return p.values[i].column < p.values[j].column })
	for c, head := range p.header.heads {
		for _, i := range t.Ignore {
			if Fold(i) == Fold(head) || withoutFootnotes(Fold(i)) == withoutFootnotes(Fold(head)) {
				p.uses[c] = layout
			}
		}
	}
	for _, head := range t.Expect { // the contract asks for it, nobody reads it
		if c := p.header.columns[head]; p.uses[c] == unused {
			p.uses[c] = layout
		}
	}
	for _, v := range p.values {
		p.uses[v.column] = value
	}
	return p, "", ""
}

func (p *plan) address(g *Grid, c int) string {
	if g.Named {
		return p.header.heads[c]
	}
	return Letters(c)
}

// fromName is the first group of the expression in the file's name.
func fromName(expression, file string) (text, wrong string) {
	re, err := regexp.Compile(expression)
	if err != nil {
		return "", fmt.Sprintf("%q is not a regular expression: %v", expression, err)
	}
	m := re.FindStringSubmatch(file)
	if m == nil {
		m = re.FindStringSubmatch(path.Base(file))
	}
	if len(m) < 2 || m[1] == "" {
		return "", fmt.Sprintf("the file's name does not fit %q, whose first group is a key of the whole table", expression)
	}
	return m[1], ""
}
