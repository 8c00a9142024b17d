package transforms

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tereze/config/words"
	"tereze/model"
	"tereze/transforms/duckdb"
)

// export builds the files of a small example instance.
func export(t *testing.T) string {
	t.Helper()
	s := newSmall()
	s.Example = true
	s.Words, _ = words.Load(nil)
	s.Areas[1].Names = model.Text{"en": `A "quoted", long name`}
	s.source("forms", "forms", model.Example)
	s.deliver("forms", "A 2021 need 3\nB 2021 need 50\nC 2021 need 20\nR 2021 poor 0.1\nA 2020 need wrong")
	s.indicator("need_count count need", "poverty count poor", "nothing_yet count meetings")
	st := s.compute(t)
	dir := t.TempDir()
	if _, err := st.Protect(t.Context(), &s.Instance, dir+"/public.duckdb", 3); err != nil {
		t.Fatal(err)
	}
	p, got, err := Export(t.Context(), dir+"/public.duckdb", dir+"/data", into(dir+"/data"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := p.Query(t.Context(), "select * from read_csv("+duckdb.Text(dir+"/data/values.csv")+")"); err == nil {
		t.Error("whoever reads after the export can reach other files")
	}
	if got.Files != 31 {
		t.Errorf("%d files were written, expected 31", got.Files)
	}
	return dir + "/data"
}

func read(t *testing.T, path string) [][]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte(bom)))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}

// The columns are promised to everybody who reads the files by program.
func TestFilesHaveThePromisedColumns(t *testing.T) {
	dir := export(t)
	const values = "indicator,area,area_valid_from,area_name_en,period,period_start,period_end,base_period,value,qualifier,unit,lower,upper,interval_kind,numerator,denominator,basis,obs_status,conf_status,nature,territory,events,source,reason,release"
	const observations = "measure,area,area_valid_from,period,period_start,period_end,value,qualifier,unit,basis,obs_status,conf_status,nature,source,snapshot,sheet,row,column,known_from,reference,reason,release"
	for name, want := range map[string]string{
		"values.csv": values, "need_count.csv": values, "need_count.excel.csv": values, "nothing_yet.csv": values, "observations.csv": observations,
	} {
		if got := strings.Join(read(t, filepath.Join(dir, name))[0], ","); got != want {
			t.Errorf("%s has the columns\n%s\nwant\n%s", name, got, want)
		}
	}
	if n := len(read(t, filepath.Join(dir, "nothing_yet.csv"))); n != 1 {
		t.Errorf("nothing_yet.csv has %d lines, expected the header alone", n)
	}
}

// Sheets cut loose from the site must still say that they are invented.
func TestEveryRowOfAnExampleSaysSo(t *testing.T) {
	dir := export(t)
	files, _ := filepath.Glob(dir + "/*.csv")
	for _, f := range files {
		rows := read(t, f)
		col := -1
		for i, h := range rows[0] {
			if h == "nature" {
				col = i
			}
		}
		if col < 0 {
			t.Errorf("%s has no column nature", f)
			continue
		}
		for _, r := range rows[1:] {
			if r[col] != "example" {
				t.Errorf("%s: %v", f, r)
			}
		}
	}
}

// Whoever compares two releases line by line needs one order.
func TestRowsAreInTheOrderOfTheirKeys(t *testing.T) {
	in, deliveries := national()
	deliveries[0].Records = deliveries[0].Records[:20*220*30]
	st, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	dir := t.TempDir()
	if _, err := st.Load(t.Context(), in, deliveries); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Compute(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Protect(t.Context(), in, dir+"/public.duckdb", 1); err != nil {
		t.Fatal(err)
	}
	p, err := OpenPublic(dir + "/public.duckdb")
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for table, key := range map[string]string{
		"value": "indicator, area, area_valid_from, period, base_period, territory, source", "observation": "measure, area, area_valid_from, period, source",
	} {
		same(t, p.ask(t, "select count(*) from (select ("+key+") as k, lag(("+key+")) over (order by rowid) as before from "+table+") where k <= before"), "0")
	}
}

// The parts of values.csv are the indicators' own files, byte by byte.
func TestAnIndicatorsFileIsItsPartOfAllValues(t *testing.T) {
	dir := export(t)
	all, _ := os.ReadFile(dir + "/values.csv")
	header, rest, _ := bytes.Cut(all, []byte("\r\n"))
	var joined []byte
	for _, id := range []string{"need_count", "nothing_yet", "poverty"} {
		one, _ := os.ReadFile(dir + "/" + id + ".csv")
		excel, _ := os.ReadFile(dir + "/" + id + ".excel.csv")
		if string(excel) != bom+string(one) {
			t.Errorf("%s.excel.csv differs from %s.csv in more than its mark", id, id)
		}
		h, body, _ := bytes.Cut(one, []byte("\r\n"))
		if !bytes.Equal(h, header) {
			t.Errorf("%s.csv has another header", id)
		}
		joined = append(joined, body...)
	}
	if !bytes.Equal(joined, rest) {
		t.Error("the indicators' files do not add up to values.csv")
	}
	for _, r := range read(t, dir+"/values.csv")[1:] {
		if r[0] == "need_count" && r[1] == "A" && (r[3] != `A "quoted", long name` || r[8] != "" && r[17] == "Q") {
			t.Errorf("row reads %q", r)
		}
	}
}

// A release is checked by its hashes.
func TestExportGivesTheSameBytesAgain(t *testing.T) {
	a, b := export(t), export(t)
	files, _ := filepath.Glob(a + "/*")
	for _, f := range files {
		x, _ := os.ReadFile(f)
		y, _ := os.ReadFile(filepath.Join(b, filepath.Base(f)))
		if !bytes.Equal(x, y) {
			t.Errorf("%s differs between two runs", filepath.Base(f))
		}
	}
}

// Pages and files must print the same number, or a reader who compares them
// finds two.
func TestFilesPrintNumbersAsPagesDo(t *testing.T) {
	for _, v := range []float64{0, 1, -1, 9000, 18000, 50, 45.948, 54.28, 0.1, 1e-6, 123456789.123456, 1e15, 1e21, 2.5e-7, -0.5, 1.0 / 3} {
		if got, want := string(duckdb.AppendNumber(nil, v)), words.FormatRaw(v); got != want {
			t.Errorf("%v: files print %s, pages %s", v, got, want)
		}
	}
}
