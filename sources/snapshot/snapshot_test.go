package snapshot

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tereze/model"
)

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "snapshots"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The first retrieval counts; a second delivery of the same bytes changes
// nothing on the disk.
func TestNeverOverwritten(t *testing.T) {
	s := open(t)
	clock := time.Date(2021, 7, 1, 9, 0, 0, 0, time.UTC)
	s.now = func() time.Time { clock = clock.Add(time.Hour); return clock }
	first, err := s.Put([]byte("a;b\n"), model.Snapshot{Source: "one", Origin: "data/a.csv"})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(s.dir, first.SHA256, "bytes")
	before, _ := os.Stat(name)
	again, err := s.Put([]byte("a;b\n"), model.Snapshot{Source: "one", Origin: "data/a.csv"})
	if err != nil || again.RetrievedAt != first.RetrievedAt || again.SHA256 != first.SHA256 {
		t.Fatalf("first %+v, again %+v, %v", first, again, err)
	}
	after, _ := os.Stat(name)
	if !os.SameFile(before, after) {
		t.Error("the bytes were written twice")
	}
	data, meta, err := s.Get(first.SHA256)
	if err != nil || string(data) != "a;b\n" || meta.Origin != "data/a.csv" || meta.Bytes != 4 {
		t.Fatalf("%q %+v %v", data, meta, err)
	}
}

// The same bytes from two places keep both places.
func TestSameBytesOfTwoSources(t *testing.T) {
	s := open(t)
	a, _ := s.Put([]byte("x"), model.Snapshot{Source: "a", Origin: "a.csv"})
	b, err := s.Put([]byte("x"), model.Snapshot{Source: "b", Origin: "b.csv"})
	if err != nil || a.SHA256 != b.SHA256 || b.Source != "b" {
		t.Fatalf("%+v %+v %v", a, b, err)
	}
	if names, _ := filepath.Glob(filepath.Join(s.dir, a.SHA256, "*.json")); len(names) != 2 {
		t.Errorf("descriptions kept: %v", names)
	}
}

// Bytes changed on the disk are found out, and half a file from a crash is
// made whole by the next delivery.
func TestDamage(t *testing.T) {
	s := open(t)
	m, _ := s.Put([]byte("right"), model.Snapshot{Source: "a"})
	name := filepath.Join(s.dir, m.SHA256, "bytes")
	os.WriteFile(name, []byte("wrong"), 0o644)
	if _, _, err := s.Get(m.SHA256); err == nil {
		t.Error("changed bytes were given out")
	}
	os.WriteFile(name, nil, 0o644)
	if _, err := s.Put([]byte("right"), model.Snapshot{Source: "a"}); err != nil {
		t.Fatal(err)
	}
	if data, _, err := s.Get(m.SHA256); err != nil || string(data) != "right" {
		t.Errorf("%q %v", data, err)
	}
	for _, bad := range []string{"", "../../etc/passwd", m.SHA256[:63] + "/"} {
		if _, _, err := s.Get(bad); err == nil {
			t.Errorf("hash %q was accepted", bad)
		}
	}
}

func TestConcurrentPuts(t *testing.T) {
	s := open(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := s.Put([]byte("same"), model.Snapshot{Source: "a"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if left, _ := filepath.Glob(filepath.Join(s.dir, "*", ".part-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
