package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// releaseLog remembers which inputs led to which release number, so that the
// same inputs on the same day give the same number and so the same bytes.
type releaseLog struct {
	path     string
	Releases []releaseEntry `json:"releases"`
}

type releaseEntry struct {
	Number int    `json:"number"`
	Inputs string `json:"inputs"`
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

// number is the release that these inputs already have, or the next one.
func (l *releaseLog) number(inputs string) int {
	highest := 0
	for _, r := range l.Releases {
		if r.Inputs == inputs {
			return r.Number
		}
		highest = max(highest, r.Number)
	}
	return highest + 1
}

// record keeps the number; called only after the site was switched.
func (l *releaseLog) record(number int, inputs string) error {
	for _, r := range l.Releases {
		if r.Number == number {
			return nil
		}
	}
	l.Releases = append(l.Releases, releaseEntry{number, inputs})
	raw, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return err
	}
	return writeFileAtomic(l.path, append(raw, '\n'))
}

func writeFileAtomic(path string, raw []byte) error {
	tmp := path + ".new"
	if err := os.WriteFile(tmp, raw, 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// programHash identifies the running program: another program may write
// other bytes from the same inputs, so it is an input itself.
var programHash = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
})

// hashOf is the SHA-256 of the parts, each with its length, so that no two
// lists of parts collide by running together.
func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s\n", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
