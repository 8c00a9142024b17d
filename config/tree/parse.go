package tree

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

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
	if line := foreignBreak(data); line > 0 {
		bad(line, "a line separator (U+0085, U+2028 or U+2029) stands in the text; put a blank or an ordinary line end in its place")
		return root, problems
	}
	lines := bytes.Split(data, []byte("\n"))
	if line := tooDeep(lines); line > 0 {
		bad(line, "nested deeper than %d levels; expected a flat configuration", maxDepth)
		return root, problems
	}
	defer func() {
		if r := recover(); r != nil { // the YAML library, not our code, may give up like this
			bad(0, "this is not YAML that can be read (%v)", r)
		}
	}()
	first, second, err := read(data)
	if err != nil {
		line, text := explain(err, data)
		bad(line, "%s", text)
		return root, problems
	}
	if second != nil {
		bad(second.Line, "a second document begins; expected one document a file")
	}
	if first == nil {
		return root, problems
	}
	c := converter{file: file, lines: lines, bad: bad}
	return c.node(first.Content[0], "", 0), problems
}

type converter struct {
	file  string
	lines [][]byte // of the file
	bad   func(line int, format string, args ...any)
}

func (c converter) node(n *yaml.Node, key string, depth int) *Node {
	out := &Node{File: c.file, Key: key, Line: n.Line}
	switch {
	case depth > maxDepth:
		c.bad(out.Line, "nested deeper than %d levels; expected a flat configuration", maxDepth)
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		c.bad(out.Line, anchorText)
	case c.tagged(n):
		c.bad(out.Line, "a tag (!) stands here; write the value without it, or in quotes")
	case n.Kind == yaml.SequenceNode:
		out.Kind = List
		out.Items = slices.Grow(out.Items, len(n.Content))
		for i, e := range n.Content {
			out.Items = append(out.Items, c.node(e, key+"["+strconv.Itoa(i+1)+"]", depth+1))
		}
	case n.Kind == yaml.MappingNode:
		c.fields(out, n.Content, depth)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		out.Kind, out.Type, out.Text = Scalar, "string", strings.TrimSpace(n.Value)
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		out.Kind, out.Type, out.Text = Scalar, "string", n.Value
	case n.Tag != nullTag:
		out.Kind, out.Type, out.Text = Scalar, plainType(n.Value), n.Value
	}
	return out
}

// The tags that the library gives to texts without quotes.
const (
	nullTag  = "!!null"
	mergeTag = "!!merge"
)

const anchorText = "an anchor or alias (& or *) stands here; write the value in place, or in quotes"

// fields takes the keys and values that stand in turn in content.
func (c converter) fields(out *Node, content []*yaml.Node, depth int) {
	out.Kind = Map
	out.Fields = slices.Grow(out.Fields, len(content)/2)
	seen := make(map[string]int, len(content)/2)
	for i := 0; i+1 < len(content); i += 2 {
		k, at := content[i], content[i].Line
		if k.Kind != yaml.ScalarNode || k.Anchor != "" || k.Tag == mergeTag || k.Tag == nullTag && k.Value == "" || c.tagged(k) {
			c.bad(at, "a key that is not plain text; expected a word before the colon")
			continue
		}
		path := join(out.Key, k.Value)
		if first, twice := seen[k.Value]; twice {
			c.bad(at, "key %s stands twice (first in line %d); keep one", path, first)
			continue
		}
		seen[k.Value] = at
		child := c.node(content[i+1], path, depth+1)
		if child.Kind != Scalar {
			child.Line = at // of a block the line of its key is what people look for
		}
		out.Fields = append(out.Fields, Field{k.Value, at, child})
	}
}

// tagged says whether a tag stands before the value. The library keeps no
// trace of a single !, but its place is where the node begins.
func (c converter) tagged(n *yaml.Node) bool {
	if n.Style&yaml.TaggedStyle != 0 {
		return true
	}
	if n.Line > len(c.lines) {
		return false
	}
	rest := c.lines[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(rest)
		rest = rest[size:]
	}
	return len(rest) > 0 && rest[0] == '!'
}

// plainType is the type of a text without quotes that is not empty.
func plainType(text string) string {
	switch text {
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return "bool"
	}
	if strings.IndexByte("+-.0123456789", text[0]) < 0 {
		return "string"
	}
	digits := strings.ReplaceAll(text, "_", "")
	if digits[0] == '+' || digits[0] == '-' {
		digits = digits[1:]
	}
	if strings.Contains(digits, ".") {
		if _, err := strconv.ParseFloat(digits, 64); err == nil {
			return "float"
		}
	} else if _, err := strconv.ParseUint(digits, 0, 64); err == nil {
		return "int"
	}
	return "string"
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

// foreignBreak is the line with a character that ends a line for the library
// but not for the editors in which people look for the line; 0 for none.
func foreignBreak(data []byte) int {
	for _, b := range []string{"\u0085", "\u2028", "\u2029"} {
		if i := bytes.Index(data, []byte(b)); i >= 0 {
			return 1 + bytes.Count(data[:i], []byte("\n"))
		}
	}
	return 0
}

// tooDeep is the first line that nests beyond the limit, 0 for none. It looks
// only at what can nest within a line and at indentation, which is enough to
// keep the recursive parser away from hostile files.
func tooDeep(lines [][]byte) int {
	flow := 0
	for i, l := range lines {
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
		for len(rest) > 0 && strings.IndexByte("-?:!&* \t", rest[0]) >= 0 {
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
