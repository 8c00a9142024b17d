package tree

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

// read gives the first document of the data and the second, each nil where
// there is none.
func read(data []byte) (first, second *yaml.Node, err error) {
	l, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, nil, err
	}
	var docs [2]*yaml.Node
	for i := range docs {
		n := new(yaml.Node)
		err := l.Load(n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		docs[i] = n
	}
	return docs[0], docs[1], nil
}

// explain says in which line of the data the library stopped, 0 for none, and
// what was expected there.
func explain(err error, data []byte) (line int, text string) {
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return 0, "not YAML: " + err.Error()
	}
	line = le.Mark.Line
	if line == 0 && le.Mark.Index > 0 { // where characters are read, only bytes are counted
		line = 1 + bytes.Count(data[:min(le.Mark.Index, len(data))], []byte("\n"))
	}
	if strings.Contains(le.Message, "unknown anchor") {
		return line, anchorText
	}
	for _, w := range syntaxWords {
		if strings.Contains(le.Message, w.library) {
			if w.begun {
				line = le.ContextMark.Line
			}
			return line, "not YAML: " + w.ours
		}
	}
	return line, "not YAML: " + le.Message
}

// syntaxWords says in words for the people who write the files what the
// library says in words for those who write parsers. Of what does not end,
// the line where it has begun is what people look for.
var syntaxWords = []struct {
	library, ours string
	begun         bool
}{
	{"did not find expected key", "this does not go on with the map; expected the next key and a colon, indented like the keys before it, and nothing after a closing quote or bracket", false},
	{"did not find expected '-' indicator", "this does not go on with the list; expected the next -, indented like the entries before it", false},
	{"did not find expected ',' or ']'", "a list in brackets does not go on or end here; expected a comma or ]", false},
	{"did not find expected ',' or '}'", "a map in braces does not go on or end here; expected a comma or }", false},
	{"did not find expected node content", "a value is missing or begins with a sign that cannot stand here; expected a value, or put it in quotes", false},
	{"did not find expected <document start>", "this does not go on with what stands before it; expected one map or one list, indented evenly", false},
	{"mapping values are not allowed", "a colon and a blank stand where no key can begin; expected an even indentation, or put a text with a colon in quotes", false},
	{"block sequence entries are not allowed", "an entry of a list (-) stands where none can begin; expected it in a line of its own, or put the text in quotes", false},
	{"could not find expected ':'", "a key without a colon; expected a colon and a blank after it", true},
	{"found unexpected end of stream", "a text in quotes does not end; expected the closing quote", true},
	{"found unexpected document indicator", "a text in quotes does not end; expected the closing quote", true},
	{"found unknown escape character", `a \ in double quotes means nothing with the letter after it; expected \\, or put the text in single quotes`, false},
	{"found character that cannot start any token", "a tab, or one of @ ` %, begins a value; expected blanks for indentation, and such a text in quotes", false},
	{"found a tab character", "a tab stands in the indentation; expected blanks", false},
	{"control characters are not allowed", "a control character stands in the text; expected none but tabs and line ends", false},
	{"did not find expected hexadecimal number", `after \x, \u or \U in double quotes stand other signs than 2, 4 or 8 of 0-9 and a-f; expected those, or put the text in single quotes`, false},
	{"found a comment without preceding whitespace", "# stands right after a value; expected a blank before a comment, or put a text with # in quotes", false},
	{"did not find expected comment or line break", "a sign stands after | or >; expected the text in the lines below", false},
	{"found unknown directive name", "a directive (%) stands here; expected the document without it", false},
	{"found incompatible YAML document", "a directive (%) stands here; expected the document without it", false},
}
