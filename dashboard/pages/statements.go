package pages

import (
	"html/template"
	"math"
	"regexp"
	"slices"
	"strings"

	"tereze/config"
	"tereze/config/words"
	"tereze/dashboard/public"
	"tereze/model"
)

var verdicts = []config.Verdict{config.Consistent, config.NotConsistent, config.HoldsOnlyUnder, config.CannotBeChecked, config.NotCheckableAsSaid, config.CauseCannotBeTested}

type statementsPage struct {
	*view
	Answer   string
	Rows     []statementRow
	Verdicts []pair
	Wordings []pair
	Example  *Link
}

type statementRow struct {
	Link               Link
	Speaker, When      string
	Then, Now, Subject string
}

// statements lists what was said in public with the verdicts in words.
func (v *view) statements() ([]byte, error) {
	in := v.s.In
	p := &statementsPage{view: v, Example: v.exampleLink()}
	count := map[string]int{}
	for _, s := range in.Statements {
		j := v.s.Data.Register.Statements[s.ID]
		count[j.Now]++
		p.Rows = append(p.Rows, statementRow{Link: Link{Href: v.statementHref(s.ID), Text: v.name(s.Claim)}, Speaker: v.name(s.Said.Speaker),
			When: v.l.Date(s.Said.On), Then: v.verdict(j.Then), Now: v.verdict(j.Now), Subject: v.subjectName(s.Subject)})
	}
	var parts []string
	for _, x := range verdicts {
		if n := count[string(x)]; n > 0 {
			parts = append(parts, v.T("statements.counted", "verdict", v.verdict(string(x)), "count", n))
		}
		p.Verdicts = append(p.Verdicts, pair{upperFirst(v.verdict(string(x))), v.T("verdict_means." + string(x))})
	}
	for _, w := range in.Wordings {
		p.Wordings = append(p.Wordings, pair{v.name(w.Name), v.name(w.Means)})
	}
	p.Answer = sentences(v.T("statements.answer", "all", len(in.Statements), "list", strings.Join(parts, "; ")), v.exampleSentence())
	contents := []Link{v.anchor("part-list", "statements.head_list"), v.anchor("part-verdicts", "statements.head_verdicts"), v.anchor("part-wordings", "statements.head_wordings")}
	return v.render("statements", v.T("nav.statements"), p.Answer, margin{contents: contents, files: v.filesNamed("statements.csv", "statement_verdicts.csv")}, p)
}

func (v *view) verdict(code string) string { return v.T("verdict." + code) }

func (v *view) statementHref(id string) string { return v.up + v.code + "/" + statementPath(id) }

func statementPath(id string) string { return "statements/" + Kebab(id) + "/" }

func (v *view) exampleSentence() string {
	if v.s.In.Example {
		return v.T("example.sentence")
	}
	return ""
}

type statementPage struct {
	*view
	Claim    string
	Subject  string
	Answer   string
	Facts    pairs
	Link     *Link
	Figure   template.HTML
	Readings []readingRow
	Signs    []string
	Nearby   []neighbourRow
	Refutes  string
	Why      string
	Requests linkList
	Missing  []string
	Reply    []string
	ReplyTo  *Link
	History  pairs
	Example  *Link
}

type readingRow struct {
	Name, Said   string
	Data         template.HTML
	Then, Now    string
	Formula      string
	ThenWhy, Why string
}

type neighbourRow struct {
	Link Link
	Text template.HTML
	By   string
	Note string
}

