package transforms

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"sort"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
	"tereze/transforms/door"
)

// Load takes the records of all deliveries through the door: each value cell
// becomes an observation or a refusal. The error is a DataError when one was
// lost or counted twice, or when a known error is none any more.
func (s *Store) Load(ctx context.Context, inst *config.Instance, deliveries []sources.Delivery) (Report, error) {
	var calendar []model.Period
	for _, src := range inst.Sources {
		if src.Calendar != nil {
			calendar = append(calendar, src.Calendar.Periods...)
		}
	}
	s.staged = door.Stage(inst, deliveries, calendar)
	if len(s.staged.Cells) > manyCells {
		if err := s.use(ctx, manyThreads); err != nil {
			return Report{}, err
		}
	}
	err := s.db.Together(ctx, func() error {
		if err := s.dimensions(ctx, inst); err != nil {
			return err
		}
		if err := s.evidence(ctx); err != nil {
			return err
		}
		if err := s.stage(ctx, inst); err != nil {
			return err
		}
		return s.reviewed(ctx, inst)
	})
	if err != nil {
		return Report{}, err
	}
	if err := s.check(ctx); err != nil {
		return Report{}, err
	}
	if err := s.run(ctx, "due", "observation", "disagreement"); err != nil {
		return Report{}, err
	}
	if err := s.refusals(ctx, inst); err != nil {
		return Report{}, err
	}
	if err := s.problems(ctx, inst); err != nil {
		return Report{}, err
	}
	r, err := s.report(ctx, inst)
	if err != nil {
		return r, err
	}
	err = s.review(ctx, inst, &r)
	s.forget()
	return r, err
}

// forget lets go of what the database holds by now: the records and cells of
// a country take more memory than all of its tables. The caller's list stays
// as it was.
func (s *Store) forget() {
	s.staged.Cells = nil
	s.staged.Deliveries = slices.Clone(s.staged.Deliveries)
	for i := range s.staged.Deliveries {
		s.staged.Deliveries[i].Records = nil
	}
}

// stage writes the cells as they were read, and the lists they point to.
func (s *Store) stage(ctx context.Context, inst *config.Instance) error {
	st := s.staged
	x := idsOf(inst, st)
	err := s.fill(ctx, "delivery", "delivery bigint, source bigint, snapshot varchar, file varchar, cells_read bigint, dropped_personal bigint, layout bigint", len(st.Deliveries), func(i int) []driver.Value {
		d := st.Deliveries[i]
		return row(int64(i), at(x.sources, d.Source.ID), d.Snapshot.Shown(), d.File, int64(len(d.Records))+d.DroppedPersonal, d.DroppedPersonal, d.Layout)
	})
	if err != nil {
		return err
	}
	err = s.fill(ctx, "place", "place bigint, sheet varchar, column varchar", len(st.Places), func(i int) []driver.Value {
		return row(int64(i), st.Places[i].Sheet, st.Places[i].Column)
	})
	if err != nil {
		return err
	}
	err = s.fill(ctx, "stage_trait", "trait bigint, qualifier varchar, rounded_to varchar, obs_status varchar, conf_status varchar, reason varchar, known_from date, reference varchar", len(st.Traits), func(i int) []driver.Value {
		t := st.Traits[i]
		return row(int64(i), string(t.Qualifier), t.RoundedTo, string(t.ObsStatus), string(t.ConfStatus), string(t.Reason), string(t.KnownFrom), t.Reference)
	})
	if err != nil {
		return err
	}
	if err := s.db.Exec(ctx, "create or replace table trait as select * replace (cast(nullif(rounded_to, '') as double) as rounded_to) from stage_trait"); err != nil {
		return err
	}
	vals := make([]driver.Value, 11)
	err = s.fill(ctx, "stage_cell", "cell bigint, delivery bigint, place bigint, row bigint, area bigint, period bigint, measure bigint, trait bigint, number varchar, raw varchar, refusal varchar", len(st.Cells), func(i int) []driver.Value {
		c := &st.Cells[i]
		vals[0], vals[1], vals[2], vals[3] = int64(i), c.Delivery, c.Place, c.Row
		vals[4], vals[5], vals[6], vals[7] = ref(c.Area), ref(c.Period), ref(c.Measure), c.Trait
		vals[8], vals[9], vals[10] = c.Number, c.Raw, c.Code
		return vals
	})
	if err != nil {
		return err
	}
	if err := s.owed(ctx, inst, x); err != nil {
		return err
	}
	return s.measured(ctx, inst, x)
}

