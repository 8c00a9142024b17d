package main

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// Each district owes one report a half-year to exactly one source.
func TestEachDistrictReportsOnce(t *testing.T) {
	ex := generated(t)
	for h := range halves {
		owed := map[string]int{}
		for _, r := range ex.reports {
			if r.half == h && strings.HasPrefix(r.source, "akimat_") {
				owed[r.area.code]++
			}
		}
		for _, a := range ex.plan.areasAt(h) {
			if owed[a.code] != 1 {
				t.Errorf("%s owes %d reports for %s, want 1", a.code, owed[a.code], halves[h])
			}
		}
		if want := []int{16, 16, 16, 17, 17}[h]; len(owed) != want {
			t.Errorf("%s: %d districts report, want %d", halves[h], len(owed), want)
		}
	}
}

// The region's figures of mid-2021 must come out, and with them the change
// since mid-2019: nothing may be refused or lacking there.
func TestMainFiguresAreWhole(t *testing.T) {
	for _, r := range generated(t).reports {
		for _, c := range r.cells {
			whole := c.fate == accepted || c.fate == reportedNil
			main2019 := r.half == 0 && strings.HasPrefix(c.measure, "asp_")
			main2021 := r.half == 4 && c.measure != "families_medicines"
			if (main2019 || main2021) && !whole {
				t.Errorf("%s %s %s: %s", r.area.code, halves[r.half], c.measure, c.fate)
			}
		}
	}
}

// Everything real reports suffer from is in the example, or a page that
// shows it stands empty.
func TestEveryFateOccurs(t *testing.T) {
	seen := map[fate]int{}
	status := map[string]int{}
	for _, r := range generated(t).reports {
		status[r.status()]++
		for _, c := range r.cells {
			seen[c.fate]++
		}
	}
	for _, f := range []fate{accepted, reportedNil, unavailable, confidential, notSupplied, dropped,
		"unknown_area", "part_exceeds_whole", "fraction_of_count", "not_a_number", "negative_count",
		"duplicate_same", "duplicate_conflict", "held", "unknown_period", "unknown_measure"} {
		if seen[f] == 0 {
			t.Errorf("no cell has the fate %s", f)
		}
	}
	if status["late"] != 2 || status["not_supplied"] != 1 {
		t.Errorf("reports: %v, want 2 late and 1 not supplied", status)
	}
}

// A planned fault that hits nothing would be a flaw nobody tests.
func TestEveryPlannedFaultHitsACell(t *testing.T) {
	ex := generated(t)
	hit := map[faultKey]bool{}
	for _, r := range ex.reports {
		hit[faultKey{r.source, r.area.code, "", r.half}] = true
		for _, c := range r.cells {
			hit[faultKey{r.source, r.area.code, c.measure, r.half}] = true
		}
	}
	for k := range ex.plan.faults {
		if !hit[k] {
			t.Errorf("the fault %v hits no cell", k)
		}
	}
	for _, r := range ex.reports {
		for i, c := range r.cells {
			if c.fate != "part_exceeds_whole" {
				continue
			}
			part, _ := strconv.Atoi(c.text)
			if whole := r.cells[i-1].truth; part <= whole {
				t.Errorf("%s %d does not exceed its whole %d", c.measure, part, whole)
			}
		}
	}
}

// The accounting of each source adds up in the plan already.
func TestPlannedAccountingBalances(t *testing.T) {
	refused := 0
	for _, a := range generated(t).accounting {
		if a.read != a.accepted+a.refused+a.dropped {
			t.Errorf("%s does not add up", a)
		}
		refused += a.refused
	}
	if refused == 0 {
		t.Error("nothing is refused")
	}
}

// Personal numbers of the example pass the check-digit rule and can belong
// to nobody.
func TestInventedPersonalNumbers(t *testing.T) {
	for _, piece := range generated(t).plan.land {
		n := invention(piece.code)
		check, ok := checkDigit(n[:11])
		if len(n) != 12 || !ok || int(n[11]-'0') != check {
			t.Errorf("%s has no right check digit", n)
		}
		if n[:7] != "0001010" {
			t.Errorf("%s does not look invented", n)
		}
	}
	// By hand: 1×4 + 1×6 = 10, so once more: 1×6 + 1×8 = 14, less 11 is 3.
	if d, _ := checkDigit("00010100000"); d != 3 {
		t.Errorf("check digit of 00010100000: %d, want 3", d)
	}
}

// Every file says that it is invented, so that one taken out of its folder
// still does.
func TestEveryDataFileSaysItIsInvented(t *testing.T) {
	for _, f := range generated(t).instance {
		if !strings.HasPrefix(f.path, "data/") {
			continue
		}
		text := string(f.bytes)
		if strings.Contains(f.path, "1251") {
			text = fromWindows1251(f.bytes)
		}
		if !strings.Contains(text, "вымышлен") && !strings.Contains(text, "ойдан алынған") {
			t.Errorf("%s does not say that it is invented", f.path)
		}
	}
}

func fromWindows1251(b []byte) string {
	out, err := charmap.Windows1251.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(out)
}
