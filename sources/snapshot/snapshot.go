// Package snapshot keeps the bytes of deliveries, each under its own hash,
// with what is known of it beside it.
package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"

	"tereze/model"
)

// Store is a folder of snapshots: {hash}/bytes and, for every origin the
// same bytes came from, {hash}/{name}.json. Nothing in it is ever changed.
type Store struct {
	dir string
	now func() time.Time
}

// Open makes the folder where it does not exist.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("%s: the folder of snapshots cannot be made: %w", dir, err)
	}
	return &Store{dir: dir, now: time.Now}, nil
}

// Describe fills in what follows from the bytes alone.
func Describe(data []byte, meta model.Snapshot) model.Snapshot {
	sum := sha256.Sum256(data)
	meta.SHA256 = hex.EncodeToString(sum[:])
	meta.Bytes = int64(len(data))
	return meta
}

// Put keeps data and meta and returns meta with hash, size and the time of
// retrieval. Where the same bytes of the same origin are kept already,
// nothing is written and the first time of retrieval stays.
func (s *Store) Put(data []byte, meta model.Snapshot) (model.Snapshot, error) {
	meta = Describe(data, meta)
	dir := filepath.Join(s.dir, meta.SHA256)
	beside := filepath.Join(dir, besideName(meta))
	name := filepath.Join(dir, "bytes")
	if there, err := os.ReadFile(name); err == nil && bytes.Equal(there, data) {
		if old, err := read(beside); err == nil {
			meta.RetrievedAt = old.RetrievedAt
			return meta, nil
		}
	} else {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return meta, err
		}
		if err := syncDir(s.dir); err != nil {
			return meta, err
		}
		// A file with other bytes is what a crash or a bad disk left behind:
		// it is not the snapshot of this hash, so putting the right bytes in
		// its place overwrites none.
		if err := write(name, data); err != nil {
			return meta, err
		}
	}
	if meta.RetrievedAt == "" {
		meta.RetrievedAt = s.now().UTC().Format(time.RFC3339)
	}
	kept := meta
	kept.Detected = nil // it follows from the bytes, and the reader may learn more
	text, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return meta, err
	}
	return meta, write(beside, append(text, '\n'))
}

// Get returns the bytes with the hash and the first of their descriptions.
// Bytes that no longer have their hash are an error.
func (s *Store) Get(sha string) ([]byte, model.Snapshot, error) {
	if len(sha) != 2*sha256.Size {
		return nil, model.Snapshot{}, fmt.Errorf("%q is not a snapshot's hash; expected %d hexadecimal digits", sha, 2*sha256.Size)
	}
	if _, err := hex.DecodeString(sha); err != nil {
		return nil, model.Snapshot{}, fmt.Errorf("%q is not a snapshot's hash; expected hexadecimal digits", sha)
	}
	dir := filepath.Join(s.dir, sha)
	data, err := os.ReadFile(filepath.Join(dir, "bytes"))
	if err != nil {
		return nil, model.Snapshot{}, fmt.Errorf("snapshot %s: %w", sha, err)
	}
	if found := Describe(data, model.Snapshot{}).SHA256; found != sha {
		return nil, model.Snapshot{}, fmt.Errorf("snapshot %s: its bytes have the hash %s; they were changed on the disk", sha, found)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(names) == 0 {
		return nil, model.Snapshot{}, fmt.Errorf("snapshot %s: nothing describes it: %w", sha, errors.Join(err, fs.ErrNotExist))
	}
	sort.Strings(names)
	meta, err := read(names[0])
	return data, meta, err
}

// besideName tells apart origins of the same bytes, such as two empty reports.
func besideName(meta model.Snapshot) string {
	sum := sha256.Sum256([]byte(meta.Source + "\x00" + meta.Origin))
	return hex.EncodeToString(sum[:8]) + ".json"
}

func read(name string) (model.Snapshot, error) {
	var meta model.Snapshot
	text, err := os.ReadFile(name)
	if err != nil {
		return meta, err
	}
	if err := json.Unmarshal(text, &meta); err != nil {
		return meta, fmt.Errorf("%s: not a snapshot's description: %w", name, err)
	}
	return meta, nil
}

// write puts a file in its place in one step, so that a reader sees the
// whole of it or none, and waits until the disk has it: after a power cut it
// is there or it is not, never empty.
func write(name string, data []byte) error {
	dir := filepath.Dir(name)
	f, err := os.CreateTemp(dir, ".part-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return syncDir(dir)
}

// syncDir makes the names in a folder lasting.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