// owed lists who owes a report by when, and whether it was due by today.
func (s *Store) owed(ctx context.Context, inst *config.Instance, x ids) error {
	periods := map[model.Period]int64{}
	for i, p := range s.staged.Periods {
		periods[p] = int64(i)
	}
	areas := map[string]int64{}
	for i, a := range s.staged.Areas {
		areas[a.Code+"-"+string(a.ValidFrom)] = int64(i)
	}
	var rows [][]driver.Value
	for _, src := range inst.Sources {
		if src.Calendar == nil {
			continue
		}
		for _, p := range src.Calendar.Periods {
			due := src.Calendar.Due(p)
			isDue := inst.Today == "" || due <= inst.Today
			on := p.End
			if src.Territory != "" {
				on = src.Territory
			}
			var who []model.Area
			if len(src.Calendar.Areas) == 0 {
				who = inst.AreasIn(inst.Region, on)
			}
			for _, code := range src.Calendar.Areas {
				if a, ok := inst.Area(code, on); ok {
					who = append(who, a)
				}
			}
			for _, a := range who {
				rows = append(rows, row(x.sources[src.ID], areas[a.Code+"-"+string(a.ValidFrom)], periods[p], string(due), isDue))
			}
		}
	}
	return s.fill(ctx, "owed", "source bigint, area bigint, period bigint, due date, is_due bool", len(rows), func(i int) []driver.Value { return rows[i] })
}

// measured lists the measures that each source carries: those it maps, and
// those its long tables were seen to name.
func (s *Store) measured(ctx context.Context, inst *config.Instance, x ids) error {
	type pair struct{ source, measure int64 }
	seen := map[pair]bool{}
	for _, src := range inst.Sources {
		for _, m := range src.Table.Values {
			if n, ok := x.measures[m]; ok {
				seen[pair{x.sources[src.ID], n}] = true
			}
		}
		if m := src.Table.Measure.Value; m != "" {
			if n, ok := x.measures[m]; ok {
				seen[pair{x.sources[src.ID], n}] = true
			}
		}
	}
	of := make([]int64, len(s.staged.Deliveries))
	for i, d := range s.staged.Deliveries {
		of[i] = x.sources[d.Source.ID]
	}
	for i := range s.staged.Cells {
		if c := &s.staged.Cells[i]; c.Measure >= 0 {
			seen[pair{of[c.Delivery], c.Measure}] = true
		}
	}
	list := make([]pair, 0, len(seen))
	for p := range seen {
		list = append(list, p)
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].source < list[j].source || list[i].source == list[j].source && list[i].measure < list[j].measure
	})
	return s.fill(ctx, "measured", "source bigint, measure bigint", len(list), func(i int) []driver.Value { return row(list[i].source, list[i].measure) })
}

func (s *Store) evidence(ctx context.Context) error {
	list := s.staged.Evidence
	return s.fill(ctx, "evidence", "cell bigint, document varchar, document_date date", len(list), func(i int) []driver.Value {
		return row(list[i].Cell, list[i].Document, string(list[i].Date))
	})
}

