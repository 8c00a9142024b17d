package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tereze/config/tree"
	"tereze/config/words"
	"tereze/model"
)

// Problems are all that is wrong with an instance, in the order of its files.
type Problems []model.Problem

// Error lists the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, e := range p {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// defaultThreshold protects the counts 1 to 4.
const defaultThreshold = 5

// folderFiles are the files at the top of an instance folder.
var folderFiles = []string{"instance.yaml", "areas.csv", "aliases.csv", "area_events.csv", "measures.yaml",
	"indicators.yaml", "policy_events.yaml", "decisions.yaml", "corrections.yaml", "glossary.csv", "offices.csv", boundariesFile,
	"statements.yaml", "requests.yaml", "commitments.yaml", guideQuestions, ratesFile}

// Load reads the instance in fsys and checks it. The error is always of type
// Problems and holds everything that is wrong, each with file, line and key.
func Load(fsys fs.FS, id string, set Settings) (*Instance, error) {
	r := &reader{fsys: fsys}
	in := &Instance{ID: id, FS: fsys}
	root := r.yaml(fsys, "instance.yaml", "instance.yaml")
	if root == nil {
		r.bad(model.Place{File: "instance.yaml"}, "missing_file", "", "the file is missing or empty; an instance begins with it")
		return nil, r.problems.sorted()
	}
	var problems []model.Problem
	in.Words, problems = words.Load(fsys)
	r.problems = append(r.problems, problems...)
	r.setLanguages(root, in.Words)
	var file instanceFile
	r.decode(root, &file)
	in.take(file, set)

	var catalogue fs.FS
	if file.Catalogue {
		catalogue, _ = fs.Sub(builtin, catalogueFolder) // embedded: always there
	}
	var at placed
	r.areas(in, &at)
	r.models(in)
	d := r.declarations(in, catalogue)
	nodes := r.sources(in)
	reviewed := r.reviewed(in)
	r.glossary(in, catalogue)
	r.offices(in, &at)
	r.boundaries(in)
	said := r.register(in)

	r.strayFiles()
	r.problems = append(r.problems, words.Check(in.Words, in.Languages)...)
	valid := namesOf(in, in.Words.Lang(in.DefaultLanguage).Units())
	r.checkAreas(in, at)
	r.checkMeasures(in, d, valid)
	r.checkPolicies(in, d, valid)
	r.checkIndicators(in, d, valid)
	in.onlyWithCalendar()
	for i, s := range in.Sources {
		r.checkSource(in, s, nodes[i], valid.measures)
	}
	r.checkOffices(in, at)
	r.checkReviewed(in, reviewed, valid.measures)
	r.checkRegister(in, said, valid)
	r.checkInstance(in, root, valid)
	sort.SliceStable(in.PolicyEvents, func(i, j int) bool { return in.PolicyEvents[i].Date < in.PolicyEvents[j].Date })
	in.Hash = r.hash(catalogue)
	in.Warnings = r.warnings
	in.index = newIndex(in)
	if len(r.problems) > 0 {
		return nil, r.problems.sorted()
	}
	return in, nil
}

// Head is the instance with no more than what instance.yaml and the settings
// say: enough to load its example beside it. What is wrong with the file Load
// will say; where there is none, Head is nil.
func Head(fsys fs.FS, id string, set Settings) *Instance {
	r := &reader{fsys: fsys}
	in := &Instance{ID: id, FS: fsys}
	root := r.yaml(fsys, "instance.yaml", "instance.yaml")
	if root == nil {
		return nil
	}
	var file instanceFile
	r.decode(root, &file)
	in.take(file, set)
	return in
}

// setLanguages fixes the languages before any text is read.
func (r *reader) setLanguages(root *tree.Node, w *words.Catalogue) {
	r.allowed = w.Languages()
	list := root.Get("languages")
	if list == nil || list.Kind != tree.List {
		return // decode says what is wrong
	}
	for _, n := range list.Items {
		if _, err := language.Parse(n.Text); err != nil || n.Kind != tree.Scalar {
			r.bad(n.Place(), "unknown_language", tree.Hint(n.Text, r.allowed), "%s is not a language code", n.Describe())
			continue
		}
		if slices.Contains(r.languages, n.Text) {
			r.bad(n.Place(), "duplicate_id", "", "language %s stands twice; keep one", n.Text)
			continue
		}
		r.languages = append(r.languages, n.Text)
		if !slices.Contains(r.allowed, n.Text) {
			r.allowed = append(r.allowed, n.Text)
		}
	}
}

