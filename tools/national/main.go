// Command national writes a generated instance of a whole country's size for
// benchmarks: districts × measures × quarters, three languages, invented and
// marked so. It is no example to look at: names are numbers.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

type size struct{ districts, measures, quarters, firstYear int }

func main() {
	log.SetFlags(0)
	out := flag.String("out", "bench/out/national", "folder to write the instance into")
	var s size
	flag.IntVar(&s.districts, "districts", 220, "number of districts")
	flag.IntVar(&s.measures, "measures", 30, "number of measures, each with an indicator")
	flag.IntVar(&s.quarters, "quarters", 40, "number of quarters")
	flag.IntVar(&s.firstYear, "from", 2011, "first year")
	flag.Parse()
	if err := write(*out, s); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d districts, %d measures, %d quarters, %d value cells\n",
		*out, s.districts, s.measures, s.quarters, s.districts*s.measures*s.quarters)
}

func write(dir string, s size) error {
	for _, d := range []string{"sources", "data"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			return err
		}
	}
	files := map[string]string{
		"instance.yaml":        instanceYAML(s),
		"areas.csv":            areasCSV(s),
		"measures.yaml":        measuresYAML(s),
		"indicators.yaml":      indicatorsYAML(s),
		"sources/reports.yaml": sourceYAML(s),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return writeReports(filepath.Join(dir, "data", "reports.csv"), s)
}

func text(kk, ru, en string) string { return fmt.Sprintf("{kk: %q, ru: %q, en: %q}", kk, ru, en) }

func instanceYAML(s size) string {
	last := s.firstYear + (s.quarters-1)/4
	return fmt.Sprintf(`name: %s
owner: %s
languages: [kk, ru, en]
default_language: ru
base_url: https://example.org/
region: "900000000"
country: "990000000"
reference_date: %d-12-31
today: %d-03-01
licence: %s
example: true
map: {size: m00, indicators: [m00_count]}
`, text("Өлшем елі", "Страна для замеров", "Benchmark country"),
		text("Ойдан алынған", "Вымышлено для замеров", "Invented for benchmarks"), last, last+1,
		text("Еркін", "Свободно", "Free"))
}

func code(i int) string { return fmt.Sprintf("9%05d000", i+1) }

func areasCSV(s size) string {
	var b strings.Builder
	b.WriteString("code,valid_from,valid_to,level,parent,name_kk,name_ru,name_en,in_kk,in_ru,in_en,centre_kk,centre_ru,centre_en,lat,lon,area_km2,unverified,note_kk,note_ru,note_en\n")
	b.WriteString("990000000,,,country,,Өлшем әлемі,Мир для замеров,Benchmark world,,,,,,,,,,false,,,\n")
	b.WriteString("900000000,,,region,990000000,Өлшем елі,Страна для замеров,Benchmark country,,,,,,,48,67,,false,,,\n")
	for i := range s.districts {
		lat, lon := 41+14*float64(i/20)/float64(max(1, s.districts/20)), 47+38*float64(i%20)/19
		fmt.Fprintf(&b, "%s,,,district,900000000,%d-аудан ауданы,Район %d,District %d,,,,,,,%.3f,%.3f,,false,,,\n", code(i), i+1, i+1, i+1, lat, lon)
	}
	return b.String()
}

// Even measures are wholes, odd ones are parts of the measure before, so
// that shares, complements and sums are all at work.
func measuresYAML(s size) string {
	var b strings.Builder
	b.WriteString("measures:\n")
	for i := range s.measures {
		fmt.Fprintf(&b, "  - {id: m%02d, name: %s, definition: %s, unit: families, counts: families, population: large, basis: stock, department: social",
			i, text(fmt.Sprintf("%d-көрсеткіш", i), fmt.Sprintf("Показатель %d", i), fmt.Sprintf("Measure %d", i)),
			text("Өлшем үшін", "Для замеров", "For benchmarks"))
		if i%2 == 1 {
			fmt.Fprintf(&b, ", total: m%02d", i-1)
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func indicatorsYAML(s size) string {
	var b strings.Builder
	fmt.Fprintf(&b, "subjects:\n  - {id: bench, name: %s}\nindicators:\n", text("Өлшем", "Замер", "Benchmark"))
	for i := range s.measures {
		kind, id, inputs, unit, decimals := "count", fmt.Sprintf("m%02d_count", i), fmt.Sprintf("numerator: m%02d", i), "families", 0
		if i%2 == 1 {
			kind, id, unit, decimals = "share", fmt.Sprintf("m%02d_share", i), "percent", 1
			inputs = fmt.Sprintf("numerator: m%02d, denominator: m%02d", i, i-1)
		}
		fmt.Fprintf(&b, "  - {id: %s, subject: bench, kind: %s, %s, unit: %s, decimals: %d, direction: up, headline: %t, name: %s, question: %s, definition: %s, formula: %s, does_not_say: %s, gap: {what: %s, who: %s, since: 2011-01-01}}\n",
			id, kind, inputs, unit, decimals, i == 0,
			text(fmt.Sprintf("%d-көрсеткіш", i), fmt.Sprintf("Показатель %d", i), fmt.Sprintf("Indicator %d", i)),
			text("Қанша?", "Сколько?", "How many?"), text("Өлшем үшін", "Для замеров", "For benchmarks"),
			text("a", "a", "a"), text("Ештеңе", "Ничего", "Nothing"), text("Кесте", "Таблица", "A table"), text("Ешкім", "Никто", "Nobody"))
	}
	return b.String()
}

func sourceYAML(s size) string {
	var cols strings.Builder
	for i := range s.measures {
		fmt.Fprintf(&cols, "    m%02d: m%02d\n", i, i)
	}
	return fmt.Sprintf(`id: reports
series: reports
kind: csv
title: %s
publisher: %s
licence: free
nature: example
files: data/reports.csv
encoding: utf-8
separator: ","
table:
  area: {column: area}
  period: {column: period}
  values:
%s`, text("Есептер", "Отчёты", "Reports"), text("Ойдан алынған", "Вымышленный", "Invented"), cols.String())
}

func writeReports(path string, s size) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("area,period")
	for i := range s.measures {
		fmt.Fprintf(w, ",m%02d", i)
	}
	w.WriteString("\n")
	r := rand.New(rand.NewPCG(20211124, 7))
	for q := range s.quarters {
		for d := range s.districts {
			fmt.Fprintf(w, "%s,%d-Q%d", code(d), s.firstYear+q/4, q%4+1)
			whole := 0
			for i := range s.measures {
				if i%2 == 0 {
					whole = 3 + r.IntN(40*(d%25+1))
					fmt.Fprintf(w, ",%d", whole)
				} else {
					fmt.Fprintf(w, ",%d", r.IntN(whole+1))
				}
			}
			w.WriteString("\n")
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
