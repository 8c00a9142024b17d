package config

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"

	"tereze/config/tree"
	"tereze/config/words"
	"tereze/model"
)

// Guide leads families, step by step, to the help they may have.
type Guide struct {
	StaleAfterDays int
	Questions      []Question
	Pages          []GuidePage // in their order
	Rates          []Rate      // by id, then date
}

// Question is asked to find the pages that may concern a family.
type Question struct {
	ID   string     `yaml:"id" need:"yes" doc:"Name, used as audience of pages."`
	Text model.Text `yaml:"text" need:"yes" doc:"The question; answered with yes or no."`
}

type guideFile struct {
	StaleAfterDays int        `yaml:"stale_after_days" need:"yes" doc:"After how many days a page must be checked again."`
	Questions      []Question `yaml:"questions" doc:"Questions of the decision page."`
}

// GuidePage is one question with its answer, in the languages it is written in.
type GuidePage struct {
	ID       string
	Order    int
	Audience []string // ids of questions; empty = everybody
	In       map[string]GuideText
}

// GuideText is a page in one language, its figures filled in.
type GuideText struct {
	Title, Question, Answer string
	Papers                  []string
	Place, Days             string
	Law, LawLink            string
	CheckedOn               model.Date
	Body                    string // Markdown
	Rates                   []Rate // the figures in it
}

// Rate is a dated figure: an amount, or a multiple of one.
type Rate struct {
	ID        string
	ValidFrom model.Date
	ValidTo   model.Date // empty = still valid, as far as anybody knows
	Value     float64
	Unit      string
	Name      model.Text
	Source    model.Text
	Verified  bool
}

type guideHead struct {
	Title     string     `yaml:"title" need:"yes" doc:"Short name of the help."`
	Question  string     `yaml:"question" need:"yes" doc:"The question that the page answers."`
	Answer    string     `yaml:"answer" need:"yes" doc:"The answer in one or two sentences."`
	Order     int        `yaml:"order" need:"yes" doc:"Place in the list."`
	Audience  []string   `yaml:"audience" doc:"Ids of questions; one yes is enough. Absent means everybody."`
	Papers    []string   `yaml:"papers" doc:"What to bring."`
	Place     string     `yaml:"place" need:"yes" doc:"Where to go."`
	Days      string     `yaml:"days" need:"yes" doc:"How long it takes."`
	Law       string     `yaml:"law" need:"yes" doc:"What it rests on."`
	LawLink   string     `yaml:"law_link" doc:"Address of the law."`
	CheckedOn model.Date `yaml:"checked_on" need:"yes" doc:"The day somebody last checked the page."`
}

const (
	guideQuestions = "guide.yaml"
	ratesFile      = "rates.csv"
)

// guide reads the rates, the questions and the pages in all languages.
func (r *reader) guide(in *Instance, n *registerNodes) {
	rates := r.table(r.fsys, ratesFile, ratesFile, []string{"id", "valid_from", "value", "unit", "source_", "verified", "name_"}, []string{"valid_to"})
	units := in.Words.Lang(in.DefaultLanguage).Units()
	for _, w := range rates {
		r.ref(w.place("unit"), "unit", w.text("unit"), units)
		w.need("value")
		w.need("valid_from")
		in.Guide.Rates = append(in.Guide.Rates, Rate{ID: w.need("id"), ValidFrom: w.date("valid_from"), ValidTo: w.date("valid_to"), Value: w.number("value", 0, 1e12, 0),
			Unit: w.need("unit"), Source: w.words("source_", true, false), Verified: w.flag("verified"), Name: w.words("name_", true, false)})
	}
	sort.SliceStable(in.Guide.Rates, func(i, j int) bool {
		a, b := in.Guide.Rates[i], in.Guide.Rates[j]
		return a.ID < b.ID || a.ID == b.ID && a.ValidFrom < b.ValidFrom
	})
	var f guideFile
	if n.questions = r.yaml(r.fsys, guideQuestions, guideQuestions); n.questions != nil {
		r.decode(n.questions, &f)
		r.idsOnce(n.questions.Get("questions"))
	}
	in.Guide.StaleAfterDays, in.Guide.Questions = f.StaleAfterDays, f.Questions
	pages := map[string]*GuidePage{}
	for _, lang := range r.languages {
		files, _ := fs.Glob(r.fsys, "guide/"+lang+"/*.md") // the pattern is right
		for _, name := range files {
			id := strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".md")
			if !isID(id) {
				r.bad(model.Place{File: name}, "wrong_value", "", "%q is no id; expected small Latin letters, digits and _", id)
			}
			r.guidePage(in, name, lang, id, pages)
		}
	}
	for _, p := range pages {
		in.Guide.Pages = append(in.Guide.Pages, *p)
	}
	sort.Slice(in.Guide.Pages, func(i, j int) bool {
		a, b := in.Guide.Pages[i], in.Guide.Pages[j]
		return a.Order < b.Order || a.Order == b.Order && a.ID < b.ID
	})
}

