package dashboard_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tereze/config"
	"tereze/dashboard"
	"tereze/model"
)

// built is the shared instance as a test has changed it, as a folder.
func built(t *testing.T, in config.Public, db fakeDB) string {
	t.Helper()
	dir := t.TempDir()
	build(t, dashboard.Input{Instance: in, DB: db, Release: 3, Put: into(dir)}, nil)
	return dir
}

// rowsWithout are the rows of values but those of one indicator.
func rowsWithout(db fakeDB, indicator string) [][]any {
	return slices.DeleteFunc(slices.Clone(db["value"]), func(r []any) bool { return strings.HasPrefix(r[0].(string), indicator+"/") })
}

// A count from 1 January to the end of May is one of five months; whoever
// reads "May" sets it beside the wrong month.
func TestACountFromJanuaryIsNeverNamedByItsLastMonth(t *testing.T) {
	in := instance(t)
	in.Measures = slices.Clone(in.Measures)
	for i := range in.Measures {
		if in.Measures[i].ID == "births" {
			in.Measures[i].Basis = model.YearToDate
		}
	}
	db := mini(in)
	db["value"] = rowsWithout(db, "birth_rate")
	for _, p := range []string{"2019-05", "2020-05", "2021-05"} {
		v := fakeValue{indicator: "birth_rate", area: "980000000", from: "1900-01-01", period: p, value: 5.2, lower: nan(), upper: nan(), num: 1040, den: 200000,
			basis: "year_to_date", status: "A", conf: "F", nature: "published", source: "register", unit: "per_1000"}
		db["value"] = append(db["value"], v.row())
	}
	dir := built(t, in, db)
	for lang, words := range map[string]struct{ months, short, sentence, wrong, wrongShort string }{
		"ru": {"январь – май 2021", "янв.–май 2021", "за январь – май 2021", "в мае 2021", ">май 2021"},
		"en": {"January – May 2021", "Jan–May 2021", "from January to May 2021", "in May 2021", ">May 2021"},
		"kk": {"2021 жылғы қаңтар – мамыр", "2021\u00a0қаң.–мам.", "2021 жылғы қаңтар – мамырда", ">2021 жылғы мамырда", ">2021 жылғы мамыр<"},
	} {
		html, _ := pageText(t, dir, filepath.Join(lang, "indicator", "birth-rate"))
		area, _ := pageText(t, dir, filepath.Join(lang, "area", "980000000"))
		for what, want := range map[string]string{"table or figure": words.months, "answer": words.sentence} {
			if !strings.Contains(strings.ToLower(html), strings.ToLower(want)) {
				t.Errorf("%s: the %s does not say %q", lang, what, want)
			}
		}
		if !strings.Contains(area, words.short) {
			t.Errorf("%s: the table of the area does not say %q", lang, words.short)
		}
		for _, wrong := range []string{words.wrong, words.wrongShort} {
			if strings.Contains(html, wrong) || strings.Contains(area, wrong) {
				t.Errorf("%s: a page says %q of a count from January to May", lang, wrong)
			}
		}
	}
}

// "More than 34.1" is false of 34.09: wherever the owner's word and a number
// stand together, the number is on the safe side of what is known.
func TestAQualifierNeverSaysMoreThanTheNumber(t *testing.T) {
	in := instance(t)
	for _, c := range []struct {
		qualifier        string
		value            float64
		sentence, number string
	}{
		{"more_than", 34.094363, "более 34,0", ">34,0</data>"},
		{"less_than", 34.04, "менее 34,1", ">34,1</data>"},
		{"almost", 34.04, "почти 34,1", ">34,1</data>"},
		{"about", 34.094363, "около 34,1", ">34,1</data>"},
	} {
		db := mini(in)
		db["value"] = rowsWithout(db, "birth_rate")
		v := fakeValue{indicator: "birth_rate", area: "980000000", from: "1900-01-01", period: "2020", value: c.value, lower: nan(), upper: nan(), num: nan(), den: nan(),
			qualifier: c.qualifier, basis: "flow", status: "A", conf: "F", nature: "published", source: "register", unit: "per_1000"}
		db["value"] = append(db["value"], v.row())
		dir := built(t, in, db)
		for _, page := range []string{"indicator/birth-rate", ""} {
			html, text := pageText(t, dir, filepath.Join("ru", page))
			if !strings.Contains(text, c.sentence) {
				t.Errorf("%s of %v: page %q does not say %q", c.qualifier, c.value, page, c.sentence)
			}
			if !strings.Contains(html, c.number) {
				t.Errorf("%s of %v: page %q does not show %q", c.qualifier, c.value, page, c.number)
			}
		}
		if html, _ := pageText(t, dir, "ru/area/980000000"); !strings.Contains(html, c.number) {
			t.Errorf("%s of %v: the table of the area does not show %q", c.qualifier, c.value, c.number)
		}
	}
}

