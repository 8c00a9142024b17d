package downloads

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// book is an XLSX workbook while it is written: two sheets, each row by row,
// then close. A general library takes six times as long for the rows of a
// country; this one knows texts, numbers and three styles, nothing else.
// The parts stand in a fixed order and carry no clock.
type book struct {
	out    bytes.Buffer
	zip    *zip.Writer
	part   io.Writer // of the sheet that is open
	buf    []byte    // rows that wait to be packed; from rowBuffers
	held   *[]byte   // where buf goes back to
	n      int       // rows of the open sheet
	texts  map[string]int
	listed []string
	cells  int // texts in all cells
	err    error
}

// The styles of cells by their place in styles.xml.
const (
	styleHead = 1 // bold
	styleTerm = 2 // bold, at the top, broken into lines
	styleText = 3 // at the top, broken into lines
)

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	sheetSpec = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	packSpec  = "http://schemas.openxmlformats.org/package/2006/"
	relSpec   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// packers are kept from book to book: a new one takes longer than most books.
var packers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(io.Discard, 2) // the error is of an unknown level
	return w
}}

// rowBuffers are kept from book to book as well.
var rowBuffers = sync.Pool{New: func() any { return new([]byte) }}

type packer struct{ *flate.Writer }

func (p packer) Close() error {
	err := p.Writer.Close()
	packers.Put(p.Writer)
	return err
}

// bookFacts are the properties of a workbook; day is written as both of its dates.
type bookFacts struct{ title, description, creator, language, day string }

func newBook(facts bookFacts, notes, data string) *book {
	held := rowBuffers.Get().(*[]byte)
	b := &book{texts: map[string]int{}, held: held, buf: (*held)[:0]}
	b.zip = zip.NewWriter(&b.out)
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		p := packers.Get().(*flate.Writer)
		p.Reset(w)
		return packer{p}, nil
	})
	override := func(part, kind string) string {
		return `<Override PartName="/` + part + `" ContentType="` + kind + `"/>`
	}
	relation := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + kind + `" Target="` + target + `"/>`
	}
	b.file("[Content_Types].xml", `<Types xmlns="`+packSpec+`content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
		override("xl/workbook.xml", mediaType+"sheet.main+xml")+override("xl/worksheets/sheet1.xml", mediaType+"worksheet+xml")+override("xl/worksheets/sheet2.xml", mediaType+"worksheet+xml")+
		override("xl/styles.xml", mediaType+"styles+xml")+override("xl/sharedStrings.xml", mediaType+"sharedStrings+xml")+
		override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")+`</Types>`)
	b.file("_rels/.rels", `<Relationships xmlns="`+packSpec+`relationships">`+relation("rId1", relSpec+"/officeDocument", "xl/workbook.xml")+
		relation("rId2", packSpec+"relationships/metadata/core-properties", "docProps/core.xml")+`</Relationships>`)
	b.file("docProps/core.xml", `<cp:coreProperties xmlns:cp="`+packSpec+`metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`+
		escaped(facts.title)+`</dc:title><dc:creator>`+escaped(facts.creator)+`</dc:creator><dc:description>`+escaped(facts.description)+`</dc:description><dc:language>`+escaped(facts.language)+
		`</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">`+facts.day+`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">`+facts.day+`</dcterms:modified></cp:coreProperties>`)
	b.file("xl/workbook.xml", `<workbook xmlns="`+sheetSpec+`" xmlns:r="`+relSpec+`"><sheets><sheet name="`+escaped(sheetName(notes))+`" sheetId="1" r:id="rId1"/><sheet name="`+escaped(sheetName(data))+`" sheetId="2" r:id="rId2"/></sheets></workbook>`)
	b.file("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+packSpec+`relationships">`+relation("rId1", relSpec+"/worksheet", "worksheets/sheet1.xml")+relation("rId2", relSpec+"/worksheet", "worksheets/sheet2.xml")+
		relation("rId3", relSpec+"/styles", "styles.xml")+relation("rId4", relSpec+"/sharedStrings", "sharedStrings.xml")+`</Relationships>`)
	const wrap = `<alignment vertical="top" wrapText="1"/></xf>`
	b.file("xl/styles.xml", `<styleSheet xmlns="`+sheetSpec+`"><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>`+
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`+
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`+
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">`+wrap+
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">`+wrap+`</cellXfs></styleSheet>`)
	return b
}

