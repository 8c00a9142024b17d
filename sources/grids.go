package sources

import (
	"fmt"

	"tereze/config"
	"tereze/sources/grid"
)

// Grids decodes the bytes of one delivery into its sheets, for those who
// look at the cells themselves and not at their records.
func Grids(data []byte, src config.Source) ([]grid.Grid, error) {
	src = settled(src)
	f, ok := formats[src.Format()]
	if !ok {
		return nil, fmt.Errorf("%s: nothing is known of the format %q", src.Path, src.Format())
	}
	grids, _, err := f.read(data, src)
	return grids, err
}
