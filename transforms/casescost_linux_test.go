package transforms

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"tereze/config"
	"tereze/config/words"
	"tereze/sources"
	"tereze/sources/snapshot"
	"tereze/transforms/duckdb"
)

// BenchmarkCases compares the whole way of a file of cases to monthly counts
// for each district – its hash, the count, the look for personal data, the
// snapshot, the records – to a bare query of the same database that does the
// count alone. Each runs in a process of its own, in turn, so that the peak
// of its memory is its own. TEREZE_CASES_ROWS says how many rows the file
// has, TEREZE_CASES_DIR where it lies; bench/cases.sh sets both.
func BenchmarkCases(b *testing.B) {
	rows := 1_000_000
	if s := os.Getenv("TEREZE_CASES_ROWS"); s != "" {
		var err error
		if rows, err = strconv.Atoi(s); err != nil {
			b.Fatalf("TEREZE_CASES_ROWS is %q; expected a number of rows", s)
		}
	}
	dir := os.Getenv("TEREZE_CASES_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	if err := writeCases(filepath.Join(dir, casesName(rows)), rows); err != nil {
		b.Fatal(err)
	}
	var ours, bare []casesRun
	for b.Loop() {
		bare = append(bare, runCases(b, "bare", dir, rows))
		ours = append(ours, runCases(b, "ours", dir, rows))
		if got, want := ours[len(ours)-1].groups, bare[len(bare)-1].groups; got != want {
			b.Fatalf("ours counts %d groups, the bare query %d", got, want)
		}
	}
	a, o := median(bare), median(ours)
	b.ReportMetric(a.seconds, "bare-s")
	b.ReportMetric(o.seconds, "ours-s")
	b.ReportMetric(o.seconds/a.seconds, "ratio")
	b.ReportMetric(o.processor/a.processor, "processor-ratio")
	b.ReportMetric(a.peakMB, "bare-MB")
	b.ReportMetric(o.peakMB, "ours-MB")
}

func casesName(rows int) string { return fmt.Sprintf("cases_%d.csv", rows) }

// caseDistricts and caseMonths are the groups that the made-up cases fall into.
const (
	caseDistricts = 220
	caseMonths    = 60
)

// casesQuery counts cases by district and month.
const casesQuery = `select district, strftime(opened, '%Y-%m') as month, count(*) as families, sum(members) as persons
 from source group by district, month order by district, month`

// writeCases makes a file with a row for every case, the same for the same
// number of rows; one that is there already is kept.
func writeCases(path string, rows int) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "case,district,opened,members,programme,amount")
	x := uint64(88172645463325252) // xorshift: the same numbers on every machine
	line := make([]byte, 0, 96)
	for i := range rows {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		day := int(x>>20) % (caseMonths * 28)
		month := day / 28
		line = fmt.Appendf(line[:0], "%08d,%09d,%04d-%02d-%02d,%d,%s,%d.%02d\n", i, 100000000+1000*(x%caseDistricts), 2017+month/12, month%12+1, day%28+1,
			3+(x>>40)%6, [3]string{"housing", "assistance", "school"}[(x>>50)%3], 10000+(x>>30)%90000, (x>>10)%100)
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// casesRun is one run in a process of its own.
type casesRun struct {
	seconds, processor, peakMB float64
	groups                     int
}

func median(runs []casesRun) casesRun {
	slices.SortFunc(runs, func(a, b casesRun) int { return int(1e6 * (a.seconds - b.seconds)) })
	return runs[len(runs)/2]
}

func runCases(b *testing.B, how, dir string, rows int) (r casesRun) {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestCasesInTheirOwnProcess$", "-test.v")
	cmd.Env = append(os.Environ(), "TEREZE_CASES_HOW="+how, "TEREZE_CASES_DIR="+dir, "TEREZE_CASES_ROWS="+strconv.Itoa(rows))
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%s: %v: %s", how, err, out)
	}
	for line := range strings.Lines(string(out)) {
		if _, err := fmt.Sscanf(line, "cases: %f s, %f s of the processor, %d groups", &r.seconds, &r.processor, &r.groups); err == nil {
			break
		}
	}
	if r.groups == 0 {
		b.Fatalf("%s: nothing was counted: %s", how, out)
	}
	r.peakMB = float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
	return r
}

// TestCasesInTheirOwnProcess is what BenchmarkCases runs; alone it does nothing.
func TestCasesInTheirOwnProcess(t *testing.T) {
	how, dir := os.Getenv("TEREZE_CASES_HOW"), os.Getenv("TEREZE_CASES_DIR")
	rows, _ := strconv.Atoi(os.Getenv("TEREZE_CASES_ROWS"))
	if how == "" {
		t.Skip("this is one half of BenchmarkCases")
	}
	count := map[string]func(*testing.T, string, string) (time.Duration, int){"ours": countOurs, "bare": countBare}[how]
	before := used(t)
	took, groups := count(t, dir, casesName(rows))
	fmt.Printf("cases: %f s, %f s of the processor, %d groups\n", took.Seconds(), used(t)-before, groups)
}

func countBare(t *testing.T, dir, name string) (time.Duration, int) {
	start := time.Now()
	db, err := duckdb.Create("", runtime.GOMAXPROCS(0))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(context.Background(), strings.Replace(casesQuery, "from source", "from read_csv("+duckdb.Text(filepath.Join(dir, name))+")", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var district, families int64
		var month string
		var persons float64
		if err := rows.Scan(&district, &month, &families, &persons); err != nil {
			t.Fatal(err)
		}
		n++
	}
	return time.Since(start), n
}

func countOurs(t *testing.T, dir, name string) (time.Duration, int) {
	c, problems := words.Builtin()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	fsys, _, err := config.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	inst := &config.Instance{ID: "cases", FS: fsys, Words: c, Languages: []string{"en"}}
	src := config.Source{ID: "cases", Kind: "csv", Files: name,
		Aggregate: &config.Aggregate{SQL: casesQuery, MaxRows: caseDistricts * caseMonths},
		Table: config.Mapping{Area: config.Key{Column: "district"}, Period: config.Key{Column: "month"},
			Values: map[string]string{"families": "families", "persons": "persons"}}}
	kept, err := snapshot.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	found, said := sources.DeliverCounted(context.Background(), inst, src, kept, CountCases)
	took := time.Since(start)
	if len(said) > 0 || len(found) != 1 || len(found[0].Problems) > 0 || found[0].Snapshot.Original == "" {
		t.Fatalf("%v %+v", said, found)
	}
	return took, len(found[0].Records) / 2
}
