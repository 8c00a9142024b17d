package figure

// AppendTable appends the table inside a scroll region that can be reached
// with the keyboard, and under it the signs that it uses.
func (f *Figure) AppendTable(b []byte) []byte {
	p := &pen{b: b}
	label := f.Finding
	if label == "" {
		label = f.Subtitle
	}
	if f.Words.AsTable != "" {
		label += ", " + f.Words.AsTable
	}
	p.s(`<div class="fg-scroll" tabindex="0" role="region" aria-label="`).esc(label).s(`"><table class="fg-tab"><caption>`)
	p.esc(f.Finding)
	if f.Example != "" {
		p.s(` <span class="fg-exc">`).esc(f.Example).s("</span>")
	}
	p.s("</caption>")
	switch f.Kind {
	case Line, Spark:
		f.tableOverTime(p)
	case Multiples:
		f.tableOfRuns(p)
	case Grid:
		f.tableOfGrid(p)
	case Lanes:
		f.tableOfLanes(p)
	case RowBars:
		f.tableOfParts(p)
	case Spine:
		f.tableOfSpine(p)
	default:
		f.tableOfMarks(p)
	}
	p.s("</table></div>")
	f.signs(p)
	return p.b
}

func (f *Figure) column(i int, fallback string) string {
	if i < len(f.Columns) && f.Columns[i] != "" {
		return f.Columns[i]
	}
	return fallback
}

// valueHead is the head of the column of values, unit included.
func (f *Figure) valueHead() string {
	h := f.column(1, f.Words.Value)
	if len(f.Columns) < 2 && f.Unit != "" {
		if h == "" {
			return f.Unit
		}
		h += ", " + f.Unit
	}
	return h
}

// head writes the head of a column; one without words is an empty cell.
func head(p *pen, class, t string) {
	if t == "" {
		p.s("<td></td>")
		return
	}
	p.s(`<th scope="col"`)
	if class != "" {
		p.s(` class="`, class, `"`)
	}
	p.s(">").esc(t).s("</th>")
}

// label writes the head of a row, a link where it has a page.
func label(p *pen, t, href string) {
	p.s(`<th scope="row">`)
	link(p, t, href)
	p.s("</th>")
}

func link(p *pen, t, href string) {
	if !safeHref(href) {
		p.esc(t)
		return
	}
	p.s(`<a`).href("href", href).s(">").esc(t).s("</a>")
}

// cell writes a number or its sign.
func cell(p *pen, n *Number) {
	p.s(`<td class="fg-num">`)
	datum(p, n)
	p.s("</td>")
}

func datum(p *pen, n *Number) {
	if n == nil {
		return
	}
	if !n.Has {
		if n.Sign != "" {
			p.s(`<span class="fg-sign"`)
			if n.Why != "" {
				p.s(` title="`).esc(n.Why).s(`"`)
			}
			p.s(">").esc(n.Sign).s("</span>")
		}
		return
	}
	if n.ID == "" {
		p.esc(n.Shown)
	} else {
		p.s(`<data class="v" data-n="`).esc(n.ID).s(`" value="`).esc(n.Raw).s(`">`).esc(n.Shown).s("</data>")
	}
	if n.Flag != "" {
		p.s(`<sup class="fg-flag">`).esc(n.Flag).s("</sup>")
	}
}

// uses says which of the optional columns a run of marks has.
type uses struct{ interval, of, share bool }

func usesOf(marks []Mark) uses {
	var u uses
	for i := range marks {
		m := &marks[i]
		u.interval = u.interval || m.Lower != nil || m.Upper != nil
		u.of = u.of || m.Of != nil
		u.share = u.share || m.Share != nil
	}
	return u
}

func (f *Figure) heads(p *pen, first string, u uses) {
	p.s("<thead><tr>")
	head(p, "", first)
	head(p, "fg-num", f.valueHead())
	if u.share {
		head(p, "fg-num", f.Words.ShareOf)
	}
	if u.of {
		head(p, "fg-num", f.Words.OutOf)
	}
	if u.interval {
		head(p, "fg-num", f.Words.Lower)
		head(p, "fg-num", f.Words.Upper)
	}
	p.s("</tr></thead>")
}

func (f *Figure) row(p *pen, name, href string, m *Mark, u uses, class string) {
	if class != "" {
		p.s(`<tr class="`, class, `">`)
	} else if m.Highlight {
		p.s(`<tr class="fg-hi">`)
	} else {
		p.s("<tr>")
	}
	label(p, name, href)
	cell(p, &m.N)
	if u.share {
		cell(p, m.Share)
	}
	if u.of {
		cell(p, m.Of)
	}
	if u.interval {
		cell(p, m.Lower)
		cell(p, m.Upper)
	}
	p.s("</tr>")
}

