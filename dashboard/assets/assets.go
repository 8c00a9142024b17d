// Package assets holds the files a page is served with, embedded: the style
// of figures, and the scripts once tools/bundle has written them.
package assets

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FigureCSS is the style of figures, to be joined with the page's own.
//
//go:embed figure.css
var FigureCSS string

// RegisterCSS is the style of the pages on statements, requests, commitments
// and the guide.
//
//go:embed register.css
var RegisterCSS string

// ChooseJS is the module of the guide's form; it needs no bundling.
//
//go:embed choose.js
var ChooseJS []byte

// CompareJS is the module of the free comparison; it needs no bundling.
//
//go:embed compare.js
var CompareJS []byte

// Scripts are the files that a site needs and only the bundle command makes.
var Scripts = []string{"charts.js", "site.js"}

// Bundle is the folder with the bundled scripts. The error names the file
// that is missing and how to make it.
func Bundle() (fs.FS, error) {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, err
	}
	return sub, Check(sub)
}

// Check says which bundled script is missing from a folder and what to do.
func Check(bundle fs.FS) error {
	for _, name := range Scripts {
		if _, err := fs.Stat(bundle, name); err != nil {
			return fmt.Errorf("dashboard/assets/dist/%s: not found; expected the bundled script; run `npm ci`, then `go run ./tools/bundle`, then build the program again", name)
		}
	}
	return nil
}
