package public

import "slices"

// Restated values are those of one indicator on the territories of other
// days. They stand apart: a page that reads values as reported never meets
// them by accident.

// All is every value of the indicator in the order of the files: as
// reported, and on other territories.
func (i *Indicator) All() []*Value { return i.every }

// On are the values of an area on the territory of a day: those restated to
// it, oldest first.
func (i *Indicator) On(territory string, k Key) []*Value {
	var out []*Value
	for _, v := range i.Restated {
		if v.Territory == territory && v.Area == k {
			out = append(out, v)
		}
	}
	return out
}

// Territories are the days on whose borders there are restated values, in
// their order.
func (i *Indicator) Territories() []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range i.Restated {
		if !seen[v.Territory] {
			seen[v.Territory] = true
			out = append(out, v.Territory)
		}
	}
	slices.Sort(out)
	return out
}

// restated reports whether a value was moved to another territory: it has a
// date for its borders, and neither a source that declares them nor reports
// of parts that it was summed from.
func (l *loader) restated(v *Value) bool {
	if v.Territory == "" || v.Territory == "as_reported" || !v.Computed() {
		return false
	}
	_, summed := l.data.coverage[v.ID("value")]
	return !summed
}
