package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Colours of the cells in an annotated copy.
const (
	mendColour = "F4A9A0"
	knowColour = "FFD98A"
)

// maxUnzipped bounds what a workbook may unpack into, in bytes.
const maxUnzipped = 256 << 20

func address(p CheckProblem) string { return p.Column + strconv.Itoa(p.Row) }

// mark is what is written at one cell of the copy.
type mark struct {
	sheet, cell, colour string
	words               []string
}

// annotate writes a copy of the workbook in which each bad cell is coloured
// and carries the words as a comment; everything else is as it was.
func (c *checker) annotate(out string) error {
	if same(out, c.report.File) {
		return fail(ExitUsage, "--annotate %s: is the file itself; choose another name for the copy", out)
	}
	if !bytes.HasPrefix(c.data, []byte("PK")) {
		return fail(ExitUsage, "--annotate: %s is not an .xlsx workbook, so it has no cells to mark; save it as .xlsx first", c.report.File)
	}
	f, err := excelize.OpenReader(bytes.NewReader(c.data), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return fail(ExitUsage, "--annotate: %s cannot be opened: %w", c.report.File, err)
	}
	defer f.Close()
	for _, m := range c.marks(f) {
		if err := put(f, m); err != nil {
			return fail(ExitUsage, "--annotate: cell %s of %s cannot be marked: %w", m.cell, c.report.File, err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return err
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		return &Failure{ExitUsage, err}
	}
	return nil
}

func same(a, b string) bool {
	x, err1 := filepath.Abs(a)
	y, err2 := filepath.Abs(b)
	if err1 == nil && err2 == nil && x == y {
		return true
	}
	i, err1 := os.Stat(a)
	j, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(i, j)
}

// marks gathers what is to be said cell by cell; what must be mended decides
// the colour.
func (c *checker) marks(f *excelize.File) []mark {
	first := c.src.Table.Sheet
	if i, err := f.GetSheetIndex(first); err != nil || i < 0 {
		first = f.GetSheetName(f.GetActiveSheetIndex())
	}
	var out []mark
	at := map[[2]string]int{}
	add := func(p CheckProblem, colour string) {
		sheet, cell := p.Sheet, c.shownAt(p)
		if sheet == "" {
			sheet = first
		}
		words := p.Words
		if p.Hint != "" {
			words += " " + p.Hint
		}
		i, ok := at[[2]string{sheet, cell}]
		if !ok {
			i = len(out)
			at[[2]string{sheet, cell}] = i
			out = append(out, mark{sheet: sheet, cell: cell, colour: colour})
		}
		out[i].words = append(out[i].words, words)
	}
	for _, p := range c.report.Problems {
		add(p, mendColour)
	}
	for _, p := range c.report.Remarks {
		add(p, knowColour)
	}
	return out
}

// put colours one cell, keeping all else of its style, and adds the words to
// a comment that may stand there already.
func put(f *excelize.File, m mark) error {
	id, err := f.GetCellStyle(m.sheet, m.cell)
	if err != nil {
		return err
	}
	style, err := f.GetStyle(id)
	if err != nil {
		return err
	}
	style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{m.colour}}
	if id, err = f.NewStyle(style); err != nil {
		return err
	}
	if err := f.SetCellStyle(m.sheet, m.cell, m.cell, id); err != nil {
		return err
	}
	text := strings.Join(m.words, "\n\n")
	comments, err := f.GetComments(m.sheet)
	if err != nil {
		return err
	}
	for _, old := range comments {
		if old.Cell == m.cell {
			if err := f.DeleteComment(m.sheet, m.cell); err != nil {
				return err
			}
			text = old.Text + "\n\n" + text
		}
	}
	const width, perLine, lineHeight = 300, 42, 18
	lines := 2
	for _, part := range strings.Split(text, "\n") {
		lines += 1 + len([]rune(part))/perLine
	}
	return f.AddComment(m.sheet, excelize.Comment{
		Author: "Tereze", Cell: m.cell, Width: width, Height: uint(lines * lineHeight),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Size: 10, Family: "Calibri"}}},
	})
}
