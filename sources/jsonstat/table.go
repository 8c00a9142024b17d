// Package jsonstat reads a JSON-stat 2.0 dataset into a flat table of
// codes and labels with one value a row.
package jsonstat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tereze/sources/fetch"
)

// MaxCells bounds the cube: a few bytes may announce any number of cells.
const MaxCells = 5_000_000

// Table reads the body. For each dimension there are two columns, its id
// with the codes and id_label with the labels; then VALUE and STATUS. A
// value keeps its digits. Where there is none, VALUE holds the mark of
// what the status says: "x" for confidential, "…" for any other status;
// without a status it is empty. Cells come in the order of the cube.
func Table(body []byte) (columns []string, rows [][]string, err error) {
	d, err := parse(body)
	if err != nil {
		return nil, nil, err
	}
	cells := 1
	for _, dim := range d.dims {
		columns = append(columns, dim.id, dim.id+"_label")
		cells *= len(dim.codes)
	}
	columns = append(columns, "VALUE", "STATUS")
	if err := unique(columns); err != nil {
		return nil, nil, err
	}
	rows = make([][]string, cells)
	place := make([]int, len(d.dims))
	for i := range rows {
		row := make([]string, 0, len(columns))
		for k, dim := range d.dims {
			code := dim.codes[place[k]]
			row = append(row, code, dim.label(code))
		}
		status := d.status[i]
		if status == "" {
			status = d.allStatus
		}
		rows[i] = append(row, mark(d.value[i], status), status)
		for k := len(place) - 1; k >= 0; k-- { // the last dimension runs fastest
			if place[k]++; place[k] < len(d.dims[k].codes) {
				break
			}
			place[k] = 0
		}
	}
	return columns, rows, nil
}

func mark(value, status string) string {
	if value != "" || status == "" {
		return value
	}
	switch strings.ToLower(status) {
	case "c", "x", "q", "confidential":
		return "x"
	}
	return "…"
}

type dataset struct {
	dims      []dimension
	value     map[int]string
	status    map[int]string
	allStatus string // of the whole cube
}

type dimension struct {
	id     string
	codes  []string
	labels map[string]string
}

func (d dimension) label(code string) string {
	if l, ok := d.labels[code]; ok {
		return l
	}
	return code
}

type rawDataset struct {
	Class     string                  `json:"class"`
	Version   string                  `json:"version"`
	ID        []string                `json:"id"`
	Size      []int                   `json:"size"`
	Dimension map[string]rawDimension `json:"dimension"`
	Value     json.RawMessage         `json:"value"`
	Status    json.RawMessage         `json:"status"`
	Error     json.RawMessage         `json:"error"`
	Old       json.RawMessage         `json:"dataset"` // version 1 wraps the cube
}

type rawDimension struct {
	Category struct {
		Index json.RawMessage   `json:"index"`
		Label map[string]string `json:"label"`
	} `json:"category"`
}

func parse(body []byte) (*dataset, error) {
	var raw rawDataset
	if err := json.Unmarshal(fetch.TrimBOM(body), &raw); err != nil {
		return nil, fault("is not a JSON-stat dataset: %v", err)
	}
	switch {
	case raw.Error != nil:
		return nil, fetch.Fault("", fetch.SourceError, "reports an error: %.200s", raw.Error)
	case raw.Old != nil:
		return nil, fault("is JSON-stat of version 1; expected 2.0 (with PXWeb ask for json-stat2)")
	case raw.Class != "dataset":
		return nil, fault("has the class %q; expected dataset", raw.Class)
	case len(raw.ID) == 0 || len(raw.ID) != len(raw.Size):
		return nil, fault("has %d dimensions and %d sizes; expected as many sizes as dimensions", len(raw.ID), len(raw.Size))
	}
	d := &dataset{}
	cells := 1
	for i, id := range raw.ID {
		size := raw.Size[i]
		// Checked before anything is made of that size.
		if size <= 0 || size > MaxCells || cells > MaxCells/size {
			return nil, fault("dimension %q has the size %d; expected a cube of 1 to %d cells", id, size, MaxCells)
		}
		cells *= size
		dim, ok := raw.Dimension[id]
		if !ok {
			return nil, fault("dimension %q is not described", id)
		}
		codes, err := dim.codes(size)
		if err != nil {
			return nil, fault("dimension %q: %v", id, err)
		}
		d.dims = append(d.dims, dimension{id, codes, dim.Category.Label})
	}
	var err error
	if d.value, _, err = cube(raw.Value, cells, false); err != nil {
		return nil, fault("value: %v", err)
	}
	if d.status, d.allStatus, err = cube(raw.Status, cells, true); err != nil {
		return nil, fault("status: %v", err)
	}
	return d, nil
}

