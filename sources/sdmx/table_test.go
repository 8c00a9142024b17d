package sdmx

import (
	"slices"
	"strings"
	"testing"
)

func TestBothVersionsWithAndWithoutLabels(t *testing.T) {
	cases := []struct {
		name, body string
		columns    string
		row        string
	}{
		{"1.0", "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nKZ:POV(1.0),A,KZVOS,2021,12.5,A\n",
			"DATAFLOW|FREQ|REF_AREA|TIME_PERIOD|OBS_VALUE|OBS_STATUS|VALUE", "KZ:POV(1.0)|A|KZVOS|2021|12.5|A|12.5"},
		{"1.0 with labels", "\ufeffDATAFLOW,FREQ: Frequency,REF_AREA: Area,TIME_PERIOD,OBS_VALUE\r\nKZ:POV(1.0),A: Annual,KZVOS: East: all,2021,12.5\r\n",
			"DATAFLOW|FREQ|FREQ_label|REF_AREA|REF_AREA_label|TIME_PERIOD|OBS_VALUE|VALUE", "KZ:POV(1.0)|A|Annual|KZVOS|East: all|2021|12.5|12.5"},
		{"2.0", "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA[;],TIME_PERIOD,OBS_VALUE\ndataflow,KZ:POV(1.0),I,KZVOS,2021,12.5\n",
			"STRUCTURE|STRUCTURE_ID|ACTION|REF_AREA|TIME_PERIOD|OBS_VALUE|VALUE", "dataflow|KZ:POV(1.0)|I|KZVOS|2021|12.5|12.5"},
		{"semicolons and a decimal comma", "DATAFLOW;REF_AREA;TIME_PERIOD;OBS_VALUE\nx;KZVOS;2021;12,5\n",
			"DATAFLOW|REF_AREA|TIME_PERIOD|OBS_VALUE|VALUE", "x|KZVOS|2021|12,5|12,5"},
	}
	for _, c := range cases {
		columns, rows, err := Table([]byte(c.body))
		if err != nil || !slices.Equal(columns, strings.Split(c.columns, "|")) || len(rows) != 1 || !slices.Equal(rows[0], strings.Split(c.row, "|")) {
			t.Errorf("%s: %q %q %v", c.name, columns, rows, err)
		}
	}
}

func TestWhatStandsWhereNoValueIs(t *testing.T) {
	for cells, want := range map[string]string{
		"12,A,F":  "12",
		"0,A,F":   "0",
		"4,A,C":   "x", // the file carries it, but not for the public
		",A,C":    "x",
		",,N":     "x",
		",Q,":     "x",
		",O,F":    "…",
		",M,":     "…",
		",L,F":    "…",
		"NaN,,":   "…",
		"NaN,,C":  "x",
		",,":      "",
		" 7 ,A,F": "7",
	} {
		_, rows, err := Table([]byte("DATAFLOW,OBS_VALUE,OBS_STATUS,CONF_STATUS\nx," + cells + "\n"))
		if err != nil || rows[0][len(rows[0])-1] != want {
			t.Errorf("%q: %q %v, want %q: a missing value is never zero", cells, rows, err, want)
		}
	}
}

func TestFilesThatAreNoSDMX(t *testing.T) {
	for body, says := range map[string]string{
		"":                                       "no header",
		"region,value\nA,1\n":                    "expected DATAFLOW",
		"DATAFLOW,FREQ\nx,A\n":                   "no column OBS_VALUE",
		"DATAFLOW,OBS_VALUE,OBS_VALUE\nx,1,1\n":  "two columns",
		"DATAFLOW,,OBS_VALUE\nx,1,1\n":           "without a name",
		"DATAFLOW,OBS_VALUE\nx\n":                "line 2 has 1 fields",
		"DATAFLOW,OBS_VALUE\n":                   "no observations",
		"STRUCTURE,ACTION,OBS_VALUE\nd,D,1\n":    `action "D"`,
		"DATAFLOW,OBS_VALUE\nx,\"1\n":            "parse error",
		"DATAFLOW,OBS_VALUE\n\xd0,1\n":           "not UTF-8",
		"<html><body>sign in</body></html>\n1\n": "expected DATAFLOW",
	} {
		if _, _, err := Table([]byte(body)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", body, err, says)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("DATAFLOW,FREQ: F,OBS_VALUE,OBS_STATUS,CONF_STATUS\nx,A: y,1,A,F\n"))
	f.Add([]byte("STRUCTURE;ACTION;OBS_VALUE\nd;I;\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		columns, rows, err := Table(body)
		for _, r := range rows {
			if err != nil || len(r) != len(columns) {
				t.Fatalf("%d cells under %d columns, %v", len(r), len(columns), err)
			}
		}
	})
}
