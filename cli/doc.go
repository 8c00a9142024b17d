// Package cli is the command line: one file a command, each parses its
// flags, calls the pipeline and prints. Messages go to stderr, results to
// stdout; `--json` prints one object.
package cli
