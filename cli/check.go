package cli

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tereze/config"
	"tereze/pipeline"
)

func (a *app) check() *cobra.Command {
	var o pipeline.CheckOptions
	var asJSON bool
	c := &cobra.Command{
		Use:   "check FILE",
		Short: "Say what is wrong with a file, place by place, before it is sent",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("expected one file, got %d; see: tereze check --help", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			settings, err := config.ReadSettings(nil)
			if err != nil {
				return &pipeline.Failure{Code: pipeline.ExitUsage, Err: err}
			}
			o.Settings, o.File = settings, args[0]
			report, err := pipeline.Check(c.Context(), o)
			if err != nil {
				return err
			}
			if asJSON {
				encoder := json.NewEncoder(a.stdout)
				encoder.SetIndent("", "  ")
				err = encoder.Encode(report)
			} else {
				for _, line := range report.Text {
					fmt.Fprintln(a.stdout, line)
				}
			}
			if err == nil && report.Refuses() {
				err = &silent{&pipeline.Failure{Code: pipeline.ExitChecks, Err: errors.New("the file has problems")}}
			}
			return err
		},
	}
	f := c.Flags()
	f.StringVar(&o.Instance, "instance", "vko", "built-in instance (vko, ulgi) or a folder")
	f.StringVar(&o.Source, "source", "", "id of the source that the file belongs to; a form says it itself")
	f.StringVar(&o.Lang, "lang", "", "language of the words")
	f.StringVar(&o.Annotate, "annotate", "", "write a copy of the workbook with the bad cells coloured and commented")
	f.BoolVar(&o.Preview, "preview", false, "say what the file would bring to the public pages")
	f.StringVar(&o.Store, "store", ".tereze", "private folder; a preview reads what was fetched from there")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}
