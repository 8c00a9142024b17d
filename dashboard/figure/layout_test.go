package figure

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// Circles that overlap hide each other's colour and size; a layout that
// changes between runs would change the published bytes.
func TestCirclesNeverOverlapAndNeverMove(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 300 {
		n := 1 + r.IntN(60)
		points := make([][2]float64, n)
		size := make([]float64, n)
		for i := range points {
			points[i] = [2]float64{r.Float64() * 10, r.Float64() * 4}
			size[i] = math.Exp(r.NormFloat64() * 2)
			switch r.IntN(12) {
			case 0:
				points[i] = points[0] // two districts with one centre
			case 1:
				points[i] = [2]float64{math.NaN(), math.NaN()} // no centre
			case 2:
				size[i] = 0 // no size
			case 3:
				size[i] = math.Inf(1)
			}
			if round%7 == 0 {
				points[i][1] = 0 // all on one line
			}
		}
		cs, h := Dorling(points, size, 356, 340)
		again, _ := Dorling(points, size, 356, 340)
		if !reflect.DeepEqual(cs, again) {
			t.Fatalf("round %d: two runs differ", round)
		}
		for i, a := range cs {
			if a.X-a.R < -1 || a.X+a.R > 357 || a.Y-a.R < -1 || a.Y+a.R > h+1 {
				t.Errorf("round %d: circle %d %v lies outside 356 × %.1f", round, i, a, h)
			}
			for j, b := range cs[:i] {
				if d := math.Hypot(a.X-b.X, a.Y-b.Y); d < a.R+b.R {
					t.Fatalf("round %d: circles %d %v and %d %v overlap by %g", round, i, a, j, b, a.R+b.R-d)
				}
			}
		}
	}
}

// The area, not the radius, stands for the size.
func TestCircleAreaFollowsSize(t *testing.T) {
	cs, _ := Dorling([][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 1}}, []float64{100, 400, 100, 900, 100}, 356, 340)
	for i, want := range map[int]float64{1: 2, 3: 3} {
		if got := cs[i].R / cs[0].R; math.Abs(got-want) > 0.02 {
			t.Errorf("circle %d has %.2f times the radius, want %.0f", i, got, want)
		}
	}
}

// Five classes at most, on limits a person would choose, every value inside.
func TestClassesHaveRoundLimits(t *testing.T) {
	for name, c := range map[string]struct {
		values []float64
		want   []float64
	}{
		"shares":    {[]float64{34.2, 39.3, 50, 71.4}, []float64{30, 40, 50, 60, 70, 80}},
		"counts":    {[]float64{1, 2, 4, 38}, []float64{0, 10, 20, 30, 40}},
		"decimals":  {[]float64{0.12, 0.31}, []float64{0.1, 0.15, 0.2, 0.25, 0.3, 0.35}},
		"negative":  {[]float64{-12, 7}, []float64{-15, -10, -5, 0, 5, 10}},
		"all equal": {[]float64{5, 5}, []float64{5, 5}},
		"none":      {nil, nil},
	} {
		got := classesOf(c.values)
		if !reflect.DeepEqual(got.limits, c.want) {
			t.Errorf("%s: limits %v, want %v", name, got.limits, c.want)
		}
		for _, v := range c.values {
			if k := got.colour(v); k < 1 || k > 5 {
				t.Errorf("%s: %v has colour %d", name, v, k)
			}
		}
	}
}

// North is up, east is right, and areas keep their proportion.
func TestProjection(t *testing.T) {
	for _, lat := range []float64{49, 0, -33, 71} {
		marks := []Mark{{Lon: 80, Lat: lat + 2}, {Lon: 88, Lat: lat - 2}}
		p := project(marks)
		x1, y1 := p.at(80, lat+2)
		x2, y2 := p.at(88, lat-2)
		if x1 >= x2 || y1 >= y2 {
			t.Errorf("latitude %v: (%g, %g) should lie up and left of (%g, %g)", lat, x1, y1, x2, y2)
		}
		w1, _ := p.at(84.5, lat)
		w0, _ := p.at(83.5, lat)
		_, h1 := p.at(84, lat-0.5)
		_, h0 := p.at(84, lat+0.5)
		if got, want := (w1-w0)/(h1-h0), math.Cos(lat*degree); math.Abs(got/want-1) > 0.03 {
			t.Errorf("latitude %v: a degree is %.3f as wide as high, want %.3f", lat, got, want)
		}
	}
	if x, _ := project([]Mark{{Lon: 179, Lat: 1}, {Lon: -179, Lat: 2}}).at(-179, 2); math.Abs(x) > 0.1 {
		t.Error("areas on both sides of the date line are torn apart")
	}
}

