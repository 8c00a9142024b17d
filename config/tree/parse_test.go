package tree

import (
	"strings"
	"testing"
	"time"
)

// Whatever the bytes, Parse comes back soon and without a panic.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: 1\nb: {c: [x, y]}\n", "a: *b", "&a [*a]", "[[[[[[", "- - - - a", "? x\n: y", "\"", "!!binary x", "a: |\n", "{a: {b", "\xff\xfe", "a:\n- b\n -c", "%YAML 1.2\n---\na", "<<: {a: b}", "'", "a: >-\n  b\n c"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		watch := time.AfterFunc(5*time.Second, func() { panic("slow: " + string(data)) })
		defer watch.Stop()
		root, _ := Parse("x.yaml", data)
		if root == nil {
			t.Error("no node")
		}
	})
}

func TestNearest(t *testing.T) {
	names := []string{"large_families", "large_families_rehoused", "population"}
	for given, want := range map[string]string{"large_famlies": "large_families", "populatoin": "population", "Population": "population", "zebra": ""} {
		if got := Nearest(given, names); got != want {
			t.Errorf("nearest to %s is %q, expected %q", given, got, want)
		}
	}
}

func TestParsePlaces(t *testing.T) {
	root, problems := Parse("m.yaml", []byte("a:\n  - id: x\n    name: {kk: y}\n  - 5\nb: 0012\nc: |\n  text\n  more\nd:\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	name := root.Get("a").Items[0].Get("name").Get("kk")
	if got := name.Place().String(); got != "m.yaml:3, key a[1].name.kk" {
		t.Error(got)
	}
	if b := root.Get("b"); b.Text != "0012" || b.Line != 5 {
		t.Errorf("a number keeps its zeros: %+v", b)
	}
	if c := root.Get("c"); c.Text != "text\nmore" {
		t.Errorf("block text: %q", c.Text)
	}
	if d := root.Get("d"); d.Kind != Null || d.Line != 9 {
		t.Errorf("empty value: %+v", d)
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"a: 1\na: 2\n":                   "x.yaml:2: key a stands twice (first in line 1)",
		"a: {b: 1, b: 2}\n":              "x.yaml:1: key a.b stands twice (first in line 1)",
		"a: &x 1\n":                      "x.yaml:1: an anchor or alias",
		"a: 1\nb: *x\n":                  "x.yaml:2: an anchor or alias",
		"a: !!int 1\n":                   "x.yaml:1: a tag",
		"ә: 1\nб: ! x\n":                 "x.yaml:2: a tag",
		"a: 1\n<<: {b: 2}\n":             "x.yaml:2: a key that is not plain text",
		"[a]: 1\n":                       "x.yaml:1: a key that is not plain text",
		": 1\n":                          "x.yaml:1: a key that is not plain text",
		"a: 1\n---\nb: 2\n":              "x.yaml:2: a second document",
		"a: 1\n---\n":                    "x.yaml:2: a second document",
		"%YAML 1.2\n---\na: 1\n":         "x.yaml:1: not YAML: a directive",
		"a: [1\n":                        "x.yaml:2: not YAML: a list in brackets",
		"a: {b: 1\nc: 2\n":               "x.yaml:2: not YAML: a map in braces",
		"a: 1\nb: \"x\nc: 2\n":           "x.yaml:2: not YAML: a text in quotes does not end",
		"a: 1\nb: 'x\n---\n":             "x.yaml:2: not YAML: a text in quotes does not end",
		"a: 1\nb: c: d\n":                "x.yaml:2: not YAML: a colon and a blank",
		"a: 1\nb\nc: 2\n":                "x.yaml:2: not YAML: a key without a colon",
		"# x\na:\n    b: 1\n  c: 2\n":    "x.yaml:4: not YAML: this does not go on with the map",
		"a:\n  - b\n  c: 2\n":            "x.yaml:3: not YAML: this does not go on with the list",
		"a: 1\nb: @x\n":                  "x.yaml:2: not YAML: a tab, or one of @",
		"a:\n  b: 1\n\tc: 2\n":           "x.yaml:3: not YAML: a tab stands in the indentation",
		"a: \"\\q\"\n":                   "x.yaml:1: not YAML: a \\ in double quotes",
		"a: 'b'#c\n":                     "x.yaml:1: not YAML: # stands right after a value",
		"a: 1\nb: x\x01\n":               "x.yaml:2: not YAML: a control character",
		"a: 1\nb: 'x\u2028y'\n":          "x.yaml:2: a line separator",
		strings.Repeat("[", 1000):        "nested deeper",
		strings.Repeat("- ", 1000) + "a": "nested deeper",
		"a: 1\n\xff\xfe":                 "x.yaml:2: the text is not UTF-8",
	} {
		_, problems := Parse("x.yaml", []byte(in))
		if len(problems) == 0 || !strings.Contains(problems[0].Error(), want) {
			t.Errorf("%.20q: got %v, expected %q", in, problems, want)
		}
	}
}

// A scalar keeps the text as it is written; its type says how it may be read.
func TestParseScalars(t *testing.T) {
	for in, want := range map[string]string{
		"5": "int 5", "-1": "int -1", "0012": "int 0012", "09": "string 09", "1_000": "int 1_000", "0x1F": "int 0x1F", "18446744073709551615": "int 18446744073709551615",
		"1.50": "float 1.50", "-.5": "float -.5", "1e3": "string 1e3", ".inf": "string .inf", "1.2.3": "string 1.2.3",
		"True": "bool True", "yes": "string yes", "2021-01-02": "string 2021-01-02", "12:30": "string 12:30",
		"'5'": "string 5", `"null"`: "string null", "''": "string ", `"a\tb"`: "string a\tb", "'it''s'": "string it's",
		"null": " ", "~": " ", "": " ",
		"a b # c": "string a b", "http://x.y/z": "string http://x.y/z", "a\n  b": "string a b",
		">-\n  a\n  b\n\n  c": "string a b\nc", "|+\n  a\n   b\n\n": "string a\n b",
	} {
		root, problems := Parse("x.yaml", []byte("\ufeffa: "+in+"\n"))
		if a := root.Get("a"); a == nil || len(problems) > 0 || a.Type+" "+a.Text != want || (a.Kind == Null) != (want == " ") {
			t.Errorf("%q: got %+v %v, expected %q", in, a, problems, want)
		}
	}
	root, problems := Parse("x.yaml", []byte("a: {kk: Неше?, ru: Сколько - и где?, en: How many? All}\n"))
	if en := root.Get("a").Get("en"); en == nil || en.Text != "How many? All" || len(problems) > 0 {
		t.Errorf("a question in braces needs no quotes: %+v %v", root, problems)
	}
	for _, in := range []string{"", "\n", "# nothing\n", "---\n", "\ufeff"} {
		if root, problems := Parse("x.yaml", []byte(in)); root.Kind != Null || len(problems) > 0 {
			t.Errorf("%q: got %+v %v, expected nothing", in, root, problems)
		}
	}
}

func TestMerge(t *testing.T) {
	base, _ := Parse("b", []byte("a: {x: 1, y: 2}\nl: [1, 2]\n"))
	over, _ := Parse("o", []byte("a: {y: 3, z: 4}\nl: [5]\n"))
	m := Merge(base, over)
	if m.Get("a").Get("x").Text != "1" || m.Get("a").Get("y").Text != "3" || m.Get("a").Get("z").Text != "4" || len(m.Get("l").Items) != 1 {
		t.Errorf("merged: %+v", m)
	}
	if base.Get("a").Get("y").Text != "2" {
		t.Error("the base was changed")
	}
}
