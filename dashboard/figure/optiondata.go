package figure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// Series, data items and numbers are nine tenths of an option. They are
// appended here, in place of marks in the rest, which the JSON package writes:
// through reflection they took as long as the drawing and the table together.

// seriesMark stands where the series go, numbersMark where the numbers go.
const (
	seriesMark  = "@series"
	numbersMark = "@numbers"
)

// append appends the finished option as JSON.
func (o *option) append(out []byte) ([]byte, error) {
	rest, err := json.Marshal(o.finish())
	if err != nil {
		return nil, err
	}
	until := func(key, mark string) error {
		mark = `"` + key + `":"` + mark + `"`
		at := bytes.Index(rest, []byte(mark))
		if at < 0 {
			return fmt.Errorf("no place for %s", mark)
		}
		out = append(out, rest[:at+len(key)+3]...)
		rest = rest[at+len(mark):]
		return nil
	}
	if err := until("series", seriesMark); err != nil { // keys are written in their order: series, then tereze
		return nil, err
	}
	out = append(out, '[')
	for i := range o.frame.MultiSeries {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = appendSeries(out, &o.frame.MultiSeries[i], o.data[i]); err != nil {
			return nil, err
		}
	}
	out = append(out, ']')
	if err := until("tereze", numbersMark); err != nil {
		return nil, err
	}
	out = append(out, '[')
	for i := range o.numbers {
		if i > 0 {
			out = append(out, ',')
		}
		out = o.numbers[i].append(out)
	}
	out = append(out, ']')
	return append(out, rest...), nil
}

// faceNumber is one number as the other two faces show it.
type faceNumber struct{ id, raw, shown string }

func (n *faceNumber) append(b []byte) []byte {
	b = appendText(append(b, `{"id":`...), n.id)
	b = appendText(append(b, `,"raw":`...), n.raw)
	b = appendText(append(b, `,"shown":`...), n.shown)
	return append(b, '}')
}

// item is a data item. K points into the list of numbers; -1 is none.
type item struct {
	Name       string
	At         []any // place and value: float64, int, json.Number or "-"
	Alone      bool  // the only value stands by itself, not in a list
	K          int
	Tip        string // what the number is of, for the tooltip
	Href       string
	Text       string // label inside an area of the map
	Symbol     string
	SymbolSize int
	ItemStyle  *style
	Label      *labelStyle
}

type style struct {
	Color, AreaColor, BorderColor string
	BorderWidth                   int
	BorderType                    string
	Opacity                       int
	Decal                         string
}

type labelStyle struct {
	Color, TextBorderColor string
	TextBorderWidth        int
}

func (t *item) append(b []byte) ([]byte, error) {
	o := object(append(b, '{'))
	o.text("name", t.Name)
	o.key("value")
	if !t.Alone {
		o = append(o, '[')
	}
	for i, v := range t.At {
		if i > 0 {
			o = append(o, ',')
		}
		switch v := v.(type) {
		case float64:
			var err error
			if o, err = appendNumber(o, v); err != nil {
				return nil, err
			}
		case int:
			o = strconv.AppendInt(o, int64(v), 10)
		case json.Number:
			o = append(o, v...)
		case string:
			o = appendText(o, v)
		default:
			return nil, fmt.Errorf("%T is no value of an item", v)
		}
	}
	if !t.Alone {
		o = append(o, ']')
	}
	o.key("k")
	o = strconv.AppendInt(o, int64(t.K), 10)
	o.text("tip", t.Tip)
	o.text("href", t.Href)
	o.text("text", t.Text)
	o.text("symbol", t.Symbol)
	o.whole("symbolSize", t.SymbolSize)
	if s := t.ItemStyle; s != nil {
		o.key("itemStyle")
		o = append(o, '{')
		o.text("color", s.Color)
		o.text("areaColor", s.AreaColor)
		o.text("borderColor", s.BorderColor)
		o.whole("borderWidth", s.BorderWidth)
		o.text("borderType", s.BorderType)
		o.whole("opacity", s.Opacity)
		o.text("decal", s.Decal)
		o = append(o, '}')
	}
	if l := t.Label; l != nil {
		o.key("label")
		o = append(o, '{')
		o.text("color", l.Color)
		o.text("textBorderColor", l.TextBorderColor)
		o.whole("textBorderWidth", l.TextBorderWidth)
		o = append(o, '}')
	}
	return append(o, '}'), nil
}

// object is JSON that is being put together, inside an object; what is empty
// or zero is left out.
type object []byte

func (o *object) key(name string) {
	if (*o)[len(*o)-1] != '{' {
		*o = append(*o, ',')
	}
	*o = append(append(append(*o, '"'), name...), `":`...)
}

func (o *object) text(name, value string) {
	if value != "" {
		o.key(name)
		*o = appendText(*o, value)
	}
}

func (o *object) whole(name string, value int) {
	if value != 0 {
		o.key(name)
		*o = strconv.AppendInt(*o, int64(value), 10)
	}
}

// appendNumber appends a floating-point number as encoding/json writes it.
func appendNumber(b []byte, v float64) ([]byte, error) {
	if a := math.Abs(v); v == 0 || a >= 1e-6 && a < 1e21 {
		return strconv.AppendFloat(b, v, 'f', -1, 64), nil
	}
	text, err := json.Marshal(v)
	return append(b, text...), err
}

// appendText appends a JSON string as encoding/json writes it, safe inside a
// script element.
func appendText(b []byte, s string) []byte {
	plain := utf8.ValidString(s)
	for i := 0; plain && i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&', c == 0x7f:
			plain = false
		case c == 0xe2 && (s[i:i+3] == "\u2028" || s[i:i+3] == "\u2029"):
			plain = false
		}
	}
	if !plain {
		text, _ := json.Marshal(s) // a string has no error
		return append(b, text...)
	}
	return append(append(append(b, '"'), s...), '"')
}
