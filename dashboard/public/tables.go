package public

import (
	"fmt"
	"strings"

	"tereze/model"
)

func (l *loader) coverage() error {
	return l.each(coverageSQL, func(scan func(...any) error) error {
		var indicator, area, from, period, base, territory, source string
		var c Coverage
		if err := scan(&indicator, &area, &from, &period, &base, &territory, &source, &c.Reported, &c.Due); err != nil {
			return err
		}
		id := strings.Join([]string{indicator, dash(area), dash(from), dash(period), dash(base), dash(territory), dash(source), "value"}, "/")
		l.data.coverage[id] = c
		return nil
	})
}

func (l *loader) denominators() error {
	return l.each(denominatorSQL, func(scan func(...any) error) error {
		var indicator, area, from, period, base, territory, source string
		var d Denominator
		if err := scan(&indicator, &area, &from, &period, &base, &territory, &source, &d.Measure, &d.Date, &d.Age, &d.Allowed); err != nil {
			return err
		}
		id := strings.Join([]string{indicator, dash(area), dash(from), dash(period), dash(base), dash(territory), dash(source), "value"}, "/")
		l.data.denominators[id] = d
		return nil
	})
}

func (l *loader) accounting() error {
	return l.each(accountingSQL, func(scan func(...any) error) error {
		var a Accounting
		if err := scan(&a.Source, &a.Snapshot, &a.File, &a.Read, &a.Accepted, &a.Refused, &a.DroppedPersonal, &a.Layout); err != nil {
			return err
		}
		l.data.Accounting = append(l.data.Accounting, a)
		return nil
	})
}

func (l *loader) refusals(languages []string) error {
	cols := ""
	for _, lang := range languages {
		cols += fmt.Sprintf(", coalesce(words_%s, '')", lang)
	}
	sql := `select source, coalesce(snapshot, ''), coalesce(file, ''), coalesce(sheet, ''), coalesce(cast("row" as bigint), 0),
 coalesce(cast("column" as varchar), ''), code, coalesce(area, ''), coalesce(period, ''), coalesce(measure, '')` + cols +
		` from refusal order by source, file, sheet, "row", "column", code, measure`
	return l.each(sql, func(scan func(...any) error) error {
		var r Refusal
		texts := make([]string, len(languages))
		dest := []any{&r.Source, &r.Snapshot, &r.File, &r.Sheet, &r.Row, &r.Column, &r.Code, &r.Area, &r.Period, &r.Measure}
		for i := range texts {
			dest = append(dest, &texts[i])
		}
		if err := scan(dest...); err != nil {
			return err
		}
		r.Words = model.Text{}
		for i, lang := range languages {
			r.Words[lang] = texts[i]
		}
		l.data.Refusals = append(l.data.Refusals, r)
		return nil
	})
}

func (l *loader) deliveries() error {
	return l.each(deliverySQL, func(scan func(...any) error) error {
		var d Delivery
		var period string
		if err := scan(&d.Source, &d.Series, &d.Area.Code, &d.Area.From, &period, &d.Due, &d.Received, &d.Status, &d.File); err != nil {
			return err
		}
		p, err := l.period(period)
		d.Period = p
		l.data.Deliveries = append(l.data.Deliveries, d)
		return err
	})
}

func (l *loader) evidence() error {
	return l.each(evidenceSQL, func(scan func(...any) error) error {
		var e Evidence
		var period string
		if err := scan(&e.Measure, &e.Area.Code, &e.Area.From, &period, &e.Document, &e.Date, &e.Source); err != nil {
			return err
		}
		p, err := l.period(period)
		e.Period = p
		l.data.Evidence = append(l.data.Evidence, e)
		return err
	})
}

func (l *loader) references() error {
	return l.each(referenceSQL, func(scan func(...any) error) error {
		var k refKey
		var from string
		var r Reference
		if err := scan(&k.measure, &k.area.Code, &from, &k.period, &k.source, &r.KnownFrom, &r.Address); err != nil {
			return err
		}
		k.area.From = model.Date(from)
		l.data.references[k] = r
		return nil
	})
}

func (l *loader) release() error {
	return l.each(releaseSQL, func(scan func(...any) error) error {
		var k, v string
		if err := scan(&k, &v); err != nil {
			return err
		}
		l.data.Release[k] = v
		return nil
	})
}
