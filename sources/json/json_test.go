package json

import (
	"fmt"
	"strings"
	"testing"

	"tereze/config"
	"tereze/sources/grid"
)

func TestRecords(t *testing.T) {
	for _, c := range []struct {
		name, text, path string
		want             string // rows as cells joined by |, rows by newline
	}{
		{"an array", `[{"area":"Алтай","n":1},{"n":2,"area":"Улан"}]`, "", "area|n\nАлтай|1\nУлан|2"},
		{"case 14: byte order mark", "\ufeff" + `[{"a":1}]`, "", "a\n1"},
		{"dotted path", `{"meta":{"n":2},"data":{"rows":[{"a":"x"}]}}`, "data.rows", "a\nx"},
		{"path through an array", `{"blocks":[{"rows":[]},{"rows":[{"a":"x"}]}]}`, "blocks.1.rows", "a\nx"},
		{"the only array of objects", `{"period":"2021-H1","rows":[{"a":"x"}],"tags":["t"]}`, "", "a\nx"},
		{"numbers keep their text", `[{"a":1.50,"b":12345678901234567890,"c":1e3}]`, "", "a|b|c\n1.50|12345678901234567890|1e3"},
		{"case 18: a number as text", `[{"a":"414338"}]`, "", "a\n414338"},
		{"fields that come later", `[{"a":1},{"b":2,"a":3}]`, "", "a|b\n1\n3|2"},
		{"null is blank", `[{"a":null,"b":2}]`, "", "a|b\n|2"},
		{"objects within", `[{"area":{"code":"634000000"},"v":[1,2]}]`, "", "area.code|v\n634000000|1, 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, _, err := Read([]byte(c.text), config.Source{Table: config.Mapping{Records: c.path}})
			if err != nil {
				t.Fatal(err)
			}
			var rows []string
			for _, r := range g[0].Rows {
				rows = append(rows, strings.Join(r.Cells, "|"))
			}
			if got := strings.Join(rows, "\n"); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// A cell is found again by its place in the array and the name of its field,
// and a text beside the records by its path.
func TestAddresses(t *testing.T) {
	g, _, err := Read([]byte(`{"report":{"period":"2021-H1"},"rows":[{"area":"Алтай","n":1.234},{"area":"Улан","n":"12 "}]}`), config.Source{})
	if err != nil {
		t.Fatal(err)
	}
	res := grid.Read(&g[0], grid.Options{File: "r.json", Table: config.Mapping{
		Area: config.Key{Column: "area"}, Period: config.Key{Cell: "report.period"}, Values: map[string]string{"n": "families"},
	}})
	if len(res.Records) != 2 || len(res.Problems) != 0 {
		t.Fatalf("%+v", res)
	}
	first, second := res.Records[0], res.Records[1]
	if first.Value.Row != 1 || first.Value.Column != "n" || first.Period != "2021-H1" || !first.Value.Numeric {
		t.Errorf("first %+v", first)
	}
	if second.Value.Row != 2 || second.Value.Numeric || second.Value.Text != "12 " {
		t.Errorf("second %+v", second)
	}
}

// What is wrong is told with the line or the name that is missing.
func TestUnreadable(t *testing.T) {
	for _, c := range []struct{ name, text, path, says string }{
		{"cut off", "[{\"a\":1},\n{\"a\"", "", "line 2"},
		{"a login page", "<html>", "", "line 1"},
		{"two documents", "[]{}", "", "more text"},
		{"wrong path", `{"data":{"rows":[]}}`, "data.items", `"rows"`},
		{"path to a text", `{"a":"b"}`, "a", "array"},
		{"no array", `{"a":"b"}`, "", "records"},
		{"two arrays", `{"a":[{"x":1}],"b":[{"x":1}]}`, "", "records"},
		{"an array of texts", `["a"]`, "", "record 1"},
		{"data in the names", "[" + manyNames() + "]", "", "names of fields"},
		{"nested without end", strings.Repeat("[", 200), "", "levels"},
	} {
		if _, _, err := Read([]byte(c.text), config.Source{Table: config.Mapping{Records: c.path}}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; expected it to say %s", c.name, err, c.says)
		}
	}
}

// A name twice in one object is not silently the last one.
func TestNameTwice(t *testing.T) {
	g, _, err := Read([]byte(`[{"area":"x","n":1,"n":2}]`), config.Source{})
	if err != nil {
		t.Fatal(err)
	}
	res := grid.Read(&g[0], grid.Options{Table: config.Mapping{Area: config.Key{Column: "area"}, Values: map[string]string{"n": "m"}}})
	if len(res.Records) != 0 || len(res.Problems) != 1 || res.Problems[0].Code != grid.Unreadable {
		t.Errorf("%+v", res)
	}
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`[{"area":"Алтай","n":1}]`, "\ufeff[]", `{"rows":[{"n":"414338"}]}`, `[{"n":1e999}]`, `[{"n":{"n":{"n":1}}}]`,
		`[{"n":[1,[2,{"a":3}]]}]`, `{"a":1`, `[{"n":1,"n":2}]`, `null`, `[{"n":"x"},{"n":"х"},{"n":"…"},{"n":"-"}]`, "\xff\xfe[\x00]\x00",
	} {
		f.Add([]byte(s), "")
	}
	f.Add([]byte(`{"data":{"rows":[{"n":1}]}}`), "data.rows")
	f.Fuzz(func(t *testing.T, data []byte, path string) {
		grids, _, err := Read(data, config.Source{Table: config.Mapping{Records: path}})
		if err != nil {
			return
		}
		for i, r := range grids[0].Rows {
			if r.Number != i || r.Marks != nil && len(r.Marks) != len(r.Cells) {
				t.Fatalf("row %d has the number %d, %d marks, %d cells", i, r.Number, len(r.Marks), len(r.Cells))
			}
		}
		grid.Read(&grids[0], grid.Options{Table: config.Mapping{Value: config.Key{Column: "n"}, Measure: config.Key{Value: "m"}}})
	})
}

func manyNames() string {
	var b strings.Builder
	for i := range maxColumns + 1 {
		fmt.Fprintf(&b, `,{"n%d":1}`, i)
	}
	return b.String()[1:]
}
