//go:build !linux

package transforms

import "errors"

// inMemory is for systems where bytes in memory have no path: a file of cases
// must not be written to a disk, even for a moment.
func inMemory([]byte) (path string, release func(), err error) {
	return "", nil, errors.New("a fetched file of cases can be counted on Linux only; fetch it yourself and name it under files")
}
