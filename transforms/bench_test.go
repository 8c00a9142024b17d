package transforms

import (
	"context"
	"fmt"
	"math/rand"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

// national is a country of 220 districts with 30 measures over 40 quarters.
func national() (*config.Instance, []sources.Delivery) {
	r := rand.New(rand.NewSource(1))
	in := &config.Instance{ID: "national", Languages: []string{"kk", "ru", "en"}, Region: "000", Today: "2026-11-24", Disclosure: config.Disclosure{Threshold: 5}}
	name := func(s string) model.Text {
		return model.Text{"kk": s + " ауданы", "ru": s + " район", "en": s + " District"}
	}
	in.Areas = append(in.Areas, model.Area{Code: "000", ValidFrom: model.OpenStart, Level: "country", Names: name("Ел")})
	for i := range 220 {
		in.Areas = append(in.Areas, model.Area{Code: fmt.Sprintf("%09d", 100000000+i*1000), ValidFrom: model.OpenStart, Level: "district", Parent: "000", Names: name(fmt.Sprint("Аудан ", i))})
	}
	for i := range 30 {
		m := model.Measure{ID: fmt.Sprintf("measure_%02d", i), Name: name(fmt.Sprint("m", i)), Unit: "families", Counts: model.Families, Basis: model.Stock}
		if i%3 == 1 {
			m.Total = fmt.Sprintf("measure_%02d", i-1)
		}
		in.Measures = append(in.Measures, m)
		k := model.Indicator{ID: fmt.Sprintf("indicator_%02d", i), Kind: model.Count, Numerator: model.Input{Measure: m.ID}, Unit: "families"}
		switch i % 3 {
		case 1:
			k.Kind, k.Denominator, k.Unit = model.Share, model.Input{Measure: m.Total}, "percent"
		case 2:
			k.Kind, k.Back, k.Unit = model.Change, 1, "percent"
		}
		in.Indicators = append(in.Indicators, k)
	}
	src := config.Source{ID: "forms", Series: "forms", Kind: "csv", Nature: model.Reported, RetrievedOn: "2026-11-24"}
	src.Calendar = &config.Calendar{DueDays: 20}
	for q := range 40 {
		src.Calendar.Periods = append(src.Calendar.Periods, model.QuarterOf(2016+q/4, q%4+1))
	}
	in.Sources = []config.Source{src}
	d := sources.Delivery{Source: src, File: "data/national.csv", Snapshot: model.Snapshot{SHA256: fmt.Sprintf("%064d", 1)}}
	line := 1
	for _, p := range src.Calendar.Periods {
		for _, a := range in.Areas[1:] {
			whole := 0
			for i, m := range in.Measures {
				line++
				v := 20 + r.Intn(4000)
				if i%3 == 0 {
					whole = v
				} else if i%3 == 1 {
					v = r.Intn(whole + 1)
				}
				d.Records = append(d.Records, model.Record{
					Value: model.Cell{Place: model.Place{File: d.File, Row: line, Column: "E"}, Text: fmt.Sprint(v)},
					Area:  a.Code, Period: p.String(), Measure: m.ID,
				})
			}
		}
	}
	return in, []sources.Delivery{d}
}

// BenchmarkNational is the whole way from records to download files of a
// national instance: 264,000 observations.
func BenchmarkNational(b *testing.B) {
	in, deliveries := national()
	ctx := context.Background()
	for b.Loop() {
		dir := b.TempDir()
		var last float64
		lap := func(name string) {
			now := b.Elapsed().Seconds()
			b.ReportMetric(now-last, name+"-s")
			last = now
		}
		last = b.Elapsed().Seconds()
		s, err := Open(dir + "/store.duckdb")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Load(ctx, in, deliveries); err != nil {
			b.Fatal(err)
		}
		lap("load")
		if _, err := s.Compute(ctx, in); err != nil {
			b.Fatal(err)
		}
		lap("compute")
		p, err := s.Protect(ctx, in, dir+"/public.duckdb", 1)
		if err != nil {
			b.Fatal(err)
		}
		lap("protect")
		s.Close()
		public, e, err := Export(ctx, dir+"/public.duckdb", dir+"/data", into(dir+"/data"))
		if err != nil {
			b.Fatal(err)
		}
		public.Close()
		lap("export")
		b.ReportMetric(float64(e.Bytes)/1e6, "MB")
		b.ReportMetric(float64(p.Suppressed), "suppressed")
	}
}
