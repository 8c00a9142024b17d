package sqlengine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tereze/sources/fetch"
)

var (
	numberTypes = regexp.MustCompile(`^(U?INT(8|16|32|64|128|256)?|TINYINT|SMALLINT|INTEGER|BIGINT|REAL|DOUBLE|FLOAT(32|64)?|DECIMAL(32|64|128|256)?|NUMERIC)(\(.*\))?$`)
	otherTypes  = regexp.MustCompile(`^(BOOL|BOOLEAN|VARCHAR|CHAR|STRING|FIXEDSTRING|DATE|DATE32|DATETIME|DATETIME64|TIMESTAMP|ENUM8|ENUM16)(\(.*\))?$`)
)

// scalarType tells numbers from other single values; ok is false for
// lists, maps, rows and all else that could carry many people in one cell.
func scalarType(name string) (number, ok bool) {
	name = strings.ToUpper(strings.TrimSpace(name))
	for _, wrapper := range []string{"LOWCARDINALITY(", "NULLABLE("} {
		if inner, found := strings.CutPrefix(name, wrapper); found {
			name = strings.TrimSuffix(inner, ")")
		}
	}
	if numberTypes.MatchString(name) {
		return true, true
	}
	return false, otherTypes.MatchString(name)
}

// queryer is a connection or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// ask runs a query through database/sql and puts its answer into the sink.
func ask(ctx context.Context, db queryer, query string, s *sink) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	var names []string
	var numeric []bool
	for _, t := range types {
		names = append(names, t.Name())
		number, ok := scalarType(t.DatabaseTypeName())
		if !ok {
			return fetch.Fault("", WrongColumn, "column %q is of type %s; expected numbers, texts and dates", t.Name(), t.DatabaseTypeName())
		}
		numeric = append(numeric, number)
	}
	if err := s.columns(names, numeric); err != nil {
		return err
	}
	values := make([]any, len(names))
	into := make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := make([]string, len(values))
		for i, v := range values {
			if row[i], err = text(v); err != nil {
				return fetch.Fault("", WrongColumn, "column %q: %v", names[i], err)
			}
		}
		if err := s.add(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// text writes a value as it stands in a CSV: no exponent, dates as
// YYYY-MM-DD, nothing for NULL.
func text(v any) (string, error) {
	if valuer, ok := v.(driver.Valuer); ok {
		if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
			return "", nil
		}
		inner, err := valuer.Value()
		if err != nil {
			return "", err
		}
		v = inner
	}
	switch x := v.(type) {
	case nil:
		return "", nil
	case string:
		return x, nil
	case []byte:
		return string(x), nil
	case time.Time:
		if x.Hour() == 0 && x.Minute() == 0 && x.Second() == 0 && x.Nanosecond() == 0 {
			return x.Format("2006-01-02"), nil
		}
		return x.Format("2006-01-02T15:04:05.999999999"), nil
	case bool:
		return strconv.FormatBool(x), nil
	case float32:
		return strconv.FormatFloat(float64(x), 'f', -1, 32), nil
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), nil
	case fmt.Stringer:
		return x.String(), nil
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Pointer:
		if r.IsNil() {
			return "", nil
		}
		return text(r.Elem().Interface())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(r.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(r.Uint(), 10), nil
	case reflect.String:
		return r.String(), nil
	}
	return "", fmt.Errorf("holds a value of type %T; expected a number, a text or a date", v)
}
