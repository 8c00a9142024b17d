package config

import (
	"slices"

	"tereze/config/tree"
	"tereze/model"
)

// Register is what an instance says about words spoken in public: the
// statements, what was asked for, what was promised, and the guide.
type Register struct {
	Wordings    []Wording
	Statements  []Statement // in the order of the file, which is that of the site
	LettersIn   []string    // languages in which requests are sent
	Laws        []Law
	Requests    []Request
	Commitments []Commitment
	Guide       Guide
}

// register reads the four parts. What they refer to is checked by checkRegister.
func (r *reader) register(in *Instance) registerNodes {
	var n registerNodes
	n.statements = r.yaml(r.fsys, "statements.yaml", "statements.yaml")
	n.requests = r.yaml(r.fsys, "requests.yaml", "requests.yaml")
	n.commitments = r.yaml(r.fsys, "commitments.yaml", "commitments.yaml")
	var s statementsFile
	if n.statements != nil {
		r.decode(n.statements, &s)
		var sources []string
		for _, src := range in.Sources {
			sources = append(sources, src.ID)
		}
		r.occasions(&s, n.statements, sources)
	}
	in.Wordings, in.Statements = s.Wordings, s.Statements
	var q requestsFile
	if n.requests != nil {
		r.decode(n.requests, &q)
	}
	in.LettersIn, in.Laws, in.Requests = q.LettersIn, q.Laws, q.Requests
	var c commitmentsFile
	if n.commitments != nil {
		r.decode(n.commitments, &c)
	}
	in.Commitments = c.Commitments
	r.guide(in, &n)
	for _, list := range []*tree.Node{n.statements.Get("occasions"), n.statements.Get("wordings"), n.statements.Get("statements"), n.requests.Get("laws"), n.requests.Get("requests"), n.commitments.Get("commitments")} {
		r.idsOnce(list)
	}
	return n
}

// registerNodes are where the parts were written.
type registerNodes struct {
	statements, requests, commitments, questions *tree.Node
}

// checkRegister looks at what the parts refer to.
func (r *reader) checkRegister(in *Instance, n registerNodes, valid names) {
	var requests, sources, statements []string
	for _, q := range in.Requests {
		requests = append(requests, q.ID)
	}
	for _, s := range in.Sources {
		sources = append(sources, s.ID)
	}
	for _, s := range in.Statements {
		statements = append(statements, s.ID)
	}
	for i, s := range in.Statements {
		r.checkStatement(in, s, n.statements.Get("statements").Items[i], valid, sources, requests)
	}
	for i, w := range in.Wordings {
		if w.Low == nil && w.High == nil {
			r.bad(n.statements.Get("wordings").Items[i].At("low"), "missing_key", "", "neither low nor high is given; expected at least one factor of the number that was said")
		}
	}
	r.checkRequests(in, n.requests, valid)
	for i, c := range in.Commitments {
		r.checkCommitment(in, c, n.commitments.Get("commitments").Items[i], valid, statements)
	}
	r.checkGuide(in, n)
}

// itemOf is the i-th entry of a list under a key, nil where there is none.
func itemOf(n *tree.Node, key string, i int) *tree.Node {
	if list := n.Get(key); list != nil && i < len(list.Items) {
		return list.Items[i]
	}
	return n
}

// refs checks a list of names.
func (r *reader) refs(n *tree.Node, key, what string, ids, valid []string) {
	for i, id := range ids {
		r.ref(itemPlace(n.Get(key), i), what, id, valid)
	}
}

// warn notes what an instance can live with.
func (r *reader) warn(p model.Place, code, text string) {
	w := model.Problem{Place: p, Code: code, Level: model.Warning, Text: text}
	if !slices.ContainsFunc(r.warnings, func(x model.Problem) bool { return x.Place == w.Place && x.Text == w.Text }) {
		r.warnings = append(r.warnings, w)
	}
}

// webAddress refuses what is no address of a page.
func (r *reader) webAddress(p model.Place, address string) {
	if address != "" && !slices.ContainsFunc([]string{"https://", "http://"}, func(s string) bool { return len(address) > len(s) && address[:len(s)] == s }) {
		r.bad(p, "wrong_value", "", "%q stands here; expected an address that begins with https://", address)
	}
}