// statement is one claim: who, when, where; the ruler; what would refute it;
// what is missing; the history of its verdicts.
func (v *view) statement(s config.Statement) ([]byte, error) {
	reg := &v.s.Data.Register
	j := reg.Statements[s.ID]
	p := &statementPage{view: v, Claim: v.name(s.Claim), Subject: v.subjectName(s.Subject), Refutes: v.name(s.Refutes), Why: v.name(s.Why), Example: v.exampleLink()}
	p.Answer = sentences(v.verdictSentence(s, j), v.exampleSentence())
	p.Facts = []pair{{v.T("statements.speaker"), v.name(s.Said.Speaker)}, {v.T("statements.when"), v.l.Date(s.Said.On)}}
	if note := v.name(s.Said.DayNote); note != "" {
		p.Facts = append(p.Facts, pair{v.T("statements.day_note"), note})
	}
	p.Facts = append(p.Facts, pair{v.T("statements.where"), v.name(s.Said.Where)})
	if s.Said.Link != "" {
		p.Link = &Link{Href: s.Said.Link, Text: strings.TrimPrefix(s.Said.Link, "https://")}
	}
	if s.Said.ArchiveHash != "" {
		p.Facts = append(p.Facts, pair{v.T("statements.hash"), s.Said.ArchiveHash})
	}
	for _, r := range s.Readings {
		p.Readings = append(p.Readings, v.readingRow(s, r))
	}
	p.Signs = v.signs()
	p.Nearby = v.neighbours(s)
	f := v.statementRuler(s)
	html, err := v.place(f)
	if err != nil {
		return nil, err
	}
	p.Figure = html
	for _, id := range s.Requests {
		for _, q := range v.s.In.Requests {
			if q.ID == id {
				p.Requests = append(p.Requests, Link{Href: v.requestHref(id), Text: v.name(q.Asks), Note: v.T("request_state." + v.askedState(id).State)})
			}
		}
	}
	r := s.Said.Reply
	if text := v.name(r.Text); text != "" {
		p.Reply = []string{text, commas(v.name(r.By), v.date(r.On))}
		if r.Link != "" {
			p.ReplyTo = &Link{Href: r.Link, Text: strings.TrimPrefix(r.Link, "https://")}
		}
	} else {
		p.Reply = []string{v.T("statements.no_reply")}
	}
	p.History = v.history(s)
	var contents []Link
	if len(p.Readings) > 0 {
		contents = append(contents, v.anchor("part-readings", "statements.head_readings"))
	}
	if len(p.Nearby) > 0 {
		contents = append(contents, v.anchor("part-nearby", "statements.head_nearby"))
	}
	contents = append(contents, v.anchor("part-refutes", "statements.head_refutes"), v.anchor("part-reply", "statements.head_reply"), v.anchor("part-history", "statements.head_history"))
	return v.render("statement", v.name(s.Claim), p.Answer, margin{contents: contents}, p)
}

// verdictSentence is the answer of the page: the verdict of today, and that
// of the day where it was another.
func (v *view) verdictSentence(s config.Statement, j public.Judged) string {
	out := v.T("verdict_sentence." + j.Now)
	if j.Now == string(config.HoldsOnlyUnder) {
		var under []string
		for _, r := range s.Readings {
			if x, ok := v.s.Data.Register.Verdict(s.ID, "now", r.ID); ok && x.Verdict == string(config.Consistent) {
				under = append(under, v.T("statements.quoted", "text", v.name(r.Text)))
			}
		}
		out = sentences(out, v.T("statements.under", "readings", strings.Join(under, "; ")))
	}
	if j.Then != j.Now {
		out = sentences(out, v.T("statements.then_other", "verdict", v.verdict(j.Then)))
	}
	return out
}

func (v *view) readingRow(s config.Statement, r config.Reading) readingRow {
	row := readingRow{Name: v.name(r.Text), Formula: v.formulaWords(s, r)}
	row.Data = template.HTML(template.HTMLEscapeString(v.T("sign.missing")))
	unknown := true
	for _, asOf := range []string{"then", "now"} {
		x, ok := v.s.Data.Register.Verdict(s.ID, asOf, r.ID)
		if !ok {
			continue
		}
		text, why := v.verdict(x.Verdict), ""
		if x.Reason != "" {
			why = v.T("verdict_reason." + x.Reason)
		}
		if asOf == "then" {
			row.Then, row.ThenWhy = text, why
			continue
		}
		row.Now, row.Why = text, why
		row.Said = v.ends(s, x.SaidLower, x.SaidUpper)
		if x.HasData {
			row.Data = template.HTML(template.HTMLEscapeString(v.ends(s, x.DataLower, x.DataUpper)))
			unknown = false
		}
	}
	if unknown {
		v.used["missing"] = true
	}
	return row
}

// ends is a range in words with its unit.
func (v *view) ends(s config.Statement, lower, upper float64) string {
	show := func(x float64) string { return v.joined(v.l.Trim(x, 1), s.Unit, v.unit(s.Unit, x, true)) }
	exact := lower == upper
	lower, upper = words.Down(lower, 1), words.Up(upper, 1) // "at least" and "at most" stay true
	switch {
	case math.IsNaN(upper):
		return v.T("statements.at_least", "lower", show(lower))
	case math.IsNaN(lower):
		return v.T("statements.at_most", "upper", show(upper))
	case exact:
		return v.joined(v.l.Trim(lower, 1), s.Unit, v.unit(s.Unit, lower, false))
	}
	return v.T("format.interval", "lower", v.l.Trim(lower, 1), "upper", show(upper))
}

var (
	formulaName = regexp.MustCompile(`[a-z_][a-z0-9_]*`)
	formulaSign = strings.NewReplacer("*", "×", "/", "÷", "-", "−")
)

