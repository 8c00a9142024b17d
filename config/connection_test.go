package config

import (
	"errors"
	"strings"
	"testing"
)

// connected is the report of the small instance with another origin.
func connected(t *testing.T, kind, block string) error {
	t.Helper()
	files := mini(t)
	edit(t, files, "sources/reports.yaml", "kind: csv", "kind: "+kind)
	edit(t, files, "sources/reports.yaml", "files: data/reports.csv\n", block)
	_, err := Load(files, "mini", Settings{})
	return err
}

func TestConnections(t *testing.T) {
	for _, c := range []struct{ kind, block string }{
		{"egov", "connection: {dataset: state_schools, version: v4, key_env: MY_KEY, query: {bool: {must: [{match: {region: 63}}]}}, sort: [id], page_size: 500}\n"},
		{"taldau", "connection: {index: 704447, period: 7, cuts: [67, 848], language: kk}\n"},
		{"statgov", "connection: {element: 6584, format: csv}\n"},
		{"web", "connection: {addresses: [https://example.org/a.csv], format: csv, secret_headers: {Authorization: MY_TOKEN}}\n"},
		{"sdmx", "connection: {addresses: [https://example.org/a.csv]}\n"},
		{"jsonstat", "files: data/reports.csv\n"},
		{"postgres", "connection: {dsn_env: MY_DSN, max_rows: 900, query: \"select a, count(*) as n from t group by a\"}\n"},
		{"trino", "connection: {max_rows: 900, timeout_seconds: 60, query: select 1}\n"},
		{"clickhouse", "connection: {max_rows: 900, query: select 1}\n"},
		{"parquet", "files: data/reports.csv\naggregate: {by: [district, month], count: families, max_rows: 1000}\n"},
		{"csv", "files: data/reports.csv\naggregate: {sql: \"select a, count(*) as n from source group by a\", max_rows: 1000}\n"},
	} {
		if err := connected(t, c.kind, c.block); err != nil {
			t.Errorf("%s: %v", c.kind, err)
		}
	}
}

// A block that could fetch something else than what was meant, or that holds
// a secret, is refused with its line and key; the secret is not repeated.
func TestWrongConnections(t *testing.T) {
	for _, c := range []struct{ name, kind, block, want string }{
		{"key of another kind", "taldau", "connection: {index: 1, period: 7, dataset: x}\n", "key connection.dataset: unknown key dataset"},
		{"misspelt key", "egov", "connection: {datasset: x}\n", "did you mean dataset"},
		{"missing key", "statgov", "connection: {format: csv}\n", "key element is missing"},
		{"no block", "egov", "", "key connection is missing; kind egov is fetched"},
		{"files for a service", "taldau", "files: data/reports.csv\n", "key files means nothing for kind taldau"},
		{"both", "sdmx", "files: data/reports.csv\nconnection: {addresses: [https://example.org/a]}\n", "both files and connection"},
		{"neither", "jsonstat", "", "neither files nor connection"},
		{"a block for files", "csv", "files: data/reports.csv\nconnection: {addresses: []}\n", "means nothing for kind csv"},
		{"no files", "csv", "", "key files is missing"},
		{"the secret itself", "egov", "connection: {dataset: x, key_env: abc-123-secret}\n", "not the name of an environment variable"},
		{"a password in an address", "web", "connection: {addresses: [\"https://u:abc-123-secret@example.org/a\"], format: csv}\n", "holds a user or a password"},
		{"no address", "web", "connection: {addresses: [ftp://example.org/a], format: csv}\n", "not an address"},
		{"no format", "web", "connection: {addresses: [https://example.org/a]}\n", "key format is missing"},
		{"another format", "sdmx", "connection: {addresses: [https://example.org/a], format: csv}\n", "kind sdmx is always sdmx-csv"},
		{"text for a number", "taldau", "connection: {index: many, period: 7}\n", "expected a whole number"},
		{"no limit", "postgres", "connection: {query: select 1, max_rows: 0}\n", "0 stands here"},
		{"cells of a Parquet file", "parquet", "files: data/reports.csv\n", "key aggregate is missing"},
		{"an aggregate of cells", "xlsx", "files: data/reports.csv\naggregate: {by: [a], count: n, max_rows: 9}\n", "only csv and parquet"},
		{"two aggregates", "csv", "files: data/reports.csv\naggregate: {by: [a], sql: select 1, max_rows: 9}\n", "one or the other"},
		{"an aggregate of nothing", "csv", "files: data/reports.csv\naggregate: {by: [a], max_rows: 9}\n", "neither count nor sum"},
	} {
		err := connected(t, c.kind, c.block)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "sources/reports.yaml:") {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "abc-123-secret") {
			t.Errorf("%s: the message repeats the secret", c.name)
		}
		var problems Problems
		if errors.As(err, &problems) && len(problems) > 2 {
			t.Errorf("%s: one mistake makes %d problems:\n%v", c.name, len(problems), err)
		}
	}
}

func TestAggregateQuery(t *testing.T) {
	a := Aggregate{By: []string{"район", `a"b`}, Count: "n", Sum: map[string]string{"s": "тенге"}, Where: "x > 0"}
	want := `select "район", "a""b", count(*) as "n", sum("тенге") as "s" from source where x > 0 group by "район", "a""b" order by "район", "a""b"`
	if got := a.Query(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
