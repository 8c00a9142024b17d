package config

import (
	"regexp"
	"slices"

	"tereze/config/formula"
	"tereze/config/tree"
	"tereze/model"
)

// Verdict is what is made of a statement; one of a fixed list.
type Verdict string

// The verdicts.
const (
	Consistent          Verdict = "consistent"
	NotConsistent       Verdict = "not_consistent"
	HoldsOnlyUnder      Verdict = "holds_only_under"
	CannotBeChecked     Verdict = "cannot_be_checked"
	NotCheckableAsSaid  Verdict = "not_checkable_as_stated"
	CauseCannotBeTested Verdict = "cause_not_testable"
)

// Wording says, once for every speaker, which numbers a word leaves open: a
// number v said with it means from v × Low to v × High.
type Wording struct {
	ID    string     `yaml:"id" need:"yes" doc:"Name, such as about or almost."`
	Name  model.Text `yaml:"name" need:"yes" doc:"The word itself."`
	Means model.Text `yaml:"means" need:"yes" doc:"How it is read, in a sentence."`
	Low   *float64   `yaml:"low" doc:"Lower end as a multiple of the number; absent means open."`
	High  *float64   `yaml:"high" doc:"Upper end as a multiple of the number; absent means open."`
}

// Says is the number of a statement: a value, or a part of a whole (then in
// per cent), with what they were rounded to.
type Says struct {
	Value     *float64 `yaml:"value" doc:"The number that was said."`
	Part      *float64 `yaml:"part" doc:"Instead of a value: the part that was said."`
	Whole     *float64 `yaml:"whole" doc:"And the whole it is a part of."`
	RoundedTo float64  `yaml:"rounded_to" doc:"To what the numbers were rounded, such as 1000; absent means as counted."`
	PartUnit  string   `yaml:"part_unit" doc:"Unit of part and whole; needed with them."`
	Wording   string   `yaml:"wording" doc:"Id of the wording it was said with, such as about."`
}

// Operand is one published number of a formula.
type Operand struct {
	Name      string       `yaml:"name" need:"yes" doc:"Its name in the formula."`
	Indicator string       `yaml:"indicator" doc:"Id of the indicator, or else:"`
	Measure   string       `yaml:"measure" doc:"Id of the measure."`
	Area      string       `yaml:"area" doc:"Code; absent means the area of the statement."`
	Period    model.Period `yaml:"period" doc:"Absent means the period of the statement."`
	Source    string       `yaml:"source" doc:"Id of a source, or computed:SERIES; absent means whoever published it."`
}

// Reading is one way to understand a statement, with the formula that tests it.
type Reading struct {
	ID      string     `yaml:"id" need:"yes" doc:"Name of the reading."`
	Text    model.Text `yaml:"text" need:"yes" doc:"How the words are read here."`
	Formula string     `yaml:"formula" need:"yes" doc:"Arithmetic over the terms; each term stands once."`
	Terms   []Operand  `yaml:"terms" need:"yes" doc:"The published numbers of the formula."`
	Says    *Says      `yaml:"says" doc:"Where this reading gives the words another number."`
}

// Neighbour is a published number beside a statement.
type Neighbour struct {
	Indicator string       `yaml:"indicator" need:"yes" doc:"Id of the indicator."`
	Area      string       `yaml:"area" doc:"Code; absent means the area of the statement."`
	Period    model.Period `yaml:"period" need:"yes" doc:"Its period."`
	Source    string       `yaml:"source" doc:"Id of the source, where several published it."`
	Note      model.Text   `yaml:"note" need:"yes" doc:"What it allows and what it excludes."`
}

// Reply is the answer of those who made the statement.
type Reply struct {
	Text model.Text `yaml:"text" doc:"The answer in their words; absent means none came."`
	By   model.Text `yaml:"by" doc:"Whose answer."`
	On   model.Date `yaml:"on" doc:"When."`
	Link string     `yaml:"link" doc:"Where it stands."`
}

// Occasion is where and when statements were made, and by whom.
type Occasion struct {
	ID          string     `yaml:"id" need:"yes" doc:"Name within the file."`
	Speaker     model.Text `yaml:"speaker" need:"yes" doc:"The office that spoke."`
	On          model.Date `yaml:"on" need:"yes" doc:"The day; what was known by then is judged apart."`
	DayNote     model.Text `yaml:"day_note" doc:"Where the day is not certain."`
	Where       model.Text `yaml:"where" need:"yes" doc:"The event, and who reported it."`
	Link        string     `yaml:"link" doc:"Address of the report."`
	ArchiveHash string     `yaml:"archive_sha256" doc:"SHA-256 of the text as it was read."`
	Source      string     `yaml:"source" doc:"Source that carries the numbers said there; never evidence for them."`
	Reply       Reply      `yaml:"reply" doc:"Right of reply."`
}

