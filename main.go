// Tereze turns the reports of districts into a public website that cannot
// show a number it cannot account for. See README.md and ARCHITECTURE.md.
package main

import (
	"os"

	"tereze/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
