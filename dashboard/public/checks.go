package public

import (
	"fmt"

	"tereze/model"
)

// Checks is what the door and the people behind it did, source by source.
type Checks struct {
	Sources       map[string]SourceState
	Outcomes      []RuleOutcome // by source, then rule
	Problems      []SourceProblem
	Corrections   []Correction
	Decisions     []Decision
	Disagreements []Disagreement
}

// SourceState is how a source stands on the day of the release.
type SourceState struct {
	RetrievedOn model.Date // of what is in use; empty = nothing is, or nobody wrote it down
	StaleSince  model.Date // the day the source last gave or confirmed it; empty = nothing newer is known of
	StaleDays   int64
	Reason      string // code of why nothing newer is in use
}

// RuleOutcome is what one rule did with the cells of one source.
type RuleOutcome struct {
	Source, Rule                              string
	Checked, Refused, Held, Released, Dropped int64
}

// SourceProblem is something to be said about a source, a file or a column.
type SourceProblem struct {
	Source, File, Sheet, Column, Code, Level string
	Words                                    model.Text
}

// Spot is the place of a single value in a source.
type Spot struct {
	Source    string
	Area      Key
	Period    *Period
	Measure   string
	File      string // empty where the table does not say it
	Sheet     string
	Row       int64
	Column    string
	Territory string // of a disagreement
}

// Correction is a known error of a source that was put right.
type Correction struct {
	ID        string
	Spot      Spot
	Published string  // the text of the source; empty where it is not shown
	Corrected float64 // NaN where it is not shown
	Evidence  string
	Told      model.Date // the day the publisher was told; empty = not yet
	Note      model.Text
}

// Decision is what a person decided about a single value.
type Decision struct {
	ID             string
	Spot           Spot
	Decision, Rule string
	By             string
	On             model.Date
	Reason         model.Text
}

// Disagreement is two sources that give different figures for one thing.
// The figures are NaN where they are not shown.
type Disagreement struct {
	Spot              Spot
	Other             string // the other source
	Value, OtherValue float64
	Gap               float64 // per cent
	Above             bool    // of the tolerance
	ID, By            string  // of the explanation; empty = nobody explained it
	On                model.Date
	Explanation       model.Text
}

// Stale reports whether an older copy is in use than there should be.
func (s SourceState) Stale() bool { return s.StaleSince != "" }

// worded adds the columns of a text in the languages to a query, and the
// places to scan them into.
func worded(name string, languages []string) (columns string, dest []any, text func() model.Text) {
	texts := make([]string, len(languages))
	for i, lang := range languages {
		columns += fmt.Sprintf(", coalesce(%s_%s, '')", name, lang)
		dest = append(dest, &texts[i])
	}
	return columns, dest, func() model.Text {
		t := model.Text{}
		for i, lang := range languages {
			t[lang] = texts[i]
		}
		return t
	}
}

func (l *loader) checks(languages []string) error {
	c := &l.data.Checks
	c.Sources = map[string]SourceState{}
	err := l.each(`select id, coalesce(cast(retrieved_on as varchar), ''), coalesce(cast(stale_since as varchar), ''), coalesce(stale_days, 0), coalesce(stale_reason, '')
 from source order by id`, func(scan func(...any) error) error {
		var id string
		var s SourceState
		err := scan(&id, &s.RetrievedOn, &s.StaleSince, &s.StaleDays, &s.Reason)
		c.Sources[id] = s
		return err
	})
	if err != nil {
		return err
	}
	err = l.each("select source, rule, checked, refused, held, released, dropped from rule_outcome order by source, rule", func(scan func(...any) error) error {
		var o RuleOutcome
		err := scan(&o.Source, &o.Rule, &o.Checked, &o.Refused, &o.Held, &o.Released, &o.Dropped)
		c.Outcomes = append(c.Outcomes, o)
		return err
	})
	if err != nil {
		return err
	}
	columns, dest, text := worded("words", languages)
	err = l.each(`select source, coalesce(file, ''), coalesce(sheet, ''), coalesce("column", ''), code, level`+columns+
		` from source_problem order by source, file, code, sheet, "column"`, func(scan func(...any) error) error {
		var p SourceProblem
		err := scan(append([]any{&p.Source, &p.File, &p.Sheet, &p.Column, &p.Code, &p.Level}, dest...)...)
		p.Words = text()
		c.Problems = append(c.Problems, p)
		return err
	})
	if err != nil {
		return err
	}
	return l.reviewed(languages)
}

// spotted are the columns of a spot, in the order of its scan.
const spotted = `source, area, coalesce(cast(area_valid_from as varchar), ''), period, measure`

func (s *Spot) dest(period *string) []any {
	return []any{&s.Source, &s.Area.Code, &s.Area.From, period, &s.Measure}
}

// reviewed reads what people wrote about single values.
func (l *loader) reviewed(languages []string) error {
	c := &l.data.Checks
	var period string
	columns, dest, text := worded("note", languages)
	err := l.each(`select `+spotted+`, id, coalesce(published, ''), coalesce(corrected, 'NaN'::double), coalesce(evidence, ''), coalesce(cast(told_publisher_on as varchar), ''),
 coalesce(sheet, ''), coalesce(cast("row" as bigint), 0), coalesce("column", '')`+columns+` from correction order by id, area, area_valid_from, period`, func(scan func(...any) error) error {
		var x Correction
		to := append(x.Spot.dest(&period), &x.ID, &x.Published, &x.Corrected, &x.Evidence, &x.Told, &x.Spot.Sheet, &x.Spot.Row, &x.Spot.Column)
		err := scan(append(to, dest...)...)
		if err == nil {
			x.Spot.Period, err = l.period(period)
		}
		x.Note = text()
		c.Corrections = append(c.Corrections, x)
		return err
	})
	if err != nil {
		return err
	}
	columns, dest, text = worded("reason", languages)
	err = l.each(`select `+spotted+`, id, decision, rule, coalesce("by", ''), coalesce(cast("on" as varchar), ''), coalesce(file, ''),
 coalesce(sheet, ''), coalesce(cast("row" as bigint), 0), coalesce("column", '')`+columns+` from decision order by id, area, area_valid_from, period`, func(scan func(...any) error) error {
		var x Decision
		to := append(x.Spot.dest(&period), &x.ID, &x.Decision, &x.Rule, &x.By, &x.On, &x.Spot.File, &x.Spot.Sheet, &x.Spot.Row, &x.Spot.Column)
		err := scan(append(to, dest...)...)
		if err == nil {
			x.Spot.Period, err = l.period(period)
		}
		x.Reason = text()
		c.Decisions = append(c.Decisions, x)
		return err
	})
	if err != nil {
		return err
	}
	columns, dest, text = worded("explanation", languages)
	return l.each(`select `+spotted+`, territory, other_source, coalesce(value, 'NaN'::double), coalesce(other_value, 'NaN'::double), coalesce(gap_percent, 'NaN'::double), above_tolerance,
 id, coalesce(explained_by, ''), coalesce(cast(explained_on as varchar), '')`+columns+` from disagreement order by measure, area, area_valid_from, period, source, other_source`, func(scan func(...any) error) error {
		var x Disagreement
		to := append(x.Spot.dest(&period), &x.Spot.Territory, &x.Other, &x.Value, &x.OtherValue, &x.Gap, &x.Above, &x.ID, &x.By, &x.On)
		err := scan(append(to, dest...)...)
		if err == nil {
			x.Spot.Period, err = l.period(period)
		}
		x.Explanation = text()
		c.Disagreements = append(c.Disagreements, x)
		return err
	})
}
