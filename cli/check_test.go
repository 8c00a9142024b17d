package cli

import (
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"tereze/config"
)

// fill FILE NAME=TEXT… writes into a form as an officer would: NAME is a
// cell, or the id of a measure for the value of its line.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fill FILE NAME=TEXT…")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	values := valueCells(ts, f)
	for _, a := range args[1:] {
		name, text, _ := strings.Cut(a, "=")
		cell := name
		if at, ok := values[name]; ok {
			cell = at
		}
		var v any = text
		if n, err := strconv.Atoi(text); err == nil && len(text) < 10 && cell != name {
			v = n
		}
		ts.Check(f.SetCellValue(config.FormSheet, cell, v))
	}
	ts.Check(f.Save())
}

// valueCells are the value cells of a form by the ids of their measures.
func valueCells(ts *testscript.TestScript, f *excelize.File) map[string]string {
	rows, err := f.GetRows(config.FormSheet)
	ts.Check(err)
	out := map[string]string{}
	id, value := -1, -1
	for r, cells := range rows {
		for c, text := range cells {
			switch text {
			case config.FormIDHead:
				id = c
			case config.FormValueHead:
				value = c
			}
		}
		if id >= 0 && id < len(cells) && cells[id] != "" {
			at, err := excelize.CoordinatesToCellName(value+1, r+1)
			ts.Check(err)
			out[cells[id]] = at
		}
	}
	return out
}

// marked FILE CELL TEXT checks that a cell of a form is coloured and that a
// comment with the text hangs on it; with !, that neither is so.
func marked(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: [!] marked FILE CELL TEXT")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	cell := args[1]
	if at, ok := valueCells(ts, f)[cell]; ok {
		cell = at
	}
	id, err := f.GetCellStyle(config.FormSheet, cell)
	ts.Check(err)
	style, err := f.GetStyle(id)
	ts.Check(err)
	colour := strings.Join(style.Fill.Color, "")
	said := ""
	comments, err := f.GetComments(config.FormSheet)
	ts.Check(err)
	for _, c := range comments {
		if c.Cell == cell {
			said = c.Text
			for _, run := range c.Paragraph {
				said += run.Text
			}
		}
	}
	has := strings.Contains(said, args[2])
	warm := strings.HasSuffix(colour, "F4A9A0") || strings.HasSuffix(colour, "FFD98A")
	if has == neg || warm == neg {
		ts.Fatalf("%s: colour %q, comment %q", cell, colour, said)
	}
}
