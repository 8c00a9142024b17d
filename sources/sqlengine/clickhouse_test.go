//go:build clickhouse

package sqlengine

import (
	"os"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"tereze/config"
	"tereze/sources/fetch"
)

// TestARealClickHouseGivesCountsAndNothingElse needs an empty server of
// its own, named by TEREZE_TEST_CLICKHOUSE_DSN; run it with
// go test -tags clickhouse ./sources/sqlengine.
func TestARealClickHouseGivesCountsAndNothingElse(t *testing.T) {
	dsn := os.Getenv("TEREZE_TEST_CLICKHOUSE_DSN")
	if dsn == "" {
		t.Fatal("TEREZE_TEST_CLICKHOUSE_DSN names no server")
	}
	options, err := clickhouse.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	db := clickhouse.OpenDB(options)
	defer db.Close()
	for _, statement := range []string{
		"DROP TABLE IF EXISTS tereze_cases",
		"CREATE TABLE tereze_cases (iin String, area String, opened Date, kind Nullable(String), money Float64, n UInt64) ENGINE = Memory",
		`INSERT INTO tereze_cases SELECT concat('8801013', toString(10000 + number % 10)), concat('A', toString(number % 12)), toDate('2021-01-01') + number % 3,
		 if(number % 2 = 0, NULL, 'low'), 1.5, number FROM system.numbers LIMIT 6000`,
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(query string, rows int) ([]fetch.Answer, error) {
		return Fetch(t.Context(), Options{SQLConnection: config.SQLConnection{Query: query, MaxRows: rows, Timeout: 20}, Persons: persons(t), Engine: "clickhouse", Name: "cases", Env: func(string) string { return dsn }})
	}
	answers, err := ask("SELECT area, opened, kind, count() AS families, sum(money) AS tenge FROM tereze_cases GROUP BY area, opened, kind", 72)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(answers[0].Body)), "\n")
	if len(lines) != 13 || lines[0] != "area,opened,kind,families,tenge" || lines[1] != "A0,2021-01-01,,500,750" {
		t.Errorf("%d lines, %q", len(lines), lines[:2])
	}
	for query, code := range map[string]fetch.Code{
		"SELECT n, count() AS m FROM tereze_cases GROUP BY n":                             TooManyRows,
		"SELECT iin, count() AS m FROM tereze_cases GROUP BY iin":                         PersonalData,
		"SELECT area, count() AS m, groupArray(iin) AS i FROM tereze_cases GROUP BY area": NotAnAggregate,
		"SELECT [area] AS i, count() AS m FROM tereze_cases GROUP BY area":                WrongColumn,
		"SELECT area, count() AS m FROM no_such_table GROUP BY area":                      EngineError,
	} {
		if _, err := ask(query, 72); codeOf(err) != code {
			t.Errorf("%s\n%v, want %s", query, err, code)
		}
	}
	if _, err := db.ExecContext(t.Context(), "DROP TABLE tereze_cases"); err != nil {
		t.Error(err)
	}
}