// take carries instance.yaml over, under the settings and over the defaults.
func (in *Instance) take(f instanceFile, set Settings) {
	in.Name, in.Owner, in.Languages, in.DefaultLanguage = f.Name, f.Owner, f.Languages, f.DefaultLanguage
	in.BaseURL, in.Region, in.Country, in.ReferenceDate = f.BaseURL, f.Region, f.Country, f.ReferenceDate
	in.Today, in.Licence, in.Contact, in.Example = f.Today, f.Licence, f.Contact, f.Example
	in.ExampleInstance, in.Disclosure, in.Map = f.ExampleInstance, f.Disclosure, f.Map
	in.Rules = f.Rules.model()
	if f.Lead != nil {
		in.Lead = Lead(*f.Lead)
	}
	if set.BaseURL != "" {
		in.BaseURL = set.BaseURL
	}
	if in.BaseURL != "" && !strings.HasSuffix(in.BaseURL, "/") {
		in.BaseURL += "/"
	}
	if set.Today != "" {
		in.Today = set.Today
	}
	if in.Today == "" {
		in.Today = model.DateOf(time.Now())
	}
	if in.Disclosure.Threshold == 0 {
		in.Disclosure.Threshold = defaultThreshold
	}
}

// models reads the instance's own SQL.
func (r *reader) models(in *Instance) {
	in.Models = map[string]string{}
	files, _ := fs.Glob(r.fsys, "models/*.sql") // the pattern is right
	for _, name := range files {
		in.Models[strings.TrimPrefix(name, "models/")] = string(r.file(r.fsys, name, name))
	}
}

// checkInstance looks at what instance.yaml refers to.
func (r *reader) checkInstance(in *Instance, n *tree.Node, valid names) {
	if len(in.Languages) == 0 {
		r.bad(n.At("languages"), "missing_key", "", "no language is given; expected a list such as [kk, ru, en]")
	}
	r.ref(n.At("default_language"), "language", in.DefaultLanguage, in.Languages)
	r.checkRules(in.Rules, n.Get("rules"))
	for key, code := range map[string]string{"region": in.Region, "country": in.Country} {
		if code != "" {
			r.areaKnown(in, n.At(key), code)
		}
	}
	if in.Disclosure.Threshold < 2 {
		r.bad(n.Get("disclosure").At("threshold"), "wrong_value", "", "%d stands here; a threshold below 2 protects nobody", in.Disclosure.Threshold)
	}
	if l := n.Get("lead"); l != nil {
		r.ref(l.At("indicator"), "indicator", in.Lead.Indicator, valid.indicators)
		if in.Lead.Area != "" {
			r.areaKnown(in, l.At("area"), in.Lead.Area)
		}
	}
	m := n.Get("map")
	r.ref(m.At("size"), "measure", in.Map.Size, valid.measures)
	for i, id := range in.Map.Indicators {
		r.ref(itemPlace(m.Get("indicators"), i), "indicator", id, valid.indicators)
	}
	if in.Example && in.ExampleInstance != "" {
		r.bad(n.At("example_instance"), "wrong_value", "", "an example has no example of its own; remove the key")
	}
	if in.ExampleInstance != "" && in.ExampleInstance == in.ID {
		r.bad(n.At("example_instance"), "wrong_value", "", "the instance names itself; expected another one")
	}
}

// strayFiles finds files at the top of the folder whose name is misspelt:
// they would be passed over in silence.
func (r *reader) strayFiles() {
	entries, err := fs.ReadDir(r.fsys, ".")
	if err != nil {
		return // a folder that cannot be listed can still be read file by file
	}
	for _, e := range entries {
		name := e.Name()
		table := strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") || strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".geojson")
		if table && !e.IsDir() && !slices.Contains(folderFiles, name) {
			r.bad(model.Place{File: name}, "unknown_file", tree.Hint(name, folderFiles), "no part of an instance has this name")
		}
	}
}

// hash is over everything the instance was read from: its folder, the
// catalogue where it is taken, and the words of the program.
func (r *reader) hash(catalogue fs.FS) string {
	sum := sha256.New()
	add := func(prefix string, fsys fs.FS) {
		if fsys == nil {
			return
		}
		var paths []string
		_ = fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				r.bad(model.Place{File: p}, "unreadable_file", "", "cannot be read: %v", err)
			case p != "." && strings.HasPrefix(e.Name(), "."):
				if e.IsDir() {
					return fs.SkipDir
				}
			case !e.IsDir():
				paths = append(paths, p)
			}
			return nil
		})
		sort.Strings(paths)
		for _, p := range paths {
			data := r.file(fsys, p, p)
			fmt.Fprintf(sum, "%s%s\x00%d\x00", prefix, p, len(data))
			sum.Write(data)
		}
	}
	add("", r.fsys)
	add("catalogue/", catalogue)
	add("words/", words.Files)
	return hex.EncodeToString(sum.Sum(nil))
}
