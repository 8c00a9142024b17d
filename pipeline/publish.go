package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// staging is a site being built beside the old one: OUT.releases/.building-PID.
type staging struct {
	out      string             // the link that readers see
	releases string             // OUT.releases
	dir      string             // where the new site grows
	parts    map[string]*folder // "" is the region's site, and below it that of its example
	gate     *gate
	mode     os.FileMode // of folders that readers see
}

// newStaging checks that OUT can be switched and makes the folder for the
// new site. A real folder at OUT is somebody's, so it is refused.
func newStaging(out string, g *gate) (*staging, error) {
	out = filepath.Clean(out)
	if info, err := os.Lstat(out); err == nil && info.Mode()&os.ModeSymlink == 0 {
		return nil, fail(ExitUsage, "%s: is a real folder or file; expected nothing there or the link of an earlier build; move it away or name another place with --out", out)
	}
	s := &staging{out: out, releases: out + ".releases", parts: map[string]*folder{}, gate: g}
	s.dir = filepath.Join(s.releases, building+strconv.Itoa(os.Getpid()))
	s.removeDead()
	if err := os.RemoveAll(s.dir); err != nil {
		return nil, err
	}
	if err := s.takeScaffold(); err != nil {
		return nil, fmt.Errorf("cannot make the folder for the new site: %w", err)
	}
	return s, nil
}

// building begins the names of folders in which sites grow.
const building = ".building-"

// removeDead removes what builds that were killed have left: no build takes a
// day.
func (s *staging) removeDead() {
	entries, _ := os.ReadDir(s.releases) // there may be none yet
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), building) && time.Since(info.ModTime()) > 24*time.Hour {
			os.RemoveAll(filepath.Join(s.releases, e.Name()))
		}
	}
}

// part is the folder of the new site, or of what lies below it under a name.
func (s *staging) part(name string) *folder {
	before, err := filepath.EvalSymlinks(s.out)
	if err == nil {
		before = filepath.Join(before, name)
	}
	f := newFolder(filepath.Join(s.dir, name), before, name, s.gate)
	s.parts[name] = f
	return f
}

// discard removes what was built so far; the old site stays as it was.
func (s *staging) discard() { os.RemoveAll(s.dir) }

// publish moves the new site to OUT.releases/N and points OUT at it in one
// rename. A rebuild of the same release takes the place of the old one, whose
// folder it gives.
func (s *staging) publish(number int) (replaced string, err error) {
	name := strconv.Itoa(number)
	final := filepath.Join(s.releases, name)
	if err := os.Chmod(s.dir, s.mode); err != nil {
		return "", fmt.Errorf("cannot open release %d to readers: %w", number, err)
	}
	if _, err := os.Lstat(final); err == nil {
		if err := exchange(s.dir, final); err != nil {
			return "", fmt.Errorf("cannot put release %d in place: %w", number, err)
		}
		replaced = s.dir
	} else if err := os.Rename(s.dir, final); err != nil {
		return "", fmt.Errorf("cannot put release %d in place: %w", number, err)
	}
	link := s.out + ".link-" + strconv.Itoa(os.Getpid())
	os.Remove(link)
	target := filepath.Join(filepath.Base(s.releases), name)
	if err := os.Symlink(target, link); err != nil {
		return "", fmt.Errorf("cannot make the link to release %d: %w", number, err)
	}
	if err := os.Rename(link, s.out); err != nil {
		os.Remove(link)
		return "", fmt.Errorf("cannot switch %s to release %d: %w", s.out, number, err)
	}
	return replaced, nil
}