func (r *reader) guidePage(in *Instance, name, lang, id string, pages map[string]*GuidePage) {
	data := bytes.ReplaceAll(r.file(r.fsys, name, name), []byte("\r\n"), []byte("\n"))
	front, body, ok := bytes.Cut(bytes.TrimPrefix(data, []byte("---\n")), []byte("\n---\n"))
	if !ok || !bytes.HasPrefix(data, []byte("---\n")) {
		r.bad(model.Place{File: name, Line: 1}, "missing_key", "", "no front matter; expected keys between two lines of ---")
		return
	}
	root, problems := tree.Parse(name, append([]byte("\n"), front...)) // the line of the first --- keeps the count right
	r.problems = append(r.problems, problems...)
	var h guideHead
	r.decode(root, &h)
	r.webAddress(root.At("law_link"), h.LawLink)
	var questions []string
	for _, q := range in.Guide.Questions {
		questions = append(questions, q.ID)
	}
	r.refs(root, "audience", "question", h.Audience, questions)
	p := pages[id]
	if p == nil {
		p = &GuidePage{ID: id, Order: h.Order, Audience: h.Audience, In: map[string]GuideText{}}
		pages[id] = p
	} else if p.Order != h.Order || !slices.Equal(p.Audience, h.Audience) {
		r.bad(root.At("order"), "wrong_value", "", "order or audience differ from the same page in another language; expected %d and %v", p.Order, p.Audience)
	}
	e := &expander{r: r, in: in, l: in.Words.Lang(lang), used: map[string]Rate{}}
	text := GuideText{Title: h.Title, Question: h.Question, Law: e.fill(root.At("law"), h.Law), LawLink: h.LawLink, CheckedOn: h.CheckedOn,
		Answer: e.fill(root.At("answer"), h.Answer), Place: e.fill(root.At("place"), h.Place), Days: e.fill(root.At("days"), h.Days)}
	for i, s := range h.Papers {
		text.Papers = append(text.Papers, e.fill(itemPlace(root.Get("papers"), i), s))
	}
	first := bytes.Count(front, []byte("\n")) + 4
	var lines []string
	for i, line := range strings.Split(string(body), "\n") {
		lines = append(lines, e.fill(model.Place{File: name, Line: first + i}, line))
	}
	text.Body = strings.Join(lines, "\n")
	for _, id := range slices.Sorted(maps.Keys(e.used)) {
		text.Rates = append(text.Rates, e.used[id])
	}
	p.In[lang] = text
}

// expander fills the figures of a page in.
type expander struct {
	r    *reader
	in   *Instance
	l    *words.Lang
	used map[string]Rate
}

var placeholderRE = regexp.MustCompile(`\{\{\s*([a-z0-9_]+)(?:\s*\*\s*([a-z0-9_]+))?(?:\s*\|\s*([a-z_]+))?\s*\}\}`)

