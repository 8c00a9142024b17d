package figure

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"tereze/dashboard/assets"
)

// texts lists what is wrong with the words of the drawings: two that meet,
// or one that leaves its figure. Words of the ground are meant to be crossed.
const texts = `(() => {
  const out = [];
  for (const figure of document.querySelectorAll('.fg-figure')) {
    const frame = figure.getBoundingClientRect();
    for (const svg of figure.querySelectorAll('.fg-draw > .fg, .fg-cell')) {
      const boxes = [];
      for (const t of svg.querySelectorAll('text')) {
        if (t.closest('defs')) continue;
        const lines = t.querySelectorAll('tspan').length ? [...t.querySelectorAll('tspan')] : [t];
        for (const l of lines) {
          const r = l.getBoundingClientRect();
          // letters are lower than their line
          boxes.push({ of: t, text: l.textContent, l: r.left, r: r.right, t: r.top + r.height * .18, b: r.bottom - r.height * .2 });
        }
      }
      for (const [i, a] of boxes.entries()) {
        if (a.l < frame.left - 2 || a.r > frame.right + 2) out.push(figure.id + ': "' + a.text + '" is cut');
        for (const b of boxes.slice(0, i)) {
          if (a.of !== b.of && a.l < b.r - 1 && b.l < a.r - 1 && a.t < b.b - 1 && b.t < a.b - 1) out.push(figure.id + ': "' + a.text + '" meets "' + b.text + '"');
        }
      }
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) out.push('the page scrolls sideways');
  return out.join('\n');
})()`

// drawn scrolls to every figure, waits for its chart and lists the dots of
// the drawing that no mark of the chart lies on.
const drawn = `(async () => {
  const out = [];
  const wait = (ms) => new Promise((r) => setTimeout(r, ms));
  for (const figure of document.querySelectorAll('.fg-figure')) {
    if (!figure.querySelector('.chart-option')) continue;
    figure.scrollIntoView();
    for (let i = 0; i < 60 && !figure.querySelector('.fg-chart svg'); i++) await wait(50);
    if (!figure.querySelector('.fg-chart svg')) { out.push(figure.id + ': no chart was drawn'); continue; }
    await wait(150);
    if (!figure.querySelector('.fg-chart').getAttribute('aria-label')) out.push(figure.id + ': the chart has no label');
    const centre = (e) => { const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2, r.width]; };
    const marks = [...figure.querySelectorAll('.fg-chart path')].map(centre).filter((m) => m[2] < 20);
    const dots = [...figure.querySelectorAll('.fg-draw .fg-dot')].filter((d) => !d.closest('.fg-map'));
    for (const d of dots) {
      const [x, y] = centre(d);
      if (!marks.some((m) => Math.abs(m[0] - x) < 2 && Math.abs(m[1] - y) < 2)) out.push(figure.id + ': no mark of the chart lies on the dot ' + (d.dataset.k || '') + ' at ' + Math.round(x) + ', ' + Math.round(y));
    }
  }
  return out.join('\n');
})()`

// On a phone and on a wide screen no words may meet or be cut, the chart has
// to lie exactly on the drawing that it replaces, and nothing may break the
// page's policy.
func TestInTheBrowser(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("chromium: not found; the browser test needs it; install it with the system's packages")
		}
		t.Skip("no chromium")
	}
	bundle, err := assets.Bundle()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir := t.TempDir()
	writeGallery(t, dir)
	files := http.FileServer(http.Dir(dir))
	scripts := http.FileServer(http.FS(bundle))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, ".js"):
			scripts.ServeHTTP(w, r)
		case strings.HasSuffix(r.URL.Path, ".ico"):
			w.WriteHeader(http.StatusNoContent)
		default:
			files.ServeHTTP(w, r)
		}
	}))
	defer server.Close()

	ctx, cancel := chromedp.NewContext(context.Background())
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	defer stop()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var said []string
	err = chromedp.Listen(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			said = append(said, e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			for _, a := range e.Args {
				said = append(said, string(a.Value)+a.Description)
			}
		case *log.EventEntryAdded:
			said = append(said, e.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"real.html", "example.html"} {
		for _, width := range []int64{360, 420, 640, 768, 1440} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(server.URL+"/"+page)); err != nil {
				t.Fatal(err)
			}
			report := func(script string, opts ...chromedp.EvaluateOption) {
				s, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, opts...))
				if err != nil {
					t.Fatal(err)
				}
				if s != "" {
					t.Errorf("%s at %d px:\n%s", page, width, s)
				}
			}
			report(texts)
			report(drawn, chromedp.EvalAwaitPromise)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for _, s := range said {
		t.Errorf("the browser says: %s", s)
	}
}

// writeGallery writes a page with every kind of figure, real and example.
func writeGallery(t *testing.T, dir string) {
	t.Helper()
	site, err := os.ReadFile("../assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("gallery.css", []byte(string(site)+"main{max-width:47rem;margin:0 auto;padding:0 1rem 2rem}"+assets.FigureCSS))
	for name, figures := range map[string][]*Figure{"real.html": append(samples(false), polygonFigure()), "example.html": samples(true)} {
		b := []byte(`<!doctype html><html lang="kk"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>figures</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"><link rel="stylesheet" href="gallery.css"><script src="site.js" defer></script><body><main>`)
		for _, f := range figures {
			if b, err = f.AppendHTML(b); err != nil {
				t.Fatal(err)
			}
			put(f.ID+".svg", f.AppendFile(nil))
		}
		put(name, append(b, "</main>"...))
	}
}
