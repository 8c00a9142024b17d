package pipeline

import (
	"time"
)

// Report is what a build did, in the shape that `build --json` prints.
type Report struct {
	Release      int            `json:"release"`
	Instance     string         `json:"instance"`
	Sources      []SourceReport `json:"sources"`
	Observations int64          `json:"observations"`
	Values       int64          `json:"values"`
	Suppressed   int64          `json:"suppressed"`
	Pages        int            `json:"pages"`
	Files        int            `json:"files"`
	Bytes        int64          `json:"bytes"`
	Stages       []StageReport  `json:"stages"`
	Warnings     []string       `json:"warnings"`
	Example      *Report        `json:"example,omitempty"`
}

// SourceReport is one source's accounting: cells_read is the sum of the
// three fates. Snapshot is the hash of its (first, by name) delivery.
type SourceReport struct {
	ID              string `json:"id"`
	Kind            string `json:"kind"`
	CellsRead       int64  `json:"cells_read"`
	Accepted        int64  `json:"accepted"`
	Refused         int64  `json:"refused"`
	DroppedPersonal int64  `json:"dropped_personal"`
	Snapshot        string `json:"snapshot"`
	Stale           bool   `json:"stale"`
}

// StageReport is one stage: how long it took, and rows in and out.
type StageReport struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	RowsIn  int64   `json:"rows_in"`
	RowsOut int64   `json:"rows_out"`
}

// Progress hears of each stage as it starts; nil means nobody listens.
type Progress func(instance, stage string)

// clock times the stages of one instance.
type clock struct {
	report   *Report
	progress Progress
}

// stage runs one stage and writes its line in the report.
func (c clock) stage(name string, run func() (in, out int64, err error)) error {
	if c.progress != nil {
		c.progress(c.report.Instance, name)
	}
	start := time.Now()
	in, out, err := run()
	c.report.Stages = append(c.report.Stages, StageReport{name, time.Since(start).Seconds(), in, out})
	return err
}
