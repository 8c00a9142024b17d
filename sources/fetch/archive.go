package fetch

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// maxEntries bounds the parts of a workbook; real ones have some dozens.
const maxEntries = 10_000

// checkWorkbook looks whether a packed workbook is whole and unpacks to no
// more than limit. It unpacks everything once, because the sizes that a
// packed file states of itself may lie. No ratio is looked at: an honest
// sheet with a million empty formatted rows packs extremely well.
func checkWorkbook(body []byte, limit int64) *Error {
	if !bytes.HasPrefix(body, []byte("PK")) {
		return Fault("", WrongFormat, "is not a workbook; expected .xlsx")
	}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return Fault("", Truncated, "is a packed file that breaks off or is damaged")
	}
	if len(archive.File) > maxEntries {
		return Fault("", Bomb, "holds %d packed parts; expected a workbook of at most %d", len(archive.File), maxEntries)
	}
	if limit <= 0 {
		limit = 1 << 30
	}
	workbook := false
	var unpacked int64
	for _, f := range archive.File {
		workbook = workbook || f.Name == "[Content_Types].xml"
		if f.UncompressedSize64 > uint64(limit) {
			return tooMuch(limit)
		}
		n, err := unpackedSize(f, limit-unpacked)
		unpacked += n
		if errors.Is(err, errTooLarge) {
			return tooMuch(limit)
		}
		if err != nil {
			return Fault("", Truncated, "is a packed file whose part %q is damaged", f.Name)
		}
	}
	if !workbook {
		return Fault("", WrongFormat, "is a packed file without a workbook in it; expected .xlsx")
	}
	return nil
}

func tooMuch(limit int64) *Error {
	return Fault("", Bomb, "unpacks to more than %d MiB; refused", max(1, limit>>20))
}

func unpackedSize(f *zip.File, limit int64) (int64, error) {
	part, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer part.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(part, limit+1))
	if err == nil && n > limit {
		err = errTooLarge
	}
	return n, err
}
