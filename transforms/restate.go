package transforms

import (
	"context"
	"database/sql/driver"
	"math"

	"tereze/config"
	"tereze/model"
	"tereze/transforms/territory"
)

// territories is on how many days' borders counts are restated where the
// instance names none: with more, those of the reference day, the first and
// the last are kept.
const territories = 6

// restate adds the values on the territories of other days: counts moved by
// the ledger, and all formulas from them.
func (s *Store) restate(ctx context.Context, inst *config.Instance) error {
	ledger := territory.New(s.staged.Areas, inst.AreaEvents)
	return s.restateTo(ctx, restateParts(ledger, s.staged.Areas, restateDates(ledger, inst)))
}

// restateTo moves the counts to areas that are put together as the rows say;
// without any, nothing moves.
func (s *Store) restateTo(ctx context.Context, rows [][]driver.Value) error {
	err := s.fill(ctx, "restate_part", "territory varchar, of_area bigint, part bigint, up bool, whole bool, share double", len(rows), func(i int) []driver.Value { return rows[i] })
	if err != nil {
		return err
	}
	if err := s.run(ctx, "restated_term"); err != nil {
		return err
	}
	if err := s.garwood(ctx, "restated_term"); err != nil {
		return err
	}
	return s.run(ctx, "restated_value", "restated_weighted", "restated")
}

// restateDates are the days whose territories the instance offers.
func restateDates(l *territory.Ledger, inst *config.Instance) []model.Date {
	days := l.Dates(inst.Region, inst.ReferenceDate)
	if len(days) <= territories {
		return days
	}
	keep := []model.Date{days[0]}
	for _, d := range days[1 : len(days)-1] {
		if d == inst.ReferenceDate {
			keep = append(keep, d)
		}
	}
	return append(keep, days[len(days)-1])
}

// restateParts lists, for each day, what the areas of that day that had not
// always been there are put together from: other areas by the ledger, and for
// an area with children also whatever became part of one of them.
func restateParts(l *territory.Ledger, areas []model.Area, days []model.Date) [][]driver.Value {
	var rows [][]driver.Value
	for _, day := range days {
		renamed := map[int]bool{} // areas that only changed their name before or after it
		for u := range areas {
			p := l.Parts(u, day)
			if len(p) == 1 && p[0].Whole && p[0].In != u && areas[p[0].In].Code == areas[u].Code {
				back := l.Parts(p[0].In, onADay(areas[u]))
				renamed[u] = len(back) == 1 && back[0].Whole && back[0].In == u
			}
		}
		add := func(up bool, of func(int, model.Date) []territory.Part) {
			for u := range areas {
				if renamed[u] && !up {
					continue // one territory under two names: what was reported holds for both
				}
				for _, p := range of(u, day) {
					w := areas[p.In]
					if p.In == u || w.ValidFrom <= areas[u].ValidFrom && (w.ValidTo == "" || areas[u].ValidTo != "" && areas[u].ValidTo <= w.ValidTo) {
						continue // reported on that territory
					}
					var share driver.Value
					if !math.IsNaN(p.Share) {
						share = p.Share
					}
					rows = append(rows, row(string(day), int64(p.In), int64(u), up, p.Whole, share))
				}
			}
		}
		add(false, l.Parts)
		add(true, l.Upward)
	}
	return rows
}

// onADay is a day on which the area existed.
func onADay(a model.Area) model.Date {
	if a.ValidTo != "" {
		return a.ValidTo
	}
	return a.ValidFrom
}
