package pipeline

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tereze/sources/fetch/faultserver"
)

// caseRegister is a table with a family a row; the people are made up.
func caseRegister() string {
	var b strings.Builder
	b.WriteString("Район,Период,ФИО,ИИН\n")
	for i := range 90 {
		area := []string{"980100000", "980200000", "980300000"}[i%3]
		fmt.Fprintf(&b, "%s,2020-H2,Secret Person %d,850101300124\n", area, i)
	}
	return b.String()
}

// A file of cases, from the folder or from the network, becomes counts: those
// are in the figures, and no person is in the store, the site or the report.
func TestOnlyCountsOfCasesAreKept(t *testing.T) {
	for _, origin := range []string{"folder", "network"} {
		t.Run(origin, func(t *testing.T) {
			n := newNetworked(t)
			from := "files: data/cases.csv"
			if origin == "network" {
				from = fmt.Sprintf("connection: {addresses: [%q], format: csv}", n.server.URL+"/cases.csv")
				n.server.On("/cases.csv", faultserver.OK("text/csv", caseRegister()))
			} else {
				n.write("data/cases.csv", caseRegister())
			}
			kind := map[string]string{"folder": "csv", "network": "web"}[origin]
			n.write("sources/reports.yaml", `
series: reports
kind: `+kind+`
title: {kk: а, ru: б, en: c}
publisher: {kk: а, ru: б, en: c}
nature: reported
`+from+`
aggregate: {by: ["Район", "Период"], count: families, max_rows: 100}
table:
  area: {column: "Район"}
  period: {column: "Период"}
  values: {families: large_families}
`)
			r := n.build()
			if s := lineOf(t, r, "reports"); s.CellsRead != 3 || s.Accepted != 3 {
				t.Fatalf("%+v; %v", s, r.Warnings)
			}
			if !strings.Contains(n.text(n.options.Out, "data/observations.csv"), "large_families,980100000,1900-01-01,2020-H2,2020-12-31,2020-12-31,30,") {
				t.Error("the count of 30 families is not published")
			}
			for _, dir := range []string{"store", "public.releases"} {
				n.nowhere(dir, "Secret Person", "850101300124")
			}
		})
	}
}

func (n *networked) write(name, text string) {
	n.t.Helper()
	path := filepath.Join(n.options.Instance, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		n.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		n.t.Fatal(err)
	}
}

// nowhere fails where a text stands in any file below a folder of the test.
func (n *networked) nowhere(dir string, texts ...string) {
	n.t.Helper()
	err := filepath.WalkDir(filepath.Join(n.dir, dir), func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		for _, s := range texts {
			if bytes.Contains(raw, []byte(s)) {
				n.t.Errorf("%s holds %q", strings.TrimPrefix(p, n.dir), s)
			}
		}
		return err
	})
	if err != nil {
		n.t.Fatal(err)
	}
}
