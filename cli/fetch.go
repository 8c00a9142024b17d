package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tereze/config"
	"tereze/pipeline"
)

func (a *app) fetch() *cobra.Command {
	var o pipeline.FetchOptions
	var caFile string
	var asJSON bool
	c := &cobra.Command{
		Use:   "fetch [SOURCE…]",
		Short: "Take new snapshots of the sources on a network, and build nothing",
		Long: `Take new snapshots of the sources on a network, and build nothing.

Without a name all of them are asked. A source that does not answer, or
answers with a table of another shape, keeps its last good snapshot; the
exit code is then 3. A new shape is accepted with --accept-shape SOURCE
after somebody has looked at it.`,
		RunE: func(c *cobra.Command, args []string) error {
			settings, err := config.ReadSettings(map[string]string{"ca-file": caFile})
			if err != nil {
				return &pipeline.Failure{Code: pipeline.ExitUsage, Err: err}
			}
			o.Settings, o.Sources = settings, args
			bar := newBar(a.stderr, int64(len(args)+len(o.AcceptShape)))
			o.Fetched = bar.asked
			report, err := pipeline.Fetch(c.Context(), o)
			bar.end()
			if err != nil && pipeline.ExitCode(err) != pipeline.ExitChecks {
				return err
			}
			if asJSON {
				encoder := json.NewEncoder(a.stdout)
				encoder.SetIndent("", "  ")
				if failed := encoder.Encode(report); failed != nil {
					return failed
				}
				return err
			}
			printFetched(a.stdout, report)
			return err
		},
	}
	f := c.Flags()
	f.StringVar(&o.Instance, "instance", "vko", "built-in instance (vko, ulgi) or a folder")
	f.StringVar(&o.Store, "store", ".tereze", "private folder for snapshots and the store")
	f.StringArrayVar(&o.AcceptShape, "accept-shape", nil, "take the new shape of this source's table as right (may be repeated)")
	f.StringVar(&caFile, "ca-file", "", "PEM file of further certificate authorities")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

// printFetched writes a line a source, and below it what changed in its
// shape.
func printFetched(w io.Writer, r pipeline.FetchReport) {
	if len(r.Sources) == 0 {
		fmt.Fprintf(w, "%s has no source that is fetched\n", r.Instance)
		return
	}
	fmt.Fprintf(w, "%-28s %-10s %8s %12s %9s  %s\n", "source", "outcome", "answers", "bytes", "personal", "in use since")
	for _, s := range r.Sources {
		since := s.Since
		if since == "" {
			since = "-"
		}
		fmt.Fprintf(w, "%-28s %-10s %8d %12d %9d  %s\n", s.ID, s.Outcome, s.Answers, s.Bytes, s.Redacted, since)
		for _, c := range s.Changes {
			fmt.Fprintf(w, "  %s\n", c)
		}
	}
}
