package transforms

import (
	"context"
	"database/sql/driver"
	"math"
	"slices"
	"strings"

	"tereze/config"
	"tereze/config/formula"
	"tereze/config/words"
	"tereze/model"
	"tereze/transforms/duckdb"
	"tereze/transforms/verdict"
)

// Statements are judged by what may be seen: the views behind the wall, not
// the private numbers. A verdict can therefore give nothing away.

const (
	then = "then" // with what was known on the day of the statement
	now  = "now"  // with what is known today
)

// judged is a statement with its two judgements.
type judged struct {
	config.Statement
	by map[string]verdict.Judgement // then, now
}

// judge evaluates every statement of the instance twice.
func (s *Store) judge(ctx context.Context, inst *config.Instance) ([]judged, error) {
	facts, err := s.facts(ctx, inst)
	if err != nil {
		return nil, err
	}
	out := make([]judged, len(inst.Statements))
	for i, x := range inst.Statements {
		out[i] = judged{x, map[string]verdict.Judgement{
			then: verdict.Judge(x, inst.Wordings, facts.of, x.Said.On),
			now:  verdict.Judge(x, inst.Wordings, facts.of, ""),
		}}
	}
	return out, nil
}

// facts are the numbers that the operands of all statements may stand for.
type facts map[string][]verdict.Fact

func factKey(id, area, period string) string { return id + "/" + area + "/" + period }

func (f facts) of(t config.Operand) []verdict.Fact {
	id := t.Indicator
	if id == "" {
		id = "measure:" + t.Measure
	}
	all := f[factKey(id, t.Area, t.Period.String())]
	if t.Source == "" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(x verdict.Fact) bool { return x.Source != t.Source })
}

// knownKey is measure, area, period, source; the area is empty for the whole source.
type knownKey [4]string

func (s *Store) facts(ctx context.Context, inst *config.Instance) (facts, error) {
	indicators, measures := map[string]bool{}, map[string]bool{}
	for _, x := range inst.Statements {
		for _, r := range x.Readings {
			for _, t := range r.Terms {
				if ind, ok := inst.Indicator(t.Indicator); ok {
					indicators[ind.ID] = true
					measures[ind.Numerator.Measure], measures[ind.Denominator.Measure] = true, true
				} else if t.Measure != "" {
					measures[t.Measure] = true
				}
			}
		}
	}
	out := facts{}
	if len(measures) == 0 {
		return out, nil
	}
	known := map[knownKey]model.Date{}
	err := s.each(ctx, `select measure, area, cast(area_valid_from as varchar), period, source, coalesce(value, 'NaN'::double), qualifier,
		conf_status, coalesce(cast(known_from as varchar), '') from shown_observation
		where measure in (`+quoted(measures)+`) and (value is not null or obs_status = 'Q')
		order by measure, area, area_valid_from, period, source`, func(scan func(...any) error) error {
		var measure, area, from, period, source, qualifier, conf, day string
		var value float64
		if err := scan(&measure, &area, &from, &period, &source, &value, &qualifier, &conf, &day); err != nil {
			return err
		}
		for _, k := range []knownKey{{measure, area, period, source}, {measure, "", period, source}} {
			switch old, seen := known[k]; {
			case !seen:
				known[k] = model.Date(day)
			case old == "" || day == "": // one part nobody knows the day of: so of the whole
				known[k] = ""
			default:
				known[k] = max(old, model.Date(day))
			}
		}
		key := factKey("measure:"+measure, area, period)
		out[key] = append(out[key], verdict.Fact{ID: strings.Join([]string{measure, area, from, period, "-", "-", source}, "/"), Source: source,
			Range: open(value, qualifier, inst.Wordings), KnownFrom: model.Date(day), Protected: math.IsNaN(value)})
		return nil
	})
	if err != nil || len(indicators) == 0 {
		return out, err
	}
	err = s.each(ctx, `select indicator, area, cast(area_valid_from as varchar), period, base_period, coalesce(value, 'NaN'::double),
		coalesce(lower, 'NaN'::double), coalesce(upper, 'NaN'::double), interval_kind, qualifier, source from shown_value
		where indicator in (`+quoted(indicators)+`) and territory = 'as_reported' and (value is not null or obs_status = 'Q')
		order by indicator, area, area_valid_from, period, base_period, source`, func(scan func(...any) error) error {
		var id, area, from, period, base, kind, qualifier, source string
		var value, lower, upper float64
		if err := scan(&id, &area, &from, &period, &base, &value, &lower, &upper, &kind, &qualifier, &source); err != nil {
			return err
		}
		f := verdict.Fact{ID: strings.Join([]string{id, area, from, period, dash(base), "as_reported", source}, "/"), Source: source,
			Range: open(value, qualifier, inst.Wordings), Protected: math.IsNaN(value), KnownFrom: knownFrom(inst, known, id, area, period, base, source)}
		if kind == string(model.RoundingRange) {
			f.Range = formula.Range{Low: lower, High: upper}
		}
		key := factKey(id, area, period)
		out[key] = append(out[key], f)
		return nil
	})
	return out, err
}

