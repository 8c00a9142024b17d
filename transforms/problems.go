package transforms

import (
	"context"
	"database/sql/driver"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/shape"
)

// told is a problem of a source as a whole: no file of it was there.
type told struct {
	source  string
	problem model.Problem
}

// Tell hands over problems of a source that belong to none of its
// deliveries, before Load: they stand among the problems of sources too.
func (s *Store) Tell(source string, problems []model.Problem) {
	for _, p := range problems {
		s.told = append(s.told, told{source, p})
	}
}

// problems writes what is to be said about whole files and columns, with
// words in each language and without any text of the file.
func (s *Store) problems(ctx context.Context, inst *config.Instance) error {
	type entry struct {
		source, file string
		p            model.Problem
		n            int64
	}
	var list []entry
	for _, t := range s.told {
		list = append(list, entry{t.source, t.problem.Place.File, t.problem, 1})
	}
	for i := range s.staged.Deliveries {
		d := &s.staged.Deliveries[i]
		for _, p := range d.Problems {
			n := int64(1)
			if v, err := strconv.ParseInt(p.Args["n"], 10, 64); err == nil {
				n = v
			}
			list = append(list, entry{d.Source.ID, d.File, p, n})
			for _, c := range sources.ChangesOf(p) {
				list = append(list, entry{d.Source.ID, d.File, changed(c), 1})
			}
		}
	}
	for _, r := range s.staged.Remarks {
		d := &s.staged.Deliveries[r.Delivery]
		list = append(list, entry{d.Source.ID, d.File, model.Problem{Code: r.Code, Level: model.Warning}, int64(r.N)})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].source < list[j].source })
	return s.fill(ctx, "source_problem", "source varchar, file varchar, sheet varchar, column varchar, code varchar, level varchar, n bigint"+
		inLanguages(inst, "words")+", nature varchar", len(list), func(i int) []driver.Value {
		e := list[i]
		src, _ := inst.Source(e.source)
		said := make([]driver.Value, len(inst.Languages))
		for j, l := range inst.Languages {
			said[j] = problemWords(inst, l, e.p, e.n)
		}
		return row(e.source, e.file, e.p.Place.Sheet, e.p.Place.Column, e.p.Code, string(e.p.Level), e.n, said, string(src.Nature))
	})
}

// shapeChange is the code of one difference between the columns of a refused
// answer and those of the one in use.
const shapeChange = "shape_change"

// changed is a difference of shape as a problem of its own.
func changed(c shape.Change) model.Problem {
	args := map[string]string{"kind": string(c.Kind), "column": quotable(c.Column), "was": quotable(c.Was), "now": quotable(c.Now)}
	return model.Problem{Code: shapeChange, Level: model.Warning, Place: model.Place{Column: args["column"]}, Args: args}
}

// longestHead bounds a column's head in public words.
const longestHead = 80

// quotable is the head of a column as it may be shown. A file that lost its
// heads has values in their place, which are nobody's business.
func quotable(head string) string {
	letters := strings.ContainsFunc(head, unicode.IsLetter)
	if head != "" && !letters || utf8.RuneCountInString(head) > longestHead {
		return "…"
	}
	return head
}

// problemWords is a problem in a language: of an old copy in use since when
// and why, of a column what became of it, of anything else what its code
// means.
func problemWords(inst *config.Instance, lang string, p model.Problem, n int64) string {
	if inst.Words == nil || inst.Words.Lang(lang) == nil {
		return p.Code
	}
	l := inst.Words.Lang(lang)
	if p.Code == shapeChange {
		return shape.Change{Kind: shape.Kind(p.Args["kind"]), Column: p.Args["column"], Was: p.Args["was"], Now: p.Args["now"]}.Words(l)
	}
	if since, err := model.ParseDate(p.Args["since"]); err == nil && l.Has("stale.reason."+p.Code) {
		days, _ := strconv.Atoi(p.Args["days"])
		age := l.T("stale.today")
		if days > 0 {
			age = l.T("stale.days", "n", days)
		}
		return l.T("stale.since", "date", l.Date(since), "age", age, "reason", l.T("stale.reason."+p.Code))
	}
	for _, key := range []string{"problem." + p.Code, "refusal." + p.Code, "stale.reason." + p.Code} {
		if l.Has(key) {
			return l.T(key, "n", n)
		}
	}
	return l.T("problem.other", "code", p.Code)
}
