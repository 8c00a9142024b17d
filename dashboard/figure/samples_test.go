package figure

import (
	"math"
	"strconv"
	"strings"
)

// Invented districts with names as long as real ones are.
var districts = []struct {
	name     string
	lat, lon float64
	people   float64
}{
	{"Жоғарғы Қайыңды ауданы", 50.12, 82.4, 48210}, {"Үлкен Бөкенсай ауданы", 49.2, 84.1, 21035},
	{"Көктас қаласы", 49.95, 82.61, 345120}, {"Сарықамыс қаласы", 50.34, 83.52, 51400},
	{"Ақжайлау ауданы", 47.9, 80.2, 27800}, {"Тарғынтау ауданы", 49.6, 81.2, 30110},
	{"Күршімтөбе ауданы", 48.57, 83.65, 23990}, {"Шығанақ ауданы", 48.3, 81.1, 36120},
	{"Балқарағай ауданы", 50.7, 81.9, 18230}, {"Өзенбойы ауданы", 47.4, 84.8, 54200},
	{"Мұзтау ауданы", 49.1, 86.0, 11240}, {"Жаңаөткел ауданы", 50.4, 80.2, 41080},
	{"Қызылсу қаласы", 50.42, 80.25, 318900}, {"Ұлыдала ауданы", 46.9, 82.0, 16050},
	{"Әйгерімкөл ауданы", 48.9, 79.4, 13400},
}

func num(id string, v float64, decimals int) Number {
	raw := strconv.FormatFloat(v, 'f', -1, 64)
	return Number{ID: id, Raw: raw, Value: v, Has: true, Shown: shown(v, decimals)}
}

func shown(v float64, decimals int) string {
	t := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, frac, dot := strings.Cut(t, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "\u00a0" + whole[i:]
	}
	if dot {
		whole += "," + frac
	}
	if v < 0 {
		return "\u2212" + whole
	}
	return whole
}

func none(sign, why string) Number { return Number{Sign: sign, Why: why} }

func ptr(n Number) *Number { return &n }

func tickText(v float64) string {
	d := 0
	for x := v; d < 4 && math.Abs(x-math.Round(x)) > 1e-9; d++ {
		x *= 10
	}
	return shown(v, d)
}

var testWords = Words{
	AsTable: "Кесте түрінде", NoData: "дерек жоқ", Interval: "95 % аралық", Lower: "төменгі шек", Upper: "жоғарғы шек",
	OutOf: "барлығы", Region: "облыс", Area: "Аудан", Period: "Кезең", Value: "Мәні", Enlarge: "Үлкейту",
	Histogram: "Аудандардың бөлінуі", SignsHead: "Белгілер:", Bracket: "аралықтары қабысады: дерек оларды ажыратпайды",
	Estimated: "бағаланған", Break: "қатар үзілген", Close: "Жабу", SaveSVG: "SVG", ShareOf: "бірінші сатыға үлесі", Better: "жақсырақ", Events: "Оқиғалар",
}

func base(id string, k Kind, example bool) *Figure {
	f := &Figure{ID: id, Kind: k, Lang: "kk", Words: testWords, Format: tickText, Unit: "%", Decimals: 1,
		Finding:  "Көпбалалы отбасылардың жартысына жуығы баспанамен қамтылды, аудандар арасында айырма үлкен",
		Subtitle: "Көпбалалы отбасылардың ішінде баспанамен қамтылғандары, %, 2021 жылдың 1-жартыжылдығы, Үлгі облысы",
		Source:   "Дереккөз: аудандардың есептері, 2021 ж. 20 шілде, 3-шығарылым", Download: "figure.svg"}
	if example {
		f.Example = "ойдан алынған мысал"
	}
	return f
}

