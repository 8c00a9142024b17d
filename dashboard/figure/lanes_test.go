package figure

import (
	"bytes"
	"strings"
	"testing"
)

// Two regions of which one was carved out of the other must be seen as one
// lane that gave a part to a second, and never as one lane that goes on.
func TestLanesSplitAndJoinAtTheirEvents(t *testing.T) {
	f := &Figure{ID: "lanes", Kind: Lanes, Finding: "Whose land", Words: Words{Area: "Area", Period: "Days"}, Columns: []string{"Area", "Days", "Came from", "Became"},
		Series: []Series{
			{Key: "63", Name: "East", Marks: []Mark{{Key: "63-1", Label: "East (old)", XLabel: "to 7 June 2022", X: 2018, Until: 2022.43, Became: "East; Abai"}, {Key: "63-2", Label: "East", XLabel: "from 8 June 2022", X: 2022.43, Until: 2026, CameFrom: "East (old)"}}},
			{Key: "10", Name: "Abai", Marks: []Mark{{Key: "10-1", Label: "Abai", XLabel: "from 8 June 2022", X: 2022.43, Until: 2026, CameFrom: "East (old)"}}},
		},
		Joins:  []Join{{X: 2022.43, From: "63", To: "10"}},
		Events: []Event{{X: 2022.43, Date: "8 June 2022", Label: "Abai was carved out", Cut: true}}}
	var svg, table bytes.Buffer
	if err := f.WriteSVG(&svg); err != nil {
		t.Fatal(err)
	}
	if err := f.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`class="fg-join fg-part"`, "8 June 2022", ">East<", ">Abai<"} {
		if !strings.Contains(svg.String(), want) {
			t.Errorf("the drawing lacks %q: %s", want, svg.String())
		}
	}
	if n := strings.Count(svg.String(), `class="fg-lane"`); n != 3 {
		t.Errorf("%d strokes for three dated areas: one that goes on over the event would hide it", n)
	}
	for _, want := range []string{"East (old)", "East; Abai", "from 8 June 2022", "Came from"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("the table lacks %q", want)
		}
	}
	if o, err := f.Option(); err != nil || o != nil {
		t.Errorf("a chart of lanes was offered to a library that has none: %s %v", o, err)
	}
}
