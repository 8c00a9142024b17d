package transforms

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	"tereze/model"
)

const seen = `select indicator, area, period, source, value, numerator, denominator, obs_status, conf_status from value `

// Small counts, what is left to a whole, and all that rests on them have no
// number in any column of the public file.
func TestSmallCountsAndAllThatRestsOnThemAreHidden(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", `
		A 2021 need 40
		A 2021 served 3
		B 2021 need 50
		B 2021 served 48
		C 2021 need 60
		C 2021 served 30`)
	s.indicator("served_count count served", "need_count count need", "served_share share served need")
	p, got := s.protect(t)
	same(t, p.ask(t, seen), `
		served_count A 2021 forms _ _ _ Q A
		served_count B 2021 forms _ _ _ Q A
		served_count C 2021 forms 30 _ _ A F
		served_count R 2021 computed:forms 81 _ _ A F
		need_count A 2021 forms 40 _ _ A F
		need_count B 2021 forms 50 _ _ A F
		need_count C 2021 forms 60 _ _ A F
		need_count R 2021 computed:forms 150 _ _ A F
		served_share A 2021 forms _ _ _ Q A
		served_share B 2021 forms _ _ _ Q A
		served_share C 2021 forms 50 30 60 A F
		served_share R 2021 computed:forms 54 81 150 A F`)
	same(t, p.ask(t, `select measure, area, value, obs_status, conf_status from observation where obs_status = 'Q'`), `
		served A _ Q A
		served B _ Q A`)
	if got.Hidden != 2 || got.Suppressed != 4 || got.Exposed != 0 {
		t.Errorf("report says %+v", got)
	}
	same(t, p.ask(t, `select count(*) from value where obs_status = 'Q' and (lower is not null or upper is not null or interval_kind <> '' or qualifier <> '')`), "0")
}

// One hidden district would be the region less the others.
func TestASecondDistrictIsHiddenWhereTheRegionGivesTheFirstAway(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 3\nB 2021 need 50\nC 2021 need 20")
	s.indicator("need_count count need")
	p, _ := s.protect(t)
	same(t, p.ask(t, seen), `
		need_count A 2021 forms _ _ _ Q A
		need_count B 2021 forms 50 _ _ A F
		need_count C 2021 forms _ _ _ Q D
		need_count R 2021 computed:forms 73 _ _ A F`)
}

// Two categories that make up their whole give each other away.
func TestACategoryIsHiddenWithItsCounterpart(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 40\nA 2021 served 37\nA 2021 waiting 3")
	s.indicator("served_count count served", "waiting_count count waiting", "need_count count need")
	p, _ := s.protect(t)
	same(t, p.ask(t, seen), `
		served_count A 2021 forms _ _ _ Q A
		waiting_count A 2021 forms _ _ _ Q A
		need_count A 2021 forms 40 _ _ A F`)
}

// All or none of a small group says something of each of its members.
func TestNoneOfASmallGroupIsHidden(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 4\nA 2021 served 0\nB 2021 need 30\nB 2021 served 0")
	s.indicator("served_share share served need", "served_count count served")
	p, _ := s.protect(t)
	same(t, p.ask(t, seen), `
		served_count A 2021 forms _ _ _ Q A
		served_count B 2021 forms 0 _ _ A F
		served_share A 2021 forms _ _ _ Q A
		served_share B 2021 forms 0 0 30 A F`)
}

// What its owner has made public is shown, small or not, and is not used to
// hide others behind it.
func TestPublishedCountsStayShown(t *testing.T) {
	s := newSmall()
	s.source("press", "press", model.Published)
	s.source("forms", "forms", model.Reported)
	s.deliver("press", "A 2021 need 1\nB 2021 need 2\nC 2021 need 4")
	s.deliver("forms", "A 2021 need 1\nB 2021 need 3\nC 2021 need 40")
	s.indicator("need_count count need")
	p, _ := s.protect(t)
	same(t, p.ask(t, seen), `
		need_count A 2021 press 1 _ _ A F
		need_count B 2021 press 2 _ _ A F
		need_count C 2021 press 4 _ _ A F
		need_count R 2021 computed:press 7 _ _ A F
		need_count A 2021 forms 1 _ _ A F
		need_count B 2021 forms _ _ _ Q A
		need_count C 2021 forms _ _ _ Q D
		need_count R 2021 computed:forms 44 _ _ A F`)
}

// What a running count gained is a count of families too, and the two
// figures around it would give it away.
func TestASmallGainIsHiddenWithOneOfTheCountsAroundIt(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Example)
	s.deliver("forms", "A 2020-H2 housed 50\nA 2021-H1 housed 52")
	s.indicator("housed_pace pace housed", "housed_count count housed")
	p, _ := s.protect(t)
	same(t, p.ask(t, seen), `
		housed_pace A 2021-H1 forms _ _ _ Q A
		housed_count A 2020-H2 forms _ _ _ Q D
		housed_count A 2021-H1 forms 52 _ _ A F`)
}

// Nobody is exposed by a number of meetings.
func TestThingsAreNotProtected(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 meetings 2")
	s.indicator("meeting_count count meetings")
	p, _ := s.protect(t)
	same(t, p.ask(t, seen), "meeting_count A 2021 forms 2 _ _ A F")
}

// A row of an own model is hidden with the counts it may have used.
func TestAnOwnModelOfAHiddenPlaceIsHidden(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 3\nB 2021 need 30")
	s.Indicators = []model.Indicator{{ID: "twice", Kind: model.Model, Model: "twice.sql"}}
	s.Models = map[string]string{"twice.sql": "select area, area_valid_from, period, series, value * 2 as value from observations"}
	p, _ := s.protect(t)
	same(t, p.ask(t, seen), `
		twice A 2021 computed:forms _ _ _ Q D
		twice B 2021 computed:forms 60 _ _ A F`)
}

// The document behind a hidden count would tell it.
func TestEvidenceOfAHiddenCountIsLeftOut(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 3\nB 2021 need 30")
	for i := range s.deliveries[0].Records {
		s.deliveries[0].Records[i].Evidence = "order 1"
		s.deliveries[0].Records[i].EvidenceDate = "2021-02-03"
	}
	p, _ := s.protect(t)
	same(t, p.ask(t, "select measure, area, document, strftime(document_date, '%Y-%m-%d') from evidence"), "need B order 1 2021-02-03")
}

// No other file can be reached through the public one, and the private one
// leaves no trace in it.
func TestThePublicFileIsAWall(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 3000")
	p, _ := s.protect(t)
	for _, q := range []string{
		"attach '/tmp/other.duckdb' as other", "select * from read_csv('/etc/passwd')", "copy (select 1) to '/tmp/x.csv'",
		"set enable_external_access=true", "create table t (a int)",
	} {
		if r, err := p.Query(t.Context(), q); err == nil {
			r.Close()
			if r.Err() == nil {
				t.Errorf("%s was allowed", q)
			}
		}
	}
	tables := p.ask(t, "select table_name from information_schema.tables")
	if len(tables) != len(published) {
		t.Errorf("public tables are %v", tables)
	}
}

// A hidden number must not lie in the file where a column says "no value".
func TestNoByteOfAHiddenCountIsInThePublicFiles(t *testing.T) {
	s := newSmall()
	s.source("forms", "forms", model.Reported)
	s.deliver("forms", "A 2021 need 3\nB 2021 need 87654321\nA 2021 waiting 1\nC 2021 need 98765432")
	s.indicator("need_count count need")
	st := s.compute(t)
	dir := t.TempDir()
	if _, err := st.Protect(t.Context(), &s.Instance, dir+"/public.duckdb", 1); err != nil {
		t.Fatal(err)
	}
	public, _, err := Export(t.Context(), dir+"/public.duckdb", dir+"/data", into(dir+"/data"))
	if err != nil {
		t.Fatal(err)
	}
	public.Close()
	files, _ := filepath.Glob(dir + "/data/*")
	for _, f := range append(files, dir+"/public.duckdb") {
		b, _ := os.ReadFile(f)
		for _, hidden := range [][]byte{[]byte("87654321"), binary.LittleEndian.AppendUint64(nil, math.Float64bits(87654321)), binary.LittleEndian.AppendUint64(nil, 87654321), binary.LittleEndian.AppendUint32(nil, 87654321)} {
			if bytes.Contains(b, hidden) {
				t.Errorf("%s holds a hidden count", filepath.Base(f))
			}
		}
	}
}

// A release can be checked only if the same data give the same bytes. The
// data are many, and have nulls of every kind, since it is under a null and in
// the gaps of packed columns that stale memory would come along.
func TestTheSameDataGiveTheSameFile(t *testing.T) {
	in, deliveries := national()
	deliveries[0].Records = deliveries[0].Records[:6*220*30]
	for i := range deliveries[0].Records {
		if i%7 == 0 {
			deliveries[0].Records[i].Value.Text = "…"
		}
	}
	for i := range in.Measures {
		if i%3 == 2 {
			in.Measures[i].Basis = model.Cumulative // since a day that nobody named
		}
	}
	var files [3][]byte
	for i := range files {
		st, err := Open("")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := st.Load(t.Context(), in, deliveries); err != nil {
			t.Fatal(err)
		}
		if _, err := st.Compute(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		path := t.TempDir() + "/public.duckdb"
		if _, err := st.Protect(t.Context(), in, path, 1); err != nil {
			t.Fatal(err)
		}
		st.Close()
		files[i], _ = os.ReadFile(path)
		if len(files[i]) == 0 || !bytes.Equal(files[0], files[i]) {
			t.Errorf("run %d gave another file (%d and %d bytes)", i, len(files[0]), len(files[i]))
		}
	}
}
