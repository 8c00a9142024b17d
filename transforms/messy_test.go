package transforms

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
	"tereze/sources/snapshot"
)

// messyCase is one way in which real tables are wrong or odd, and what
// must become of it. A case that is not met puts a number under a wrong
// name, on a wrong day, or out of a sign that is no number.
type messyCase struct {
	name  string
	shape func(s *config.Source) // changes the plain source; may be nil
	files map[string]string      // data/NAME → text; one named t.csv where only text is given
	text  string
	want  string                        // a line a value cell: area@valid_from period measure value status [reason], or a code
	more  func(t *testing.T, m *messed) // what else must hold; may be nil
}

// messed is the outcome of a case.
type messed struct {
	*Store
	inst   *config.Instance
	report Report
	found  []sources.Delivery
}

// plainSource is a long table of a district's own making.
func plainSource() config.Source {
	return config.Source{
		ID: "messy", Path: "sources/messy.yaml", Series: "messy", Kind: "csv", Files: "data/*", Nature: model.Reported, RetrievedOn: "2024-03-01",
		Table: config.Mapping{
			Area: config.Key{Column: "Район"}, Period: config.Key{Column: "Период"},
			Measure: config.Key{Column: "Показатель"}, Value: config.Key{Column: "Значение"},
		},
	}
}

// columnwise makes the source a table with a column a measure.
func columnwise(period string, values map[string]string) func(*config.Source) {
	return func(s *config.Source) {
		s.Table.Measure, s.Table.Value, s.Table.Values = config.Key{}, config.Key{}, values
		if period != "" {
			s.Table.Period = config.Key{Value: period}
		}
	}
}

