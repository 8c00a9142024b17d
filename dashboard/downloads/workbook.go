package downloads

import (
	"strings"

	"tereze/model"
)

// workbook is one indicator as XLSX: a sheet of notes in every language, and
// the rows of the CSV with numbers as numbers.
func (s *Set) workbook(ind model.Indicator) ([]File, error) {
	first := s.In.Words.Lang(s.In.DefaultLanguage)
	// Fixed dates, so that the same values give the same bytes.
	b := newBook(bookFacts{title: ind.Name.In(s.In.DefaultLanguage), description: s.exampleLine(), creator: s.In.ID,
		language: s.In.DefaultLanguage, day: string(s.In.Today) + "T00:00:00Z"}, first.T("workbook.notes"), first.T("workbook.data"))
	s.notesSheet(b, ind)
	s.dataSheet(b, ind)
	raw, err := b.close()
	return []File{{"data/" + ind.ID + ".xlsx", raw}}, err
}

func (s *Set) notesSheet(b *book, ind model.Indicator) {
	b.sheet(1, 28, 90)
	for _, code := range s.In.Languages {
		l := s.In.Words.Lang(code)
		rows := [][2]string{}
		if s.In.Example {
			rows = append(rows, [2]string{l.T("example.mark"), l.T("example.sentence")})
		}
		rows = append(rows, [2]string{l.T("table.indicator"), l.Name(ind.Name)}, [2]string{l.T("declared.definition"), l.Name(ind.Definition)},
			[2]string{l.T("declared.formula"), l.Name(ind.Formula)}, [2]string{l.T("declared.unit"), l.UnitHead(ind.Unit)},
			[2]string{l.T("indicator.does_not_say"), l.Name(ind.DoesNotSay)}, [2]string{l.T("workbook.signs"), s.signs(code)},
			[2]string{l.T("table.source"), s.sources(ind, code)}, [2]string{l.T("workbook.licence"), l.Name(s.In.Licence)},
			[2]string{l.T("workbook.release"), l.T("workbook.release_text", "release", s.Release, "site", l.Name(s.In.Name))})
		for _, r := range rows {
			if r[1] != "" {
				b.row([]field{text(r[0]), text(r[1])}, styleTerm, styleText)
			}
		}
		b.row(nil)
	}
	b.endSheet()
}

func (s *Set) signs(code string) string {
	l := s.In.Words.Lang(code)
	var out []string
	for _, o := range []model.ObsStatus{model.Suppressed, model.CannotExist, model.Missing, model.Break, model.Estimated, model.Normal} {
		out = append(out, string(o)+" – "+l.T("obs_status."+string(o)))
	}
	return strings.Join(out, "; ")
}

func (s *Set) sources(ind model.Indicator, code string) string {
	l := s.In.Words.Lang(code)
	seen := map[string]bool{}
	var out []string
	for _, v := range s.Data.Indicator(ind.ID).Values {
		for _, src := range s.In.Sources {
			if seen[src.ID] || v.Source != src.ID && (!v.Computed() || src.Series != v.Series()) {
				continue
			}
			seen[src.ID] = true
			line := src.ID + ": " + l.Name(src.Publisher)
			if src.Address != "" {
				line += ", " + src.Address
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func (s *Set) dataSheet(b *book, ind model.Indicator) {
	columns := s.columns()
	widths := make([]int, len(columns))
	head := make([]field, len(columns))
	for i, c := range columns {
		widths[i], head[i] = 16, text(c)
	}
	b.sheet(2, widths...)
	if line := s.exampleLine(); line != "" {
		b.row([]field{text(line)}, styleHead)
	}
	b.row(head, styleHead)
	names, since := s.names(), s.since(ind)
	var row []field
	for _, v := range s.Data.Indicator(ind.ID).All() {
		row = s.record(row[:0], v, since, names)
		b.row(row)
	}
	b.endSheet()
}
