// Command screenshots takes the pictures of the README from the built site:
// it serves public/ on this machine and lets Chromium look at it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"tereze/cli"
)

// shot is one picture: a page at a width, in one colour scheme.
type shot struct {
	file   string
	path   string
	width  int64
	height int64
	dark   bool
}

var readme = []shot{
	{"home-ru.png", "/ru/", 1440, 1000, false},
	{"example-indicator-en-dark.png", "/example/en/indicator/large-families-rehoused-share/", 1440, 1000, true},
}

func main() {
	log.SetFlags(0)
	site := flag.String("site", "public", "the built site")
	out := flag.String("out", "docs/screenshots", "folder for the pictures")
	path := flag.String("path", "", "take one page instead of the README's pictures")
	width := flag.Int64("width", 360, "with -path: width in px")
	height := flag.Int64("height", 800, "with -path: height in px; 0 = the whole page")
	dark := flag.Bool("dark", false, "with -path: dark colours")
	name := flag.String("name", "page.png", "with -path: file name")
	flag.Parse()
	shots := readme
	if *path != "" {
		shots = []shot{{*name, *path, *width, *height, *dark}}
	}
	if err := take(*site, *out, shots); err != nil {
		log.Fatal(err)
	}
}

func take(site, out string, shots []shot) error {
	if _, err := os.Stat(filepath.Join(site, "index.html")); err != nil {
		return fmt.Errorf("%s: no built site here; run tereze build first", site)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: cli.SiteHandler(site), ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	defer server.Close()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(allocator)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for _, s := range shots {
		if err := s.take(ctx, "http://"+listener.Addr().String(), out); err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
		fmt.Println(filepath.Join(out, s.file))
	}
	return nil
}

func (s shot) take(ctx context.Context, host, out string) error {
	scheme := "light"
	if s.dark {
		scheme = "dark"
	}
	height := s.height
	if height == 0 {
		height = 900
	}
	media := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media}); err != nil {
		return err
	}
	err := chromedp.Do(ctx, chromedp.EmulateViewport(s.width, height), chromedp.Navigate(host+s.path), chromedp.Sleep(700*time.Millisecond))
	if err != nil {
		return err
	}
	capture := chromedp.CaptureScreenshot()
	if s.height == 0 {
		capture = chromedp.FullScreenshot(100)
	}
	raw, err := chromedp.Run(ctx, capture)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, s.file), raw, 0o644)
}