// refusals writes the refused cells, and the files that could not be read at
// all, with the words for each code in the languages of the instance.
func (s *Store) refusals(ctx context.Context, inst *config.Instance) error {
	codes := map[string]bool{}
	rows, err := s.db.Query(ctx, "select distinct refusal from cell where refusal <> ''")
	if err != nil {
		return err
	}
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			rows.Close()
			return err
		}
		codes[c] = true
	}
	if err := rows.Close(); err != nil {
		return err
	}
	var files [][]driver.Value
	for i, d := range s.staged.Deliveries {
		for _, p := range d.Problems {
			if p.Level != model.Error || p.Place.Row != 0 { // of cells, the record itself says so
				continue
			}
			codes[p.Code] = true
			files = append(files, row(int64(i), p.Place.Sheet, p.Code))
		}
	}
	var list []string
	for c := range codes {
		list = append(list, c)
	}
	sort.Strings(list)
	err = s.fill(ctx, "refusal_words", "code varchar"+inLanguages(inst, "words"), len(list), func(i int) []driver.Value {
		said := make([]driver.Value, len(inst.Languages))
		for j, l := range inst.Languages {
			said[j] = say(inst, l, "refusal."+list[i])
		}
		return row(list[i], said)
	})
	if err != nil {
		return err
	}
	if err := s.fill(ctx, "refused_file", "delivery bigint, sheet varchar, code varchar", len(files), func(i int) []driver.Value { return files[i] }); err != nil {
		return err
	}
	return s.run(ctx, "refusal", "accounting")
}

// say is a message in a language, or its key where an instance was put
// together without words.
func say(inst *config.Instance, lang, key string) string {
	if inst.Words != nil {
		if l := inst.Words.Lang(lang); l != nil && l.Has(key) {
			return l.T(key)
		}
	}
	return key
}

// report reads the accounting back and checks it against what was counted
// while reading.
func (s *Store) report(ctx context.Context, inst *config.Instance) (Report, error) {
	var r Report
	by := map[string]*SourceReport{}
	for _, src := range inst.Sources {
		r.Sources = append(r.Sources, SourceReport{ID: src.ID, Kind: src.Kind, Reasons: map[string]int64{}})
	}
	sort.Slice(r.Sources, func(i, j int) bool { return r.Sources[i].ID < r.Sources[j].ID })
	for i := range r.Sources {
		by[r.Sources[i].ID] = &r.Sources[i]
	}

	rows, err := s.db.Query(ctx, "select delivery, source, cells_read, accepted, refused from accounting order by delivery")
	if err != nil {
		return r, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var delivery int64
		var id string
		var a model.Accounting
		if err := rows.Scan(&delivery, &id, &a.Read, &a.Accepted, &a.Refused); err != nil {
			return r, err
		}
		d := &s.staged.Deliveries[delivery]
		a.DroppedPersonal, a.Layout = d.DroppedPersonal, d.Layout
		if !a.Balanced() {
			return r, &AccountingError{Source: id, Snapshot: d.Snapshot.SHA256, Counted: a}
		}
		t := by[id]
		t.Files, t.Snapshots = append(t.Files, d.File), append(t.Snapshots, d.Snapshot.SHA256)
		t.Read += a.Read
		t.Accepted += a.Accepted
		t.Refused += a.Refused
		t.DroppedPersonal += a.DroppedPersonal
		t.Layout += a.Layout
		n++
	}
	if err := rows.Err(); err != nil {
		return r, err
	}
	rows.Close()
	if n != len(s.staged.Deliveries) {
		return r, &AccountingError{Source: fmt.Sprintf("(%d of %d deliveries)", n, len(s.staged.Deliveries))}
	}
	if r.Observations, err = s.db.Count(ctx, "select count(*) from observation"); err != nil {
		return r, err
	}

	rows, err = s.db.Query(ctx, `select coalesce(cell, -1), source, file, sheet, coalesce("row", 0), "column", code from refusal order by source, file, sheet, "row", "column", code`)
	if err != nil {
		return r, err
	}
	defer rows.Close()
	for rows.Next() {
		var f Refusal
		var cell int64
		if err := rows.Scan(&cell, &f.Source, &f.Place.File, &f.Place.Sheet, &f.Place.Row, &f.Place.Column, &f.Code); err != nil {
			return r, err
		}
		f.Hint = s.staged.Hints[cell]
		r.Refusals = append(r.Refusals, f)
		if cell >= 0 {
			by[f.Source].Reasons[f.Code]++
		}
	}
	return r, rows.Err()
}
