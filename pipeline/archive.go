package pipeline

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/flate"
	"golang.org/x/sync/errgroup"

	"tereze/sources"
)

// archiveNames are the files of data/ that together are everything: in
// data/all.zip. Per-indicator files repeat them and stay out.
var archiveNames = []string{
	"values.csv", "observations.csv", "denominators.csv", "refusals.csv", "areas.csv", "area_events.csv", "policy_events.csv", "evidence.csv",
	"rule_outcomes.csv", "source_problems.csv", "decisions.csv", "corrections.csv", "disagreements.csv", "deliveries.csv",
	"comparisons.csv", "ranks.csv", "funnels.csv", "trends.csv", "contributions.csv", "queues.csv", "queue_tests.csv", "targets.csv", "changes.csv",
	"statements.csv", "statement_verdicts.csv", "requests.csv", "commitments.csv",
	"datapackage.json", "catalog.jsonld",
}

// zipEpoch is the date of every file in an archive: the same inputs give the
// same bytes, so the clock may not show.
var zipEpoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// packer compresses the files of an archive, one after the other.
type packer struct{ *flate.Writer }

func newPacker() packer {
	w, _ := flate.NewWriter(io.Discard, 3) // the error is of an unknown level
	return packer{w}
}

// next begins another file.
func (p packer) next(w io.Writer) (io.WriteCloser, error) {
	p.Reset(w)
	return p, nil
}

// writeArchive writes data/all.zip from the files that exist.
func writeArchive(dataDir string) error {
	f, err := os.Create(filepath.Join(dataDir, "all.zip"))
	if err != nil {
		return err
	}
	defer f.Close()
	buffered := bufio.NewWriterSize(f, 1<<20)
	z := zip.NewWriter(buffered)
	z.RegisterCompressor(zip.Deflate, newPacker().next)
	for _, name := range archiveNames {
		if err := addToArchive(z, dataDir, name); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return buffered.Flush()
}

func addToArchive(z *zip.Writer, dataDir, name string) error {
	in, err := os.Open(filepath.Join(dataDir, name))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipEpoch})
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return err
}

// writeSums writes data/SHA256SUMS over the named files of data/, in the form
// that `sha256sum -c` reads.
func writeSums(dataDir string, names []string) error {
	sums := make([]string, len(names))
	var next atomic.Int64
	var group errgroup.Group
	for range 2 {
		group.Go(func() error {
			piece := make([]byte, sumPiece) // one for all files of this reader
			for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
				var err error
				if sums[i], err = fileSum(filepath.Join(dataDir, names[i]), piece); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	var b strings.Builder
	for i, name := range names {
		fmt.Fprintf(&b, "%s  %s\n", sums[i], name)
	}
	return os.WriteFile(filepath.Join(dataDir, "SHA256SUMS"), []byte(b.String()), 0o644)
}

// sumPiece is how much of a file is summed at a time.
const sumPiece = 128 << 10

// fileSum is the SHA-256 of a file, read through piece.
func fileSum(path string, piece []byte) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	// Without its own way of writing, which would take another piece for each file.
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{f}, piece); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

const manifestName = "manifest.json"

// Manifest is manifest.json: what this release was made from. It holds no
// durations and no clock, so that it is the same for the same inputs.
type Manifest struct {
	Release      int                `json:"release"`
	Instance     string             `json:"instance"`
	Example      bool               `json:"example"`
	Today        string             `json:"today"`
	InstanceHash string             `json:"instance_sha256,omitempty"` // left out where the folder holds reports: it is over their bytes too
	Snapshots    []ManifestSnapshot `json:"snapshots"`
	Observations int64              `json:"observations"`
	Values       int64              `json:"values"`
	Suppressed   int64              `json:"suppressed"`
	Note         string             `json:"note,omitempty"`
}

// ManifestSnapshot is one delivery that went into the release: with hash and
// size where its owner has published it, else with the token that stands in
// the files.
type ManifestSnapshot struct {
	Source string `json:"source"`
	File   string `json:"file"`
	SHA256 string `json:"sha256,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"`
	Token  string `json:"token,omitempty"`
}

func manifestSnapshot(d sources.Delivery) ManifestSnapshot {
	m := ManifestSnapshot{Source: d.Source.ID, File: d.File}
	if d.Snapshot.Token != "" {
		m.Token = d.Snapshot.Token
	} else {
		m.SHA256, m.Bytes = d.Snapshot.SHA256, d.Snapshot.Bytes
	}
	return m
}

func writeManifest(dir string, m Manifest) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestName), append(raw, '\n'), 0o644)
}
