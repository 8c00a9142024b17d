package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tereze/config"
	"tereze/pipeline"
)

func (a *app) template() *cobra.Command {
	var o pipeline.TemplateOptions
	var out string
	c := &cobra.Command{
		Use:   "template SOURCE --area CODE --period P -o FILE.xlsx",
		Short: "Write the form that an office fills in",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("expected one source, got %d; see: tereze template --help", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			for _, flag := range []struct{ name, value string }{{"area", o.Area}, {"period", o.Period}, {"output", out}} {
				if flag.value == "" {
					return usage("--%s is missing; see: tereze template --help", flag.name)
				}
			}
			settings, err := config.ReadSettings(nil)
			if err != nil {
				return &pipeline.Failure{Code: pipeline.ExitUsage, Err: err}
			}
			o.Settings, o.Source = settings, args[0]
			var form bytes.Buffer
			if err := pipeline.Template(o, &form); err != nil {
				return err
			}
			if out == "-" {
				_, err := form.WriteTo(a.stdout)
				return err
			}
			if filled, err := pipeline.Filled(out); err != nil {
				return err
			} else if filled {
				return usage("%s is a form that somebody has filled in; choose another name or delete it first", out)
			}
			if err := writeWhole(out, form.Bytes()); err != nil {
				return &pipeline.Failure{Code: pipeline.ExitUsage, Err: err}
			}
			fmt.Fprintln(a.stdout, out)
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&o.Instance, "instance", "vko", "built-in instance (vko, ulgi) or a folder")
	f.StringVar(&o.Area, "area", "", "code of the area that reports")
	f.StringVar(&o.Period, "period", "", "period of the report, such as 2021-H1")
	f.StringVarP(&out, "output", "o", "", "file to write; - for standard output")
	f.StringVar(&o.Lang, "lang", "", "language that comes first")
	return c
}

// writeWhole writes a file that is either there in full or as it was before.
func writeWhole(name string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(name), ".tereze-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Chmod(0o644)
	}
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), name)
}
