package pipeline

import (
	"os"
	"runtime/debug"
)

// Of a district's or region's data the garbage collector may let five times
// as much gather before it runs: a build is short, and a small one spends a
// tenth of its time on it otherwise. Beyond manyCells memory is
// dearer than time, and Go's own setting holds.
const (
	fewCells      = 10_000 // below it the private store may stay open to the end
	manyCells     = 50_000
	gatherPercent = 400
	usualPercent  = 100
)

// collectRarely sets the garbage collector for a small build, unless the
// environment has set it.
func collectRarely() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gatherPercent)
	}
}

// collectFor sets it back where a build of so many cells is a large one.
func collectFor(cells int64) {
	if os.Getenv("GOGC") == "" && cells > manyCells {
		debug.SetGCPercent(usualPercent)
	}
}
