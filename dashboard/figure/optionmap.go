package figure

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// cartogram is the chart of the map. The areas' shapes go along in the units
// of the drawing, so that the chart lies exactly over it; areas are named by
// a stable key and labelled by text.
func (o *option) cartogram(plan *mapPlan) {
	f := o.f
	marks, shapes, h, cl, labels := plan.marks, plan.shapes, plan.h, plan.cl, plan.labels
	m := &charts.Map{} // for the type it registers
	m.RegisterMapType("@shapes")
	m.AddSeries("values", nil)
	o.frame.MultiSeries = m.MultiSeries
	var data []item
	geo := make([]any, len(marks))
	names := make([]string, len(marks))
	for i := range marks {
		mk := &marks[i]
		name := strconv.Itoa(i)
		names[i] = mk.short()
		it := item{Name: name, Alone: true, K: o.number(&mk.N), Href: mk.Href, Tip: mk.Label, Text: strings.Join(append(append([]string{}, labels[i].lines...), mk.N.text()), "\n")}
		if labels[i].lines == nil {
			it.Text = ""
			if labels[i].key != "" {
				it.Text = labels[i].key + "\n" + mk.N.text()
			}
		}
		st := &style{BorderColor: "@ink", BorderWidth: 1}
		if present(&mk.N) {
			c := cl.colour(mk.N.Value)
			it.At = []any{exact(&mk.N)}
			st.AreaColor = "@seq-" + strconv.Itoa(c)
			it.Label = &labelStyle{Color: "@ink"}
			if c >= 4 {
				it.Label.Color = "@paper"
			}
			if f.Example != "" {
				st.Decal = "@example"
				it.Label.TextBorderColor, it.Label.TextBorderWidth = st.AreaColor, 3
			}
		} else {
			it.At = []any{"-"}
			st.AreaColor, st.BorderColor, st.BorderType = "@paper", "@muted", "dashed"
			st.Decal = "@missing"
		}
		if mk.Highlight {
			st.BorderColor, st.BorderWidth = "@accent-2", 3
		}
		it.ItemStyle = st
		data = append(data, it)
		if shapes[i].path != "" {
			geo[i] = namedPath{name, shapes[i].path}
		} else {
			geo[i] = namedCircle{name, shapes[i].R, shapes[i].X, shapes[i].Y}
		}
	}
	o.data = [][]item{data}
	o.view["shapes"] = geo
	o.view["names"] = names
	o.view["box"] = []float64{mapWidth, math.Round(h*100) / 100}
}

// namedPath and namedCircle are the shape of an area, in the units of the drawing.
type (
	namedPath struct {
		Name string `json:"name"`
		Path string `json:"path"`
	}
	namedCircle struct {
		Name string  `json:"name"`
		R    float64 `json:"r"`
		X    float64 `json:"x"`
		Y    float64 `json:"y"`
	}
)