// tableOfMarks is for one value a row: dots, map, stages, ruler.
func (f *Figure) tableOfMarks(p *pen) {
	var all []Mark
	for i := range f.Series {
		all = append(all, f.Series[i].Marks...)
	}
	u := usesOf(all)
	if f.Rule != nil {
		u.interval = u.interval || f.Rule.Lower != nil
	}
	f.heads(p, f.column(0, f.Words.Area), u)
	p.s("<tbody>")
	for i := range f.Series {
		s := &f.Series[i]
		for j := range s.Marks {
			m := &s.Marks[j]
			name := m.Label
			if name == "" {
				name = s.Name
			}
			f.row(p, name, m.Href, m, u, "")
		}
	}
	if f.Rule != nil {
		r := Mark{N: f.Rule.N, Lower: f.Rule.Lower, Upper: f.Rule.Upper}
		f.row(p, f.Rule.Label, "", &r, u, "fg-total")
	}
	p.s("</tbody>")
}

// tableOverTime has a row a period; several runs are columns beside each
// other, a single one may have further columns.
func (f *Figure) tableOverTime(p *pen) {
	if len(f.Series) == 1 {
		u := usesOf(f.Series[0].Marks)
		f.heads(p, f.column(0, f.Words.Period), u)
		p.s("<tbody>")
		for i := range f.Series[0].Marks {
			m := &f.Series[0].Marks[i]
			name := m.XLabel
			if name == "" {
				name = m.Label
			}
			f.row(p, name, m.Href, m, u, "")
		}
		p.s("</tbody>")
		return
	}
	p.s("<thead><tr>")
	head(p, "", f.column(0, f.Words.Period))
	for i := range f.Series {
		head(p, "fg-num", f.Series[i].Name)
	}
	p.s("</tr></thead><tbody>")
	for _, x := range f.periods() {
		p.s("<tr>")
		label(p, x.label, "")
		for i := range f.Series {
			if m := f.Series[i].at(x.x); m != nil {
				f.withRange(p, m)
			} else {
				p.s("<td></td>")
			}
		}
		p.s("</tr>")
	}
	p.s("</tbody>")
}

// withRange is a cell that holds a number and, in brackets, its interval.
func (f *Figure) withRange(p *pen, m *Mark) {
	p.s(`<td class="fg-num">`)
	datum(p, &m.N)
	if present(m.Lower) && present(m.Upper) {
		p.s(` <span class="fg-range-text">(`)
		datum(p, m.Lower)
		p.s("–")
		datum(p, m.Upper)
		p.s(")</span>")
	}
	p.s("</td>")
}

// periods are the points in time of all runs, in order.
func (f *Figure) periods() []timeTick {
	var out []timeTick
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			m := &f.Series[i].Marks[j]
			k := len(out)
			for k > 0 && out[k-1].x > m.X {
				k--
			}
			if k > 0 && out[k-1].x == m.X {
				continue
			}
			out = append(out, timeTick{})
			copy(out[k+1:], out[k:])
			out[k] = timeTick{m.X, m.XLabel}
		}
	}
	return out
}

func (s *Series) at(x float64) *Mark {
	for i := range s.Marks {
		if s.Marks[i].X == x {
			return &s.Marks[i]
		}
	}
	return nil
}

// tableOfRuns has a row a run and a column a period.
func (f *Figure) tableOfRuns(p *pen) {
	xs := f.periods()
	p.s("<thead><tr>")
	head(p, "", f.column(0, f.Words.Area))
	for _, x := range xs {
		head(p, "fg-num", x.label)
	}
	p.s("</tr></thead><tbody>")
	for i := range f.Series {
		s := &f.Series[i]
		switch {
		case s.Highlight:
			p.s(`<tr class="fg-hi">`)
		case s.Faint:
			p.s(`<tr class="fg-total">`)
		default:
			p.s("<tr>")
		}
		label(p, s.Name, s.Href)
		k := 0
		for _, x := range xs {
			for k < len(s.Marks) && s.Marks[k].X < x.x {
				k++
			}
			if k < len(s.Marks) && s.Marks[k].X == x.x {
				cell(p, &s.Marks[k].N)
			} else if m := s.at(x.x); m != nil {
				cell(p, &m.N)
			} else {
				p.s("<td></td>")
			}
		}
		p.s("</tr>")
	}
	p.s("</tbody>")
}
