package transforms

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/snapshot"
)

// BenchmarkDoor compares the whole way of a national instance from the bytes
// of its file to observations, with every rule declared, to the same way
// with the checks switched off. The metric cost-% is what the checks add, in
// time of the processor: the median over pairs of runs one after the other,
// since a busy machine slows both of a pair alike; quickest-% is the same of
// the quickest runs.
func BenchmarkDoor(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "national")
	if out, err := exec.Command("go", "run", "../tools/national", "-out", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	fsys, id, err := config.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	inst, err := config.Load(fsys, id, config.Settings{})
	if err != nil {
		b.Fatal(err)
	}
	inst.Rules = model.Rules{Min: ptr(0), Max: ptr(1e6), Jump: ptr(100), JumpFrom: ptr(500), SumTolerance: ptr(1), GapTolerance: ptr(1)}
	once := func(unchecked bool) float64 {
		kept, err := snapshot.Open(filepath.Join(b.TempDir(), "snapshots"))
		if err != nil {
			b.Fatal(err)
		}
		start := used(b)
		found, problems := sources.Deliver(context.Background(), inst, inst.Sources[0], kept)
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		s, err := Open(filepath.Join(b.TempDir(), "store.duckdb"))
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		s.unchecked = unchecked
		r, err := s.Load(context.Background(), inst, found)
		if err != nil {
			b.Fatal(err)
		}
		if r.Observations == 0 || r.Sources[0].Read != 264000 {
			b.Fatalf("%d observations of %d cells", r.Observations, r.Sources[0].Read)
		}
		return used(b) - start
	}
	var off, on, cost []float64
	for b.Loop() {
		without, with := once(true), once(false)
		off, on, cost = append(off, without), append(on, with), append(cost, 100*(with-without)/without)
	}
	slices.Sort(cost)
	b.ReportMetric(slices.Min(off), "unchecked-s")
	b.ReportMetric(slices.Min(on), "checked-s")
	b.ReportMetric(cost[len(cost)/2], "cost-%")
	b.ReportMetric(100*(slices.Min(on)/slices.Min(off)-1), "quickest-%")
}

// used is the time of the processor that the test has taken so far, in seconds.
func used(b testing.TB) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
