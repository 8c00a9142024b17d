package fetch

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

type part struct {
	name string
	size int
}

func packedParts(t *testing.T, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(f, zeros{}, int64(p.size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

func TestWorkbooksAreCheckedBeforeTheyAreOpened(t *testing.T) {
	good := packedParts(t, part{"[Content_Types].xml", 100}, part{"xl/workbook.xml", 1 << 20})
	lying := bytes.Clone(packedParts(t, part{"[Content_Types].xml", 100}, part{"xl/sheet.xml", 40 << 20}))
	// The directory at the end states the unpacked size; let it claim 10 bytes.
	at := bytes.LastIndex(lying, []byte("PK\x01\x02"))
	copy(lying[at+24:], []byte{10, 0, 0, 0})
	cases := []struct {
		name string
		body []byte
		code Code
	}{
		{"a workbook", good, ""},
		{"a zip bomb", packedParts(t, part{"[Content_Types].xml", 100}, part{"xl/sheet.xml", 40 << 20}), Bomb},
		{"a bomb in many parts", packedParts(t, part{"[Content_Types].xml", 1}, part{"a", 6 << 20}, part{"b", 6 << 20}), Bomb},
		{"a workbook that breaks off", good[:len(good)/2], Truncated},
		{"a packed file without a workbook", packedParts(t, part{"data.csv", 10}), WrongFormat},
		{"text", []byte("a,b\n1,2\n"), WrongFormat},
		{"a legacy workbook", append(OLE2, make([]byte, 600)...), LegacyXLS},
		{"a workbook with a password", append(OLE2, "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...), WrongFormat},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := CheckBytes(c.body, XLSX, 10<<20)
			if c.code == "" && err != nil || c.code != "" && (err == nil || err.Code != c.code) {
				t.Errorf("got %v, want %q", err, c.code)
			}
		})
	}
	if err := CheckBytes(lying, XLSX, 10<<20); err == nil {
		t.Error("a bomb that states a small size was accepted")
	}
}

func TestParquetIsLookedAtFromBothEnds(t *testing.T) {
	for body, code := range map[string]Code{
		"PAR1" + strings.Repeat("x", 20) + "PAR1": "",
		"PAR1" + strings.Repeat("x", 20):          Truncated,
		"PAR1":                                    Truncated,
		"PARE" + strings.Repeat("x", 20) + "PARE": WrongFormat,
		"a,b\n": WrongFormat,
	} {
		err := CheckBytes([]byte(body), Parquet, 0)
		if code == "" && err != nil || code != "" && (err == nil || err.Code != code) {
			t.Errorf("%.10q…: got %v, want %q", body, err, code)
		}
	}
}

func FuzzCheckBytes(f *testing.F) {
	for _, s := range []string{"", "a,b\n", "{}", "[1", "PK\x03\x04", "PAR1", "\xef\xbb\xbf", "<html>", string(OLE2)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(_ *testing.T, body []byte) {
		for _, format := range []Format{Any, JSON, CSV, XLSX, Parquet, Page} {
			_ = CheckBytes(body, format, 1<<20)
		}
		_ = isPage(body, "text/html")
		_ = pageTitle(body)
	})
}
