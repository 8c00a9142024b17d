package dashboard_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"tereze/config"
	"tereze/config/words"
	"tereze/dashboard"
	"tereze/model"
)

// BenchmarkNational builds the site of a country with 220 districts, 30
// measures and 40 quarters: 264,000 values, three languages.
func BenchmarkNational(b *testing.B) {
	in, db := national(b, 220, 30, 40)
	for b.Loop() {
		keep, bytes := into(b.TempDir()), atomic.Int64{}
		n := build(b, dashboard.Input{Instance: in, DB: db, Release: 1, Put: func(path string, raw []byte) error {
			bytes.Add(int64(len(raw)))
			return keep(path, raw)
		}}, nil)
		b.ReportMetric(float64(n), "pages")
		b.ReportMetric(float64(bytes.Load())/(1<<20), "MB")
	}
}

func national(tb testing.TB, districts, measures, quarters int) (config.Public, fakeDB) {
	tb.Helper()
	catalogue, problems := words.Builtin()
	if len(problems) > 0 {
		tb.Fatal(problems)
	}
	name := func(s string) model.Text { return model.Text{"kk": s, "ru": s, "en": s} }
	in := config.Public{ID: "nation", Name: name("Nation"), Owner: name("Owner"), Languages: []string{"kk", "ru", "en"}, DefaultLanguage: "ru",
		BaseURL: "https://example.org/", Region: "980000000", ReferenceDate: "2024-12-31", Today: "2025-02-01", Licence: name("CC BY 4.0"), Words: catalogue,
		Disclosure: config.Disclosure{Threshold: 5}, Subjects: []model.Subject{{ID: "all", Name: name("All")}}}
	in.Areas = []model.Area{{Code: "980000000", ValidFrom: model.OpenStart, Level: "region", Names: name("Nation")}}
	for i := range districts {
		in.Areas = append(in.Areas, model.Area{Code: fmt.Sprintf("98%07d", i+1), ValidFrom: model.OpenStart, Level: "district", Parent: "980000000",
			Names: name(fmt.Sprintf("District %d", i+1)), Lat: 45 + float64(i%15)/2, Lon: 55 + float64(i/15)*2})
	}
	db := fakeDB{}
	for m := range measures {
		id := fmt.Sprintf("measure_%02d", m)
		in.Measures = append(in.Measures, model.Measure{ID: id, Name: name(id), Definition: name(id), Unit: "families", Counts: model.Families, Basis: model.Stock})
		in.Indicators = append(in.Indicators, model.Indicator{ID: id, Subject: "all", Kind: model.Count, Numerator: model.Input{Measure: id}, Unit: "families",
			Headline: m == 0, Name: name(id), Question: name(id + "?"), Definition: name(id), Formula: name(id)})
		for i, a := range in.Areas {
			for q := range quarters {
				v := fakeValue{indicator: id, area: a.Code, from: string(a.ValidFrom), period: fmt.Sprintf("%d-Q%d", 2015+q/4, q%4+1),
					value: float64((i*37+q*11+m*7)%900 + 5), lower: nan(), upper: nan(), num: nan(), den: nan(),
					status: "A", conf: "F", nature: "reported", basis: "stock", unit: "families", source: "reports"}
				if i == 0 {
					v.source = "computed:reports"
				}
				db["value"] = append(db["value"], v.row())
			}
		}
	}
	return in, db
}