func dotsFigure(example bool) *Figure {
	f := base("dots", Dots, example)
	var ms []Mark
	for i, d := range districts {
		v := 71.4 - float64(i)*3.1 + math.Mod(float64(i*7), 3)
		id := "share/" + strconv.Itoa(i) + "/1900-01-01/2021-H1/-/as_reported/s/value"
		m := Mark{Key: strconv.Itoa(i), Label: d.name, Href: "../area/" + strconv.Itoa(i) + "/", N: num(id, v, 1),
			Lower: ptr(num(id+"l", v-3.1-float64(i%4)*2, 1)), Upper: ptr(num(id+"u", v+2.9+float64(i%4)*2, 1)),
			Of: ptr(num(id+"d", math.Round(d.people/60), 0)), Lat: d.lat, Lon: d.lon, Size: d.people}
		if i == 4 {
			m.Highlight = true
		}
		if i == 6 {
			m.N.Flag = "e"
		}
		if i == 9 {
			m.Hollow = true
		}
		if i == 13 {
			m.N, m.Lower, m.Upper = none("…", "есеп келмеді"), nil, nil
		}
		if i == 14 {
			m.N, m.Lower, m.Upper = none("x", "қорғалған: сан өте аз"), nil, nil
			m.Label += ", бұрынғы Солтүстік округ"
		}
		ms = append(ms, m)
	}
	f.Series = []Series{{Key: "all", Marks: ms}}
	f.Rule = &Rule{Label: "Үлгі облысы (ойдан алынған)", N: num("rule", 49.87, 1), Lower: ptr(num("rulel", 49.1, 1)), Upper: ptr(num("ruleu", 50.6, 1))}
	return f
}

func mapFigure(example bool) *Figure {
	f := dotsFigure(example)
	f.ID, f.Kind, f.Rule = "map", Map, nil
	f.SizeNote = "Шеңбердің ауданы: халық саны, 2021 ж. 1 шілде"
	for i := range f.Series[0].Marks {
		f.Series[0].Marks[i].Short = strings.TrimSuffix(strings.TrimSuffix(districts[i].name, " ауданы"), " қаласы")
	}
	return f
}

func polygonFigure() *Figure {
	f := mapFigure(false)
	f.ID = "polygons"
	for i := range f.Series[0].Marks {
		m := &f.Series[0].Marks[i]
		x, y := 80+float64(i%5)*1.4, 50.5-float64(i/5)*1.2
		m.Polygon = [][][2]float64{{{x, y}, {x + 0.7, y + 0.15}, {x + 1.4, y}, {x + 1.4, y - 1.2}, {x + 0.6, y - 1.05}, {x, y - 1.2}, {x, y}}}
		m.Lat, m.Lon = 0, 0
	}
	return f
}

func lineFigure(example bool) *Figure {
	f := base("line", Line, example)
	f.Finding = "Көрсеткіш екі жылда 38,2-ден 49,9 пайызға көтерілді; шекара өзгерген соң қатар үзіледі"
	vs := []float64{38.2, 40.5, 0, 44.9, 47.25, 49.87}
	ls := []string{"2019 I", "2019 II", "2020 I", "2020 II", "2021 I", "2021 II"}
	s := Series{Key: "r", Name: "Үлгі облысы"}
	for i, v := range vs {
		m := Mark{Key: ls[i], Label: ls[i], XLabel: ls[i], X: 2019.25 + float64(i)/2, N: num("line/"+ls[i], v, 1)}
		m.Lower, m.Upper = ptr(num("line/l"+ls[i], v-1.1, 1)), ptr(num("line/u"+ls[i], v+1.2, 1))
		if v == 0 {
			m.N, m.Lower, m.Upper = none("…", "есеп келмеді"), nil, nil
		}
		m.Hollow = i == 4
		s.Marks = append(s.Marks, m)
	}
	f.Series = []Series{s}
	f.Events = []Event{{X: 2020.2, Until: 2020.7, Date: "2020 ж. наурыз–қыркүйек", Label: "есеп қабылдау тоқтатылған кезең"},
		{X: 2021.1, Date: "2021 ж. 5 ақпан", Label: "Өзенбойы ауданы екіге бөлінді", Cut: true}}
	return f
}

