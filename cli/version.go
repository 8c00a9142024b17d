package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// Version is the program's version as CHANGELOG.md names it.
const Version = "0.1.0"

func (a *app) version() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of what it stands on",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			v := versions()
			if asJSON {
				return json.NewEncoder(a.stdout).Encode(v)
			}
			fmt.Fprintf(a.stdout, "tereze %s\n%s\ngo-duckdb %s\narrow %s\n", v.Tereze, v.Go, v.DuckDB, v.Arrow)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

type versionReport struct {
	Tereze string `json:"tereze"`
	Go     string `json:"go"`
	DuckDB string `json:"go_duckdb"`
	Arrow  string `json:"arrow"`
}

func versions() versionReport {
	v := versionReport{Tereze: Version, Go: runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	for _, dep := range info.Deps {
		switch dep.Path {
		case "github.com/marcboeker/go-duckdb":
			v.DuckDB = dep.Version
		case "github.com/apache/arrow/go/v17":
			v.Arrow = dep.Version
		}
	}
	return v
}