// A label that is thought narrower than it is would be cut on a phone.
func TestWrapKeepsWithinTheWidth(t *testing.T) {
	for _, s := range []string{"Жоғарғы Қайыңды ауданы", "Шығыс Қазақстан облысы", "Сертификатты пайдаланып баспана сатып алған көпбалалы отбасылардың үлесі"} {
		ls := wrap(s, 13.5, labelColumn)
		if strings.Join(ls, " ") != s {
			t.Errorf("%q became %q", s, ls)
		}
		for _, l := range ls {
			if strings.Contains(l, " ") && width(l, 13.5) > labelColumn {
				t.Errorf("%q is too wide", l)
			}
		}
	}
}

// Neighbours that the data cannot tell apart share a bracket; others do not.
func TestBrackets(t *testing.T) {
	mark := func(lo, hi float64) Mark {
		return Mark{N: num("n", (lo+hi)/2, 0), Lower: ptr(num("l", lo, 0)), Upper: ptr(num("u", hi, 0))}
	}
	f := &Figure{Words: Words{Bracket: "b"}}
	got := f.brackets([]Mark{mark(80, 90), mark(75, 85), mark(70, 78), mark(10, 20)})
	want := []bracket{{0, 1, 0}, {1, 2, 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v: the first and third share no value, the fourth none at all", got, want)
	}
}

func BenchmarkMultiples220(b *testing.B) {
	f := multiplesFigure(false)
	one := f.Series[1]
	for range 34 {
		one.Marks = append(one.Marks, Mark{X: 2022 + float64(len(one.Marks))/4, XLabel: "2022", N: num("x", 40, 1)})
	}
	f.Series = f.Series[:1]
	for range 220 {
		f.Series = append(f.Series, one)
	}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = f.AppendHTML(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes")
}

func BenchmarkDots220(b *testing.B) {
	f := dotsFigure(false)
	ms := f.Series[0].Marks[:13]
	for len(ms) < 220 {
		ms = append(ms, ms[len(ms)%13])
	}
	f.Series[0].Marks = ms
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = f.AppendHTML(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes")
}

func BenchmarkMap220(b *testing.B) {
	f := mapFigure(false)
	ms := append([]Mark{}, f.Series[0].Marks...)
	for i := 0; len(ms) < 220; i++ {
		m := ms[i%15]
		m.Lat += float64(i%17) * 0.13
		m.Lon += float64(i%13) * 0.21
		ms = append(ms, m)
	}
	f.Series[0].Marks = ms
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = f.AppendHTML(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes")
}

// On a map the word that most names share costs the room of the name.
func TestSharedWordIsDroppedOnTheMap(t *testing.T) {
	var marks []Mark
	for _, l := range []string{"Altai District", "Ulan District", "Zaisan District", "Ridder", "Town of Semey", "Abai District"} {
		marks = append(marks, Mark{Label: l})
	}
	marks[1].Short = "U."
	var got []string
	for _, m := range shortened(marks) {
		got = append(got, m.short())
	}
	if want := []string{"Altai", "U.", "Zaisan", "Ridder", "Town of Semey", "Abai"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Numbers and their units are not torn apart, a long name breaks after its
// hyphen, and nothing is lost.
func TestWrapBreaksWhereAReaderWould(t *testing.T) {
	for _, c := range []struct {
		text string
		max  float64
		want []string
	}{
		{"до 4,2\u00a0% в 2023\u00a0г.", 60, []string{"до 4,2\u00a0%", "в 2023\u00a0г."}},
		{"Восточно-Казахстанская область", 102, []string{"Восточно-", "Казахстанская", "область"}},
		{"Усть-Каменогорск", 200, []string{"Усть-Каменогорск"}},
	} {
		if got := wrap(c.text, 11, c.max); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q in %.0f px: %q, want %q", c.text, c.max, got, c.want)
		}
	}
}

func BenchmarkLine(b *testing.B) {
	f := runsFigure(false)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = f.AppendHTML(buf[:0])
	}
}
