package sqlengine

import (
	"errors"
	"strings"
	"testing"

	"tereze/config"
	"tereze/sources/fetch"
)

func TestQueriesThatMayBeAsked(t *testing.T) {
	for query, want := range map[string]string{
		"SELECT area, count(*) AS n FROM cases GROUP BY area":                               "",
		"  select area, count(*) n from cases group by area ; ":                             "select area, count(*) n from cases group by area",
		"WITH c AS (SELECT * FROM cases) SELECT area, sum(n) AS n FROM c GROUP BY area":     "",
		"SELECT count(*) AS n FROM cases -- ; drop table cases":                             "",
		"SELECT count(*) AS n, 'insert into; update' AS note FROM cases":                    "",
		"SELECT count(*) AS n FROM cases /* outer /* inner */ ; */ WHERE a = 'it''s'":       "",
		`SELECT count(*) AS "delete; from" FROM "update"`:                                   "",
		"SELECT count(*) AS n, $$ ; drop $$ AS x, $a$ $$ ; $a$ AS y FROM cases":             "",
		"SELECT area, 2 * count(*) AS n FROM cases GROUP BY area":                           "",
		"SELECT c.update AS n, max(c.n) AS m FROM cases c GROUP BY 1":                       "",
		"SELECT E'\\'; drop' AS a, count(*) AS n FROM cases GROUP BY 1":                     "",
		"SELECT 'район' AS вид, count(*) AS семей FROM дела GROUP BY район":                 "",
		"SELECT area, count(*) AS n FROM a GROUP BY 1 UNION ALL SELECT area, 0 AS n FROM b": "",
	} {
		got, err := checkQuery(query, "postgres")
		if want == "" {
			want = query
		}
		if err != nil || got != want {
			t.Errorf("%s\n%q, %v", query, got, err)
		}
	}
}

func TestQueriesThatAreRefusedBeforeTheyAreSent(t *testing.T) {
	for query, says := range map[string]string{
		"":                               "is empty",
		" -- nothing":                    "is empty",
		"DELETE FROM cases":              "begins with \"DELETE\"",
		"EXPLAIN SELECT count(*) FROM a": "begins with \"EXPLAIN\"",
		"SELECT fio, iin FROM cases":     "does not count",
		"SELECT * FROM cases":            "selects *",
		"SELECT *, count(*) FROM cases":  "selects *",
		"SELECT c.*, count(*) AS n FROM cases c GROUP BY 1":                  "selects *",
		"SELECT DISTINCT * FROM (SELECT count(*) FROM a) x":                  "selects *",
		"SELECT count(*) FROM a; DROP TABLE a":                               "second statement",
		"SELECT count(*) FROM a; SELECT count(*) FROM b;":                    "second statement",
		"WITH d AS (DELETE FROM a RETURNING 1) SELECT count(*) FROM d":       "holds DELETE",
		"SELECT count(*) INTO b FROM a":                                      "holds INTO",
		"SELECT area, string_agg(fio, ',') AS n, count(*) FROM a GROUP BY 1": "string_agg",
		"SELECT area, Array_Agg (iin) AS n, count(*) FROM a GROUP BY 1":      "array_agg",
		"SELECT count(*) FROM a WHERE x = $1":                                "parameter",
		"SELECT count(*) FROM a WHERE x = 'b":                                "does not end",
		"SELECT count(*) FROM a /* b":                                        "does not end",
		"SELECT count(* FROM a":                                              "open",
		"SELECT count(*)) FROM a":                                            "not opened",
		"SELECT count(*) FROM a \x00":                                        "not UTF-8",
		"SELECT count(*) FROM a $$ b":                                        "unfinished",
		"SELECT ' count( ' AS x FROM a":                                      "does not count",
	} {
		_, err := checkQuery(query, "postgres")
		if codeOf(err) != NotAnAggregate || !strings.Contains(err.Error(), says) {
			t.Errorf("%s\n%v, want %q", query, err, says)
		}
	}
	// In ClickHouse a backslash hides a quotation mark, so that more stands outside.
	if _, err := checkQuery(`SELECT count(*), '\' ; DROP TABLE a`+`' FROM a`, "clickhouse"); err != nil {
		t.Errorf("one string for ClickHouse: %v", err)
	}
	if _, err := checkQuery(`SELECT count(*), '\' ; DROP TABLE a --' FROM a`, "postgres"); err == nil {
		t.Error("for PostgreSQL the string ends at the backslash, and a second statement follows")
	}
}

