package config

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"

	"tereze/config/tree"
)

// Connection says where a source on a network is and what it is asked for.
// Exactly one of its parts is set; which one follows from the source's kind.
type Connection struct {
	Egov    *EgovConnection
	Taldau  *TaldauConnection
	Statgov *StatgovConnection
	Web     *WebConnection // kinds web, sdmx and jsonstat
	SQL     *SQLConnection // kinds postgres, trino and clickhouse
}

// EgovConnection is a data set of the open data portal.
type EgovConnection struct {
	Dataset  string         `yaml:"dataset" need:"yes" doc:"Index of the data set, as it stands in the portal's address after index=."`
	Version  string         `yaml:"version" doc:"Version of the data set: v1, v2 … or data for the large registers; absent = v1."`
	KeyEnv   string         `yaml:"key_env" doc:"Environment variable that holds the key; absent = TEREZE_EGOV_KEY."`
	Query    map[string]any `yaml:"query" doc:"Query in the portal's own language, to take a part of a large set; absent = everything."`
	Sort     []string       `yaml:"sort" doc:"Columns to sort by, so that no page repeats or loses a row."`
	UniqueBy []string       `yaml:"unique_by" doc:"Columns that together name a row once."`
	Repeats  bool           `yaml:"repeats" doc:"true: identical rows are normal in this set, not a sign of bad paging."`
	PageSize int            `yaml:"page_size" doc:"Rows a request; absent = 1000."`
	MaxRows  int            `yaml:"max_rows" doc:"More rows than this are refused; absent = 1000000."`
	Base     string         `yaml:"base" doc:"Address of the portal, where it is not the usual one."`
}

// TaldauConnection is one index of the statistics bureau's system.
type TaldauConnection struct {
	Index    int      `yaml:"index" need:"yes" doc:"Number of the index."`
	Period   int      `yaml:"period" need:"yes" doc:"Kind of period: 4 month, 5 quarter, 6 half-year, 7 year, 8 month since January, 9 quarter since January, 10 half-year since January."`
	Cuts     []int    `yaml:"cuts" doc:"Dictionaries of the cuts: 67 regions, 68 regions with districts, others as the index has them; absent = 68."`
	Dates    []string `yaml:"dates" doc:"Ids of the dates to take; absent = all."`
	Language string   `yaml:"language" doc:"Language of the names: ru, kk or en; absent = ru."`
	Base     string   `yaml:"base" doc:"Address of the system, where it is not the usual one."`
}

// StatgovConnection is one element of the statistics bureau's site.
type StatgovConnection struct {
	Element  int    `yaml:"element" need:"yes" doc:"Number of the element in the address of the download; every new release has a new one."`
	Format   string `yaml:"format" enum:"xlsx|csv|json" doc:"Form of the download; absent = xlsx."`
	Language string `yaml:"language" doc:"Language of the file: ru, kk or en; absent = ru."`
	MaxMB    int    `yaml:"max_mb" doc:"Larger files are refused; absent = 64."`
	Base     string `yaml:"base" doc:"Address of the site, where it is not the usual one."`
}

// WebConnection is one or more files at plain addresses.
type WebConnection struct {
	Addresses     []string          `yaml:"addresses" need:"yes" doc:"Where the files lie; https, each with a name of its own at the end of the path."`
	Format        string            `yaml:"format" enum:"csv|xlsx|json|parquet|sdmx-csv|json-stat" doc:"Format of the files; the kinds sdmx and jsonstat say it themselves."`
	Hosts         []string          `yaml:"hosts" doc:"Further hosts that a redirect may lead to."`
	Headers       map[string]string `yaml:"headers" doc:"Headers to send; no secrets."`
	SecretHeaders map[string]string `yaml:"secret_headers" doc:"Headers whose values stand in environment variables: header to variable."`
	SecretQuery   map[string]string `yaml:"secret_query" doc:"Parameters whose values stand in environment variables: parameter to variable."`
	MaxMB         int               `yaml:"max_mb" doc:"Larger files are refused; absent = 256."`
}

