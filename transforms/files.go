package transforms

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
)

// bom starts the variants for Excel, which reads a CSV file as UTF-8 only
// then.
const bom = "\xef\xbb\xbf"

// textFile is a file written line by line.
type textFile struct {
	f *os.File
	w *bufio.Writer
}

func create(path string) (*textFile, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &textFile{f, bufio.NewWriterSize(f, 1<<16)}, nil
}

func (t *textFile) write(line []byte) error {
	_, err := t.w.Write(line)
	return err
}

func (t *textFile) close() error { return errors.Join(t.w.Flush(), t.f.Close()) }

// indicatorFiles are the two CSV files of each indicator, written one
// indicator after the other.
type indicatorFiles struct {
	dir    string
	header []byte
	id     string // of those that are open
	plain  *textFile
	excel  *textFile
	done   map[string]bool
}

func (x *indicatorFiles) write(id string, line []byte) error {
	if x.plain == nil || id != x.id {
		if err := x.open(id); err != nil {
			return err
		}
	}
	if err := x.plain.write(line); err != nil {
		return err
	}
	return x.excel.write(line)
}

func (x *indicatorFiles) open(id string) error {
	err := x.close()
	if err != nil {
		return err
	}
	if x.plain, err = create(filepath.Join(x.dir, id+".csv")); err != nil {
		return err
	}
	if x.excel, err = create(filepath.Join(x.dir, id+".excel.csv")); err != nil {
		return err
	}
	if x.done == nil {
		x.done = map[string]bool{}
	}
	x.id, x.done[id] = id, true
	return errors.Join(x.excel.write([]byte(bom)), x.plain.write(x.header), x.excel.write(x.header))
}

func (x *indicatorFiles) close() error {
	var errs []error
	for _, f := range []**textFile{&x.plain, &x.excel} {
		if *f != nil {
			errs = append(errs, (*f).close())
			*f = nil
		}
	}
	return errors.Join(errs...)
}

// finish closes the last files and writes the header alone for indicators
// that had no rows.
func (x *indicatorFiles) finish(ids []string) error {
	for _, id := range ids {
		if !x.done[id] {
			if err := x.open(id); err != nil {
				return err
			}
		}
	}
	return x.close()
}
