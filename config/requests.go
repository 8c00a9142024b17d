package config

import (
	"slices"

	"tereze/config/tree"
	"tereze/model"
)

// Law is what obliges an addressee to answer, and by when.
type Law struct {
	ID        string     `yaml:"id" need:"yes" doc:"Name within the file."`
	Name      model.Text `yaml:"name" need:"yes" doc:"The law, and who may rely on it."`
	Reference string     `yaml:"reference" doc:"Address or number."`
	TermDays  int        `yaml:"term_days" need:"yes" doc:"Days within which an answer is due."`
	Days      string     `yaml:"days" need:"yes" enum:"working|calendar" doc:"How the days are counted."`
	Verified  bool       `yaml:"verified" doc:"The term was read in the law itself."`
}

// Cells are what the answer to a request would fill.
type Cells struct {
	Measures []string       `yaml:"measures" need:"yes" doc:"Ids of the measures."`
	Areas    string         `yaml:"areas" need:"yes" enum:"districts|region|peers" doc:"Each district, the region itself, or all regions of the country."`
	Periods  []model.Period `yaml:"periods" need:"yes" doc:"The periods."`
}

// Request asks for what is missing: a table, a table with the documents that
// prove it, or a text.
type Request struct {
	ID         string     `yaml:"id" need:"yes" doc:"Name in files and addresses."`
	For        string     `yaml:"for" enum:"table|documents|text" doc:"What is asked for: a table (if absent), a table and documents, or a text, which fills no cells."`
	Addressee  model.Text `yaml:"addressee" need:"yes" doc:"Whom it is put to."`
	Asks       model.Text `yaml:"asks" need:"yes" doc:"What is asked for, in words that complete: please send …"`
	DraftedOn  model.Date `yaml:"drafted_on" need:"yes" doc:"The day it was written."`
	Law        string     `yaml:"law" need:"yes" doc:"Id of the law."`
	State      string     `yaml:"state" need:"yes" enum:"drafted|sent|answered|refused" doc:"How far it is; silence is counted from sent_on."`
	SentOn     model.Date `yaml:"sent_on" doc:"The day it was sent; needed unless it is only drafted."`
	AnsweredOn model.Date `yaml:"answered_on" doc:"The day of the answer or refusal."`
	Reply      string     `yaml:"reply" doc:"Link to the answer."`
	Cells      Cells      `yaml:"cells" doc:"What the answer would fill; needed unless a text is asked for."`
	Indicators []string   `yaml:"indicators" doc:"Indicators that lack this; needed unless a text is asked for."`
}

type requestsFile struct {
	LettersIn []string  `yaml:"letters_in" need:"yes" doc:"Languages in which the letters are sent."`
	Laws      []Law     `yaml:"laws" need:"yes" doc:"What obliges to answer."`
	Requests  []Request `yaml:"requests" need:"yes" doc:"One a gap."`
}

// Due is the last day for an answer; empty while the request is not sent.
// Working days are Monday to Friday: public holidays make it later, never earlier.
func (q Request) Due(l Law) model.Date {
	if q.SentOn == "" {
		return ""
	}
	if l.Days == "calendar" {
		return q.SentOn.AddDays(l.TermDays)
	}
	day := q.SentOn
	for left := l.TermDays; left > 0; {
		day = day.AddDays(1)
		if w := day.Time().Weekday(); w != 0 && w != 6 {
			left--
		}
	}
	return day
}

// Stand is the state on a day: as declared, or silent with the days since
// the answer was due.
func (q Request) Stand(l Law, today model.Date) (state string, silent int) {
	due := q.Due(l)
	if q.State != "sent" || due == "" || today <= due {
		return q.State, 0
	}
	return "silent", int(today.Time().Sub(due.Time()).Hours() / 24)
}

// RequestLaw is the law of a request.
func (g Register) RequestLaw(q Request) Law {
	for _, l := range g.Laws {
		if l.ID == q.Law {
			return l
		}
	}
	return Law{}
}

func (r *reader) checkRequests(in *Instance, n *tree.Node, valid names) {
	for i, code := range in.LettersIn {
		r.ref(itemPlace(n.Get("letters_in"), i), "language", code, in.Languages)
	}
	var laws []string
	for i, l := range in.Laws {
		laws = append(laws, l.ID)
		if l.TermDays <= 0 {
			r.bad(itemOf(n, "laws", i).At("term_days"), "wrong_value", "", "%d stands here; expected the number of days", l.TermDays)
		}
	}
	for i, q := range in.Requests {
		at := itemOf(n, "requests", i)
		r.ref(at.At("law"), "law", q.Law, laws)
		r.refs(at.Get("cells"), "measures", "measure", q.Cells.Measures, valid.measures)
		r.refs(at, "indicators", "indicator", q.Indicators, valid.indicators)
		r.webAddress(at.At("reply"), q.Reply)
		if q.For != "text" {
			for key, none := range map[string]bool{"cells": len(q.Cells.Measures) == 0, "indicators": len(q.Indicators) == 0} {
				if none {
					r.bad(at.Place(), "missing_key", "", "key %s is missing; expected it unless a text is asked for", key)
				}
			}
		}
		answered := slices.Contains([]string{"answered", "refused"}, q.State)
		switch {
		case q.State == "drafted" && q.SentOn != "":
			r.bad(at.At("sent_on"), "wrong_value", "", "a request that is only drafted was not sent; remove the day or change the state")
		case q.State != "drafted" && q.SentOn == "":
			r.bad(at.At("sent_on"), "missing_key", "", "key sent_on is missing; state %s says that it was sent", q.State)
		case answered != (q.AnsweredOn != ""):
			r.bad(at.At("answered_on"), "wrong_value", "", "state %s and answered_on do not fit; expected a day exactly where an answer or refusal came", q.State)
		}
		if q.SentOn != "" && q.SentOn < q.DraftedOn {
			r.bad(at.At("sent_on"), "wrong_value", "", "sent on %s, before it was drafted on %s", q.SentOn, q.DraftedOn)
		}
	}
}

// CellsOf counts the numbers that the answer to a request would bring:
// measures × periods × the areas that existed in each.
func (in *Instance) CellsOf(q Request) int {
	n := 0
	for _, p := range q.Cells.Periods {
		switch q.Cells.Areas {
		case "region":
			n++
		case "districts":
			n += len(in.AreasIn(in.Region, p.End))
		case "peers":
			n += len(in.AreasIn(in.Country, p.End))
		}
	}
	return n * len(q.Cells.Measures)
}
