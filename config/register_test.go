package config

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

// Whoever writes a statement, a request, a task or a page of the guide wrongly
// is told where, what was expected, and the nearest valid name.
func TestProblemsOfTheRegisterNameTheirPlace(t *testing.T) {
	for _, x := range []struct{ name, file, old, new, want string }{
		{"unknown key", "statements.yaml", "    judged:", "    judgd:", "statements.yaml:42, key statements[2].judgd: unknown key judgd; did you mean judged?"},
		{"unknown verdict", "statements.yaml", "judged: cause_not_testable", "judged: untrue", `key statements[2].judged: "untrue" stands here; expected one of cannot_be_checked, not_checkable_as_stated, cause_not_testable`},
		{"judged without a reason", "statements.yaml", "    why: {kk: Себебі көрінбейді., ru: Причины не видно., en: The cause is not seen.}\n", "", "key statements[2].why: key why is missing"},
		{"undefined occasion", "statements.yaml", "occasion: speech", "occasion: speach", `key statements[1].occasion: occasion "speach" is not defined; did you mean speech?`},
		{"undefined measure", "statements.yaml", "measure: large_families}", "measure: large_famlies}", `statements.yaml:28, key statements[1].readings[1].terms[2].measure: measure "large_famlies" is not defined; did you mean large_families?`},
		{"a formula that is none", "statements.yaml", "100 * housed / families", "100 * housed /", "key statements[1].readings[1].formula: not a formula"},
		{"a term that stands twice", "statements.yaml", "100 * housed / families", "100 * housed / (families + housed)", "term housed stands twice"},
		{"a term that is not used", "statements.yaml", "100 * housed / families", "100 * housed", "term families is not in the formula"},
		{"undefined wording", "statements.yaml", "rounded_to: 100", "wording: abut", `wording "abut" is not defined; did you mean about?`},
		{"undefined request", "statements.yaml", "requests: [table]", "requests: [tabel]", `key statements[1].requests[1]: request "tabel" is not defined; did you mean table?`},
		{"a part without its unit", "statements.yaml", "part_unit: families, ", "", "key part_unit is missing"},
		{"sent without a day", "requests.yaml", "state: drafted", "state: sent", "requests.yaml:8, key requests[1].sent_on: key sent_on is missing; state sent says that it was sent"},
		{"drafted and yet sent", "requests.yaml", "state: drafted", "state: drafted\n    sent_on: 2021-08-01", "a request that is only drafted was not sent"},
		{"a table without cells", "requests.yaml", "    cells: {measures: [large_families], areas: districts, periods: [2021-H1]}\n", "", "key cells is missing; expected it unless a text is asked for"},
		{"undefined law", "requests.yaml", "law: law", "law: lew", `law "lew" is not defined; did you mean law?`},
		{"a task without its measure", "commitments.yaml", "    at_least: 50\n", "", "commitments.yaml:2, key commitments[1].at_least: key at_least is missing"},
		{"due before it was set", "commitments.yaml", "due: 2021-06-30", "due: 2021-01-01", "due on 2021-01-01, before it was set on 2021-01-10"},
		{"evidence from nowhere", "commitments.yaml", `"980300000"`, `"980300001"`, `key commitments[1].evidence[1].area: area "980300001" is not defined`},
		{"a page without its law", "guide/en/home.md", "law: \"A rule\"\n", "", "guide/en/home.md:2, key law: key law is missing"},
		{"a page without front matter", "guide/en/home.md", "---\ntitle", "title", "guide/en/home.md:1: no front matter"},
		{"a typed figure", "guide/en/home.md", "1. Apply.", "1. Apply for 500 tenge.", `guide/en/home.md:13: "500 tenge" is typed; expected a placeholder`},
		{"an unknown figure", "guide/en/home.md", "{{times * index}}", "{{times * indx}}", `key answer: rate "indx" is not defined; did you mean index?`},
		{"undefined audience", "guide/en/home.md", "audience: [need_home]", "audience: [ned_home]", `guide/en/home.md:6, key audience[1]: question "ned_home" is not defined; did you mean need_home?`},
		{"other order in another language", "guide/en/home.md", "order: 1", "order: 2", "order or audience differ from the same page in another language"},
		{"a rate in an unknown unit", "rates.csv", "2000,tenge", "2000,tenga", `rates.csv:2, column unit: unit "tenga" is not defined; did you mean tenge?`},
		{"a missing wording of a rate", "rates.csv", "Көрсеткіш,Показатель,Index", "Көрсеткіш,,Index", "rates.csv:2, column name_ru: the cell is empty"},
	} {
		files := mini(t)
		edit(t, files, x.file, x.old, x.new)
		_, err := Load(files, "mini", Settings{})
		var problems Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got\n%v\nexpected\n%s", x.name, err, x.want)
		}
	}
}

// A page that nobody has checked for long, or that is missing in a language,
// does not stop the site; whoever builds it must hear of it.
func TestTheGuideWarns(t *testing.T) {
	load := func(change func(fstest.MapFS)) string {
		t.Helper()
		files := mini(t)
		change(files)
		in, err := Load(files, "mini", Settings{})
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, w := range in.Warnings {
			lines = append(lines, w.Error())
		}
		return strings.Join(lines, "\n")
	}
	if got := load(func(fstest.MapFS) {}); got != "" {
		t.Errorf("a good guide warns: %s", got)
	}
	if got := load(func(f fstest.MapFS) { edit(t, f, "guide/kk/home.md", "2021-08-01", "2021-01-01") }); !strings.Contains(got, "guide/kk/home.md, key checked_on: last checked on 2021-01-01, more than 100 days ago") {
		t.Errorf("a stale page: %q", got)
	}
	if got := load(func(f fstest.MapFS) { delete(f, "guide/kk/home.md") }); !strings.Contains(got, "guide/kk/home.md: the page is missing in kk") {
		t.Errorf("a missing page: %q", got)
	}
}

// Figures of the guide follow the dated table and say what nobody has verified.
func TestFiguresOfTheGuideComeFromTheTable(t *testing.T) {
	files := mini(t)
	edit(t, files, "rates.csv", "times,2021-01-01", "index,2021-07-01,2500,tenge,сынақ,проба,trial,true,Көрсеткіш,Показатель,Index\nindex,2030-01-01,9,tenge,сынақ,проба,trial,true,Көрсеткіш,Показатель,Index\ntimes,2021-01-01")
	in, err := Load(files, "mini", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"kk": "7 500 теңге (расталмаған)", "ru": "7 500 тенге (не подтверждено)", "en": "7,500 tenge (unverified)"} {
		got := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(in.Guide.Pages[0].In[lang].Answer)
		if !strings.Contains(got, want) {
			t.Errorf("%s: %q, expected %q", lang, got, want)
		}
	}
}

// Each gap that a real region declares is somebody's open question.
func TestEveryGapIsAskedFor(t *testing.T) {
	fsys, id, err := Open("vko")
	if err != nil {
		t.Fatal(err)
	}
	in, err := Load(fsys, id, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, q := range in.Requests {
		if q.State != "drafted" {
			t.Errorf("request %s pretends to be %s", q.ID, q.State)
		}
		for _, i := range q.Indicators {
			asked[i] = true
		}
	}
	for _, i := range in.Indicators {
		if len(i.Gap.What) > 0 && !asked[i.ID] {
			t.Errorf("nobody asks for what %s lacks", i.ID)
		}
	}
}
