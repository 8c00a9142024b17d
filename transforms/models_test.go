package transforms

import (
	"strings"
	"testing"
)

// SQL is read by people: each model begins by saying what one row is.
func TestEachModelSaysWhatOneRowIs(t *testing.T) {
	files, err := models.ReadDir("sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, _ := models.ReadFile("sql/" + f.Name())
		head, _, _ := strings.Cut(string(text), "\ncreate ")
		if !strings.HasPrefix(head, "-- ") || f.Name() != "macros.sql" && !strings.Contains(head, "ne row") {
			t.Errorf("%s begins with %.60q", f.Name(), head)
		}
	}
}
