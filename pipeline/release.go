package pipeline

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// releaseLog remembers which inputs led to which release number, so that the
// same inputs on the same day give the same number and so the same bytes.
type releaseLog struct {
	path     string
	Releases []releaseEntry `json:"releases"`
}

type releaseEntry struct {
	Number  int    `json:"number"`
	Inputs  string `json:"inputs"`
	Against int    `json:"against,omitempty"` // the kept release that its changes are told against; 0 = none
}

func openReleaseLog(storeDir string) (*releaseLog, error) {
	log := &releaseLog{path: filepath.Join(storeDir, "releases.json")}
	raw, err := os.ReadFile(log.path)
	if os.IsNotExist(err) {
		return log, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, log); err != nil {
		return nil, fmt.Errorf("%s: not a release log: %w; restore it, or remove it to start again at release 1", log.path, err)
	}
	return log, nil
}

// number is the release that these inputs already have, or the next one. What
// a release is told against is an input too: where it is no longer kept, the
// same inputs give other bytes, and so another number. before finds the newest
// kept release below one.
func (l *releaseLog) number(inputs string, before func(release int) (int, error)) (number, against int, err error) {
	highest := 0
	for _, r := range l.Releases {
		highest = max(highest, r.Number)
		if r.Inputs != inputs {
			continue
		}
		if against, err = before(r.Number); err != nil {
			return 0, 0, err
		}
		if against == r.Against {
			return r.Number, against, nil
		}
	}
	against, err = before(highest + 1)
	return highest + 1, against, err
}

// record keeps the number; called only after the site was switched.
func (l *releaseLog) record(e releaseEntry) error {
	for _, r := range l.Releases {
		if r.Number == e.Number {
			return nil
		}
	}
	l.Releases = append(l.Releases, e)
	raw, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return err
	}
	return writeFileAtomic(l.path, append(raw, '\n'), 0o644)
}

func writeFileAtomic(path string, raw []byte, mode os.FileMode) error {
	tmp := path + ".new"
	if err := os.WriteFile(tmp, raw, mode); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// programHash identifies the running program: another program may write
// other bytes from the same inputs, so it is an input itself. The linker
// leaves a hash over the whole program in it; where a program carries none,
// it is read and hashed here.
func programHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if id := buildID(f); id != "" {
		return id, nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// buildID is what the Go linker says of an ELF program: the hash of what it
// was made from and, behind the last stroke, that of its own bytes. It is
// empty for other formats and for a program linked without one.
func buildID(program io.ReaderAt) string {
	file, err := elf.NewFile(program)
	if err != nil {
		return ""
	}
	section := file.Section(".note.go.buildid")
	if section == nil {
		return ""
	}
	note, err := section.Data()
	const head = 16 // sizes of name and text, kind, and the name "Go" with its padding
	if err != nil || len(note) < head {
		return ""
	}
	id := strings.TrimRight(string(note[head:]), "\x00")
	if strings.Count(id, "/") < 1 || strings.HasSuffix(id, "/") {
		return "" // set by hand: it need not change with the program
	}
	return id
}

// hashOf is the SHA-256 of the parts, each with its length, so that no two
// lists of parts collide by running together.
func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s\n", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
