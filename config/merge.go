package config

import (
	"io/fs"
	"sync"

	"tereze/config/tree"
	"tereze/model"
)

// merged reads a YAML file of the catalogue (when it is taken) and the
// instance's file of the same name, and lays the second over the first: in
// the named lists entries with the same id are merged key by key, others are
// added behind.
func (r *reader) merged(catalogue fs.FS, name string, lists ...string) *tree.Node {
	var base *tree.Node
	if catalogue != nil {
		base = r.catalogueFile(catalogue, name)
	}
	own := r.yaml(r.fsys, name, name)
	for _, root := range []*tree.Node{base, own} {
		for _, list := range lists {
			r.idsOnce(root.Get(list))
		}
	}
	if base == nil || own == nil {
		if own == nil {
			return base
		}
		return own
	}
	out := tree.Merge(base, own)
	for i, f := range out.Fields {
		for _, list := range lists {
			if b, o := base.Get(list), own.Get(list); f.Name == list && b != nil && o != nil {
				out.Fields[i].Node = mergeByID(b, o)
			}
		}
	}
	return out
}

// parsed holds the files of the catalogue, each read when it is first asked
// for: a build loads two instances, and nodes are never changed.
var parsed sync.Map

func (r *reader) catalogueFile(catalogue fs.FS, name string) *tree.Node {
	read, _ := parsed.LoadOrStore(name, sync.OnceValues(func() (*tree.Node, Problems) {
		own := &reader{}
		root := own.yaml(catalogue, name, catalogueFolder+"/"+name)
		return root, own.problems
	}))
	root, problems := read.(func() (*tree.Node, Problems))()
	r.problems = append(r.problems, problems...)
	return root
}

// idsOnce complains about an id that stands twice in one list.
func (r *reader) idsOnce(list *tree.Node) {
	if list == nil {
		return
	}
	seen := map[string]int{}
	for _, e := range list.Items {
		id := e.Get("id")
		if id == nil || id.Kind != tree.Scalar {
			continue // a missing id is found when the entry is read
		}
		if first, twice := seen[id.Text]; twice {
			r.bad(id.Place(), "duplicate_id", "", "id %s stands twice (first in line %d)", id.Text, first)
			continue
		}
		seen[id.Text] = id.Line
		if !isID(id.Text) {
			r.bad(id.Place(), "wrong_value", "", "%q stands here; expected an id such as large_families: small Latin letters, digits and _", id.Text)
		}
	}
}

func mergeByID(base, own *tree.Node) *tree.Node {
	if base.Kind != tree.List || own.Kind != tree.List {
		return own
	}
	out := *base
	out.Items = append([]*tree.Node(nil), base.Items...)
	at := map[string]int{}
	for i, e := range out.Items {
		if id := e.Get("id"); id != nil {
			at[id.Text] = i
		}
	}
	for _, e := range own.Items {
		id := e.Get("id")
		if id == nil {
			out.Items = append(out.Items, e)
		} else if i, known := at[id.Text]; known {
			out.Items[i] = tree.Merge(out.Items[i], e)
		} else {
			at[id.Text] = len(out.Items)
			out.Items = append(out.Items, e)
		}
	}
	return &out
}

// isID reports whether s may stand in files, SQL and addresses.
func isID(s string) bool {
	for i, c := range s {
		if c != '_' && (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && len(s) <= 80
}

// measures, indicators and policy events, with the nodes they came from: the
// checks need their lines.
type declared struct {
	measures   []*tree.Node
	indicators []*tree.Node
	policies   []*tree.Node
	overStock  map[string]bool // indicators that declare a cumulative count over a stock
}

func (r *reader) declarations(in *Instance, catalogue fs.FS) declared {
	d := declared{overStock: map[string]bool{}}
	if root := r.merged(catalogue, "measures.yaml", "measures"); root != nil {
		var f measuresFile
		r.decode(root, &f)
		d.measures = items(root, "measures")
		for _, m := range f.Measures {
			in.Measures = append(in.Measures, m.model())
		}
	}
	if root := r.merged(catalogue, "indicators.yaml", "subjects", "indicators"); root != nil {
		var f indicatorsFile
		r.decode(root, &f)
		d.indicators = items(root, "indicators")
		for _, s := range f.Subjects {
			in.Subjects = append(in.Subjects, model.Subject(s))
		}
		for _, n := range f.Indicators {
			d.overStock[n.ID] = n.CumulativeOverStock
			in.Indicators = append(in.Indicators, n.model())
		}
	}
	rules := catalogue
	if in.Example {
		rules = nil // the country's real rules do not hold in an invented region; it brings its own
	}
	if root := r.merged(rules, "policy_events.yaml", "policy_events"); root != nil {
		var f policyFile
		r.decode(root, &f)
		d.policies = items(root, "policy_events")
		for _, e := range f.Events {
			in.PolicyEvents = append(in.PolicyEvents, e.model())
		}
	}
	return d
}

func items(root *tree.Node, list string) []*tree.Node {
	if n := root.Get(list); n != nil && n.Kind == tree.List {
		return n.Items
	}
	return nil
}

func (f indicatorFile) model() model.Indicator {
	n := model.Indicator{
		ID: f.ID, Subject: f.Subject, Kind: f.Kind, Numerator: f.Numerator, Denominator: f.Denominator,
		Per: f.Per, Back: f.Back, Weight: f.Weight, Annualise: f.Annualise, MaxAge: f.MaxAge, Model: f.Model, After: f.After, Unit: f.Unit, Decimals: f.Decimals,
		Direction: f.Direction, Headline: f.Headline, Survey: f.Survey, Name: f.Name, Question: f.Question,
		Definition: f.Definition, Formula: f.Formula, DoesNotSay: f.DoesNotSay, Note: f.Note,
	}
	if f.Gap != nil {
		n.Gap = model.Gap{What: f.Gap.What, Who: f.Gap.Who, Since: f.Gap.Since, Nearby: f.Gap.Nearby}
	}
	for _, t := range f.Targets {
		n.Targets = append(n.Targets, model.Target{Base: t.Base, BasePeriod: t.BasePeriod, Goal: t.Target, By: t.By, Reference: t.Reference})
	}
	if f.Queue != nil {
		n.Queue = model.Queue(*f.Queue)
	}
	return n
}

func (f policyEventFile) model() model.PolicyEvent {
	return model.PolicyEvent{
		ID: f.ID, Date: f.Date, Until: f.Until, Measures: f.Measures, Changes: f.Changes,
		Name: f.Name, What: f.What, Reference: f.Reference, Verified: f.Verified,
	}
}
