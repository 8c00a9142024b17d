package figure_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tereze/dashboard/assets"
	"tereze/dashboard/figure"
	"tereze/pipeline"
)

// sites is the folder of both built-in regions' sites, built for one test.
func sites(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	if _, err := pipeline.Build(context.Background(), pipeline.Options{Instance: "vko", Out: out, Store: filepath.Join(dir, "store"), Offline: true}); err != nil {
		t.Fatalf("the site does not build: %v", err)
	}
	root, err := filepath.EvalSymlinks(out)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// On no figure of the two built-in regions may words stand on words or be cut:
// on a phone of 360 px (328 are left for the figure) and on a wide screen.
func TestNoWordsMeetOnAnyFigureOfTheSites(t *testing.T) {
	root := sites(t)
	seen, figures := map[string]bool{}, 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".html" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, svg := range drawings(raw) {
			if seen[string(svg)] {
				continue
			}
			seen[string(svg)] = true
			figures++
			for _, w := range []float64{328, 720} {
				for _, p := range problems(t, svg, w) {
					t.Errorf("%s at %.0f px: %s", strings.TrimPrefix(path, root), w, p)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if figures < 200 {
		t.Errorf("only %d drawings were found", figures)
	}
	for page, want := range map[string]struct {
		area    string
		periods int
	}{"ru/indicator/poverty-share/index.html": {"710000000", 14}, "example/ru/indicator/population/index.html": {"991800000", 5}} {
		raw, err := os.ReadFile(filepath.Join(root, page))
		if err != nil {
			t.Fatal(err)
		}
		_, part, _ := bytes.Cut(raw, []byte(`data-kind="multiples"`))
		part, _, _ = bytes.Cut(part, []byte("</table>"))
		rows := regexp.MustCompile(`<tr[^>]*><th scope="row"><a href="[^"]*/area/`+want.area+`[-/].*?</tr>`).FindAll(part, -1)
		if len(rows) != 1 || bytes.Count(rows[0], []byte("<data ")) != want.periods {
			t.Errorf("%s: the area %s, which only got new names, has %d lines, want one with %d numbers: %s", page, want.area, len(rows), want.periods, rows)
		}
	}
}

// The same of every kind of figure with the names of long-named districts.
func TestNoWordsMeetOnAnySample(t *testing.T) {
	for _, example := range []bool{false, true} {
		for _, f := range figure.Samples(example) {
			h, err := f.AppendHTML(nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, svg := range drawings(h) {
				for _, w := range []float64{328, 420, 720} {
					for _, p := range problems(t, svg, w) {
						t.Errorf("%s at %.0f px: %s", f.ID, w, p)
					}
				}
			}
		}
	}
}

var drawingRE = regexp.MustCompile(`(?s)<svg [^>]*class="fg fg-[^"]*"[^>]*>.*?</svg>`)

// drawings are the drawings of a page without the keys of legends.
func drawings(page []byte) [][]byte {
	var out [][]byte
	for _, svg := range drawingRE.FindAll(page, -1) {
		if !bytes.Contains(svg[:min(len(svg), 200)], []byte("fg-keybox")) && bytes.Contains(svg, []byte("<text")) {
			out = append(out, svg)
		}
	}
	return out
}

// element is an element with what the style sheet looks at.
type element struct {
	tag     string
	classes []string
	attr    map[string]string
	parent  *element
}

type textBox struct {
	of             *element
	text           string
	x1, y1, x2, y2 float64
}

// problems lists the words of a drawing that meet or leave it, w px wide.
func problems(t *testing.T, svg []byte, w float64) []string {
	t.Helper()
	boxes, left, right, height := layOut(t, svg, w)
	scale := 1.0
	if bytes.Contains(svg[:min(len(svg), 120)], []byte("fg-map")) {
		scale = math.Min(w, 560) / (right - left)
	}
	var out []string
	for _, b := range boxes {
		if size := lengthOf(css("font-size", b.of, w), 0, 0) * scale; size < 10.9 {
			out = append(out, fmt.Sprintf("%q is %.1f px high: too small to read", b.text, size))
		}
	}
	for i, a := range boxes {
		if a.x1 < left-2 || a.x2 > right+2 || a.y1 < -3 || a.y2 > height+3 {
			out = append(out, fmt.Sprintf("%q is cut: it stands from %.0f to %.0f of %.0f to %.0f, %.0f to %.0f of %.0f down", a.text, a.x1, a.x2, left, right, a.y1, a.y2, height))
		}
		for _, b := range boxes[:i] {
			if a.of != b.of && a.x1 < b.x2-1 && b.x1 < a.x2-1 && a.y1 < b.y2-1 && b.y1 < a.y2-1 {
				out = append(out, fmt.Sprintf("%q meets %q", a.text, b.text))
			}
		}
	}
	return out
}

// layOut places every line of words of a drawing as a browser would: in px of
// the screen, or in the units of its view box.
func layOut(t *testing.T, svg []byte, w float64) (boxes []textBox, left, right, height float64) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var at *element
	var ems, plot float64
	var line *textBox
	var cx, cy, start float64 // where the next letters stand
	var anchor string
	var text *element
	flush := func() {
		if line == nil || strings.TrimSpace(line.text) == "" {
			line = nil
			return
		}
		line.text = strings.TrimSpace(line.text)
		size := lengthOf(css("font-size", text, w), 0, 0)
		n := figure.TextWidth(line.text, size)
		if weight, _ := strconv.Atoi(css("font-weight", text, w)); weight >= 600 {
			n *= figure.Bold
		}
		switch anchor {
		case "end":
			start -= n
		case "middle":
			start -= n / 2
		}
		line.x1, line.x2, line.y1, line.y2 = start, start+n, cy-0.74*size, cy+0.2*size
		boxes = append(boxes, *line)
		line = nil
	}
	for {
		token, err := d.Token()
		if err != nil {
			break
		}
		switch e := token.(type) {
		case xml.StartElement:
			at = &element{tag: e.Name.Local, attr: map[string]string{}, parent: at}
			for _, a := range e.Attr {
				at.attr[a.Name.Local] = a.Value
			}
			at.classes = strings.Fields(at.attr["class"])
			switch at.tag {
			case "svg":
				if at.parent != nil {
					t.Fatal("a drawing within a drawing")
				}
				if box := strings.Fields(at.attr["viewBox"]); len(box) == 4 {
					plot, _ = strconv.ParseFloat(box[2], 64)
					height, _ = strconv.ParseFloat(box[3], 64)
					right = plot
					continue
				}
				ems = lengthOf(css("font-size", at, w), 0, 0)
				height = lengthOf(at.attr["height"], ems, 0)
				l, r := padding(at, w)
				plot = w - l - r
				left, right = -l, plot+r
			case "text", "tspan":
				if ignored(at) {
					continue
				}
				size := lengthOf(css("font-size", at, w), 0, 0)
				if at.tag == "text" {
					text, anchor = at, at.attr["text-anchor"]
					cx, cy = 0, 0
				}
				_, hasX := at.attr["x"]
				if at.tag == "text" || hasX || at.attr["dy"] != "" && strings.HasPrefix(at.attr["dy"], "1") {
					flush()
					line = &textBox{of: text}
				}
				if hasX {
					cx = lengthOf(at.attr["x"], size, plot)
				}
				if y, ok := at.attr["y"]; ok {
					cy = lengthOf(y, size, height)
				}
				cy += lengthOf(at.attr["dy"], size, 0)
				start = cx + lengthOf(at.attr["dx"], size, 0)
				if at.tag == "text" {
					for p := at; p != nil; p = p.parent {
						x, y := move(p, w)
						cx, start, cy = cx+x, start+x, cy+y
					}
				} else if hasX {
					for p := at; p != nil; p = p.parent {
						x, _ := move(p, w)
						start += x
					}
				}
			}
		case xml.EndElement:
			if at.tag == "text" {
				flush()
			}
			at = at.parent
		case xml.CharData:
			if line != nil && at != nil && (at.tag == "text" || at.tag == "tspan") {
				line.text += string(e)
			}
		}
	}
	return boxes, left, right, height
}

// ignored are words that are not drawn where they stand: those of the ground.
func ignored(e *element) bool {
	for ; e != nil; e = e.parent {
		if e.tag == "defs" {
			return true
		}
	}
	return false
}

var translateRE = regexp.MustCompile(`translate(Y?)\(([-.\d]+)(?:px)?(?:[ ,]+([-.\d]+)(?:px)?)?\)`)

// move is how far a translation moves an element; the style sheet's wins.
func move(e *element, w float64) (x, y float64) {
	tr := css("transform", e, w)
	if tr == "" {
		tr = e.attr["transform"]
	}
	m := translateRE.FindStringSubmatch(tr)
	if m == nil {
		return 0, 0
	}
	x, _ = strconv.ParseFloat(m[2], 64)
	y, _ = strconv.ParseFloat(m[3], 64)
	if m[1] == "Y" {
		return 0, x
	}
	return x, y
}

func padding(e *element, w float64) (left, right float64) {
	for _, r := range rules { // what stands later in the style sheet holds
		if w < r.min || w > r.max || !holds(r.parts, e) {
			continue
		}
		if p := strings.Fields(r.set["padding"]); len(p) > 0 {
			right = lengthOf(p[min(1, len(p)-1)], 0, 0)
			left = right
			if len(p) == 4 {
				left = lengthOf(p[3], 0, 0)
			}
		}
		if p := r.set["padding-left"]; p != "" {
			left = lengthOf(p, 0, 0)
		}
		if p := r.set["padding-right"]; p != "" {
			right = lengthOf(p, 0, 0)
		}
	}
	return left, right
}

func lengthOf(s string, em, whole float64) float64 {
	k := 1.0
	switch {
	case strings.HasSuffix(s, "em"):
		s, k = strings.TrimSuffix(s, "em"), em
	case strings.HasSuffix(s, "%"):
		s, k = strings.TrimSuffix(s, "%"), whole/100
	}
	v, _ := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
	return v * k
}

// rule is one selector of the style sheet with its declarations; min and max
// bound the width of the figure that it holds for.
type rule struct {
	parts    []string // compounds from the outermost in; ">" before a child
	min, max float64
	weight   int
	set      map[string]string
}

var rules = func() (out []rule) {
	text := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(assets.FigureCSS, "")
	block := regexp.MustCompile(`(?s)^\s*([^{}]+)\{([^{}]*)\}`)
	container := regexp.MustCompile(`^\s*@container figure \((min|max)-width: (\d+)px\) \{`)
	other := regexp.MustCompile(`^\s*@[^{]+\{`)
	lo, hi, skip := 0.0, math.Inf(1), false
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		if m := container.FindStringSubmatch(text); m != nil {
			n, _ := strconv.ParseFloat(m[2], 64)
			if m[1] == "min" {
				lo = n
			} else {
				hi = n
			}
			text = text[len(m[0]):]
			continue
		}
		if m := other.FindString(text); m != "" {
			text, skip = text[len(m):], true
			continue
		}
		if text[0] == '}' {
			text, lo, hi, skip = text[1:], 0, math.Inf(1), false
			continue
		}
		m := block.FindStringSubmatch(text)
		if m == nil {
			panic("the style sheet cannot be read at: " + text[:min(len(text), 80)])
		}
		text = text[len(m[0]):]
		if skip {
			continue
		}
		set := map[string]string{}
		for _, d := range strings.Split(m[2], ";") {
			if k, v, ok := strings.Cut(d, ":"); ok {
				set[strings.TrimSpace(k)] = strings.TrimSpace(v)
			}
		}
		for _, sel := range strings.Split(m[1], ",") {
			if !strings.Contains(sel, ":") {
				out = append(out, rule{strings.Fields(sel), lo, hi, 100*strings.Count(sel, ".") + strings.Count(sel, "text"), set})
			}
		}
	}
	return out
}()

// css is a property of an element as the style sheet has it, font sizes as
// inherited.
func css(property string, e *element, w float64) string {
	for ; e != nil; e = e.parent {
		value, weight := "", -1
		for _, r := range rules {
			if v, ok := r.set[property]; ok && w >= r.min && w <= r.max && r.weight >= weight && holds(r.parts, e) {
				value, weight = v, r.weight
			}
		}
		if value != "" || property != "font-size" && property != "font-weight" {
			return value
		}
	}
	return ""
}

func holds(parts []string, e *element) bool {
	n := len(parts) - 1
	if e == nil || !compound(parts[n], e) {
		return false
	}
	if n == 0 {
		return true
	}
	if parts[n-1] == ">" {
		return holds(parts[:n-1], e.parent)
	}
	for p := e.parent; p != nil; p = p.parent {
		if holds(parts[:n], p) {
			return true
		}
	}
	return false
}

func compound(c string, e *element) bool {
	names := strings.Split(c, ".")
	if names[0] != "" && names[0] != e.tag {
		return false
	}
	for _, n := range names[1:] {
		if !slices.Contains(e.classes, n) {
			return false
		}
	}
	return true
}