// sheet opens the first or second sheet; widths are those of its columns.
func (b *book) sheet(number int, widths ...int) {
	b.part, b.n = b.create("xl/worksheets/sheet"+strconv.Itoa(number)+".xml", zip.Deflate), 0
	b.buf = append(b.buf[:0], xmlHead+`<worksheet xmlns="`+sheetSpec+`"><cols>`...)
	for i, w := range widths {
		n := strconv.Itoa(i + 1)
		b.buf = append(b.buf, `<col min="`+n+`" max="`+n+`" width="`+strconv.Itoa(w)+`" customWidth="1"/>`...)
	}
	b.buf = append(b.buf, `</cols><sheetData>`...)
}

// row writes a row; an empty field leaves its cell out.
func (b *book) row(fields []field, styles ...byte) {
	b.n++
	var number [8]byte
	n := strconv.AppendInt(number[:0], int64(b.n), 10)
	out := append(append(append(b.buf, `<row r="`...), n...), `">`...)
	for i := range fields {
		f := &fields[i]
		if f.empty() {
			continue
		}
		out = append(out, `<c r="`...)
		if i >= 26 {
			out = append(out, 'A'-1+byte(i/26))
		}
		out = append(append(append(out, 'A'+byte(i%26)), n...), '"')
		if len(styles) > 0 {
			out = append(out, ` s="`...)
			out = append(out, '0'+styles[min(i, len(styles)-1)], '"')
		}
		if f.numeric {
			out = appendNumber(append(out, `><v>`...), f.number)
		} else {
			out = strconv.AppendInt(append(out, ` t="s"><v>`...), int64(b.text(f.text)), 10)
		}
		out = append(out, `</v></c>`...)
	}
	b.buf = append(out, `</row>`...)
	if len(b.buf) > 1<<16 {
		b.flush()
	}
}

// text is the place of a text in the list that all cells share.
func (b *book) text(s string) int {
	b.cells++
	at, ok := b.texts[s]
	if !ok {
		at = len(b.listed)
		b.texts[s] = at
		b.listed = append(b.listed, s)
	}
	return at
}

func (b *book) endSheet() {
	b.buf = append(b.buf, `</sheetData></worksheet>`...)
	b.flush()
}

func (b *book) flush() {
	if b.err == nil {
		_, b.err = b.part.Write(b.buf)
	}
	b.buf = b.buf[:0]
}

// close gives the bytes of the workbook.
func (b *book) close() ([]byte, error) {
	b.part = b.create("xl/sharedStrings.xml", zip.Deflate)
	b.buf = append(b.buf[:0], xmlHead+`<sst xmlns="`+sheetSpec+`" count="`+strconv.Itoa(b.cells)+`" uniqueCount="`+strconv.Itoa(len(b.listed))+`">`...)
	for _, t := range b.listed {
		b.buf = append(append(append(b.buf, `<si><t xml:space="preserve">`...), escaped(t)...), `</t></si>`...)
	}
	b.buf = append(b.buf, `</sst>`...)
	b.flush()
	*b.held = b.buf
	rowBuffers.Put(b.held)
	if err := b.zip.Close(); b.err == nil {
		b.err = err
	}
	return b.out.Bytes(), b.err
}

func (b *book) create(name string, method uint16) io.Writer {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if b.err == nil {
		b.err = err
	}
	return w
}

// file writes one of the small parts, which packing would hardly make smaller.
func (b *book) file(name, text string) {
	w := b.create(name, zip.Store)
	if b.err == nil {
		_, b.err = io.WriteString(w, xmlHead+text)
	}
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}

// sheetName is a name as workbooks allow it: 31 letters, some signs not.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, s)
	if rs := []rune(s); len(rs) > 31 {
		s = string(rs[:31])
	}
	return s
}
