package public

import "tereze/model"

// Register is what became of statements, and of what was asked and promised.
type Register struct {
	Statements  map[string]Judged // by statement
	Readings    []ReadingVerdict  // by statement, then, now, reading
	Changes     []VerdictChange   // oldest first
	Requests    map[string]Asked
	Commitments []Promised // by commitment, then area
	Values      Changes    // since the release before
}

// Judged are the two verdicts on a statement: with what was known on its day,
// and with what is known today.
// Part and its ends are those of a part that was said to be of a whole; NaN
// where none was.
type Judged struct {
	Then, Now                  string
	Part, PartLower, PartUpper float64
}

// ReadingVerdict is the verdict on one reading of a statement. Ends that are
// open, and data that do not exist, are NaN.
type ReadingVerdict struct {
	Statement, AsOf, Reading, Verdict, Reason string
	SaidLower, SaidUpper                      float64
	DataLower, DataUpper                      float64
	HasData                                   bool
	Inputs                                    string
}

// VerdictChange is one line of the log of verdicts.
type VerdictChange struct {
	Statement, AsOf, Before, After, Reason, Inputs string
	Release                                        int64
	Today                                          model.Date
}

// Asked is how a request stands on the day of the release.
type Asked struct {
	State  string
	Due    model.Date
	Silent int64 // days since the answer was due
	Cells  int64
}

// Promised is what became of a commitment in one area.
type Promised struct {
	Commitment string
	Area       Key
	Status     string
	Source     string
	Document   string
	Date       model.Date
	Link       string
}

// Verdict is the verdict on one reading of a statement, if it has one.
func (r *Register) Verdict(statement, asOf, reading string) (ReadingVerdict, bool) {
	for _, v := range r.Readings {
		if v.Statement == statement && v.AsOf == asOf && v.Reading == reading {
			return v, true
		}
	}
	return ReadingVerdict{}, false
}

func (l *loader) register() error {
	r := &l.data.Register
	r.Statements, r.Requests = map[string]Judged{}, map[string]Asked{}
	err := l.each(`select id, verdict_then, verdict_now, coalesce(part, 'NaN'::double), coalesce(part_lower, 'NaN'::double), coalesce(part_upper, 'NaN'::double)
 from statement order by id`, func(scan func(...any) error) error {
		var id string
		var j Judged
		err := scan(&id, &j.Then, &j.Now, &j.Part, &j.PartLower, &j.PartUpper)
		r.Statements[id] = j
		return err
	})
	if err != nil {
		return err
	}
	err = l.each(`select statement, as_of, reading, verdict, reason, coalesce(said_lower, 'NaN'::double), coalesce(said_upper, 'NaN'::double),
 coalesce(data_lower, 'NaN'::double), coalesce(data_upper, 'NaN'::double), data_lower is not null or data_upper is not null, inputs
 from statement_verdict order by statement, as_of, reading`, func(scan func(...any) error) error {
		var v ReadingVerdict
		err := scan(&v.Statement, &v.AsOf, &v.Reading, &v.Verdict, &v.Reason, &v.SaidLower, &v.SaidUpper, &v.DataLower, &v.DataUpper, &v.HasData, &v.Inputs)
		r.Readings = append(r.Readings, v)
		return err
	})
	if err != nil {
		return err
	}
	err = l.each(`select statement, as_of, before, after, reason, inputs, release, cast(today as varchar)
 from verdict_change order by release, statement, as_of`, func(scan func(...any) error) error {
		var c VerdictChange
		err := scan(&c.Statement, &c.AsOf, &c.Before, &c.After, &c.Reason, &c.Inputs, &c.Release, &c.Today)
		r.Changes = append(r.Changes, c)
		return err
	})
	if err != nil {
		return err
	}
	err = l.each("select id, state, coalesce(cast(due as varchar), ''), days_silent, cells from request order by id", func(scan func(...any) error) error {
		var id string
		var a Asked
		err := scan(&id, &a.State, &a.Due, &a.Silent, &a.Cells)
		r.Requests[id] = a
		return err
	})
	if err != nil {
		return err
	}
	if err := l.changes(); err != nil {
		return err
	}
	return l.each(`select commitment, area, cast(area_valid_from as varchar), status, source, document, coalesce(cast(document_date as varchar), ''), link
 from commitment order by commitment, area, area_valid_from`, func(scan func(...any) error) error {
		var p Promised
		err := scan(&p.Commitment, &p.Area.Code, &p.Area.From, &p.Status, &p.Source, &p.Document, &p.Date, &p.Link)
		r.Commitments = append(r.Commitments, p)
		return err
	})
}
