package config

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"tereze/config/tree"
	"tereze/model"
)

// The tags of the file types say everything the reader and the JSON Schemas
// need: yaml the key, need:"yes" that it must be there, enum the allowed
// words, doc what it means.

var (
	textType   = reflect.TypeFor[model.Text]()
	dateType   = reflect.TypeFor[model.Date]()
	periodType = reflect.TypeFor[model.Period]()
	inputType  = reflect.TypeFor[model.Input]()
	nodeType   = reflect.TypeFor[*tree.Node]()
	plainType  = reflect.TypeFor[map[string]any]()
)

// decode fills the struct that out points to from a map; every key that does
// not fit is a problem, and the rest is read all the same.
func (r *reader) decode(n *tree.Node, out any) {
	r.fill(n, reflect.ValueOf(out).Elem(), "")
}

func (r *reader) wrong(n *tree.Node, expected string) {
	r.bad(n.Place(), "wrong_type", "", "%s stands here; expected %s", n.Describe(), expected)
}

func (r *reader) fill(n *tree.Node, v reflect.Value, enum string) {
	if n == nil || n.Kind == tree.Null {
		return
	}
	switch v.Type() {
	case textType:
		v.Set(reflect.ValueOf(r.text(n)))
		return
	case dateType:
		if d, err := model.ParseDate(n.Text); n.Kind == tree.Scalar && err == nil {
			v.SetString(string(d))
		} else {
			r.wrong(n, "a date such as 2021-06-30")
		}
		return
	case periodType:
		if p, err := model.ParsePeriod(n.Text); n.Kind == tree.Scalar && err == nil {
			v.Set(reflect.ValueOf(p))
		} else {
			r.wrong(n, "a period such as 2021, 2021-H1, 2021-Q2, 2021-06 or 2021-06-01..2021-08-31")
		}
		return
	case inputType:
		if n.Kind == tree.Scalar {
			v.Set(reflect.ValueOf(model.Input{Measure: n.Text}))
			return
		}
		var in inputFile
		r.decode(n, &in)
		v.Set(reflect.ValueOf(model.Input{Measure: in.Measure, Series: in.Series}))
		return
	}
	switch v.Type() {
	case nodeType: // another part of the reader knows what it means
		v.Set(reflect.ValueOf(n))
		return
	case plainType: // a query in somebody else's language
		if n.Kind != tree.Map {
			r.wrong(n, "keys with values")
			return
		}
		v.Set(reflect.ValueOf(plain(n)))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		r.fill(n, p.Elem(), enum)
		v.Set(p)
	case reflect.Struct:
		r.fields(n, v)
	case reflect.Slice:
		if n.Kind != tree.List {
			r.wrong(n, "a list")
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
		for i, e := range n.Items {
			r.fill(e, v.Index(i), enum)
		}
	case reflect.Map: // of texts by name
		if n.Kind != tree.Map {
			r.wrong(n, "a map of names")
			return
		}
		m := map[string]string{}
		for _, f := range n.Fields {
			if f.Node.Kind != tree.Scalar {
				r.wrong(f.Node, "a name")
				continue
			}
			m[f.Name] = f.Node.Text
		}
		v.Set(reflect.ValueOf(m))
	default:
		r.scalar(n, v, enum)
	}
}

func (r *reader) fields(n *tree.Node, v reflect.Value) {
	if n.Kind != tree.Map {
		r.wrong(n, "keys with values")
		return
	}
	t := v.Type()
	var names []string
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("yaml")
		if name == "-" { // not of the file
			continue
		}
		names = append(names, name)
		c := n.Get(name)
		if c == nil || c.Kind == tree.Null {
			if t.Field(i).Tag.Get("need") == "yes" {
				r.bad(n.At(name), "missing_key", "", "key %s is missing", name)
			}
			continue
		}
		r.fill(c, v.Field(i), t.Field(i).Tag.Get("enum"))
	}
	for _, f := range n.Fields {
		if !slices.Contains(names, f.Name) {
			p := f.Node.Place()
			p.Line = f.Line
			r.bad(p, "unknown_key", tree.Hint(f.Name, names), "unknown key %s", f.Name)
		}
	}
}

func (r *reader) scalar(n *tree.Node, v reflect.Value, enum string) {
	if n.Kind != tree.Scalar {
		r.wrong(n, map[reflect.Kind]string{reflect.Int: "a whole number", reflect.Float64: "a number", reflect.Bool: "true or false"}[v.Kind()]+
			map[bool]string{true: "a text"}[v.Kind() == reflect.String])
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Text)
		if enum != "" && !slices.Contains(strings.Split(enum, "|"), n.Text) {
			r.bad(n.Place(), "wrong_value", tree.Hint(n.Text, strings.Split(enum, "|")),
				"%q stands here; expected one of %s", n.Text, strings.ReplaceAll(enum, "|", ", "))
		}
	case reflect.Int:
		i, err := strconv.Atoi(n.Text)
		if err != nil || n.Type == "string" {
			r.wrong(n, "a whole number")
			return
		}
		v.SetInt(int64(i))
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.Text, 64)
		if err != nil || n.Type == "string" {
			r.wrong(n, "a number")
			return
		}
		v.SetFloat(f)
	case reflect.Bool:
		if n.Type != "bool" {
			r.wrong(n, "true or false")
			return
		}
		v.SetBool(strings.EqualFold(n.Text, "true"))
	}
}

// text reads one wording per language and asks for all of them.
func (r *reader) text(n *tree.Node) model.Text {
	if n.Kind != tree.Map {
		r.wrong(n, "one wording per language ("+strings.Join(r.languages, ", ")+")")
		return nil
	}
	out := model.Text{}
	for _, f := range n.Fields {
		switch {
		case !slices.Contains(r.allowed, f.Name):
			r.bad(f.Node.Place(), "unknown_key", tree.Hint(f.Name, r.allowed), "%q is not a language of this instance", f.Name)
		case f.Node.Kind == tree.Null:
		case f.Node.Kind != tree.Scalar:
			r.wrong(f.Node, "a text")
		default:
			if s := strings.TrimSpace(f.Node.Text); s != "" {
				out[f.Name] = s
			}
		}
	}
	if len(out) == 0 {
		return nil // "no words at all" is for need:"yes" to judge
	}
	r.complete(n.Place(), out)
	return out
}

// complete asks for the wording in every language of the instance.
func (r *reader) complete(p model.Place, t model.Text) {
	for _, code := range r.languages {
		if t[code] == "" {
			r.bad(p, "missing_translation", "", "the wording in %s is missing; expected one in each of %s", code, strings.Join(r.languages, ", "))
		}
	}
}
