package public

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"tereze/model"
)

// The long table is read in few columns: texts that repeat come joined in
// one column and are split once for each distinct wording.
const valueSQL = `select indicator || '/' || area || '/' || cast(area_valid_from as varchar),
 period || '/' || coalesce(base_period, ''),
 coalesce(value, 'NaN'::double), coalesce(lower, 'NaN'::double), coalesce(upper, 'NaN'::double),
 coalesce(numerator, 'NaN'::double), coalesce(denominator, 'NaN'::double),
 coalesce(qualifier, '') || '|' || coalesce(interval_kind, '') || '|' || coalesce(basis, '') || '|' || coalesce(obs_status, '') || '|' ||
 coalesce(conf_status, '') || '|' || coalesce(nature, '') || '|' || coalesce(territory, '') || '|' || coalesce(events, '') || '|' ||
 coalesce(source, '') || '|' || coalesce(reason, '') || '|' || coalesce(unit, '')
 from value order by indicator, area, area_valid_from, period_end, period_start desc, period, base_period, territory, source`

const coverageSQL = `select indicator, area, coalesce(cast(area_valid_from as varchar), ''), period, coalesce(base_period, ''),
 coalesce(territory, ''), source, reported, due from coverage`

const denominatorSQL = `select indicator, area, coalesce(cast(area_valid_from as varchar), ''), period, coalesce(base_period, ''),
 coalesce(territory, ''), source, measure, cast(stock_date as varchar), age_days, allowed_days from denominator`

const accountingSQL = `select source, coalesce(snapshot, ''), coalesce(file, ''), cells_read, accepted, refused, dropped_personal, layout
 from accounting order by source, file, snapshot`

const deliverySQL = `select source, coalesce(series, ''), area, coalesce(cast(area_valid_from as varchar), ''), period,
 coalesce(cast(due as varchar), ''), coalesce(cast(received as varchar), ''), status, coalesce(file, '')
 from delivery where status <> 'not_due' order by source, area, area_valid_from, period, file`

const evidenceSQL = `select measure, area, coalesce(cast(area_valid_from as varchar), ''), period, coalesce(document, ''),
 coalesce(cast(document_date as varchar), ''), coalesce(source, '')
 from evidence order by measure, area, area_valid_from, period, document`

const referenceSQL = `select distinct measure, area, coalesce(cast(area_valid_from as varchar), ''), period, source,
 coalesce(cast(known_from as varchar), ''), coalesce(reference, '')
 from observation where nature = 'published' order by all`

const releaseSQL = `select key, coalesce(value, '') from release order by key`

type loader struct {
	db   DB
	ctx  context.Context
	data *Data

	lock    sync.Mutex // of what the tables share
	periods map[string]*Period
	facts   map[string]*Facts
	keys    map[string]valueKey
}

type valueKey struct {
	indicator string
	area      Key
}

