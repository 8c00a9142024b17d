package pages

import (
	"math"
	"strings"

	"tereze/config"
	"tereze/config/words"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// saidRuler draws what was said above what the data give, on one axis.
type saidRuler struct {
	*view
	s    config.Statement
	unit string
	said figure.Series
	data figure.Series
	from []*public.Value // the published numbers that are drawn
}

// statementRuler sets what was said above what the data give. Where no
// reading has data, published neighbours of the same unit stand beside the
// empty place; of a part said to be of a whole, then the part is drawn.
func (v *view) statementRuler(s config.Statement) *figure.Figure {
	if len(s.Readings) == 0 {
		return nil
	}
	r := &saidRuler{view: v, s: s, unit: s.Unit}
	said, given := r.readings()
	finding := v.T("statements.ruler_data", "said", said, "list", given)
	if !r.anyData() {
		finding = v.T("statements.ruler_nearby")
		if s.Says != nil && s.Says.Part != nil {
			r.part()
		}
		r.neighbours()
	}
	f := v.figure("ruler", figure.Ruler, model.Indicator{Unit: r.unit, Decimals: tern(r.unit == "percent", 1, 0)}, finding,
		v.T("statements.ruler_subtitle", "claim", v.name(s.Claim), "unit", v.l.UnitHead(r.unit)))
	r.said.Key, r.said.Name, r.said.Highlight = "said", v.T("ruler.claim_head"), true
	r.data.Key, r.data.Name = "data", v.T("ruler.data_head")
	f.Series = []figure.Series{r.said, r.data}
	f.Columns = []string{v.T("table.what"), f.Unit}
	rest := v.sourceLine(r.from...)
	if rest == "" {
		rest = v.T("source.release", "release", v.s.Release)
	}
	f.Source = v.T("source.said", "speaker", v.name(s.Said.Speaker), "date", v.l.Date(s.Said.On), "rest", rest)
	f.Download = "ruler.svg"
	return f
}

// readings adds what was said, each range once, and what the data give; it
// returns both in words.
func (r *saidRuler) readings() (said, given string) {
	seen := map[string]bool{}
	var ranges, data []string
	for _, x := range r.s.Readings {
		j, ok := r.view.s.Data.Register.Verdict(r.s.ID, "now", x.ID)
		if !ok {
			continue
		}
		label := r.T("statements.said_mark", "range", r.ends(r.s, j.SaidLower, j.SaidUpper))
		if !seen[label] {
			seen[label] = true
			ranges = append(ranges, r.ends(r.s, j.SaidLower, j.SaidUpper))
			r.said.Marks = append(r.said.Marks, r.mark(x.ID, "said", j.SaidLower, j.SaidUpper, label))
		}
		if j.HasData {
			item := r.ends(r.s, j.DataLower, j.DataUpper)
			if len(r.s.Readings) > 1 {
				item = r.T("statements.ruler_item", "range", item, "reading", r.T("statements.quoted", "text", r.name(x.Text)))
			}
			data = append(data, item)
			r.data.Marks = append(r.data.Marks, r.mark(x.ID, "data", j.DataLower, j.DataUpper, r.name(x.Text)))
			continue
		}
		r.data.Marks = append(r.data.Marks, figure.Mark{Key: "data/" + x.ID, Label: r.name(x.Text), Class: "data",
			N: figure.Number{Sign: r.T("sign.missing"), Why: r.T("verdict_reason." + j.Reason)}})
	}
	return strings.Join(ranges, "; "), strings.Join(data, "; ")
}

func (r *saidRuler) anyData() bool {
	for _, m := range r.data.Marks {
		if m.N.Has || m.Lower != nil {
			return true
		}
	}
	return false
}

// mark is a range, or where one end is open the end that is known.
func (r *saidRuler) mark(id, kind string, lower, upper float64, label string) figure.Mark {
	m := figure.Mark{Key: kind + "/" + id, Label: label, Class: kind, Highlight: kind == "said"}
	switch {
	case math.IsNaN(lower):
		m.N = r.number(id, kind+"_upper", upper, words.Up(upper, 1))
	case lower == upper:
		m.N = r.number(id, kind+"_lower", lower, lower)
	case math.IsNaN(upper):
		m.N = r.number(id, kind+"_lower", lower, words.Down(lower, 1))
	default:
		lo, hi := r.number(id, kind+"_lower", lower, words.Down(lower, 1)), r.number(id, kind+"_upper", upper, words.Up(upper, 1))
		m.Lower, m.Upper = &lo, &hi
		m.N = figure.Number{Sign: r.T("statements.range_sign"), Why: r.T("statements.range_why")}
	}
	return m
}

// number identifies one end of a range: a row of the table statement_verdict.
// It is shown as the sentence says it.
func (r *saidRuler) number(reading, field string, x, shown float64) figure.Number {
	area, _ := r.view.s.In.Area(r.s.Area, r.s.Period.End)
	id := strings.Join([]string{"statement", area.Code, string(area.ValidFrom), r.s.Period.String(), "-", "-", r.s.ID + "." + reading, field}, "/")
	return figure.Number{ID: id, Raw: words.FormatRaw(x), Value: x, Has: true, Shown: r.l.Trim(shown, 1)}
}

// part draws the part that was said instead of the share: its neighbours are
// counts.
func (r *saidRuler) part() {
	j := r.view.s.Data.Register.Statements[r.s.ID]
	r.unit = r.s.Says.PartUnit
	m := r.mark("part", "said", j.PartLower, j.PartUpper, r.T("statements.said_mark", "range", r.ends(config.Statement{Unit: r.unit}, j.PartLower, j.PartUpper)))
	m.N = r.number("part", "said_value", j.Part, j.Part)
	r.said.Marks = []figure.Mark{m}
}

// neighbours adds published numbers of the same area and unit.
func (r *saidRuler) neighbours() {
	for _, n := range r.s.Neighbours {
		ind, _ := r.view.s.In.Indicator(n.Indicator)
		if ind.Unit != r.unit {
			continue
		}
		for _, val := range r.neighbourValues(r.s, n) {
			if val.Area.Code != r.s.Area {
				continue // a whole country on the axis would make everything else a point
			}
			m := figure.Mark{Key: "near/" + ind.ID + "/" + val.Period.ID + "/" + val.Source, Href: r.indicatorHref(ind.ID), Class: "data",
				Label: r.T("ruler.flow", "period", r.shortOf(val), "name", r.view.name(ind.Name)),
				N:     r.view.number(ind, val, "value"), Note: r.sourceName(val)}
			r.bounds(ind, val, &m)
			r.data.Marks = append(r.data.Marks, m)
			r.from = append(r.from, val)
		}
	}
}
