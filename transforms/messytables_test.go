package transforms

import (
	"fmt"
	"strings"
	"testing"

	"tereze/config"
	"tereze/model"
	"tereze/sources/personal"
)

// invented personal numbers with a valid date and check digit
var invented = func() (out []string) {
	for i := 0; len(out) < 3; i++ {
		if n := fmt.Sprintf("85010130%04d", i); personal.Number(n) {
			out = append(out, n)
		}
	}
	return out
}()

var messyTables = []messyCase{
	{name: "marks_tabs_and_old_workbooks", files: map[string]string{
		"a.csv": "\ufeffРайон\tПериод\tПоказатель\tЗначение\nЗайсанский район\t2021\tpopulation\t1\nЗaйсaнский рaйoн\t2020\tpopulation\t2\n", // Latin a and o
		"b.csv": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook",
	},
		want: "634600000 2021 population 1.0 A\n634600000 2020 population 2.0 A",
		more: func(t *testing.T, m *messed) {
			same(t, m.ask(t, "select file, code, level from source_problem"), "data/b.csv unreadable_file error")
		}},
	{name: "totals_among_rows", shape: func(s *config.Source) {
		columnwise("2021", map[string]string{"Семьи": "large_families"})(s)
		s.Contract = &config.Contract{Measures: []config.ContractMeasure{{ID: "large_families", SumTolerance: ptr(0)}}}
	},
		text: "Район;Семьи\nРеспублика Казахстан ;900\nВКО;100\n" + everyDistrict(5) + "Всего;95\nБарлығы;95\n",
		want: "000000000 2021 large_families 900.0 A\nsum_mismatch\n" + districtsWant(5),
		more: func(t *testing.T, m *messed) {
			if m.found[0].Snapshot.Detected["total_rows"] != "2" {
				t.Errorf("detected %v", m.found[0].Snapshot.Detected)
			}
		}},
	{name: "stacked_heads_titles_and_footnotes", shape: func(s *config.Source) {
		columnwise("2021-H1", map[string]string{"Сертификаты / выдано": "certificates_issued", "Сертификаты / использовано": "certificates_used"})(s)
		s.Table.HeaderRows = 2
	},
		text: "Отчёт за I полугодие;;;;;;\n;;;;;;\nРайон;Сертификаты 7)8);;;;;\n;выдано¹;использовано;;;;\nЗайсанский район;5;3*;;;;\n;;;;;;\n;;;;;;\n1) по данным банка;;;;;;\n",
		want: "634600000 2021-H1 certificates_issued 5.0 A\n634600000 2021-H1 certificates_used 3.0 A"},
	{name: "no_column_of_regions", shape: columnwise("2023", map[string]string{"Люди": "population"}),
		text: "Район;Люди\nАбайский район;11\nЗайсанский район;12\n",
		want: "103200000@2022-06-08 2023 population 11.0 A\n634600000 2023 population 12.0 A"},
	{name: "numbers_in_every_dress", shape: columnwise("", map[string]string{"Доход": "income_per_capita"}),
		text: "Район;Период;Доход\nВКО;2001;171\u00a0623\nВКО;2002;171\u202f623\nВКО;2003;0,5\nВКО;2004;\"\"\"414338\"\"\"\nВКО;2005;в 4 раза\nВКО;2006;-\nВКО;2007;…\nВКО;2008;x\nВКО;2009;х\nВКО;2010;\nВКО;2011;-1\nВКО;2012;1,234\nВКО;2013;12)\nВКО;2014;1 234,50\n",
		want: `630000000 2001 income_per_capita 171623.0 A
			630000000 2002 income_per_capita 171623.0 A
			630000000 2003 income_per_capita 0.5 A
			not_a_number
			not_a_number
			630000000 2006 income_per_capita 0.0 nil A
			630000000 2007 income_per_capita _ O not_supplied
			630000000 2008 income_per_capita _ QC
			630000000 2009 income_per_capita _ QC
			negative_count
			not_a_number
			not_a_number
			630000000 2014 income_per_capita 1234.5 A`},
	{name: "words_for_numbers", shape: func(s *config.Source) { s.Table.Qualifier = config.Key{Column: "Сказано"} },
		text: "Район;Период;Показатель;Значение;Сказано\nВКО;2019;large_families;2000;almost\nВКО;2020;large_families;почти 2 тысячи;\nВКО;2021;large_families;вдвое;\nВКО;2022;large_families;2000;около\n",
		want: "630000000 2019 large_families 2000.0 almost A\nnot_a_number\nnot_a_number\nnot_a_number"},
	{name: "since_january_or_in_the_period",
		text: "Район;Период;Показатель;Значение\nВКО;2021-Q1;asp_persons_ytd;649000\nВКО;2021-H1;asp_persons_ytd;988800\nВКО;2021;asp_persons_ytd;900000\nВКО;2022-Q1;asp_persons_ytd;500000\n",
		want: "630000000 2021-Q1 asp_persons_ytd 649000.0 A\n630000000 2021-H1 asp_persons_ytd 988800.0 A\ncumulative_fell\n630000000 2022-Q1 asp_persons_ytd 500000.0 A"},
	{name: "persons_and_families_in_one_sentence",
		text: "Район;Период;Показатель;Значение\nВКО;2021;asp_persons;799200\nВКО;2021;asp_families;164400\nВКО;2021;АСП;5\n",
		want: "630000000 2021 asp_persons 799200.0 A\n630000000 2021 asp_families 164400.0 A\nunknown_measure",
		more: func(t *testing.T, m *messed) { same(t, m.ask(t, "select count(*) from disagreement"), "0") }},
	{name: "restated_from_release_to_release", shape: func(s *config.Source) { s.Table.Received = config.Key{Column: "Дано"} },
		text: "Район;Период;Показатель;Значение;Дано\nВКО;2021;asp_persons;12280;2021-02-01\nВКО;2021;asp_persons;8300;2021-09-01\nВКО;2020;asp_persons;6850;2021-09-01\n",
		want: "duplicate_conflict\nduplicate_conflict\n630000000 2020 asp_persons 6850.0 A",
		more: func(t *testing.T, m *messed) {
			same(t, m.ask(t, "select p.name, value, reason from observation join period p using (period)"), "2020 6850 ''\n2021 _ refused_at_door")
		}},
	{name: "borders_changed",
		text: "Район;Период;Показатель;Значение\nВКО;2021;population;1363797\nВКО;2022;population;732966\nВКО;2023;population;730236\n",
		want: "630000000 2021 population 1363797.0 A\n630000000@2022-06-08 2022 population 732966.0 A\n630000000@2022-06-08 2023 population 730236.0 A",
		more: func(t *testing.T, m *messed) {
			computed(t, m, "select p.name, v.value, v.obs_status, v.events from value v join indicator k using (indicator) join period p using (period) where k.id = 'population' and v.territory = 'as_reported'", `
				2021 1.363797e+06 A ''
				2022 732966 B vko_abai_2022
				2023 730236 A ''`)
		}},
	{name: "method_changed", shape: func(s *config.Source) {
		s.Contract = &config.Contract{Measures: []config.ContractMeasure{{ID: "poverty_share", Jump: ptr(3)}}}
	},
		text: "Район;Период;Показатель;Значение\nВКО;2017;poverty_share;1,8\nВКО;2018;poverty_share;6,3\nВКО;2019;poverty_share;5,1\n",
		want: "630000000 2017 poverty_share 1.8 A\nheld\n630000000 2019 poverty_share 5.1 A",
		more: func(t *testing.T, m *messed) {
			computed(t, m, "select p.name, v.obs_status, v.reason from value v join indicator k using (indicator) join period p using (period) where k.id = 'poverty_share'", `
				2017 A ''
				2018 O held
				2019 B ''`)
		}},
	{name: "announced_weekly_never_loaded", shape: func(s *config.Source) {
		s.Calendar = &config.Calendar{Periods: []model.Period{model.MonthOf(2023, 11), model.MonthOf(2023, 12), model.MonthOf(2024, 2)}, DueDays: 7, Areas: []string{"630000000"}}
	},
		text: "Район;Период;Показатель;Значение\nВКО;2023-11;large_families;100\n",
		want: "630000000@2022-06-08 2023-11 large_families 100.0 A",
		more: func(t *testing.T, m *messed) {
			same(t, m.ask(t, "select p.name, status from due join period p using (period)"), "2023-11 on_time\n2023-12 not_supplied\n2024-02 not_due")
			same(t, m.ask(t, "select p.name, value, reason from observation join period p using (period)"), "2023-11 100 ''\n2023-12 _ not_supplied")
		}},
	{name: "numbers_live_in_sentences", shape: func(s *config.Source) {
		s.Nature, s.Address = model.Published, "https://example.org/news"
		s.Table.Reference, s.Table.Evidence = config.Key{Column: "Адрес"}, config.Key{Column: "Документ"}
	},
		text: "Район;Период;Показатель;Значение;Адрес;Документ\nЗайсанский район;2019-07-11;houses_bought_2019;7;https://example.org/news/4806;Сообщение\nВКО;2019-07-11;houses_bought_2019;230;;\n",
		want: "634600000 2019-07-11 houses_bought_2019 7.0 A\n630000000 2019-07-11 houses_bought_2019 230.0 A",
		more: func(t *testing.T, m *messed) {
			same(t, m.ask(t, "select value, reference from observation"), "7 https://example.org/news/4806\n230 https://example.org/news")
			same(t, m.ask(t, "select document from evidence"), "Сообщение")
		}},
	{name: "one_programme_many_names",
		text: "Район;Период;Показатель;Значение\nВКО;2021;Выдано сертификатов;5\nВКО;2020;БЕРІЛГЕН  СЕРТИФИКАТТАР;6\nВКО;2019;Шаңырақ;7\n",
		want: "630000000 2021 certificates_issued 5.0 A\n630000000 2020 certificates_issued 6.0 A\nunknown_measure"},
	{name: "a_key_is_needed", shape: func(s *config.Source) {
		s.Kind, s.Files = "egov", ""
		s.Connection = &config.Connection{}
	},
		want: "",
		more: func(t *testing.T, m *messed) {
			if m.report.Sources[0].Read != 0 || m.report.Sources[0].Accepted != 0 {
				t.Errorf("of a source that lets nobody in, %+v", m.report.Sources[0].Accounting)
			}
			same(t, m.ask(t, "select source, code, level from source_problem"), "messy not_fetched error")
			same(t, m.ask(t, "select source, code from refusal"), "messy not_fetched")
		}},
	{name: "personal_data", shape: func(s *config.Source) {
		columnwise("2021", map[string]string{"Семьи": "large_families", "Код": "asp_persons"})(s)
	},
		text: "Район;ФИО;Дата рождения;Код;Семьи\nЗайсанский район;Ахметова Айгуль Сериковна;01.02.1985;" + invented[0] + ";4\nУланский район;Иванов Пётр Петрович;03.04.1990;" + invented[1] + ";5\nГлубоковский район;Сериков Асан Маратұлы;05.06.1991;" + invented[2] + ";6\n",
		want: "634600000 2021 large_families 4.0 A\n636200000 2021 large_families 5.0 A\n634000000 2021 large_families 6.0 A",
		more: func(t *testing.T, m *messed) {
			if d := m.report.Sources[0]; d.DroppedPersonal != 3 || d.Read != 6 {
				t.Errorf("accounting %+v", d.Accounting)
			}
			for _, table := range []string{"cell", "stage_cell", "observation", "refusal", "source_problem", "evidence"} {
				for _, line := range m.ask(t, "select * from "+table) {
					if strings.Contains(line, invented[0]) || strings.Contains(line, "Ахметова") {
						t.Errorf("%s holds %s", table, line)
					}
				}
			}
		}},
}

// districtNames are those of the region in 2021.
var districtNames = []string{"631000000", "632200000", "632400000", "632800000", "633200000", "633400000", "633600000", "633800000", "634000000",
	"634400000", "634600000", "634800000", "635000000", "635200000", "635400000", "635800000", "636200000", "636400000", "636800000"}

func everyDistrict(n int) string {
	var b strings.Builder
	for _, d := range districtNames {
		fmt.Fprintf(&b, "%s;%d\n", d, n)
	}
	return b.String()
}

func districtsWant(n int) string {
	var b strings.Builder
	for _, d := range districtNames {
		if d == "634800000" {
			d += "@2018-12-28"
		}
		fmt.Fprintf(&b, "%s 2021 large_families %d.0 A\n", d, n)
	}
	return b.String()
}

func computed(t *testing.T, m *messed, query, want string) {
	t.Helper()
	if _, err := m.Compute(t.Context(), m.inst); err != nil {
		t.Fatal(err)
	}
	same(t, m.ask(t, query), want)
}
