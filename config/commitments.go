package config

import (
	"tereze/config/tree"
	"tereze/model"
)

// Commitment is a task that was set in public.
type Commitment struct {
	ID        string        `yaml:"id" need:"yes" doc:"Name in files and addresses."`
	Task      model.Text    `yaml:"task" need:"yes" doc:"What is to be done, in our own words."`
	Owner     model.Text    `yaml:"owner" need:"yes" doc:"Who is to do it."`
	SetOn     model.Date    `yaml:"set_on" need:"yes" doc:"The day it was set."`
	SetBy     model.Text    `yaml:"set_by" need:"yes" doc:"Who set it, and where."`
	Link      string        `yaml:"link" doc:"Where that is written."`
	Statement string        `yaml:"statement" doc:"Statement that it stands beside."`
	Due       model.Date    `yaml:"due" doc:"The day; absent means that none was named."`
	Per       string        `yaml:"per" need:"yes" enum:"districts|region" doc:"Owed by each district, or once for the region."`
	Document  model.Text    `yaml:"document" need:"yes" doc:"Which document would show that it is done."`
	Indicator string        `yaml:"indicator" doc:"Indicator that measures it, where it is countable."`
	Period    model.Period  `yaml:"period" doc:"Period of the indicator that decides; needed with indicator."`
	AtLeast   float64       `yaml:"at_least" doc:"The value from which it counts as done; needed with indicator."`
	Evidence  []Proof       `yaml:"evidence" doc:"Documents that were shown."`
	History   []HistoryItem `yaml:"history" doc:"What became known when."`
}

// Proof is a document that shows a commitment kept in one area.
type Proof struct {
	Area     string     `yaml:"area" need:"yes" doc:"Code of the area."`
	On       model.Date `yaml:"on" need:"yes" doc:"Day of the document."`
	Document string     `yaml:"document" need:"yes" doc:"Its name and number."`
	Link     string     `yaml:"link" doc:"Where it can be read."`
}

// HistoryItem is one step in the life of a commitment.
type HistoryItem struct {
	On   model.Date `yaml:"on" need:"yes" doc:"The day."`
	What model.Text `yaml:"what" need:"yes" doc:"What happened."`
	Link string     `yaml:"link" doc:"Where that is written."`
}

type commitmentsFile struct {
	Commitments []Commitment `yaml:"commitments" doc:"Tasks that were set in public."`
}

func (r *reader) checkCommitment(in *Instance, c Commitment, n *tree.Node, valid names, statements []string) {
	r.ref(n.At("indicator"), "indicator", c.Indicator, valid.indicators)
	r.ref(n.At("statement"), "statement", c.Statement, statements)
	r.webAddress(n.At("link"), c.Link)
	if c.Due != "" && c.Due < c.SetOn {
		r.bad(n.At("due"), "wrong_value", "", "due on %s, before it was set on %s", c.Due, c.SetOn)
	}
	if c.Indicator != "" && c.Period.Kind == "" {
		r.bad(n.At("period"), "missing_key", "", "key period is missing; an indicator decides by one period")
	}
	if c.Indicator != "" && c.AtLeast <= 0 {
		r.bad(n.At("at_least"), "missing_key", "", "key at_least is missing or nothing; expected the value from which the task is done")
	}
	for i, e := range c.Evidence {
		at := itemOf(n, "evidence", i)
		r.areaKnown(in, at.At("area"), e.Area)
		r.webAddress(at.At("link"), e.Link)
	}
	for i, h := range c.History {
		r.webAddress(itemOf(n, "history", i).At("link"), h.Link)
	}
}
