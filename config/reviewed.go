package config

import (
	"slices"
	"strings"

	"tereze/config/tree"
	"tereze/model"
)

// What a person decided about a held or refused value.
const (
	Release = "release" // it is right, whatever the rule says
	Refuse  = "refuse"  // it must not be used
)

// Decision is what a person decided about one value of one source.
type Decision struct {
	ID       string
	Source   string
	Area     string // code
	Period   model.Period
	Measure  string
	Decision string // Release or Refuse
	Value    string // the value the person saw; another one is judged anew. Empty = whatever comes
	By       string
	On       model.Date
	Reason   model.Text
	Place    model.Place // in decisions.yaml
}

// SenderRefusal records that a sender said it would not give something.
type SenderRefusal struct {
	ID        string
	Source    string
	Area      string // code
	Period    model.Period
	Measure   string // empty = the whole report
	On        model.Date
	Reference string // the letter it was said in
	Reason    model.Text
	Place     model.Place
}

// Explanation says in writing why sources differ about one value.
type Explanation struct {
	ID          string
	Measure     string
	Area        string // code
	Period      model.Period
	Sources     []string
	Explanation model.Text
	By          string
	On          model.Date
	Place       model.Place
}

// Correction is a known error of a source: what it publishes, and what is
// right. It holds only as long as the source publishes the error.
type Correction struct {
	ID              string
	Source          string
	Area            string // code
	Period          model.Period
	Measure         string
	Published       string // as the source writes it, or as a plain number
	Corrected       float64
	Evidence        string // document or address that shows the right value
	ToldPublisherOn model.Date
	Note            model.Text
	Place           model.Place // in corrections.yaml
}

type decisionsFile struct {
	Decisions      []decisionFile      `yaml:"decisions" doc:"Values that a person released or refused."`
	SenderRefusals []senderRefusalFile `yaml:"sender_refusals" doc:"What senders said they would not give."`
	Disagreements  []explanationFile   `yaml:"disagreements" doc:"Why two sources differ about one value."`
}

type decisionFile struct {
	ID       string       `yaml:"id" need:"yes" doc:"Name of the decision: lower_snake_case."`
	Source   string       `yaml:"source" need:"yes" doc:"Id of the source."`
	Area     string       `yaml:"area" need:"yes" doc:"Code of the area."`
	Period   model.Period `yaml:"period" need:"yes" doc:"Period of the value."`
	Measure  string       `yaml:"measure" need:"yes" doc:"Id of the measure."`
	Decision string       `yaml:"decision" need:"yes" enum:"release|refuse" doc:"release: the value is right; refuse: it must not be used."`
	Value    string       `yaml:"value" doc:"The value the decision was made about; another one is judged anew."`
	By       string       `yaml:"by" need:"yes" doc:"Name of the person who decided."`
	On       model.Date   `yaml:"on" need:"yes" doc:"Day of the decision."`
	Reason   model.Text   `yaml:"reason" need:"yes" doc:"Why; everybody can read it."`
}

type senderRefusalFile struct {
	ID        string       `yaml:"id" need:"yes" doc:"Name of the entry: lower_snake_case."`
	Source    string       `yaml:"source" need:"yes" doc:"Id of the source."`
	Area      string       `yaml:"area" need:"yes" doc:"Code of the area that refused."`
	Period    model.Period `yaml:"period" need:"yes" doc:"Period of the report."`
	Measure   string       `yaml:"measure" doc:"Id of the measure; absent means the whole report."`
	On        model.Date   `yaml:"on" need:"yes" doc:"Day of the answer."`
	Reference string       `yaml:"reference" doc:"The letter or address."`
	Reason    model.Text   `yaml:"reason" need:"yes" doc:"What the sender said."`
}

type explanationFile struct {
	ID          string       `yaml:"id" need:"yes" doc:"Name of the entry: lower_snake_case."`
	Measure     string       `yaml:"measure" need:"yes" doc:"Id of the measure."`
	Area        string       `yaml:"area" need:"yes" doc:"Code of the area."`
	Period      model.Period `yaml:"period" need:"yes" doc:"Period of the values."`
	Sources     []string     `yaml:"sources" need:"yes" doc:"Ids of the sources that differ, two or more."`
	Explanation model.Text   `yaml:"explanation" need:"yes" doc:"Why they differ; everybody can read it."`
	By          string       `yaml:"by" need:"yes" doc:"Name of the person who explains."`
	On          model.Date   `yaml:"on" need:"yes" doc:"Day of the explanation."`
}

type correctionsFile struct {
	Corrections []correctionFile `yaml:"corrections" doc:"Register of known errors of sources."`
}

type correctionFile struct {
	ID              string       `yaml:"id" need:"yes" doc:"Name of the entry: lower_snake_case."`
	Source          string       `yaml:"source" need:"yes" doc:"Id of the source."`
	Area            string       `yaml:"area" need:"yes" doc:"Code of the area."`
	Period          model.Period `yaml:"period" need:"yes" doc:"Period of the value."`
	Measure         string       `yaml:"measure" need:"yes" doc:"Id of the measure."`
	Published       string       `yaml:"published" need:"yes" doc:"The wrong value as the source gives it; once it gives another, the build stops and names this entry."`
	Corrected       float64      `yaml:"corrected" need:"yes" doc:"The right value."`
	Evidence        string       `yaml:"evidence" need:"yes" doc:"Document or address that shows it."`
	ToldPublisherOn model.Date   `yaml:"told_publisher_on" need:"yes" doc:"Day the publisher was told."`
	Note            model.Text   `yaml:"note" need:"yes" doc:"What is wrong, for everybody to read."`
}

