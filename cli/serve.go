package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/spf13/cobra"
)

func (a *app) serve() *cobra.Command {
	var out, addr string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the built site on this machine",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if _, err := os.Stat(filepath.Join(out, "index.html")); err != nil {
				return usage("%s: no built site here; run tereze build first, or name its folder with --out", out)
			}
			listener, err := net.Listen("tcp", addr)
			if err != nil {
				return usage("cannot listen on %s: %w; name another address with --addr", addr, err)
			}
			fmt.Fprintf(a.stderr, "serving %s on http://%s/ (stop with Ctrl+C)\n", out, listener.Addr())
			return serveSite(c.Context(), listener, out)
		},
	}
	c.Flags().StringVar(&out, "out", "public", "folder of the built site")
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "address to listen on")
	return c
}

// serveSite serves until ctx ends.
func serveSite(ctx context.Context, listener net.Listener, dir string) error {
	server := &http.Server{Handler: SiteHandler(dir), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		closing, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		server.Shutdown(closing)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// SiteHandler serves a built site as a web server would: compressed, with
// the site's own page for what is not found. A switch of the release is seen
// at once, since the link is followed anew for each request.
func SiteHandler(dir string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return gzhttp.GzipHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		if !exists(dir, r.URL.Path) {
			notFound(w, dir)
			return
		}
		files.ServeHTTP(w, r)
	}))
}

// exists reports whether the path leads to a file or a folder with a page.
func exists(dir, url string) bool {
	local := filepath.Join(dir, filepath.FromSlash(path.Clean("/"+url)))
	info, err := os.Stat(local)
	if err != nil {
		return false
	}
	if info.IsDir() {
		_, err = os.Stat(filepath.Join(local, "index.html"))
	}
	return err == nil && !strings.Contains(url, "\x00")
}

func notFound(w http.ResponseWriter, dir string) {
	page, err := os.ReadFile(filepath.Join(dir, "404.html"))
	if err != nil {
		http.Error(w, "404 not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	w.Write(page)
}
