package formula

// Pairs calls of for every two names that the formula sets against each other:
// added or subtracted ('+', '-'), or divided one by the other ('/'). A name
// that is only part of a quotient is not itself added to anything. gained is
// true where one of the two stands in a difference of two names, which is a
// count of what happened between them.
func (f *Formula) Pairs(of func(op byte, left, right string, gained bool)) { f.root.pairs(of) }

func (n *node) pairs(of func(byte, string, string, bool)) {
	if n.op == 0 {
		return
	}
	n.left.pairs(of)
	n.right.pairs(of)
	if n.op == '*' {
		return
	}
	for _, a := range n.left.counts() {
		for _, b := range n.right.counts() {
			of(n.op, a.name, b.name, a.gained || b.gained)
		}
	}
}

type count struct {
	name   string
	gained bool
}

// counts are the names whose counts a part of the formula still is: sums and
// multiples of them, not quotients or products of two.
func (n *node) counts() []count {
	if n.op == 0 {
		if n.name == "" {
			return nil
		}
		return []count{{name: n.name}}
	}
	if n.op == '-' && n.left.op == 0 && n.right.op == 0 && n.left.name != "" && n.right.name != "" {
		return []count{{n.left.name, true}, {n.right.name, true}}
	}
	switch {
	case n.op == '*' && n.left.named() && n.right.named(), n.op == '/' && n.right.named():
		return nil
	}
	return append(n.left.counts(), n.right.counts()...)
}

func (n *node) named() bool {
	if n.op == 0 {
		return n.name != ""
	}
	return n.left.named() || n.right.named()
}
