package pipeline

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/flate"

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

// zipEpoch is the date of every file in an archive, 1 January 1980 as the
// format writes it: the same inputs give the same bytes, so the clock may not
// show.
const zipEpoch = 1<<5 | 1

// zipVersion is the version of the format, 2.0, that packed files need.
const zipVersion = 20

// packed is one file of an archive.
type packed struct {
	zip.FileHeader
	bytes bytes.Buffer
}

// packers are lent to one file after the other: each is large.
var packers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, 3) // the error is of an unknown level
	return w
}}

// pack compresses a file.
func pack(path string) (*packed, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	p := &packed{FileHeader: zip.FileHeader{Name: filepath.Base(path), Method: zip.Deflate, CreatorVersion: zipVersion, ReaderVersion: zipVersion}}
	p.ModifiedDate = zipEpoch // the field that is written of a file that is packed already
	out := packers.Get().(*flate.Writer)
	defer packers.Put(out)
	out.Reset(&p.bytes)
	sum := crc32.NewIEEE()
	n, err := io.Copy(io.MultiWriter(sum, out), in)
	if err == nil {
		err = out.Close()
	}
	p.CRC32, p.UncompressedSize64, p.CompressedSize64 = sum.Sum32(), uint64(n), uint64(p.bytes.Len())
	return p, err
}

// archive is all.zip, from those of its files that this build has made.
func archive(dataDir string, made map[string]int64) ([]byte, error) {
	all := make([]*packed, len(archiveNames))
	err := sideBySide(len(archiveNames), func(next func() int) (err error) {
		for i := next(); i < len(archiveNames) && err == nil; i = next() {
			if _, ok := made[archiveNames[i]]; ok {
				all[i], err = pack(filepath.Join(dataDir, archiveNames[i]))
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range all {
		if p == nil {
			continue
		}
		out, err := z.CreateRaw(&p.FileHeader)
		if err != nil {
			return nil, err
		}
		if _, err := p.bytes.WriteTo(out); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return b.Bytes(), err
}

// sums is SHA256SUMS over the named files of data/, in the form that
// `sha256sum -c` reads.
func sums(dataDir string, names []string) ([]byte, error) {
	found := make([]string, len(names))
	err := sideBySide(len(names), func(next func() int) (err error) {
		piece := make([]byte, sumPiece) // one for all files of this reader
		for i := next(); i < len(names) && err == nil; i = next() {
			found[i], err = fileSum(filepath.Join(dataDir, names[i]), piece)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for i, name := range names {
		fmt.Fprintf(&b, "%s  %s\n", found[i], name)
	}
	return b.Bytes(), nil
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
