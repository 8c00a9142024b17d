package cli

import (
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"tereze/sources"
)

// stagesPerInstance is the length of the progress bar: the stages that every
// instance goes through; scan and publish come once.
const stagesPerInstance = 8

// bar shows progress: a bar on a terminal, elsewhere a plain line for each
// source that was fetched, since all else is told a second later.
type bar struct {
	w        io.Writer
	mu       sync.Mutex
	progress *mpb.Progress
	line     *mpb.Bar
	stage    string
}

func newBar(w io.Writer, steps int64) *bar {
	b := &bar{w: w}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return b
	}
	b.progress = mpb.New(mpb.WithOutput(f), mpb.WithWidth(40))
	b.line = b.progress.AddBar(steps,
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
			b.mu.Lock()
			defer b.mu.Unlock()
			return b.stage
		}, decor.WC{W: 20, C: decor.DindentRight})))
	return b
}

func (b *bar) hear(instance, stage string) {
	if b.line == nil {
		return
	}
	b.mu.Lock()
	b.stage = instance + ": " + stage
	b.mu.Unlock()
	b.line.Increment()
}

// fetched hears of a source. On a terminal only what went wrong stays to be
// seen.
func (b *bar) fetched(instance string, f sources.Fetched) {
	line := fmt.Sprintf("fetch %s/%s: %s", instance, f.Source, f.Outcome)
	if f.Problem != nil {
		line += ": " + f.Problem.Error()
	}
	if b.line == nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		fmt.Fprintln(b.w, line)
		return
	}
	b.mu.Lock()
	b.stage = instance + ": " + f.Source
	b.mu.Unlock()
	if f.Problem != nil {
		fmt.Fprintln(b.progress, line)
	}
}

// asked is fetched for a run of nothing else, where each source is a step.
func (b *bar) asked(instance string, f sources.Fetched) {
	b.fetched(instance, f)
	if b.line != nil {
		b.line.Increment()
	}
}

func (b *bar) end() {
	if b.line == nil {
		return
	}
	b.line.Abort(true)
	b.progress.Wait()
}
