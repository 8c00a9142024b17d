package pages

import (
	"html/template"
	"math"
	"strings"

	"tereze/config/words"
	"tereze/dashboard/figure"
	"tereze/dashboard/public"
	"tereze/model"
)

// number is one number of a value, formatted for the page. A value without
// a number becomes its sign and the reason in words.
func (v *view) number(ind model.Indicator, val *public.Value, field string) figure.Number {
	if val == nil {
		return figure.Number{Sign: v.T("sign.missing"), Why: v.T("page.no_row")}
	}
	f := val.Field(field)
	if math.IsNaN(f) {
		sign, why := v.sign(val)
		return figure.Number{ID: val.ID(field), Sign: sign, Why: why}
	}
	n := figure.Number{ID: val.ID(field), Raw: val.Raw(field), Value: f, Has: true}
	shown := f
	if field == "value" {
		shown = qualified(f, ind.Decimals, val.Qualifier)
	}
	switch {
	case field == "value" && val.Qualifier == model.Nil && f == 0:
		n.Shown = v.T("sign.nil")
		v.used["nil"] = true
	case field == "value" && ind.Kind == model.Change:
		n.Shown = v.l.Signed(shown, ind.Decimals)
	case field == "numerator" || field == "denominator":
		n.Shown = v.l.Trim(f, 1)
	default:
		n.Shown = v.l.Number(shown, ind.Decimals)
	}
	if field == "value" {
		switch val.Status {
		case model.Estimated:
			n.Flag, n.Why = v.T("sign.estimated"), v.T("sign_means.estimated")
			v.used["estimated"] = true
		case model.Break:
			n.Flag, n.Why = v.T("sign.break"), v.T("sign_means.break")
			v.used["break"] = true
			if ind.Kind == model.Change {
				// A percentage across a rule or a border never stands bare: its
				// mark is part of its text, so that no drawing can lose it.
				n.Shown, n.Flag = n.Shown+"\u202f"+n.Flag, ""
			}
		}
	}
	return n
}

// qualified is a number as it may be shown with its qualifier: "more than 34.1"
// is false of 34.09, so that what is said is never more than what is known.
func qualified(f float64, decimals int, q model.Qualifier) float64 {
	switch q {
	case model.MoreThan:
		return words.Down(f, decimals)
	case model.LessThan, model.Almost:
		return words.Up(f, decimals)
	}
	return f
}

// sign is the statistical sign of a value without a number, with its words.
func (v *view) sign(val *public.Value) (sign, why string) {
	switch val.Status {
	case model.Suppressed:
		v.used["protected"] = true
		return v.T("sign.protected"), v.T("sign_means.protected")
	case model.CannotExist:
		v.used["not_applicable"] = true
		return v.T("sign.not_applicable"), v.T("sign_means.not_applicable")
	}
	v.used["missing"] = true
	if val.Status == model.Estimated {
		return v.T("sign.missing"), v.T("ledger.how_range")
	}
	if val.Reason != "" {
		return v.T("sign.missing"), v.T("reason." + string(val.Reason))
	}
	return v.T("sign.missing"), v.T("page.no_row")
}

// cell is a number as a table shows it.
func (v *view) cell(ind model.Indicator, val *public.Value, field string) template.HTML {
	if val == nil {
		v.used["missing"] = true
	}
	return dataHTML(v.number(ind, val, field))
}

// worded is a cell of a table that has no room for remarks: the owner's
// qualifier stands with the number itself.
func (v *view) worded(ind model.Indicator, val *public.Value) template.HTML {
	if !val.Has() || val.Status == model.Break || val.Status == model.Estimated {
		return v.cell(ind, val, "value")
	}
	switch val.Qualifier {
	case model.About, model.Almost, model.MoreThan, model.LessThan:
		return v.html(strings.TrimSpace(v.T("qualifier."+string(val.Qualifier), "v", v.put(v.number(ind, val, "value")), "unit", "")))
	}
	return v.cell(ind, val, "value")
}

