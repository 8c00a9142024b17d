package transforms

import (
	"context"
	"database/sql/driver"
	"math"
	"strings"

	"tereze/config"
	"tereze/model"
)

// What became of a commitment in one area. That no document was shown is not
// the same as that it was not done.
const (
	done         = "done"
	late         = "late"
	notDone      = "not_done"
	notEvidenced = "not_evidenced" // a number says so, no document does
	noDocument   = "no_document"   // neither a number nor a document
	waits        = "open"          // its day has not come
)

type kept struct {
	config.Commitment
	area   model.Area
	status string
	value  float64 // NaN = none
	source string
	proof  config.Proof
}

// keep decides one commitment in one area from its number and its document.
func keep(c config.Commitment, value float64, proof config.Proof, today model.Date) string {
	over := c.Due != "" && today > c.Due
	switch {
	case !math.IsNaN(value) && value < c.AtLeast && over:
		return notDone
	case !math.IsNaN(value) && value < c.AtLeast:
		return waits
	case proof.On != "" && c.Due != "" && proof.On > c.Due:
		return late
	case proof.On != "":
		return done
	case !math.IsNaN(value):
		return notEvidenced
	case c.Due != "" && !over:
		return waits
	}
	return noDocument
}

// fillCommitments writes the table of what was promised, by area.
func (s *Store) fillCommitments(ctx context.Context, inst *config.Instance) error {
	type areaIn struct{ id, area, from string }
	values := map[areaIn]kept{}
	proofs := map[areaIn]config.Proof{}
	if len(inst.Commitments) > 0 {
		if err := s.counted(ctx, inst, func(id, area, from string, value float64, source string) {
			if old, ok := values[areaIn{id, area, from}]; !ok || strings.HasPrefix(source, "computed:") && !strings.HasPrefix(old.source, "computed:") {
				values[areaIn{id, area, from}] = kept{value: value, source: source}
			}
		}, func(id, area, from, document, on string) {
			k := areaIn{id, area, from}
			if old, ok := proofs[k]; !ok || model.Date(on) > old.On {
				proofs[k] = config.Proof{Area: area, Document: document, On: model.Date(on)}
			}
		}); err != nil {
			return err
		}
	}
	var rows []kept
	for _, c := range inst.Commitments {
		areas := inst.AreasIn(inst.Region, inst.ReferenceDate)
		if c.Per == "region" {
			areas = nil
			if a, ok := inst.Area(inst.Region, inst.ReferenceDate); ok {
				areas = []model.Area{a}
			}
		}
		for _, a := range areas {
			k := areaIn{c.ID, a.Code, string(a.ValidFrom)}
			r := kept{Commitment: c, area: a, value: math.NaN(), proof: proofs[k]}
			if v, ok := values[k]; ok {
				r.value, r.source = v.value, v.source
			}
			for _, p := range c.Evidence {
				if p.Area == a.Code && p.On > r.proof.On {
					r.proof = p
				}
			}
			r.status = keep(c, r.value, r.proof, inst.Today)
			rows = append(rows, r)
		}
	}
	nature := natureOf(inst)
	return s.fill(ctx, "promised", "commitment varchar, area varchar, area_valid_from date"+inLanguages(inst, "task", "owner")+
		", set_on date, due date, indicator varchar, period varchar, at_least double, value double, source varchar, status varchar, document varchar, document_date date, link varchar, nature varchar",
		len(rows), func(i int) []driver.Value {
			r := rows[i]
			value, least := driver.Value(nil), driver.Value(nil)
			if !math.IsNaN(r.value) {
				value = r.value
			}
			if r.AtLeast > 0 {
				least = r.AtLeast
			}
			return row(r.ID, r.area.Code, string(r.area.ValidFrom), texts(inst, r.Task), texts(inst, r.Owner), string(r.SetOn), string(r.Due),
				r.Indicator, r.Period.String(), least, value, r.source, r.status, r.proof.Document, string(r.proof.On), r.proof.Link, nature)
		})
}

// counted finds the value that decides each countable commitment, and the
// documents of the reports behind it, where the wall lets them through.
func (s *Store) counted(ctx context.Context, inst *config.Instance, value func(id, area, from string, value float64, source string), proof func(id, area, from, document, on string)) error {
	used := map[string]bool{}
	measures := map[string]bool{}
	for _, c := range inst.Commitments {
		if ind, ok := inst.Indicator(c.Indicator); ok {
			used[ind.ID] = true
			measures[ind.Numerator.Measure] = true
		}
	}
	if len(used) == 0 {
		return nil
	}
	err := s.each(ctx, `select indicator, area, cast(area_valid_from as varchar), period, value, source from shown_value
		where indicator in (`+quoted(used)+`) and territory = 'as_reported' and value is not null order by all`, func(scan func(...any) error) error {
		var indicator, area, from, period, source string
		var v float64
		if err := scan(&indicator, &area, &from, &period, &v, &source); err != nil {
			return err
		}
		for _, c := range inst.Commitments {
			if c.Indicator == indicator && c.Period.String() == period {
				value(c.ID, area, from, v, source)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.each(ctx, `select measure, area, cast(area_valid_from as varchar), period, document, coalesce(cast(document_date as varchar), '') from shown_evidence
		where measure in (`+quoted(measures)+`) and document <> '' order by all`, func(scan func(...any) error) error {
		var measure, area, from, period, document, on string
		if err := scan(&measure, &area, &from, &period, &document, &on); err != nil {
			return err
		}
		for _, c := range inst.Commitments {
			if ind, ok := inst.Indicator(c.Indicator); ok && ind.Numerator.Measure == measure && c.Period.String() == period {
				proof(c.ID, area, from, document, on)
			}
		}
		return nil
	})
}

// fillRequests writes the table of what was asked for: the columns of requests.csv.
func (s *Store) fillRequests(ctx context.Context, inst *config.Instance) error {
	nature := natureOf(inst)
	return s.fill(ctx, "asked", "id varchar"+inLanguages(inst, "addressee", "asks")+", drafted_on date, sent_on date, state varchar, law varchar"+inLanguages(inst, "law")+
		", term_days bigint, days varchar, term_verified bool, due date, answered_on date, days_silent bigint, reply varchar, "+
		"measures varchar, areas varchar, periods varchar, cells bigint, indicators varchar, nature varchar", len(inst.Requests), func(i int) []driver.Value {
		q := inst.Requests[i]
		law := inst.RequestLaw(q)
		state, silent := q.Stand(law, inst.Today)
		var periods []string
		for _, p := range q.Cells.Periods {
			periods = append(periods, p.String())
		}
		return row(q.ID, texts(inst, q.Addressee), texts(inst, q.Asks), string(q.DraftedOn), string(q.SentOn), state, law.ID, texts(inst, law.Name),
			int64(law.TermDays), law.Days, law.Verified, string(q.Due(law)), string(q.AnsweredOn), int64(silent), q.Reply,
			strings.Join(q.Cells.Measures, " "), q.Cells.Areas, strings.Join(periods, " "), int64(inst.CellsOf(q)), strings.Join(q.Indicators, " "), nature)
	})
}