// A formula is read by people: the names that the file gives to its terms are
// nobody's language, so they become letters and each letter is told in words.
func TestAFormulaIsToldInTheLanguageOfThePage(t *testing.T) {
	dir, _ := site(t, false)
	for lang, want := range map[string]string{"ru": "100 × A ÷ B, где A – ", "kk": "100 × A ÷ B, мұнда A – ", "en": "100 × A ÷ B, where A is "} {
		_, text := pageText(t, dir, filepath.Join(lang, "statements", "some-rehoused"))
		if !strings.Contains(text, want) {
			t.Errorf("%s: the formula does not read %q", lang, want)
		}
		if strings.Contains(text, "housed / families") {
			t.Errorf("%s: the page shows the names of the file's terms", lang)
		}
		if _, text = pageText(t, dir, filepath.Join(lang, "methods")); lang != "en" && (strings.Contains(text, "For rates") || strings.Contains(text, "target − base")) {
			t.Errorf("%s: the page of methods explains in English", lang)
		}
	}
}

// A text that its file keeps as one string with all languages shows only the
// page's own.
func TestAReferenceOfAllLanguagesShowsOne(t *testing.T) {
	in := instance(t)
	in.AreaEvents = slices.Clone(in.AreaEvents)
	for i := range in.AreaEvents {
		in.AreaEvents[i].Reference = "№ 7 шешім · решение № 7 · decision No. 7"
	}
	dir := built(t, in, mini(in))
	for lang, want := range map[string]string{"kk": "№ 7 шешім", "ru": "решение № 7", "en": "decision No. 7"} {
		_, text := pageText(t, dir, filepath.Join(lang, "boundaries"))
		if !strings.Contains(text, want) || strings.Contains(text, " · решение") {
			t.Errorf("%s: the reference of a border does not read %q alone", lang, want)
		}
	}
}

// A share of people is not of "things and events", whatever protection calls
// what nobody can be known by.
func TestWhatIsCountedIsCalledByItsName(t *testing.T) {
	in := instance(t)
	in.Measures = slices.Clone(in.Measures)
	for _, c := range []struct {
		unit, of string
		counts   model.Counts
		want     string
	}{
		{"children", "", model.Persons, "Что считают дети "},
		{"meetings", "", model.Things, "Что считают события: заседания "},
		{"percent", "people", model.Things, "Что считают люди; дано готовое отношение"},
		{"per_1000", "", model.Things, "Что считают дано готовое отношение; кого в нём считали, сказано в определении"},
		{"tenge_month", "", model.Things, "Что считают деньги "},
	} {
		for i := range in.Measures {
			if m := &in.Measures[i]; m.ID == "births" {
				m.Unit, m.Of, m.Counts = c.unit, c.of, c.counts
			}
		}
		_, text := pageText(t, built(t, in, mini(in)), "ru/indicator/birth-rate")
		if !strings.Contains(text, c.want) {
			t.Errorf("a measure in %s of %q: the page does not say %q", c.unit, c.of, c.want)
		}
	}
}