func runsFigure(example bool) *Figure {
	f := base("runs", Line, example)
	for k, name := range []string{"Көктас қаласы", "Үлкен Бөкенсай ауданы", "Үлгі облысы"} {
		s := Series{Key: strconv.Itoa(k), Name: name, Faint: k == 2, Highlight: k == 0}
		for y := 2010; y <= 2023; y++ {
			v := 4.1 + float64(k)*0.6 + math.Sin(float64(y+k))*1.4
			s.Marks = append(s.Marks, Mark{X: float64(y), XLabel: strconv.Itoa(y), N: num("runs/"+strconv.Itoa(k)+"/"+strconv.Itoa(y), v, 1)})
		}
		f.Series = append(f.Series, s)
	}
	return f
}

func funnelFigure(example bool) *Figure {
	f := dotsFigure(example)
	f.ID, f.Kind = "funnel", Funnel
	for i := range f.Series[0].Marks {
		m := &f.Series[0].Marks[i]
		m.Lower, m.Upper = nil, nil
		half := 400 / math.Sqrt(m.Of.Value)
		m.Allowed = &Allowed{49.87 - 1.6*half, 49.87 - half, 49.87 + half, 49.87 + 1.6*half}
	}
	return f
}

func multiplesFigure(example bool) *Figure {
	f := base("multi", Multiples, example)
	region := Series{Key: "r", Name: "Үлгі облысы", Faint: true}
	for p := range 6 {
		region.Marks = append(region.Marks, Mark{X: 2019 + float64(p)/2, XLabel: strconv.Itoa(2019+p/2) + " " + []string{"I", "II"}[p%2], N: num("m/r/"+strconv.Itoa(p), 38+float64(p)*2.3, 1)})
	}
	f.Series = append(f.Series, region)
	for i, d := range districts {
		s := Series{Key: strconv.Itoa(i), Name: d.name, Href: "../area/" + strconv.Itoa(i) + "/", Highlight: i == 2}
		for p := range 6 {
			n := num("m/"+strconv.Itoa(i)+"/"+strconv.Itoa(p), 62-float64(i)*2.6+float64(p)*(3-float64(i%4)), 1)
			if i == 5 && p == 2 || i == 14 {
				n = none("…", "есеп келмеді")
			}
			s.Marks = append(s.Marks, Mark{X: 2019 + float64(p)/2, XLabel: region.Marks[p].XLabel, N: n})
		}
		f.Series = append(f.Series, s)
	}
	f.Events = []Event{{X: 2020.3, Date: "2020", Label: "шекара өзгерді", Cut: true}}
	return f
}

func stagesFigure(example bool) *Figure {
	f := base("stages", Stages, example)
	f.Unit = "отбасы"
	for i, s := range []struct {
		l string
		v float64
	}{{"Өтініш берді", 4120}, {"Мақұлданды", 3015}, {"Сертификат берілді", 2008}, {"Сертификатты пайдаланып баспана сатып алды", 1640}} {
		f.Series = append(f.Series[:0], Series{Marks: append(f.marks(), Mark{Key: strconv.Itoa(i), Label: s.l, N: num("st/"+strconv.Itoa(i), s.v, 0), Share: ptr(num("sh/"+strconv.Itoa(i), s.v/41.2, 1))})})
	}
	for i := range f.Series[0].Marks {
		f.Series[0].Marks[i].Share.Shown += " %"
	}
	return f
}

