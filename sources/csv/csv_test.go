package csv

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"tereze/config"
	"tereze/sources/grid"
)

func encoded(t testing.TB, enc interface{ String(string) (string, error) }, s string) []byte {
	t.Helper()
	out, err := enc.String(s)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

// The same table reads the same however it was saved.
func TestEncodingsAndSeparators(t *testing.T) {
	const text = "Район,Семьи\nАлтай,12\n"
	semicolons := strings.ReplaceAll(text, ",", ";")
	for _, c := range []struct {
		name, encoding, separator string
		data                      []byte
		src                       config.Source
	}{
		{"utf-8", "utf-8", ",", []byte(text), config.Source{}},
		{"case 14: byte order mark", "utf-8-bom", ",", []byte("\ufeff" + text), config.Source{}},
		{"case 12: windows-1251", "windows-1251", ";", encoded(t, charmap.Windows1251.NewEncoder(), semicolons), config.Source{}},
		{"windows-1251 declared", "windows-1251", ";", encoded(t, charmap.Windows1251.NewEncoder(), semicolons), config.Source{Encoding: "windows-1251"}},
		{"declared windows-1251, but its bytes are UTF-8", "utf-8", ",", []byte(text), config.Source{Encoding: "windows-1251"}},
		{"utf-16 of a spreadsheet", "utf-16le", "tab", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), strings.ReplaceAll(text, ",", "\t")), config.Source{}},
		{"utf-16 without a mark", "utf-16be", ",", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder(), text), config.Source{}},
		{"case 14: tabs in a .csv", "utf-8", "tab", []byte(strings.ReplaceAll(text, ",", "\t")), config.Source{}},
		{"semicolon declared", "utf-8", ";", []byte(semicolons), config.Source{Separator: ";"}},
		{"a spreadsheet's first line", "utf-8", ";", []byte("sep=;\r\n" + strings.ReplaceAll(semicolons, "\n", "\r\n")), config.Source{}},
		{"line ends of old Macintoshes", "utf-8", ",", []byte(strings.ReplaceAll(text, "\n", "\r")), config.Source{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, found, err := Read(c.data, c.src)
			if err != nil {
				t.Fatal(err)
			}
			if found["encoding"] != c.encoding || found["separator"] != c.separator {
				t.Errorf("detected %v", found)
			}
			var cells [][]string
			for _, r := range g[0].Rows {
				cells = append(cells, r.Cells)
			}
			if want := [][]string{{"Район", "Семьи"}, {"Алтай", "12"}}; !reflect.DeepEqual(cells, want) {
				t.Errorf("cells %q", cells)
			}
		})
	}
}

// Decimal commas must not be taken for separators.
func TestDecimalCommasBetweenSemicolons(t *testing.T) {
	const text = "Отчёт, форма 1\nРайон;Доля;Доход\nАлтай;12,5;3,4\nУлан;1,5;2,4\nСамар;9,5;7,4\n"
	src := config.Source{Table: config.Mapping{Area: config.Key{Column: "Район"}, Values: map[string]string{"Доля": "a"}}}
	if _, found, err := Read([]byte(text), src); err != nil || found["separator"] != ";" {
		t.Errorf("detected %v, %v", found, err)
	}
	if _, found, err := Read([]byte(text), config.Source{}); err != nil || found["separator"] != ";" {
		t.Errorf("without declared heads: detected %v, %v", found, err)
	}
}

// A row is where a person finds it in an editor, and a stray quote takes no
// neighbour with it.
func TestRowsAndQuotes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []grid.Row
	}{
		{"quoted separator", "a,\"b,c\",d", []grid.Row{{Number: 1, Cells: []string{"a", "b,c", "d"}}}},
		{"doubled quote", "\"ТОО \"\"Алтай\"\"\",1", []grid.Row{{Number: 1, Cells: []string{`ТОО "Алтай"`, "1"}}}},
		{"line break in quotes moves the rows below", "a,\"b\nc\"\nd,e\n", []grid.Row{{Number: 1, Cells: []string{"a", "b\nc"}}, {Number: 3, Cells: []string{"d", "e"}}}},
		{"rows of different lengths", "a,b,c\nd\n\ne,f", []grid.Row{{Number: 1, Cells: []string{"a", "b", "c"}}, {Number: 2, Cells: []string{"d"}}, {Number: 3}, {Number: 4, Cells: []string{"e", "f"}}}},
		{"a quote within", "5\" труба,1", []grid.Row{{Number: 1, Cells: []string{`5" труба`, "1"}}}},
		{"a quote that is not closed", "\"a,1\nb,2\n", []grid.Row{{Number: 1, Cells: []string{`"a`, "1"}}, {Number: 2, Cells: []string{"b", "2"}}}},
		{"a stray quote and a later one", "\"a,1\n\"b\" c,2\nd,3", []grid.Row{{Number: 1, Cells: []string{`"a`, "1"}}, {Number: 2, Cells: []string{`"b" c`, "2"}}, {Number: 3, Cells: []string{"d", "3"}}}},
		{"windows line ends", "a,\"b\"\r\nc,d\r\n", []grid.Row{{Number: 1, Cells: []string{"a", "b"}}, {Number: 2, Cells: []string{"c", "d"}}}},
		{"empty cells at the end", "a,,\n", []grid.Row{{Number: 1, Cells: []string{"a", "", ""}}}},
		{"empty quotes", "\"\",x", []grid.Row{{Number: 1, Cells: []string{"", "x"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := split(c.text, ',', 0); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		src  config.Source
	}{
		"empty":             {" \n ", config.Source{}},
		"unknown encoding":  {"a,b", config.Source{Encoding: "koi7"}},
		"separator of two":  {"a,b", config.Source{Separator: "ab"}},
		"separator a quote": {"a,b", config.Source{Separator: `"`}},
	} {
		if _, _, err := Read([]byte(c.text), c.src); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Whatever the bytes: no panic, rows in the order of their lines, and no
// more cells than separators and lines allow.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"Район;Семьи\nАлтай;12\n", "\ufeffa,b\n1,2", "a\tb\n1\t2", "\"a,1\nb,2\n", "a,\"b\nc\"\nd,e\n", "sep=;\na;b",
		"РАЙОН МАР?АК?Л,171\u00a0623\n", "Всего;-;…;x\n", "\xff\xfea\x00,\x00", "\xd0\xe0\xe9\xee\xed;1", "a\rb\r", "\"\"\"", "",
		"Туркестанская 1, 2025 год7)8)\n1) Данные за 2000-2016гг.",
	} {
		f.Add([]byte(s), "", "")
	}
	f.Fuzz(func(t *testing.T, data []byte, encoding, separator string) {
		src := config.Source{Encoding: encoding, Separator: separator, Table: config.Mapping{
			Area: config.Key{Column: "a"}, Values: map[string]string{"b": "m"},
		}}
		grids, _, err := Read(data, src)
		if err != nil {
			return
		}
		last := 0
		for _, r := range grids[0].Rows {
			if r.Number <= last {
				t.Fatalf("row %d after row %d", r.Number, last)
			}
			last = r.Number
		}
		res := grid.Read(&grids[0], grid.Options{File: "f.csv", Table: src.Table, Totals: []string{"всего"}})
		if len(res.Records) == 0 && len(res.Problems) == 0 && res.Layout == 0 && res.DroppedPersonal == 0 {
			t.Fatalf("nothing is said of %q", data)
		}
	})
}
