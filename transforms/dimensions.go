package transforms

import (
	"context"
	"database/sql/driver"
	"sort"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/transforms/door"
	"tereze/transforms/duckdb"
)

// ref is a place in a list, or nil where there is none, so that the
// database holds "no value" and not a sign for it.
func ref(n int64) driver.Value {
	if n < 0 {
		return nil
	}
	return n
}

// texts are the wordings of a text, one a language of the instance.
func texts(inst *config.Instance, t model.Text) []driver.Value {
	out := make([]driver.Value, len(inst.Languages))
	for i, l := range inst.Languages {
		out[i] = t[l]
	}
	return out
}

// inLanguages declares one column a language: name_kk, name_ru, name_en.
func inLanguages(inst *config.Instance, names ...string) string {
	var b strings.Builder
	for _, n := range names {
		for _, l := range inst.Languages {
			b.WriteString(", " + n + "_" + l + " varchar")
		}
	}
	return b.String()
}

// row joins single values and slices of values to one row.
func row(parts ...any) []driver.Value {
	n := 0
	for _, p := range parts {
		if list, ok := p.([]driver.Value); ok {
			n += len(list)
		} else {
			n++
		}
	}
	out := make([]driver.Value, 0, n)
	for _, p := range parts {
		if list, ok := p.([]driver.Value); ok {
			out = append(out, list...)
		} else {
			out = append(out, p)
		}
	}
	return out
}

// fill writes a table of n rows.
func (s *Store) fill(ctx context.Context, table, columns string, n int, at func(i int) []driver.Value) error {
	return s.db.Fill(ctx, table, duckdb.Columns(columns), func(add func(...driver.Value) error) error {
		for i := 0; i < n; i++ {
			if err := add(at(i)...); err != nil {
				return err
			}
		}
		return nil
	})
}

// index numbers ids in their order.
func index(ids []string) map[string]int64 {
	m := map[string]int64{}
	for i, id := range ids {
		m[id] = int64(i)
	}
	return m
}

func at(m map[string]int64, id string) driver.Value {
	if n, ok := m[id]; ok && id != "" {
		return n
	}
	return nil
}

// ids are the lists of names that tables refer to by number; numbers follow
// the order of names, so that sorting by number sorts by key.
type ids struct {
	measures, sources, series, indicators map[string]int64
	sourceList, seriesList                []string
}

func idsOf(inst *config.Instance, staged *door.Staged) ids {
	var x ids
	var measures, indicators []string
	for _, m := range staged.Measures {
		measures = append(measures, m.ID)
	}
	seen := map[string]bool{}
	for _, src := range inst.Sources {
		x.sourceList = append(x.sourceList, src.ID)
		if !seen[src.Series] {
			seen[src.Series] = true
			x.seriesList = append(x.seriesList, src.Series)
		}
	}
	for _, k := range inst.Indicators {
		indicators = append(indicators, k.ID)
	}
	sort.Strings(x.sourceList)
	sort.Strings(x.seriesList)
	sort.Strings(indicators)
	x.measures, x.sources, x.series, x.indicators = index(measures), index(x.sourceList), index(x.seriesList), index(indicators)
	return x
}

// additive reports whether counts of a measure in the parts of an area add up
// to the area's: people and families do, prices and shares do not.
func additive(m model.Measure) bool {
	if m.Counts.Protected() {
		return true
	}
	u := m.Unit
	return u != "percent" && !strings.HasPrefix(u, "per_") && !strings.HasSuffix(u, "_month") && !strings.HasSuffix(u, "_year")
}