// Statement is something said in public.
type Statement struct {
	ID         string       `yaml:"id" need:"yes" doc:"Name in files and addresses."`
	Subject    string       `yaml:"subject" need:"yes" doc:"Id of the subject."`
	Occasion   string       `yaml:"occasion" need:"yes" doc:"Id of the occasion on which it was said."`
	Said       Occasion     `yaml:"-"` // the occasion, filled in
	Claim      model.Text   `yaml:"claim" need:"yes" doc:"What it claims, in our own words."`
	Area       string       `yaml:"area" need:"yes" doc:"Code of the area it is about."`
	Period     model.Period `yaml:"period" need:"yes" doc:"The period it is about."`
	Unit       string       `yaml:"unit" doc:"Unit of the number that was said."`
	Says       *Says        `yaml:"says" doc:"The number that was said."`
	Readings   []Reading    `yaml:"readings" doc:"Ways to understand it; absent where it is judged."`
	Judged     Verdict      `yaml:"judged" enum:"cannot_be_checked|not_checkable_as_stated|cause_not_testable" doc:"The verdict where no formula can give one."`
	Why        model.Text   `yaml:"why" doc:"Why it is judged so; needed with judged."`
	Refutes    model.Text   `yaml:"refutes" need:"yes" doc:"What would refute it."`
	Requests   []string     `yaml:"requests" doc:"Requests whose answers would settle it."`
	Neighbours []Neighbour  `yaml:"neighbours" doc:"Published numbers beside it."`
}

type statementsFile struct {
	Occasions  []Occasion  `yaml:"occasions" doc:"Where and when it was said, and by whom."`
	Wordings   []Wording   `yaml:"wordings" doc:"Words that leave a number open, the same for every speaker."`
	Statements []Statement `yaml:"statements" doc:"What was said in public."`
}

// Number is the number that a reading tests, and whether there is one.
func (s Statement) Number(r Reading) (Says, bool) {
	if r.Says != nil {
		return *r.Says, true
	}
	if s.Says != nil {
		return *s.Says, true
	}
	return Says{}, false
}

// Place fills in what an operand takes over from its statement.
func (s Statement) Place(t Operand) Operand {
	if t.Area == "" {
		t.Area = s.Area
	}
	if t.Period.Kind == "" {
		t.Period = s.Period
	}
	return t
}

var hashRE = regexp.MustCompile(`^[0-9a-f]{64}$`)

// occasions fills the occasion of every statement in.
func (r *reader) occasions(f *statementsFile, root *tree.Node, sources []string) {
	byID := map[string]Occasion{}
	var ids []string
	for i, o := range f.Occasions {
		n := itemOf(root, "occasions", i)
		byID[o.ID] = o
		ids = append(ids, o.ID)
		r.ref(n.At("source"), "source", o.Source, sources)
		r.webAddress(n.At("link"), o.Link)
		r.webAddress(n.Get("reply").At("link"), o.Reply.Link)
		if o.ArchiveHash != "" && !hashRE.MatchString(o.ArchiveHash) {
			r.bad(n.At("archive_sha256"), "wrong_value", "", "%q stands here; expected 64 digits and letters a to f", o.ArchiveHash)
		}
	}
	for i, s := range f.Statements {
		r.ref(itemOf(root, "statements", i).At("occasion"), "occasion", s.Occasion, ids)
		f.Statements[i].Said = byID[s.Occasion]
	}
}

