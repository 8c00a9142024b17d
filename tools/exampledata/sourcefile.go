package main

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"text/template"
)

// sourceFiles fills the templates of sources/*.yaml: what they say stands in
// the plan, only the long lists come from its tables.
func sourceFiles(p plan) ([]file, error) {
	var out []file
	for _, s := range p.sources {
		t, err := template.New(s.id+".yaml").Funcs(template.FuncMap{
			"word":    func(key string) string { return strconv.Quote(p.word(key)) },
			"stacked": func(key string) string { return strconv.Quote(p.word("kk.territory") + " / " + p.word(key)) },
			"periods": func() string { return periodList(s.first) },
			"areas":   func() string { return areaList(p, s) },
			"ids":     func() string { return idList(p, s) },
			"values":  func(keys string) (string, error) { return valueList(p, s, keys) },
		}).ParseFS(planFS, "plan/sources/"+s.id+".yaml")
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := t.Execute(&b, nil); err != nil {
			return nil, err
		}
		out = append(out, file{"sources/" + s.id + ".yaml", b.Bytes()})
	}
	return out, nil
}

func periodList(first int) string {
	var out []string
	for _, h := range halves[first:] {
		out = append(out, h.String())
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// areaList are the codes of all districts that ever owed this source a report.
func areaList(p plan, s source) string {
	seen := map[string]bool{}
	var out []string
	for _, a := range p.areas {
		if a.reportsTo == s.id && !seen[a.code] {
			seen[a.code] = true
			out = append(out, strconv.Quote(a.code))
		}
	}
	sort.Strings(out)
	return "[" + strings.Join(out, ", ") + "]"
}

// idList are the measures of a form, one a line.
func idList(p plan, s source) string {
	var b strings.Builder
	for _, m := range p.carried(s.carries) {
		b.WriteString("\n    - " + m.id)
	}
	return b.String()
}

// valueList maps column heads to measures: "ru" or "kk" for labels,
// "stacked" for heads under their sections, "id" for ids.
func valueList(p plan, s source, keys string) (string, error) {
	var b strings.Builder
	for _, m := range p.carried(s.carries) {
		head := ""
		switch keys {
		case "ru", "kk":
			head = m.label[keys]
		case "stacked":
			head = m.section[s.language] + " / " + m.label[s.language]
		case "id":
			head = m.id
		default:
			return "", fmt.Errorf("%q is no way to name columns; use ru, kk, stacked or id", keys)
		}
		fmt.Fprintf(&b, "\n    %s: %s", strconv.Quote(head), m.id)
	}
	return b.String(), nil
}
