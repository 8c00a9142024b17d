package transforms

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// inMemory gives bytes a path that the database can open, without writing
// them to a disk.
func inMemory(data []byte) (path string, release func(), err error) {
	fd, err := unix.MemfdCreate("cases", unix.MFD_CLOEXEC)
	if err != nil {
		return "", nil, fmt.Errorf("no memory for the file of cases: %w", err)
	}
	for rest := data; len(rest) > 0; {
		n, err := unix.Write(fd, rest)
		if err != nil {
			return "", nil, errors.Join(fmt.Errorf("no memory for the file of cases: %w", err), unix.Close(fd))
		}
		rest = rest[n:]
	}
	return fmt.Sprintf("/proc/self/fd/%d", fd), func() { _ = unix.Close(fd) }, nil
}
