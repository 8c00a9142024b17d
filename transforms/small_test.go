package transforms

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

// small is a region R of three districts A, B, C with the measures that the
// rules of this package tell apart. Tests add records and indicators.
type small struct {
	config.Instance
	deliveries []sources.Delivery
}

func newSmall() *small {
	text := func(s string) model.Text { return model.Text{"en": s} }
	area := func(code, parent, level string) model.Area {
		return model.Area{Code: code, ValidFrom: model.OpenStart, Level: level, Parent: parent, Names: text("Area " + code)}
	}
	measure := func(id string, counts model.Counts, basis model.Basis, unit, total string) model.Measure {
		return model.Measure{ID: id, Name: text(id), Unit: unit, Counts: counts, Basis: basis, Total: total}
	}
	return &small{Instance: config.Instance{
		ID: "small", Languages: []string{"en"}, DefaultLanguage: "en", Region: "R", Today: "2022-12-31",
		Disclosure: config.Disclosure{Threshold: 5},
		Areas:      []model.Area{area("R", "", "region"), area("A", "R", "district"), area("B", "R", "district"), area("C", "R", "city")},
		Measures: []model.Measure{
			measure("need", model.Families, model.Stock, "families", ""),
			measure("served", model.Families, model.Stock, "families", "need"),
			measure("waiting", model.Families, model.Stock, "families", "need"),
			measure("housed", model.Families, model.Cumulative, "families", ""),
			measure("since_january", model.Persons, model.YearToDate, "persons", ""),
			measure("people", model.Persons, model.Stock, "people", ""),
			measure("meetings", model.Things, model.YearToDate, "meetings", ""),
			measure("poor", model.Things, model.Flow, "percent", ""),
		},
	}}
}

// source adds a source whose nature and series are given.
func (s *small) source(id, series string, nature model.Nature) *config.Source {
	s.Sources = append(s.Sources, config.Source{ID: id, Series: series, Kind: "csv", Nature: nature, RetrievedOn: "2022-01-15"})
	return &s.Sources[len(s.Sources)-1]
}

// deliver adds a file of a source, one cell a line: area period measure value
// [qualifier] [rounded_to] [known_from].
func (s *small) deliver(source, lines string) {
	var d sources.Delivery
	for _, src := range s.Sources {
		if src.ID == source {
			d.Source = src
		}
	}
	d.File = fmt.Sprintf("%s-%d.csv", source, len(s.deliveries))
	d.Snapshot = model.Snapshot{SHA256: strings.Repeat("0", 60) + fmt.Sprintf("%04d", len(s.deliveries))}
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		f := strings.Fields(line)
		f = append(f, make([]string, 8)...)
		for j := range f {
			f[j] = strings.ReplaceAll(strings.TrimPrefix(f[j], "_"), "~", " ")
		}
		d.Records = append(d.Records, model.Record{
			Value: model.Cell{Place: model.Place{File: d.File, Row: i + 2, Column: "D"}, Text: f[3]},
			Area:  f[0], Period: f[1], Measure: f[2], Qualifier: f[4], RoundedTo: f[5], KnownFrom: f[6],
		})
	}
	s.deliveries = append(s.deliveries, d)
}

// indicator adds indicators written as: id kind numerator [denominator] [number].
func (s *small) indicator(lines ...string) {
	for _, line := range lines {
		f := append(strings.Fields(line), "", "", "")
		k := model.Indicator{ID: f[0], Kind: model.IndicatorKind(f[1]), Numerator: model.Input{Measure: f[2]}, Denominator: model.Input{Measure: f[3]}, Unit: "percent", Decimals: 1}
		fmt.Sscan(f[4], &k.Per)
		if k.Kind == model.Change {
			k.Denominator = model.Input{}
			fmt.Sscan(f[3], &k.Back)
		}
		s.Indicators = append(s.Indicators, k)
	}
}

// load runs the door.
func (s *small) load(t *testing.T) (*Store, Report) {
	t.Helper()
	st, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	r, err := st.Load(context.Background(), &s.Instance, s.deliveries)
	if err != nil {
		t.Fatal(err)
	}
	return st, r
}

// compute runs the door and the formulas.
func (s *small) compute(t *testing.T) *Store {
	t.Helper()
	st, _ := s.load(t)
	if _, err := st.Compute(context.Background(), &s.Instance); err != nil {
		t.Fatal(err)
	}
	return st
}

// protect runs everything and opens what may be seen.
func (s *small) protect(t *testing.T) (*Public, Protected) {
	t.Helper()
	st := s.compute(t)
	path := t.TempDir() + "/public.duckdb"
	got, err := st.Protect(context.Background(), &s.Instance, path, 7)
	if err != nil {
		t.Fatal(err)
	}
	p, err := OpenPublic(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p, got
}

type rows interface {
	Next() bool
	Scan(...any) error
	Columns() ([]string, error)
	Err() error
	Close() error
}

// ask returns the rows of a query as lines of texts, for comparison.
func ask(t *testing.T, query func(context.Context, string, ...any) (rows, error), sql string) []string {
	t.Helper()
	r, err := query(context.Background(), sql)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	names, _ := r.Columns()
	var out []string
	for r.Next() {
		vals := make([]any, len(names))
		for i := range vals {
			vals[i] = new(any)
		}
		if err := r.Scan(vals...); err != nil {
			t.Fatal(err)
		}
		var line []string
		for _, v := range vals {
			x := *(v.(*any))
			switch x.(type) {
			case nil:
				line = append(line, "_")
			case string:
				if x == "" {
					x = "''"
				}
				line = append(line, fmt.Sprint(x))
			default:
				line = append(line, fmt.Sprint(x))
			}
		}
		out = append(out, strings.Join(line, " "))
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func (s *Store) ask(t *testing.T, sql string) []string {
	t.Helper()
	return ask(t, func(ctx context.Context, q string, a ...any) (rows, error) { return s.db.Query(ctx, q, a...) }, sql)
}

func (p *Public) ask(t *testing.T, sql string) []string {
	t.Helper()
	return ask(t, func(ctx context.Context, q string, a ...any) (rows, error) { return p.Query(ctx, q, a...) }, sql)
}

// same compares rows without regard to their order; want is one row a line.
func same(t *testing.T, got []string, want string) {
	t.Helper()
	var lines []string
	for _, l := range strings.Split(want, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	got = append([]string(nil), got...)
	sort.Strings(got)
	sort.Strings(lines)
	if strings.Join(got, "\n") != strings.Join(lines, "\n") {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(lines, "\n  "))
	}
}
