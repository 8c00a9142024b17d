package name

import (
	"testing"

	"tereze/config"
	"tereze/config/words"
	"tereze/model"
)

const (
	before = model.Date("2021-06-30")
	after  = model.Date("2022-12-31")
)

func matcher(t testing.TB) *Matcher {
	t.Helper()
	c, _ := words.Builtin()
	area := func(code, level, parent, kk, ru, en string, from, to model.Date) model.Area {
		return model.Area{Code: code, Level: level, Parent: parent, ValidFrom: from, ValidTo: to,
			Names: model.Text{"kk": kk, "ru": ru, "en": en}}
	}
	const open = model.OpenStart
	areas := []model.Area{
		area("000000000", "country", "", "Қазақстан Республикасы", "Республика Казахстан", "Republic of Kazakhstan", open, ""),
		area("630000000", "region", "000000000", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region", open, "2022-06-07"),
		area("630000000", "region", "000000000", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region", "2022-06-08", ""),
		area("350000000", "region", "000000000", "Қарағанды облысы", "Карагандинская область", "Karaganda Region", open, ""),
		area("100000000", "region", "000000000", "Абай облысы", "область Абай", "Abai Region", "2022-06-08", ""),
		area("750000000", "region", "000000000", "Алматы қаласы", "г. Алматы", "Almaty city", open, ""),
		area("631000000", "city", "630000000", "Өскемен қ.", "г. Усть-Каменогорск", "Öskemen", open, ""),
		area("634000000", "district", "630000000", "Алтай ауданы", "район Алтай", "Altai District", "2018-12-28", ""),
		area("634000000", "district", "630000000", "Зырян ауданы", "Зыряновский район", "Zyryan District", open, "2018-12-27"),
		area("635400000", "district", "630000000", "Катонқарағай ауданы", "Катон-Карагайский район", "Katonkaragay District", open, ""),
		area("635600000", "district", "630000000", "Күршім ауданы", "Курчумский район", "Kurshim District", open, ""),
		area("635700000", "district", "630000000", "Марқакөл ауданы", "Маркакольский район", "Markakol District", open, ""),
		area("635900000", "district", "630000000", "Самар ауданы", "Самарский район", "Samar District", open, ""),
		area("636800000", "district", "630000000", "Ұлан ауданы", "Уланский район", "Ulan District", open, ""),
		area("633200000", "district", "630000000", "Абай ауданы", "Абайский район", "Abai District", open, "2022-06-07"),
		area("353200000", "district", "350000000", "Абай ауданы", "Абайский район", "Abai District", open, ""),
	}
	aliases := []config.Alias{
		{Alias: "ВКО", Code: "630000000", Language: "ru"},
		{Alias: "Лениногорск", Code: "635600000", ValidFrom: "1990-01-01"}, // no such version: means nothing
		{Alias: "Куршимский район", Code: "635600000"},
	}
	return NewMatcher(areas, aliases, WordsOf(c), "630000000")
}

func TestNames(t *testing.T) {
	m := matcher(t)
	for _, c := range []struct {
		name, text string
		on         model.Date
		want       string // code, or reason
	}{
		{"code", "634000000", before, "634000000"},
		{"code with blanks", " 634000000 ", before, "634000000"},
		{"case 10: a code that looks right", "630800000", before, Unknown},
		{"case 1: capitals and type behind", "УСТЬ-КАМЕНОГОРСК Г.А.", before, "631000000"},
		{"case 1: small type behind", "Усть-Каменогорск г.а.", before, "631000000"},
		{"case 1: type with blanks", "Усть-Каменогорск г. а.", before, "631000000"},
		{"case 1: no type", "Усть-Каменогорск", before, "631000000"},
		{"case 1: type before", "г. Усть-Каменогорск", before, "631000000"},
		{"case 1: type glued before", "Г.А.УСТЬ-КАМЕНОГОРСК", before, "631000000"},
		{"case 1: hyphen lost", "Усть Каменогорск", before, "631000000"},
		{"case 1: type first", "РАЙОН АЛТАЙ", before, "634000000"},
		{"case 1: type last", "Алтай район", before, "634000000"},
		{"case 1: adjective", "Алтайский район", before, "634000000"},
		{"case 1: as a town's administration", "Алтай г.а.", before, "634000000"},
		{"case 1: no adjective", "район Самар", before, "635900000"},
		{"Kazakh", "алтай ауданы", before, "634000000"},
		{"case 2: other Kazakh letter", "Қатонқарағай ауданы", before, "635400000"},
		{"case 2: no Kazakh letters", "Катонкарагай", before, "635400000"},
		{"case 2: written apart", "Катон Карагай ауданы", before, "635400000"},
		{"case 2: accents of English", "Oskemen", before, "631000000"},
		{"case 2: another Russian spelling is an alias", "Куршимский", before, "635600000"},
		{"case 4: old name, in its time", "Зыряновский район", "2017-12-31", "634000000"},
		{"case 4: old name, too late", "Зыряновский район", before, NotValid},
		{"case 4: new name, too early", "район Алтай", "2017-12-31", NotValid},
		{"case 5: homonym, own region first", "Абайский район", before, "633200000"},
		{"case 5: homonym, region of that name", "Абай облысы", after, "100000000"},
		{"case 5: a region is not its homonym district", "область Абай", before, NotValid},
		{"case 5: homonym without type", "Абай", after, Ambiguous},
		{"case 6: ghost unit", "Аягоз г.а.", before, Unknown},
		{"case 7: abbreviation", "ВКО", before, "630000000"},
		{"case 7: capitals", "ВОСТОЧНО-КАЗАХСТАНСКАЯ ОБЛАСТЬ", before, "630000000"},
		{"case 7: no type", "Восточно-Казахстанская", before, "630000000"},
		{"case 12: letters lost in windows-1251", "РАЙОН МАР?АК?Л", before, "635700000"},
		{"case 12: first letter lost", "?лан ауданы", before, "636800000"},
		{"case 12: a Russian letter cannot be lost", "?амар ауданы", before, Unknown},
		{"case 13: old Kazakh font", "КЇРШІМ АУДАНЫ", before, "635600000"},
		{"case 13: old Kazakh font, region", "ШЫЄЫС ЌАЗАЌСТАН ОБЛЫСЫ", before, "630000000"},
		{"case 14: Latin letters among Cyrillic", "Aлтaй paйон", before, "634000000"},
		{"case 15: trailing blank", "Республика Казахстан ", before, "000000000"},
		{"a city of region level by its own type", "город Алматы", before, "750000000"},
		{"misspelt", "Катон-Карагайскй район", before, Unknown},
		{"only a type", "район", before, Unknown},
		{"nothing", "", before, Unknown},
		{"question marks", "???", before, Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			area, candidates, code := m.Resolve(c.text, c.on)
			got := area.Code
			if code != "" {
				got = code
			}
			if got != c.want {
				t.Fatalf("%q on %s became %s, candidates %v; expected %s", c.text, c.on, got, candidates, c.want)
			}
		})
	}
}

// A misspelt name is refused with what it may have meant, nearest first.
func TestCandidates(t *testing.T) {
	_, candidates, ok := matcher(t).Match("Катон-Карагайскй район", before)
	if ok || len(candidates) == 0 || candidates[0].Area.Code != "635400000" || candidates[0].Distance == 0 {
		t.Fatalf("candidates %v, ok %v", candidates, ok)
	}
}

// The version of a code is the one of the day.
func TestVersionOfTheDay(t *testing.T) {
	m := matcher(t)
	for on, want := range map[model.Date]model.Date{before: model.OpenStart, after: "2022-06-08", "": "2022-06-08"} {
		if a, _, ok := m.Match("ВКО", on); !ok || a.ValidFrom != want {
			t.Errorf("on %q: version %s, ok %v; expected %s", on, a.ValidFrom, ok, want)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, s := range []string{"УСТЬ-КАМЕНОГОРСК Г.А.", "РАЙОН МАР?АК?Л", "КЇРШІМ АУДАНЫ", "?", "район", "Aлтaй", "634000000", "\xff\xfe", "й̆"} {
		f.Add(s)
	}
	m := matcher(f)
	f.Fuzz(func(t *testing.T, text string) {
		a := m.resolve(text, before)
		if a.code == "" && !a.area.ValidOn(before) {
			t.Fatalf("%q became %s %s, which did not exist on %s", text, a.area.Code, a.area.ValidFrom, before)
		}
	})
}

func BenchmarkName(b *testing.B) {
	m := matcher(b)
	for b.Loop() {
		m.Match("Катон-Карагайский район", before)
	}
}
