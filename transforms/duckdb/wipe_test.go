package duckdb

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is unused in a published file must hold nothing: the memory that is
// written there may have held a number that is hidden.
func TestWhatIsUnusedInAFileIsEmpty(t *testing.T) {
	ctx := t.Context()
	db, err := Create("", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// Memory that has been used, so that a rest would show.
	if err := db.Exec(ctx, "create table before as select 'a hidden number: ' || n || repeat('*', 40) as text from range(200000) r(n); drop table before"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "file.duckdb")
	if err := db.Attach(ctx, path, "public"); err != nil {
		t.Fatal(err)
	}
	packed := "select 'district ' || n || ' of many' as name, n % 7 as n from range(20000) r(n)"
	long := "select repeat('long text ', 500 + n::bigint) || n as name from range(40) r(n)"
	for table, rows := range map[string]string{"packed": packed, "long": long} {
		if err := errors.Join(db.CreateSteady(ctx, "public", table, rows), db.Exec(ctx, "insert into public."+table+" "+rows)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Detach(ctx, "public"); err != nil {
		t.Fatal(err)
	}

	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file, []byte("hidden number")) {
		t.Error("the file holds what was in memory before")
	}
	if err := db.Attach(ctx, path, "public"); err != nil {
		t.Fatal(err)
	}
	db.steady["public"] = []string{"packed", "long"}
	segments, err := db.textSegments(ctx, "public")
	if err != nil {
		t.Fatal(err)
	}
	kinds, gaps := map[string]int{}, 0
	for _, s := range segments {
		kinds[s.compression]++
		data := file[fileHeaders+s.block*blockSize:][checksum:blockSize]
		from, to, err := s.gap(data)
		if err != nil {
			t.Fatal(err)
		}
		if from < to {
			gaps++
		}
		if len(bytes.Trim(data[from:to], "\x00")) > 0 {
			t.Errorf("block %d holds something from byte %d to %d", s.block, from, to)
		}
	}
	if gaps == 0 || kinds["Dictionary"] == 0 || kinds["Uncompressed"] == 0 {
		t.Errorf("%d gaps in segments %v: nothing was tried", gaps, kinds)
	}
	for table, rows := range map[string]string{"packed": packed, "long": long} {
		if n, err := db.Count(ctx, "select count(*) from ((from public."+table+" except all "+rows+") union all ("+rows+" except all from public."+table+"))"); err != nil || n != 0 {
			t.Errorf("%s: %d rows changed, %v", table, n, err)
		}
	}
}

// A file of another layout must not be published half wiped.
func TestAnUnknownLayoutIsRefused(t *testing.T) {
	block := make([]byte, blockSize)
	data := block[checksum:]
	header := func(words ...uint32) {
		for i, w := range words {
			binary.LittleEndian.PutUint32(data[4*i:], w)
		}
		binary.LittleEndian.PutUint64(block, sum(data))
	}
	path := filepath.Join(t.TempDir(), "file")
	try := func(s segment) string {
		t.Helper()
		if err := os.WriteFile(path, append(make([]byte, fileHeaders), block...), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := wipe(path, blockSize, []segment{s}); err != nil {
			return err.Error()
		}
		return ""
	}
	header(100, 16000, 60, 10, 4)
	if got := try(segment{count: 5, compression: "Dictionary"}); got != "" {
		t.Errorf("a sound block is refused: %s", got)
	}
	header(100, 16000, 60, 4000, 4) // the list would reach into the texts
	if got := try(segment{count: 5, compression: "Dictionary"}); !strings.Contains(got, "expected the layout") {
		t.Errorf("a list that meets the texts gives %q", got)
	}
	header(100, 40000, 60, 10, 4)
	if got := try(segment{count: 5, compression: "Dictionary"}); !strings.Contains(got, "expected the layout") {
		t.Errorf("texts beyond the block give %q", got)
	}
	if got := try(segment{count: 5, compression: "FSST"}); !strings.Contains(got, "FSST") {
		t.Errorf("another packing gives %q", got)
	}
	header(100, 16000, 60, 10, 4)
	block[0]++
	if got := try(segment{count: 5, compression: "Dictionary"}); !strings.Contains(got, "checksum") {
		t.Errorf("a wrong checksum gives %q", got)
	}
}