// dimensions writes everything that the models look up.
func (s *Store) dimensions(ctx context.Context, inst *config.Instance) error {
	st := s.staged
	x := idsOf(inst, st)

	nature := "published"
	if inst.Example {
		nature = string(model.Example)
	}
	err := s.fill(ctx, "area", "area bigint, code varchar, valid_from date, valid_to date, level varchar, parent varchar"+inLanguages(inst, "name")+
		", lat double, lon double, unverified bool"+inLanguages(inst, "note")+", nature varchar", len(st.Areas), func(i int) []driver.Value {
		a := st.Areas[i]
		var lat, lon driver.Value
		if a.Lat != 0 || a.Lon != 0 {
			lat, lon = a.Lat, a.Lon
		}
		return row(int64(i), a.Code, string(a.ValidFrom), string(a.ValidTo), a.Level, a.Parent, texts(inst, a.Names), lat, lon, a.Unverified, texts(inst, a.Note), nature)
	})
	if err != nil {
		return err
	}
	err = s.fill(ctx, "area_name", "area bigint"+inLanguages(inst, "area_name"), len(st.Areas), func(i int) []driver.Value {
		return row(int64(i), texts(inst, st.Areas[i].Names))
	})
	if err != nil {
		return err
	}
	if err := s.families(ctx, st.Areas); err != nil {
		return err
	}
	if err := s.periods(ctx, inst, st.Periods); err != nil {
		return err
	}
	err = s.fill(ctx, "measure", "measure bigint, id varchar, unit varchar, population varchar, counts varchar, basis varchar, since date, total bigint, total_id varchar, department varchar, protected bool, additive bool, whole bool, follows_people bool"+
		inLanguages(inst, "name", "definition"), len(st.Measures), func(i int) []driver.Value {
		m := st.Measures[i]
		return row(int64(i), m.ID, m.Unit, m.Population, string(m.Counts), string(m.Basis), string(m.Since), at(x.measures, m.Total), m.Total, m.Department,
			m.Counts.Protected(), additive(m), m.Counts.Protected(), m.FollowsPeople(), texts(inst, m.Name), texts(inst, m.Definition))
	})
	if err != nil {
		return err
	}
	err = s.fill(ctx, "series", "series bigint, id varchar", len(x.seriesList), func(i int) []driver.Value {
		return row(int64(i), x.seriesList[i])
	})
	if err != nil {
		return err
	}
	err = s.fill(ctx, "source", "source bigint, id varchar, series bigint, series_id varchar, kind varchar, nature varchar, territory varchar, address varchar, licence varchar, published_on date, retrieved_on date, stale_since date, stale_days bigint, stale_reason varchar"+
		inLanguages(inst, "title", "publisher", "note"), len(inst.Sources), func(i int) []driver.Value {
		v, _ := inst.Source(x.sourceList[i])
		territory := string(v.Territory)
		if territory == "" {
			territory = "as_reported"
		}
		return row(int64(i), v.ID, x.series[v.Series], v.Series, v.Kind, string(v.Nature), territory, v.Address, v.Licence, string(v.PublishedOn), standingOf(v, st.Deliveries).row(),
			texts(inst, v.Title), texts(inst, v.Publisher), texts(inst, v.Note))
	})
	if err != nil {
		return err
	}
	if err := s.indicators(ctx, inst, x); err != nil {
		return err
	}
	return s.events(ctx, inst, x, nature)
}

func (s *Store) indicators(ctx context.Context, inst *config.Instance, x ids) error {
	list := append([]model.Indicator(nil), inst.Indicators...)
	sort.Slice(list, func(i, j int) bool { return list[i].ID < list[j].ID })
	// What every formula asks of the measures it names: the count base of the
	// numerator, and whether both are people or families who were counted.
	measures := map[string]model.Measure{}
	for _, m := range s.staged.Measures {
		measures[m.ID] = m
	}
	return s.fill(ctx, "indicator", "indicator bigint, id varchar, subject varchar, kind varchar, numerator bigint, numerator_series bigint, denominator bigint, denominator_series bigint, per double, back bigint, "+
		"numerator_id varchar, denominator_id varchar, unit varchar, decimals bigint, direction varchar, headline bool, survey bool, weight varchar, annualise bool, max_denominator_age_days bigint, basis varchar, counted bool"+
		inLanguages(inst, "name", "question", "definition", "formula", "does_not_say", "note"), len(list), func(i int) []driver.Value {
		k := list[i]
		n, d := measures[k.Numerator.Measure], measures[k.Denominator.Measure]
		return row(int64(i), k.ID, k.Subject, string(k.Kind), at(x.measures, k.Numerator.Measure), at(x.series, k.Numerator.Series),
			at(x.measures, k.Denominator.Measure), at(x.series, k.Denominator.Series), k.Per, int64(k.Back),
			k.Numerator.Measure, k.Denominator.Measure, k.Unit, int64(k.Decimals), k.Direction, k.Headline, k.Survey, k.Weight, k.Annualise, int64(k.MaxAge), string(n.Basis), n.Counts.Protected() && d.Counts.Protected(),
			texts(inst, k.Name), texts(inst, k.Question), texts(inst, k.Definition), texts(inst, k.Formula), texts(inst, k.DoesNotSay), texts(inst, k.Note))
	})
}

// families are the pairs of areas of which one lies in the other, with the
// days on which both existed.
func (s *Store) families(ctx context.Context, areas []model.Area) error {
	const open = model.Date("9999-12-31")
	versions := map[string][]int{}
	for i, a := range areas {
		versions[a.Code] = append(versions[a.Code], i)
	}
	var rows [][]driver.Value
	for c, a := range areas {
		if a.Parent == "" {
			continue
		}
		for _, p := range versions[a.Parent] {
			from, to := max(a.ValidFrom, areas[p].ValidFrom), open
			for _, t := range []model.Date{a.ValidTo, areas[p].ValidTo} {
				if t != "" {
					to = min(to, t)
				}
			}
			if from <= to {
				rows = append(rows, row(int64(p), int64(c), string(from), string(to)))
			}
		}
	}
	return s.fill(ctx, "family", "parent bigint, child bigint, valid_from date, valid_to date", len(rows), func(i int) []driver.Value { return rows[i] })
}