func (r *reader) checkStatement(in *Instance, s Statement, n *tree.Node, valid names, sources, requests []string) {
	r.ref(n.At("subject"), "subject", s.Subject, valid.subjects)
	r.ref(n.At("unit"), "unit", s.Unit, valid.units)
	r.refs(n, "requests", "request", s.Requests, requests)
	if s.Area != "" {
		r.areaKnown(in, n.At("area"), s.Area)
	}
	switch {
	case s.Judged != "" && len(s.Readings) > 0:
		r.bad(n.At("judged"), "wrong_value", "", "the statement is judged and has readings; expected one or the other")
	case s.Judged != "" && s.Why == nil:
		r.bad(n.At("why"), "missing_key", "", "key why is missing; a statement that no formula tests says why")
	case s.Judged == "" && len(s.Readings) == 0:
		r.bad(n.At("readings"), "missing_key", "", "the statement has neither readings nor judged; expected one of them")
	}
	r.says(in, n.Get("says"), s.Says, valid)
	seen := map[string]bool{}
	for i, x := range s.Readings {
		at := itemOf(n, "readings", i)
		if seen[x.ID] {
			r.bad(at.At("id"), "duplicate_id", "", "reading %s stands twice in one statement", x.ID)
		}
		seen[x.ID] = true
		r.says(in, at.Get("says"), x.Says, valid)
		if _, ok := s.Number(x); !ok {
			r.bad(at.At("says"), "missing_key", "", "no number is said here nor in the statement; expected what the formula is compared with")
		}
		if s.Unit == "" {
			r.bad(n.At("unit"), "missing_key", "", "key unit is missing; a number that is tested has a unit")
		}
		r.formulaOf(in, s, x, at, valid, sources)
	}
	for i, x := range s.Neighbours {
		at := itemOf(n, "neighbours", i)
		r.ref(at.At("indicator"), "indicator", x.Indicator, valid.indicators)
		r.ref(at.At("source"), "source", x.Source, sources)
		if x.Area != "" {
			r.areaKnown(in, at.At("area"), x.Area)
		}
	}
}

// says checks the number of a statement.
func (r *reader) says(in *Instance, n *tree.Node, s *Says, valid names) {
	if s == nil {
		return
	}
	if (s.Value == nil) == (s.Part == nil) || (s.Part == nil) != (s.Whole == nil) {
		r.bad(n.Place(), "wrong_value", "", "expected either value, or part and whole")
	}
	if s.Whole != nil && *s.Whole <= s.RoundedTo/2 {
		r.bad(n.At("whole"), "wrong_value", "", "the whole may be nothing after rounding; expected a larger number")
	}
	r.ref(n.At("part_unit"), "unit", s.PartUnit, valid.units)
	if s.Part != nil && s.PartUnit == "" {
		r.bad(n.At("part_unit"), "missing_key", "", "key part_unit is missing; expected what the part and the whole are counted in")
	}
	var wordings []string
	for _, w := range in.Wordings {
		wordings = append(wordings, w.ID)
	}
	r.ref(n.At("wording"), "wording", s.Wording, wordings)
	if s.Wording != "" && s.RoundedTo > 0 {
		r.bad(n.At("rounded_to"), "wrong_value", "", "wording and rounded_to both widen the number; expected one of them")
	}
}

// formulaOf checks that the formula and its terms fit each other.
func (r *reader) formulaOf(in *Instance, s Statement, x Reading, n *tree.Node, valid names, sources []string) {
	f, err := formula.Parse(x.Formula)
	if err != nil {
		if x.Formula != "" {
			r.bad(n.At("formula"), "wrong_value", "", "not a formula: %v", err)
		}
		return
	}
	var terms []string
	for i, t := range x.Terms {
		at := itemOf(n, "terms", i)
		terms = append(terms, t.Name)
		r.ref(at.At("indicator"), "indicator", t.Indicator, valid.indicators)
		r.ref(at.At("measure"), "measure", t.Measure, valid.measures)
		if (t.Indicator == "") == (t.Measure == "") {
			r.bad(at.Place(), "wrong_value", "", "expected one of indicator and measure")
		}
		if t.Area != "" {
			r.areaKnown(in, at.At("area"), t.Area)
		}
		if id, computed := cutComputed(t.Source); computed {
			r.ref(at.At("source"), "series", id, valid.series)
		} else {
			r.ref(at.At("source"), "source", t.Source, sources)
		}
	}
	r.checkMixing(f, in.countedTerms(s, x), n)
	used := f.Names()
	for i, name := range used {
		r.ref(n.At("formula"), "term", name, terms)
		if slices.Contains(used[:i], name) {
			r.bad(n.At("formula"), "wrong_value", "", "term %s stands twice; write the formula so that each stands once, or its range would be too wide", name)
		}
	}
	for _, name := range terms {
		if !slices.Contains(used, name) {
			r.bad(n.At("terms"), "wrong_value", "", "term %s is not in the formula", name)
		}
	}
}

func cutComputed(source string) (series string, ok bool) {
	const prefix = "computed:"
	if len(source) > len(prefix) && source[:len(prefix)] == prefix {
		return source[len(prefix):], true
	}
	return "", false
}
