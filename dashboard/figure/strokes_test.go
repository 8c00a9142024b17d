package figure

import (
	"strconv"
	"strings"
	"testing"
)

func yearly(from, to int, day float64) *Figure {
	f := &Figure{ID: "x", Kind: Line, Format: tickText}
	s := Series{Key: "a", Name: "A"}
	for y := from; y <= to; y++ {
		s.Marks = append(s.Marks, Mark{X: float64(y) + day, XLabel: strconv.Itoa(y), N: num(strconv.Itoa(y), float64(40+y%7), 0)})
	}
	f.Series = []Series{s}
	return f
}

// However few of the years have a name, an event is drawn at its own date, and
// the axis keeps a stroke a year as long as strokes can be told apart.
func TestEventsAndYearsAreMarkedWhereNamesAreFew(t *testing.T) {
	for _, last := range []int{2004, 2012, 2023} {
		f := yearly(2000, last, 0)
		f.Events = []Event{{X: 2002.4375, Date: "8 June 2002", Label: "split", Cut: true}}
		l := f.linePlot()
		svg := string(f.AppendSVG(nil))
		x := string((&pen{}).pct("x1", l.t.at(2002.4375)).b)
		if n := strings.Count(svg, `class="fg-stroke"`+x); n != 2 {
			t.Errorf("to %d: %d strokes at the event, want 2", last, n)
		}
		if !strings.Contains(svg, `class="fg-ev fg-cut"`+x) {
			t.Errorf("to %d: no stem at the event", last)
		}
		if got := len(l.t.marks); got != last-1999 {
			t.Errorf("to %d: %d strokes of years", last, got)
		}
		if end := l.t.ticks[len(l.t.ticks)-1].label; end != strconv.Itoa(last) {
			t.Errorf("to %d: the last named year is %s", last, end)
		}
	}
}

// Yearly points have their year below them, on whatever day they are counted.
func TestYearsStandBelowTheirPoints(t *testing.T) {
	for _, day := range []float64{0, 0.498, 0.997} {
		l := yearly(2001, 2023, day).linePlot()
		for _, k := range l.t.ticks {
			y, err := strconv.Atoi(k.label)
			if err != nil || k.x < float64(y)+day-0.001 || k.x > float64(y)+day+0.001 {
				t.Errorf("counted at %.3f of a year: %q stands at %.3f", day, k.label, k.x)
			}
		}
	}
}

// A line about zero shows zero; one far above it is not pressed flat.
func TestALineBeginsAtZeroWhereItCan(t *testing.T) {
	for _, c := range []struct{ lo, hi, want float64 }{{5, 12, 0}, {700, 1400, 0}, {1350, 1500, 1350}, {-3, 2, -4}} {
		f := &Figure{Kind: Line, Series: []Series{{Marks: []Mark{{N: num("a", c.lo, 0)}, {X: 1, N: num("b", c.hi, 0)}}}}}
		if got := f.lineScale(4).lo; got != c.want {
			t.Errorf("%v to %v: the axis begins at %v, want %v", c.lo, c.hi, got, c.want)
		}
	}
}

// A new name is the same ground: the line goes on and the day is marked. A
// border cuts the line of its own area and of no other.
func TestEventsOfOneRunStayInItsCell(t *testing.T) {
	f := &Figure{ID: "x", Kind: Multiples, Format: tickText}
	for i, events := range [][]Event{nil, {{X: 2020.5, Date: "1 July 2020", Label: "renamed"}}, {{X: 2020.5, Date: "1 July 2020", Label: "split", Cut: true, Land: true}}} {
		s := Series{Key: strconv.Itoa(i), Name: "N" + strconv.Itoa(i), Events: events}
		for y := range 4 {
			s.Marks = append(s.Marks, Mark{X: 2019 + float64(y), XLabel: strconv.Itoa(2019 + y), N: num(strconv.Itoa(i)+strconv.Itoa(y), float64(10*i+y), 0)})
		}
		f.Series = append(f.Series, s)
	}
	c := f.newCells()
	for i, want := range []struct {
		pieces int
		stem   string
	}{{1, ""}, {1, `class="fg-ev"`}, {2, `class="fg-cut"`}} {
		if got := strings.Count(c.path(f, &f.Series[i]), "M"); got != want.pieces {
			t.Errorf("run %d is in %d pieces, want %d", i, got, want.pieces)
		}
		p := &pen{}
		f.drawCell(p, c, &f.Series[i])
		if want.stem != "" && !strings.Contains(string(p.b), want.stem) || want.stem == "" && strings.Contains(string(p.b), "fg-ev") {
			t.Errorf("run %d: want the stem %q", i, want.stem)
		}
	}
	if n := f.notes(); len(n) != 2 || n[0] != "1 July 2020: renamed" {
		t.Errorf("under the figure stands %q", n)
	}
}

// Every dot of a locator bears its name for the pointer, the keyboard and the
// reader's voice; the area itself is named in the drawing.
func TestLocatorNamesEveryDot(t *testing.T) {
	f := mapFigure(true)
	for i := range f.Series[0].Marks {
		m := &f.Series[0].Marks[i]
		m.N, m.Highlight = Number{}, i == 2
	}
	svg := string(f.AppendSVG(nil))
	wellFormed(t, svg)
	if strings.Contains(svg, `role="img" aria-labelledby`) {
		t.Error("the links of a locator are hidden inside an image")
	}
	written := 0
	for i := range f.Series[0].Marks {
		m := &f.Series[0].Marks[i]
		if !strings.Contains(svg, "<title>"+m.Label+"</title>") {
			t.Errorf("%s has no title", m.Label)
		}
		if !m.Highlight && !strings.Contains(svg, `<a href="`+m.Href+`" aria-label="`+m.Label+`">`) {
			t.Errorf("%s cannot be reached with the keyboard", m.Label)
		}
		if words := strings.Fields(m.Short); strings.Contains(svg, ">"+m.Short+"</tspan>") || len(words) > 1 && strings.Contains(svg, ">"+words[0]) {
			written++
		} else if m.Highlight {
			t.Errorf("%s, which the map is about, is not named", m.Label)
		}
	}
	if written < len(f.Series[0].Marks)*3/4 {
		t.Errorf("%d of %d names found room", written, len(f.Series[0].Marks))
	}
}

// A drawing that is cut out of its page still says what it counts and when.
func TestDrawingsSayUnitPeriodAndSource(t *testing.T) {
	for _, f := range []*Figure{dotsFigure(true), mapFigure(true), stagesFigure(true), funnelFigure(true)} {
		f.Period = "2023 жыл"
		svg := string(f.AppendSVG(nil))
		for _, want := range []string{f.Period, f.Unit, f.Example} {
			if !strings.Contains(svg[strings.Index(svg, "</desc>"):], want) {
				t.Errorf("%s: the drawing does not show %q", f.Kind, want)
			}
		}
		for _, want := range []string{f.Source, f.Subtitle} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s: the drawing does not hold %q", f.Kind, want)
			}
		}
	}
}
