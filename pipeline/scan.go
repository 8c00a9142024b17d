package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"tereze/sources/personal"
)

// Leak is something in the finished site that must not be seen.
type Leak struct {
	File string // below the site
	What string // personal_number or private_text
	Near string // where: byte offset; the text itself is not repeated
}

// gate is the last thing that everything passes before the switch. It looks
// for what may never leave the private side: personal numbers, and texts such
// as the path of the store. Files that the build has in memory are shown to it
// as they are put in their place, all others are read once the site is whole.
type gate struct {
	private []*needle
	lock    sync.Mutex
	leaks   []Leak
}

func newGate(private ...string) *gate {
	g := &gate{}
	for _, text := range private {
		if text != "" {
			g.private = append(g.private, newNeedle(text))
		}
	}
	return g
}

// found are the leaks so far, by file.
func (g *gate) found() []Leak {
	g.lock.Lock()
	defer g.lock.Unlock()
	slices.SortStableFunc(g.leaks, func(a, b Leak) int { return strings.Compare(a.File, b.File) })
	return slices.Clone(g.leaks) // the other part of the site may add some
}

func (g *gate) leak(name, what string, at int) {
	g.lock.Lock()
	defer g.lock.Unlock()
	g.leaks = append(g.leaks, Leak{name, what, fmt.Sprintf("byte %d", at)})
}

// look looks through the bytes of a whole file and says whether it may pass.
func (g *gate) look(name string, raw []byte) bool {
	clean := true
	for _, text := range g.private {
		if at := text.index(raw); at >= 0 {
			clean = false
			g.leak(name, "private_text", at)
		}
	}
	if isText(name) {
		for _, at := range personalNumbers(raw) {
			clean = false
			g.leak(name, "personal_number", at)
		}
	}
	return clean
}

// read looks through the files of a folder, several at a time.
func (g *gate) read(ctx context.Context, dir string, names []string) error {
	err := sideBySide(len(names), func(next func() int) error {
		var r reader
		for i := next(); i < len(names) && ctx.Err() == nil; i = next() {
			if err := r.file(g, filepath.Join(dir, filepath.FromSlash(names[i])), names[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, ctx.Err())
}

// sideBySide starts two workers on n pieces of work. Each asks for the number
// of its next one; from n on there is none left.
func sideBySide(n int, work func(next func() int) error) error {
	var taken atomic.Int64
	var group errgroup.Group
	for range min(2, n) {
		group.Go(func() error { return work(func() int { return int(taken.Add(1) - 1) }) })
	}
	return group.Wait()
}

// reader shows files to a gate, one after the other.
type reader struct {
	raw []byte // what of a file was read, in place of the one before
}

func (r *reader) file(g *gate, path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if !isText(name) {
		return r.pieces(g, f, name)
	}
	r.raw = slices.Grow(r.raw[:0], readAtOnce)
	b := bytes.NewBuffer(r.raw)
	if _, err := b.ReadFrom(f); err != nil {
		return err
	}
	r.raw = b.Bytes()
	g.look(name, r.raw)
	return nil
}

// pieces looks for private texts in a file of numbers or packed data. It may
// be the whole database, so it is not read at once: each piece begins with
// the end of the one before, where a text may have begun.
func (r *reader) pieces(g *gate, f *os.File, name string) error {
	overlap := 0
	for _, text := range g.private {
		overlap = max(overlap, len(text.text)-1)
	}
	r.raw = slices.Grow(r.raw[:0], overlap+readAtOnce)
	told := make([]bool, len(g.private))
	size := 0
	for kept := 0; ; {
		n, err := f.Read(r.raw[kept : kept+readAtOnce])
		if n == 0 && err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		piece := r.raw[:kept+n]
		for i, text := range g.private {
			if at := text.index(piece); at >= 0 && !told[i] {
				told[i] = true
				g.leak(name, "private_text", size-kept+at)
			}
		}
		size += n
		kept = copy(r.raw[:overlap], piece[max(0, len(piece)-overlap):])
	}
}

// readAtOnce is how much of a large file is held at a time: a part of what
// the processor keeps close.
const readAtOnce = 256 << 10

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
