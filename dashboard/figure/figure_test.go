package figure

import (
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func html(t *testing.T, f *Figure) string {
	t.Helper()
	b, err := f.AppendHTML(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// small is a figure cut down to three marks of two runs, so that a golden
// file can be read by a person.
func small(f *Figure) *Figure {
	g := *f
	g.Series = nil
	for i, s := range f.Series {
		if i == 3 {
			break
		}
		if len(s.Marks) > 3 {
			s.Marks = append(append([]Mark{}, s.Marks[0]), s.Marks[len(s.Marks)-2:]...)
		}
		g.Series = append(g.Series, s)
	}
	if g.Kind == Grid {
		g.Columns = g.Columns[:3]
	}
	return &g
}

// A change in a drawing or a table must be seen by whoever makes it.
func TestGoldenFilesShowEveryKind(t *testing.T) {
	for _, f := range samples(true) {
		g := small(f)
		p := &pen{}
		p.b = g.AppendSVG(p.b)
		p.s("\n")
		p.b = g.AppendTable(p.b)
		got := strings.NewReplacer("><", ">\n<").Replace(string(p.b)) + "\n"
		name := filepath.Join("testdata", g.ID+".golden")
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatalf("%v; run go test ./dashboard/figure -update and look at the file", err)
		}
		if got != string(want) {
			t.Errorf("%s: the drawing or the table changed; if that is meant, run go test ./dashboard/figure -update and look at the difference", name)
		}
	}
}

var (
	textRE = regexp.MustCompile(`<text class="fg-n[^>]*>([^<]*)</text>`)
	dataRE = regexp.MustCompile(`<data class="v" data-n="([^"]*)" value="([^"]*)">([^<]*)</data>`)
)

// If one face showed another number, a reader could not know which to trust.
func TestThreeFacesHoldTheSameNumbers(t *testing.T) {
	for _, example := range []bool{false, true} {
		for _, f := range samples(example) {
			table := map[string]string{} // shown by id
			raws := map[string]string{}
			shownInTable := map[string]bool{}
			for _, m := range dataRE.FindAllStringSubmatch(string(f.AppendTable(nil)), -1) {
				table[m[1]], raws[m[1]] = m[3], m[2]
				shownInTable[m[3]] = true
			}
			if len(table) == 0 && f.Kind != Grid {
				t.Fatalf("%s: the table shows no number", f.ID)
			}
			for _, m := range textRE.FindAllStringSubmatch(string(f.AppendSVG(nil)), -1) {
				if !shownInTable[m[1]] {
					t.Errorf("%s: the drawing shows %q, the table does not", f.ID, m[1])
				}
			}
			option, err := f.Option()
			if err != nil {
				t.Fatal(err)
			}
			if option == nil {
				if f.Kind == Dots || f.Kind == Line || f.Kind == Multiples || f.Kind == Map {
					t.Errorf("%s: no chart option", f.ID)
				}
				continue
			}
			var o struct {
				Tereze []struct{ ID, Raw, Shown string }
				Series []struct {
					Data []struct {
						Value any
						K     int
					}
				}
			}
			d := json.NewDecoder(strings.NewReader(string(option)))
			d.UseNumber()
			if err := d.Decode(&o); err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for _, n := range o.Tereze {
				seen[n.ID] = true
				if n.ID != "" && (table[n.ID] != n.Shown || raws[n.ID] != n.Raw) && f.Kind != Multiples {
					t.Errorf("%s: the chart holds %s = %q (%s), the table %q (%s)", f.ID, n.ID, n.Shown, n.Raw, table[n.ID], raws[n.ID])
				}
			}
			for _, s := range f.Series {
				for _, m := range s.Marks {
					if m.N.Has && !seen[m.N.ID] {
						t.Errorf("%s: the chart lacks %s", f.ID, m.N.ID)
					}
				}
			}
			for _, s := range o.Series {
				for _, it := range s.Data {
					v := it.Value
					if list, ok := v.([]any); ok && f.Kind == Dots {
						v = list[0]
					} else if ok {
						v = list[1]
					}
					if n, ok := v.(json.Number); ok && it.K >= 0 && o.Tereze[it.K].Raw != "" && n.String() != o.Tereze[it.K].Raw {
						t.Errorf("%s: the chart draws %s where the table says %s", f.ID, n, o.Tereze[it.K].Raw)
					}
				}
			}
		}
	}
}

// The page's policy allows no inline style and no inline code; either would
// be blocked, or would need a policy that lets others in too.
func TestMarkupHasNoInlineStyleOrCode(t *testing.T) {
	attr := regexp.MustCompile(`<[^>]*\s(style|on[a-z]+)\s*=`)
	script := regexp.MustCompile(`<script[^>]*>`)
	for _, example := range []bool{false, true} {
		for _, f := range samples(example) {
			h := html(t, f)
			if m := attr.FindString(h); m != "" {
				t.Errorf("%s: %s", f.ID, m)
			}
			for _, s := range script.FindAllString(h, -1) {
				if s != `<script type="application/json" class="chart-option">` {
					t.Errorf("%s: %s", f.ID, s)
				}
			}
		}
	}
}

const evil = `</script><script>alert(1)</script>"' onload='x' __f__alert(2)__f__ & <img src=x onerror=alert(3)>`

// A district's name comes from somebody's spreadsheet.
func TestHostileLabelsStayText(t *testing.T) {
	for _, f := range append(samples(true), polygonFigure()) {
		f.ID, f.Finding, f.Subtitle, f.Unit, f.Source, f.Example = `a" onload="x`, evil, evil, evil, evil, evil
		f.Notes, f.Download = []string{evil}, "javascript:alert(1)"
		f.Legend = append(f.Legend, LegendItem{`on_time" onload="x`, evil})
		for i := range f.Events {
			f.Events[i].Label, f.Events[i].Date = evil, evil
		}
		for i := range f.Series {
			f.Series[i].Name, f.Series[i].Key, f.Series[i].Href = evil, evil, "javascript:alert(1)"
			for j := range f.Series[i].Marks {
				m := &f.Series[i].Marks[j]
				m.Label, m.Short, m.XLabel, m.Note, m.Href = evil, evil, evil, evil, " javascript:alert(1)"
				m.N.ID, m.N.Shown, m.N.Why, m.N.Sign = evil, evil, evil, evil
				if m.Class != "" {
					m.Class = `x" onload="y`
				}
			}
		}
		h := html(t, f)
		if n := strings.Count(h, "<script"); n != strings.Count(h, `<script type="application/json"`) {
			t.Errorf("%s: a label became a script", f.Kind)
		}
		if strings.Contains(h, "<img") || strings.Contains(h, `href="javascript`) || strings.Contains(h, `"javascript:`) {
			t.Errorf("%s: a label or an address became markup", f.Kind)
		}
		if m := regexp.MustCompile(`<[a-z][^<>]*" on[a-z]+="`).FindString(h); m != "" {
			t.Errorf("%s: an attribute was broken out of: %s", f.Kind, m)
		}
		wellFormed(t, string(f.AppendFile(nil)))
		wellFormed(t, string(f.AppendSVG(nil)))
		if o, err := f.Option(); err != nil {
			t.Error(err)
		} else if o != nil && (!json.Valid(o) || strings.Contains(string(o), "<")) {
			t.Errorf("%s: the option is not safe inside a script element", f.Kind)
		}
	}
}

func wellFormed(t *testing.T, s string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
	}
}

// A figure of the example must not look real when it is cut out or when only
// a piece of it is seen.
func TestExampleIsMarkedInEveryFace(t *testing.T) {
	for _, f := range samples(true) {
		svg := string(f.AppendSVG(nil))
		if n := strings.Count(svg, f.Example); n < 4 { // description and ground
			t.Errorf("%s: the words stand %d times in the drawing", f.ID, n)
		}
		if !strings.Contains(svg, "-e)") && !strings.Contains(svg, "-o)") && !strings.Contains(svg, "fg-path") {
			t.Errorf("%s: marks are not hatched", f.ID)
		}
		if f.Kind != Spark && !strings.Contains(svg, `-w)"`) {
			t.Errorf("%s: the words do not lie under the plot", f.ID)
		}
		if !strings.Contains(string(f.AppendTable(nil)), f.Example) {
			t.Errorf("%s: the table's caption does not say so", f.ID)
		}
		if o, _ := f.Option(); o != nil && !strings.Contains(string(o), f.Example) {
			t.Errorf("%s: the chart does not say so", f.ID)
		}
		if file := string(f.AppendFile(nil)); strings.Count(file, f.Example) < 5 {
			t.Errorf("%s: the file does not say so", f.ID)
		}
	}
	for _, f := range samples(false) {
		if h := html(t, f); strings.Contains(h, "fg-example") || strings.Contains(h, "fg-exw") {
			t.Errorf("%s: real data are marked as an example", f.ID)
		}
	}
}

// A place without a number must be seen, with its sign and the reason.
func TestMissingValuesAreSlotsWithTheirSign(t *testing.T) {
	f := dotsFigure(false)
	svg, table := string(f.AppendSVG(nil)), string(f.AppendTable(nil))
	if n := strings.Count(svg, `class="fg-miss"`); n != 2 {
		t.Errorf("%d hatched slots, want 2", n)
	}
	for _, sign := range []string{"…", "x"} {
		if !strings.Contains(svg, `">`+sign+"</text>") {
			t.Errorf("the drawing lacks the sign %s", sign)
		}
	}
	for _, want := range []string{"<b>…</b> есеп келмеді", "<b>x</b> қорғалған: сан өте аз", "<b>e</b> бағаланған"} {
		if !strings.Contains(table, want) {
			t.Errorf("under the table %q is missing", want)
		}
	}
	if strings.Contains(table, "<b>-</b>") {
		t.Error("a sign that is not used is explained")
	}
}

// A line across a change of borders would compare two territories.
func TestNoLineAcrossACutOrAGap(t *testing.T) {
	f := lineFigure(false)
	if n := strings.Count(string(f.AppendSVG(nil)), `class="fg-seg"`); n != 2 {
		t.Errorf("%d segments, want 2: six points, one missing, one cut", n)
	}
	f.Kind, f.ID = Spark, "s"
	if d := regexp.MustCompile(`class="fg-path" d="([^"]*)"`).FindStringSubmatch(string(f.AppendSVG(nil))); d == nil || strings.Count(d[1], "M") != 3 {
		t.Errorf("the spark joins what is cut: %v", d)
	}
}

// Figures with nothing or little in them are drawn, not crashed upon.
func TestEmptyFigures(t *testing.T) {
	for _, k := range []Kind{Dots, Line, Multiples, Map, Stages, Ruler, Grid, RowBars, Spine, Funnel, Spark, "unknown"} {
		for _, s := range [][]Series{nil, {{}}, {{Marks: []Mark{{}}}}, {{Marks: []Mark{{N: num("a", 0, 0)}, {N: num("b", 0, 0)}}}}} {
			f := &Figure{Kind: k, Series: s}
			h := html(t, f)
			if strings.Contains(h, "NaN") || strings.Contains(h, "Inf") {
				t.Errorf("%s: %s", k, h)
			}
		}
	}
}
