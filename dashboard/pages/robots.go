package pages

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// Robots are the files for search engines: what they may index, and where
// every page lies. The example asks not to be indexed at all.
func (s *Site) Robots() []File {
	if s.In.Example {
		return []File{{"robots.txt", []byte("User-agent: *\nDisallow: /\n")}, {"sitemap.xml", s.sitemap(nil)}}
	}
	robots := "User-agent: *\nAllow: /\nDisallow: /example/\n"
	if s.In.BaseURL != "" {
		robots += "Sitemap: " + s.absolute("sitemap.xml") + "\n"
	}
	return []File{{"robots.txt", []byte(robots)}, {"sitemap.xml", s.sitemap(s.Pages())}}
}

// sitemap lists the pages with their other languages.
func (s *Site) sitemap(pages []Page) []byte {
	var b bytes.Buffer
	esc := func(t string) {
		_ = xml.EscapeText(&b, []byte(t))
	}
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, p := range pages {
		if !p.Index {
			continue
		}
		path := strings.TrimSuffix(p.Path, "index.html")
		b.WriteString("<url><loc>")
		esc(s.absolute(path))
		b.WriteString("</loc>")
		if lang, rest, ok := strings.Cut(path, "/"); ok && lang != "" {
			for _, code := range s.In.Languages {
				b.WriteString(`<xhtml:link rel="alternate" hreflang="` + code + `" href="`)
				esc(s.absolute(code + "/" + rest))
				b.WriteString(`"/>`)
			}
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}
