package egov

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"tereze/config"
	"tereze/sources/fetch/faultserver"
)

const testKey = "0123456789abcdef"

// portal plays data.egov.kz: both forms of answer from one store of rows.
type portal struct {
	*faultserver.Server
	rows      []map[string]any
	textTotal bool // totalCount as a text
	overlap   int  // rows of the page before that each later page begins with
	longFirst bool // the first page brings one row too many
	noTotal   bool // the detailed form is missing
}

func newPortal(t *testing.T, rows int) *portal {
	p := &portal{Server: faultserver.New(t)}
	for i := range rows {
		p.rows = append(p.rows, map[string]any{"region": fmt.Sprintf("Район %d", i), "famil_co": "1 234,5", "n": i, "empty": nil})
	}
	p.On("/meta/families/v1", faultserver.OK("application/json",
		`{"fields":{"region":{"type":"String","labelRu":"Район","labelKk":"Аудан","labelEn":"District"},"famil_co":{"type":"String"},"n":{"type":"Int"}},"modifiedDate":"2026-11-01 10:00:00"}`))
	p.On("/api/v4/families/v1", faultserver.WithKey("apiKey", testKey, p.page))
	p.On("/api/detailed/families/v1", faultserver.WithKey("apiKey", testKey, p.detailed))
	return p
}

type asked struct {
	From, Size int
	Query      json.RawMessage
	Sort       json.RawMessage
}

func (p *portal) window(r *http.Request) []map[string]any {
	var a asked
	_ = json.Unmarshal([]byte(r.URL.Query().Get("source")), &a)
	from, to := a.From, a.From+a.Size
	if a.From > 0 {
		from -= p.overlap
	}
	if p.longFirst && a.From == 0 {
		to++
	}
	return p.rows[min(max(from, 0), len(p.rows)):min(to, len(p.rows))]
}

func (p *portal) page(w http.ResponseWriter, r *http.Request) {
	rows := p.window(r)
	if len(rows) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(rows)
}

func (p *portal) detailed(w http.ResponseWriter, r *http.Request) {
	if p.noTotal {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	total := fmt.Sprint(len(p.rows))
	if p.textTotal {
		total = `"` + total + `"`
	}
	data, _ := json.Marshal(p.window(r))
	_, _ = fmt.Fprintf(w, `{"totalCount":%s,"data":%s}`, total, data)
}

func (p *portal) options(pageSize int) Options {
	return Options{EgovConnection: config.EgovConnection{Dataset: "families", PageSize: pageSize, Base: p.URL}, Env: func(name string) string { return map[string]string{"TEREZE_EGOV_KEY": testKey}[name] }}
}
