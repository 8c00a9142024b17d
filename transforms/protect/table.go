package protect

// Unbounded is a limit that a reader of the tables cannot name.
const Unbounded = int64(1) << 60

// Cell is one count of persons or families.
type Cell struct {
	Value int64
	Known bool // its owner has published it: it is shown whatever happens, and counts as known
	Small bool // itself to be hidden
	Lo    int64
	Hi    int64 // what a reader who sees the mark of a small cell knows about it; unused for others
	Twin  int   // cells with one number are the same count from several sources and are hidden together
}

// Term is a cell's place in a sum; Sign is +1, or -1 for the whole.
type Term struct {
	Cell int
	Sign int64
}

// Table is all cells and the sums that tie them: in each, Sign × Value adds
// up to zero over its terms. The whole comes first.
type Table struct {
	Threshold int64
	Cells     []Cell
	Sums      [][]Term
}

// Mark says how a cell is shown.
type Mark uint8

// The marks: shown, hidden because small, hidden so that a small one cannot
// be worked out.
const (
	Shown Mark = iota
	Primary
	Secondary
)
