// Package formula reads the arithmetic of a declaration, such as
// "100 * housed / families", and computes it with ranges instead of numbers.
package formula

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Range is a closed range of numbers; an end may be infinite.
type Range struct{ Low, High float64 }

// At is the range that holds one number only.
func At(v float64) Range { return Range{v, v} }

// Within reports whether the whole range lies in the other.
func (r Range) Within(o Range) bool { return r.Low >= o.Low && r.High <= o.High }

// Apart reports whether no number is in both.
func (r Range) Apart(o Range) bool { return r.High < o.Low || r.Low > o.High }

// Hull is the smallest range that holds both.
func (r Range) Hull(o Range) Range { return Range{math.Min(r.Low, o.Low), math.Max(r.High, o.High)} }

// Formula is a parsed expression of numbers, names, + - * / and brackets.
type Formula struct {
	root  node
	names []string
}

// Names are the names in the formula, in its order, each as often as it stands there.
func (f *Formula) Names() []string { return f.names }

// Eval computes the range of the formula from the ranges of its names. It is
// exact where each name stands once; ok is false where a divisor may be zero
// or the result is no number.
func (f *Formula) Eval(of func(name string) Range) (Range, bool) {
	r, ok := f.root.eval(of)
	return r, ok && !math.IsNaN(r.Low) && !math.IsNaN(r.High)
}

type node struct {
	op          byte // + - * / or 0 for a leaf
	left, right *node
	name        string
	value       float64
}

func (n *node) eval(of func(string) Range) (Range, bool) {
	if n.op == 0 {
		if n.name != "" {
			return of(n.name), true
		}
		return At(n.value), true
	}
	a, ok1 := n.left.eval(of)
	b, ok2 := n.right.eval(of)
	if !ok1 || !ok2 {
		return Range{}, false
	}
	switch n.op {
	case '+':
		return Range{a.Low + b.Low, a.High + b.High}, true
	case '-':
		return Range{a.Low - b.High, a.High - b.Low}, true
	case '*':
		return corners(a, b, product), true
	}
	if b.Low <= 0 && b.High >= 0 {
		return Range{}, false
	}
	return corners(a, b, func(x, y float64) float64 {
		if math.IsInf(y, 0) {
			return 0
		}
		return x / y
	}), true
}

// product takes nothing times an open end as nothing.
func product(x, y float64) float64 {
	if x == 0 || y == 0 {
		return 0
	}
	return x * y
}

func corners(a, b Range, do func(x, y float64) float64) Range {
	r := Range{math.Inf(1), math.Inf(-1)}
	for _, x := range []float64{a.Low, a.High} {
		for _, y := range []float64{b.Low, b.High} {
			r = r.Hull(At(do(x, y)))
		}
	}
	return r
}

// Parse reads a formula.
func Parse(text string) (*Formula, error) {
	p := &parser{text: text, f: &Formula{}}
	n, err := p.sum(0)
	if err != nil {
		return nil, err
	}
	if p.space(); p.at < len(p.text) {
		return nil, fmt.Errorf("%q: %q stands where the formula should end", text, p.text[p.at:])
	}
	p.f.root = *n
	return p.f, nil
}

const deepest = 50

type parser struct {
	text string
	at   int
	f    *Formula
}

func (p *parser) space() {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
}

// operator takes one of the signs, 0 where none stands next.
func (p *parser) operator(signs string) byte {
	p.space()
	if p.at < len(p.text) && strings.IndexByte(signs, p.text[p.at]) >= 0 {
		p.at++
		return p.text[p.at-1]
	}
	return 0
}

func (p *parser) sum(depth int) (*node, error) {
	return p.chain("+-", func() (*node, error) { return p.chain("*/", func() (*node, error) { return p.leaf(depth) }) })
}

func (p *parser) chain(signs string, part func() (*node, error)) (*node, error) {
	left, err := part()
	if err != nil {
		return nil, err
	}
	for {
		op := p.operator(signs)
		if op == 0 {
			return left, nil
		}
		right, err := part()
		if err != nil {
			return nil, err
		}
		left = &node{op: op, left: left, right: right}
	}
}

func (p *parser) leaf(depth int) (*node, error) {
	if depth > deepest {
		return nil, fmt.Errorf("%q: more than %d brackets within each other", p.text, deepest)
	}
	if p.operator("(") != 0 {
		n, err := p.sum(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.operator(")") == 0 {
			return nil, fmt.Errorf("%q: a bracket is not closed", p.text)
		}
		return n, nil
	}
	from := p.at
	for p.at < len(p.text) && (p.text[p.at] == '_' || p.text[p.at] == '.' || unicode.IsLetter(rune(p.text[p.at])) || unicode.IsDigit(rune(p.text[p.at]))) {
		p.at++
	}
	word := p.text[from:p.at]
	switch {
	case word == "":
		return nil, fmt.Errorf("%q: expected a name, a number or a bracket at %q", p.text, p.text[from:])
	case word[0] >= '0' && word[0] <= '9' || word[0] == '.':
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return nil, fmt.Errorf("%q: %q is not a number", p.text, word)
		}
		return &node{value: v}, nil
	}
	p.f.names = append(p.f.names, word)
	return &node{name: word}, nil
}
