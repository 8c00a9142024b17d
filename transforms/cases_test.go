package transforms

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tereze/sources"
	"tereze/transforms/duckdb"
)

// cases is a CSV with a person a row; all of it is made up.
func cases(n int) string {
	var b strings.Builder
	b.WriteString("district,month,name,paid\n")
	for i := range n {
		fmt.Fprintf(&b, "%09d,2021-%02d,Person %d,%d\n", 630100000+100000*(i%3), 1+i%2, i, i)
	}
	return b.String()
}

// The counts are those of the file, from the disk and from memory, from CSV
// and from Parquet; no row of a person comes back.
func TestCountCases(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	csv, parquet := filepath.Join(dir, "a.csv"), filepath.Join(dir, "a.parquet")
	if err := os.WriteFile(csv, []byte(cases(600)), 0o644); err != nil {
		t.Fatal(err)
	}
	db, err := duckdb.Create("", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.WriteParquet(ctx, "select * from read_csv("+duckdb.Text(csv)+")", parquet); err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile(parquet)
	if err != nil {
		t.Fatal(err)
	}
	query := "select district, month, count(*) as families, sum(paid) as paid from source group by district, month order by all"
	for name, c := range map[string]sources.Cases{
		"csv":               {Path: csv, Format: "csv"},
		"parquet":           {Path: parquet, Format: "parquet"},
		"csv in memory":     {Data: []byte(cases(600)), Format: "csv"},
		"parquet in memory": {Data: packed, Format: "parquet"},
	} {
		c.Query, c.Limit = query, 100
		got, err := CountCases(ctx, c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(got.Rows) != 6 || got.Rows[0][2] != "100" || got.Rows[0][3] != "29700" || !got.Numeric[2] || strings.Join(got.Columns, " ") != "district month families paid" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// An error about a cell does not repeat what stood in it.
func TestCountCasesQuotesNobody(t *testing.T) {
	text := cases(30_000) + "630100000,2021-01,Secret Person,no number\n"
	_, err := CountCases(context.Background(), sources.Cases{Data: []byte(text), Format: "csv", Query: "select district, sum(paid) as s from source group by district", Limit: 9})
	if err == nil || strings.Contains(err.Error(), "Secret") || strings.Contains(err.Error(), "no number") {
		t.Errorf("%v", err)
	}
}
