package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"golang.org/x/sync/errgroup"

	"tereze/sources/personal"
)

// Leak is something in the finished site that must not be seen.
type Leak struct {
	File string // below the site
	What string // personal_number or private_text
	Near string // where: byte offset; the text itself is not repeated
}

// tree is what a scan read: the files below a folder and their bytes.
type tree struct {
	files int
	bytes int64
}

// scan reads every file of the finished site and looks for what may never
// leave the private side: personal numbers, and texts such as the path of
// the store. It is the last gate before the switch. keep is asked of each file
// first, by its name below the site, and may remove it: then it is not read.
func scan(ctx context.Context, dir string, keep func(name string) (bool, error), private []string) ([]Leak, tree, error) {
	var texts []*needle
	for _, text := range private {
		if text != "" {
			texts = append(texts, newNeedle(text))
		}
	}
	var read tree
	files := make(chan string, 64)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(files)
		return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			name := filepath.ToSlash(path[len(dir)+1:])
			if kept, err := keep(name); err != nil || !kept {
				return err
			}
			read.files++
			if !e.Type().IsRegular() {
				return nil // nothing to read, such as a link
			}
			select {
			case files <- name:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	scanners := make([]scanner, 2)
	for i := range scanners {
		scanners[i] = scanner{dir: dir, private: texts}
		group.Go(func() error { return scanners[i].each(ctx, files) })
	}
	if err := group.Wait(); err != nil {
		return nil, read, err
	}
	var leaks []Leak
	for _, s := range scanners {
		leaks = append(leaks, s.leaks...)
		read.bytes += s.bytes
	}
	slices.SortStableFunc(leaks, func(a, b Leak) int { return strings.Compare(a.File, b.File) })
	return leaks, read, nil
}

// scanner looks through one file after the other.
type scanner struct {
	dir     string
	private []*needle
	raw     []byte // what of a file was read, in place of the one before
	leaks   []Leak
	bytes   int64
}

// each looks through the files as they come.
func (s *scanner) each(ctx context.Context, files <-chan string) error {
	for name := range files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found, size, err := s.file(filepath.Join(s.dir, filepath.FromSlash(name)), name)
		if err != nil {
			return err
		}
		s.leaks = append(s.leaks, found...)
		s.bytes += size
	}
	return nil
}

// file reads one file and gives what it found in it, and its size.
func (s *scanner) file(path, name string) ([]Leak, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	if !isText(name) {
		return s.pieces(f, name)
	}
	s.raw = slices.Grow(s.raw[:0], readAtOnce)
	b := bytes.NewBuffer(s.raw)
	if _, err := b.ReadFrom(f); err != nil {
		return nil, 0, err
	}
	s.raw = b.Bytes()
	var found []Leak
	for _, text := range s.private {
		if at := text.index(s.raw); at >= 0 {
			found = append(found, Leak{name, "private_text", byteAt(int64(at))})
		}
	}
	for _, at := range personalNumbers(s.raw) {
		found = append(found, Leak{name, "personal_number", byteAt(int64(at))})
	}
	return found, int64(len(s.raw)), nil
}

// pieces looks for private texts in a file of numbers or packed data. It may
// be the whole database, so it is not read at once: each piece begins with
// the end of the one before, where a text may have begun.
func (s *scanner) pieces(f *os.File, name string) (found []Leak, size int64, err error) {
	overlap := 0
	for _, text := range s.private {
		overlap = max(overlap, len(text.text)-1)
	}
	s.raw = slices.Grow(s.raw[:0], overlap+readAtOnce)
	told := make([]bool, len(s.private))
	for kept := 0; ; {
		n, err := f.Read(s.raw[kept : kept+readAtOnce])
		if n == 0 && err == io.EOF {
			return found, size, nil
		}
		if err != nil {
			return nil, 0, err
		}
		piece := s.raw[:kept+n]
		for i, text := range s.private {
			if at := text.index(piece); at >= 0 && !told[i] {
				told[i] = true
				found = append(found, Leak{name, "private_text", byteAt(size - int64(kept) + int64(at))})
			}
		}
		size += int64(n)
		kept = copy(s.raw[:overlap], piece[max(0, len(piece)-overlap):])
	}
}

// readAtOnce is how much of a large file is held at a time: a part of what
// the processor keeps close.
const readAtOnce = 256 << 10

func byteAt(at int64) string { return fmt.Sprintf("byte %d", at) }

func isText(name string) bool {
	switch filepath.Ext(name) {
	case ".html", ".csv", ".json", ".jsonld", ".xml", ".svg", ".txt":
		return true
	}
	return false
}

// personalNumbers gives the offsets of twelve digits on their own that are
// an individual identification number by date and check digit. Of twelve
// digits in a row one lies at every twelfth byte, so only there it looks.
func personalNumbers(raw []byte) []int {
	var found []int
	for i := numberDigits - 1; i < len(raw); i += numberDigits {
		if !digit(raw[i]) {
			continue
		}
		start := i
		for start > 0 && digit(raw[start-1]) {
			start--
		}
		for i < len(raw) && digit(raw[i]) {
			i++
		}
		if i-start != numberDigits || (start > 0 && joined(raw[start-1])) || (i < len(raw) && joined(raw[i])) {
			continue
		}
		if personal.Number(string(raw[start:i])) {
			found = append(found, start)
		}
	}
	return found
}

// numberDigits is how long an individual identification number is.
const numberDigits = 12

func digit(b byte) bool { return b >= '0' && b <= '9' }

// joined reports whether a byte beside digits makes them part of a longer
// name or number: a hash, an identifier, a decimal.
func joined(b byte) bool {
	return b == '.' || b == '-' || b == '_' || b == '/' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// leakError is the refusal to publish, with the places and no content.
func leakError(leaks []Leak) error {
	lines := make([]string, 0, len(leaks))
	for _, l := range leaks {
		lines = append(lines, fmt.Sprintf("%s, %s: %s", l.File, l.Near, strings.ReplaceAll(l.What, "_", " ")))
	}
	sort.Strings(lines)
	const shown = 20
	if len(lines) > shown {
		lines = append(lines[:shown], fmt.Sprintf("and %d more", len(leaks)-shown))
	}
	return fail(ExitDisclosure, "the leak scan refuses to publish; the site was not switched:\n%s", strings.Join(lines, "\n"))
}
