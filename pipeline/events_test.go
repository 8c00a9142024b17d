package pipeline

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tereze/config"
	"tereze/model"
)

// spanning are the events that lie between the two ends of a change and touch
// its measure or its area, found from the ledgers alone.
func spanning(in *config.Instance, k model.Indicator, area string, base, last model.Period) []string {
	var ids []string
	for _, e := range in.PolicyEvents {
		if !slices.Contains(e.Measures, k.Numerator.Measure) {
			continue
		}
		for _, day := range []model.Date{e.Date, e.Until} {
			if day == e.Until && day != "" {
				day = day.AddDays(1)
			}
			if day > base.End && day <= last.End {
				ids = append(ids, e.ID)
			}
		}
	}
	for _, e := range in.AreaEvents {
		if e.ChangesTerritory() && (slices.Contains(e.From, area) || slices.Contains(e.To, area)) && e.Date > base.End && e.Date <= last.End {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

var (
	dataNumber = regexp.MustCompile(`<data class="v" data-n="([^"]+)" value="([^"]*)">([^<]*)</data>`)
	inlined    = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	signed     = regexp.MustCompile(`^[+\x{2212}]\d+[.,]\d+$`)
	tagged     = regexp.MustCompile(`<[^>]*>`)
)

// A change over an event that touches it is never a bare percentage: not on a
// page, not in a drawing, not in a file. Every event of both ledgers is asked.
func TestNoChangeOverAnEventStandsBare(t *testing.T) {
	b := theSite(t)
	for _, site := range []struct{ id, dir string }{{"vko", ""}, {"ulgi", "example/"}} {
		fsys, id, err := config.Open(site.id)
		if err != nil {
			t.Fatal(err)
		}
		in, err := config.Load(fsys, id, config.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		over := map[string][]string{} // raw value key → events
		shown := map[string]bool{}    // raw percentages over an event, for the drawings
		plain := map[string]bool{}    // indicators that also have changes over no event
		files := map[string][]byte{}
		eachFile(t, b.dir, func(name string, raw []byte) {
			if site.dir == "" && strings.HasPrefix(name, "example/") || !strings.HasPrefix(name, site.dir) {
				return
			}
			files[strings.TrimPrefix(name, site.dir)] = raw
		})
		rows, err := csv.NewReader(bytes.NewReader(files["data/values.csv"])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		col := map[string]int{}
		for i, h := range rows[0] {
			col[h] = i
		}
		for _, r := range rows[1:] {
			k, _ := in.Indicator(r[col["indicator"]])
			if k.Kind != model.Change || r[col["value"]] == "" {
				continue
			}
			base, err1 := model.ParsePeriod(r[col["base_period"]])
			last, err2 := model.ParsePeriod(r[col["period"]])
			if err1 != nil || err2 != nil {
				t.Fatalf("%v: %v %v", r, err1, err2)
			}
			area := r[col["area"]]
			if r[col["territory"]] != "as_reported" {
				area = "" // on one territory no border lies between
			}
			ids := spanning(in, k, area, base, last)
			if len(ids) == 0 {
				plain[k.ID] = true
				continue
			}
			status := r[col["obs_status"]]
			if status != "B" && status != "D" {
				t.Errorf("%s %s %s: status %s over %v", k.ID, r[col["area"]], r[col["period"]], status, ids)
			}
			for _, id := range ids {
				if !slices.Contains(strings.Fields(r[col["events"]]), id) {
					t.Errorf("%s %s %s: the file does not name %s", k.ID, r[col["area"]], r[col["period"]], id)
				}
			}
			key := strings.Join([]string{k.ID, r[col["area"]], r[col["area_valid_from"]], r[col["period"]], r[col["base_period"]], r[col["territory"]], r[col["source"]], "value"}, "/")
			over[key] = ids
			shown[k.ID] = true
		}
		for name, raw := range files {
			switch {
			case strings.HasSuffix(name, ".html"):
				for _, m := range dataNumber.FindAllSubmatch(raw, -1) {
					if _, spans := over[string(m[1])]; spans && !marked(string(m[3])) {
						t.Errorf("%s shows %s as a bare %s", name, m[1], m[3])
					}
				}
			case strings.HasPrefix(name, "api/v1/values/") || strings.HasPrefix(name, "data/") && strings.HasSuffix(name, ".json") && len(shown) > 0:
				for id := range shown {
					if strings.HasSuffix(name, "/"+id+".json") {
						carries(t, name, raw)
					}
				}
			}
		}
		for id := range shown {
			if plain[id] {
				continue // a drawing of both kinds has percentages that may stand alone
			}
			for _, lang := range in.Languages {
				page := lang + "/indicator/" + strings.ReplaceAll(id, "_", "-") + "/"
				for name, raw := range files {
					if !strings.HasPrefix(name, page) {
						continue
					}
					drawings := [][]byte{raw}
					if strings.HasSuffix(name, ".html") {
						drawings = inlined.FindAll(raw, -1)
					}
					for _, d := range drawings {
						bareInDrawing(t, name, d)
					}
				}
			}
		}
		if site.dir != "" && len(over) == 0 {
			t.Errorf("%s: no change spans an event, so nothing was asked", site.id)
		}
	}
}

// marked reports whether a shown percentage carries the mark of a break.
func marked(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), "b") }

// bareInDrawing looks for a percentage of change, with its sign and decimal,
// as a text of its own.
func bareInDrawing(t *testing.T, name string, raw []byte) {
	t.Helper()
	for _, text := range tagged.Split(string(raw), -1) {
		if text = strings.TrimSpace(text); signed.MatchString(text) {
			t.Errorf("%s draws a bare %s", name, text)
		}
	}
}

// carries asks a JSON file whether each change with a number over an event
// has its status and the ids.
func carries(t *testing.T, name string, raw []byte) {
	t.Helper()
	var file struct {
		Columns []string
		Rows    [][]any
		Values  []map[string]any
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, r := range file.Rows {
		v := map[string]any{}
		for i, c := range file.Columns {
			v[c] = r[i]
		}
		file.Values = append(file.Values, v)
	}
	if len(file.Values) == 0 {
		t.Errorf("%s holds no values", name)
	}
	for _, v := range file.Values {
		if v["obs_status"] == "B" && v["events"] == nil {
			t.Errorf("%s: %v has a break and names no event", name, v)
		}
	}
}

// Fewer recipients may be good or bad, and so may more: no indicator of
// targeted assistance has a good direction.
func TestAssistanceHasNoGoodDirection(t *testing.T) {
	for _, name := range []string{"vko", "ulgi"} {
		fsys, id, err := config.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in, err := config.Load(fsys, id, config.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		asked := 0
		for _, k := range in.Indicators {
			if strings.HasPrefix(k.ID, "asp_") {
				asked++
				if k.Direction != "none" {
					t.Errorf("%s: %s is said to be good when it goes %s", name, k.ID, k.Direction)
				}
			}
		}
		if asked == 0 {
			t.Errorf("%s has no indicator of assistance", name)
		}
	}
}