// fill replaces {{id}} and {{id * id}} by the rate of the day, in a case of
// the language where {{id|case}} asks for one, and {{unverified}} by its
// words; a figure typed beside its unit is a problem.
func (e *expander) fill(at model.Place, s string) string {
	for _, unit := range []string{"percent", "tenge", "mrp"} {
		word := e.l.UnitHead(unit)
		if !strings.Contains(s, word) {
			continue
		}
		if typed := regexp.MustCompile(`\d[\d\s\x{00a0}.,]*` + regexp.QuoteMeta(word)).FindString(s); typed != "" {
			e.r.bad(at, "typed_figure", "", "%q is typed; expected a placeholder such as {{name}} for a row of %s", typed, ratesFile)
		}
	}
	return placeholderRE.ReplaceAllStringFunc(s, func(whole string) string {
		m := placeholderRE.FindStringSubmatch(whole)
		if m[1] == "unverified" && m[2] == "" {
			return e.l.T("mark.unverified")
		}
		a, ok := e.rate(at, m[1])
		if !ok {
			return whole
		}
		v, unit, verified, until := a.Value, a.Unit, a.Verified, a.ValidTo
		if m[2] != "" {
			b, ok := e.rate(at, m[2])
			if !ok {
				return whole
			}
			v, unit, verified = v*b.Value, b.Unit, verified && b.Verified
			if until == "" || b.ValidTo != "" && b.ValidTo < until {
				until = b.ValidTo
			}
		}
		word := e.l.Unit(unit, v)
		key := "format.quantity." + unit
		if !e.l.Has(key) {
			key = "format.quantity.default"
		}
		out := e.l.T(key, "value", e.l.Trim(v, 2), "unit", word)
		if m[3] != "" {
			if key := "case." + m[3]; e.l.Has(key) {
				out = e.l.T(key, "v", out)
			} else {
				e.r.bad(at, "unknown_filter", "", "%q is no case; expected one of the keys under case in the words", m[3])
			}
		}
		if until != "" && until < e.in.Today {
			out += " " + e.l.T("guide.rate_until", "date", e.l.Date(until))
		}
		if !verified {
			out += " " + e.l.T("mark.unverified")
		}
		return out
	})
}

// rate is the newest row of an id that is valid on the day of the build.
func (e *expander) rate(at model.Place, id string) (Rate, bool) {
	var best Rate
	var known []string
	for _, x := range e.in.Guide.Rates {
		known = append(known, x.ID)
		if x.ID == id && x.ValidFrom <= e.in.Today {
			best = x
		}
	}
	if best.ValidTo != "" && best.ValidTo < e.in.Today {
		e.r.warn(model.Place{File: ratesFile}, "stale", fmt.Sprintf("%s was valid until %s; add the newer row", id, best.ValidTo))
	}
	if best.ID == "" {
		e.r.unknown(at, "rate", id, append(known, "unverified"))
		return best, false
	}
	e.used[id] = best
	return best, true
}

// checkGuide warns of what is missing in a language and of what nobody has
// checked for long; an instance can live with both, its readers should know.
func (r *reader) checkGuide(in *Instance, n registerNodes) {
	g := in.Guide
	for i, x := range g.Rates {
		if i > 0 && g.Rates[i-1].ID == x.ID && g.Rates[i-1].ValidFrom == x.ValidFrom {
			r.bad(model.Place{File: ratesFile}, "duplicate_id", "", "%s has two rows from %s; keep one", x.ID, x.ValidFrom)
		}
	}
	if len(g.Pages) > 0 && n.questions == nil {
		r.bad(model.Place{File: guideQuestions}, "missing_file", "", "the file is missing; a guide says there after how many days its pages are stale")
	}
	for _, p := range g.Pages {
		for _, lang := range r.languages {
			file := "guide/" + lang + "/" + p.ID + ".md"
			text, ok := p.In[lang]
			switch {
			case !ok:
				r.warn(model.Place{File: file}, "missing_translation", fmt.Sprintf("the page is missing in %s; readers see it in another language", lang))
			case g.StaleAfterDays > 0 && text.CheckedOn != "" && text.CheckedOn.AddDays(g.StaleAfterDays) < in.Today:
				r.warn(model.Place{File: file, Key: "checked_on"}, "stale", fmt.Sprintf("last checked on %s, more than %d days ago; check it again", text.CheckedOn, g.StaleAfterDays))
			case text.CheckedOn > in.Today:
				r.warn(model.Place{File: file, Key: "checked_on"}, "stale", fmt.Sprintf("checked on %s, which is yet to come", text.CheckedOn))
			}
		}
	}
}
