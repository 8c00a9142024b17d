package model

// Area is a dated territory; its key is (Code, ValidFrom). A code may be
// kept while the territory changes, so the code alone names nothing.
type Area struct {
	Code       string
	ValidFrom  Date   // OpenStart when not recorded
	ValidTo    Date   // last day; empty = still valid
	Level      string // country, region, city, district
	Parent     string // a code, resolved by date; empty for the top
	Names      Text
	In         Text    // place phrase for sentences ("in Altai District"); may lack languages, then grammar builds it
	Centre     Text    // seat of the administration
	Lat, Lon   float64 // centre point in degrees; both 0 when unknown
	AreaKM2    float64 // 0 when unknown
	Note       Text
	Unverified bool // some fact of this row (usually its date) has no confirmed source
}

// ValidOn reports whether the area existed on the day.
func (a Area) ValidOn(d Date) bool {
	return a.ValidFrom <= d && (a.ValidTo == "" || d <= a.ValidTo)
}

// AreaEvent is a dated change of territory.
type AreaEvent struct {
	ID        string
	Date      Date
	Kind      string    // create, abolish, split, merge, rename, recode, transfer
	From, To  []string  // area keys "code" valid just before / from the date
	Share     float64   // share of people that moved, 0..1; negative = unknown
	Shares    []float64 // shares of all areas of To, in their order, adding up to one; nil = only Share is known
	ShareFrom string    // where the share is taken from; empty = the reference says
	Reference string
	Verified  bool
	Name      Text
}

// ChangesTerritory reports whether the event moves land or people, so that
// counts before and after it are of different territories.
func (e AreaEvent) ChangesTerritory() bool { return e.Kind != "rename" && e.Kind != "recode" }

// PolicyEvent is a dated rule change that touches measures.
type PolicyEvent struct {
	ID        string
	Date      Date
	Until     Date // for a rule that held for a time; empty = until the next
	Measures  []string
	Changes   string // eligibility, amount, counting, responsible_body
	Name      Text
	What      Text
	Reference string
	Verified  bool
}
