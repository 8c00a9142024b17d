// Package tree reads a YAML file into nodes that remember their file, line
// and key, so that every later complaint can name its place.
package tree

import (
	"strconv"

	"tereze/model"
)

// Kind says what a node is.
type Kind int

// The kinds of nodes.
const (
	Null Kind = iota
	Scalar
	List
	Map
)

// Node is one value of a YAML file.
type Node struct {
	File   string
	Line   int
	Key    string // dotted path: measures[3].name.kk
	Kind   Kind
	Type   string // of a scalar: string, int, float, bool
	Text   string // of a scalar: as written, without quotes
	Items  []*Node
	Fields []Field
}

// Field is one entry of a map, in the order of the file.
type Field struct {
	Name string
	Line int
	Node *Node
}

// Get is the value under name, or nil. It works on a nil node.
func (n *Node) Get(name string) *Node {
	if n == nil {
		return nil
	}
	for _, f := range n.Fields {
		if f.Name == name {
			return f.Node
		}
	}
	return nil
}

// Place is where the node stands. It works on a nil node.
func (n *Node) Place() model.Place {
	if n == nil {
		return model.Place{}
	}
	return model.Place{File: n.File, Line: n.Line, Key: n.Key}
}

// At is the place of a field, or of the node itself where the field is absent;
// its key names the field in both cases.
func (n *Node) At(name string) model.Place {
	if c := n.Get(name); c != nil {
		return c.Place()
	}
	p := n.Place()
	p.Key = join(p.Key, name)
	return p
}

// Describe says what the node is, for messages.
func (n *Node) Describe() string {
	switch {
	case n == nil || n.Kind == Null:
		return "nothing"
	case n.Kind == List:
		return "a list"
	case n.Kind == Map:
		return "a map"
	}
	return strconv.Quote(n.Text)
}

// Merge lays over onto base: maps are merged key by key, everything else is
// replaced. Neither argument is changed.
func Merge(base, over *Node) *Node {
	if base == nil || over == nil || base.Kind != Map || over.Kind != Map {
		if over == nil {
			return base
		}
		return over
	}
	out := *over
	out.Fields = nil
	for _, f := range base.Fields {
		if o := over.Get(f.Name); o != nil {
			f.Node = Merge(f.Node, o)
			f.Line = f.Node.Line
		}
		out.Fields = append(out.Fields, f)
	}
	for _, f := range over.Fields {
		if base.Get(f.Name) == nil {
			out.Fields = append(out.Fields, f)
		}
	}
	return &out
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
