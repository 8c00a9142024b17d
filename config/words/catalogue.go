package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"tereze/config/tree"
	"tereze/model"
)

// Files are the built-in words, one or more files a language.
//
//go:embed *.yaml
var Files embed.FS

// Catalogue holds the words of all languages. It is safe for concurrent use.
type Catalogue struct {
	langs map[string]*Lang
}

// Builtin reads the words that ship with the program.
func Builtin() (*Catalogue, []model.Problem) { return Load(nil) }

// Load reads the built-in words of every language ({lang}.yaml and
// {lang}.{topic}.yaml) and, where instance is not nil, lays over them what
// its words/{lang}.yaml say. A language that only the instance has is a
// language like the others.
func Load(instance fs.FS) (*Catalogue, []model.Problem) {
	own := builtin()
	b := builder{roots: maps.Clone(own.roots), problems: slices.Clone(own.problems)}
	if instance != nil {
		b.read(instance, "words", "words/")
	}
	c := &Catalogue{langs: map[string]*Lang{}}
	for code, root := range b.roots {
		c.langs[code] = b.lang(code, root)
	}
	sort.SliceStable(b.problems, func(i, j int) bool {
		p, q := b.problems[i].Place, b.problems[j].Place
		return p.File < q.File || p.File == q.File && p.Line < q.Line
	})
	return c, b.problems
}

// Lang is the language with the code. For an unknown code it is a language
// that shows keys, so that a mistake is seen and nothing panics.
func (c *Catalogue) Lang(code string) *Lang {
	if l, ok := c.langs[code]; ok {
		return l
	}
	return newLang(code)
}

// Languages are the codes of all languages, sorted.
func (c *Catalogue) Languages() []string {
	var out []string
	for code := range c.langs {
		out = append(out, code)
	}
	sort.Strings(out)
	return out
}

// List is a list of words, such as parse.totals, of all languages together:
// a report may be written in any of them.
func (c *Catalogue) List(key string) []string {
	var out []string
	for _, code := range c.Languages() {
		for _, w := range c.langs[code].lists[key] {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// Lists are all lists whose key begins with prefix and a dot, by the rest of
// the key: Lists("parse.months")["7"] are the words for July in all languages.
func (c *Catalogue) Lists(prefix string) map[string][]string {
	out := map[string][]string{}
	for _, code := range c.Languages() {
		for key := range c.langs[code].lists {
			if rest, ok := strings.CutPrefix(key, prefix+"."); ok && out[rest] == nil {
				out[rest] = c.List(key)
			}
		}
	}
	return out
}

// builtin are the built-in files, read once: a build loads two instances, and
// nodes are never changed.
var builtin = sync.OnceValue(func() builder {
	b := builder{roots: map[string]*tree.Node{}}
	b.read(Files, ".", "words/")
	return b
})

// builder collects files by language, then makes languages of them.
type builder struct {
	roots    map[string]*tree.Node
	problems []model.Problem
}

func (b *builder) bad(p model.Place, code, hint, format string, args ...any) {
	b.problems = append(b.problems, problem(p, code, hint, format, args...))
}

func problem(p model.Place, code, hint, format string, args ...any) model.Problem {
	return model.Problem{Place: p, Code: code, Level: model.Error, Hint: hint, Text: fmt.Sprintf(format, args...)}
}

// read merges the words files of one folder into the roots, in the order of
// their names. The files are parsed side by side.
func (b *builder) read(fsys fs.FS, dir, shown string) {
	entries, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		b.bad(model.Place{File: shown}, "unreadable_file", "", "the folder cannot be read: %v", err)
		return
	}
	files := make([]parsedFile, len(entries))
	var all sync.WaitGroup
	for i, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		all.Go(func() { files[i] = parseFile(fsys, path.Join(dir, e.Name()), shown+e.Name()) })
	}
	all.Wait()
	for _, f := range files {
		b.problems = append(b.problems, f.problems...)
		if f.root == nil {
			continue
		}
		if old := b.roots[f.code]; old != nil {
			f.root = tree.Merge(old, f.root)
		}
		b.roots[f.code] = f.root
	}
}

// parsedFile is what stands in a words file; without a root it has none.
type parsedFile struct {
	code     string // of the language
	root     *tree.Node
	problems []model.Problem
}

// parseFile reads one words file; its name begins with the language.
func parseFile(fsys fs.FS, name, shown string) parsedFile {
	code, _, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".yaml"), ".")
	f := parsedFile{code: code}
	wrong := func(place model.Place, code, format string, args ...any) parsedFile {
		f.root, f.problems = nil, append(f.problems, problem(place, code, "", format, args...))
		return f
	}
	if _, err := language.Parse(code); err != nil {
		return wrong(model.Place{File: shown}, "unknown_language", "%q is not a language code; expected a name such as kk.yaml or kk.core.yaml", code)
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return wrong(model.Place{File: shown}, "unreadable_file", "the file cannot be read: %v", err)
	}
	f.root, f.problems = tree.Parse(shown, data)
	switch f.root.Kind {
	case tree.Null:
		f.root = nil
	case tree.Map:
	default:
		return wrong(f.root.Place(), "wrong_type", "%s stands here; expected keys with their words", f.root.Describe())
	}
	return f
}

// lang flattens the tree of one language into messages and lists.
func (b *builder) lang(code string, root *tree.Node) *Lang {
	l := newLang(code)
	g, rest := root.Get("grammar"), *root
	rest.Fields = slices.DeleteFunc(slices.Clone(root.Fields), func(f tree.Field) bool { return f.Name == "grammar" })
	b.engine(l, g)
	b.flatten(l, &rest, "")
	return l
}

func (b *builder) flatten(l *Lang, n *tree.Node, key string) {
	switch n.Kind {
	case tree.Scalar:
		l.messages[key] = b.message(l, n)
		l.places[key] = n.Place()
	case tree.List:
		for _, e := range n.Items {
			if e.Kind != tree.Scalar {
				b.bad(e.Place(), "wrong_type", "", "%s stands here; expected a word", e.Describe())
				continue
			}
			l.lists[key] = append(l.lists[key], e.Text)
		}
		l.places[key] = n.Place()
	case tree.Map:
		if isPlural(n) {
			m := &message{forms: map[string][]part{}}
			for _, f := range n.Fields {
				m.forms[f.Name] = b.message(l, f.Node).other
			}
			m.other = m.forms[other]
			l.messages[key], l.places[key] = m, n.Place()
			return
		}
		for _, f := range n.Fields {
			k := f.Name
			if key != "" {
				k = key + "." + k
			}
			b.flatten(l, f.Node, k)
		}
	case tree.Null:
		b.bad(n.Place(), "missing_translation", "", "no words stand here; expected a text")
	}
}
