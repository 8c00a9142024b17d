package jsonstat

import (
	"slices"
	"strings"
	"testing"
)

const dense = `{"version":"2.0","class":"dataset","id":["area","year"],"size":[2,3],
"dimension":{
 "area":{"category":{"index":{"B":1,"A":0},"label":{"A":"Алтай","B":"Риддер"}}},
 "year":{"category":{"index":["2019","2020","2021"]}}},
"value":[1,2.50,null,0,null,null],"status":[null,"p",null,"",  "c","m"]}`

func TestACubeIsLaidOutInItsOrder(t *testing.T) {
	want := []string{
		"A|Алтай|2019|2019|1|", "A|Алтай|2020|2020|2.50|p", "A|Алтай|2021|2021||",
		"B|Риддер|2019|2019|0|", "B|Риддер|2020|2020|x|c", "B|Риддер|2021|2021|…|m",
	}
	sparse := strings.NewReplacer(`[1,2.50,null,0,null,null]`, `{"0":1,"1":2.50,"3":0}`, `[null,"p",null,"",  "c","m"]`, `{"1":"p","4":"c","5":"m"}`).Replace(dense)
	for name, body := range map[string]string{"dense": dense, "sparse": sparse, "with a byte order mark": "\ufeff" + dense} {
		columns, rows, err := Table([]byte(body))
		if err != nil || !slices.Equal(columns, []string{"area", "area_label", "year", "year_label", "VALUE", "STATUS"}) {
			t.Fatalf("%s: %v %v", name, columns, err)
		}
		for i, row := range rows {
			if got := strings.Join(row, "|"); got != want[i] {
				t.Errorf("%s, cell %d: %s, want %s", name, i, got, want[i])
			}
		}
	}
}

func TestOneStatusForAll(t *testing.T) {
	for _, status := range []string{`"p"`, `["p"]`} {
		_, rows, err := Table([]byte(strings.Replace(dense, `[null,"p",null,"",  "c","m"]`, status, 1)))
		if err != nil || rows[0][5] != "p" || rows[2][4] != "…" {
			t.Errorf("status %s: %v %v", status, rows, err)
		}
	}
}

func TestADimensionOfOneNeedsNoIndex(t *testing.T) {
	body := `{"class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"label":{"KZ":"Kazakhstan"}}}},"value":[7]}`
	_, rows, err := Table([]byte(body))
	if err != nil || strings.Join(rows[0], "|") != "KZ|Kazakhstan|7|" {
		t.Errorf("%v %v", rows, err)
	}
}

func TestCubesThatDoNotHold(t *testing.T) {
	change := func(old, to string) string {
		if !strings.Contains(dense, old) {
			t.Fatalf("the fixture lacks %s", old)
		}
		return strings.Replace(dense, old, to, 1)
	}
	for body, says := range map[string]string{
		`[]`:                                   "not a JSON-stat dataset",
		`{"error":"no such table"}`:            "no such table",
		`{"dataset":{"value":[]}}`:             "version 1",
		`{"class":"collection"}`:               `class "collection"`,
		change(`"size":[2,3]`, `"size":[2]`):   "2 dimensions and 1 sizes",
		change(`"size":[2,3]`, `"size":[2,2]`): `dimension "year": has 3 categories`,
		change(`"size":[2,3]`, `"size":[3000000000,3000000000]`):                   "expected a cube of 1 to",
		change(`"size":[2,3]`, `"size":[-2,3]`):                                    "size -2",
		change(`"size":[2,3]`, `"size":[2147483648,2147483648]`):                   "expected a cube of 1 to",
		change(`{"B":1,"A":0}`, `{"B":1,"A":1}`):                                   "each place from 0 to 1 once",
		change(`["2019","2020","2021"]`, `["2019","2020","2020"]`):                 `"2020" twice`,
		change(`"id":["area","year"]`, `"id":["area","sex"]`):                      `"sex" is not described`,
		change(`[1,2.50,null,0,null,null]`, `[1,2]`):                               "has 2 cells; expected 6",
		change(`[1,2.50,null,0,null,null]`, `{"6":1}`):                             `place "6" is outside`,
		change(`[1,2.50,null,0,null,null]`, `[1,true,null,0,null,null]`):           "cell 1: true",
		change(`"value":[1,2.50,null,0,null,null]`, `"values":[]`):                 "value: is absent",
		change(`"id":["area","year"],"size":[2,3]`, `"id":["a","a"],"size":[1,1]`): `"a" is not described`,
	} {
		if _, _, err := Table([]byte(body)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%.120s\n%v, want %q", body, err, says)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte(dense))
	f.Add([]byte(`{"class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"label":{"KZ":"K"}}}},"value":{"0":"7"},"status":"p"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		columns, rows, err := Table(body)
		for _, r := range rows {
			if err != nil || len(r) != len(columns) {
				t.Fatalf("%d cells under %d columns, %v", len(r), len(columns), err)
			}
		}
	})
}