func (c messyCase) run(t *testing.T) {
	full := messyInstance(t)
	src := plainSource()
	if c.shape != nil {
		c.shape(&src)
	}
	files := fstest.MapFS{}
	for name, text := range c.files {
		files["data/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	if c.text != "" {
		files["data/t.csv"] = &fstest.MapFile{Data: []byte(c.text)}
	}
	inst := full.WithSources(src)
	inst.FS = files
	kept, err := snapshot.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	found, problems := sources.Deliver(context.Background(), inst, src, kept)
	for _, p := range problems {
		t.Log(p)
	}
	st, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	r, err := st.Load(context.Background(), inst, found)
	if err != nil {
		t.Fatal(err)
	}
	got := st.ask(t, `select case when c.refusal <> '' then c.refusal else
			a.code || case when a.valid_from = '1900-01-01' then '' else '@' || a.valid_from end || ' ' || p.name || ' ' || m.id || ' '
			|| coalesce(cast(c.value as varchar), '_') || case when t.qualifier = '' then '' else ' ' || t.qualifier end
			|| ' ' || t.obs_status || case when t.conf_status = 'F' then '' else t.conf_status end || case when t.reason = '' then '' else ' ' || t.reason end end
		from cell c join trait t using (trait) left join area a using (area) left join period p using (period) left join measure m using (measure)`)
	same(t, got, c.want)
	if c.more != nil {
		c.more(t, &messed{st, inst, r, found})
	}
}

func messyInstance(t *testing.T) *config.Instance {
	t.Helper()
	fsys, id, err := config.Open("vko")
	if err != nil {
		t.Fatal(err)
	}
	inst, err := config.Load(fsys, id, config.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	one := *inst
	one.Today = "2024-03-01"
	one.Decisions, one.SenderRefusals, one.Explanations, one.Rules = nil, nil, nil, model.Rules{}
	return &one
}

// table writes a long table: one line a name, all for one period.
func table(period string, names ...string) string {
	var b strings.Builder
	b.WriteString("Район;Период;Показатель;Значение\n")
	for i, n := range names {
		fmt.Fprintf(&b, "%s;%s;population;%d\n", n, period, 100+i)
	}
	return b.String()
}

// lines are the outcomes for table: an area each, or a code.
func lines(period string, areas ...string) string {
	var out []string
	for i, a := range areas {
		if strings.Trim(a, "0123456789@-") == "" {
			a = fmt.Sprintf("%s %s population %d.0 A", a, period, 100+i)
		}
		out = append(out, a)
	}
	return strings.Join(out, "\n")
}

// TestMessyReality takes each known way in which official data are messy
// from the file's bytes through the door.
func TestMessyReality(t *testing.T) {
	cases := append(append([]messyCase{}, messyNames...), messyTables...)
	if len(cases) != 29 {
		t.Errorf("%d cases, expected 29", len(cases))
	}
	for i, c := range cases {
		t.Run(fmt.Sprintf("%02d_%s", i+1, c.name), c.run)
	}
}

var messyNames = []messyCase{
	{name: "case_and_order_of_type_words", text: table("2021", "УСТЬ-КАМЕНОГОРСК Г.А.", "Усть-Каменогорск г.а.") +
		"г. Усть-Каменогорск;2020;population;1\nРАЙОН АЛТАЙ;2020;population;2\nАлтайский район;2019;population;3\nАлтай г.а.;2021;population;4\n",
		want: `duplicate_conflict
			duplicate_conflict
			631000000 2020 population 1.0 A
			634800000@2018-12-28 2020 population 2.0 A
			634800000@2018-12-28 2019 population 3.0 A
			634800000@2018-12-28 2021 population 4.0 A`},
	{name: "spelling_varies", text: table("2023", "Қатонқарағай ауданы", "Шемонайха ауданы", "Kurshimskiy District", "Самарский район", "Altaý aýdany", "Zaysan District", "Глубоковский", "Уланский р-н"),
		want: lines("2023", "635400000", "636800000", "635200000", "635600000@2022-06-08", "634800000@2018-12-28", "634600000", "634000000", "636200000")},
	{name: "press_releases_have_their_own_forms", text: table("2021", "Tarbagatai", "Urjar District", "Kokpekty District", "EKR", "Katon-Karagaisky District"),
		want: lines("2021", "635800000", "636400000", "635000000", "630000000", "635400000")},
	{name: "renames", text: table("2017", "Зыряновский район", "Лениногорск") + "Алтай;2017;population;5\nрайон Алтай;2019;population;6\nСемипалатинск;2020;population;7\n",
		want: `634800000 2017 population 100.0 A
			632400000 2017 population 101.0 A
			area_not_valid
			634800000@2018-12-28 2019 population 6.0 A
			632800000 2020 population 7.0 A`},
	{name: "homonyms", text: table("2021", "Абайский район") + "Абайский район;2023;population;8\nАбай;2023;population;9\n",
		want: `633200000 2021 population 100.0 A
			103200000@2022-06-08 2023 population 8.0 A
			ambiguous_area`},
	{name: "marked_obsolete_in_place", text: table("2023", "УСТАРЕВШЕЕ - Абайский район", "УСТАРЕВШЕЕ - Семей г.а.", "Зыряновск г.а.", "Аягоз г.а.", "Аягозский район"),
		// A ghost beside the district that has its name: nobody knows whose number is right.
		want: "unknown_area\nunknown_area\nunknown_area\nduplicate_conflict\nduplicate_conflict"},
	{name: "abbreviated_regions", text: table("2021", "ВКО") + "ШҚО;2020;population;1\nВ-Казахстанская;2019;population;2\nВОСТОЧНО-КАЗАХСТАНСКАЯ ОБЛАСТЬ;2018;population;3\nВосточно-Казахстанская;2017;population;4\nEast Kazakhstan Province;2016;population;5\n",
		want: `630000000 2021 population 100.0 A
			630000000 2020 population 1.0 A
			630000000 2019 population 2.0 A
			630000000 2018 population 3.0 A
			630000000 2017 population 4.0 A
			630000000 2016 population 5.0 A`},
	{name: "codes_are_reused", text: table("2023", "635400000", "635200000") + "635400000;2024;population;1\n635800000;2021;population;2\n635800000;2022;population;3\n",
		want: `635400000 2023 population 100.0 A
			635200000 2023 population 101.0 A
			635400000@2024-01-01 2024 population 1.0 A
			635800000 2021 population 2.0 A
			635800000@2022-06-08 2022 population 3.0 A`},
	{name: "districts_were_recoded", text: table("2021", "633400000", "103600000") + "633400000;2023;population;1\n103600000;2023;population;2\n",
		want: `633400000 2021 population 100.0 A
			area_not_valid
			area_not_valid
			103600000@2022-06-08 2023 population 2.0 A`},
	{name: "codes_that_only_look_right", text: table("2021", "630800000", "631200000", "101010000", "634000001"),
		want: "unknown_area\nunknown_area\nunknown_area\nunknown_area"},
	{name: "several_systems_of_codes", text: table("2021", "6340", "KZ634000", "071", "1917222", "631010000", "KZ-VOS"),
		want: lines("2021", "unknown_area", "unknown_area", "unknown_area", "unknown_area", "unknown_area", "630000000")},
	{name: "letters_lost_in_cp1251", text: table("2024", "РАЙОН МАР?АК?Л", "РАЙОН ?ЛКЕН НАРЫН", "РАЙОН А?СУАТ", "РАЙОН МА?АНШЫ", "РАЙОН ЖА?АСЕМЕЙ"),
		want: lines("2024", "635500000@2024-01-01", "636300000@2024-01-01", "103400000@2022-06-08", "104500000@2024-01-01", "104100000@2024-01-01")},
	{name: "old_fonts", text: table("2021", "КЇРШІМ АУДАНЫ", "ШЫЄЫС ЌАЗАЌСТАН", "ОБЛЫСЫНЫЅ АУДАНДАРЫ"),
		want: lines("2021", "635200000", "630000000", "unknown_area")},
}