// dataHTML is a number as the site prints it everywhere: shown words, raw
// value and identity together.
func dataHTML(n figure.Number) template.HTML {
	esc := template.HTMLEscapeString
	if !n.Has {
		return template.HTML(`<abbr class="sign" title="` + esc(n.Why) + `">` + esc(n.Sign) + `</abbr>`)
	}
	data := `<data class="v" data-n="` + esc(n.ID) + `" value="` + esc(n.Raw) + `">` + esc(n.Shown) + `</data>`
	if n.Flag != "" {
		data += `<sup class="flag"><abbr title="` + esc(n.Why) + `">` + esc(n.Flag) + `</abbr></sup>`
	}
	return template.HTML(data)
}

// A sentence is built as text, so that the grammar of the language can work
// on it. Numbers travel inside it behind two private characters: a start and
// an index into the page's list; html makes elements of them, plain drops them.
const (
	markStart = '\uE000'
	markIndex = '\uE100'
	markLimit = 0xF8FF - 0xE100
)

type numbered struct {
	n     figure.Number
	runes int // length of the shown text that follows the mark
}

// put is a number for use in a sentence.
func (v *view) put(n figure.Number) string {
	shown := n.Shown
	if !n.Has {
		return n.Sign
	}
	if len(v.nums) >= markLimit {
		return shown
	}
	v.nums = append(v.nums, numbered{n, len([]rune(shown))})
	return string([]rune{markStart, rune(markIndex + len(v.nums) - 1)}) + shown
}

// html is a sentence with its numbers as data elements.
func (v *view) html(s string) template.HTML {
	if !strings.ContainsRune(s, markStart) {
		return template.HTML(template.HTMLEscapeString(s))
	}
	var b strings.Builder
	rs := []rune(s)
	from := 0
	for i := 0; i < len(rs); i++ {
		if rs[i] != markStart || i+1 >= len(rs) {
			continue
		}
		idx := int(rs[i+1] - markIndex)
		if idx < 0 || idx >= len(v.nums) {
			continue
		}
		b.WriteString(template.HTMLEscapeString(string(rs[from:i])))
		n := v.nums[idx].n
		n.Flag = "" // the sentence itself says what the flag would
		b.WriteString(string(dataHTML(n)))
		i += 1 + v.nums[idx].runes
		from = i + 1
		if from < len(rs) && rs[from] == '-' {
			// A suffix joined by a hyphen stays on the line of its number.
			b.WriteString("-\u2060")
			from++
		}
	}
	b.WriteString(template.HTMLEscapeString(string(rs[from:])))
	return template.HTML(b.String())
}

// plain is a sentence without the marks of its numbers.
func plain(s string) string {
	if !strings.ContainsRune(s, markStart) {
		return s
	}
	var b strings.Builder
	skip := false
	for _, r := range s {
		switch {
		case skip:
			skip = false
		case r == markStart:
			skip = true
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// quantity is a number of the value with its unit, for a sentence; the
// owner's qualifier is put into words.
func (v *view) quantity(ind model.Indicator, val *public.Value) string {
	n := v.number(ind, val, "value")
	if !n.Has {
		return n.Sign
	}
	if val.Qualifier == model.Nil && n.Value == 0 {
		n.Shown = v.l.Number(0, ind.Decimals) // the sign for none belongs into tables
	}
	s := v.put(n)
	if val.Qualifier != model.AsCounted && val.Qualifier != model.Nil && val.Qualifier != model.Rounded {
		return v.T("qualifier."+string(val.Qualifier), "v", s, "unit", v.unit(ind.Unit, n.Value, true))
	}
	return v.joined(s, ind.Unit, v.unit(ind.Unit, n.Value, false))
}

// counted is a number with its unit in the form that follows "of" and "to".
func (v *view) counted(n figure.Number, unit string) string {
	return v.joined(v.put(n), unit, v.unit(unit, n.Value, true))
}

// joined puts a number and its unit word together as the language does.
func (v *view) joined(number, unit, word string) string {
	key := "format.quantity." + unit
	if !v.l.Has(key) {
		key = "format.quantity.default"
	}
	return v.T(key, "value", number, "unit", word)
}

// unit is the unit word after a number; of asks for the form after "about"
// or "of", which is that of many in the languages that change it.
func (v *view) unit(id string, n float64, of bool) string {
	if of {
		return v.l.UnitOf(id, n)
	}
	return v.l.Unit(id, n)
}
