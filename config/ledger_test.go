package config

import (
	"errors"
	"strings"
	"testing"
)

// A ledger in which people would be counted twice, or nowhere, is refused
// with the file, the line and what was expected.
func TestAWrongLedgerIsRefused(t *testing.T) {
	const area = ",district,980000000,Жаңа аудан,Новый район,New District,,,,,,,,,,,,,\n"
	const names = ",,false,Атауы,Название,Name\n"
	for _, x := range []struct{ name, file, old, new, want string }{
		{"overlap of an area with its event", "areas.csv", "980300000,,2020-12-31", "980300000,,2020-06-30",
			"area_events.csv:2, column from: area 980300000 did not exist on 2020-12-31, the day before it; expected a row of areas.csv that holds this day"},
		{"an area that goes on over its own end", "area_events.csv", "2021-01-01,transfer", "2020-07-01,transfer",
			"areas.csv:5, column valid_to: area 980200000 goes on after 2020-06-30, when event north_2021 ended it; expected valid_to 2020-06-30 and a new row from 2020-07-01"},
		{"an event after the new borders", "area_events.csv", "2021-01-01,transfer", "2021-07-01,transfer",
			"areas.csv:6, column valid_from: area 980200000 existed before event north_2021 made it on 2021-07-01; expected a row that begins on that day"},
		{"a successor that nothing made", "areas.csv", "980300000,,2020-12-31", "980400000,2021-01-01," + area + "980300000,,2020-12-31",
			"areas.csv:7, column valid_from: no event makes area 980400000 on 2021-01-01; expected a row in area_events.csv that names it under to"},
		{"an end without a successor", "areas.csv", "980100000,,,city", "980100000,,2021-12-31,city",
			"areas.csv:4, column valid_to: no event ends area 980100000 on 2022-01-01"},
		{"a successor that does not exist", "area_events.csv", "980200000 980300000,0.1", "980200000 980100000,0.1",
			"areas.csv:4, column valid_from: area 980100000 existed before event north_2021 made it on 2021-01-01"},
		{"a circle", "area_events.csv", "north_2021,", "a,2021-01-01,recode,980200000,980100000" + names[:1] + names + "b,2021-01-01,recode,980100000,980200000" + names[:1] + names + "north_2021,",
			"area_events.csv:2, column from: area 980200000 comes from itself on 2021-01-01: 980200000 → 980100000 → 980200000"},
		{"shares that do not add up", "area_events.csv", "transfer,980200000 980300000,980200000 980300000,0.1", "split,980200000,980200000 980300000,0.5 0.3",
			"area_events.csv:2, column share: the shares add up to 0.8; expected 1, since everybody went somewhere"},
		{"a share too many", "area_events.csv", "transfer,980200000 980300000,980200000 980300000,0.1", "split,980200000,980200000 980300000,0.5 0.3 0.2",
			"column share: 3 shares for 1 areas before and 2 after"},
		{"a share of nobody", "area_events.csv", ",0.1,", ",1.1,", `column share: "1.1" stands here; expected a number from 0 to 1`},
		{"shares that are no numbers", "area_events.csv", ",0.1,", ",0.1 half,", `column share: "half" stands here; expected numbers from 0 to 1`},
		{"a share of a merger", "area_events.csv", "transfer,980200000 980300000,980200000 980300000,0.1", "merge,980200000 980300000,980300000,0.1",
			"column share: a share of the people for a merge, which moves them whole; remove it"},
		{"a split into one", "area_events.csv", "transfer,980200000 980300000,980200000 980300000", "split,980200000,980200000",
			"column to: 1 areas before and 1 after a split; expected one area before and two or more after it"},
		{"a rename to another code", "area_events.csv", "transfer,980200000 980300000,980200000 980300000,0.1", "rename,980200000,980300000,",
			"a rename from code 980200000 to code 980300000; expected one code, or the kind recode"},
		{"one area twice", "area_events.csv", "980200000 980300000,0.1", "980200000 980200000,0.1", "column to: area 980200000 stands twice; keep one"},
	} {
		t.Run(x.name, func(t *testing.T) {
			files := mini(t)
			edit(t, files, x.file, x.old, x.new)
			_, err := Load(files, "mini", Settings{})
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("the ledger was taken; expected %q", x.want)
			}
			if !strings.Contains(err.Error(), x.want) {
				t.Errorf("expected %q among\n%v", x.want, err)
			}
		})
	}
}

// A share for each area is read in the order of the areas.
func TestSharesOfSeveralAreas(t *testing.T) {
	files := mini(t)
	edit(t, files, "area_events.csv", "transfer,980200000 980300000,980200000 980300000,0.1", "split,980200000,980200000 980300000,0.75 0.25")
	edit(t, files, "areas.csv", "980300000,,2020-12-31,district", "980900000,,2020-12-31,district")
	edit(t, files, "area_events.csv", "north_2021,", "gone,2021-01-01,abolish,980900000,,,,false,Атауы,Название,Name\nnorth_2021,")
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range in.AreaEvents {
		if e.ID == "north_2021" && (len(e.Shares) != 2 || e.Shares[1] != 0.25 || e.Share >= 0) {
			t.Errorf("shares %v, one share %g", e.Shares, e.Share)
		}
	}
}
