package pipeline

import (
	"bytes"
	"os"
	"testing"
)

// The linker's hash must be there and must be the program's own; a text in
// its place that was set by hand would give two programs one number.
func TestTheProgramIsKnownByItsBuildID(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	id := buildID(bytes.NewReader(raw))
	if len(id) < 40 {
		t.Fatalf("this program names itself %q; expected the linker's hashes", id)
	}
	if again, err := programHash(); err != nil || again != id {
		t.Errorf("programHash is %q, %v; want %q", again, err, id)
	}
	byHand := bytes.Replace(raw, []byte(id), append([]byte("made-by-hand"), make([]byte, len(id)-12)...), 1)
	if got := buildID(bytes.NewReader(byHand)); got != "" {
		t.Errorf("a name that was set by hand counts as a hash: %q", got)
	}
	if got := buildID(bytes.NewReader([]byte("no program"))); got != "" {
		t.Errorf("what is no program has the hash %q", got)
	}
}
