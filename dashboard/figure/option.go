package figure

import (
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// optionMarks is up to how many marks a figure gets a chart. Beyond it, a
// chart is slow on a phone and doubles the page; the drawing and the table
// are better tools there.
const optionMarks = 800

// Option is the chart option as JSON, made by go-echarts; nil for kinds that
// are drawing and table only, and where there is nothing to enlarge. It
// holds no code: colours ("@ink"), formatters ("@num") and symbols
// ("@hatch") are names that assets/src resolves from fixed tables. Under
// "tereze" it carries every number once with id, raw and shown text; data
// items point to it by "k".
func (f *Figure) Option() ([]byte, error) {
	if !f.charted() {
		return nil, nil
	}
	return f.appendOption(nil, nil)
}

// charted reports whether a figure has a chart.
func (f *Figure) charted() bool {
	switch f.Kind {
	case Dots, Line, Multiples, Map:
	default:
		return false
	}
	drawn := 0
	for i := range f.Series {
		for j := range f.Series[i].Marks {
			if present(&f.Series[i].Marks[j].N) {
				drawn++
			}
		}
	}
	return drawn >= 2 && drawn <= optionMarks
}

// appendOption appends the option of a figure that may have been drawn: of a
// map, plan is how.
func (f *Figure) appendOption(b []byte, plan *mapPlan) ([]byte, error) {
	b, err := f.chart(plan).append(b)
	if err != nil {
		return nil, fmt.Errorf("figure %q: the chart option cannot be written as JSON (%w); expected finite numbers, look at its marks", f.ID, err)
	}
	return b, nil
}

// chart is the chart of a figure of a kind that has one.
func (f *Figure) chart(plan *mapPlan) *option {
	o := newOption(f)
	switch f.Kind {
	case Dots:
		o.dots()
	case Line:
		o.line()
	case Multiples:
		o.multiples()
	case Map:
		if plan == nil {
			plan = f.mapPlan()
		}
		o.cartogram(plan)
	}
	return o
}

// option builds one chart.
type option struct {
	f       *Figure
	frame   *charts.Scatter // go-echarts' frame: title, tooltip, axes, series
	data    [][]item        // of each series
	numbers []faceNumber
	view    map[string]any // what our own script needs to place things
	extra   map[string]any // keys that go-echarts lacks or drops
}

func newOption(f *Figure) *option {
	c := &charts.Scatter{} // its axes, colours and scripts are ours, so nothing has to be filled in
	title := f.Finding
	sub := f.Subtitle
	if f.Example != "" {
		sub = f.Example + ". " + sub
	}
	if f.Source != "" {
		sub += ". " + f.Source
	}
	no, yes := opts.Bool(false), opts.Bool(true)
	c.SetGlobalOptions(
		charts.WithInitializationOpts(opts.Initialization{ChartID: safeID(f.ID)}),
		charts.WithTitleOpts(opts.Title{Title: title, Subtitle: sub}),
		charts.WithLegendOpts(opts.Legend{Show: no}),
		charts.WithTooltipOpts(opts.Tooltip{Show: yes, Trigger: "item"}),
		charts.WithAriaOpts(&opts.Aria{Enabled: yes, Label: &opts.AriaLabel{Enabled: yes, Description: title + ". " + sub}}),
	)
	return &option{f: f, frame: c, view: map[string]any{"kind": f.Kind}, extra: map[string]any{}, numbers: []faceNumber{}}
}

// finish turns the frame into the final map: what go-echarts cannot say is
// added, what it says too much is taken out.
func (o *option) finish() map[string]any {
	m := o.frame.JSON()
	delete(m, "toolbox")
	m["animation"] = false
	m["backgroundColor"] = "transparent"
	m["color"] = []string{"@accent", "@ink", "@muted"}
	m["tooltip"] = tooltip
	if t, ok := m["title"].(opts.Title); ok {
		m["title"] = map[string]any{"show": false, "text": t.Title, "subtext": t.Subtitle}
	}
	if o.f.Example != "" {
		o.view["example"] = o.f.Example
	}
	o.view["lang"] = o.f.Lang
	o.view["unit"] = o.f.Unit
	for k, v := range o.extra {
		m[k] = v
	}
	m["series"], m["tereze"] = seriesMark, numbersMark
	m["view"] = o.view
	return m
}

// tooltip is the same in all charts.
var tooltip = json.RawMessage(`{"backgroundColor":"@paper","borderColor":"@muted","confine":true,"formatter":"@tip","renderMode":"richText","show":true,"textStyle":{"color":"@ink","fontSize":13},"trigger":"item"}`)

// number records a number and returns its place in the list.
func (o *option) number(n *Number) int {
	o.numbers = append(o.numbers, faceNumber{n.ID, n.Raw, n.text()})
	return len(o.numbers) - 1
}

// exact is the number as it stands in the files, so that the chart's value
// and the table's cannot differ by a rounding.
func exact(n *Number) any {
	if json.Valid([]byte(n.Raw)) && n.Raw != "" && (n.Raw[0] == '-' || n.Raw[0] >= '0' && n.Raw[0] <= '9') {
		return json.Number(n.Raw)
	}
	return n.Value
}

// series begins a series of the frame. It may be changed until the next one
// begins.
func (o *option) series(name, kind string, options ...charts.SeriesOpts) *charts.SingleSeries {
	o.frame.MultiSeries = append(o.frame.MultiSeries, charts.SingleSeries{Name: name, Type: kind})
	o.data = append(o.data, nil)
	s := &o.frame.MultiSeries[len(o.frame.MultiSeries)-1]
	s.ConfigureSeriesOpts(options...)
	return s
}

// fill gives its data to the series that was begun last.
func (o *option) fill(data []item) { o.data[len(o.data)-1] = data }

// pointStyle is how a single point looks.
func (o *option) pointStyle(m *Mark, highlight bool) (symbol string, st *style) {
	colour := "@accent"
	if highlight {
		colour = "@accent-2"
	}
	st = &style{Color: colour, BorderColor: colour, BorderWidth: 2, Opacity: 1}
	switch {
	case m.Hollow:
		st.Color = "@paper"
		return "circle", st
	case o.f.Example != "":
		return "@hatch", &style{Color: colour, Opacity: 1}
	}
	return "circle", st
}

// lineType is dashed for an example.
func (o *option) lineType() string {
	if o.f.Example != "" {
		return "dashed"
	}
	return "solid"
}
