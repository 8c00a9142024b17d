package period

import (
	"errors"
	"testing"

	"tereze/config/words"
	"tereze/model"
)

func parser(t testing.TB, order Order) *Parser {
	t.Helper()
	c, problems := words.Builtin()
	for _, p := range problems {
		t.Logf("words: %v", p)
	}
	return NewParser(WordsOf(c), order)
}

// Each row names a period as somebody wrote it; "!" and "?" are refusals as
// unknown and as ambiguous.
var periods = []struct{ name, text, want string }{
	{"canonical year", "2021", "2021"},
	{"canonical half", "2021-H1", "2021-H1"},
	{"canonical half in small letters", "2021-h2", "2021-H2"},
	{"canonical quarter", "2021-Q2", "2021-Q2"},
	{"canonical month", "2021-06", "2021-06"},
	{"canonical day", "2021-07-01", "2021-07-01"},
	{"canonical range", "2021-06-01..2021-08-31", "2021-06-01..2021-08-31"},
	{"a range that is a half has one name", "2021-01-01..2021-06-30", "2021-H1"},
	{"statistics' half", "2021H1", "2021-H1"},
	{"statistics' quarter first", "Q3 2020", "2020-Q3"},
	{"quarter glued", "1Q2021", "2021-Q1"},
	{"statistics' month", "2021M06", "2021-06"},
	{"ru: first half, Roman", "I полугодие 2021 г.", "2021-H1"},
	{"ru: second half, Roman in Cyrillic letters", "ІІ полугодие 2021 г.", "2021-H2"},
	{"ru: half with hyphen", "1-полугодие 2021", "2021-H1"},
	{"ru: half with ending", "1-е полугодие 2021 года", "2021-H1"},
	{"ru: half in words", "первое полугодие 2021 года", "2021-H1"},
	{"ru: in the half", "за 2 полугодие 2020 года", "2020-H2"},
	{"ru: January to June", "январь–июнь 2021", "2021-H1"},
	{"ru: January to June with blanks", "Январь - июнь 2021 года", "2021-H1"},
	{"ru: January to March is a quarter", "январь-март 2021", "2021-Q1"},
	{"ru: January to September is a range", "январь–сентябрь 2021 г.", "2021-01-01..2021-09-30"},
	{"ru: the summer", "июнь–август 2021", "2021-06-01..2021-08-31"},
	{"ru: across years", "ноябрь 2020 – февраль 2021", "2020-11-01..2021-02-28"},
	{"ru: six months", "6 месяцев 2021 года", "2021-H1"},
	{"ru: nine months", "за 9 мес. 2021 г.", "2021-01-01..2021-09-30"},
	{"ru: quarter", "1 кв. 2021", "2021-Q1"},
	{"ru: quarter, Roman", "IV квартал 2020 года", "2020-Q4"},
	{"case 16: quarter glued to its year", "1 квартал 2024г.", "2024-Q1"},
	{"case 16: footnotes glued to the year", " 2025 год7)8)", "2025"},
	{"case 16: superscript footnote", "2025 год¹", "2025"},
	{"stat.gov.kz: the year as a workbook's number", "2024.0", "2024"},
	{"ru: year", "2021 г.", "2021"},
	{"ru: year with no-break space", "2021\u00a0год", "2021"},
	{"ru: month", "июнь 2021 г.", "2021-06"},
	{"ru: month in figures", "06.2021", "2021-06"},
	{"ru: as at a day in figures", "на 01.07.2021", "2021-07-01"},
	{"ru: as at a day, long", "по состоянию на 1 июля 2021 года", "2021-07-01"},
	{"ru: from day to day", "с 1 июня по 31 августа 2021 г.", "2021-06-01..2021-08-31"},
	{"ru: days of one month", "1–15 июня 2021", "2021-06-01..2021-06-15"},
	{"dates from to", "01.06.2021 - 31.08.2021", "2021-06-01..2021-08-31"},
	{"kk: first half", "2021 жылғы 1-жартыжылдық", "2021-H1"},
	{"kk: first half, possessive", "2021 жылдың 1-жартыжылдығы", "2021-H1"},
	{"kk: first half, two words", "2021 жылдың бірінші жарты жылдығы", "2021-H1"},
	{"kk: first half, short year", "2021 ж. 1-жартыжылдығы", "2021-H1"},
	{"kk: quarter", "II тоқсан 2021", "2021-Q2"},
	{"kk: quarter without Kazakh letters", "2021 жылгы 3 токсан", "2021-Q3"},
	{"kk: December is not a quarter", "желтоқсан 2020", "2020-12"},
	{"kk: January to June", "2021 жылғы қаңтар–маусым", "2021-H1"},
	{"kk: from January to June", "2021 жылғы қаңтардан маусымға дейін", "2021-H1"},
	{"kk: as at a day", "2021 жылғы 1 шілдедегі жағдай бойынша", "2021-07-01"},
	{"kk: ordinal with its ending", "2021 жылғы 2-ші тоқсан", "2021-Q2"},
	{"en: first half", "first half of 2021", "2021-H1"},
	{"en: day", "July 1, 2021", "2021-07-01"},
	{"en: ordinal ending", "1st quarter 2021", "2021-Q1"},
	{"day first with points", "11.07.2019", "2019-07-11"},
	{"a date with its midnight", "2021-07-01 00:00:00", "2021-07-01"},
	{"a day above 12 shows its place", "13/04/2021", "2021-04-13"},
	{"a month of 4 and a day of 13 shows its place", "04/13/2021", "2021-04-13"},
	{"the same either way", "07/07/2021", "2021-07-07"},
	{"day or month", "03/04/2021", "?"},
	{"a year of two figures", "01.07.21", "?"},
	{"two years or a school year", "2020–2021", "?"},
	{"two years or a school year, slash", "2020/2021", "?"},
	{"ru: school year", "2020-2021 учебный год", "?"},
	{"workbook's day number", "44378", "2021-07-01"},
	{"a small number is no day", "378", "!"},
	{"no year", "I полугодие", "!"},
	{"no number", "полугодие 2021", "!"},
	{"third half", "3 полугодие 2021", "!"},
	{"fifth quarter", "5 кв. 2021", "!"},
	{"a day that is not in the calendar", "31.02.2021", "!"},
	{"thirteenth month", "2021-13", "!"},
	{"ends before it starts", "июнь–январь 2021", "!"},
	{"two months without a dash", "январь, июнь 2021", "!"},
	{"a word nobody declared", "2021 план", "!"},
	{"a word beside a year", "2021 (оценка)", "!"},
	{"nothing", "", "!"},
	{"far from any report", "0021", "!"},
}

