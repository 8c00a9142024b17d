package figure

import (
	"slices"
	"strings"
)

// AppendHTML appends the whole figure element: titles, the SVG, the table,
// the chart option, the source line, the events and the notes in words.
func (f *Figure) AppendHTML(b []byte) ([]byte, error) { return f.Draw(nil).AppendHTML(b) }

// AppendHTML appends the element of a figure that has been drawn.
func (d *Drawing) AppendHTML(b []byte) ([]byte, error) {
	f, p := d.f, &pen{b: b}
	id := safeID(f.ID)
	p.s(`<figure class="fg-figure`)
	if f.Example != "" {
		p.s(" fg-is-example")
	}
	p.s(`" id="`, id, `" data-kind="`, safeID(string(f.Kind)), `"><figcaption>`)
	if f.Finding != "" {
		p.s(`<p class="fg-finding">`).esc(f.Finding).s("</p>")
	}
	if f.Subtitle != "" || f.Example != "" {
		p.s(`<p class="fg-sub">`).esc(f.Subtitle)
		if f.Example != "" && !strings.Contains(f.Subtitle, f.Example) {
			p.s(` <span class="fg-exc">`).esc(f.Example).s("</span>")
		}
		p.s("</p>")
	}
	p.s(`</figcaption><div class="fg-draw">`)
	d.page(p)
	p.s("</div>")
	f.legend(p)
	chart := f.charted()
	f.tools(p, chart)
	if !f.locator() {
		p.s(`<details class="fg-table"><summary>`).esc(f.Words.AsTable).s("</summary>")
		if f.faces != nil {
			p.b = append(p.b, f.faces.table...)
		} else {
			p.b = f.AppendTable(p.b)
		}
		p.s("</details>")
	}
	if chart {
		p.s(`<script type="application/json" class="chart-option">`)
		if err := d.option(p); err != nil {
			return nil, err
		}
		p.s("</script>")
	}
	f.small(p)
	p.s("</figure>")
	return p.b, nil
}

// faces are the two faces of a figure that hold nothing of its ID.
type faces struct {
	table, option []byte
	err           error // of the option
}

// Prepare writes the table and the chart option of a figure that stands on
// several pages under different IDs: its copies show what is written here.
func (f *Figure) Prepare() {
	option, err := f.Option()
	f.faces = &faces{f.AppendTable(nil), option, err}
}

// option appends the chart option, written now where it was not before.
func (d *Drawing) option(p *pen) (err error) {
	if d.f.faces != nil {
		p.b = append(p.b, d.f.faces.option...)
		return d.f.faces.err
	}
	p.b, err = d.f.appendOption(p.b, d.plan)
	return err
}

func (f *Figure) legend(p *pen) {
	bracket := f.Kind == Dots && len(f.brackets(f.marks())) > 0
	if len(f.Legend) == 0 && !bracket {
		return
	}
	p.s(`<ul class="fg-legend">`)
	for i, l := range f.Legend {
		p.s("<li>")
		f.legendKey(p, i, l.Class)
		p.s("<span>").esc(l.Label).s("</span></li>")
	}
	if bracket {
		p.s(`<li><svg class="fg fg-keybox" aria-hidden="true" viewBox="-9 -9 18 18" width="18" height="18"><path class="fg-bk" d="M-3 -7H2V7H-3"/></svg><span>`).esc(f.Words.Bracket).s("</span></li>")
	}
	p.s("</ul>")
}

// tools are the buttons that enlarge and that save the table as CSV (shown
// by the script that can do it) and the link to the picture.
func (f *Figure) tools(p *pen, chart bool) {
	save := f.Words.SaveCSV != "" && !f.locator() // a map without numbers has no table
	if !chart && !save && !safeHref(f.Download) {
		return
	}
	p.s(`<p class="fg-tools">`)
	if chart && f.Words.Enlarge != "" {
		p.s(`<button type="button" class="fg-enlarge" hidden data-close="`).esc(f.Words.Close).s(`">`).esc(f.Words.Enlarge).s("</button>")
	}
	if save {
		p.s(`<button type="button" class="fg-csv" hidden`)
		if f.Example != "" {
			p.s(` data-example="`).esc(f.Example).s(`"`)
		}
		p.s(">").esc(f.Words.SaveCSV).s("</button>")
	}
	if safeHref(f.Download) {
		t := f.Words.SaveSVG
		if t == "" {
			t = "SVG"
		}
		p.s(` <a download="`).esc(f.SaveAs).s(`"`).href("href", f.Download).s(">").esc(t).s("</a>")
	}
	p.s("</p>")
}

// small is what stands under the figure: source, events, notes.
func (f *Figure) small(p *pen) {
	if f.Source != "" {
		p.s(`<p class="fg-source">`).esc(f.Source).s("</p>")
	}
	notes := f.notes()
	if len(notes) == 0 {
		return
	}
	p.s(`<ul class="fg-notes">`)
	for _, n := range notes {
		p.s("<li>").esc(n).s("</li>")
	}
	p.s("</ul>")
}

// notes are one line for each event and the notes of the figure; a note that
// says the same as an event stands once.
func (f *Figure) notes() []string {
	var out []string
	add := func(t string) {
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	events := f.Events
	for i := range f.Series {
		events = append(events[:len(events):len(events)], f.Series[i].Events...)
	}
	for _, e := range events {
		switch {
		case e.Label == "":
		case e.Date == "":
			add(e.Label)
		default:
			add(e.Date + ": " + e.Label)
		}
	}
	for _, n := range f.Notes {
		add(n)
	}
	return out
}
