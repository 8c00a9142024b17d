package snapshot

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tereze/model"
)

// What was kept is read back; a source never fetched has an empty history,
// and a damaged one is told and not taken for an empty one.
func TestHistoryIsReadBack(t *testing.T) {
	s := open(t)
	if h, err := s.History("one"); err != nil || len(h.Good) != 0 || h.Source != "one" {
		t.Fatalf("%+v %v", h, err)
	}
	m, err := s.Put([]byte("a"), model.Snapshot{Source: "one"})
	if err != nil {
		t.Fatal(err)
	}
	h := History{Source: "one", Good: []Kept{{Name: "a.csv", SHA256: m.SHA256, ETag: "v"}}, Checked: s.Now()}
	h.Note(Event{At: s.Now(), Outcome: Fresh, SHA256: h.Hashes()})
	if err := s.Keep(h); err != nil {
		t.Fatal(err)
	}
	got, err := s.History("one")
	if k, ok := got.Last("a.csv"); err != nil || !ok || k.ETag != "v" || !s.Holds(got) {
		t.Errorf("%+v %v", got, err)
	}
	name := filepath.Join(s.dir, "sources", "one.json")
	for _, text := range []string{"{", `{"source": "two"}`} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := s.History("one"); err == nil || !strings.Contains(err.Error(), "restore it") {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, bad := range []string{"", "../one", "a/b", "."} {
		if err := s.Keep(History{Source: bad}); err == nil {
			t.Errorf("a history was written under the name %q", bad)
		}
	}
}

// A thousand quiet checks are one line; a change of fortune is another; old
// lines fall away.
func TestEventsAreCounted(t *testing.T) {
	var h History
	for i := range 1000 {
		h.Note(Event{At: fmt.Sprint(i), Outcome: Unchanged, SHA256: []string{"a"}})
	}
	h.Note(Event{At: "x", Outcome: Failed, Code: "c"})
	if len(h.Events) != 2 || h.Events[0].Times != 1000 || h.Events[0].At != "0" || h.Events[0].Until != "999" {
		t.Errorf("%+v", h.Events)
	}
	for i := range 3 * maxEvents {
		h.Note(Event{At: fmt.Sprint(i), Outcome: Fresh, SHA256: []string{fmt.Sprint(i)}})
	}
	if n := len(h.Events); n != maxEvents || h.Events[n-1].At != fmt.Sprint(3*maxEvents-1) {
		t.Errorf("%d events, the last %+v", n, h.Events[n-1])
	}
}
