package pages

import (
	"strings"
	"unicode"

	"tereze/config"
	"tereze/dashboard/public"
	"tereze/model"
)

type requestsPage struct {
	*view
	Answer  string
	Sent    string
	Laws    pairs
	Rows    []requestRow
	Example *Link
}

type requestRow struct {
	ID, Addressee, Asks string
	State               string
	Facts               pairs
	Reply               *Link
	Indicators          linkList
	Letters             []letter
}

type letter struct {
	Lang, Head string
	Lines      []string
	Note       string // to the sender, not part of the letter
}

func (v *view) requestHref(id string) string { return v.up + v.code + "/requests/#ask-" + Kebab(id) }

// askedState is how a request stands on the day of the release.
func (v *view) askedState(id string) public.Asked { return v.s.Data.Register.Requests[id] }

// requests is every gap as a question, with the letter ready to send.
func (v *view) requests() ([]byte, error) {
	in := v.s.In
	p := &requestsPage{view: v, Example: v.exampleLink()}
	count := map[string]int{}
	var contents []Link
	for _, q := range in.Requests {
		a := v.askedState(q.ID)
		count[a.State]++
		law := in.RequestLaw(q)
		row := requestRow{ID: "ask-" + Kebab(q.ID), Addressee: v.name(q.Addressee), Asks: upperFirst(v.name(q.Asks)), State: v.T("request_state." + a.State)}
		if a.State == "silent" {
			row.State = v.T("requests.silent", "n", int(a.Silent))
		}
		add := func(key, text string) {
			if text != "" {
				row.Facts = append(row.Facts, pair{v.T("requests." + key), text})
			}
		}
		add("drafted_on", v.date(q.DraftedOn))
		add("sent_on", v.date(q.SentOn))
		add("law", v.lawWords(law))
		due := v.date(a.Due)
		if due != "" && !law.Verified {
			due += " " + v.T("mark.unverified")
		}
		add("due", due)
		add("answered_on", v.date(q.AnsweredOn))
		if len(q.Cells.Measures) > 0 {
			add("cells", v.cellsWords(q, int(a.Cells)))
		}
		if q.Reply != "" {
			row.Reply = &Link{Href: q.Reply, Text: strings.TrimPrefix(q.Reply, "https://")}
		}
		for _, id := range q.Indicators {
			if ind, ok := in.Indicator(id); ok {
				row.Indicators = append(row.Indicators, Link{Href: v.indicatorHref(id), Text: v.name(ind.Name)})
			}
		}
		for _, lang := range in.LettersIn {
			row.Letters = append(row.Letters, v.letter(q, law, lang))
		}
		p.Rows = append(p.Rows, row)
	}
	var parts []string
	for _, state := range []string{"drafted", "sent", "silent", "answered", "refused"} {
		if n := count[state]; n > 0 {
			parts = append(parts, v.T("statements.counted", "verdict", v.T("request_state."+state), "count", n))
		}
	}
	p.Answer = sentences(v.T("requests.answer", "all", len(in.Requests), "list", strings.Join(parts, "; ")), v.exampleSentence())
	if count["drafted"] == len(in.Requests) {
		p.Sent = v.T("requests.nothing_sent")
	}
	for _, l := range in.Laws {
		p.Laws = append(p.Laws, pair{v.name(l.Name), v.termWords(v.code, l)})
	}
	contents = append(contents, v.anchor("part-laws", "requests.head_laws"), v.anchor("part-list", "requests.head_list"))
	return v.render("requests", v.T("nav.requests"), p.Answer, margin{contents: contents, files: v.filesNamed("requests.csv")}, p)
}

func (v *view) lawWords(l config.Law) string {
	return v.name(l.Name) + ": " + v.termWords(v.code, l)
}

// termWords is the term of a law in a language, with a mark where nobody has
// read it in the law.
func (v *view) termWords(lang string, l config.Law) string {
	w := v.s.In.Words.Lang(lang)
	out := w.T("requests.term_"+l.Days, "n", l.TermDays)
	if !l.Verified {
		out += " " + w.T("mark.unverified")
	}
	return out
}

func (v *view) cellsWords(q config.Request, n int) string {
	return v.T("requests.cells_text", "n", n, "measures", v.measureNames(v.code, q), "areas", v.T("requests.areas_"+q.Cells.Areas), "periods", v.periodNames(v.code, q))
}

func (v *view) measureNames(lang string, q config.Request) string {
	var out []string
	for _, id := range q.Cells.Measures {
		if m, ok := v.s.In.Measure(id); ok {
			out = append(out, lowerFirst(m.Name.In(lang)))
		}
	}
	return strings.Join(out, "; ")
}

// lowerFirst makes a name part of a sentence, unless it begins with an abbreviation.
func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && !unicode.IsUpper(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

func (v *view) periodNames(lang string, q config.Request) string {
	var out []string
	for _, p := range q.Cells.Periods {
		out = append(out, v.s.In.Words.Lang(lang).Period(p))
	}
	return strings.Join(out, "; ")
}

// letter is the text of a request, ready to send in one language.
func (v *view) letter(q config.Request, l config.Law, lang string) letter {
	w := v.s.In.Words.Lang(lang)
	out := letter{Lang: lang, Head: w.T("letter.head", "language", w.T("page.language"))}
	what := tern(q.For == "", "table", q.For)
	out.Lines = []string{w.T("letter.to", "addressee", q.Addressee.In(lang)), w.T("letter.subject"), w.T("letter.please_"+what, "asks", q.Asks.In(lang))}
	if len(q.Cells.Measures) > 0 {
		out.Lines = append(out.Lines, w.T("letter.table", "measures", v.measureNames(lang, q), "areas", w.T("requests.areas_"+q.Cells.Areas), "periods", v.periodNames(lang, q)))
	}
	law := w.T("letter.law", "law", l.Name.In(lang), "term", w.T("requests.term_"+l.Days, "n", l.TermDays))
	if !l.Verified { // the letter claims no term that nobody has read in the law
		law = w.T("letter.law_unverified", "law", l.Name.In(lang))
		out.Note = w.T("letter.term_unverified", "term", w.T("requests.term_"+l.Days, "n", l.TermDays))
	}
	out.Lines = append(out.Lines, w.T("letter.as_"+what), law, w.T("letter.sign"))
	return out
}

// asked are the requests that would fill an indicator's gap.
func (v *view) asked(ind model.Indicator) []Link {
	var out []Link
	for _, q := range v.s.In.Requests {
		for _, id := range q.Indicators {
			if id == ind.ID {
				out = append(out, Link{Href: v.requestHref(q.ID), Text: v.T("requests.gap_line", "state", v.T("request_state."+v.askedState(q.ID).State), "date", v.l.Date(q.DraftedOn))})
			}
		}
	}
	return out
}
