package main

import (
	"bytes"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/sources/form"
	"tereze/sources/grid"
)

// instanceOf reads the declarations that were made so far, as the program will.
func instanceOf(files []file) (*config.Instance, error) {
	fsys := fstest.MapFS{}
	for _, f := range files {
		fsys[f.path] = &fstest.MapFile{Data: f.bytes}
	}
	return config.Load(fsys, "ulgi", config.Settings{})
}

// akimatForms: the form that the program itself writes, filled in by each
// district; the office that receives it puts the day into the file's name.
func akimatForms(p plan, s source, reports []report) ([]file, error) {
	src, _ := p.instance.Source(s.id)
	var out []file
	for _, r := range reports {
		period := halves[r.half]
		a, _ := p.instance.Area(r.area.code, period.End)
		spec, err := form.SpecOf(p.instance, src, a, period, s.language)
		if err != nil {
			return nil, err
		}
		var blank bytes.Buffer
		if err := form.Write(spec, &blank); err != nil {
			return nil, err
		}
		f, err := filledForm(p, blank.Bytes(), r)
		if err != nil {
			return nil, err
		}
		f.path = "data/reports/" + s.id + "/" + period.String() + "/" + r.area.code + "_" + string(r.received) + ".xlsx"
		out = append(out, f)
	}
	return out, nil
}

// filledForm writes the values beside their hidden ids, and the sign-off
// below the table.
func filledForm(p plan, blank []byte, r report) (file, error) {
	f, err := excelize.OpenReader(bytes.NewReader(blank))
	if err != nil {
		return file{}, err
	}
	defer f.Close()
	w := &sheet{f: f, name: config.FormSheet}
	rows, err := f.GetRows(w.name)
	if err != nil {
		return file{}, err
	}
	g := grid.Grid{}
	for i, cells := range rows {
		g.Rows = append(g.Rows, grid.Row{Number: i + 1, Cells: cells})
	}
	byID := map[string]cell{}
	for _, c := range r.cells {
		byID[c.measure] = c
	}
	last := 0
	for _, line := range form.Lines(&g) {
		column, err := excelize.ColumnNameToNumber(line.Column)
		w.note(err)
		w.value(column, line.Row, byID[line.Measure])
		last = line.Row
	}
	const signOff, signColumn = 3, 3 // below the gap and the note, beside its words
	for i, text := range []string{p.word("kk.executor"), p.word("kk.phone"), p.word("kk.signed"), dotted(r.received)} {
		w.set(signColumn, last+signOff+i, text)
	}
	return w.file("")
}
