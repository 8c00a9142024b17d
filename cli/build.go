package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tereze/config"
	"tereze/pipeline"
)

func (a *app) build() *cobra.Command {
	var o pipeline.Options
	var today, baseURL, caFile string
	var asJSON bool
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the whole site anew and switch it in one step",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			settings, err := config.ReadSettings(map[string]string{"today": today, "base-url": baseURL, "ca-file": caFile})
			if err != nil {
				return &pipeline.Failure{Code: pipeline.ExitUsage, Err: err}
			}
			o.Settings = settings
			start := time.Now()
			bar := newBar(a.stderr, 2*stagesPerInstance+2)
			o.Progress, o.Fetched = bar.hear, bar.fetched
			report, err := pipeline.Build(c.Context(), o)
			bar.end()
			if err != nil {
				return err
			}
			if asJSON {
				encoder := json.NewEncoder(a.stdout)
				encoder.SetIndent("", "  ")
				return encoder.Encode(report)
			}
			printReport(a.stdout, report)
			fmt.Fprintf(a.stdout, "\nrelease %d: %s (%.2f s in all)\n", report.Release, o.Out, time.Since(start).Seconds())
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&o.Instance, "instance", "vko", "built-in instance (vko, ulgi) or a folder")
	f.StringVar(&o.Out, "out", "public", "where the site is to be seen")
	f.StringVar(&o.Store, "store", ".tereze", "private folder for snapshots and the store")
	f.BoolVar(&o.Offline, "offline", false, "never touch the network")
	f.BoolVar(&o.WithoutExample, "without-example", false, "leave the example region out")
	f.StringVar(&today, "today", "", "build as on this day (YYYY-MM-DD)")
	f.StringVar(&baseURL, "base-url", "", "address the site will have, for canonical links")
	f.StringVar(&caFile, "ca-file", "", "PEM file of further certificate authorities")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

// printReport writes what the build did, stage by stage and source by source.
func printReport(w io.Writer, r pipeline.Report) {
	fmt.Fprintf(w, "%s\n", r.Instance)
	fmt.Fprintf(w, "  %-12s %8s %12s %12s\n", "stage", "seconds", "rows in", "rows out")
	for _, s := range r.Stages {
		fmt.Fprintf(w, "  %-12s %8.3f %12d %12d\n", s.Name, s.Seconds, s.RowsIn, s.RowsOut)
	}
	fmt.Fprintf(w, "  %-28s %9s = %8s + %7s + %8s\n", "source", "read", "accepted", "refused", "personal")
	var total pipeline.SourceReport
	for _, s := range r.Sources {
		printSource(w, s)
		total.CellsRead += s.CellsRead
		total.Accepted += s.Accepted
		total.Refused += s.Refused
		total.DroppedPersonal += s.DroppedPersonal
	}
	total.ID = "all"
	printSource(w, total)
	fmt.Fprintf(w, "  %d observations, %d values, %d of them protected; %d pages\n", r.Observations, r.Values, r.Suppressed, r.Pages)
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, "  warning: %s\n", warning)
	}
	if r.Example != nil {
		fmt.Fprintln(w)
		printReport(w, *r.Example)
	}
}

func printSource(w io.Writer, s pipeline.SourceReport) {
	fmt.Fprintf(w, "  %-28s %9d = %8d + %7d + %8d\n", s.ID, s.CellsRead, s.Accepted, s.Refused, s.DroppedPersonal)
}
