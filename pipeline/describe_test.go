package pipeline

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What the descriptions for machines say of a file is what the file holds,
// and no list of the checks is left out of them.
func TestDescriptionsFitTheFiles(t *testing.T) {
	b := theSite(t)
	for _, root := range []string{b.dir, b.dir + "/example"} {
		var pack struct {
			Resources []struct {
				Path, Title, Description string
				Schema                   struct {
					Fields []struct{ Name, Type string }
				}
			}
		}
		read := func(name string, into any) {
			t.Helper()
			raw, err := os.ReadFile(filepath.Join(root, "data", name))
			if err == nil {
				err = json.Unmarshal(raw, into)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		read("datapackage.json", &pack)
		described := map[string]bool{}
		for _, r := range pack.Resources {
			if len(r.Schema.Fields) == 0 {
				continue
			}
			f, err := os.Open(filepath.Join(root, "data", r.Path))
			if err != nil {
				t.Errorf("%s is described and not there", r.Path)
				continue
			}
			head, err := csv.NewReader(f).Read()
			f.Close()
			var names []string
			for _, c := range r.Schema.Fields {
				names = append(names, c.Name)
			}
			if err != nil || !slices.Equal(head, names) {
				t.Errorf("%s: described as %v, its head is %v (%v)", r.Path, names, head, err)
			}
			described[r.Path] = r.Title != "" && r.Description != ""
		}
		type set struct {
			ID    string           `json:"dct:identifier"`
			Title []map[string]any `json:"dct:title"`
			About []map[string]any `json:"dct:description"`
		}
		var cat struct {
			Sets []set `json:"dcat:dataset"`
		}
		read("catalog.jsonld", &cat)
		for _, name := range []string{"refusals", "rule_outcomes", "source_problems", "decisions", "corrections", "disagreements", "deliveries"} {
			if !described[name+".csv"] {
				t.Errorf("%s: the data package does not name and describe %s.csv", strings.TrimPrefix(root, b.dir), name)
			}
			if !slices.ContainsFunc(cat.Sets, func(s set) bool { return s.ID == name && len(s.Title) == 3 && len(s.About) == 3 }) {
				t.Errorf("%s: the catalogue does not name and describe %s in three languages", strings.TrimPrefix(root, b.dir), name)
			}
		}
	}
}
