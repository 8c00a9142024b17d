package figure

import (
	"encoding/json"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// appendSeries appends a series of the frame with its data as encoding/json
// writes it. Of its hundred fields it knows those that the charts here set.
func appendSeries(b []byte, s *charts.SingleSeries, data []item) ([]byte, error) {
	o := object(append(b, '{'))
	o.text("name", s.Name)
	o.text("type", s.Type)
	o.whole("xAxisIndex", s.XAxisIndex)
	o.whole("yAxisIndex", s.YAxisIndex)
	o.text("barWidth", s.BarWidth)
	o.truth("connectNulls", s.ConnectNulls)
	o.truth("showSymbol", s.ShowSymbol)
	o.text("map", s.MapType)
	o.text("coordinateSystem", s.CoordSystem)
	o.key("data")
	o = append(o, '[')
	for i := range data {
		if i > 0 {
			o = append(o, ',')
		}
		var err error
		if o, err = data[i].append(o); err != nil {
			return nil, err
		}
	}
	o = append(o, ']')
	if s.MarkLines != nil {
		if err := o.any("markLine", s.MarkLines); err != nil {
			return nil, err
		}
	}
	if s.MarkAreas != nil {
		if err := o.any("markArea", s.MarkAreas); err != nil {
			return nil, err
		}
	}
	return append(o.lineStyle(s.LineStyle), '}'), nil
}

// lineStyle appends how a line looks, and gives the object for more.
func (o object) lineStyle(l *opts.LineStyle) object {
	if l == nil {
		return o
	}
	o.key("lineStyle")
	o = append(o, '{')
	o.text("color", l.Color)
	if l.Width != 0 {
		o.key("width")
		o = strconv.AppendFloat(o, float64(l.Width), 'f', -1, 32)
	}
	o.text("type", l.Type)
	return append(o, '}')
}

func (o *object) truth(name string, value types.Bool) {
	if value != nil {
		o.key(name)
		*o = strconv.AppendBool(*o, *value)
	}
}

// any appends what the JSON package writes of a value.
func (o *object) any(name string, value any) error {
	text, err := json.Marshal(value)
	o.key(name)
	*o = append(*o, text...)
	return err
}
