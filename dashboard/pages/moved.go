package pages

import (
	"bytes"
	"html/template"

	"tereze/model"
)

// movedPage is an address of an area that leads on to another.
type movedPage struct {
	Head   head
	Band   string
	Text   string
	Target Link
}

// moved are the dated addresses of the newest areas of codes that changed: an
// area has its address without a day only until the next one takes its code,
// so what quotes the day stays right for good.
func (s *Site) moved(code string) []Page {
	var out []Page
	for _, a := range s.In.Areas {
		if s.newest[a.Code] != a.ValidFrom || a.ValidFrom == model.OpenStart {
			continue
		}
		path := code + "/area/" + a.Code + "-" + string(a.ValidFrom) + "/"
		out = append(out, Page{Path: path + "index.html", Render: func(write Write) error {
			v := s.view(code, path)
			p := &movedPage{Text: v.T("ledger.moved"), Target: Link{Href: v.areaHref(a), Text: v.name(a.Names)}}
			p.Head = head{Lang: code, Title: upperFirst(v.name(a.Names)), Description: p.Text, Up: v.up, NoIndex: true}
			if s.In.Example {
				p.Band = v.T("example.band")
				p.Head.Title = v.T("example.title", "title", p.Head.Title)
			}
			if s.In.BaseURL != "" {
				p.Head.Canonical = s.absolute(code + "/" + s.areaPath(a))
			}
			var b bytes.Buffer
			if err := s.templates.byPage["moved"].ExecuteTemplate(&b, "moved", p); err != nil {
				return err
			}
			return write(File{path + "index.html", b.Bytes()})
		}})
	}
	return out
}

// links are several links in one cell.
func links(list []Link) template.HTML {
	var b markup
	for i := range list {
		if i > 0 {
			b.raw("; ")
		}
		list[i].write(&b)
	}
	return template.HTML(b)
}

// formerNames are names and codes that areas no longer have, with where they
// lead.
func (v *view) formerNames() *table {
	t := &table{ID: "part-former", Head: v.T("ledger.head_former"), Caption: v.caption(v.T("ledger.former_caption")),
		Columns: []column{{v.T("ledger.col_former"), false}, {v.T("area.code"), false}, {v.T("ledger.col_valid"), false}, {v.T("ledger.col_became"), false}}}
	var areas []model.Area
	for _, a := range v.s.In.Areas {
		if a.ValidTo != "" {
			areas = append(areas, a)
		}
	}
	for _, a := range v.sorted(areas) {
		_, _, after := v.borders(a)
		r := row{ID: "former-" + a.Code + "-" + string(a.ValidFrom), Cells: []cell{{Link: &Link{Href: v.areaHref(a), Text: v.name(a.Names)}, Rowhead: true},
			{Text: escaped(a.Code)}, {Text: escaped(v.validity(a))}, {Text: links(after)}}}
		t.Rows = append(t.Rows, r)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}