// reviewedNodes are where the entries of the two files stand.
type reviewedNodes struct{ decisions, refusals, explanations, corrections []*tree.Node }

// reviewed reads what people decided: decisions.yaml and corrections.yaml.
func (r *reader) reviewed(in *Instance) (at reviewedNodes) {
	if root := r.merged(nil, "decisions.yaml", "decisions", "sender_refusals", "disagreements"); root != nil {
		var f decisionsFile
		r.decode(root, &f)
		at.decisions, at.refusals, at.explanations = items(root, "decisions"), items(root, "sender_refusals"), items(root, "disagreements")
		for i, d := range f.Decisions {
			in.Decisions = append(in.Decisions, Decision{d.ID, d.Source, d.Area, d.Period, d.Measure, d.Decision, d.Value, d.By, d.On, d.Reason, nodePlace(at.decisions, i)})
		}
		for i, d := range f.SenderRefusals {
			in.SenderRefusals = append(in.SenderRefusals, SenderRefusal{d.ID, d.Source, d.Area, d.Period, d.Measure, d.On, d.Reference, d.Reason, nodePlace(at.refusals, i)})
		}
		for i, d := range f.Disagreements {
			in.Explanations = append(in.Explanations, Explanation{d.ID, d.Measure, d.Area, d.Period, d.Sources, d.Explanation, d.By, d.On, nodePlace(at.explanations, i)})
		}
	}
	if root := r.merged(nil, "corrections.yaml", "corrections"); root != nil {
		var f correctionsFile
		r.decode(root, &f)
		at.corrections = items(root, "corrections")
		for i, c := range f.Corrections {
			in.Corrections = append(in.Corrections, Correction{c.ID, c.Source, c.Area, c.Period, c.Measure, c.Published, c.Corrected, c.Evidence, c.ToldPublisherOn, c.Note, nodePlace(at.corrections, i)})
		}
	}
	return at
}

func nodePlace(list []*tree.Node, i int) model.Place {
	if i < len(list) {
		return list[i].Place()
	}
	return model.Place{}
}

// checkReviewed looks whether every entry is about something that exists.
func (r *reader) checkReviewed(in *Instance, at reviewedNodes, measures []string) {
	sources := make([]string, len(in.Sources))
	for i, s := range in.Sources {
		sources[i] = s.ID
	}
	seen := map[string]string{}
	key := func(n *tree.Node, id, kind, source, area string, p model.Period, measure string) {
		r.ref(n.At("source"), "source", source, sources)
		r.ref(n.At("measure"), "measure", measure, measures)
		r.areaOn(in, n.At("area"), area, p)
		k := strings.Join([]string{kind, source, area, p.String(), measure}, " ")
		if first := seen[k]; first != "" {
			r.bad(n.Place(), "duplicate_id", "", "%s is about the same value as %s; keep one", id, first)
		}
		seen[k] = id
	}
	for i, d := range in.Decisions {
		n := at.decisions[i]
		key(n, d.ID, "decision", d.Source, d.Area, d.Period, d.Measure)
		r.filled(n, "by", d.By)
	}
	for i, d := range in.SenderRefusals {
		key(at.refusals[i], d.ID, "refusal", d.Source, d.Area, d.Period, d.Measure)
	}
	for i, d := range in.Explanations {
		n := at.explanations[i]
		sorted := slices.Sorted(slices.Values(d.Sources))
		key(n, d.ID, "explanation "+strings.Join(sorted, " "), "", d.Area, d.Period, d.Measure)
		r.filled(n, "by", d.By)
		if named := len(slices.Compact(sorted)); named < 2 {
			r.bad(n.At("sources"), "wrong_value", "", "%d sources are named; expected the two or more that differ", named)
		}
		for k, id := range d.Sources {
			r.ref(itemPlace(n.Get("sources"), k), "source", id, sources)
		}
	}
	for i, c := range in.Corrections {
		n := at.corrections[i]
		key(n, c.ID, "correction", c.Source, c.Area, c.Period, c.Measure)
		r.filled(n, "published", c.Published)
		r.filled(n, "evidence", c.Evidence)
	}
}

func (r *reader) filled(n *tree.Node, key, text string) {
	if strings.TrimSpace(text) == "" {
		r.bad(n.At(key), "missing_key", "", "key %s is missing or empty", key)
	}
}

// areaOn asks for an area that exists at the end of the period.
func (r *reader) areaOn(in *Instance, at model.Place, code string, p model.Period) {
	if code == "" {
		return // the missing key is a problem already
	}
	before := len(r.problems)
	r.areaKnown(in, at, code)
	if len(r.problems) > before || p.Kind == "" {
		return
	}
	if _, ok := in.Area(code, p.End); !ok {
		r.bad(at, "area_not_valid", "", "area %s did not exist on %s; expected a code that was valid at the end of %s", code, p.End, p)
	}
}
