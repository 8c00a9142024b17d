// Package sdmx reads SDMX-CSV, versions 1.0 and 2.0, into a flat table of
// codes with one value a row.
package sdmx

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"tereze/sources/fetch"
)

// Table reads the body. Columns keep their order and are named by their
// ids; where the file gives codes with labels ("A: Annual" under "FREQ:
// Frequency"), the code stays under FREQ and the label stands under
// FREQ_label. A last column VALUE holds OBS_VALUE, or the mark of what the
// file says instead of one: "x" where it is confidential, "…" where it is
// missing; it is empty where the file says nothing.
func Table(body []byte) (columns []string, rows [][]string, err error) {
	if !utf8.Valid(body) {
		return nil, nil, fault("is not UTF-8; SDMX-CSV always is")
	}
	text := string(fetch.TrimBOM(body))
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, nil, fault("has no header: %v", err)
	}
	f, err := newFile(head)
	if err != nil {
		return nil, nil, err
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fault("%v", err)
		}
		line, _ := r.FieldPos(0)
		if len(record) != len(head) {
			return nil, nil, fault("line %d has %d fields; expected %d as in the header", line, len(record), len(head))
		}
		row, err := f.row(record, line)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, nil, fetch.Fault("", fetch.Empty, "holds a header and no observations")
	}
	return f.columns(), rows, nil
}

// file is what the header says.
type file struct {
	ids      []string
	labelled []bool // the cell holds "code: label"
	value    int
	status   int // OBS_STATUS, -1 where there is none
	conf     int // CONF_STATUS
	action   int // ACTION of version 2.0
}

func newFile(head []string) (*file, error) {
	f := &file{}
	for _, h := range head {
		h = strings.TrimSpace(h)
		// Version 2.0 marks columns of several values as "ID[;]".
		id, label, labelled := strings.Cut(h, ": ")
		if i := strings.IndexByte(id, '['); i > 0 && strings.HasSuffix(id, "]") {
			id = id[:i]
		}
		if id == "" || labelled && label == "" {
			return nil, fault("has a column without a name; expected ids such as REF_AREA")
		}
		if slices.Contains(f.ids, id) {
			return nil, fault("has two columns %q; expected each once", id)
		}
		f.ids = append(f.ids, id)
		f.labelled = append(f.labelled, labelled)
	}
	first := f.ids[0]
	if first != "DATAFLOW" && first != "STRUCTURE" {
		return nil, fault("begins with the column %q; expected DATAFLOW (version 1.0) or STRUCTURE (version 2.0)", first)
	}
	f.value, f.status, f.conf = slices.Index(f.ids, "OBS_VALUE"), slices.Index(f.ids, "OBS_STATUS"), slices.Index(f.ids, "CONF_STATUS")
	f.action = slices.Index(f.ids, "ACTION")
	if f.value < 0 {
		return nil, fault("has no column OBS_VALUE; expected observations")
	}
	// A file of version 1.0 with labels has them in every column of codes,
	// and ids where the header has none, so nothing else needs looking at.
	return f, nil
}

func (f *file) columns() []string {
	var columns []string
	for i, id := range f.ids {
		columns = append(columns, id)
		if f.labelled[i] {
			columns = append(columns, id+"_label")
		}
	}
	return append(columns, "VALUE")
}

func (f *file) row(record []string, line int) ([]string, error) {
	if f.action >= 0 {
		switch action := code(record[f.action], true); action {
		case "", "I", "A", "M", "R":
		default:
			return nil, fault("line %d has the action %q; expected data to take in (I, A, M or R), not to delete", line, action)
		}
	}
	var row []string
	for i, cell := range record {
		if !f.labelled[i] {
			row = append(row, cell)
			continue
		}
		id, label, _ := strings.Cut(cell, ": ")
		row = append(row, id, label)
	}
	return append(row, f.mark(record)), nil
}

// missing are the codes of CL_OBS_STATUS that say, for whatever reason,
// that there is no value.
const missing = "OMLHQJSK"

// mark is the value, or what stands for it. Any CONF_STATUS but F (free)
// hides the value even where the file carries it: it is not for the public.
func (f *file) mark(record []string) string {
	value := strings.TrimSpace(code(record[f.value], f.labelled[f.value]))
	status, conf := "", ""
	if f.status >= 0 {
		status = code(record[f.status], f.labelled[f.status])
	}
	if f.conf >= 0 {
		conf = code(record[f.conf], f.labelled[f.conf])
	}
	none := value == "" || strings.EqualFold(value, "nan")
	switch {
	case conf != "" && conf != "F", none && status == "Q":
		return "x"
	case !none:
		return value
	case value != "", status != "" && strings.Contains(missing, status[:1]):
		return "…"
	}
	return ""
}

func code(cell string, labelled bool) string {
	if labelled {
		cell, _, _ = strings.Cut(cell, ": ")
	}
	return strings.TrimSpace(cell)
}

// separator is the comma, or the semicolon that the standard allows where
// the comma is the decimal mark.
func separator(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	if strings.Count(head, ";") > strings.Count(head, ",") {
		return ';'
	}
	return ','
}

func fault(format string, args ...any) error {
	return fetch.Fault("", fetch.WrongFormat, format, args...)
}
