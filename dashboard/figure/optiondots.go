package figure

import (
	"encoding/json"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// dots is the chart of the dots figure: names left, numbers right, a dot
// with its interval a row, the rule and its band, a hatched bar where there
// is no number.
func (o *option) dots() {
	f := o.f
	marks := f.marks()
	sc := niceScale(f.values(), 4)
	names := make([]string, len(marks))
	shown := make([]string, len(marks))
	var points, slots []item
	intervals := []opts.MarkLineNameCoordItem{}
	for i := range marks {
		m := &marks[i]
		names[i], shown[i] = m.Label, m.N.text()
		k := o.number(&m.N)
		if !present(&m.N) {
			if !m.N.Has {
				slots = append(slots, item{Name: m.Label, At: []any{sc.hi, i}, K: k, Tip: m.N.Why, Href: m.Href,
					ItemStyle: &style{Color: "@clear", BorderColor: "@muted", BorderWidth: 1, BorderType: "dashed", Decal: "@missing"}})
			}
			continue
		}
		tip := ""
		if present(m.Lower) && present(m.Upper) {
			lo, hi := o.bound(m.Lower), o.bound(m.Upper)
			intervals = append(intervals, opts.MarkLineNameCoordItem{Coordinate0: []any{exact(m.Lower), i}, Coordinate1: []any{exact(m.Upper), i}})
			tip = f.Words.Interval + ": " + lo + "–" + hi
		}
		symbol, st := o.pointStyle(m, m.Highlight)
		size := 11
		if m.Highlight {
			size = 14
		}
		points = append(points, item{Name: m.Label, At: []any{exact(&m.N), i}, K: k, Tip: tip, Href: m.Href, Symbol: symbol, SymbolSize: size, ItemStyle: st})
	}
	o.series("intervals", "scatter",
		charts.WithMarkLineNameCoordItemOpts(intervals...),
		charts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)},
			LineStyle: &opts.LineStyle{Color: "@accent", Width: 2, Type: o.lineType()}}))
	o.rule(true)
	o.series("slots", "bar").BarWidth = "10"
	o.fill(slots)
	o.series("values", "scatter")
	o.fill(points)
	o.extra["xAxis"] = o.valueAxis(sc)
	axis := func(data []string, position string) map[string]any {
		return map[string]any{"type": "category", "inverse": true, "position": position, "data": data,
			"axisLine": off, "axisTick": off, "splitLine": off, "axisLabel": nameLabel}
	}
	o.extra["yAxis"] = []any{axis(names, "left"), axis(shown, "right")}
	o.extra["grid"] = map[string]any{"left": 200, "right": 72, "top": 44, "bottom": 28}
	top, h := f.dotsPlot(marks)
	o.view["plot"] = share(top, h-dotBottom-captionEm*float64(len(f.caption())), h)
	o.view["rows"] = len(marks)
}

// share is where a plot begins and ends, as parts of the drawing's height.
func share(top, bottom, h float64) []float64 {
	return []float64{math.Round(top/h*1e4) / 1e4, math.Round(bottom/h*1e4) / 1e4}
}

// Parts of axes that are the same in all charts.
var (
	off        = json.RawMessage(`{"show":false}`)
	gridLine   = json.RawMessage(`{"lineStyle":{"color":"@line"}}`)
	timeLine   = json.RawMessage(`{"lineStyle":{"color":"@muted"},"onZero":false}`)
	valueLabel = json.RawMessage(`{"color":"@muted","fontSize":12,"formatter":"@num","interval":0}`)
	nameLabel  = json.RawMessage(`{"color":"@ink","fontSize":13,"interval":0,"lineHeight":15,"overflow":"break","width":186}`)
)

// bound records the end of an interval among the numbers.
func (o *option) bound(n *Number) string {
	o.numbers = append(o.numbers, faceNumber{n.ID, n.Raw, n.text()})
	return n.text()
}

// rule adds the value that all are compared with as a line and its band.
func (o *option) rule(vertical bool) {
	r := o.f.Rule
	if r == nil || !present(&r.N) {
		return
	}
	s := o.series("rule", "scatter", charts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"},
		Label:     &opts.Label{Show: opts.Bool(true), Formatter: "{b}", Color: "@ink", FontSize: 13, Position: ruleLabel(vertical)},
		LineStyle: &opts.LineStyle{Color: "@ink", Width: 1.4, Type: o.lineType()}}))
	s.MarkLines.Data = append(s.MarkLines.Data, axisItem(r.Label+" "+r.N.text(), vertical, exact(&r.N)))
	o.numbers = append(o.numbers, faceNumber{r.N.ID, r.N.Raw, r.N.text()})
	if present(r.Lower) && present(r.Upper) {
		charts.WithMarkAreaStyleOpts(opts.MarkAreaStyle{ItemStyle: &opts.ItemStyle{Color: "@band"}})(s)
		s.MarkAreas.Data = append(s.MarkAreas.Data, []any{axisItem("", vertical, exact(r.Lower)), axisItem("", vertical, exact(r.Upper))})
		o.bound(r.Lower)
		o.bound(r.Upper)
	}
}

// ruleLabel is where the label of the rule stands: above rows that run
// downwards, or on the line at its start.
func ruleLabel(vertical bool) string {
	if vertical {
		return "start"
	}
	return "insideStartTop"
}

// axisItem is a place on the axis of values. (go-echarts would drop a zero.)
func axisItem(name string, vertical bool, v any) map[string]any {
	m := map[string]any{}
	if name != "" {
		m["name"] = name
	}
	if vertical {
		m["xAxis"] = v
	} else {
		m["yAxis"] = v
	}
	return m
}

// labelAt is a label of an axis and its place.
type labelAt struct {
	Label string  `json:"label"`
	X     float64 `json:"x"`
}

// valueAxis is the axis of values with the ticks of the drawing.
func (o *option) valueAxis(sc scale) map[string]any {
	values := make([]labelAt, len(sc.ticks))
	for i, v := range sc.ticks {
		values[i] = labelAt{o.f.tick(v), v}
	}
	o.view["values"] = values
	return map[string]any{"type": "value", "min": sc.lo, "max": sc.hi, "interval": sc.step,
		"axisLine": off, "axisTick": off, "splitLine": gridLine, "axisLabel": valueLabel}
}
