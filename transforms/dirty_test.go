package transforms

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

// written reads a number as a careful person does, without any code of the
// door: the sign, thousands in threes, one decimal sign. ok is false for
// everything else; nothing of it may be accepted as a number.
func written(s string) (*big.Rat, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', ' ', '\t':
			return ' '
		case '−', '–':
			return '-'
		}
		return r
	}, strings.Trim(s, " \u00a0\u202f\t"))
	if s == "-" {
		return new(big.Rat), true
	}
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimRight(s, "*¹"), "%"))
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	if strings.Count(s, ",")+strings.Count(s, ".") > 1 {
		// Both signs: the later one is the decimal sign, the other stands between thousands.
		last := strings.LastIndexAny(s, ",.")
		s = strings.NewReplacer(",", "", ".", "").Replace(s[:last]) + "." + s[last+1:]
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), ",", ".")
	if strings.Trim(s, "0123456789.") != "" || strings.Trim(s, ".") == "" {
		return nil, false
	}
	r, ok := new(big.Rat).SetString(s)
	if ok && negative {
		r.Neg(r)
	}
	return r, ok
}

// dirty is a random table of what districts write: names right, wrong and
// doubled, periods of every kind, signs, words, personal numbers.
func dirty(r *rand.Rand) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	value := func() string {
		n := r.IntN(2000)
		switch r.IntN(16) {
		case 0:
			return pick("-", "…", "x", "х", "", " ", "нет", "в 4 раза", "н/д", "#REF!")
		case 1:
			return fmt.Sprintf("%d\u00a0%03d", n, r.IntN(1000))
		case 2:
			return fmt.Sprintf("%d,%d", n, r.IntN(10))
		case 3:
			return fmt.Sprintf("-%d", n)
		case 4:
			return fmt.Sprintf("%d*", n)
		case 5:
			return invented[r.IntN(len(invented))]
		case 6:
			return fmt.Sprintf("%d.%03d", n, r.IntN(1000))
		case 7:
			return fmt.Sprintf("%d %%", n%120)
		case 8:
			return fmt.Sprintf("1.%03d,%d", r.IntN(1000), r.IntN(10))
		}
		return fmt.Sprint(n)
	}
	var b strings.Builder
	b.WriteString("Район;Период;need;served;poor;housed;Получено\n")
	for range r.IntN(60) {
		fmt.Fprintf(&b, "%s;%s;%s;%s;%s;%s;%s\n",
			pick("A", "B", "C", "R", "A", "B", "Area A", "area  c", "Nowhere", "", "Всего", invented[0]),
			pick("2020", "2021", "2021-H1", "2021-H2", "2021-Q1", "01.07.2021", "03/04/2021", "I полугодие 2021 г.", "давно", ""),
			value(), value(), value(), value(), pick("2021-07-10", "", "вчера"))
	}
	return b.String()
}

// Whatever a table holds, every value cell has one fate, and nothing is
// accepted that its text does not say.
func TestDirtyTablesLoseNothingAndInventNothing(t *testing.T) {
	words := messyInstance(t).Words
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 29))
		s := newSmall()
		s.Words = words
		src := s.source("forms", "forms", model.Reported)
		src.Files, src.Path = "t.csv", "sources/forms.yaml"
		src.Calendar = &config.Calendar{Periods: []model.Period{model.HalfOf(2021, 1)}, DueDays: 20}
		src.Table = config.Mapping{Area: config.Key{Column: "Район"}, Period: config.Key{Column: "Период"}, Received: config.Key{Column: "Получено"},
			Values: map[string]string{"need": "need", "served": "served", "poor": "poor", "housed": "housed"}}
		s.Rules = model.Rules{Jump: ptr(5), JumpFrom: ptr(10), SumTolerance: ptr(1), Max: ptr(1500)}
		text := dirty(r)
		s.FS = fstest.MapFS{"t.csv": &fstest.MapFile{Data: []byte(text)}}
		deliveries, problems := sources.Deliver(context.Background(), &s.Instance, *src, nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		s.deliveries = deliveries
		st, rep := s.load(t)
		a := rep.Sources[0].Accounting
		if want := int64(filledValues(text)); a.Read != want || a.Read != a.Accepted+a.Refused+a.DroppedPersonal {
			t.Fatalf("seed %d: %d value cells stand in the table, accounting says %+v\n%s", seed, want, a, text)
		}
		rows, err := st.db.Query(t.Context(), "select raw, value from cell where refusal = '' and value is not null")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var raw string
			var v float64
			if err := rows.Scan(&raw, &v); err != nil {
				t.Fatal(err)
			}
			says, ok := written(raw)
			if f, _ := says.Float64(); !ok || f != v {
				t.Errorf("seed %d: %q was taken for %v", seed, raw, v)
			}
		}
		rows.Close()
		if n := st.ask(t, "select count(*) from cell where refusal = '' and (area is null or period is null or measure is null)"); n[0] != "0" {
			t.Errorf("seed %d: %s values were accepted without a key", seed, n[0])
		}
		st.Close()
	}
}

// filledValues counts the cells under the value columns that are not blank,
// in rows that are no totals.
func filledValues(text string) int {
	n := 0
	for _, line := range strings.Split(strings.TrimSpace(text), "\n")[1:] {
		f := strings.Split(line, ";")
		if f[0] == "Всего" {
			continue
		}
		for _, v := range f[2:6] {
			if strings.Trim(v, " \u00a0") != "" {
				n++
			}
		}
	}
	return n
}