func rulerFigure(example bool) *Figure {
	f := base("ruler", Ruler, example)
	f.Series = []Series{
		{Name: "Айтылғаны", Marks: []Mark{{Label: "«18 мың отбасының 9 мыңы»: дөңгелектеу шегі", N: num("c", 50, 0), Lower: ptr(num("cl", 45.9459, 1)), Upper: ptr(num("cu", 54.2857, 1))}}},
		{Name: "Дерек", Marks: []Mark{{Label: "Аудандардың есептері бойынша", N: num("d", 49.87, 1), Lower: ptr(num("dl", 49.1, 1)), Upper: ptr(num("du", 50.6, 1))}}},
	}
	return f
}

func gridFigure(example bool) *Figure {
	f := base("grid", Grid, example)
	f.Columns = []string{"2019 I", "2019 II", "2020 I", "2020 II", "2021 I"}
	cl := []string{"on_time", "late", "not_supplied", "refused", "refused_at_door", "held", "not_due"}
	la := []string{"уақытында", "кешігіп", "келмеді", "жіберуші бас тартты", "қабылданбады", "шешім күтуде", "мерзімі келмеді"}
	for i, d := range districts {
		s := Series{Key: strconv.Itoa(i), Name: d.name}
		for p, c := range f.Columns {
			k := 0
			if (i*5+p*3)%7 == 1 {
				k = 1 + (i+p)%6
			}
			s.Marks = append(s.Marks, Mark{Key: c, Class: cl[k], Note: la[k], Href: "../quality/"})
		}
		f.Series = append(f.Series, s)
	}
	for i := range cl {
		f.Legend = append(f.Legend, LegendItem{cl[i], la[i]})
	}
	return f
}

func rowBarsFigure(example bool) *Figure {
	f := base("rows", RowBars, example)
	for i, n := range []string{"Жартыжылдық есептер, 2019–2021", "Халық саны", "2019 жылғы 11 шілдедегі үйлер кестесі (тұрғын үй басқармасы)"} {
		f.Series = append(f.Series, Series{Name: n, Marks: []Mark{
			{Class: "accepted", Label: "қабылданды", N: num("ra"+strconv.Itoa(i), float64(2150/(i*i*3+1)), 0)},
			{Class: "refused", Label: "қабылданбады", N: num("rr"+strconv.Itoa(i), float64(37*(2-i)), 0)},
			{Class: "dropped", Label: "жеке дерек ретінде алынды", N: num("rd"+strconv.Itoa(i), float64(4*(i%2)), 0)}}})
	}
	return f
}

func spineFigure(example bool) *Figure {
	f := base("spine", Spine, example)
	for i, n := range []string{"Баспанамен қамтылған отбасылар үлесі", "Берілген сертификаттар үлесі", "Тегін тамақпен қамтылған балалар", "Оңалту кезегіндегі балалар", "Атаулы әлеуметтік көмек алатындар"} {
		s := Series{Name: n, Href: "../indicator/" + strconv.Itoa(i) + "/", Unit: "%", Direction: []string{"up", "up", "up", "down", "none"}[i]}
		for j := range districts {
			s.Marks = append(s.Marks, Mark{Key: strconv.Itoa(j), N: num("sp/"+strconv.Itoa(i)+"/"+strconv.Itoa(j), 40+float64((j*13+i*7)%29), 1), Highlight: j == 3})
		}
		if i == 2 {
			s.Marks[3].N = none("…", "есеп келмеді")
		}
		s.Rule = &Rule{N: num("sp/r"+strconv.Itoa(i), 52.5, 1)}
		f.Series = append(f.Series, s)
	}
	return f
}

func sparkFigure(example bool) *Figure {
	f := lineFigure(example)
	f.ID, f.Kind = "spark", Spark
	return f
}

// samples is one figure of each kind.
func samples(example bool) []*Figure {
	return []*Figure{dotsFigure(example), lineFigure(example), runsFigure(example), multiplesFigure(example), mapFigure(example),
		stagesFigure(example), rulerFigure(example), gridFigure(example), rowBarsFigure(example), spineFigure(example), sparkFigure(example), funnelFigure(example)}
}