func (s *Store) periods(ctx context.Context, inst *config.Instance, list []model.Period) error {
	known := map[model.Period]int64{}
	for i, p := range list {
		known[p] = int64(i)
	}
	find := func(p model.Period, ok bool) int64 {
		if n, in := known[p]; in && ok {
			return n
		}
		return -1
	}
	// year_start and part are of the day a period ends on: its 1 January, and
	// 100 × month + day. opens is set where a year began since the period
	// before, whether or not anybody reported for that one.
	err := s.fill(ctx, "period", `period bigint, name varchar, kind varchar, start date, end date, year bigint, year_start date, part bigint, previous bigint, opens bool`, len(list), func(i int) []driver.Value {
		p := list[i]
		prev, ok := p.Previous()
		end := p.End.Time()
		return row(int64(i), p.String(), string(p.Kind), string(p.Start), string(p.End), int64(end.Year()), string(model.MakeDate(end.Year(), 1, 1)), int64(end.Month())*100+int64(end.Day()),
			ref(find(prev, ok)), prev.End != "" && prev.End.Year() < end.Year())
	})
	if err != nil {
		return err
	}
	backs := map[int]bool{}
	for _, k := range inst.Indicators {
		if k.Kind == model.Change {
			backs[k.Back] = true
		}
	}
	var rows [][]driver.Value
	for i, p := range list {
		for b := range backs {
			if n := find(p.YearsBefore(b), true); n >= 0 {
				rows = append(rows, row(int64(i), int64(b), n))
			}
		}
	}
	return s.fill(ctx, "period_back", "period bigint, back bigint, base bigint", len(rows), func(i int) []driver.Value { return rows[i] })
}

// events writes what changed and when: for the public tables whole, for the
// models as pairs of an event and what it touches.
func (s *Store) events(ctx context.Context, inst *config.Instance, x ids, nature string) error {
	areas := append([]model.AreaEvent(nil), inst.AreaEvents...)
	sort.Slice(areas, func(i, j int) bool { return areas[i].ID < areas[j].ID })
	var breaks [][]driver.Value
	for _, e := range areas {
		if !e.ChangesTerritory() {
			continue
		}
		touched := map[string]bool{}
		for _, c := range append(append([]string(nil), e.From...), e.To...) {
			if !touched[c] {
				touched[c] = true
				breaks = append(breaks, row(e.ID, string(e.Date), c))
			}
		}
	}
	err := s.fill(ctx, "area_break", "id varchar, date date, code varchar", len(breaks), func(i int) []driver.Value { return breaks[i] })
	if err != nil {
		return err
	}
	err = s.fill(ctx, "area_event", "id varchar, date date, kind varchar, from varchar, to varchar, share double, reference varchar, verified bool"+inLanguages(inst, "name")+", nature varchar",
		len(areas), func(i int) []driver.Value {
			e := areas[i]
			var share driver.Value
			if e.Share >= 0 {
				share = e.Share
			}
			return row(e.ID, string(e.Date), e.Kind, strings.Join(e.From, " "), strings.Join(e.To, " "), share, e.Reference, e.Verified, texts(inst, e.Name), nature)
		})
	if err != nil {
		return err
	}

	rules := append([]model.PolicyEvent(nil), inst.PolicyEvents...)
	sort.Slice(rules, func(i, j int) bool { return rules[i].ID < rules[j].ID })
	breaks = nil
	for _, e := range rules {
		for _, m := range e.Measures {
			breaks = append(breaks, row(e.ID, string(e.Date), at(x.measures, m)))
			if e.Until != "" { // when a rule ends, counting changes again
				breaks = append(breaks, row(e.ID, string(e.Until.AddDays(1)), at(x.measures, m)))
			}
		}
	}
	err = s.fill(ctx, "policy_break", "id varchar, date date, measure bigint", len(breaks), func(i int) []driver.Value { return breaks[i] })
	if err != nil {
		return err
	}
	return s.fill(ctx, "policy_event", "id varchar, date date, until date, measures varchar, changes varchar, reference varchar, verified bool"+inLanguages(inst, "name", "what")+", nature varchar",
		len(rules), func(i int) []driver.Value {
			e := rules[i]
			return row(e.ID, string(e.Date), string(e.Until), strings.Join(e.Measures, " "), e.Changes, e.Reference, e.Verified, texts(inst, e.Name), texts(inst, e.What), nature)
		})
}
