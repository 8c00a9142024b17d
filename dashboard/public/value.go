package public

import (
	"math"
	"strings"
	"sync/atomic"

	"tereze/config/words"
	"tereze/model"
)

// Key names a dated area.
type Key struct {
	Code string
	From model.Date
}

// KeyOf is the key of an area.
func KeyOf(a model.Area) Key { return Key{a.Code, a.ValidFrom} }

// Period is a period with its canonical name; equal periods share one.
type Period struct {
	ID string
	model.Period
}

// Facts are the texts of a value that repeat over many values; equal ones
// share one Facts.
type Facts struct {
	Qualifier model.Qualifier
	Interval  model.IntervalKind
	Basis     model.Basis
	Status    model.ObsStatus
	Conf      model.ConfStatus
	Nature    model.Nature
	Territory string
	Events    []string
	Source    string // a source's id, or computed:SERIES
	Reason    model.Reason
	Unit      string
}

// Value is one indicator × area × period × base period × territory × source.
// Numbers that do not exist are NaN.
type Value struct {
	Indicator string
	Area      Key
	Period    *Period
	Base      *Period // nil = none
	Value     float64
	Lower     float64
	Upper     float64
	Num       float64
	Den       float64
	*Facts

	told atomic.Pointer[told] // what pages in every language say of it, once one has asked
}

// told are the identity and the raw text of the number itself.
type told struct{ id, raw string }

func (v *Value) tell() *told {
	if t := v.told.Load(); t != nil {
		return t
	}
	t := &told{id: v.identity("value")}
	if v.Has() {
		t.raw = words.FormatRaw(v.Value)
	}
	v.told.Store(t) // whoever stores it at the same time stores the same
	return t
}

// Has reports whether there is a number to show.
func (v *Value) Has() bool { return v != nil && !math.IsNaN(v.Value) }

// Holds reports whether the value has the number of that column.
func (v *Value) Holds(field string) bool { return !math.IsNaN(v.Field(field)) }

// Computed reports whether the value was computed from several reports.
func (v *Value) Computed() bool { return strings.HasPrefix(v.Source, "computed:") }

// Series is the series that a computed value was computed from.
func (v *Value) Series() string { return strings.TrimPrefix(v.Source, "computed:") }

// Field is one number of the value by its column name.
func (v *Value) Field(name string) float64 {
	switch name {
	case "value":
		return v.Value
	case "lower":
		return v.Lower
	case "upper":
		return v.Upper
	case "numerator":
		return v.Num
	case "denominator":
		return v.Den
	}
	return math.NaN()
}

// ID is the quotable identity of one number of the value: indicator, area,
// valid_from, period, base_period, territory, source, field.
func (v *Value) ID(field string) string {
	if field == "value" {
		return v.tell().id
	}
	return v.identity(field)
}

func (v *Value) identity(field string) string {
	base := "-"
	if v.Base != nil {
		base = v.Base.ID
	}
	return strings.Join([]string{v.Indicator, dash(v.Area.Code), dash(string(v.Area.From)), dash(v.Period.ID),
		base, dash(v.Territory), dash(v.Source), field}, "/")
}

// Raw is one number of the value as every CSV prints it; empty = none.
func (v *Value) Raw(field string) string {
	if field == "value" {
		return v.tell().raw
	}
	f := v.Field(field)
	if math.IsNaN(f) {
		return ""
	}
	return words.FormatRaw(f)
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
