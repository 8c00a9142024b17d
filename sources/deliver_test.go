package sources

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/config/words"
	"tereze/sources/snapshot"
)

func instance(t testing.TB, files map[string]string) *config.Instance {
	t.Helper()
	c, _ := words.Builtin()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return &config.Instance{FS: fsys, Words: c}
}

var report = config.Source{
	ID: "reports", Path: "sources/reports.yaml", Kind: "csv", Files: "data/*.csv", RetrievedOn: "2026-11-24",
	Table: config.Mapping{
		Area: config.Key{Column: "Район"}, Period: config.Key{File: `(\d{4}-H[12])`},
		Values: map[string]string{"Семьи": "families", "Дети": "children"},
	},
}

// Files come in the order of their names, each with its snapshot; one that
// cannot be read is told and stops no other.
func TestDeliver(t *testing.T) {
	inst := instance(t, map[string]string{
		"data/2021-H1.csv": "Есеп\nРайон;Семьи;Дети\nАлтай;12;-\nБарлығы;12;0\n",
		"data/2020-H2.csv": "a,b\n1,2\n",
		"data/2020-H1.csv": "",
		"data/late.csv":    "Район,Семьи,Дети\nАлтай,1,2\n",
		"data/other.txt":   "no",
	})
	store, err := snapshot.Open(filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	got, problems := Deliver(context.Background(), inst, report, store)
	if len(problems) != 0 || len(got) != 4 {
		t.Fatalf("%d deliveries, problems %v", len(got), problems)
	}
	for i, c := range []struct {
		file    string
		records int
		says    string
	}{
		{"data/2020-H1.csv", 0, "empty"},
		{"data/2020-H2.csv", 0, "no row holds"},
		{"data/2021-H1.csv", 2, ""},
		{"data/late.csv", 0, "name does not fit"},
	} {
		d := got[i]
		if d.File != c.file || len(d.Records) != c.records || (c.says == "") != (len(d.Problems) == 0) {
			t.Errorf("%s: %d records, problems %v", d.File, len(d.Records), d.Problems)
			continue
		}
		if c.says != "" && (!strings.Contains(d.Problems[0].Error(), c.says) || !strings.Contains(d.Problems[0].Error(), c.file) || d.Problems[0].Code != "unreadable_file") {
			t.Errorf("%s: %v; expected it to say %q", d.File, d.Problems[0], c.says)
		}
	}
	d := got[2]
	if d.Snapshot.SHA256 == "" || d.Snapshot.Origin != d.File || d.Snapshot.Source != "reports" || d.Snapshot.RetrievedOn != "2026-11-24" {
		t.Errorf("snapshot %+v", d.Snapshot)
	}
	if s := d.Snapshot.Detected; s["encoding"] != "utf-8" || s["separator"] != ";" || s["header_row"] != "2" || s["total_rows"] != "1" {
		t.Errorf("detected %v", s)
	}
	if data, _, err := store.Get(d.Snapshot.SHA256); err != nil || !bytes.Contains(data, []byte("Есеп")) {
		t.Errorf("kept %q, %v", data, err)
	}
	r := d.Records[0]
	if r.Value.File != "data/2021-H1.csv" || r.Value.Row != 3 || r.Value.Column != "B" || r.Period != "2021-H1" || r.Area != "Алтай" {
		t.Errorf("record %+v", r)
	}
	if d.Layout != 1+3+3 {
		t.Errorf("layout cells %d", d.Layout)
	}
}

func TestNothingDelivered(t *testing.T) {
	inst := instance(t, nil)
	if d, problems := Deliver(context.Background(), inst, report, nil); len(d) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Error(), "data/*.csv") {
		t.Errorf("%v %v", d, problems)
	}
	src := report
	src.Kind = "xls"
	inst = instance(t, map[string]string{"data/2021-H1.csv": "a"})
	if d, _ := Deliver(context.Background(), inst, src, nil); len(d) != 1 || !strings.Contains(d[0].Problems[0].Error(), "csv, json, json-stat") {
		t.Errorf("%v", d)
	}
}

