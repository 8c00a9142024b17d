package door

import (
	"testing"

	"tereze/config"
	"tereze/model"
)

func instance() *config.Instance {
	area := func(code string, from, to model.Date, name string) model.Area {
		return model.Area{Code: code, ValidFrom: from, ValidTo: to, Level: "district", Names: model.Text{"en": name}}
	}
	return &config.Instance{
		Areas: []model.Area{area("100", model.OpenStart, "2020-12-31", "Northern"), area("100", "2021-01-01", "", "Northern"), area("200", "2021-01-01", "", "Southern")},
		Measures: []model.Measure{
			{ID: "need", Unit: "families", Counts: model.Families, Labels: []string{"Families in  need", "Total"}},
			{ID: "poor", Unit: "percent", Counts: model.Things, Labels: []string{"Total"}},
		},
	}
}

// Each row is one record; a wrong reading here is a wrong number under a
// right name.
func TestARecordIsReadByItsKeys(t *testing.T) {
	src := config.Source{ID: "forms"}
	for _, c := range []struct {
		name                   string
		rec                    model.Record
		code, area, from, meas string
		number                 string
		qualifier              model.Qualifier
	}{
		{"code of an area by the period's end", rec("100", "2020-H2", "need", "7"), "", "100", "1900-01-01", "need", "7", ""},
		{"the same code a year later is another area", rec("100", "2021-H1", "need", "7"), "", "100", "2021-01-01", "need", "7", ""},
		{"a label in any case and spacing", rec("Southern", "2021", "families in NEED", "7"), "", "200", "2021-01-01", "need", "7", ""},
		{"a label of two measures names none", rec("100", "2021", "Total", "7"), UnknownMeasure, "100", "2021-01-01", "", "7", ""},
		{"an area that did not exist then", rec("Southern", "2019", "need", "7"), "area_not_valid", "", "", "need", "7", ""},
		{"no period", rec("100", " ", "need", "7"), MissingKey, "100", "2021-01-01", "need", "7", ""},
		{"a reported nil", rec("100", "2021", "need", "-"), "", "100", "2021-01-01", "need", "0", model.Nil},
		{"words are no number", rec("100", "2021", "need", "many"), NotANumber, "100", "2021-01-01", "need", "", ""},
		{"rounded by its owner", with(rec("100", "2021", "need", "9000"), "", "1000"), "", "100", "2021-01-01", "need", "9000", model.Rounded},
		{"the owner's own word stays", with(rec("100", "2021", "need", "9000"), "about", "1000"), "", "100", "2021-01-01", "need", "9000", model.About},
		{"an unknown word about a number", with(rec("100", "2021", "need", "9000"), "perhaps", ""), NotANumber, "100", "2021-01-01", "need", "9000", "perhaps"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := NewReader(instance()).Read(&src, &c.rec)
			if got.Code != c.code || got.Area.Code != c.area || string(got.Area.ValidFrom) != c.from || got.Measure != c.meas || got.Number != c.number || got.Trait.Qualifier != c.qualifier {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func rec(area, period, measure, text string) model.Record {
	return model.Record{Area: area, Period: period, Measure: measure, Value: model.Cell{Text: text}}
}

func with(r model.Record, qualifier, roundedTo string) model.Record {
	r.Qualifier, r.RoundedTo = qualifier, roundedTo
	return r
}

// A source that declares its borders is read by them, whatever its periods.
func TestADeclaredTerritoryChoosesTheAreas(t *testing.T) {
	src := config.Source{ID: "restated", Territory: "2020-06-30"}
	r := rec("100", "2023", "need", "7")
	if got := NewReader(instance()).Read(&src, &r); got.Area.ValidFrom != model.OpenStart {
		t.Errorf("the area is that of %s", got.Area.ValidFrom)
	}
}
