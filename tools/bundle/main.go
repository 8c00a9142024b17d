// Command bundle makes the scripts of the site from dashboard/assets/src and
// the locked npm packages: charts.js with the parts of ECharts in use, and
// site.js. Run it from the root of the repository, after npm ci.
package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
	"github.com/evanw/esbuild/pkg/api"
)

// limit is the most that charts.js may weigh, in bytes of brotli.
const limit = 230_000

func main() {
	out := flag.String("out", "dashboard/assets/dist", "folder to write the scripts to")
	flag.Parse()
	if err := bundle(*out); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func bundle(out string) error {
	if _, err := os.Stat("dashboard/assets/src"); err != nil {
		return fmt.Errorf("dashboard/assets/src: not found; run this from the root of the repository")
	}
	if _, err := os.Stat("node_modules/echarts"); err != nil {
		return fmt.Errorf("node_modules/echarts: not found; run `npm ci` first")
	}
	for _, name := range []string{"charts", "site"} {
		js, err := build("dashboard/assets/src/" + name + ".js")
		if err != nil {
			return err
		}
		packed := brotliSize(js)
		fmt.Printf("%-9s %8d bytes, gzip %7d, brotli %7d\n", name+".js", len(js), gzipSize(js), packed)
		if packed > limit {
			return fmt.Errorf("%s.js: %d bytes of brotli, at most %d are allowed; look at what dashboard/assets/src imports", name, packed, limit)
		}
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, name+".js"), js, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// build bundles one entry into a plain script. A script, not a module, since
// pages must also work when they are opened from a folder.
func build(entry string) ([]byte, error) {
	r := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2020,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		TreeShaking:       api.TreeShakingTrue,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsInline,
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`},
		LogLevel:          api.LogLevelWarning,
	})
	if len(r.Errors) > 0 {
		e := r.Errors[0]
		if e.Location != nil {
			return nil, fmt.Errorf("%s:%d: %s", e.Location.File, e.Location.Line, e.Text)
		}
		return nil, fmt.Errorf("%s: %s", entry, e.Text)
	}
	return r.OutputFiles[0].Contents, nil
}

func gzipSize(b []byte) int {
	var w bytes.Buffer
	z, _ := gzip.NewWriterLevel(&w, gzip.BestCompression)
	z.Write(b)
	z.Close()
	return w.Len()
}

func brotliSize(b []byte) int {
	var w bytes.Buffer
	z := brotli.NewWriterLevel(&w, brotli.BestCompression)
	z.Write(b)
	z.Close()
	return w.Len()
}
