package figure

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// line is the chart over time: lines that break at missing points and at
// cuts, bands for periods of a rule, dashed stems for cuts.
func (o *option) line() {
	f := o.f
	l := f.linePlot()
	t, sc := l.t, l.sc
	o.events(t)
	o.rule(false)
	for i := range f.Series {
		s := &f.Series[i]
		one := o.series(s.Name, "line")
		colour := []string{"@accent", "@ink", "@muted"}[min(i, 2)]
		w := float32(2.2)
		switch {
		case s.Highlight:
			colour, w = "@accent-2", 2.8
		case s.Faint:
			colour, w = "@muted", 1.3
		}
		one.ConfigureSeriesOpts(charts.WithLineStyleOpts(opts.LineStyle{Color: colour, Width: w, Type: o.lineType()}),
			charts.WithLineChartOpts(opts.LineChart{ConnectNulls: opts.Bool(false), ShowSymbol: opts.Bool(true)}))
		o.whiskers(one, s, colour)
		o.fill(o.run(s, colour, 9))
	}
	o.extra["xAxis"] = o.timeScale(t)
	y := o.valueAxis(sc)
	o.extra["yAxis"] = y
	o.extra["grid"] = map[string]any{"left": l.gutter, "right": l.right, "top": 16 + 20*l.lanes.count, "bottom": 30}
	o.view["plot"] = share(l.top, l.top+lineHeight, l.h)
}

// whiskers adds the intervals of a run as short upright lines.
func (o *option) whiskers(one *charts.SingleSeries, s *Series, colour string) {
	var items []opts.MarkLineNameCoordItem
	for i := range s.Marks {
		m := &s.Marks[i]
		if present(m.Lower) && present(m.Upper) {
			items = append(items, opts.MarkLineNameCoordItem{Coordinate0: []any{m.X, exact(m.Lower)}, Coordinate1: []any{m.X, exact(m.Upper)}})
		}
	}
	if items == nil {
		return
	}
	one.ConfigureSeriesOpts(charts.WithMarkLineNameCoordItemOpts(items...),
		charts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)},
			LineStyle: &opts.LineStyle{Color: colour, Width: 2, Type: o.lineType()}}))
}

// run is the data of one line. An item without a value breaks it.
func (o *option) run(s *Series, colour string, size int) []item {
	data := make([]item, 0, len(s.Marks))
	for j := range s.Marks {
		m := &s.Marks[j]
		k := o.number(&m.N)
		if !present(&m.N) {
			data = append(data, item{At: []any{m.X, "-"}, K: k, Tip: m.N.Why})
			continue
		}
		if j > 0 && present(&s.Marks[j-1].N) && o.f.cutIn(s, s.Marks[j-1].X, m.X) {
			data = append(data, item{At: []any{m.X, "-"}, K: -1})
		}
		symbol, st := o.pointStyle(m, s.Highlight)
		if !m.Hollow {
			st.Color = colour
		}
		if st.BorderColor != "" {
			st.BorderColor = colour
		}
		tip := ""
		if o.f.Kind != Multiples && present(m.Lower) && present(m.Upper) { // the table of small multiples holds no intervals
			tip = o.f.Words.Interval + ": " + o.bound(m.Lower) + "–" + o.bound(m.Upper)
		}
		if o.f.Kind == Multiples && m != s.last() && o.f.onALine(s, j) { // felt by the pointer, not seen
			symbol, st = "circle", &style{Color: "@clear"}
		}
		data = append(data, item{Name: m.XLabel, At: []any{m.X, exact(&m.N)}, K: k, Tip: tip, Href: m.Href, Symbol: symbol, SymbolSize: size, ItemStyle: st})
	}
	return data
}

// events adds bands and stems as an empty series.
func (o *option) events(t timeAxis) {
	if len(o.f.Events) == 0 {
		return
	}
	s := o.series("events", "line",
		charts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"},
			Label:     &opts.Label{Show: opts.Bool(false), Formatter: "{b}"},
			LineStyle: &opts.LineStyle{Color: "@ink", Width: 1.2, Type: "dashed"}}),
		charts.WithMarkAreaStyleOpts(opts.MarkAreaStyle{ItemStyle: &opts.ItemStyle{Color: "@band"},
			Label: &opts.Label{Show: opts.Bool(false)}}))
	for _, e := range o.f.Events {
		if !t.holds(e) {
			continue
		}
		name := e.Date
		if e.Label != "" {
			name += " · " + e.Label
		}
		if e.Until > e.X {
			s.MarkAreas.Data = append(s.MarkAreas.Data, []any{axisItem(name, true, math.Max(e.X, t.lo)), axisItem("", true, math.Min(e.Until, t.hi))})
		}
		if (e.Cut || e.Until <= e.X) && e.X >= t.lo {
			s.MarkLines.Data = append(s.MarkLines.Data, axisItem(name, true, e.X))
		}
		if e.Cut && e.Until > e.X && e.Until < t.hi {
			s.MarkLines.Data = append(s.MarkLines.Data, axisItem("", true, e.Until))
		}
	}
}