// knownFrom is the day the last input of a value became known. For a value
// computed from several reports it is that of the last report of the period,
// whichever area sent it: later than needed, never too early.
func knownFrom(inst *config.Instance, known map[knownKey]model.Date, id, area, period, base, source string) model.Date {
	ind, _ := inst.Indicator(id)
	sources := []string{source}
	if series, ok := strings.CutPrefix(source, "computed:"); ok {
		sources, area = nil, ""
		for _, src := range inst.Sources {
			if src.Series == series {
				sources = append(sources, src.ID)
			}
		}
	}
	last, found := model.Date(""), false
	for _, measure := range []string{ind.Numerator.Measure, ind.Denominator.Measure} {
		for _, p := range []string{period, base} {
			for _, src := range sources {
				day, ok := known[knownKey{measure, area, p, src}]
				if ok && day == "" {
					return ""
				}
				if ok {
					last, found = max(last, day), true
				}
			}
		}
	}
	if !found {
		return ""
	}
	return last
}

// open is the range that the owner's word leaves open, by the same rules as
// for a statement.
func open(v float64, qualifier string, wordings []config.Wording) formula.Range {
	if slices.ContainsFunc(wordings, func(w config.Wording) bool { return w.ID == qualifier }) {
		return verdict.Said(config.Says{Value: &v, Wording: qualifier}, wordings, false)
	}
	return formula.At(v)
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func quoted(set map[string]bool) string {
	var list []string
	for id := range set {
		if id != "" {
			list = append(list, duckdb.Text(id))
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// each runs a query and hands every row over.
func (s *Store) each(ctx context.Context, query string, row func(scan func(...any) error) error) error {
	rows, err := s.db.Query(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// fillStatements writes the tables of the statements and their verdicts.
func (s *Store) fillStatements(ctx context.Context, inst *config.Instance, list []judged) error {
	nature := natureOf(inst)
	err := s.fill(ctx, "said", "id varchar, subject varchar, area varchar, period varchar, said_on date"+inLanguages(inst, "speaker", "claim", "refutes")+
		", link varchar, archive_sha256 varchar, unit varchar, part double, part_lower double, part_upper double, part_unit varchar, verdict_then varchar, verdict_now varchar, requests varchar, nature varchar", len(list), func(i int) []driver.Value {
		x := list[i]
		return row(x.ID, x.Subject, x.Area, x.Period.String(), string(x.Said.On), texts(inst, x.Said.Speaker), texts(inst, x.Claim), texts(inst, x.Refutes),
			x.Said.Link, x.Said.ArchiveHash, x.Unit, part(x.Says), string(x.by[then].Verdict), string(x.by[now].Verdict), strings.Join(x.Requests, " "), nature)
	})
	if err != nil {
		return err
	}
	type line struct {
		id, asOf string
		verdict.Outcome
	}
	var lines []line
	for _, x := range list {
		for _, asOf := range []string{then, now} {
			for _, o := range x.by[asOf].Outcomes {
				lines = append(lines, line{x.ID, asOf, o})
			}
		}
	}
	return s.fill(ctx, "said_verdict", "statement varchar, as_of varchar, reading varchar, verdict varchar, reason varchar, said_lower double, said_upper double, "+
		"data_lower double, data_upper double, lacks varchar, inputs varchar, nature varchar", len(lines), func(i int) []driver.Value {
		l := lines[i]
		low, high := driver.Value(nil), driver.Value(nil)
		if l.Has {
			low, high = finite(l.Data.Low), finite(l.Data.High)
		}
		return row(l.id, l.asOf, l.Reading, string(l.Verdict), string(l.Reason), finite(l.Said.Low), finite(l.Said.High), low, high,
			strings.Join(l.Lacks, " "), strings.Join(inputsOf(l.Inputs), " "), nature)
	})
}

// part is the part of a whole that was said, what its rounding leaves open,
// and its unit.
func part(s *config.Says) []driver.Value {
	if s == nil || s.Part == nil {
		return []driver.Value{nil, nil, nil, ""}
	}
	r := verdict.Said(config.Says{Value: s.Part, RoundedTo: s.RoundedTo}, nil, false)
	return []driver.Value{*s.Part, r.Low, r.High, s.PartUnit}
}

// finite is a number, or nothing for an open end.
func finite(v float64) driver.Value {
	if math.IsInf(v, 0) {
		return nil
	}
	return v
}

// inputsOf are the numbers that a verdict rests on, each with its value.
func inputsOf(list []verdict.Fact) []string {
	out := make([]string, 0, len(list))
	for _, f := range list {
		out = append(out, f.ID+"="+rangeText(f.Range))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func rangeText(r formula.Range) string {
	end := func(v float64) string {
		if math.IsInf(v, 0) {
			return ""
		}
		return words.FormatRaw(v)
	}
	if r.Low == r.High {
		return end(r.Low)
	}
	return end(r.Low) + ".." + end(r.High)
}

// natureOf is the nature of what an instance says itself.
func natureOf(inst *config.Instance) string {
	if inst.Example {
		return string(model.Example)
	}
	return string(model.Published)
}