// A mark in a table that nothing on the page explains is a riddle.
func TestEveryMarkIsExplainedOnItsPage(t *testing.T) {
	in := instance(t)
	in.Areas = slices.Clone(in.Areas)
	for i := range in.Areas {
		in.Areas[i].Unverified = true
	}
	marks := regexp.MustCompile(`<abbr class="sign" title="[^"]*">([^<]+)</abbr>|<sup class="flag"><abbr title="[^"]*">([^<]+)</abbr>|<a href="[^"]*">[^<]+(\*)</a>`)
	seen := map[string]bool{}
	pages(t, built(t, in, mini(in)), func(path, html string) {
		lang, _, ok := strings.Cut(path, "/")
		if !ok {
			return
		}
		l := in.Words.Lang(lang)
		for _, m := range marks.FindAllStringSubmatch(html, -1) {
			sign := m[1] + m[2] + m[3]
			seen[sign] = true
			explained := false
			for _, s := range []string{"nil", "missing", "protected", "estimated", "break", "not_applicable", "unverified"} {
				if l.T("sign."+s) == sign {
					explained = strings.Contains(html, l.T("page.sign", "sign", sign, "means", l.T("sign_means."+s))) || strings.Contains(html, l.T("sign_means."+s)+"</dd>")
				}
			}
			if !explained {
				t.Errorf("%s shows %q and does not say what it means", path, sign)
			}
		}
	})
	for _, sign := range []string{"…", "x", "b", "*"} {
		if !seen[sign] {
			t.Errorf("no page shows %q, so this test says nothing about it", sign)
		}
	}
}

// The day a figure was taken is not the day it was published; where nobody
// knows that day, pages say which day they give instead.
func TestAnUnknownDayOfPublicationIsNotGivenAsOne(t *testing.T) {
	in := instance(t)
	for kind, want := range map[string]string{"": "Пробная статистика, 10 августа 2021 г.", "taken": "Пробная статистика, получено 10 августа 2021 г.", "earliest": "Пробная статистика, не раньше 10 августа 2021 г.", "about": "Пробная статистика, около 10 августа 2021 г."} {
		in.Sources = slices.Clone(in.Sources)
		for i := range in.Sources {
			if in.Sources[i].ID == "register" {
				in.Sources[i].PublishedDay = kind
			}
		}
		_, text := pageText(t, built(t, in, mini(in)), "ru/indicator/birth-rate")
		if n := strings.Count(text, want); n < 2 {
			t.Errorf("%q: %q stands %d times, expected it in the answer and under the table", kind, want, n)
		}
		if strings.Contains(text, "г..") {
			t.Errorf("%q: two full stops stand together", kind)
		}
	}
}

// A figure of what was said names who said it, not this site's own accounts.
func TestAFigureOfAStatementNamesWhoMadeIt(t *testing.T) {
	dir, _ := site(t, false)
	in := instance(t)
	for _, lang := range in.Languages {
		html, text := pageText(t, dir, filepath.Join(lang, "statements", "some-rehoused"))
		l := in.Words.Lang(lang)
		if speaker := l.Name(in.Statements[0].Said.Speaker); !strings.Contains(html, "<figure") || strings.Count(text, speaker) < 2 {
			t.Errorf("%s: the figure does not say that %s said it", lang, speaker)
		}
		if strings.Contains(text, l.T("source.self", "release", 3)) {
			t.Errorf("%s: the figure of a statement is called this site's own account", lang)
		}
	}
}

// A sheet about a district of which little is known shows that little first,
// and so does the printed page of the area.
func TestTheBriefingShowsWhatIsKnownFirst(t *testing.T) {
	dir, _ := site(t, false)
	html, text := pageText(t, dir, "ru/area/980200000/briefing")
	first, gaps := strings.Index(html, `id="part-known"`), strings.Index(html, `id="part-missing"`)
	if first < 0 || first > gaps {
		t.Errorf("the known numbers stand at %d, what is missing at %d:\n%s", first, gaps, text)
	}
	if part := html[first:gaps]; !strings.Contains(part, `data-n="rehoused_share/980200000/`) {
		t.Error("the number of the district does not stand among what is known")
	}
	if html, _ = pageText(t, dir, "ru/area/980200000"); strings.Contains(html, `class="minor"`) {
		t.Error("a number of a district with few is left out of the printed page")
	}
}

