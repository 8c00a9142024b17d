package transforms

import (
	"context"
	"testing"
	"time"
)

// BenchmarkStatistics measures the step of statistics alone on a national
// instance: comparisons, ranks, funnels, trends, parts, queues, targets. The
// metric step-s is by the clock, processor-s what all threads took together:
// on a busy machine only the second means anything.
func BenchmarkStatistics(b *testing.B) {
	in, deliveries := national()
	ctx := context.Background()
	s, err := Open("")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Load(ctx, in, deliveries); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Compute(ctx, in); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Protect(ctx, in, b.TempDir()+"/public.duckdb", 1); err != nil {
		b.Fatal(err)
	}
	clock, processor := 1e9, 1e9
	for b.Loop() {
		began, spent := time.Now(), used(b)
		if err := s.compare(ctx, in); err != nil {
			b.Fatal(err)
		}
		clock, processor = min(clock, time.Since(began).Seconds()), min(processor, used(b)-spent)
	}
	b.ReportMetric(clock, "step-s")
	b.ReportMetric(processor, "processor-s")
}
