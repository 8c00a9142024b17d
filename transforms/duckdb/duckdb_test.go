package duckdb

import (
	"context"
	"database/sql/driver"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func inMemory(t *testing.T) *DB {
	t.Helper()
	db, err := Create("", 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// The driver would store 2 for 2.7 and nothing for 2^40; here a value that
// does not fit its column is an error that names row and column.
func TestAValueThatDoesNotFitItsColumnIsAnError(t *testing.T) {
	db := inMemory(t)
	for _, v := range []driver.Value{2.7, "2", int32(2), true, time.Now()} {
		err := db.Fill(context.Background(), "t", Columns("n bigint"), func(add func(...driver.Value) error) error { return add(v) })
		if err == nil || !strings.Contains(err.Error(), "row 1, column n") {
			t.Errorf("%T into bigint: %v", v, err)
		}
	}
}

// One broken letter must not cost a whole batch of rows.
func TestTextThatIsNotUTF8IsKeptWithASignForTheBrokenLetter(t *testing.T) {
	db := inMemory(t)
	err := db.Fill(context.Background(), "t", Columns("s varchar"), func(add func(...driver.Value) error) error {
		return add("ab\xffc")
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := db.Count(context.Background(), "select count(*) from t where s = 'ab\uFFFDc'"); n != 1 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
}

// A day is a day, whatever zone the machine stands in: the driver would turn
// 1 March in Almaty into 28 February.
func TestDatesDoNotShiftWithTheZone(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Almaty")
	if err != nil {
		zone = time.FixedZone("+05", 5*3600)
	}
	before := time.Local
	time.Local = zone
	defer func() { time.Local = before }()
	db := inMemory(t)
	days := []string{"2026-03-01", "1969-12-31", "1970-01-01", "1889-02-28", "0001-01-01", "9999-12-31"}
	err = db.Fill(context.Background(), "t", Columns("d date, b bool"), func(add func(...driver.Value) error) error {
		for _, d := range append(days, "") {
			if err := add(d, d != ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range days {
		if n, _ := db.Count(context.Background(), "select count(*) from t where d = date '"+d+"' and b"); n != 1 {
			t.Errorf("the day %s moved", d)
		}
	}
	if n, _ := db.Count(context.Background(), "select count(*) from t where d is null and not b"); n != 1 {
		t.Error("no date is not null")
	}
}

// A date that is none stops the table, with its name and place in the error.
func TestADateThatIsNoneIsAnError(t *testing.T) {
	for _, text := range []string{"1 March", "2021-02-30", "2021-6-1", "20210601"} {
		err := inMemory(t).Fill(context.Background(), "t", Columns("d date"), func(add func(...driver.Value) error) error { return add(text) })
		if err == nil || !strings.Contains(err.Error(), text) || !strings.Contains(err.Error(), "row 1, column d") {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

// Batches of the driver are joined, and every row arrives once and in order.
func TestArrowAndCSVHoldEveryRowInOrder(t *testing.T) {
	db := inMemory(t)
	f, err := os.Create(filepath.Join(t.TempDir(), "t.arrow"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	err = db.WriteTable(context.Background(), `select 'k' || i % 3 as k, i, i / 2 as half, date '2021-06-30' as d, case when i > 1 then 'a, "b"' end as s, cast(i as integer) as n, i = 2 as yes from range(150000) t(i) order by i`, f,
		func(header bool, first string, line []byte) error {
			if len(lines) < 4 {
				lines = append(lines, first+"|"+string(line))
			} else {
				lines = append(lines, "")
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"|k,i,half,d,s,n,yes\r\n", "k0|k0,0,0,2021-06-30,,0,false\r\n", "k1|k1,1,0.5,2021-06-30,,1,false\r\n", "k2|k2,2,1,2021-06-30,\"a, \"\"b\"\"\",2,true\r\n"}
	if strings.Join(lines[:4], "") != strings.Join(want, "") || len(lines) != 150001 {
		t.Errorf("%d lines, the first %q", len(lines), lines[:4])
	}
	if info, _ := f.Stat(); info.Size() < 150000*8 {
		t.Errorf("the Arrow file has %d bytes", info.Size())
	}
}