// Whoever takes a file away knows before the click which one it is, in which
// format and how large.
func TestADownloadSaysNameFormatAndSize(t *testing.T) {
	dir, _ := site(t, false)
	link := regexp.MustCompile(`(?s)<a href="([^"]+)" download>(.*?)</a>([^<]*(?:<span[^>]*>[^<]*</span>)?)`)
	seen := 0
	pages(t, dir, func(path, html string) {
		for _, m := range link.FindAllStringSubmatch(html, -1) {
			seen++
			name := filepath.Base(m[1])
			said := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[2], "") + " " + m[3]
			if strings.HasSuffix(name, ".svg") {
				continue // a figure's own
			}
			if !strings.Contains(said, name) || !regexp.MustCompile(`[A-Z]{3,}|CSV`).MatchString(m[3]) || !strings.Contains(m[3], ", ") {
				t.Errorf("%s: the link to %s says %q", path, name, strings.Join(strings.Fields(said), " "))
			}
		}
	})
	if seen < 20 {
		t.Errorf("only %d downloads were found", seen)
	}
}

// "Missing since 2019" is false where figures of 2020 stand on the same page:
// the gap says what there is all the same, and of how many districts.
func TestAGapSaysWhatThereIsAllTheSame(t *testing.T) {
	in := instance(t)
	db := mini(in)
	db["value"] = slices.DeleteFunc(db["value"], func(r []any) bool {
		id, period := r[0].(string), r[1].(string)
		return strings.HasPrefix(id, "rehoused_share/") && (strings.Contains(id, "/980200000/") || strings.Contains(id, "/980300000/") || period == "2019-H1/" && strings.Contains(id, "/9801"))
	})
	_, text := pageText(t, built(t, in, db), "ru/indicator/rehoused-share")
	want := "Нужно за время с 1 июля 2019 г. По районам и городам: по 1 из 3 – последнее число – второе полугодие 2020 г. В Пробной области: последнее число – первое полугодие 2021 г."
	if !strings.Contains(text, want) {
		i := strings.Index(text, "Нужно за время")
		t.Errorf("the gap says %q, expected %q", text[max(i, 0):max(i, 0)+min(400, len(text)-max(i, 0))], want)
	}
}

// A letter claims no term that nobody has read in the law, and asks for a text
// as for a text: no columns, no rows, no cells.
func TestALetterAsksForWhatIsMissingAndClaimsNothing(t *testing.T) {
	in := instance(t)
	in.LettersIn = in.Languages
	for _, c := range []struct {
		kind     string
		verified bool
		has, not []string
	}{
		{"", false, []string{"Прошу предоставить таблицу: таблица по районам.", "Столбцы: ", "в срок, который установлен этим законом", "срок – 5 рабочих дней, но это не подтверждено"}, []string{"Пробный закон; срок"}},
		{"", true, []string{"Основание: Пробный закон; срок – 5 рабочих дней."}, []string{"подтверждено"}},
		{"documents", true, []string{"Прошу предоставить таблицу и документы к ней:", "документы – копиями"}, nil},
		{"text", true, []string{"Прошу предоставить: таблица по районам.", "прислать текст"}, []string{"Столбцы", "предоставить таблицу", "Показатели, которым"}},
	} {
		in.Requests, in.Laws = slices.Clone(in.Requests), slices.Clone(in.Laws)
		in.Requests[0].For, in.Laws[0].Verified = c.kind, c.verified
		if c.kind == "text" {
			in.Requests[0].Cells, in.Requests[0].Indicators = config.Cells{}, nil
		}
		_, text := pageText(t, built(t, in, mini(in)), "ru/requests")
		for _, want := range c.has {
			if !strings.Contains(text, want) {
				t.Errorf("%q, verified %v: the page does not say %q", c.kind, c.verified, want)
			}
		}
		for _, wrong := range c.not {
			if strings.Contains(text, wrong) {
				t.Errorf("%q, verified %v: the page says %q", c.kind, c.verified, wrong)
			}
		}
	}
}

