package form

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tereze/config/words"
	"tereze/model"
)

// Spreadsheets refuse longer messages beside a cell.
const (
	maxPromptTitle = 32
	maxPrompt      = 250
)

// marks are the signs that may stand for a number; the x is the Latin and
// the Cyrillic letter, since both keyboards have one.
var marks = []string{"-", "–", "…", "...", "x", "х"}

// isMark is the formula for "the cell holds one of the signs".
func isMark(cell string) string {
	parts := make([]string, len(marks))
	for i, m := range marks {
		parts[i] = cell + "=" + quote(m)
	}
	return strings.Join(parts, ",")
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// fits is the formula for "the cell holds a number that the measure can
// have", as the door will ask: nothing below zero, people in whole numbers,
// per cent up to a hundred.
func fits(cell string, m model.Measure) string {
	rules := []string{cell + ">=0"}
	if m.Counts.Protected() {
		rules = append(rules, fmt.Sprintf("%[1]s=INT(%[1]s)", cell))
	}
	if m.Unit == "percent" {
		rules = append(rules, cell+"<=100")
	}
	return fmt.Sprintf("IF(ISNUMBER(%s),AND(%s),FALSE)", cell, strings.Join(rules, ","))
}

// validate lets a cell take only what the door would take, and says what the
// line counts when the cell is chosen.
func (w *writer) validate(value string, m model.Measure) {
	v := excelize.NewDataValidation(true)
	v.Sqref = value
	v.Type = "custom"
	v.Formula1 = "<formula1>" + xmlEscape("OR("+fits(value, m)+","+isMark(value)+")") + "</formula1>"
	first := w.spec.Languages[0]
	v.SetError(excelize.DataValidationErrorStyleStop, cut(first.T("form.bad_title"), maxPromptTitle), w.fitting(func(l *words.Lang) string { return l.T("form.bad_value") }))
	v.SetInput(cut(first.Name(m.Name), maxPromptTitle), w.fitting(func(l *words.Lang) string { return l.Name(m.Definition) }))
	w.do(w.file.AddDataValidation(sheet, v))
}

// fitting is a text in as many languages as a message can hold.
func (w *writer) fitting(text func(*words.Lang) string) string {
	out := ""
	for _, l := range w.spec.Languages {
		t := text(l)
		switch {
		case out == "":
			out = cut(t, maxPrompt)
		case len([]rune(out))+1+len([]rune(t)) <= maxPrompt:
			out += "\n" + t
		}
	}
	return out
}

// checkFormula says beside each value what the sheet itself can see: nothing
// or what is expected for an empty cell, a tick for a good one, and else what
// is wrong: not a number, more than the whole, not the sum of its parts.
func (w *writer) checkFormula(value string, m model.Measure) string {
	empty, inner := quote(""), quote("✓")
	if row := w.line[m.Total]; row > 0 {
		whole := cell(w.valueCol(), row)
		empty = quote("≤ № " + strconv.Itoa(w.number[m.Total]))
		inner = fmt.Sprintf(`IF(AND(ISNUMBER(%[1]s),ISNUMBER(%[2]s),%[1]s>%[2]s),%[3]s&": "&%[2]s,%[4]s)`,
			value, whole, quote(w.all(" / ", "form.above_whole")), inner)
	}
	if parts := w.partsOf(m.ID); len(parts) > 0 {
		numbers, cells := make([]string, len(parts)), make([]string, len(parts))
		for i, id := range parts {
			numbers[i], cells[i] = strconv.Itoa(w.number[id]), cell(w.valueCol(), w.line[id])
		}
		empty = quote("= № " + strings.Join(numbers, " + "))
		list := strings.Join(cells, ",")
		inner = fmt.Sprintf(`IF(AND(COUNT(%[1]s)=%[2]d,%[3]s<>SUM(%[1]s)),%[4]s&": "&SUM(%[1]s),%[5]s)`,
			list, len(parts), value, quote(w.all(" / ", "form.expected")), inner)
	}
	return fmt.Sprintf(`IF(LEN(%[1]s)=0,%[2]s,IF(%[3]s,%[4]s,IF(OR(%[5]s),"✓",%[6]s)))`,
		value, empty, fits(value, m), inner, isMark(value), quote(w.all(" / ", "form.not_a_number")))
}

// partsOf are the lines whose sum a line must be, when all are in the form.
func (w *writer) partsOf(id string) []string {
	for _, t := range w.spec.Source.Form.Totals {
		if t.Measure != id {
			continue
		}
		for _, part := range t.Parts {
			if w.line[part] == 0 {
				return nil
			}
		}
		return t.Parts
	}
	return nil
}

func xmlEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// cut shortens a text to at most n characters.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
