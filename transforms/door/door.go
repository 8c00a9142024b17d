package door

import (
	"errors"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/sources/name"
	"tereze/sources/number"
	"tereze/sources/period"
)

// Codes of refusals that this package decides; name, period and number bring
// their own, and those that need other rows are decided in SQL.
const (
	MissingKey       = "missing_key"
	UnknownMeasure   = "unknown_measure"
	NotANumber       = number.NotANumber
	UnexpectedArea   = "unexpected_area"   // the calendar does not ask it, and the contract allows no other
	UnexpectedPeriod = "unexpected_period" // likewise
	UnexpectedColumn = "unexpected_column" // the contract allows no columns of numbers but those it names
	UnreadableDate   = "unreadable_date"   // no refusal: the day of receipt is that of the source instead
)

// Reading is what the texts of one record mean. Where Code is not empty the
// cell is refused; what was understood of its key stands all the same.
type Reading struct {
	Area    model.Area // Code is empty when it was not understood
	Period  model.Period
	Measure string
	Number  string // plain decimal for SQL; empty = no value
	Trait   Trait
	Code    string
	Hint    string // nearest valid names, for the one who sent the file
	Near    string // code of the one area whose name is nearest to an unknown one; never taken for it
	BadDate bool   // the day of receipt could not be read
}

// Trait is what is said about a value beside its number.
type Trait struct {
	Qualifier  model.Qualifier
	RoundedTo  string
	ObsStatus  model.ObsStatus
	ConfStatus model.ConfStatus
	Reason     model.Reason
	KnownFrom  model.Date
	Reference  string
}

// Reader reads records of one instance.
type Reader struct {
	names    *name.Matcher
	inst     *config.Instance
	periods  map[string]*period.Parser // by the order of dates that a source declares
	owes     map[owed]string           // codes for what a closed calendar was asked already
	measures map[string]string         // id or folded label → id; "" = several
	units    map[string]string
}

// owed is a question to the calendar of a source.
type owed struct {
	source, area string
	period       model.Period
}

// NewReader prepares the names, periods and labels of an instance.
func NewReader(inst *config.Instance) *Reader {
	var w period.Words
	if inst.Words != nil {
		w = period.WordsOf(inst.Words)
	}
	r := &Reader{
		inst: inst, names: name.New(inst), periods: map[string]*period.Parser{}, owes: map[owed]string{},
		measures: map[string]string{}, units: map[string]string{},
	}
	for _, order := range []period.Order{period.Undeclared, period.DayFirst, period.MonthFirst} {
		r.periods[string(order)] = period.NewParser(w, order)
	}
	for _, m := range inst.Measures {
		for _, l := range m.Labels {
			r.label(l, m.ID)
		}
		for _, l := range m.Name {
			r.label(l, m.ID)
		}
	}
	for _, m := range inst.Measures { // an id always wins over a label
		r.measures[fold(m.ID)] = m.ID
		r.units[m.ID] = m.Unit
	}
	return r
}

func (r *Reader) label(text, id string) {
	k := fold(text)
	if have, ok := r.measures[k]; ok && have != id {
		id = ""
	}
	r.measures[k] = id
}

