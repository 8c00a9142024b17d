package config

import (
	"tereze/config/tree"
	"tereze/model"
)

// targets refuses a target that has no way to go: progress is measured along
// the way from its base.
func (r *reader) targets(n *tree.Node, x model.Indicator) {
	for i, t := range x.Targets {
		at := itemPlace(n.Get("targets"), i)
		if t.Base == t.Goal {
			r.bad(at, "wrong_value", "", "base and target are both %v; expected a way between them", t.Base)
		}
		if t.By != "" && t.BasePeriod.End != "" && t.By <= t.BasePeriod.End {
			r.bad(at, "wrong_value", "", "the target is to be reached by %s, before the base period %s is over", t.By, t.BasePeriod)
		}
	}
}

// queue refuses a queue whose parts are not counted in one way: who waits is a
// stock, who leaves and joins are flows of the same unit.
func (r *reader) queue(in *Instance, n *tree.Node, x model.Indicator, byID map[string]model.Measure, valid names) {
	q := n.Get("queue")
	if q == nil {
		return
	}
	shown := map[string]bool{} // measures that a count indicator shows
	for _, k := range in.Indicators {
		if k.Kind == model.Count {
			shown[k.Numerator.Measure] = true
		}
	}
	stock := byID[x.Queue.Stock]
	for _, part := range []struct {
		key, id string
		basis   model.Basis
	}{{"stock", x.Queue.Stock, model.Stock}, {"exits", x.Queue.Exits, model.Flow}, {"entries", x.Queue.Entries, model.Flow}} {
		r.ref(q.At(part.key), "measure", part.id, valid.measures)
		m, ok := byID[part.id]
		switch {
		case !ok:
		case m.Basis != part.basis:
			r.bad(q.At(part.key), "mixed_basis", "", "%s is %s; expected a %s", m.ID, m.Basis, part.basis)
		case m.Unit != stock.Unit:
			r.bad(q.At(part.key), "mixed_counts", "", "%s is counted in %s and %s in %s; a queue has one unit", m.ID, m.Unit, stock.ID, stock.Unit)
		case !shown[m.ID]:
			r.bad(q.At(part.key), "missing_key", "", "no indicator of kind count shows %s; declare one", m.ID)
		}
	}
}
