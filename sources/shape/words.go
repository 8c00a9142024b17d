package shape

import "tereze/config/words"

// Words says a change in a language.
func (c Change) Words(l *words.Lang) string {
	kind := func(t string) string { return l.T("drift.type." + t) }
	switch c.Kind {
	case New:
		return l.T("drift.new", "column", c.Column, "type", kind(c.Now))
	case Renamed:
		return l.T("drift.renamed", "column", c.Was, "now", c.Now)
	case Retyped:
		return l.T("drift.retyped", "column", c.Column, "type", kind(c.Was), "now", kind(c.Now))
	}
	return l.T("drift.lost", "column", c.Column)
}
