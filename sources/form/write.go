package form

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"tereze/config"
	"tereze/config/words"
	"tereze/model"
)

const sheet = config.FormSheet

// Columns of the form: number, label in each language, unit, value, check,
// note, and the hidden id.
const (
	numberCol = 1
	labelCol  = 2
)

// Widths of the columns in characters.
const (
	numberWidth = 5.0
	labelsWidth = 108.0 // of all languages together
	unitWidth   = 15.0
	valueWidth  = 14.0
	checkWidth  = 26.0
	noteWidth   = 24.0
	wholeWidth  = numberWidth + labelsWidth + unitWidth + valueWidth + checkWidth + noteWidth
)

type writer struct {
	file   *excelize.File
	spec   Spec
	row    int
	styles map[string]int
	line   map[string]int // row of each measure
	number map[string]int // number of its line, as people see it
	head   int            // row of the heads
	err    error
}

// Write writes the form as a workbook. The same spec gives the same bytes.
func Write(spec Spec, out io.Writer) error {
	if spec.Source.Form == nil || len(spec.Measures) == 0 || len(spec.Languages) == 0 {
		return fmt.Errorf("source %s: no measures to ask for; name them under form.measures", spec.Source.ID)
	}
	w := &writer{file: excelize.NewFile(), spec: spec, styles: map[string]int{}, line: map[string]int{}, number: map[string]int{}}
	defer w.file.Close()
	w.do(w.file.SetSheetName("Sheet1", sheet))
	w.do(w.file.SetDocProps(&excelize.DocProperties{Creator: "Tereze", LastModifiedBy: "Tereze", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}))
	w.identity()
	w.top()
	w.lines()
	w.foot()
	w.finish()
	if w.err != nil {
		return fmt.Errorf("source %s: cannot write the form: %w", spec.Source.ID, w.err)
	}
	_, err := w.file.WriteTo(out)
	return err
}

func (w *writer) do(err error) {
	if w.err == nil && err != nil {
		w.err = err
	}
}

func (w *writer) unitCol() int  { return labelCol + len(w.spec.Languages) }
func (w *writer) valueCol() int { return w.unitCol() + 1 }
func (w *writer) checkCol() int { return w.unitCol() + 2 }
func (w *writer) noteCol() int  { return w.unitCol() + 3 }
func (w *writer) idCol() int    { return w.unitCol() + 4 }

func (w *writer) labelWidth() float64 { return labelsWidth / float64(len(w.spec.Languages)) }

func cell(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // columns and rows of the form are all positive
	}
	return name
}

func (w *writer) set(col, row int, text, style string) {
	at := cell(col, row)
	if text != "" {
		w.do(w.file.SetCellStr(sheet, at, text))
	}
	w.do(w.file.SetCellStyle(sheet, at, at, w.style(style)))
}

// wide writes one text across the whole form.
func (w *writer) wide(text, style string, line float64) {
	w.row++
	for col := numberCol; col <= w.noteCol(); col++ {
		w.set(col, w.row, "", style)
	}
	w.set(numberCol, w.row, text, style)
	w.do(w.file.MergeCell(sheet, cell(numberCol, w.row), cell(w.noteCol(), w.row)))
	w.do(w.file.SetRowHeight(sheet, w.row, height(text, wholeWidth, line)))
}

func (w *writer) all(between, key string, args ...any) string {
	return inAll(w.spec.Languages, between, func(l *words.Lang) string { return l.T(key, args...) })
}

func (w *writer) each(text func(*words.Lang) string) string {
	return inAll(w.spec.Languages, "\n", text)
}

// identity writes the hidden first row, by which a filled form says what it
// is whatever its file is called.
func (w *writer) identity() {
	w.row = 1
	for _, c := range [][2]string{
		{config.FormMarkCell, config.FormMark}, {config.FormSourceCell, w.spec.Source.ID},
		{config.FormAreaCell, w.spec.Area.Code}, {config.FormPeriodCell, w.spec.Period.String()},
	} {
		w.do(w.file.SetCellStr(sheet, c[0], c[1]))
		w.do(w.file.SetCellStyle(sheet, c[0], c[0], w.style("hidden")))
	}
	w.do(w.file.SetRowVisible(sheet, 1, false))
}

// top says what the form is, for whom, how to fill it in, whether one must,
// and by when; below stand the heads.
func (w *writer) top() {
	s := w.spec
	w.wide(w.each(func(l *words.Lang) string { return l.Name(s.Source.Title) }), "title", 19)
	w.wide(w.each(func(l *words.Lang) string { return l.Name(s.Area.Names) + " · " + l.Period(s.Period) }), "subtitle", 16)
	if s.Example {
		w.wide(w.all(" · ", "nature.example"), "example", 16)
	}
	w.wide(w.all("\n", "form.how"), "note", 15)
	if len(s.Source.Form.Approval) == 0 {
		w.wide(w.all("\n", "form.voluntary"), "note", 15)
	} else {
		w.wide(w.each(func(l *words.Lang) string { return l.T("form.approved", "act", l.Name(s.Source.Form.Approval)) }), "note", 15)
	}
	if c := s.Source.Calendar; c != nil {
		due := c.Due(s.Period)
		w.wide(inAll(s.Languages, " · ", func(l *words.Lang) string { return l.T("form.due", "date", l.Date(due)) }), "subtitle", 16)
	}
	w.row++
	w.do(w.file.SetRowHeight(sheet, w.row, 6))
	w.row++
	w.head = w.row
	w.set(numberCol, w.row, "№", "head")
	for i, l := range s.Languages {
		w.set(labelCol+i, w.row, l.T("form.measure"), "head")
	}
	w.set(w.unitCol(), w.row, w.all("\n", "form.unit"), "head")
	w.set(w.valueCol(), w.row, w.all("\n", "form.value"), "head")
	w.set(w.checkCol(), w.row, w.all("\n", "form.check"), "head")
	w.set(w.noteCol(), w.row, w.all("\n", "form.note"), "head")
	w.do(w.file.SetRowHeight(sheet, w.row, 15*float64(len(s.Languages))+6))
	w.row++ // the row that the program reads: plain heads, hidden from people
	w.set(numberCol, w.row, "№", "hidden")
	w.set(w.valueCol(), w.row, config.FormValueHead, "hidden")
	w.set(w.noteCol(), w.row, config.FormNoteHead, "hidden")
	w.set(w.idCol(), w.row, config.FormIDHead, "hidden")
	w.do(w.file.SetRowVisible(sheet, w.row, false))
}

