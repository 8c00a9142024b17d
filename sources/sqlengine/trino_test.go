package sqlengine

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"tereze/config"
	"tereze/sources/fetch"
	"tereze/sources/fetch/faultserver"
)

// coordinator speaks as much of Trino's protocol as one query needs: a
// transaction, a statement whose answer comes in two pages, an end.
type coordinator struct {
	*faultserver.Server
	mu         sync.Mutex
	statements []string
	headers    []http.Header
	columns    string
	rows       string
	failure    string
}

func newCoordinator(t *testing.T) *coordinator {
	c := &coordinator{Server: faultserver.New(t),
		columns: `[{"name":"area","type":"varchar","typeSignature":{"rawType":"varchar","arguments":[]}},
			{"name":"families","type":"bigint","typeSignature":{"rawType":"bigint","arguments":[]}}]`,
		rows: `[["B",7],["A",12],["C",null]]`,
	}
	c.On("/v1/statement", c.statement)
	c.On("/v1/statement/q/1", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"id":"q","columns":`+c.columns+`,"data":`+c.rows+`,"stats":{"state":"FINISHED"}}`)
	})
	return c
}

func (c *coordinator) statement(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c.mu.Lock()
	c.statements = append(c.statements, string(body))
	c.headers = append(c.headers, r.Header)
	c.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	switch {
	case strings.HasPrefix(string(body), "START TRANSACTION"):
		w.Header().Set("X-Trino-Started-Transaction-Id", "tx1")
		_, _ = io.WriteString(w, `{"id":"t","stats":{"state":"FINISHED"}}`)
	case string(body) == "ROLLBACK":
		w.Header().Set("X-Trino-Clear-Transaction-Id", "true")
		_, _ = io.WriteString(w, `{"id":"r","stats":{"state":"FINISHED"}}`)
	case c.failure != "":
		said, _ := json.Marshal(c.failure)
		_, _ = io.WriteString(w, `{"id":"q","error":{"message":`+string(said)+`,"errorCode":1,"errorName":"INVALID_CAST_ARGUMENT","errorType":"USER_ERROR"},"stats":{"state":"FAILED"}}`)
	default:
		_, _ = io.WriteString(w, `{"id":"q","nextUri":"`+c.URL+`/v1/statement/q/1","columns":`+c.columns+`,"stats":{"state":"RUNNING"}}`)
	}
}

func (c *coordinator) take(t *testing.T, rows int) ([]fetch.Answer, error) {
	dsn := strings.Replace(c.URL, "http://", "http://reader@", 1) + "/hive/register"
	return Fetch(t.Context(), Options{SQLConnection: config.SQLConnection{MaxRows: rows, Timeout: 30, Query: "SELECT area, count(*) AS families FROM cases GROUP BY area"}, Persons: persons(t), Engine: "trino", Name: "cases", Env: func(string) string { return dsn }})
}

func TestTrinoIsAskedReadOnlyAndWithALimit(t *testing.T) {
	c := newCoordinator(t)
	answers, err := c.take(t, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(answers[0].Body); got != "area,families\nA,12\nB,7\nC,\n" {
		t.Errorf("body %q", got)
	}
	want := []string{"START TRANSACTION READ ONLY", "SELECT * FROM (\nSELECT area, count(*) AS families FROM cases GROUP BY area\n) AS answer LIMIT 4", "ROLLBACK"}
	if strings.Join(c.statements, "|") != strings.Join(want, "|") {
		t.Errorf("statements %q", c.statements)
	}
	h := c.headers[1]
	if h.Get("X-Trino-Transaction-Id") != "tx1" || !strings.Contains(h.Get("X-Trino-Session"), "query_max_run_time=30s") || h.Get("X-Trino-User") != "reader" {
		t.Errorf("headers %v", h)
	}
}

func TestAnswersOfTrinoAreGuarded(t *testing.T) {
	c := newCoordinator(t)
	if _, err := c.take(t, 2); codeOf(err) != TooManyRows {
		t.Errorf("three rows where two were declared: %v", err)
	}
	c.rows = `[["880101300011 A",7]]`
	c.columns = strings.Replace(c.columns, `"area"`, `"fio"`, 1)
	if _, err := c.take(t, 3); codeOf(err) != PersonalData {
		t.Errorf("a column named fio: %v", err)
	}
	c.columns = `[{"name":"who","type":"array(varchar)","typeSignature":{"rawType":"array","arguments":[{"kind":"TYPE","value":{"rawType":"varchar","arguments":[]}}]}}]`
	c.rows = `[[["a","b"]]]`
	if _, err := c.take(t, 3); codeOf(err) != WrongColumn {
		t.Errorf("a list: %v", err)
	}
	c.failure = "Cannot cast 'Invented Person 880101300011' to INT"
	if _, err := c.take(t, 3); codeOf(err) != EngineError || strings.Contains(err.Error(), "Invented") || strings.Contains(err.Error(), "8801013") {
		t.Errorf("an error that quotes a value: %v", err)
	}
}