// SQLConnection is a query that a database answers with counts.
type SQLConnection struct {
	DSNEnv  string `yaml:"dsn_env" doc:"Environment variable that holds the address with user and password; absent = TEREZE_SQL_DSN."`
	Query   string `yaml:"query" need:"yes" doc:"One SELECT that groups and counts; its columns are the columns of the table."`
	MaxRows int    `yaml:"max_rows" need:"yes" doc:"Areas × periods × categories that the query groups by; more rows are refused."`
	Timeout int    `yaml:"timeout_seconds" doc:"The engine stops the query after this; absent = 300."`
}

// Networked reports whether the source is fetched from a network rather than
// read from files of the instance.
func (s Source) Networked() bool { return s.Connection != nil }

// connections is the one table of kinds that are fetched.
var connections = map[string]func(*Connection) any{
	"egov":       func(c *Connection) any { c.Egov = &EgovConnection{}; return c.Egov },
	"taldau":     func(c *Connection) any { c.Taldau = &TaldauConnection{}; return c.Taldau },
	"statgov":    func(c *Connection) any { c.Statgov = &StatgovConnection{}; return c.Statgov },
	"web":        func(c *Connection) any { c.Web = &WebConnection{}; return c.Web },
	"sdmx":       func(c *Connection) any { c.Web = &WebConnection{}; return c.Web },
	"jsonstat":   func(c *Connection) any { c.Web = &WebConnection{}; return c.Web },
	"postgres":   func(c *Connection) any { c.SQL = &SQLConnection{}; return c.SQL },
	"trino":      func(c *Connection) any { c.SQL = &SQLConnection{}; return c.SQL },
	"clickhouse": func(c *Connection) any { c.SQL = &SQLConnection{}; return c.SQL },
}

// eitherWay are the kinds that name a format and may be files or fetched.
var eitherWay = []string{"sdmx", "jsonstat"}

// connection reads the block of a kind; nil where the source has none.
func (r *reader) connection(kind string, n *tree.Node) *Connection {
	if n == nil || n.Kind == tree.Null {
		return nil
	}
	part := connections[kind]
	if part == nil {
		if kind != "" {
			r.bad(n.Place(), "unknown_key", "", "key connection means nothing for kind %s, which is read from files", kind)
		}
		return nil
	}
	c := &Connection{}
	r.decode(n, part(c))
	if c.Web != nil && kind != "web" {
		format := map[string]string{"sdmx": "sdmx-csv", "jsonstat": "json-stat"}[kind]
		if c.Web.Format != "" && c.Web.Format != format {
			r.bad(n.At("format"), "wrong_value", "", "%q stands here; kind %s is always %s, leave the key out", c.Web.Format, kind, format)
		}
		c.Web.Format = format
	}
	return c
}

// checkOrigin asks for files or a connection, never both.
func (r *reader) checkOrigin(s Source, n *tree.Node) {
	needed := connections[s.Kind] != nil
	c := n.Get("connection")
	has := c != nil && c.Kind != tree.Null
	switch {
	case s.Files != "" && has:
		r.bad(n.At("files"), "wrong_value", "", "both files and connection are declared; a source is read from files or fetched")
	case slices.Contains(eitherWay, s.Kind) && s.Files == "" && !has:
		r.bad(n.At("files"), "missing_key", "", "neither files nor connection is declared; expected one of them")
	case needed && !has && !slices.Contains(eitherWay, s.Kind):
		r.bad(n.At("connection"), "missing_key", "", "key connection is missing; kind %s is fetched", s.Kind)
		if s.Files != "" {
			r.bad(n.At("files"), "unknown_key", "", "key files means nothing for kind %s, which is fetched", s.Kind)
		}
	case !needed && s.Files == "":
		r.bad(n.At("files"), "missing_key", "", "key files is missing")
	}
	if s.Connection != nil {
		r.checkConnection(s, c)
	}
	r.checkAggregate(s, n)
}

var (
	envRE      = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)
	languageRE = regexp.MustCompile(`^[a-z]{2}$`)
)

// variable asks for the name of an environment variable, so that nobody
// writes the secret itself into a file.
func (r *reader) variable(n *tree.Node, key, name string) {
	if name != "" && !envRE.MatchString(name) {
		r.bad(n.At(key), "wrong_value", "", "what stands here is not the name of an environment variable; expected one such as TEREZE_EGOV_KEY, whose value is the secret")
	}
}

