package personal

import (
	"fmt"
	"strings"
	"testing"

	"tereze/config/words"
)

func finder(t testing.TB) *Finder {
	t.Helper()
	c, problems := words.Builtin()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return NewFinder(WordsOf(c))
}

// cellsOf reads a table of rows of cells separated by bars.
func cellsOf(table string) (cells []Cell) {
	for y, line := range strings.Split(strings.TrimSpace(table), "\n") {
		for x, text := range strings.Split(line, "|") {
			text = strings.TrimSpace(text)
			numeric := strings.HasPrefix(text, "=")
			cells = append(cells, Cell{Row: y, Column: x, Text: strings.TrimPrefix(text, "="), Numeric: numeric})
		}
	}
	return cells
}

// What is personal and what only looks like it, in the three languages. All
// people and numbers are made up.
func TestFind(t *testing.T) {
	f := finder(t)
	iin := number("85010130012")
	short := []string{number("05010150012")[1:], number("06020250023")[1:], number("07030350034")[1:]}
	for _, c := range []struct {
		name, table string
		want        []string // texts that are found, in order
	}{
		{"a personal number alone", "Район | ИИН | Сумма\nАлтай | " + iin + " | 12", []string{iin}},
		{"a personal number within a remark", "Район | Примечание\nАлтай | заявитель " + iin + ", мать", []string{"заявитель " + iin + ", мать"}},
		{"numbers whose zeros a workbook lost", "№ | код\n1|=" + short[0] + "\n2|=" + short[1] + "\n3|=" + short[2], short},
		{"one such number among sums is a sum", "Район | тенге\nА|=" + short[0] + "\nБ|=2100300400\nВ|=3100300400\nГ|=12", nil},
		{"codes of areas", "code | n\n630000000|1\n110000000|2\n101000000|3\n636800000|4", nil},
		{"name beside birth date", "ФИО | Дата рождения | Район\nИванов Иван Иванович | 12.03.1985 | Алтай\nАхметова А. | 1990-01-02 | Алтай",
			[]string{"Иванов Иван Иванович", "12.03.1985", "Ахметова А.", "1990-01-02"}},
		{"the same in Kazakh", "Аты-жөні | Туған күні\nСерік Болатұлы | 12.03.1985", []string{"Серік Болатұлы", "12.03.1985"}},
		{"the same as names of fields", "full_name | birthDate\nSerik Bolat | 1985-03-12", []string{"Serik Bolat", "1985-03-12"}},
		{"birth dates that a workbook keeps as numbers", "ФИО | Год рождения\nИванов Иван|=31118", []string{"Иванов Иван", "31118"}},
		{"names and births without known heads", "Заявитель | Когда\nИванов Иван Иванович | 12.03.1945\nПетрова Анна Ильинична | 01.02.1990\nСидоров Пётр Ильич | 05.06.2011",
			[]string{"Иванов Иван Иванович", "12.03.1945", "Петрова Анна Ильинична", "01.02.1990", "Сидоров Пётр Ильич", "05.06.2011"}},
		{"a name beside the day of receipt", "Исполнитель | Получено | Семьи\nИванов Иван Иванович | 12.01.2021 | 4\nПетрова Анна Ильинична | 13.01.2021 | 5\nСидоров Иван Ильич|14.01.2021|6", nil},
		{"a name and a birth date in one cell", "Текст\nИванов Иван Иванович, 12.03.1985 г.р.", []string{"Иванов Иван Иванович, 12.03.1985 г.р."}},
		{"phones", "Контакт\n+7 701 123-45-67\n8 (7232) 26-00-00\n8 777 123 45 67\n8-705-1234567, звонить вечером",
			[]string{"+7 701 123-45-67", "8 777 123 45 67", "8-705-1234567, звонить вечером"}},
		{"bare phones under their head", "Телефон\n87011234567\n77011234567\n7011234567", []string{"87011234567", "77011234567", "7011234567"}},
		{"bare phones without one", "k\n87011234567\n87771234568\n87051234569", []string{"87011234567", "87771234568", "87051234569"}},
		{"a large sum is no phone", "Сумма\n87 012 345 678\n87012345678\n12", nil},
		{"a count under a head about phones", "Обращений по телефону\n120\n87", nil},
		{"a flat in a street", "Объект\nг. Риддер, ул. Абая 12, кв. 5\nдом 3, пәтер 14", []string{"г. Риддер, ул. Абая 12, кв. 5", "дом 3, пәтер 14"}},
		{"a quarter is no flat, a school's street no home", "Период | Школа\n2 кв. 2021 | ул. Абая, 12", nil},
		{"home addresses under their head", "Домашний адрес | Семьи\nс. Уланское, 14 | 3", []string{"с. Уланское, 14"}},
		{"counts of those who moved", "Сменили место жительства\n14\n15", nil},
		{"counts of people without a number", "Лиц без ИИН\n14\n15", nil},
		{"hashes and long numbers", "sha\n8501013001251234567\nab" + iin + "1", nil},
	} {
		cells := cellsOf(c.table)
		var got []string
		for _, i := range f.Find(nil, cells) {
			got = append(got, cells[i].Text)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
		if len(c.want) > 0 && !f.Possible(c.table) {
			t.Errorf("%s: the quick look says that nothing can be there", c.name)
		}
	}
}

func BenchmarkPossible(b *testing.B) {
	f := finder(b)
	text := strings.Repeat("630000000,2021-Q1,large_families,12345\n", 200_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if f.Possible(text) {
			b.Fatal("something personal in counts")
		}
	}
}
