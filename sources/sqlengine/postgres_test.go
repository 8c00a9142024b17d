package sqlengine

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
	"time"

	"tereze/config"
	"tereze/sources/fetch"
	"tereze/sources/sqlengine/pgtest"
)

// register makes 6000 cases of invented people in 12 areas and 6 months.
const register = `
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE cases (iin text, fio text, born date, area text, opened date, kind text, money numeric(14,2), number bigint, state state);
INSERT INTO cases
SELECT '880101' || lpad((n % 1000000)::text, 6, '0'), 'Person ' || n, date '1988-01-01' + n % 300,
       lpad((63 * 1000 + n % 12)::text, 9, '0'), date '2021-01-01' + (n % 6) * 31, CASE WHEN n % 3 = 0 THEN 'large' ELSE 'low' END,
       1000.10, 0, CASE WHEN n % 2 = 0 THEN 'open' ELSE 'closed' END::state
FROM generate_series(0, 5999) AS n;
-- Numbers of invented people with right check digits.
CREATE TABLE people (iin text, area text, number bigint);
CREATE FUNCTION check_digit(s text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT sum(substr(s, i, 1)::int * i)::int % 11 FROM generate_series(1, 11) AS i $$;
INSERT INTO people SELECT s || check_digit(s), 'A' || n, (s || check_digit(s))::bigint
  FROM (SELECT n, '8801013' || lpad(n::text, 4, '0') AS s FROM generate_series(1, 60) AS n) AS x WHERE check_digit(s) < 10;
CREATE FUNCTION meddle() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM cases; RETURN 1; END $$;
CREATE ROLE reader LOGIN;
GRANT SELECT ON cases TO reader;
`

const byAreaAndMonth = `SELECT area, to_char(opened, 'YYYY-MM') AS month, kind, count(*) AS families, sum(money) AS tenge
FROM cases GROUP BY 1, 2, 3`

