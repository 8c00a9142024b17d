package form

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Colours of the form: what is yellow is to be filled in, all else stands.
const (
	ink    = "1F2A33"
	quiet  = "4A5560"
	strong = "0B4F6C"
	band   = "E3EEF3"
	open   = "FFF9DB"
	rule   = "B0B8BF"
	wrong  = "8A2D0B"
)

func frame() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: rule, Style: 1})
	}
	return out
}

func filled(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// style is the number of a style by its name, made when first asked for.
func (w *writer) style(name string) int {
	if id, ok := w.styles[name]; ok {
		return id
	}
	s := &excelize.Style{
		Font:       &excelize.Font{Family: "Calibri", Size: 11, Color: ink},
		Alignment:  &excelize.Alignment{WrapText: true, Vertical: "center"},
		Protection: &excelize.Protection{Locked: true},
	}
	switch name {
	case "title":
		s.Alignment.Indent, s.Alignment.Horizontal = 1, "left"
		s.Font.Bold, s.Font.Size, s.Font.Color, s.Fill = true, 14, "FFFFFF", filled(strong)
	case "example":
		s.Alignment.Indent, s.Alignment.Horizontal = 1, "left"
		s.Font.Bold, s.Font.Color = true, wrong
	case "subtitle":
		s.Alignment.Indent, s.Alignment.Horizontal = 1, "left"
		s.Font.Bold, s.Font.Size = true, 12
	case "note":
		s.Alignment.Indent, s.Alignment.Horizontal = 1, "left"
		s.Font.Color = quiet
	case "head":
		s.Font.Bold, s.Fill, s.Border = true, filled(band), frame()
		s.Alignment.Horizontal = "center"
	case "section":
		s.Alignment.Indent, s.Alignment.Horizontal = 1, "left"
		s.Font.Bold, s.Font.Color, s.Fill, s.Border = true, strong, filled(band), frame()
	case "label":
		s.Border, s.Alignment.Indent, s.Alignment.Horizontal = frame(), 1, "left"
	case "part": // of the line above it
		s.Border, s.Alignment.Indent, s.Alignment.Horizontal = frame(), 3, "left"
	case "number":
		s.Border, s.Alignment.Horizontal = frame(), "center"
	case "unit":
		s.Border, s.Font.Color, s.Alignment.Horizontal = frame(), quiet, "center"
	case "value":
		s.Font.Bold, s.Font.Size, s.Fill, s.Border, s.NumFmt = true, 12, filled(open), frame(), 3
		s.Alignment.Horizontal, s.Alignment.Indent = "right", 1
		s.Protection.Locked = false
	case "open":
		s.Fill, s.Border = filled(open), frame()
		s.Protection.Locked = false
	case "check":
		s.Font.Color, s.Font.Size, s.Border, s.Alignment.Horizontal = quiet, 10, frame(), "center"
		s.Protection.Hidden = true
	case "hidden":
		s.Font.Color, s.Font.Size = "808080", 8
		s.Alignment.WrapText = false
	}
	id, err := w.file.NewStyle(s)
	w.do(err)
	w.styles[name] = id
	return id
}

// height is how tall a row must be for a text that wraps in so many
// characters of a column, in points.
func height(text string, chars, line float64) float64 {
	lines := 0.0
	for _, part := range strings.Split(text, "\n") {
		n := 1.0
		for room := float64(len([]rune(part))); room > chars; room -= chars {
			n++
		}
		lines += n
	}
	return lines*line + 4
}
