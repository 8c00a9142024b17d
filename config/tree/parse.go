package tree

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tereze/model"
)

const (
	maxBytes = 8 << 20
	maxDepth = 60 // far beyond any configuration; keeps the parser's stack small
)

// Parse reads one YAML document. An empty file gives a node of kind Null.
// Anchors, aliases and tags are refused: a configuration says what it means
// in place. It never panics, whatever the bytes.
func Parse(file string, data []byte) (root *Node, problems []model.Problem) {
	bad := func(line int, format string, args ...any) {
		problems = append(problems, model.Problem{
			Place: model.Place{File: file, Line: line}, Code: "yaml", Level: model.Error, Text: fmt.Sprintf(format, args...),
		})
	}
	root = &Node{File: file, Line: 1}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(data) > maxBytes {
		bad(0, "the file has %d bytes; expected at most %d", len(data), maxBytes)
		return root, problems
	}
	if !utf8.Valid(data) {
		bad(lineOfInvalid(data), "the text is not UTF-8; save the file as UTF-8")
		return root, problems
	}
	if line := tooDeep(data); line > 0 {
		bad(line, "nested deeper than %d levels; expected a flat configuration", maxDepth)
		return root, problems
	}
	defer func() {
		if r := recover(); r != nil { // the YAML library, not our code, may give up like this
			bad(0, "this is not YAML that can be read (%v)", r)
		}
	}()
	doc, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		line, text := 0, err.Error()
		var ye yaml.Error
		if errors.As(err, &ye) {
			text = ye.GetMessage()
			if t := ye.GetToken(); t != nil && t.Position != nil {
				line = t.Position.Line
			}
		}
		bad(line, "not YAML: %s", text)
		return root, problems
	}
	if len(doc.Docs) > 1 {
		bad(doc.Docs[1].GetToken().Position.Line, "a second document begins; expected one document a file")
	}
	if len(doc.Docs) == 0 || doc.Docs[0].Body == nil {
		return root, problems
	}
	c := converter{file: file, bad: bad}
	return c.node(doc.Docs[0].Body, "", 0), problems
}

type converter struct {
	file string
	bad  func(line int, format string, args ...any)
}

func (c converter) node(n ast.Node, key string, depth int) *Node {
	out := &Node{File: c.file, Key: key, Line: line(n)}
	if depth > maxDepth {
		c.bad(out.Line, "nested deeper than %d levels; expected a flat configuration", maxDepth)
		return out
	}
	scalar := func(kind, text string) *Node {
		out.Kind, out.Type, out.Text = Scalar, kind, text
		return out
	}
	switch v := n.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
	case *ast.StringNode:
		scalar("string", v.Value)
	case *ast.LiteralNode:
		if v.Value == nil {
			return scalar("string", "")
		}
		scalar("string", strings.TrimSpace(v.Value.Value))
	case *ast.IntegerNode:
		scalar("int", v.GetToken().Value)
	case *ast.FloatNode:
		scalar("float", v.GetToken().Value)
	case *ast.BoolNode:
		scalar("bool", v.GetToken().Value)
	case *ast.InfinityNode, *ast.NanNode:
		scalar("string", v.GetToken().Value)
	case *ast.SequenceNode:
		out.Kind = List
		for i, e := range v.Values {
			out.Items = append(out.Items, c.node(e, fmt.Sprintf("%s[%d]", key, i+1), depth+1))
		}
	case *ast.MappingNode:
		c.fields(out, v.Values, depth)
	case *ast.MappingValueNode:
		c.fields(out, []*ast.MappingValueNode{v}, depth)
	case *ast.AnchorNode, *ast.AliasNode:
		c.bad(out.Line, "an anchor or alias (& or *) stands here; write the value in place, or in quotes")
	case *ast.TagNode:
		c.bad(out.Line, "a tag (!) stands here; write the value without it, or in quotes")
	default:
		c.bad(out.Line, "%s cannot be used here; expected a value, a list or a map", n.Type())
	}
	return out
}

func (c converter) fields(out *Node, values []*ast.MappingValueNode, depth int) {
	out.Kind = Map
	seen := map[string]int{}
	for _, mv := range values {
		if mv == nil || mv.Key == nil {
			continue
		}
		at := line(mv.Key)
		name, ok := keyText(mv.Key)
		if !ok {
			c.bad(at, "a key that is not plain text; expected a word before the colon")
			continue
		}
		path := join(out.Key, name)
		if first, twice := seen[name]; twice {
			c.bad(at, "key %s stands twice (first in line %d); keep one", path, first)
			continue
		}
		seen[name] = at
		child := c.node(mv.Value, path, depth+1)
		if child.Kind != Scalar || child.Line == 0 {
			child.Line = at // of a block the line of its key is what people look for
		}
		out.Fields = append(out.Fields, Field{name, at, child})
	}
}

func keyText(k ast.MapKeyNode) (string, bool) {
	switch v := k.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return v.GetToken().Value, true
	}
	return "", false
}

func line(n ast.Node) int {
	if n == nil {
		return 0
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

func lineOfInvalid(data []byte) int {
	n := 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size <= 1 {
			return n
		}
		if r == '\n' {
			n++
		}
		data = data[size:]
	}
	return n
}

// tooDeep is the first line that nests beyond the limit, 0 for none. It looks
// only at what can nest within a line and at indentation, which is enough to
// keep the recursive parser away from hostile files.
func tooDeep(data []byte) int {
	flow := 0
	for i, l := range bytes.Split(data, []byte("\n")) {
		indent := len(l) - len(bytes.TrimLeft(l, " "))
		marks := 0
		for _, b := range l {
			switch b {
			case '[', '{':
				flow++
			case ']', '}':
				flow = max(flow-1, 0)
			}
		}
		rest := l[indent:]
		for len(rest) > 0 && bytes.ContainsRune([]byte("-?:!&* \t"), rune(rest[0])) {
			if rest[0] != ' ' {
				marks++
			}
			rest = rest[1:]
		}
		if flow > maxDepth || marks > maxDepth && len(rest) > 0 || indent > 8*maxDepth || bytes.Count(l, []byte(": ")) > 40*maxDepth {
			return i + 1
		}
	}
	return 0
}
