package grid

import (
	"fmt"
	"strings"
	"testing"

	"tereze/config"
	"tereze/sources/personal"
)

// sheet lays out a table from lines with cells between bars. A cell that
// begins with "^" is covered by a merged range; its text follows.
func sheet(text string) *Grid {
	g := &Grid{Sheet: "Есеп"}
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		r := Row{Number: i + 1}
		if strings.TrimSpace(line) != "" {
			for _, c := range strings.Split(line, "|") {
				c = strings.TrimSpace(c)
				m := Mark(0)
				if rest, ok := strings.CutPrefix(c, "^"); ok {
					c, m = rest, Covered
				}
				if rest, ok := strings.CutPrefix(c, "tall:"); ok {
					c, m = rest, Tall
				}
				r.Cells, r.Marks = append(r.Cells, c), append(r.Marks, m)
			}
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}

var wide = config.Mapping{
	Area:   config.Key{Column: "Район"},
	Period: config.Key{Value: "2021-H1"},
	Values: map[string]string{"Семьи": "families", "Дети": "children"},
}

func shown(r Result) string {
	var out []string
	for _, rec := range r.Records {
		s := fmt.Sprintf("%s%d %s %s=%s", rec.Value.Column, rec.Value.Row, rec.Area, rec.Measure, rec.Value.Text)
		if rec.Refusal != "" {
			s += " !" + rec.Refusal
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestLayouts(t *testing.T) {
	totals := []string{"Всего", "Барлығы", "Итого"}
	stacked := wide
	stacked.Values = map[string]string{"Сертификаты / выдано": "issued", "Сертификаты / использовано": "used"}
	long := config.Mapping{
		Area: config.Key{Cell: "B1"}, Period: config.Key{Cell: "B2"},
		Measure: config.Key{Column: "Показатель"}, Value: config.Key{Column: "Значение"}, Note: config.Key{Column: "Примечание"},
	}
	for _, c := range []struct {
		name, text string
		table      config.Mapping
		want       string
		layout     int64
	}{
		{"plain", "Район|Семьи|Дети\nАлтай|1|2\nУлан|3|4", wide,
			"B2 Алтай families=1; C2 Алтай children=2; B3 Улан families=3; C3 Улан children=4", 3},
		{"columns in another order, one more with words", "Дети|Примечание|Район|Семьи\n2|поздно|Алтай|1", wide,
			"A2 Алтай children=2; D2 Алтай families=1", 5},
		{"case 16: title rows above", "Отчёт за I полугодие\n\nРайон|Семьи|Дети\nАлтай|1|2", wide,
			"B4 Алтай families=1; C4 Алтай children=2", 4},
		{"heads with other blanks and case", "РАЙОН | Семьи\u00a0|дети\nАлтай|1|2", wide,
			"B2 Алтай families=1; C2 Алтай children=2", 3},
		{"case 16: footnotes glued to a head", "Район|Семьи 7)8)|Дети¹\nАлтай|1|2", wide,
			"B2 Алтай families=1; C2 Алтай children=2", 3},
		{"case 16: stacked heads, merged", "Район|Сертификаты|^Сертификаты\n^Район|выдано|использовано\nАлтай|5|3", stacked,
			"B3 Алтай issued=5; C3 Алтай used=3", 4},
		{"case 16: stacked heads, blanks beside", "Район|Сертификаты|\n|выдано|использовано\nАлтай|5|3", stacked,
			"B3 Алтай issued=5; C3 Алтай used=3", 4},
		{"case 15: totals in two languages", "Район|Семьи|Дети\nАлтай|1|2\nВсего по области|1|2\nБАРЛЫҒЫ:|1|2", wide,
			"B2 Алтай families=1; C2 Алтай children=2", 9},
		{"total word in the number's column", "№|Район|Семьи|Дети\n1|Алтай|1|2\nИтого||1|2", wide,
			"C2 Алтай families=1; D2 Алтай children=2", 8},
		{"a district that begins like a total word", "Район|Семьи|Дети\nВсегодня|1|2", wide,
			"B2 Всегодня families=1; C2 Всегодня children=2", 3},
		{"blank values are layout, marks are values", "Район|Семьи|Дети\nАлтай||-\nУлан|…|x", wide,
			"C2 Алтай children=-; B3 Улан families=…; C3 Улан children=x", 4},
		{"row of column numbers", "Район|Семьи|Дети\n1|2|3\nАлтай|1|2", wide,
			"B3 Алтай families=1; C3 Алтай children=2", 6},
		{"row of letters and numbers", "№|Район|Семьи|Дети\nА|Б|1|2\n1|Алтай|1|2", wide,
			"C3 Алтай families=1; D3 Алтай children=2", 9},
		{"counts 1 and 2 are no column numbers", "Район|Семьи|Дети\nАлтай|1|2", wide,
			"B2 Алтай families=1; C2 Алтай children=2", 3},
		{"header again on each page", "Район|Семьи|Дети\nАлтай|1|2\nРайон|Семьи|Дети\nУлан|3|4", wide,
			"B2 Алтай families=1; C2 Алтай children=2; B4 Улан families=3; C4 Улан children=4", 6},
		{"case 16: footnote rows below", "Район|Семьи|Дети\nАлтай|1|2\n\n1) Данные за 2000-2016гг.||\nИсполнитель|Ахметова|", wide,
			"B2 Алтай families=1; C2 Алтай children=2", 6},
		{"sign-off below the total", "Район|Семьи|Дети\nАлтай|1|2\nВсего|1|2\nИсполнитель|Ахметова|", wide,
			"B2 Алтай families=1; C2 Алтай children=2", 8},
		{"words where a value belongs are a value to refuse", "Район|Семьи|Дети\nАлтай|нет данных|2\nУлан|нет данных|нет данных", wide,
			"B2 Алтай families=нет данных; C2 Алтай children=2; B3 Улан families=нет данных; C3 Улан children=нет данных", 3},
		{"no area is a value without a key", "Район|Семьи|Дети\n|1|2\nАлтай|1|2", wide,
			"B2  families=1; C2  children=2; B3 Алтай families=1; C3 Алтай children=2", 3},
		{"a merged note across the table", "Район|Семьи|Дети\nв том числе:|^в том числе:|^в том числе:\nАлтай|1|2", wide,
			"B3 Алтай families=1; C3 Алтай children=2", 5},
		{"an area merged over rows stands in each", "Район|Семьи|Дети\nАлтай|1|2\n^Алтай|3|4", wide,
			"B2 Алтай families=1; C2 Алтай children=2; B3 Алтай families=3; C3 Алтай children=4", 3},
		{"a value merged over rows belongs to none", "Район|Семьи|Дети\nАлтай|tall:9|2\nУлан|^9|4", wide,
			"B2 Алтай families=9 !ambiguous_area; C2 Алтай children=2; C3 Улан children=4", 4},
		{"one area and period for the sheet", "Район|Алтай\nПериод|2021-H1\nПоказатель|Значение|Примечание\nСемьи|12|\nЖильё||\nДети|7|уточнено", long,
			"B4 Алтай Семьи=12; B6 Алтай Дети=7", 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Read(sheet(c.text), Options{File: "a.xlsx", Table: c.table, Totals: totals})
			for _, p := range res.Problems {
				if p.Code == Unreadable {
					t.Fatal(p)
				}
			}
			if got := shown(res); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if res.Layout != c.layout {
				t.Errorf("layout cells: %d, expected %d", res.Layout, c.layout)
			}
		})
	}
}

// A cell too many in a CSV row means that nobody knows which cell is which.
func TestOverlongRow(t *testing.T) {
	g := sheet("Район|Семьи|Дети\nАлтай|1|2|5\nУлан|3|4|")
	g.Strict = true
	res := Read(g, Options{Table: wide})
	if got, want := shown(res), "B2 Алтай families=1 !not_a_number; C2 Алтай children=2 !not_a_number; B3 Улан families=3; C3 Улан children=4"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A changed form is told, never half read.
func TestMissingColumns(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"lost column":        {"Район|Семьи\nАлтай|1", `lacks "Дети"`},
		"another table":      {"a|b\n1|2", "no row holds"},
		"a column twice":     {"Район|Семьи|Дети|Дети\nАлтай|1|2|3", "more than once"},
		"nothing but blanks": {"", "no row holds"},
	} {
		res := Read(sheet(c.text), Options{File: "a.xlsx", Table: wide})
		if len(res.Records) != 0 || len(res.Problems) != 1 || res.Problems[0].Code != Unreadable || !strings.Contains(res.Problems[0].Error(), c.says) {
			t.Errorf("%s: %v; expected it to say %s", name, res.Problems, c.says)
		}
	}
}

// A column of numbers that nobody declared is told.
func TestUnmappedNumbers(t *testing.T) {
	res := Read(sheet("Район|Семьи|Дети|Школы\nАлтай|1|2|40"), Options{File: "a.csv", Table: wide})
	if len(res.Problems) != 1 || res.Problems[0].Code != "unmapped_column" || res.Problems[0].Place.Column != "D" {
		t.Errorf("%v", res.Problems)
	}
	table := wide
	table.Ignore = []string{"школы"}
	if res := Read(sheet("Район|Семьи|Дети|Школы\nАлтай|1|2|40"), Options{Table: table}); len(res.Problems) != 0 {
		t.Errorf("declared to be ignored, but: %v", res.Problems)
	}
}

// Keys of the whole table: from the file's name, from a cell, given.
func TestKeysOfTheTable(t *testing.T) {
	table := wide
	table.Period = config.Key{File: `([0-9]{4}-H[12])`}
	table.Received = config.Key{Cell: "B1"}
	text := "Получено|2021-07-15\nРайон|Семьи|Дети\nАлтай|1|2"
	res := Read(sheet(text), Options{File: "reports/2021-H1/altai.xlsx", Table: table})
	if len(res.Records) != 2 || res.Records[0].Period != "2021-H1" || res.Records[0].KnownFrom != "2021-07-15" {
		t.Fatalf("%+v", res)
	}
	if res := Read(sheet(text), Options{File: "reports/altai.xlsx", Table: table}); len(res.Problems) != 1 {
		t.Errorf("a file without its period in the name was read: %+v", res)
	}
}

// Personal numbers pass nowhere: not as values, not in remarks, not as keys.
func TestPersonalNumbers(t *testing.T) {
	const iin, other = "850101300126", "900215400123" // made up
	table := config.Mapping{
		Area: config.Key{Column: "Район"}, Note: config.Key{Column: "Примечание"},
		Values: map[string]string{"Семьи": "families", "Код": "codes"},
	}
	ids := fitting(t, iin, other)
	res := Read(sheet(fmt.Sprintf("Район|Семьи|Код|Примечание\nАлтай|1|%s|мать %s\nУлан|2|%s|\nСамар|%s|3|\n%s|4|5|", ids[0], ids[0], ids[1], ids[0], ids[1])),
		Options{Table: table})
	if got, want := shown(res), "B2 Алтай families=1; B3 Улан families=2"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if res.DroppedPersonal != 6 {
		t.Errorf("dropped %d value cells; expected the 3 of the column, 1 among the values and 1 beside a key, and the other beside it", res.DroppedPersonal)
	}
	for _, r := range res.Records {
		if strings.Contains(r.Note, ids[0]) {
			t.Errorf("a personal number stays in a remark: %q", r.Note)
		}
	}
}

// fitting gives each number the check digit that makes it valid.
func fitting(t *testing.T, numbers ...string) []string {
	t.Helper()
	var out []string
	for _, n := range numbers {
		for d := '0'; d <= '9'; d++ {
			if s := n[:11] + string(d); personal.Number(s) {
				out = append(out, s)
			}
		}
	}
	if len(out) != len(numbers) {
		t.Fatal("no check digit fits")
	}
	return out
}
