package sqlengine

import (
	"math/big"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func TestValuesAreWrittenAsInACSV(t *testing.T) {
	seven := int64(7)
	var none *int64
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, ""}, {none, ""}, {&seven, "7"}, {int8(-3), "-3"}, {uint64(1<<63 + 1), "9223372036854775809"},
		{1e21, "1000000000000000000000"}, {0.1, "0.1"}, {float32(0.1), "0.1"}, {"x", "x"}, {[]byte("y"), "y"}, {true, "true"},
		{decimal.RequireFromString("1234567890123.45"), "1234567890123.45"}, {big.NewInt(12), "12"},
		{time.Date(2021, 6, 30, 0, 0, 0, 0, time.UTC), "2021-06-30"}, {time.Date(2021, 6, 30, 9, 5, 0, 0, time.UTC), "2021-06-30T09:05:00"},
	} {
		if got, err := text(c.value); err != nil || got != c.want {
			t.Errorf("%T %v: %q, %v; want %q", c.value, c.value, got, err, c.want)
		}
	}
	for _, v := range []any{[]string{"a", "b"}, map[string]int{"a": 1}, struct{ A int }{1}} {
		if got, err := text(v); err == nil {
			t.Errorf("%T passed as %q: it could hold many people", v, got)
		}
	}
}

func TestOnlySingleValuesHaveATypeThatPasses(t *testing.T) {
	for name, number := range map[string]bool{
		"BIGINT": true, "UInt64": true, "Decimal(14, 2)": true, "Nullable(Float64)": true, "LowCardinality(Nullable(String))": false,
		"varchar(20)": false, "Date": false, "DateTime('UTC')": false, "Enum8('a' = 1)": false, "double": true,
	} {
		if got, ok := scalarType(name); !ok || got != number {
			t.Errorf("%s: number %v, passes %v", name, got, ok)
		}
	}
	for _, name := range []string{"Array(String)", "array(varchar)", "Map(String, UInt8)", "map(varchar,bigint)", "row(a varchar)", "Tuple(String)", "JSON", "UUID", "varbinary", "AggregateFunction(count)"} {
		if _, ok := scalarType(name); ok {
			t.Errorf("%s passes", name)
		}
	}
}
