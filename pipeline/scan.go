package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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

// scan reads every file of the finished site and looks for what may never
// leave the private side: personal numbers, and texts such as the path of
// the store. It is the last gate before the switch.
func scan(ctx context.Context, dir string, private []string) ([]Leak, error) {
	var files []string
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	leaks := make([][]Leak, len(files))
	next := make(chan int, len(files))
	for i := range files {
		next <- i
	}
	close(next)
	group, ctx := errgroup.WithContext(ctx)
	for range 2 {
		group.Go(func() error {
			var raw bytes.Buffer // one for all files of this reader
			for i := range next {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err := readInto(&raw, files[i]); err != nil {
					return err
				}
				name, err := filepath.Rel(dir, files[i])
				if err != nil {
					return err
				}
				leaks[i] = leaksIn(filepath.ToSlash(name), raw.Bytes(), private)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var all []Leak
	for _, l := range leaks {
		all = append(all, l...)
	}
	return all, nil
}

// readInto reads a whole file in place of what the buffer held.
func readInto(b *bytes.Buffer, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	b.Reset()
	b.Grow(int(info.Size()) + bytes.MinRead)
	_, err = b.ReadFrom(f)
	return err
}

// leaksIn looks through one file.
func leaksIn(name string, raw []byte, private []string) []Leak {
	var found []Leak
	for _, text := range private {
		if text == "" {
			continue
		}
		if at := bytes.Index(raw, []byte(text)); at >= 0 {
			found = append(found, Leak{name, "private_text", fmt.Sprintf("byte %d", at)})
		}
	}
	if isText(name) {
		for _, at := range personalNumbers(raw) {
			found = append(found, Leak{name, "personal_number", fmt.Sprintf("byte %d", at)})
		}
	}
	return found
}

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
