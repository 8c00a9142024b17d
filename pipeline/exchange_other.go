//go:build !linux

package pipeline

import "os"

// exchange swaps two folders; without a system call for it there is a moment
// in which b is missing, so readers follow the link of another release best.
func exchange(a, b string) error {
	aside := a + ".aside"
	if err := os.Rename(b, aside); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		return err
	}
	return os.Rename(aside, a)
}
