package figure

// tableOfGrid says in words what became of each report.
func (f *Figure) tableOfGrid(p *pen) {
	heads := f.Columns
	cols := 0
	for i := range f.Series {
		cols = max(cols, len(f.Series[i].Marks))
	}
	first := f.Words.Area
	if len(heads) == cols+1 {
		first, heads = heads[0], heads[1:]
	}
	p.s("<thead><tr>")
	head(p, "", first)
	for _, h := range heads {
		head(p, "", h)
	}
	p.s("</tr></thead><tbody>")
	for i := range f.Series {
		s := &f.Series[i]
		p.s("<tr>")
		label(p, s.Name, s.Href)
		for j := range s.Marks {
			m := &s.Marks[j]
			p.s(`<td class="`, safeClass(m.Class), `">`)
			link(p, f.fate(m), m.Href)
			p.s("</td>")
		}
		for j := len(s.Marks); j < cols; j++ {
			p.s("<td></td>")
		}
		p.s("</tr>")
	}
	p.s("</tbody>")
}

// fate is the words of a square: its own, or those of the legend.
func (f *Figure) fate(m *Mark) string {
	if m.Note != "" {
		return m.Note
	}
	for _, l := range f.Legend {
		if l.Class == m.Class {
			return l.Label
		}
	}
	return m.Label
}

// tableOfParts has a row a source and a column a part. Parts are matched by
// class, since a source may lack one.
func (f *Figure) tableOfParts(p *pen) {
	var parts []LegendItem
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			m := &f.Series[i].Marks[j]
			known := false
			for _, q := range parts {
				known = known || q.Class == m.Class
			}
			if !known {
				parts = append(parts, LegendItem{m.Class, m.Label})
			}
		}
	}
	p.s("<thead><tr>")
	head(p, "", f.column(0, ""))
	for i, q := range parts {
		head(p, "fg-num", f.column(i+1, q.Label))
	}
	p.s("</tr></thead><tbody>")
	for i := range f.Series {
		s := &f.Series[i]
		p.s("<tr>")
		label(p, s.Name, s.Href)
		for _, q := range parts {
			var n *Number
			for j := range s.Marks {
				if s.Marks[j].Class == q.Class {
					n = &s.Marks[j].N
				}
			}
			cell(p, n)
		}
		p.s("</tr>")
	}
	p.s("</tbody>")
}

// tableOfSpine has a row an indicator: the area's value, the region's and
// the unit.
func (f *Figure) tableOfSpine(p *pen) {
	units, region := false, false
	when := f.commonPeriod() != ""
	for i := range f.Series {
		units = units || f.Series[i].Unit != ""
		region = region || f.Series[i].Rule != nil
	}
	p.s("<thead><tr>")
	head(p, "", f.column(0, ""))
	head(p, "fg-num", f.column(1, f.Words.Value))
	if region {
		head(p, "fg-num", f.column(2, f.Words.Region))
	}
	if units {
		head(p, "", f.column(3, f.Unit))
	}
	if when {
		head(p, "", f.Words.Period)
	}
	p.s("</tr></thead><tbody>")
	for i := range f.Series {
		s := &f.Series[i]
		p.s("<tr>")
		label(p, s.Name, s.Href)
		if m := s.own(); m != nil {
			f.withRange(p, m)
		} else {
			p.s("<td></td>")
		}
		if region {
			if s.Rule != nil {
				cell(p, &s.Rule.N)
			} else {
				p.s("<td></td>")
			}
		}
		if units {
			p.s("<td>").esc(s.Unit).s("</td>")
		}
		if when {
			p.s("<td>")
			if m := s.own(); m != nil {
				p.esc(m.XLabel)
			}
			p.s("</td>")
		}
		p.s("</tr>")
	}
	p.s("</tbody>")
}
