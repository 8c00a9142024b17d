// Package json reads an array of objects out of a JSON document as a table
// whose columns are the names of the fields.
package json

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"tereze/config"
	"tereze/sources/charset"
	"tereze/sources/grid"
)

// Read finds the records at the declared dotted path (without one, the
// document itself or its only array of objects). A row's number is its place
// in the array, counted from 1; numbers keep the text they are written with.
func Read(data []byte, src config.Source) ([]grid.Grid, map[string]string, error) {
	text, encoding, err := charset.Decode(data, strings.ToLower(src.Encoding))
	if err != nil {
		return nil, nil, err
	}
	root, err := parse(text)
	if err != nil {
		return nil, nil, err
	}
	list, path, err := find(root, src.Table.Records)
	if err != nil {
		return nil, nil, err
	}
	g, err := table(list)
	if err != nil {
		return nil, nil, err
	}
	g.Fields = map[string]string{}
	fields(root, list, "", g.Fields)
	if path == "" {
		path = "."
	}
	return []grid.Grid{g}, map[string]string{"encoding": encoding, "records": path}, nil
}

// node is one value of the document; objects keep the order of their fields.
type node struct {
	kind  byte // '{', '[', 's' text, 'n' number, '0' null, 'b' true or false
	text  string
	names []string
	items []*node
}

const (
	maxDepth   = 100
	maxColumns = 2000 // names of fields; a document with more keeps data in its names
)

func parse(text string) (*node, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	root, err := value(d, 0)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = fmt.Errorf("more text follows the end of the document")
		}
	}
	if err != nil {
		at := min(int(d.InputOffset()), len(text))
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("the document ends too early")
		}
		return nil, fmt.Errorf("line %d: not valid JSON: %w", 1+strings.Count(text[:at], "\n"), err)
	}
	return root, nil
}

func value(d *json.Decoder, depth int) (*node, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		if depth > maxDepth {
			return nil, fmt.Errorf("it is nested more than %d levels deep", maxDepth)
		}
		n := &node{kind: byte(t)}
		for d.More() {
			if n.kind == '{' {
				name, err := d.Token()
				if err != nil {
					return nil, err
				}
				text, _ := name.(string)
				n.names = append(n.names, text)
			}
			item, err := value(d, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
		_, err := d.Token()
		return n, err
	case string:
		return &node{kind: 's', text: t}, nil
	case json.Number:
		return &node{kind: 'n', text: t.String()}, nil
	case bool:
		return &node{kind: 'b', text: strconv.FormatBool(t)}, nil
	}
	return &node{kind: '0'}, nil
}

// find walks a dotted path to the array of records.
func find(root *node, path string) (*node, string, error) {
	if path == "" {
		return only(root)
	}
	at := root
	for _, name := range strings.Split(path, ".") {
		next := (*node)(nil)
		switch at.kind {
		case '{':
			if i := slices.Index(at.names, name); i >= 0 {
				next = at.items[i]
			}
		case '[':
			if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(at.items) {
				next = at.items[i]
			}
		}
		if next == nil {
			return nil, "", fmt.Errorf("%q of the path %q is not in the document; expected one of %s", name, path, strings.Join(quoted(at.names), ", "))
		}
		at = next
	}
	if at.kind != '[' {
		return nil, "", fmt.Errorf("the path %q does not lead to an array; expected an array of objects", path)
	}
	return at, path, nil
}

// only is the array that a document without a declared path must mean.
func only(root *node) (*node, string, error) {
	if root.kind == '[' {
		return root, "", nil
	}
	at := -1
	for i, item := range root.items {
		if root.kind == '{' && item.kind == '[' && len(item.items) > 0 && item.items[0].kind == '{' {
			if at >= 0 {
				at = -1
				break
			}
			at = i
		}
	}
	if at < 0 {
		return nil, "", fmt.Errorf("the document is no array and does not hold exactly one array of objects; declare \"records\" in the source")
	}
	return root.items[at], root.names[at], nil
}

func quoted(names []string) []string {
	var out []string
	for _, n := range names[:min(len(names), 12)] {
		out = append(out, strconv.Quote(n))
	}
	return out
}

// table lays the objects under one header: all names in the order in which
// they first occur. A name twice in one object makes two columns of it.
func table(list *node) (grid.Grid, error) {
	g := grid.Grid{Named: true}
	columns := map[string]int{}
	var heads []string
	var buffer bytes.Buffer
	for i, item := range list.items {
		if item.kind != '{' {
			return g, fmt.Errorf("record %d is no object; expected an array of objects", i+1)
		}
		row := grid.Row{Number: i + 1, Cells: make([]string, len(heads)), Marks: make([]grid.Mark, len(heads))}
		seen := map[int]bool{}
		item.leaves("", func(name string, leaf *node) {
			key := name
			c, ok := columns[key]
			for ok && seen[c] {
				key += "\x00"
				c, ok = columns[key]
			}
			if !ok {
				c = len(heads)
				columns[key] = c
				heads = append(heads, name)
			}
			for len(row.Cells) <= c {
				row.Cells = append(row.Cells, "")
				row.Marks = append(row.Marks, 0)
			}
			seen[c] = true
			row.Cells[c] = leaf.plain(&buffer)
			if leaf.kind == 'n' {
				row.Marks[c] = grid.Numeric
			}
		})
		g.Rows = append(g.Rows, row)
		if len(heads) > maxColumns {
			return g, fmt.Errorf("the records up to %d have more than %d names of fields; expected the same few names in each", i+1, maxColumns)
		}
	}
	g.Rows = append([]grid.Row{{Cells: heads}}, g.Rows...)
	return g, nil
}

// leaves visits the values of an object; fields of objects within it have
// dotted names.
func (n *node) leaves(prefix string, visit func(name string, leaf *node)) {
	for i, item := range n.items {
		name := prefix + n.names[i]
		if item.kind == '{' {
			item.leaves(name+".", visit)
			continue
		}
		visit(name, item)
	}
}

// plain is the text of a leaf; the parts of an array stand one behind another.
func (n *node) plain(b *bytes.Buffer) string {
	if n.kind != '[' {
		return n.text
	}
	b.Reset()
	n.join(b)
	return b.String()
}

func (n *node) join(b *bytes.Buffer) {
	for _, item := range n.items {
		if item.kind == '[' || item.kind == '{' {
			item.join(b)
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(item.text)
	}
}

// fields gathers the single texts of a document beside its records.
func fields(n, records *node, prefix string, out map[string]string) {
	if n == records || n.kind != '{' {
		return
	}
	for i, item := range n.items {
		name := prefix + n.names[i]
		switch item.kind {
		case '{':
			fields(item, records, name+".", out)
		case '[':
		default:
			out[name] = item.text
		}
	}
}
