package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	maxUnzipped = 256 << 20 // bytes of all parts together
	maxParts    = 10_000
	maxCells    = 2_000_000 // cells that a reader must hold, blanks to the left of them included
	maxMerged   = 5_000
	maxWork     = 500_000_000 // cells times the width of their rows: what looking at each costs the library
	maxGap      = 10_000      // blank rows after which nothing is expected any more
)

// measure refuses a workbook that would unpack into more than a report ever
// needs: too many bytes, or a few cells far out, for which every cell before
// them would be made. It also tells whether any sheet holds formulas.
func measure(data []byte, limit int64) (formulas bool, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false, fmt.Errorf("the workbook is damaged: %w; send it again", err)
	}
	if len(z.File) > maxParts {
		return false, fmt.Errorf("the workbook has %d parts; at most %d are read", len(z.File), maxParts)
	}
	left := limit
	for _, part := range z.File {
		if part.FileInfo().IsDir() {
			continue
		}
		r, err := part.Open()
		if err != nil {
			return false, fmt.Errorf("the part %s of the workbook is damaged: %w; send it again", part.Name, err)
		}
		var w io.Writer = io.Discard
		var e extent
		// A sheet may lie in any part; the chain of formulas lists cells too.
		if name := strings.ToLower(part.Name); strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, "calcchain.xml") {
			w = &e
		}
		n, err := io.Copy(w, io.LimitReader(r, left+1))
		r.Close()
		left -= n
		switch {
		case errors.Is(e.err, errTooLarge):
			return false, fmt.Errorf("the part %s of the workbook spreads its cells over too many places; delete what lies far outside the table", part.Name)
		case left < 0:
			return false, fmt.Errorf("the workbook unpacks into more than %d MB; split it or take out pictures", limit>>20)
		case err != nil:
			return false, fmt.Errorf("the part %s of the workbook is damaged: %w; send it again", part.Name, err)
		}
		e.row()
		formulas = formulas || e.formulas
		if e.cells > maxCells || e.work > maxWork || e.merged > maxMerged {
			return false, fmt.Errorf("the part %s of the workbook spreads its cells over too many places or has more than %d merged ranges; delete what lies far outside the table", part.Name, maxMerged)
		}
	}
	return formulas, nil
}

var errTooLarge = errors.New("too many cells")

// extent adds up, from the addresses (r="B3") in a sheet's bytes, how far
// right each row reaches.
type extent struct {
	cells, merged int
	work          int
	formulas      bool
	lastRow, col  int
	rest          []byte
	err           error
}

func (e *extent) Write(p []byte) (int, error) {
	buf := p
	if len(e.rest) > 0 {
		buf = append(e.rest, p...)
	}
	for _, tag := range []string{"<f>", "<f ", "<f/", ":f>", ":f "} {
		e.formulas = e.formulas || bytes.Contains(buf, []byte(tag))
	}
	for {
		i := bytes.Index(buf, []byte("r="))
		if i < 0 || len(buf)-i < 16 {
			break
		}
		e.address(buf[i+2:])
		buf = buf[i+2:]
		if e.cells > maxCells || e.work > maxWork {
			e.err = errTooLarge
			return 0, e.err
		}
	}
	e.merged += bytes.Count(p, []byte("mergeCell "))
	e.rest = append([]byte(nil), buf[max(0, len(buf)-16):]...)
	return len(p), nil
}

// address takes in the attribute value that s begins with, if it is a cell's.
func (e *extent) address(s []byte) {
	if s[0] != '"' && s[0] != '\'' {
		return
	}
	col, row := 0, 0
	i := 1
	for ; i < len(s) && i < 5 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		col = col*26 + int(s[i]-'A') + 1
	}
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		row = row*10 + int(s[i]-'0')
	}
	if col == 0 || row == 0 || i >= len(s) || s[i] != s[0] {
		return
	}
	if row != e.lastRow {
		e.row()
		e.lastRow = row
	}
	e.col = max(e.col, col)
}

func (e *extent) row() {
	e.cells += e.col
	e.work += e.col * e.col
	e.col = 0
}