func TestPeriods(t *testing.T) {
	p := parser(t, Undeclared)
	for _, c := range periods {
		t.Run(c.name, func(t *testing.T) {
			got, err := p.Parse(c.text)
			if code := map[string]string{"!": Unknown, "?": Ambiguous}[c.want]; code != "" {
				var problem model.Problem
				if !errors.As(err, &problem) || problem.Code != code {
					t.Fatalf("%q was read as %q, error %v; expected code %s", c.text, got, err, code)
				}
				return
			}
			if err != nil || got.String() != c.want {
				t.Fatalf("%q was read as %q, error %v; expected %s", c.text, got, err, c.want)
			}
		})
	}
}

// A declared order settles what was ambiguous.
func TestDeclaredOrder(t *testing.T) {
	for order, want := range map[Order]string{DayFirst: "2021-04-03", MonthFirst: "2021-03-04"} {
		got, err := parser(t, order).Parse("03/04/2021")
		if err != nil || got.String() != want {
			t.Errorf("order %s: read as %s, %v; expected %s", order, got, err, want)
		}
	}
}

// Whatever the text: no panic, and what is read has a name that reads back
// as the same period.
func FuzzPeriod(f *testing.F) {
	for _, c := range periods {
		f.Add(c.text)
	}
	p := parser(f, Undeclared)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := p.parse(text)
		if err != nil {
			return
		}
		if got.Start == "" || got.End < got.Start {
			t.Fatalf("%q gave %+v", text, got)
		}
		again, err := model.ParsePeriod(got.String())
		if err != nil || again != got {
			t.Fatalf("%q gave %s, which reads as %+v, %v", text, got, again, err)
		}
	})
}
