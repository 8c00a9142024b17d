package period

import (
	"slices"
	"strings"

	"tereze/model"
)

// interpret gives the tokens their meaning together. Each pattern is one
// way to name a period; a text that fits none is refused.
func interpret(tokens []token) (model.Period, string) {
	var form, dashed strings.Builder
	var n, m, y []int // numbers, months and years in their order
	var d []model.Date
	named := slices.ContainsFunc(tokens, func(t token) bool { return t.kind == monthName })
	for _, t := range tokens {
		switch t.kind {
		case dash:
			dashed.WriteByte('-')
			continue
		case yearWord:
			continue // the year's number says it
		case monthWord:
			if named {
				continue // "the months January to June"
			}
		case number:
			n = append(n, t.value)
		case monthName:
			m = append(m, t.value)
		case year:
			y = append(y, t.value)
		case date:
			d = append(d, t.day)
		}
		form.WriteByte(byte(t.kind))
		dashed.WriteByte(byte(t.kind))
	}
	ranged := func(patterns ...string) bool {
		for _, p := range patterns {
			if strings.Contains(dashed.String(), p) {
				return true
			}
		}
		return false
	}
	switch form.String() {
	case "Y":
		return model.YearOf(y[0]), ""
	case "YY":
		return model.Period{}, Ambiguous // a school year, or two years
	case "hNY", "NhY", "YNh", "YhN":
		return check(n[0] <= 2, func() model.Period { return model.HalfOf(y[0], n[0]) })
	case "qNY", "NqY", "YNq", "YqN":
		return check(n[0] <= 4, func() model.Period { return model.QuarterOf(y[0], n[0]) })
	case "NNqY", "YNNq":
		return check(ranged("N-N") && n[0] < n[1] && n[1] <= 4, func() model.Period {
			return span(model.QuarterOf(y[0], n[0]).Start, model.QuarterOf(y[0], n[1]).End)
		})
	case "mY", "Ym":
		return model.MonthOf(y[0], m[0]), ""
	case "NnY", "YNn":
		// "6 months of 2021" are counted from January.
		return check(n[0] <= 12, func() model.Period {
			return span(model.MakeDate(y[0], 1, 1), model.MonthOf(y[0], n[0]).End)
		})
	case "mmY", "Ymm":
		return check(ranged("m-m", "mm-") && m[0] < m[1], func() model.Period {
			return span(model.MonthOf(y[0], m[0]).Start, model.MonthOf(y[0], m[1]).End)
		})
	case "mYmY":
		return ends(ranged("Y-m"), model.MonthOf(y[0], m[0]).Start, model.MonthOf(y[1], m[1]).End)
	case "YmYm":
		return ends(ranged("m-Y"), model.MonthOf(y[0], m[0]).Start, model.MonthOf(y[1], m[1]).End)
	case "NmY", "YNm", "mNY":
		return day(civil(y[0], m[0], n[0]))
	case "NmNmY", "YNmNm":
		return ends(ranged("m-N", "m-"), civil(y[0], m[0], n[0]), civil(y[0], m[1], n[1]))
	case "NNmY", "YNNm":
		return ends(ranged("N-N"), civil(y[0], m[0], n[0]), civil(y[0], m[0], n[1]))
	case "NmYNmY":
		return ends(ranged("Y-N"), civil(y[0], m[0], n[0]), civil(y[1], m[1], n[1]))
	case "YNmYNm":
		return ends(ranged("m-Y"), civil(y[0], m[0], n[0]), civil(y[1], m[1], n[1]))
	case "D":
		return day(d[0])
	case "DD":
		return ends(ranged("D-D"), d[0], d[1])
	}
	return model.Period{}, Unknown
}

func check(ok bool, make func() model.Period) (model.Period, string) {
	if !ok {
		return model.Period{}, Unknown
	}
	return make(), ""
}

func day(d model.Date) (model.Period, string) {
	return check(d != "", func() model.Period { return model.DayOf(d) })
}

func ends(ok bool, start, end model.Date) (model.Period, string) {
	return check(ok && start != "" && end >= start, func() model.Period { return span(start, end) })
}

// span is the period from start to end by its shortest name: January to
// June is the first half of the year, whoever names it how.
func span(start, end model.Date) model.Period {
	y, m := start.Year(), int(start.Time().Month())
	for _, p := range [...]model.Period{
		model.YearOf(y), model.HalfOf(y, (m-1)/6+1), model.QuarterOf(y, (m-1)/3+1), model.MonthOf(y, m), model.DayOf(start),
	} {
		if p.Start == start && p.End == end {
			return p
		}
	}
	return model.Period{Kind: model.Range, Start: start, End: end}
}
