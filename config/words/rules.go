package words

import (
	"regexp"
	"sync"

	"tereze/config/tree"
)

// rules is a grammar of rewriting: for each case the first pattern that fits
// the name writes the phrase, then every pattern of then smooths it.
type rules struct {
	cases map[string][]rule
	order []string
	then  []rule
	place string
	done  sync.Map // case + name → phrase: a site has few names and many sentences
}

type rule struct {
	pattern *regexp.Regexp
	write   string
}

// newRules reads grammar: {engine: rules, in: CASE, cases: {CASE: [[pattern,
// phrase], …]}, then: [[pattern, phrase], …]}.
func newRules(b *builder, g *tree.Node) grammar {
	b.keys(g, "engine", "in", "cases", "then")
	r := &rules{cases: map[string][]rule{}, then: b.rules(g.Get("then"))}
	if c := g.Get("cases"); c != nil {
		for _, f := range c.Fields {
			r.cases[f.Name] = b.rules(f.Node)
			r.order = append(r.order, f.Name)
		}
	}
	if n := g.Get("in"); n != nil {
		r.place = n.Text
		if _, ok := r.cases[r.place]; !ok {
			b.bad(n.Place(), "unknown_name", tree.Hint(r.place, r.order), "%q is not one of the cases", r.place)
		}
	}
	return r
}

func (b *builder) rules(n *tree.Node) []rule {
	if n == nil {
		return nil
	}
	var out []rule
	for _, e := range n.Items {
		pair := b.texts(e)
		if len(pair) != 2 {
			b.bad(e.Place(), "wrong_type", "", "%s stands here; expected a pair [pattern, phrase]", e.Describe())
			continue
		}
		p, err := regexp.Compile(pair[0])
		if err != nil {
			b.bad(e.Place(), "wrong_pattern", "", "%q is not a regular expression: %v", pair[0], err)
			continue
		}
		out = append(out, rule{p, pair[1]})
	}
	return out
}

func (r *rules) names() []string { return r.order }

func (r *rules) in(name string) string { return r.apply(r.place, name) }

func (r *rules) apply(filter, s string) string {
	key := filter + "\x00" + s
	if v, ok := r.done.Load(key); ok {
		return v.(string)
	}
	out := s
	for _, e := range r.cases[filter] {
		if e.pattern.MatchString(s) {
			out = e.pattern.ReplaceAllString(s, e.write)
			break
		}
	}
	for _, e := range r.then {
		out = e.pattern.ReplaceAllString(out, e.write)
	}
	r.done.Store(key, out)
	return out
}