func (w *writer) lines() {
	all := sections(w.spec.Measures)
	row, number := w.row, 0
	for _, s := range all { // the places first: a sum stands above its parts
		row++
		for _, m := range s.measures {
			row++
			number++
			w.line[m.ID], w.number[m.ID] = row, number
		}
	}
	for _, s := range all {
		w.wide(w.all(" · ", "form.owed_by."+s.department), "section", 16)
		for _, m := range s.measures {
			w.row++
			w.measure(m, s.department)
		}
	}
}

func (w *writer) measure(m model.Measure, department string) {
	at := cell(numberCol, w.row)
	w.do(w.file.SetCellInt(sheet, at, int64(w.number[m.ID])))
	w.do(w.file.SetCellStyle(sheet, at, at, w.style("number")))
	style, tall := "label", 0.0
	if w.line[m.Total] > 0 {
		style = "part"
	}
	for i, l := range w.spec.Languages {
		below := covers(l, m)
		if m.Department != department { // the whole above is owed by another
			below += "; " + l.T("form.owed_by."+m.Department)
		}
		name := l.Name(m.Name)
		label := cell(labelCol+i, w.row)
		w.do(w.file.SetCellRichText(sheet, label, []excelize.RichTextRun{
			{Text: name, Font: &excelize.Font{Family: "Calibri", Size: 11, Color: ink}},
			{Text: "\n" + below, Font: &excelize.Font{Family: "Calibri", Size: 9, Color: quiet}},
		}))
		w.do(w.file.SetCellStyle(sheet, label, label, w.style(style)))
		tall = max(tall, height(name+"\n"+below, w.labelWidth()-6, 14.5))
	}
	unit := w.each(func(l *words.Lang) string { return l.UnitHead(m.Unit) })
	w.set(w.unitCol(), w.row, unit, "unit")
	value := cell(w.valueCol(), w.row)
	w.do(w.file.SetCellStyle(sheet, value, value, w.style("value")))
	w.validate(value, m)
	check := cell(w.checkCol(), w.row)
	w.do(w.file.SetCellFormula(sheet, check, w.checkFormula(value, m)))
	w.do(w.file.SetCellStyle(sheet, check, check, w.style("check")))
	w.set(w.noteCol(), w.row, "", "open")
	w.set(w.idCol(), w.row, m.ID, "hidden")
	w.do(w.file.SetRowHeight(sheet, w.row, max(tall, height(unit, unitWidth, 14.5))))
}

// covers says which days a count covers.
func covers(l *words.Lang, m model.Measure) string {
	if m.Basis == model.Cumulative && m.Since != "" {
		return l.T("format.since", "date", l.Date(m.Since))
	}
	return l.T("basis." + string(m.Basis))
}

// foot asks who filled the form in and who signed it. It stands below a gap,
// where the reader of the form looks for notes only: nothing of it is kept
// beside the private snapshot.
func (w *writer) foot() {
	w.row++
	w.wide(w.all("\n", "form.private"), "note", 15)
	for _, key := range []string{"form.executor", "form.phone", "form.signed_by", "form.signed_on"} {
		w.row++
		text := w.all(" / ", key)
		w.set(labelCol, w.row, text, "label")
		w.set(labelCol+1, w.row, "", "open")
		w.do(w.file.SetRowHeight(sheet, w.row, max(20, height(text, w.labelWidth()-6, 14.5))))
	}
}

func (w *writer) finish() {
	width := func(col int, chars float64) {
		name, err := excelize.ColumnNumberToName(col)
		w.do(err)
		w.do(w.file.SetColWidth(sheet, name, name, chars))
	}
	width(numberCol, numberWidth)
	for i := range w.spec.Languages {
		width(labelCol+i, w.labelWidth())
	}
	width(w.unitCol(), unitWidth)
	width(w.valueCol(), valueWidth)
	width(w.checkCol(), checkWidth)
	width(w.noteCol(), noteWidth)
	id, err := excelize.ColumnNumberToName(w.idCol())
	w.do(err)
	w.do(w.file.SetColVisible(sheet, id, false))
	w.print()
	grid, zoom := false, 90.0
	w.do(w.file.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &grid, ZoomScale: &zoom}))
	w.do(w.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true}))
	first := cell(w.valueCol(), w.head+3)
	w.do(w.file.SetPanes(sheet, &excelize.Panes{Selection: []excelize.Selection{{SQRef: first, ActiveCell: first}}}))
}

// print sets the page: landscape, as wide as the paper, the heads on every
// sheet of it.
func (w *writer) print() {
	landscape, a4, wide, tall, fit := "landscape", 9, 1, 0, true
	w.do(w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &tall}))
	w.do(w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	margin := 0.4
	w.do(w.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin}))
	w.do(w.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + w.spec.Source.ID + " · " + w.spec.Area.Code + " · " + w.spec.Period.String() + "&R&P / &N"}))
	w.do(w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: fmt.Sprintf("%s!$%d:$%d", sheet, w.head, w.head)}))
}
