package transforms

import (
	"os"
	"path/filepath"
)

// into keeps files in a folder as they are.
func into(dir string) Put {
	return func(name string, raw []byte) error { return os.WriteFile(filepath.Join(dir, name), raw, 0o644) }
}
