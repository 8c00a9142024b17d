package personal

import "testing"

func TestPersonalNumbers(t *testing.T) {
	// The numbers are made up; their check digits are worked out by the rule.
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"date, check digit fits", number("85010130012"), true},
		{"with blanks around", " " + number("85010130012") + " ", true},
		{"wrong check digit", wrong(number("85010130012")), false},
		{"thirteenth month", number("85130130012"), false},
		{"day 32", number("85013230012"), false},
		{"a company's number has no day", number("85014030012"), false},
		{"a count", "123456", false},
		{"eleven digits", number("85010130012")[:11], false},
		{"letters", "85010130012x", false},
	} {
		if got := Number(c.text); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if !Inside("ИИН " + number("85010130012") + ", мать") {
		t.Error("a number within a remark is not seen")
	}
	if Inside("1" + number("85010130012")) {
		t.Error("part of a longer number is taken for a personal number")
	}
	if n := number("05010150012"); !Shortened(n[1:]) {
		t.Error("a number whose leading zero a workbook lost is not seen")
	}
}

func number(eleven string) string { return eleven + string(check(eleven)) }

func wrong(n string) string {
	return n[:11] + string('0'+(n[11]-'0'+1)%10)
}