// Load reads the database. Languages are those of the instance: the refusal
// table has one column of words for each.
func Load(ctx context.Context, db DB, languages []string) (*Data, error) {
	group, ctx := errgroup.WithContext(ctx)
	l := &loader{db: db, ctx: ctx, periods: map[string]*Period{}, facts: map[string]*Facts{}, keys: map[string]valueKey{},
		data: &Data{Release: map[string]string{}, Indicators: map[string]*Indicator{}, Counts: map[string]int64{},
			coverage: map[string]Coverage{}, denominators: map[string]Denominator{}, references: map[refKey]Reference{}, byArea: map[Key][]*Value{}}}
	type step struct {
		table string
		read  func() error
	}
	// Two at a time: the values, which ask for their coverage, are as long to
	// read as all others.
	for _, steps := range [][]step{
		{{"coverage", l.coverage}, {"value", l.values}},
		{{"denominator", l.denominators}, {"accounting", l.accounting},
			{"refusal", func() error { return l.refusals(languages) }}, {"delivery", l.deliveries},
			{"evidence", l.evidence}, {"observation", l.references}, {"release", l.release}, {"statement", l.register}, {"comparison", l.statistics},
			{"source", func() error { return l.checks(languages) }}, {"value, observation, area", l.counts}},
	} {
		group.Go(func() error {
			for _, s := range steps {
				if err := s.read(); err != nil {
					return fmt.Errorf("public database, table %s: %w", s.table, err)
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, i := range l.data.Indicators {
		i.index()
	}
	return l.data, nil
}

// counts says how many rows the tables have that are downloads of their own.
func (l *loader) counts() error {
	for _, table := range []string{"value", "observation", "refusal", "evidence", "area_event", "policy_event", "area"} {
		if err := l.count(table); err != nil {
			return err
		}
	}
	return nil
}

// each runs a query and calls row for each row with a scan function.
func (l *loader) each(sql string, row func(scan func(...any) error) error) error {
	rows, err := l.db.Query(l.ctx, sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (l *loader) count(table string) error {
	return l.each("select count(*) from "+table, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		l.data.Counts[table] = n
		return err
	})
}

func (l *loader) values() error {
	var key, period, facts string
	slab := make([]Value, 0, 4096)
	return l.each(valueSQL, func(scan func(...any) error) error {
		if len(slab) == cap(slab) {
			slab = make([]Value, 0, 4096)
		}
		slab = append(slab, Value{})
		v := &slab[len(slab)-1]
		if err := scan(&key, &period, &v.Value, &v.Lower, &v.Upper, &v.Num, &v.Den, &facts); err != nil {
			return err
		}
		k, err := l.key(key)
		if err != nil {
			return err
		}
		v.Indicator, v.Area = k.indicator, k.area
		name, base, _ := strings.Cut(period, "/")
		if v.Period, err = l.period(name); err != nil {
			return err
		}
		if base != "" {
			if v.Base, err = l.period(base); err != nil {
				return err
			}
		}
		if v.Facts, err = l.fact(facts); err != nil {
			return err
		}
		i := l.data.Indicators[v.Indicator]
		if i == nil {
			i = &Indicator{ID: v.Indicator}
			l.data.Indicators[v.Indicator] = i
		}
		i.every = append(i.every, v)
		if l.restated(v) {
			i.Restated = append(i.Restated, v)
			return nil
		}
		i.Values = append(i.Values, v)
		l.data.byArea[v.Area] = append(l.data.byArea[v.Area], v)
		return nil
	})
}

func (l *loader) key(s string) (valueKey, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if k, ok := l.keys[s]; ok {
		return k, nil
	}
	p := strings.Split(s, "/")
	if len(p) != 3 {
		return valueKey{}, fmt.Errorf("key %q: expected indicator/area/valid_from", s)
	}
	k := valueKey{p[0], Key{p[1], model.Date(p[2])}}
	l.keys[s] = k
	return k, nil
}

func (l *loader) period(name string) (*Period, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if p, ok := l.periods[name]; ok {
		return p, nil
	}
	m, err := model.ParsePeriod(name)
	if err != nil {
		return nil, err
	}
	p := &Period{name, m}
	l.periods[name] = p
	return p, nil
}

func (l *loader) fact(s string) (*Facts, error) {
	if f, ok := l.facts[s]; ok {
		return f, nil
	}
	p := strings.Split(s, "|")
	if len(p) != 11 {
		return nil, fmt.Errorf("row facts %q: expected 11 parts", s)
	}
	f := &Facts{Qualifier: model.Qualifier(p[0]), Interval: model.IntervalKind(p[1]), Basis: model.Basis(p[2]),
		Status: model.ObsStatus(p[3]), Conf: model.ConfStatus(p[4]), Nature: model.Nature(p[5]), Territory: p[6],
		Events: strings.Fields(p[7]), Source: p[8], Reason: model.Reason(p[9]), Unit: p[10]}
	l.facts[s] = f
	return f, nil
}
