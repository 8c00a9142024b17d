package transforms

import (
	"strings"
	"testing"

	"tereze/config"
	"tereze/config/words"
	"tereze/sources/shape"
)

// A change of shape is said in plain words, but where a table has lost its
// heads, values stand in their place and must not get out with the words.
func TestChangesOfShapeQuoteHeadsOnly(t *testing.T) {
	c, problems := words.Builtin()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	inst := &config.Instance{Words: c, Languages: []string{"kk", "ru", "en"}}
	for _, x := range []struct {
		change       shape.Change
		shows, hides string
	}{
		{shape.Change{Kind: shape.Renamed, Was: "Многодетные семьи", Now: "Семьи"}, "Семьи", ""},
		{shape.Change{Kind: shape.Lost, Column: "Район"}, "Район", ""},
		{shape.Change{Kind: shape.New, Column: "2021 жыл", Now: "number"}, "2021 жыл", ""},
		{shape.Change{Kind: shape.New, Column: "850101300124", Now: "number"}, "…", "850101300124"},
		{shape.Change{Kind: shape.Renamed, Was: "Семьи", Now: "1 204,5"}, "Семьи", "1 204,5"},
		{shape.Change{Kind: shape.New, Column: strings.Repeat("ұзын ", 40), Now: "text"}, "…", "ұзын"},
	} {
		p := changed(x.change)
		for _, lang := range inst.Languages {
			said := problemWords(inst, lang, p, 1) + p.Place.Column
			if !strings.Contains(said, x.shows) || x.hides != "" && strings.Contains(said, x.hides) {
				t.Errorf("%s, %+v: %q; want %q and never %q", lang, x.change, said, x.shows, x.hides)
			}
		}
	}
}
