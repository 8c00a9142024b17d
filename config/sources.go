package config

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tereze/config/tree"
	"tereze/model"
)

var codeRE = regexp.MustCompile(`^[0-9]+$`)

var cellRE = regexp.MustCompile(`^[A-Z]{1,3}[1-9][0-9]{0,6}$`)

// sources reads sources/*.yaml, in the order of their names.
func (r *reader) sources(in *Instance) (nodes []*tree.Node) {
	entries, _ := fs.ReadDir(r.fsys, "sources") // an instance without sources is a valid one
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ".yaml")
		name := "sources/" + e.Name()
		if !ok || e.IsDir() {
			r.bad(model.Place{File: name}, "unknown_file", "", "only source declarations (ID.yaml) belong here; move data to data/")
			continue
		}
		if !isID(id) {
			r.bad(model.Place{File: name}, "wrong_value", "", "%q cannot be the id of a source; expected a file name such as houses_2019.yaml", id)
		}
		root := r.yaml(r.fsys, name, name)
		if root == nil {
			r.bad(model.Place{File: name}, "missing_key", "", "the file is empty; expected the declaration of a source")
			continue
		}
		var f sourceFile
		r.decode(root, &f)
		if f.ID != "" && f.ID != id {
			r.bad(root.At("id"), "wrong_value", "", "%q stands here; the file's name says %q, expected one and the same", f.ID, id)
		}
		s := Source{
			ID: id, Path: name, Series: f.Series, Kind: f.Kind, Title: f.Title, Publisher: f.Publisher,
			Licence: f.Licence, Nature: f.Nature, Address: f.Address, PublishedOn: f.PublishedOn, PublishedDay: f.PublishedDay,
			RetrievedOn: f.RetrievedOn, Note: f.Note, Files: f.Files, Encoding: f.Encoding,
			Separator: f.Separator, Decimal: f.Decimal, Territory: f.Territory,
			Connection: r.connection(f.Kind, f.Connection), Aggregate: f.Aggregate, DateOrder: f.DateOrder,
		}
		if f.Calendar != nil {
			s.Calendar = &Calendar{Periods: f.Calendar.Periods, DueDays: f.Calendar.DueDays, Areas: f.Calendar.Areas}
		}
		s.Form = f.Form
		s.formSource(f.Table)
		s.contract(f.Contract)
		in.Sources = append(in.Sources, s)
		nodes = append(nodes, root)
	}
	return nodes
}

// checkSource looks at one source against the whole instance.
func (r *reader) checkSource(in *Instance, s Source, n *tree.Node, measures []string) {
	if s.Series != "" && !isID(s.Series) {
		r.bad(n.At("series"), "wrong_value", "", "%q stands here; expected a name such as houses_2019", s.Series)
	}
	if s.Nature == model.Published && s.Address == "" {
		r.bad(n.At("address"), "missing_key", "", "the address is missing; expected where the owner made these figures public")
	}
	if s.Nature != "" && in.Example != (s.Nature == model.Example) {
		r.bad(n.At("nature"), "wrong_value", "", "nature %s in an instance with example: %t; an instance is either real or an example, never both", s.Nature, in.Example)
	}
	if s.Files != "" {
		if _, err := path.Match(s.Files, "x"); err != nil || !fs.ValidPath(strings.TrimSuffix(s.Files, "/")) || s.Files == "." {
			r.bad(n.At("files"), "wrong_value", "", "%q stands here; expected a path or pattern below the instance folder, such as data/*.csv", s.Files)
		}
	}
	if s.Separator != "" && utf8.RuneCountInString(s.Separator) != 1 {
		r.bad(n.At("separator"), "wrong_value", "", "%q stands here; expected one character", s.Separator)
	}
	if c := s.Calendar; c != nil {
		at := n.Get("calendar")
		if c.DueDays < 0 || c.DueDays > 3660 {
			r.bad(at.At("due_days"), "wrong_value", "", "%d stands here; expected days from 0 to 3660", c.DueDays)
		}
		for i, code := range c.Areas {
			r.areaKnown(in, itemPlace(at.Get("areas"), i), code)
		}
	}
	r.checkForm(in, s, n, measures)
	r.checkContract(in, s, n.Get("contract"), measures)
	r.checkOrigin(s, n)
	if t := n.Get("table"); t != nil {
		r.checkTable(s, t, measures)
		if code := s.Table.Area.Value; codeRE.MatchString(code) { // a name is matched when the file is read
			r.areaKnown(in, t.Get("area").At("value"), code)
		}
	}
}

