// Package charset turns the bytes of a text file into text, whatever encoding it was saved in.
package charset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Names of encodings as sources declare them.
const (
	UTF8        = "utf-8"
	UTF8BOM     = "utf-8-bom"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1251 = "windows-1251"
)

// Decode turns bytes into text and says which encoding they had. What the
// bytes themselves prove (a byte order mark, letters of UTF-8) outweighs the
// declaration, for a text read in the wrong encoding is wrong in every
// letter. Bytes that the encoding does not have become U+FFFD: the cell is
// then refused by itself, and no other with it.
func Decode(data []byte, declared string) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(data[3:]), "\ufffd"), UTF8BOM, nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16Text(data[2:], binary.LittleEndian), UTF16LE, nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16Text(data[2:], binary.BigEndian), UTF16BE, nil
	}
	switch declared {
	case "", UTF8, UTF8BOM, Windows1251, UTF16LE, UTF16BE, "utf-16":
	default:
		return "", "", fmt.Errorf("encoding %q is not known; expected %s, %s, %s, %s or %s", declared, UTF8, UTF8BOM, Windows1251, UTF16LE, UTF16BE)
	}
	letters, broken := utf8Letters(data)
	switch {
	case declared == UTF16BE || declared == "" && zeros(data, 0):
		return utf16Text(data, binary.BigEndian), UTF16BE, nil
	case declared == UTF16LE || declared == "utf-16" || declared == "" && zeros(data, 1):
		return utf16Text(data, binary.LittleEndian), UTF16LE, nil
	case broken == 0 && (letters > 0 || declared != Windows1251):
		return string(data), UTF8, nil
	case declared == UTF8 || declared == UTF8BOM || letters > 10*broken:
		return strings.ToValidUTF8(string(data), "\ufffd"), UTF8, nil
	}
	return windows1251(data), Windows1251, nil
}

// utf8Letters counts the letters of several bytes and the bytes that are no UTF-8.
func utf8Letters(data []byte) (letters, broken int) {
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			broken++
		} else {
			letters++
		}
		data = data[n:]
	}
	return letters, broken
}

// zeros reports whether zero bytes stand at every second place only, as the
// digits, separators and line ends of UTF-16 without a mark have them.
func zeros(data []byte, at int) bool {
	data = data[:min(len(data), 1000)]
	var n [2]int
	for i, b := range data {
		if b == 0 {
			n[i%2]++
		}
	}
	return n[at] > 0 && n[1-at] == 0 && n[at]*40 >= len(data)
}

func utf16Text(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return string(utf16.Decode(units))
}

var cyrillic = func() (table [256][]byte) {
	for i := range table {
		r := charmap.Windows1251.DecodeByte(byte(i))
		table[i] = utf8.AppendRune(nil, r)
	}
	return table
}()

func windows1251(data []byte) string {
	out := make([]byte, 0, len(data)+len(data)/2)
	for _, b := range data {
		if b < utf8.RuneSelf {
			out = append(out, b)
		} else {
			out = append(out, cyrillic[b]...)
		}
	}
	return string(out)
}
