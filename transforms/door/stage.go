package door

import (
	"sort"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

// Cell is one value cell on its way into the database: what its texts mean,
// as places in the lists of Staged (-1 = not understood).
type Cell struct {
	Delivery, Place, Area, Period, Measure, Trait, Row int64
	Number, Raw, Code                                  string
}

// Place is where in a file a cell stands, without its row.
type Place struct{ Sheet, Column string }

// Evidence is a document that proves a figure.
type Evidence struct {
	Cell     int64 // place in Cells
	Document string
	Date     model.Date
}

// Staged is all that a build reads: the cells, and the lists they point to.
// Areas and measures are the instance's, sorted by code and valid_from, and
// by id.
type Staged struct {
	Deliveries []sources.Delivery
	Cells      []Cell
	Areas      []model.Area
	Measures   []model.Measure
	Periods    []model.Period // every one that occurs or is due, by name
	Places     []Place
	Traits     []Trait
	Evidence   []Evidence
	Hints      map[int64]string // by cell, of refused cells
	Corrected  []Reviewed       // cells whose known error was put right; entries of inst.Corrections
	Decided    []Reviewed       // cells that a person decided about; entries of inst.Decisions
	Nearly     []Nearly
	Remarks    []Remark
}

// Stage reads the records of all deliveries. extra are periods that must be
// in the list although no record may name them.
func Stage(inst *config.Instance, deliveries []sources.Delivery, extra []model.Period) *Staged {
	s := &Staged{Deliveries: deliveries, Areas: sortedAreas(inst.Areas), Measures: sortedMeasures(inst.Measures), Hints: map[int64]string{}}
	r := NewReader(inst)
	areas := map[areaKey]int64{}
	for i, a := range s.Areas {
		areas[areaKey{a.Code, a.ValidFrom}] = int64(i)
	}
	measures := map[string]int64{"": -1}
	for i, m := range s.Measures {
		measures[m.ID] = int64(i)
	}
	periods := newSet[model.Period]()
	for _, p := range extra {
		periods.place(p)
	}
	book := newBook(inst)
	places, traits := newSet[Place](), newSet[Trait]()

	total := 0
	for _, d := range deliveries {
		total += len(d.Records)
	}
	s.Cells = make([]Cell, 0, total)
	for di := range deliveries {
		d := &deliveries[di]
		shut := d.Source.Contract != nil && d.Source.Contract.OnlyColumns && hasProblem(d, "unmapped_column")
		reviewed, near, badDates, first := book.of(d.Source), nearness{}, 0, len(s.Cells)
		for ri := range d.Records {
			rec := &d.Records[ri]
			got := r.Read(&d.Source, rec)
			at := int64(len(s.Cells))
			if shut && got.Code == "" {
				got.Code = UnexpectedColumn
			}
			if reviewed != nil {
				reviewed.look(s, at, &got, rec)
			}
			if got.Near != "" {
				near.add(&got, rec)
			}
			if got.BadDate {
				badDates++
			}
			c := Cell{
				Delivery: int64(di), Place: places.place(Place{rec.Value.Sheet, rec.Value.Column}), Row: int64(rec.Value.Row),
				Area: -1, Period: -1, Measure: measures[got.Measure], Trait: traits.place(got.Trait),
				Number: got.Number, Code: got.Code,
			}
			if got.Area.Code != "" {
				c.Area = areas[areaKey{got.Area.Code, got.Area.ValidFrom}]
			}
			if got.Period.Kind != "" {
				c.Period = periods.place(got.Period)
			}
			if rec.Value.Text != got.Number {
				c.Raw = rec.Value.Text
			}
			if got.Hint != "" {
				s.Hints[at] = got.Hint
			}
			if rec.Evidence != "" && got.Code == "" {
				s.Evidence = append(s.Evidence, Evidence{at, rec.Evidence, r.day(&d.Source, rec.EvidenceDate)})
			}
			s.Cells = append(s.Cells, c)
		}
		if badDates > 0 {
			s.Remarks = append(s.Remarks, Remark{int64(di), UnreadableDate, badDates})
		}
		if len(d.Records) == 0 {
			near.fromName(r, d)
		}
		near.settle(s, int64(di), s.Cells[first:], func(code string, p model.Period) (int64, int64) {
			return s.placeOf(inst, areas, code, p, d.Source.Territory), periods.place(p)
		})
	}
	s.Places, s.Traits = places.list, traits.list
	s.sortPeriods(periods.list)
	return s
}

// sortPeriods puts the periods in the order of their names, so that the
// order of numbers is the order of keys.
func (s *Staged) sortPeriods(list []model.Period) {
	order := make([]int, len(list))
	names := make([]string, len(list))
	for i, p := range list {
		order[i], names[i] = i, p.String()
	}
	sort.Slice(order, func(a, b int) bool { return names[order[a]] < names[order[b]] })
	moved := make([]int64, len(list))
	s.Periods = make([]model.Period, len(list))
	for to, from := range order {
		moved[from] = int64(to)
		s.Periods[to] = list[from]
	}
	for i := range s.Cells {
		if p := s.Cells[i].Period; p >= 0 {
			s.Cells[i].Period = moved[p]
		}
	}
	for i := range s.Nearly {
		s.Nearly[i].Period = moved[s.Nearly[i].Period]
	}
}

type areaKey struct {
	code string
	from model.Date
}

func sortedAreas(list []model.Area) []model.Area {
	out := append([]model.Area(nil), list...)
	sort.Slice(out, func(i, j int) bool {
		if out[i].Code != out[j].Code {
			return out[i].Code < out[j].Code
		}
		return out[i].ValidFrom < out[j].ValidFrom
	})
	return out
}

func sortedMeasures(list []model.Measure) []model.Measure {
	out := append([]model.Measure(nil), list...)
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// set numbers values in the order they first occur.
type set[T comparable] struct {
	at   map[T]int64
	list []T
}

func newSet[T comparable]() *set[T] { return &set[T]{at: map[T]int64{}} }

func (s *set[T]) place(v T) int64 {
	n, ok := s.at[v]
	if !ok {
		n = int64(len(s.list))
		s.at[v] = n
		s.list = append(s.list, v)
	}
	return n
}