func (r *reader) checkConnection(s Source, n *tree.Node) {
	positive := func(key string, v int, what string) {
		if c := n.Get(key); c != nil && v <= 0 && !wrongType(c) {
			r.bad(n.At(key), "wrong_value", "", "%d stands here; expected %s", v, what)
		}
	}
	language := func(code string) {
		if code != "" && !languageRE.MatchString(code) {
			r.bad(n.At("language"), "wrong_value", "", "%q stands here; expected ru, kk or en", code)
		}
	}
	c := s.Connection
	switch {
	case c.Egov != nil:
		r.variable(n, "key_env", c.Egov.KeyEnv)
		r.base(n, c.Egov.Base)
		positive("page_size", c.Egov.PageSize, "rows a request, such as 1000")
		positive("max_rows", c.Egov.MaxRows, "a number of rows")
	case c.Taldau != nil:
		r.base(n, c.Taldau.Base)
		language(c.Taldau.Language)
		positive("index", c.Taldau.Index, "the number of an index, such as 704447")
		positive("period", c.Taldau.Period, "a kind of period, such as 7 for years")
	case c.Statgov != nil:
		r.base(n, c.Statgov.Base)
		language(c.Statgov.Language)
		positive("element", c.Statgov.Element, "the number of an element, such as 6584")
		positive("max_mb", c.Statgov.MaxMB, "a size in megabytes")
	case c.Web != nil:
		r.checkWeb(s, n)
	case c.SQL != nil:
		r.variable(n, "dsn_env", c.SQL.DSNEnv)
		positive("max_rows", c.SQL.MaxRows, "the number of areas × periods × categories")
		positive("timeout_seconds", c.SQL.Timeout, "seconds")
	}
}

func (r *reader) checkWeb(s Source, n *tree.Node) {
	w := s.Connection.Web
	if w.Format == "" && !wrongType(n.Get("format")) {
		r.bad(n.At("format"), "missing_key", "", "key format is missing; expected csv, xlsx, json, parquet, sdmx-csv or json-stat")
	}
	for i, a := range w.Addresses {
		r.address(itemPlaceNode(n.Get("addresses"), i), a)
	}
	for block, names := range map[string]map[string]string{"secret_headers": w.SecretHeaders, "secret_query": w.SecretQuery} {
		for _, name := range sortedKeys(names) {
			r.variable(n.Get(block), name, names[name])
		}
	}
}

// base checks the address of a service.
func (r *reader) base(n *tree.Node, base string) {
	if base != "" {
		r.address(n.Get("base"), base)
	}
}

// address refuses what cannot be fetched and what carries a secret.
func (r *reader) address(n *tree.Node, text string) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		r.bad(n.Place(), "wrong_value", "", "what stands here is not an address; expected https://host/path")
	case u.User != nil:
		r.bad(n.Place(), "wrong_value", "", "the address of %s holds a user or a password; name an environment variable under secret_headers", u.Host)
	}
}

func itemPlaceNode(list *tree.Node, i int) *tree.Node {
	if list != nil && i < len(list.Items) {
		return list.Items[i]
	}
	return list
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// connectionSchema describes the block for editors: it is one of the parts.
func connectionSchema() map[string]any {
	var parts []any
	t := reflect.TypeFor[Connection]()
	for i := range t.NumField() {
		parts = append(parts, schemaOf(t.Field(i).Type, false))
	}
	return map[string]any{"anyOf": parts}
}

// plain is a YAML value as Go's own maps, lists, texts, numbers and truths.
func plain(n *tree.Node) any {
	switch n.Kind {
	case tree.Map:
		m := map[string]any{}
		for _, f := range n.Fields {
			m[f.Name] = plain(f.Node)
		}
		return m
	case tree.List:
		l := make([]any, len(n.Items))
		for i, e := range n.Items {
			l[i] = plain(e)
		}
		return l
	case tree.Scalar:
		switch n.Type {
		case "int", "float":
			var f float64
			if _, err := fmt.Sscan(n.Text, &f); err == nil {
				return f
			}
		case "bool":
			return strings.EqualFold(n.Text, "true")
		}
		return n.Text
	}
	return nil
}
