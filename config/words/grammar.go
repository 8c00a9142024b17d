package words

import (
	"slices"

	"tereze/config/tree"
)

// grammar changes names and numbers into the forms that sentences need. Which
// one a language uses, and all its letters, endings and words, stand under
// the key grammar of its words file.
type grammar interface {
	names() []string // filters it offers
	apply(filter, s string) string
	in(name string) string // place phrase from a bare name
}

// plain changes nothing: the grammar of a language that declares none.
type plain struct{}

func (plain) names() []string          { return nil }
func (plain) apply(_, s string) string { return s }
func (plain) in(name string) string    { return name }

// engines are the grammars a words file may choose by the key grammar.engine.
var engines = map[string]func(*builder, *tree.Node) grammar{
	"rules":    newRules,
	"suffixes": newSuffixes,
}

func (b *builder) engine(l *Lang, g *tree.Node) {
	if g == nil {
		return
	}
	e := g.Get("engine")
	if e == nil || engines[e.Text] == nil {
		given := ""
		if e != nil {
			given = e.Text
		}
		var valid []string
		for name := range engines {
			valid = append(valid, name)
		}
		slices.Sort(valid)
		b.bad(g.At("engine"), "unknown_name", tree.Hint(given, valid), "%q is not a grammar engine", given)
		return
	}
	l.cases = engines[e.Text](b, g)
}

// keys complains about every key of g that is not among the allowed ones.
func (b *builder) keys(g *tree.Node, allowed ...string) {
	for _, f := range g.Fields {
		if !slices.Contains(allowed, f.Name) {
			b.bad(f.Node.Place(), "unknown_key", tree.Hint(f.Name, allowed), "unknown key %s", f.Name)
		}
	}
}

// texts are the scalars of a list or the text of a scalar.
func (b *builder) texts(n *tree.Node) []string {
	if n == nil {
		return nil
	}
	if n.Kind == tree.Scalar {
		return []string{n.Text}
	}
	var out []string
	for _, e := range n.Items {
		if e.Kind != tree.Scalar {
			b.bad(e.Place(), "wrong_type", "", "%s stands here; expected a text", e.Describe())
			continue
		}
		out = append(out, e.Text)
	}
	return out
}
