package pages

import (
	"bytes"
	"html/template"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tereze/config"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// figure starts the description of a figure with what all have in common.
func (v *view) figure(id string, kind figure.Kind, ind model.Indicator, finding, subtitle string) *figure.Figure {
	f := &figure.Figure{ID: id, Kind: kind, Lang: v.code, Finding: plain(finding), Subtitle: subtitle,
		Unit: v.l.UnitHead(ind.Unit), Decimals: ind.Decimals,
		Words: v.s.figureWords.of(v.code, func() figure.Words { return figure.WordsOf(v.l.T) })}
	v.findings[f] = finding
	f.Format = func(x float64) string { return v.l.Trim(x, 2) }
	if v.s.In.Example {
		f.Example = v.T("example.mark")
	}
	return f
}

// place writes a figure into the page.
func (v *view) place(f *figure.Figure) (template.HTML, error) { return v.framed(f, "", "") }

// section writes a figure as a part of the page with a heading.
func (v *view) section(id, head string, f *figure.Figure) (template.HTML, error) {
	var b markup
	b.raw("\n<section").attribute("id", id).attribute("aria-labelledby", id+"-head").raw(">\n<h2").attribute("id", id+"-head").raw(">").text(head).raw("</h2>\n")
	return v.framed(f, string(b), "\n</section>\n")
}

// framed writes a figure with the markup around it.
func (v *view) framed(f *figure.Figure, before, after string) (template.HTML, error) {
	if f == nil {
		return "", nil
	}
	v.charts = true
	v.explainNil(f)
	ink, b := scratch.Get().(*[]byte), scratch.Get().(*[]byte)
	defer scratch.Put(ink)
	defer scratch.Put(b)
	drawing := f.Draw(*ink)
	*ink = drawing.Bytes()
	if f.Download != "" {
		f.SaveAs = v.saveAs(f.Download)
		*b = drawing.AppendFile((*b)[:0])
		if err := v.write(File{v.path + f.Download, *b}); err != nil {
			return "", err
		}
	}
	html, err := drawing.AppendHTML(append((*b)[:0], before...))
	if err != nil {
		return "", err
	}
	html = append(html, after...)
	*b = html
	return v.withNumbers(f, html), nil
}

// saveAs is the name of a file of this page in somebody's folder of downloads,
// where "time.svg" alone would say nothing.
func (v *view) saveAs(file string) string {
	return tern(v.s.In.Example, "example-", "") + path.Base(v.path) + "-" + v.code + "-" + file
}

// scratch holds buffers for what is copied as soon as its length is known, and
// sheets those of whole pages: growing a new one for each figure and page takes
// three times the memory.
var (
	scratch = sync.Pool{New: func() any { return new([]byte) }}
	sheets  = sync.Pool{New: func() any { return new([]byte) }}
)

// explainNil adds what the sign of a reported nil means to a figure that shows
// one: it stands for a number, so the figure does not take it for a sign.
func (v *view) explainNil(f *figure.Figure) {
	note := v.T("page.sign", "sign", v.T("sign.nil"), "means", v.T("sign_means.nil"))
	for _, s := range f.Series {
		for _, m := range s.Marks {
			if m.N.Has && m.N.Shown == v.T("sign.nil") && !slices.Contains(f.Notes, note) {
				f.Notes = append(f.Notes, note)
				return
			}
		}
	}
}

// withNumbers makes data elements of the numbers in the title of a figure:
// the figure itself was given the sentence as plain text.
func (v *view) withNumbers(f *figure.Figure, html []byte) template.HTML {
	marked := v.findings[f]
	if marked == "" || plain(marked) != f.Finding || plain(marked) == marked {
		return template.HTML(html)
	}
	const open, end = `<p class="fg-finding">`, `</p>`
	from := bytes.Index(html, []byte(open))
	if from < 0 {
		return template.HTML(html)
	}
	from += len(open)
	to := bytes.Index(html[from:], []byte(end))
	if to < 0 {
		return template.HTML(html)
	}
	title := v.html(marked)
	var b strings.Builder
	b.Grow(len(html) - to + len(title))
	b.Write(html[:from])
	b.WriteString(string(title))
	b.Write(html[from+to:])
	return template.HTML(b.String())
}

// spark writes a line of a word's size, only from three comparable points.
func (v *view) spark(id string, ind model.Indicator, area public.Key) (template.HTML, error) {
	vals := tail(longest(v.runs(ind, area)).Values)
	if numbers(vals) < 3 {
		return "", nil
	}
	first, last := vals[0], vals[len(vals)-1]
	f := v.figure(id, figure.Spark, ind, v.T("spark.title", "from", v.quantity(ind, first), "to", v.quantity(ind, last),
		"when_from", v.periodOf(first), "when_to", v.periodOf(last)), v.name(ind.Name))
	f.Series = []figure.Series{{Key: ind.ID, Name: v.name(ind.Name), Marks: v.marks(ind, vals)}}
	var b bytes.Buffer
	err := f.WriteSVG(&b)
	return template.HTML(b.String()), err
}

// sourceLine names who published the values of a figure, when, and which
// release of this site shows them.
func (v *view) sourceLine(vals ...*public.Value) string {
	newest := map[string]config.PublicSource{} // by publisher
	var names []string
	var last config.PublicSource
	add := func(src config.PublicSource) {
		name := v.name(src.Publisher)
		old, seen := newest[name]
		if !seen {
			names = append(names, name)
		}
		if !seen || onDayOf(src) > onDayOf(old) {
			newest[name] = src
		}
		if onDayOf(src) > onDayOf(last) {
			last = src
		}
	}
	for _, val := range vals {
		if val == nil {
			continue
		}
		for _, src := range v.s.sourcesOf(val) {
			add(src)
		}
	}
	if len(names) == 0 {
		return ""
	}
	many := len(names) > 3
	for i, name := range names {
		if day := v.dayOf(newest[name], ""); day != "" {
			names[i] = v.T("source.dated", "name", name, "date", day)
		}
	}
	line := v.T("source.line", "list", unstopped(strings.Join(names, "; ")), "release", v.s.Release)
	if many {
		line = v.T("source.line_many", "n", len(names), "date", unstopped(v.dayOf(last, "")), "release", v.s.Release)
	}
	return sentences(line, v.oldCopy(vals...))
}

// onDayOf is the day that stands for a source: of its publication, or else the
// one it was taken on.
func onDayOf(src config.PublicSource) model.Date {
	return tern(src.PublishedOn != "", src.PublishedOn, src.RetrievedOn)
}

// dayOf says when a source published what it did, known for one of its figures
// where that has a day of its own. Where nobody knows the day of publication it
// is worded as what it is: the day it was taken, or one it cannot be before.
func (v *view) dayOf(src config.PublicSource, known model.Date) string {
	day, kind := tern(known != "", known, src.PublishedOn), src.PublishedDay
	if day == "" {
		day, kind = src.RetrievedOn, "taken"
	}
	if day == "" || kind == "" {
		return v.date(day)
	}
	return v.T("source."+kind, "date", v.l.Date(day))
}

// unstopped is a text to which its sentence adds the full stop: Russian dates
// end in one already.
func unstopped(s string) string { return strings.TrimSuffix(s, ".") }

// valueNotes are the notes that values of an indicator need under a figure.
func (v *view) valueNotes(ind model.Indicator, vals []*public.Value) []string {
	var out []string
	kinds := map[model.IntervalKind]bool{}
	for _, val := range vals {
		if val.Has() {
			kinds[val.Interval] = true
		}
	}
	for _, k := range []model.IntervalKind{model.Model95, model.RoundingRange, model.Apportionment} {
		if kinds[k] {
			out = append(out, upperFirst(v.T("interval_kind."+string(k)))+". "+v.T("interval_means."+string(k)))
		}
	}
	if ind.Survey {
		out = append(out, v.T("interval.survey"))
	}
	return out
}

// dots compares the areas of a set in one period.
func (v *view) dots(ind model.Indicator, c *comparison) *figure.Figure {
	if len(c.with()) < 2 {
		return nil
	}
	upArea, up := v.s.upper(ind, c)
	f := v.figure("districts", figure.Dots, ind, v.districtsFinding(ind, c), v.subtitle(ind, c.Period))
	f.Period = v.l.Period(c.Period.Period)
	var vals []*public.Value
	var marks []figure.Mark
	intervals := false
	for _, a := range v.ranked(c) {
		val := c.of(a)
		m := figure.Mark{Key: a.Code, Label: v.name(a.Names), Href: v.areaHref(a), N: v.number(ind, val, "value"),
			Highlight: c.Peers && a.Code == v.s.Region.Code}
		v.bounds(ind, val, &m)
		intervals = intervals || m.Lower != nil
		if val.Has() && (ind.Kind == model.Share || ind.Kind == model.Rate) {
			if of := v.number(ind, val, "denominator"); of.Has {
				m.Of = &of
			}
		}
		marks = append(marks, m)
		vals = append(vals, val)
	}
	f.Series = []figure.Series{{Key: ind.ID, Name: v.name(ind.Name), Marks: marks}}
	if up.Has() && comparable(ind) {
		r := figure.Rule{Label: v.name(upArea.Names), N: v.number(ind, up, "value")}
		lo, hi := v.number(ind, up, "lower"), v.number(ind, up, "upper")
		if up.Interval != model.NoInterval && lo.Has && hi.Has {
			r.Lower, r.Upper = &lo, &hi
		}
		f.Rule = &r
	}
	if intervals && c.of(c.with()[0]).Interval == model.Model95 {
		f.Words.Bracket = v.T("compare.bracket")
	}
	f.Columns = []string{v.T(tern(c.Peers, "table.region", "table.area")), f.Unit}
	f.Source = v.sourceLine(append(vals, up)...)
	f.Notes = v.valueNotes(ind, vals)
	if ids := v.between(ind, c); len(ids) > 0 {
		f.Notes = append(f.Notes, v.T("compare.break_note", "events", v.eventNames(ids)))
	}
	if c.Later {
		f.Notes = append(f.Notes, v.laterBorders(c))
	}
	f.Download = "districts.svg"
	return f
}

// laterBorders says whose borders a comparison of a later time shows.
func (v *view) laterBorders(c *comparison) string {
	return v.T("compare.later_borders", "date", v.l.Date(c.Period.End), "reference", v.l.Date(v.s.In.ReferenceDate))
}

// subtitle says what, where, when, in which unit.
func (v *view) subtitle(ind model.Indicator, p *public.Period) string {
	if p == nil {
		return v.T("figure_head.what", "name", v.name(ind.Name), "unit", v.l.UnitHead(ind.Unit))
	}
	return v.T("figure_head.what_when", "name", v.name(ind.Name), "period", v.period(p.Period, v.s.basis(ind)), "unit", v.l.UnitHead(ind.Unit))
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func tern[T any](b bool, yes, no T) T {
	if b {
		return yes
	}
	return no
}

// line is the history of the region, with the country behind it where the
// two may stand on one axis; where only the country has one, it is that.
func (v *view) line(ind model.Indicator) *figure.Figure {
	if ind.Kind == model.Change {
		return nil // a line through changes is read as a line through levels
	}
	region, country := public.KeyOf(v.s.Region), public.KeyOf(v.s.Country)
	main, area := v.runs(ind, region), v.s.Region
	var behind []run
	if total(main) < 2 && v.s.Country.Code != "" && total(v.runs(ind, country)) > 1 {
		main, area = v.runs(ind, country), v.s.Country
	} else if comparable(ind) && v.s.Country.Code != "" {
		behind = v.runs(ind, country)
	}
	if total(main) < 2 || moments(main) < 2 {
		return nil
	}
	main, left := joinable(main)
	f := v.figure("time", figure.Line, ind, v.lineFinding(ind, area, main),
		v.T("figure_head.where", "name", v.name(ind.Name), "area", v.name(area.Names), "unit", v.l.UnitHead(ind.Unit)))
	var all []*public.Value
	var groups [][]*public.Value
	names := v.runNames(area, main)
	for i, r := range main {
		f.Series = append(f.Series, figure.Series{Key: r.Key, Name: names[i], Marks: v.marks(ind, r.Values)})
		all = append(all, r.Values...)
		groups = append(groups, r.Values)
	}
	f.Events = v.eventsOf(ind, groups...)
	behind, _ = joinable(behind)
	for _, r := range behind {
		f.Series = append(f.Series, figure.Series{Key: "country/" + r.Key, Name: v.name(v.s.Country.Names), Marks: v.marks(ind, r.Values), Faint: true})
		all = append(all, r.Values...)
	}
	f.Columns = []string{v.T("table.period"), f.Unit}
	f.Source = v.sourceLine(all...)
	f.Notes = v.valueNotes(ind, all)
	if left > 0 {
		f.Notes = append(f.Notes, v.T("line.left_out", "n", left))
	}
	f.Download = "time.svg"
	return f
}

func total(runs []run) int {
	n := 0
	for _, r := range runs {
		n += numbers(r.Values)
	}
	return n
}

// moments counts the different ends of periods: with one there is no time.
func moments(runs []run) int {
	seen := map[model.Date]bool{}
	for _, r := range runs {
		for _, val := range r.Values {
			if val.Has() {
				seen[val.Period.End] = true
			}
		}
	}
	return len(seen)
}

// runNames tells the runs of one area apart: by publisher, or by their last
// period where one publisher has several; a run alone needs only its area.
func (v *view) runNames(area model.Area, runs []run) []string {
	seen := map[string]int{}
	for _, r := range runs {
		seen[r.Name]++
	}
	names := make([]string, len(runs))
	for i, r := range runs {
		switch {
		case len(runs) == 1:
			names[i] = v.name(area.Names)
		case seen[r.Name] > 1:
			names[i] = v.shortOf(r.Values[len(r.Values)-1])
		default:
			names[i] = r.Name
		}
	}
	return names
}

// runsAtMost is how many runs one line figure can hold with their labels.
const runsAtMost = 4

// joinable keeps the runs that make lines: where one is long enough, single
// figures that no line may join stay in the table. left counts them.
func joinable(runs []run) (kept []run, left int) {
	long := numbers(longest(runs).Values) > 2
	for _, r := range runs {
		n := numbers(r.Values)
		if long && n < 2 || len(kept) == runsAtMost {
			left += n
			continue
		}
		kept = append(kept, r)
	}
	return kept, left
}

// lineFinding states both ends of the latest comparable part of the longest run; where no part
// has two numbers, it names what lies between instead of a change.
func (v *view) lineFinding(ind model.Indicator, area model.Area, runs []run) string {
	vals := longest(runs).Values
	part := comparablePart(vals)
	place := v.l.In(area)
	if numbers(part) < 2 {
		var events []string
		for _, val := range vals {
			events = append(events, val.Events...)
		}
		if numbers(vals) < 2 || len(events) == 0 {
			return v.T("line.single", "place", place, "n", total(runs))
		}
		return v.T("line.break", "place", place, "events", v.eventNames(unique(events)))
	}
	first, last := part[0], part[len(part)-1]
	key := "line.from_to"
	if first.Value == last.Value {
		key = "line.same"
	}
	return v.T(key, "place", place, "from", v.quantity(ind, first), "to", v.quantity(ind, last),
		"when_from", v.periodOf(first), "when_to", v.periodOf(last))
}

func unique(in []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range in {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