func TestOptionsAndAddressesAreChecked(t *testing.T) {
	good := Options{SQLConnection: config.SQLConnection{Query: "SELECT count(*) AS n FROM a", MaxRows: 10}, Persons: persons(t), Engine: "postgres", Name: "cases"}
	ask := func(dsn string, change func(*Options)) error {
		o := good
		o.Env = func(string) string { return dsn }
		change(&o)
		_, err := Fetch(t.Context(), o)
		return err
	}
	for name, c := range map[string]struct {
		dsn    string
		change func(*Options)
		code   fetch.Code
	}{
		"an unknown engine":              {"x", func(o *Options) { o.Engine = "oracle" }, fetch.BadOptions},
		"no name":                        {"x", func(o *Options) { o.Name = "../x" }, fetch.BadOptions},
		"no number of rows":              {"x", func(o *Options) { o.MaxRows = 0 }, fetch.BadOptions},
		"an absurd number of rows":       {"x", func(o *Options) { o.MaxRows = 1 << 30 }, fetch.BadOptions},
		"a query that does not count":    {"x", func(o *Options) { o.Query = "SELECT fio FROM a" }, NotAnAggregate},
		"no address":                     {"", func(*Options) {}, fetch.MissingSecret},
		"an address that is none":        {"postgres://h:port:x/?s3cretpw", func(*Options) {}, fetch.BadOptions},
		"postgres without TLS":           {"postgres://u:s3cretpw@register.example/db?sslmode=disable", func(*Options) {}, fetch.Insecure},
		"postgres with TLS if it likes":  {"postgres://u:s3cretpw@register.example/db?sslmode=prefer", func(*Options) {}, fetch.Insecure},
		"postgres by default":            {"postgres://u:s3cretpw@register.example/db", func(*Options) {}, fetch.Insecure},
		"postgres with TLS unchecked":    {"postgres://u:s3cretpw@register.example/db?sslmode=require", func(*Options) {}, fetch.Insecure},
		"postgres with a second host":    {"postgres://u:s3cretpw@127.0.0.1,register.example/db?sslmode=disable", func(*Options) {}, fetch.Insecure},
		"trino without TLS":              {"http://u@trino.example:8080/c", func(o *Options) { o.Engine = "trino" }, fetch.Insecure},
		"trino unchecked":                {"https://u:s3cretpw@trino.example:8443/c?SSLVerification=NONE", func(o *Options) { o.Engine = "trino" }, fetch.Insecure},
		"trino with a password in clear": {"http://u:s3cretpw@127.0.0.1:8080/c", func(o *Options) { o.Engine = "trino" }, fetch.BadOptions},
		"clickhouse without TLS":         {"clickhouse://u:s3cretpw@ch.example:9000/d", func(o *Options) { o.Engine = "clickhouse" }, fetch.Insecure},
		"clickhouse unchecked":           {"clickhouse://u:s3cretpw@ch.example:9440/d?secure=true&skip_verify=true", func(o *Options) { o.Engine = "clickhouse" }, fetch.Insecure},
		"clickhouse that would print":    {"clickhouse://u:s3cretpw@127.0.0.1:1/d?debug=true", func(o *Options) { o.Engine = "clickhouse" }, fetch.BadOptions},
		"clickhouse, second host":        {"clickhouse://u:s3cretpw@127.0.0.1:9000,ch.example:9000/d", func(o *Options) { o.Engine = "clickhouse" }, fetch.Insecure},
		"postgres that is not there":     {"postgres://u:s3cretpw@127.0.0.1:1/db", func(*Options) {}, EngineError},
		"clickhouse that is not there":   {"clickhouse://u:s3cretpw@127.0.0.1:1/d", func(o *Options) { o.Engine = "clickhouse" }, EngineError},
		"trino that is not there":        {"http://u@127.0.0.1:1/c?request_retry_max_attempts=1", func(o *Options) { o.Engine = "trino" }, EngineError},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := ask(c.dsn, c.change)
			if codeOf(err) != c.code || strings.Contains(err.Error(), "s3cretpw") {
				t.Errorf("%v, want %s and no password", err, c.code)
			}
		})
	}
}

func TestNamesOfColumns(t *testing.T) {
	for _, name := range []string{"iin", "IIN", "ИИН", "ЖСН", "applicant_iin", "fio", "Ф.И.О.", "birth", "birthDate", "BIRTH_DATE", "date of birth", "Дата рождения", "аты-жөні", "lastName", "full name", "phone", "адрес"} {
		if err := checkColumns([]string{"area", name}, persons(t)); codeOf(err) != PersonalData {
			t.Errorf("%q passed: %v", name, err)
		}
	}
	for _, name := range []string{"area", "births", "рождений", "name_ru", "район", "адресная_помощь", "families", "assigned", "period", "telecentre", "Dobele"} {
		if err := checkColumns([]string{name}, persons(t)); err != nil {
			t.Errorf("%q was refused: %v", name, err)
		}
	}
}

func TestLargeSumsAreNotTakenForPersons(t *testing.T) {
	s := &sink{max: 100, persons: persons(t)}
	if err := s.columns([]string{"tenge"}, []bool{true}); err != nil {
		t.Fatal(err)
	}
	for _, v := range []string{"880101300011", "880101300022", "123456789012", "980000000000", "5", "17", "199999999999", "44", "45", "46"} {
		if err := s.add([]string{v}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.csv(); err != nil {
		t.Errorf("a few sums that look like numbers by chance: %v", err)
	}
}

func FuzzCheckQuery(f *testing.F) {
	for _, s := range []string{"SELECT count(*) FROM a", "SELECT 'a''b', count(*)", "WITH x AS (SELECT 1) SELECT count(*) FROM x;", "select $a$ $a$", "/* /* */ */ select", "\"", "`a``b`"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, engine := range []string{"postgres", "clickhouse"} {
			got, err := checkQuery(query, engine)
			if err == nil {
				if again, err := checkQuery(got, engine); err != nil || again != got {
					t.Fatalf("%q passes once as %q, then %q, %v", query, got, again, err)
				}
			}
		}
	})
}

func codeOf(err error) fetch.Code {
	var e *fetch.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
