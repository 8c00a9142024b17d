//go:build gallery

package figure

import (
	"os"
	"testing"
)

// TestGallery writes all kinds of figures to the folder that TEREZE_GALLERY
// names, to be looked at: go test -tags gallery ./dashboard/figure.
func TestGallery(t *testing.T) {
	dir := os.Getenv("TEREZE_GALLERY")
	if dir == "" {
		t.Fatal("set TEREZE_GALLERY to a folder to write the gallery into")
	}
	writeGallery(t, dir)
}
