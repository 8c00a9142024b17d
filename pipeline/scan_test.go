package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestScanFindsWhatMayNotLeave(t *testing.T) {
	const valid = "000101000003" // date part 2000-01-01; the last digit is made right below
	number := withCheckDigit(valid[:11])
	for _, c := range []struct {
		name, file, text string
		leaks            int
	}{
		{"a personal number in a page", "index.html", "<p>" + number + "</p>", 1},
		{"in a table", "data/x.csv", "a,b\n1," + number + "\n", 1},
		{"a hash that holds twelve digits", "data/SHA256SUMS.txt", "ab" + number + "cd  x", 0},
		{"twelve digits with no date", "index.html", "999999999999", 0},
		{"a longer number", "index.html", "1" + number, 0},
		{"a private path in any file", "data/public.duckdb", "…/secret/store…", 1},
		{"nothing", "index.html", "9 000 of 18 000", 0},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(c.file))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		g := newGate("/secret/store")
		if err := g.read(t.Context(), dir, []string{c.file}); err != nil {
			t.Fatal(err)
		}
		leaks := g.found()
		if len(leaks) != c.leaks {
			t.Errorf("%s: %d leaks found, want %d: %v", c.name, len(leaks), c.leaks, leaks)
		}
		if err := leakError(leaks); c.leaks > 0 && ExitCode(err) != ExitDisclosure {
			t.Errorf("%s: exit code %d, want %d", c.name, ExitCode(err), ExitDisclosure)
		}
	}
}

// The scan looks at every twelfth byte only; a number must be found wherever
// it begins, and whatever digits lie around it.
func TestAPersonalNumberIsFoundAtEveryPlace(t *testing.T) {
	number := withCheckDigit("00010100000")
	for before := range 40 {
		for _, around := range []string{"x ", "12345 ", "1 2 3 ", "123456789012345678 "} {
			text := strings.Repeat(around, 1+before/len(around))[:before]
			if before > 0 {
				text = text[:before-1] + " "
			}
			text += number + " 7 77 777 " + number
			got := personalNumbers([]byte(text))
			if len(got) != 2 || got[0] != before {
				t.Fatalf("%q: found at %v, want at %d and once more", text, got, before)
			}
		}
	}
}

// A private text is found wherever it begins, in a page and in a database
// that is read in pieces, and only there.
func TestAPrivateTextIsFoundAtEveryPlace(t *testing.T) {
	const secret = "/home/aab/aab/.store"
	dir := t.TempDir()
	for _, file := range []string{"index.html", "public.duckdb"} {
		for _, at := range []int{0, 1, 19, 20, 77, readAtOnce - len(secret), readAtOnce - 7, readAtOnce - 1, readAtOnce, 3*readAtOnce - 3} {
			for _, text := range []string{secret, "/home/aab/aab/.stare"} {
				raw := bytes.Repeat([]byte("/home/aab/aab/aab/ "), (at+60)/19+1)[:at]
				raw = append(append(raw, text...), " /home/aab/aab"...)
				path := filepath.Join(dir, file)
				if err := os.WriteFile(path, raw, 0o644); err != nil {
					t.Fatal(err)
				}
				g := newGate("nowhere", secret)
				if err := g.read(t.Context(), dir, []string{file}); err != nil {
					t.Fatal(err)
				}
				shown := newGate("nowhere", secret)
				shown.look(file, raw)
				for _, leaks := range [][]Leak{g.found(), shown.found()} {
					if text != secret && len(leaks) > 0 || text == secret && (len(leaks) != 1 || leaks[0].Near != fmt.Sprintf("byte %d", at)) {
						t.Errorf("%s: %q at %d: %v", file, text, at, leaks)
					}
				}
			}
		}
	}
}

// A needle finds the first of the places that a search byte by byte finds.
func TestNeedle(t *testing.T) {
	for _, text := range []string{"a", "abc", "abcdefg", "abababab", "/home/aab/aab/.store", strings.Repeat("ab", 200)} {
		n := newNeedle(text)
		for before := range 50 {
			for _, hay := range []string{"", text, text[1:], text[:len(text)-1], text[:len(text)-1] + text, text + text, text[len(text)/2:] + text + "/"} {
				raw := []byte(strings.Repeat("ab/", 20)[:before] + hay)
				if got, want := n.index(raw), bytes.Index(raw, []byte(text)); got != want {
					t.Fatalf("%q in %q: found at %d, expected %d", text, raw, got, want)
				}
			}
		}
	}
}

// withCheckDigit completes eleven digits by the weights of the published
// algorithm: 1..11, and where that leaves 10, 3..11, 1, 2.
func withCheckDigit(eleven string) string {
	sum := func(first int) int {
		s := 0
		for i := range 11 {
			w := (i+first-1)%11 + 1
			s += w * int(eleven[i]-'0')
		}
		return s % 11
	}
	d := sum(1)
	if d == 10 {
		d = sum(3)
	}
	return eleven + string(rune('0'+d))
}