// formulaWords is the formula as people write it: its names, which are the
// file's own, become letters, and each letter is told in words.
func (v *view) formulaWords(s config.Statement, r config.Reading) string {
	letters := map[string]string{}
	shown := formulaName.ReplaceAllStringFunc(formulaSign.Replace(r.Formula), func(name string) string {
		if letters[name] == "" {
			letters[name] = string(rune('A' + len(letters)))
		}
		return letters[name]
	})
	terms := make([]string, 0, len(r.Terms))
	for _, t := range r.Terms {
		name := ""
		if ind, ok := v.s.In.Indicator(t.Indicator); ok {
			name = v.name(ind.Name)
		} else if m, ok := v.s.In.Measure(t.Measure); ok {
			name = v.name(m.Name)
		}
		at := s.Place(t)
		when := v.period(at.Period, v.basisOfID(tern(at.Indicator != "", at.Indicator, at.Measure)))
		if shown == letters[t.Name] {
			return v.T("statements.formula_itself", "name", name, "period", unstopped(when))
		}
		terms = append(terms, v.T("statements.term", "term", letters[t.Name], "name", name, "period", when))
	}
	slices.Sort(terms) // by their letters
	return v.T("statements.formula", "formula", shown, "terms", unstopped(strings.Join(terms, "; ")))
}

// neighbours are the published numbers beside a statement.
func (v *view) neighbours(s config.Statement) []neighbourRow {
	var out []neighbourRow
	for _, n := range s.Neighbours {
		ind, _ := v.s.In.Indicator(n.Indicator)
		for _, val := range v.neighbourValues(s, n) {
			out = append(out, neighbourRow{Link: Link{Href: v.indicatorHref(ind.ID), Text: v.name(ind.Name)}, Text: v.html(v.neighbourFact(ind, val)),
				By: v.by(val), Note: v.name(n.Note)})
		}
	}
	return out
}

// neighbourFact is one published number in a sentence, whatever others say.
func (v *view) neighbourFact(ind model.Indicator, val *public.Value) string {
	area, _ := v.s.areaOf(val.Area)
	return v.T("finding.count", "place", v.l.In(area), "when", v.whenOf(val.Period.Period, v.basisOf(ind, val), v.s.since(ind)), "value", v.quantity(ind, val))
}

// commas puts those that say something in a row.
func commas(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), ", ")
}

func (v *view) neighbourValues(s config.Statement, n config.Neighbour) []*public.Value {
	area, _ := v.s.In.Area(tern(n.Area != "", n.Area, s.Area), n.Period.End)
	var out []*public.Value
	for _, val := range v.s.Data.Indicator(n.Indicator).Of(public.KeyOf(area)) {
		if val.Has() && val.Period.ID == n.Period.String() && val.Territory == "as_reported" && (n.Source == "" || val.Source == n.Source) {
			out = append(out, val)
			if n.Source == "" {
				break // publishers that agree stand once
			}
		}
	}
	return out
}

// history is the log of the verdicts of a statement, newest first.
func (v *view) history(s config.Statement) []pair {
	var out []pair
	for _, c := range v.s.Data.Register.Changes {
		if c.Statement != s.ID {
			continue
		}
		head := v.T("statements.log_head", "release", int(c.Release), "date", v.l.Date(c.Today), "as_of", v.T("statements.as_of_"+c.AsOf))
		if c.Before == "" {
			out = append(out, pair{head, v.T("statements.log_first", "after", v.verdict(c.After))})
			continue
		}
		text := v.T("statements.log_changed", "before", v.verdict(c.Before), "after", v.verdict(c.After), "reason", v.T("verdict_changed."+c.Reason))
		out = append(out, pair{head, sentences(text, v.inputs(c.Inputs))})
	}
	slices.Reverse(out)
	return out
}

// inputs names the numbers that changed a verdict.
func (v *view) inputs(list string) string {
	var out []string
	for _, field := range strings.Fields(list) {
		id, change, _ := strings.Cut(field, "=")
		part := strings.Split(id, "/")
		if len(part) != 7 {
			continue
		}
		name := part[0]
		if ind, ok := v.s.In.Indicator(part[0]); ok {
			name = v.name(ind.Name)
		} else if m, ok := v.s.In.Measure(part[0]); ok {
			name = v.name(m.Name)
		}
		when := part[3]
		if p, err := model.ParsePeriod(part[3]); err == nil {
			when = v.period(p, v.basisOfID(part[0]))
		}
		out = append(out, v.T("statements.input", "name", name, "area", v.areaName(public.Key{Code: part[1], From: model.Date(part[2])}), "period", when,
			"change", strings.ReplaceAll(change, "→", " → ")))
	}
	return strings.Join(out, "; ")
}
