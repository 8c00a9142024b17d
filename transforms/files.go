package transforms

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// bom starts the variants for Excel, which reads a CSV file as UTF-8 only
// then.
const bom = "\xef\xbb\xbf"

// Put keeps a small file of the site, given by its name below the data folder
// and its bytes, which are lent for the call alone. It may be called by
// several at a time.
type Put func(name string, raw []byte) error

// output is the data folder and what was written into it.
type output struct {
	dir  string
	put  Put
	lock sync.Mutex
	Exported
}

func (o *output) path(name string) string { return filepath.Join(o.dir, name) }

// keep hands over a small file.
func (o *output) keep(name string, raw []byte) error {
	o.count(int64(len(raw)))
	return o.put(name, raw)
}

// wrote takes note of a file that stands in the folder already.
func (o *output) wrote(name string) error {
	info, err := os.Stat(o.path(name))
	if err != nil {
		return err
	}
	o.count(info.Size())
	o.lock.Lock()
	defer o.lock.Unlock()
	o.Written = append(o.Written, name)
	return nil
}

func (o *output) count(size int64) {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.Files++
	o.Bytes += size
}

// largeText is up to how many bytes a text is gathered before it is kept. A
// larger one goes into its file as it comes.
const largeText = 1 << 20

// textFile is a file written line by line.
type textFile struct {
	out  *output
	name string
	text *bytes.Buffer // all of it, as long as it is small
	f    *os.File      // where it goes once it is large
	w    *bufio.Writer
}

var textBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (o *output) text(name string) *textFile {
	return &textFile{out: o, name: name, text: textBuffers.Get().(*bytes.Buffer)}
}

func (t *textFile) write(line []byte) error {
	if t.f == nil {
		if t.text.Len()+len(line) <= largeText {
			t.text.Write(line)
			return nil
		}
		if err := t.spill(); err != nil {
			return err
		}
	}
	_, err := t.w.Write(line)
	return err
}

// spill opens the file and writes what was gathered. What lies in its place
// may be shared with another site, so it is not written into.
func (t *textFile) spill() (err error) {
	if err := os.RemoveAll(t.out.path(t.name)); err != nil {
		return err
	}
	if t.f, err = os.Create(t.out.path(t.name)); err != nil {
		return err
	}
	t.w = bufio.NewWriterSize(t.f, 1<<16)
	_, err = t.w.Write(t.text.Bytes())
	return err
}

func (t *textFile) close() error {
	defer func() {
		t.text.Reset()
		textBuffers.Put(t.text)
	}()
	if t.f == nil {
		return t.out.keep(t.name, t.text.Bytes())
	}
	if err := errors.Join(t.w.Flush(), t.f.Close()); err != nil {
		return err
	}
	return t.out.wrote(t.name)
}

// indicatorFiles are the two CSV files of each indicator, written one
// indicator after the other.
type indicatorFiles struct {
	out    *output
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
	if err := x.close(); err != nil {
		return err
	}
	x.plain, x.excel = x.out.text(id+".csv"), x.out.text(id+".excel.csv")
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