// codes of a dimension in order. The index is a list, or an object of
// positions; a dimension of size one may do with its label.
func (r rawDimension) codes(size int) ([]string, error) {
	index := bytes.TrimSpace(r.Category.Index)
	var codes []string
	switch {
	case len(index) == 0 || string(index) == "null":
		for code := range r.Category.Label {
			codes = append(codes, code)
		}
		if size != 1 || len(codes) != 1 {
			return nil, fmt.Errorf("has no index; expected the order of its %d categories", size)
		}
	case index[0] == '[':
		if err := json.Unmarshal(index, &codes); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
	default:
		var places map[string]int
		if err := json.Unmarshal(index, &places); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
		if len(places) != size {
			return nil, fmt.Errorf("has %d categories; expected %d", len(places), size)
		}
		codes = make([]string, size)
		taken := make([]bool, size)
		for code, at := range places {
			if at < 0 || at >= size || taken[at] {
				return nil, fmt.Errorf("category %q stands at place %d; expected each place from 0 to %d once", code, at, size-1)
			}
			codes[at], taken[at] = code, true
		}
	}
	if len(codes) != size {
		return nil, fmt.Errorf("has %d categories; expected %d", len(codes), size)
	}
	if err := unique(codes); err != nil {
		return nil, err
	}
	return codes, nil
}

// cube reads values or statuses by place: a list, an object of the places
// that are filled, or, for statuses, one text for all.
func cube(raw json.RawMessage, cells int, status bool) (byPlace map[int]string, all string, err error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		if status {
			return nil, "", nil
		}
		return nil, "", fmt.Errorf("is absent; expected a list or an object")
	}
	byPlace = map[int]string{}
	put := func(at int, v json.RawMessage) error {
		text, err := scalar(v)
		if text != "" {
			byPlace[at] = text
		}
		return err
	}
	switch raw[0] {
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, "", err
		}
		if status && len(list) == 1 {
			all, err = scalar(list[0])
			return nil, all, err
		}
		if len(list) != cells {
			return nil, "", fmt.Errorf("has %d cells; expected %d", len(list), cells)
		}
		for i, v := range list {
			if err := put(i, v); err != nil {
				return nil, "", fmt.Errorf("cell %d: %w", i, err)
			}
		}
	case '{':
		var sparse map[string]json.RawMessage
		if err := json.Unmarshal(raw, &sparse); err != nil {
			return nil, "", err
		}
		for key, v := range sparse {
			at, err := strconv.Atoi(key)
			if err != nil || at < 0 || at >= cells {
				return nil, "", fmt.Errorf("place %q is outside the cube; expected 0 to %d", key, cells-1)
			}
			if err := put(at, v); err != nil {
				return nil, "", fmt.Errorf("cell %d: %w", at, err)
			}
		}
	default:
		if !status {
			return nil, "", fmt.Errorf("is neither a list nor an object")
		}
		all, err = scalar(raw)
		return nil, all, err
	}
	return byPlace, "", nil
}

func scalar(v json.RawMessage) (string, error) {
	v = bytes.TrimSpace(v)
	switch {
	case len(v) == 0 || string(v) == "null":
		return "", nil
	case v[0] == '"':
		var s string
		err := json.Unmarshal(v, &s)
		return s, err
	case v[0] == '-' || v[0] >= '0' && v[0] <= '9':
		return string(v), nil
	}
	return "", fmt.Errorf("%.40s is neither a number nor a text", v)
}

func unique(names []string) error {
	sorted := slices.Sorted(slices.Values(names))
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			return fault("has %q twice; expected each name once", sorted[i])
		}
	}
	return nil
}

func fault(format string, args ...any) error {
	return fetch.Fault("", fetch.WrongFormat, format, args...)
}