func TestARealPostgreSQLGivesCountsAndNothingElse(t *testing.T) {
	s := pgtest.Start(t)
	if err := s.Exec(register); err != nil {
		t.Fatal(err)
	}
	ask := func(query string, change func(*Options)) ([]fetch.Answer, error) {
		o := Options{SQLConnection: config.SQLConnection{Query: query, MaxRows: 12 * 6 * 2, Timeout: 20}, Persons: persons(t), Engine: "postgres", Name: "cases", Env: func(string) string { return s.DSN("tereze") }}
		if change != nil {
			change(&o)
		}
		return Fetch(t.Context(), o)
	}

	t.Run("the counts add up to all cases, to the last digit", func(t *testing.T) {
		answers, err := ask(byAreaAndMonth, func(o *Options) { o.Env = func(string) string { return s.DSN("reader") } })
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(string(answers[0].Body))).ReadAll()
		if err != nil || strings.Join(records[0], ",") != "area,month,kind,families,tenge" || answers[0].Name != "cases.csv" {
			t.Fatalf("%v %v", records[0], err)
		}
		sum, cents := 0, 0
		for i, r := range records[1:] {
			n, _ := strconv.Atoi(r[3])
			sum += n
			c, _ := strconv.Atoi(strings.ReplaceAll(r[4], ".", ""))
			cents += c
			if i > 0 && strings.Join(r, ",") <= strings.Join(records[i], ",") {
				t.Errorf("row %d is out of order", i)
			}
		}
		if sum != 6000 || cents != 6000*100010 {
			t.Errorf("%d families and %d hundredths, want 6000 and %d", sum, cents, 6000*100010)
		}
		again, _ := ask(byAreaAndMonth, nil)
		if string(again[0].Body) != string(answers[0].Body) {
			t.Error("the same counts are other bytes")
		}
		if !strings.HasPrefix(answers[0].Address, "postgres://") || strings.Contains(answers[0].Address, "reader") {
			t.Errorf("address %s", answers[0].Address)
		}
	})

	refused := []struct {
		name, query string
		code        fetch.Code
		says        string
	}{
		{"a row for each person", `SELECT md5(fio) AS who, count(*) AS n FROM cases GROUP BY 1`, TooManyRows, "more than the declared 144 rows"},
		{"a column named iin", `SELECT iin, count(*) AS n FROM cases GROUP BY 1`, PersonalData, `"iin"`},
		{"a column named in Cyrillic", `SELECT fio AS "Ф.И.О.", count(*) AS n FROM cases GROUP BY 1`, PersonalData, `"Ф.И.О."`},
		{"a day of birth", `SELECT born AS "birthDate", count(*) AS n FROM cases GROUP BY 1`, PersonalData, `"birthDate"`},
		{"personal numbers under another name", `SELECT iin AS code, count(*) AS n FROM people GROUP BY 1`, PersonalData, `"code" holds personal numbers`},
		{"personal numbers inside a text", `SELECT 'no. ' || iin || ', A' AS label, count(*) AS n FROM people GROUP BY 1`, PersonalData, `"label"`},
		{"personal numbers kept as numbers", `SELECT number AS code, count(*) AS n FROM people GROUP BY 1`, PersonalData, `"code" looks like personal numbers`},
		{"a telephone", `SELECT '+7 (701) 123-45-67' AS contact, count(*) AS n FROM cases GROUP BY 1`, PersonalData, `"contact" holds telephone numbers`},
		{"a list in a cell", `SELECT area, count(*) AS n, ARRAY[min(fio), max(fio)] AS who FROM cases GROUP BY 1`, WrongColumn, `"who"`},
		{"a long text in a cell", `SELECT repeat('name ', 100) AS who, count(*) AS n FROM cases GROUP BY 1`, PersonalData, "more than 200 bytes"},
		{"a type of the register's own", `SELECT state, count(*) AS n FROM cases GROUP BY 1`, WrongColumn, "cast it to text"},
		{"a column without a name", `SELECT area, count(*) + 1 FROM cases GROUP BY 1`, WrongColumn, "column 2 has no name"},
		{"two columns of one name", `SELECT area, count(*) AS area FROM cases GROUP BY 1`, WrongColumn, "two columns"},
		{"no rows", `SELECT area, count(*) AS n FROM cases WHERE false GROUP BY 1`, fetch.Empty, "no rows"},
		{"a function that writes", `SELECT meddle() AS n, count(*) AS m FROM cases`, EngineError, "read-only transaction"},
		{"a table that is not there", `SELECT area, count(*) AS n FROM case_files GROUP BY 1`, EngineError, `"case_files" does not exist`},
	}
	for _, c := range refused {
		t.Run(c.name, func(t *testing.T) {
			answers, err := ask(c.query, nil)
			if answers != nil || codeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v\nwant %s with %q", err, c.code, c.says)
			}
		})
	}
	if err := s.Exec(`DO $$ BEGIN IF (SELECT count(*) FROM cases) <> 6000 THEN RAISE 'cases were changed'; END IF; END $$`); err != nil {
		t.Error(err)
	}

	t.Run("a type of the register's own, cast", func(t *testing.T) {
		if _, err := ask(`SELECT state::text AS state, count(*) AS births FROM cases GROUP BY 1;`, nil); err != nil {
			t.Error(err)
		}
	})
	t.Run("an error does not tell a person's name", func(t *testing.T) {
		_, err := ask(`SELECT fio::int AS n, count(*) AS m FROM cases GROUP BY 1`, nil)
		if codeOf(err) != EngineError || strings.Contains(err.Error(), "Person") || !strings.Contains(err.Error(), "22P02") {
			t.Errorf("%v", err)
		}
	})
	t.Run("a slow query is stopped by the engine", func(t *testing.T) {
		began := time.Now()
		_, err := ask(`SELECT count(*) AS n, max(pg_sleep(30)::text) AS m FROM generate_series(1, 1)`, func(o *Options) { o.Timeout = 1 })
		if codeOf(err) != fetch.TimedOut || time.Since(began) > 10*time.Second {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
	})
	t.Run("an account without rights", func(t *testing.T) {
		_, err := ask(`SELECT area, count(*) AS n FROM people GROUP BY 1`, func(o *Options) { o.Env = func(string) string { return s.DSN("reader") } })
		if codeOf(err) != EngineError || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%v", err)
		}
	})
}
