package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"tereze/config"
	"tereze/pipeline"
)

// app carries what every command needs: where to print.
type app struct {
	stdout, stderr io.Writer
}

// Main runs the command line and returns its exit code (see pipeline.Exit…).
func Main(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{stdout, stderr}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	var quiet *silent
	if !errors.As(err, &quiet) {
		printError(stderr, err)
	}
	return pipeline.ExitCode(err)
}

// silent is a failure whose words were already printed as the result.
type silent struct{ error }

// Unwrap gives the failure with its exit code.
func (s *silent) Unwrap() error { return s.error }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "tereze",
		Short:         "From the reports of districts to a public site that accounts for every number",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage("%w; see: %s --help", err, c.CommandPath())
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(a.build(), a.fetch(), a.serve(), a.check(), a.template(), a.version())
	root.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usage("unknown command %q; see: tereze --help", args[0])
		}
		return c.Help()
	}
	root.Args = cobra.ArbitraryArgs
	return root
}

// usage is a failure of the caller's making: exit code 2.
func usage(format string, args ...any) error {
	return &pipeline.Failure{Code: pipeline.ExitUsage, Err: fmt.Errorf(format, args...)}
}

// noArgs refuses arguments that a command would pass over.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("unexpected argument %q; see: %s --help", args[0], c.CommandPath())
	}
	return nil
}

// printError writes an error to people: each problem of a configuration on
// a line of its own, since they are mended one by one.
func printError(w io.Writer, err error) {
	var problems config.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			fmt.Fprintln(w, "error:", p.Error())
		}
		fmt.Fprintf(w, "%d problem(s); nothing was built, an earlier site is as it was\n", len(problems))
		return
	}
	fmt.Fprintln(w, "error:", strings.TrimSpace(err.Error()))
}