// Read interprets one record of a source. The first thing that cannot be
// understood gives the code: key before number.
func (r *Reader) Read(src *config.Source, rec *model.Record) Reading {
	out := Reading{Code: rec.Refusal}
	refuse := func(code, hint string) {
		if out.Code == "" {
			out.Code, out.Hint = code, hint
		}
	}

	if strings.TrimSpace(rec.Period) == "" {
		refuse(MissingKey, "")
	} else if p, err := r.periods[src.DateOrder].Parse(rec.Period); err != nil {
		refuse(codeOf(err, period.Unknown))
	} else {
		out.Period = p
	}

	on := out.Period.End
	if src.Territory != "" {
		on = src.Territory
	}
	if strings.TrimSpace(rec.Area) == "" {
		refuse(MissingKey, "")
	} else if a, candidates, code := r.names.Resolve(rec.Area, on); code != "" {
		refuse(code, nearest(candidates))
		if code == name.Unknown {
			out.Near = theNearest(candidates)
		}
	} else {
		out.Area = a
	}

	if strings.TrimSpace(rec.Measure) == "" {
		refuse(MissingKey, "")
	} else if id := r.measures[fold(rec.Measure)]; id == "" {
		refuse(UnknownMeasure, "")
	} else {
		out.Measure = id
	}

	if src.Contract != nil && src.Contract.OnlyCalendar && out.Code == "" {
		if code := r.unasked(src, out.Area, out.Period); code != "" {
			refuse(code, "")
		}
	}

	n, err := number.Parse(rec.Value.Text, number.Options{
		Decimal: src.Decimal, Percent: r.units[out.Measure] == "percent", Literal: rec.Value.Numeric,
	})
	if err != nil {
		refuse(codeOf(err, NotANumber))
	}
	out.Number = n.Canonical
	out.Trait = Trait{
		Qualifier: n.Qualifier, ObsStatus: n.Status, ConfStatus: n.Conf, Reason: n.Reason,
		Reference: strings.TrimSpace(rec.Reference),
	}
	if out.Trait.ObsStatus == "" {
		out.Trait.ObsStatus, out.Trait.ConfStatus = model.Normal, model.Free
	}
	if q := model.Qualifier(strings.TrimSpace(rec.Qualifier)); q != "" && n.Canonical != "" {
		if !known(q) {
			refuse(NotANumber, "the qualifier is none of about, almost, more_than, less_than, rounded")
		}
		out.Trait.Qualifier = q
	}
	if t := strings.TrimSpace(rec.RoundedTo); t != "" && n.Canonical != "" {
		to, err := number.Parse(t, number.Options{Decimal: src.Decimal})
		if err != nil || to.Canonical == "" || strings.HasPrefix(to.Canonical, "-") {
			refuse(NotANumber, "the unit of rounding is not a number")
		} else if to.Canonical != "0" {
			out.Trait.RoundedTo = to.Canonical
			if out.Trait.Qualifier == model.AsCounted {
				out.Trait.Qualifier = model.Rounded
			}
		}
	}
	out.Trait.KnownFrom = r.day(src, rec.KnownFrom)
	out.BadDate = out.Trait.KnownFrom == "" && strings.TrimSpace(rec.KnownFrom) != ""
	return out
}

// unasked is the code of an area or period that the calendar does not ask
// for, or "".
func (r *Reader) unasked(src *config.Source, a model.Area, p model.Period) string {
	q := owed{src.ID, a.Code, p}
	code, known := r.owes[q]
	if !known {
		var not *config.NotOwed
		if errors.As(r.inst.Owes(*src, a, p), &not) {
			code = UnexpectedArea
			if not.Key == "period" {
				code = UnexpectedPeriod
			}
		}
		r.owes[q] = code
	}
	return code
}

// day reads a date; a text that is none leaves the source's own day to stand.
func (r *Reader) day(src *config.Source, text string) model.Date {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if d, err := model.ParseDate(text); err == nil {
		return d
	}
	if p, err := r.periods[src.DateOrder].Parse(text); err == nil && p.Kind == model.Day {
		return p.Start
	}
	return ""
}

func known(q model.Qualifier) bool {
	switch q {
	case model.About, model.Almost, model.MoreThan, model.LessThan, model.Rounded, model.Nil:
		return true
	}
	return false
}

func codeOf(err error, otherwise string) (code, hint string) {
	if p, ok := err.(model.Problem); ok && p.Code != "" {
		return p.Code, p.Hint
	}
	return otherwise, ""
}

func nearest(list []name.Candidate) string {
	var names []string
	for _, c := range list {
		names = append(names, c.Area.Code)
	}
	return strings.Join(names, ", ")
}

// theNearest is the code of the candidate that is nearer than all others, or
// "" where two are equally near.
func theNearest(list []name.Candidate) string {
	if len(list) == 0 || len(list) > 1 && list[1].Distance <= list[0].Distance {
		return ""
	}
	return list[0].Area.Code
}

// fold makes labels comparable: case, spaces and line breaks do not matter.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