// A figure of a later time is set beside the areas of that time: beside those
// of the reference day, areas made since are missing and areas gone since stand
// without a number. A number later than the day of a table says so.
func TestLaterFiguresStandBesideTheAreasOfTheirTime(t *testing.T) {
	in := instance(t)
	in.Areas = slices.Clone(in.Areas)
	in.Today = "2023-12-01"
	var gone []string
	for i, a := range in.Areas { // one district is abolished after the reference day, another made
		if a.Code == "980200000" && a.ValidTo == "" {
			in.Areas[i].ValidTo = "2022-06-07"
			made := a
			made.Code, made.ValidFrom = "980400000", "2022-06-08"
			made.Names = model.Text{"kk": "Жаңа аудан", "ru": "Новый район", "en": "New District"}
			in.Areas = append(in.Areas, made)
			gone = append(gone, a.Names["ru"])
		}
	}
	if len(gone) != 1 {
		t.Fatal("the shared instance has no district to abolish")
	}
	db := mini(in)
	db["value"] = rowsWithout(db, "rehoused_share")
	for code, from := range map[string]string{"980100000": "1900-01-01", "980400000": "2022-06-08"} {
		v := fakeValue{indicator: "rehoused_share", area: code, from: from, period: "2023-H1", value: 40, lower: nan(), upper: nan(), num: nan(), den: nan(),
			basis: "cumulative", status: "A", conf: "F", nature: "published", source: "register", unit: "percent"}
		db["value"] = append(db["value"], v.row())
	}
	for _, r := range [][]string{{"comparison"}, {"rank"}, {"funnel"}, {"trend"}} {
		delete(db, r[0])
	}
	dir := built(t, in, db)
	html, text := pageText(t, dir, "ru/indicator/rehoused-share")
	if i := strings.Index(html, `id="part-table"`); i < 0 || !strings.Contains(html[i:], "Новый район") || strings.Contains(html[i:], ">"+gone[0]+"</a>") {
		t.Errorf("the table of 2023 does not hold the districts of 2023:\n%s", text)
	}
	if want := "были на 30 июня 2023 г.: эти числа позже дня 30 июня 2021 г"; !strings.Contains(text, want) {
		t.Errorf("the page does not say %q", want)
	}
	if _, text = pageText(t, dir, "ru/area/980100000"); !strings.Contains(text, "последние значения на 30 июня 2021 г.") || !strings.Contains(text, "2023 позже этого дня") {
		t.Errorf("the table of the area gives a later number as one of its day:\n%s", text)
	}
}

// A change that is smaller than the last decimal of the indicator still shows
// as two different numbers, and a change between two periods names both.
func TestAChangedNumberNeverLooksTheSame(t *testing.T) {
	in := instance(t)
	db := mini(in)
	db["release"] = append(db["release"], []any{"previous_release", "2"}, []any{"previous_today", "2021-08-01"})
	row := func(period, base string, before, now float64) []any {
		return []any{"rehoused_share/980100000/1900-01-01", period, base, "as_reported", "reports", "changed", before, now, "percent", "A", "F", "", "reported"}
	}
	db["change"] = [][]any{row("2020-H1", "", 41.52, 41.54), row("2020-H2", "", 41.5, 43.25), row("2021-H1", "2019-H1", 3.00004, 3.000041)}
	html, text := pageText(t, built(t, in, db), "ru/changes")
	for _, want := range []string{">41,52<", ">41,54<", ">41,5<", ">43,3<", ">3,000040<", ">3,000041<"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not show %q:\n%s", want, text)
		}
	}
	if want := "п/г 2019 → 1"; !strings.Contains(text, want) {
		t.Errorf("a change between two periods does not name the first: %q is missing", want)
	}
}