func tern(b bool, yes, no string) string {
	if b {
		return yes
	}
	return no
}

// onALine reports whether a line runs from a mark to the one before or after it.
func (f *Figure) onALine(s *Series, j int) bool {
	joined := func(a, b int) bool {
		return a >= 0 && b < len(s.Marks) && present(&s.Marks[a].N) && present(&s.Marks[b].N) && !f.cutIn(s, s.Marks[a].X, s.Marks[b].X)
	}
	return joined(j-1, j) || joined(j, j+1)
}

// cellBands adds the periods of rules: those of the drawing lie over the chart
// and would hide its lines.
func (o *option) cellBands(one *charts.SingleSeries, t timeAxis) {
	for _, e := range o.f.Events {
		if e.Until > e.X && t.holds(e) {
			charts.WithMarkAreaStyleOpts(opts.MarkAreaStyle{ItemStyle: &opts.ItemStyle{Color: "@band", Opacity: opts.Float(0.6)}, Label: &opts.Label{Show: opts.Bool(false)}})(one)
			one.MarkAreas.Data = append(one.MarkAreas.Data, []any{axisItem("", true, math.Max(e.X, t.lo)), axisItem("", true, math.Min(e.Until, t.hi))})
		}
	}
}

// stems adds the events of one run as thin upright lines.
func (o *option) stems(one *charts.SingleSeries, events []Event, t timeAxis) {
	for _, e := range events {
		if t.holds(e) {
			one.ConfigureSeriesOpts(charts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)},
				LineStyle: &opts.LineStyle{Color: tern(e.Cut, "@ink", "@muted"), Width: 1, Type: tern(e.Cut, "dashed", "dotted")}}))
			one.MarkLines.Data = append(one.MarkLines.Data, axisItem(e.Date+" · "+e.Label, true, e.X))
		}
	}
}

// timeScale is the axis of time with the ticks of the drawing.
func (o *option) timeScale(t timeAxis) map[string]any {
	ticks := make([]labelAt, len(t.ticks))
	at := make([]float64, len(t.ticks))
	for i, k := range t.ticks {
		ticks[i] = labelAt{k.label, k.x}
		at[i] = k.x
	}
	o.view["ticks"] = ticks
	return map[string]any{"type": "value", "min": t.lo, "max": t.hi, "splitLine": off,
		"axisLine":  timeLine,
		"axisTick":  map[string]any{"customValues": append([]float64{}, t.marks...)},
		"axisLabel": map[string]any{"formatter": "@time", "customValues": at, "color": "@muted", "fontSize": 12, "interval": 0}}
}

// multiples is the same for every area: a grid of small charts on one scale.
// What they share stands once; our script gives each of them its axes and its
// address, and lays them exactly over the drawings.
func (o *option) multiples() {
	f := o.f
	cell := f.newCells()
	t, sc := cell.t, cell.sc
	var names, hrefs []string
	var back []item
	for i := range f.Series {
		if f.Series[i].Faint {
			back = o.run(&f.Series[i], "@muted", 0)
		}
	}
	lines := len(f.Series)
	if len(back) > 0 {
		lines *= 2
	}
	o.frame.MultiSeries = make([]charts.SingleSeries, 0, lines) // one is large
	n := 0
	for i := range f.Series {
		s := &f.Series[i]
		if s.Faint {
			continue
		}
		names, hrefs = append(names, s.Name), append(hrefs, tern(safeHref(s.Href), s.Href, ""))
		colour := "@accent"
		if s.Highlight {
			colour = "@accent-2"
		}
		for _, r := range []struct {
			name, colour string
			w            float32
			data         []item
		}{{"", "@muted", 1.2, back}, {s.Name, colour, 2, o.run(s, colour, 5)}} {
			if len(r.data) == 0 {
				continue
			}
			one := o.series(r.name, "line")
			one.XAxisIndex, one.YAxisIndex = n, n
			one.ConfigureSeriesOpts(charts.WithLineStyleOpts(opts.LineStyle{Color: r.colour, Width: r.w, Type: o.lineType()}),
				charts.WithLineChartOpts(opts.LineChart{XAxisIndex: n, YAxisIndex: n, ConnectNulls: opts.Bool(false), ShowSymbol: opts.Bool(r.name != "")}))
			if r.name != "" {
				o.stems(one, s.Events, t)
				o.cellBands(one, t)
			}
			o.fill(r.data)
		}
		n++
	}
	x, y := o.timeScale(t), o.valueAxis(sc)
	x["axisLabel"], x["axisTick"], y["axisLabel"] = off, off, off
	o.extra["xAxis"], o.extra["yAxis"] = x, y
	o.view["names"], o.view["hrefs"] = names, hrefs
	o.view["cell"] = map[string]any{"w": cellW, "h": cell.h, "left": cellLeft + 3, "right": cellEnd - 3, "top": cell.top + 3, "bottom": cell.bottom - 3}
}
