package model

// Snapshot is the immutable bytes of one delivery.
type Snapshot struct {
	SHA256      string
	Token       string // what readers see in its place; empty = they may see the hash
	Bytes       int64
	Origin      string // path below the instance folder, or address
	Source      string // id of the source
	RetrievedAt string // RFC 3339; private, it differs between machines
	RetrievedOn Date   // as declared by the source; public
	Licence     string
	Headers     map[string]string
	Original    string            // hash of the bytes as they came, where these are a redacted copy
	Redacted    int               // cells with personal data that the copy lacks
	Detected    map[string]string // encoding, separator, decimal, header row … as found
}

// Shown is the name of the snapshot in everything that is published.
func (s Snapshot) Shown() string {
	if s.Token != "" {
		return s.Token
	}
	return s.SHA256
}

// Place is the address of a cell or a line, as a person would look it up.
type Place struct {
	File   string
	Sheet  string
	Row    int    // 1-based; 0 = the whole file
	Column string // letter or field name
	Line   int    // of a configuration file
	Key    string // of a configuration file
}

// Cell is one raw text with its address and its part in the table.
type Cell struct {
	Place
	Text    string
	Numeric bool // the file's own number type (a workbook's or JSON's number): its decimal sign is the point
}

// Record is one value cell with the raw texts that key it. It is what a
// source yields: nothing is interpreted yet.
type Record struct {
	Value     Cell
	Area      string // raw text, or a code where the source is about one area
	Period    string // raw text
	Measure   string // measure id, or raw label where the table is long
	Qualifier string
	RoundedTo string // the owner rounded to this: 1000
	Reference string // address of this one figure, when it differs from the source's
	KnownFrom string
	Note      string

	Evidence     string // document that proves the figure
	EvidenceDate string
	Refusal      string // reason code, when the reader already knows that the cell cannot be accepted
}

// Accounting counts value cells: neither key nor layout. Read always equals
// Accepted + Refused + DroppedPersonal.
type Accounting struct {
	Read            int64
	Accepted        int64
	Refused         int64
	DroppedPersonal int64
	Layout          int64 // title, header, total, blank and note cells, counted apart
}

// Balanced reports whether every value cell has exactly one fate.
func (a Accounting) Balanced() bool { return a.Read == a.Accepted+a.Refused+a.DroppedPersonal }