func itemPlace(list *tree.Node, i int) model.Place {
	if list != nil && i < len(list.Items) {
		return list.Items[i].Place()
	}
	return list.Place()
}

func (r *reader) checkTable(s Source, t *tree.Node, measures []string) {
	m := s.Table
	keys := map[string]Key{
		"area": m.Area, "period": m.Period, "received": m.Received, "measure": m.Measure, "value": m.Value,
		"qualifier": m.Qualifier, "rounded_to": m.RoundedTo, "reference": m.Reference, "known_from": m.KnownFrom,
		"evidence": m.Evidence, "evidence_date": m.EvidenceDate, "note": m.Note,
	}
	for _, name := range []string{"area", "period", "received", "measure", "value", "qualifier", "rounded_to",
		"reference", "known_from", "evidence", "evidence_date", "note"} {
		r.checkKey(t, name, keys[name])
	}
	for _, name := range []string{"area", "period"} {
		if !keys[name].Set() {
			r.bad(t.At(name), "missing_key", "", "key %s is missing; expected where the %s of a row stands", name, name)
		}
	}
	switch {
	case len(m.Values) > 0 && m.Long():
		r.bad(t.At("values"), "wrong_value", "", "both value and values are declared; a table is either long (measure and value) or wide (values)")
	case len(m.Values) == 0 && !m.Long():
		r.bad(t.At("values"), "missing_key", "", "neither value nor values is declared; expected the column of values, or the columns with their measures")
	case m.Long() && !m.Measure.Set():
		r.bad(t.At("measure"), "missing_key", "", "key measure is missing; a long table says what each value counts")
	}
	if v := t.Get("values"); v != nil {
		for _, f := range v.Fields {
			if f.Node.Kind == tree.Scalar && !slices.Contains(measures, f.Node.Text) {
				r.unknown(f.Node.Place(), "measure", f.Node.Text, measures)
			}
		}
	}
	if id := m.Measure.Value; id != "" && !slices.Contains(measures, id) {
		r.unknown(t.Get("measure").At("value"), "measure", id, measures)
	}
	if m.HeaderRows < 0 || m.HeaderRows > 20 {
		r.bad(t.At("header_rows"), "wrong_value", "", "%d stands here; expected 1 to 20 rows", m.HeaderRows)
	}
	if m.Records != "" && s.Format() != "json" {
		r.bad(t.At("records"), "wrong_value", "", "records is for json; this source is %s", s.Format())
	}
	if m.Sheet != "" && s.Format() != "xlsx" {
		r.bad(t.At("sheet"), "wrong_value", "", "sheet is for xlsx; this source is %s", s.Format())
	}
}

// checkKey asks for exactly one place, well written.
func (r *reader) checkKey(t *tree.Node, name string, k Key) {
	if !k.Set() {
		return
	}
	n := t.Get(name)
	set := 0
	for _, s := range []string{k.Column, k.Cell, k.File, k.Value} {
		if s != "" {
			set++
		}
	}
	if set > 1 {
		r.bad(n.Place(), "wrong_value", "", "%d places are given; expected exactly one of column, cell, file, value", set)
	}
	if k.Cell != "" && !cellRE.MatchString(k.Cell) {
		r.bad(n.At("cell"), "wrong_value", "", "%q is not the address of a cell; expected one such as B3", k.Cell)
	}
	if k.File != "" {
		if p, err := regexp.Compile(k.File); err != nil {
			r.bad(n.At("file"), "wrong_value", "", "%q is not a regular expression: %v", k.File, err)
		} else if p.NumSubexp() < 1 {
			r.bad(n.At("file"), "wrong_value", "", "%q has no group; expected one such as ([a-z]+), whose text is taken", k.File)
		}
	}
	if name == "value" && k.Column == "" {
		r.bad(n.Place(), "wrong_value", "", "values stand in a column; expected value: {column: …}")
	}
}