// national writes a country's table: districts × quarters rows with one
// column a measure, or one row a value.
func national(districts, measures, quarters int, long bool) (string, config.Mapping) {
	var b strings.Builder
	table := config.Mapping{Area: config.Key{Column: "area"}, Period: config.Key{Column: "period"}}
	if long {
		table.Measure, table.Value = config.Key{Column: "measure"}, config.Key{Column: "value"}
		b.WriteString("area,period,measure,value\n")
	} else {
		table.Values = map[string]string{}
		b.WriteString("area,period")
		for m := range measures {
			fmt.Fprintf(&b, ",measure %d", m)
			table.Values[fmt.Sprintf("measure %d", m)] = fmt.Sprintf("m%d", m)
		}
		b.WriteString("\n")
	}
	for d := range districts {
		for q := range quarters {
			if !long {
				fmt.Fprintf(&b, "%09d,%d-Q%d", d, 2010+q/4, q%4+1)
			}
			for m := range measures {
				v := (d*7919 + q*104729 + m*1299709) % 100000
				if long {
					fmt.Fprintf(&b, "%09d,%d-Q%d,m%d,%d\n", d, 2010+q/4, q%4+1, m, v)
				} else {
					fmt.Fprintf(&b, ",%d", v)
				}
			}
			if !long {
				b.WriteString("\n")
			}
		}
	}
	return b.String(), table
}

// BenchmarkDeliver reads the 264,000 value cells of a national instance.
func BenchmarkDeliver(b *testing.B) {
	for _, shape := range []string{"wide", "long"} {
		b.Run(shape, func(b *testing.B) {
			text, table := national(220, 30, 40, shape == "long")
			inst := instance(b, map[string]string{"data/n.csv": text})
			src := config.Source{ID: "n", Kind: "csv", Files: "data/n.csv", Table: table}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				d, _ := Deliver(context.Background(), inst, src, nil)
				if len(d) != 1 || len(d[0].Records) != 264_000 {
					b.Fatal(len(d))
				}
			}
		})
	}
}

// A form of a version that this program does not know is refused as a whole:
// its cells may mean something else. Where nobody has sent a form in yet,
// nothing is wrong.
func TestFormsOfAnotherVersionAndNoForms(t *testing.T) {
	inst, err := config.Load(os.DirFS("../config/ulgi"), "ulgi", config.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	src, _ := inst.Source("akimat_form")
	raw, err := fs.ReadFile(inst.FS, "data/reports/akimat_form/2019-H1/992200000_2019-07-10.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStr(config.FormSheet, config.FormMarkCell, "tereze-form/99"); err != nil {
		t.Fatal(err)
	}
	other, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	src.Files = "*.xlsx"
	inst.FS = fstest.MapFS{"good_2019-07-10.xlsx": {Data: raw}, "other_2019-07-10.xlsx": {Data: other.Bytes()}}
	got, problems := Deliver(t.Context(), inst, src, nil)
	if len(got) != 2 || len(problems) > 0 {
		t.Fatalf("%d deliveries, %v", len(got), problems)
	}
	if len(got[0].Records) != 35 || len(got[0].Problems) > 0 {
		t.Errorf("the form of today: %d records, %v", len(got[0].Records), got[0].Problems)
	}
	if len(got[1].Records) > 0 || len(got[1].Problems) != 1 || got[1].Problems[0].Code != FormVersion || !strings.Contains(got[1].Problems[0].Error(), "tereze-form/99") {
		t.Errorf("the form of another version: %d records, %v", len(got[1].Records), got[1].Problems)
	}
	for _, lang := range inst.Languages {
		if l := inst.Words.Lang(lang); !l.Has("refusal."+FormVersion) || !l.Has("refusal_short."+FormVersion) {
			t.Errorf("%s: no words for a form of another version", lang)
		}
	}
	inst.FS = fstest.MapFS{}
	if got, problems := Deliver(t.Context(), inst, src, nil); len(got) > 0 || len(problems) > 0 {
		t.Errorf("without any form sent in: %d deliveries, %v", len(got), problems)
	}
	src.Form = nil
	if _, problems := Deliver(t.Context(), inst, src, nil); len(problems) != 1 {
		t.Errorf("a source of files without files: %v", problems)
	}
}
