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
		"a: &x 1\n":                      "x.yaml:1: an anchor or alias",
		"a: !!int 1\n":                   "x.yaml:1: a tag",
		"a: 1\n---\nb: 2\n":              "second document",
		"a: [1\n":                        "not YAML",
		strings.Repeat("[", 1000):        "nested deeper",
		strings.Repeat("- ", 1000) + "a": "nested deeper",
		"\xff\xfe":                       "not UTF-8",
	} {
		_, problems := Parse("x.yaml", []byte(in))
		if len(problems) == 0 || !strings.Contains(problems[0].Error(), want) {
			t.Errorf("%.20q: got %v, expected %q", in, problems, want)
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
