// Package figure draws. A Figure is described once (marks, intervals,
// events, units, words); the inline SVG, the HTML table and the ECharts
// option are three views of that one description, so they cannot disagree.
// It receives numbers already formatted and decides nothing about them.
package figure

// Kind names a form of figure; each answers one question (PAGES, one grammar).
type Kind string

const (
	Dots      Kind = "dots"      // how do districts compare: dot with its interval, sorted, region as a rule
	Line      Kind = "line"      // how did it go
	Multiples Kind = "multiples" // the same for all districts, small
	Map       Kind = "map"       // where: Dorling cartogram, or polygons
	Stages    Kind = "stages"    // out of how many: one bar cut into its parts in order
	Ruler     Kind = "ruler"     // claim against data: ranges on one axis
	Grid      Kind = "grid"      // who reported: districts × periods
	RowBars   Kind = "rowbars"   // what became of the rows: one bar a source
	Spine     Kind = "spine"     // one area against the region, many indicators
	Spark     Kind = "spark"     // a word-sized line, no axes
)

// Number is one shown number with its identity. Where nothing can be shown
// Has is false, and Sign (… x - n/a) and Why stand in its place.
type Number struct {
	ID    string  // data-n: indicator/area/valid_from/period/base_period/territory/source/field
	Raw   string  // exactly as in the CSV; empty when there is none
	Value float64 // Raw as a number
	Has   bool
	Shown string // formatted for the language, without the unit
	Sign  string // the sign that stands for a missing number
	Why   string // the sign in words
	Flag  string // e for estimated, b for break, empty otherwise; shown as a superscript
}

// Mark is one drawn value.
type Mark struct {
	Key          string // stable key: area code, period, source id
	Label        string
	Href         string // page the label leads to; empty = none
	N            Number
	Lower, Upper *Number // nil = no interval
	Of           *Number // what it is out of (denominator); nil = none
	X            float64 // position in time, in years (2021.5); only where time is drawn
	XLabel       string
	Hollow       bool // became known later than the point it is compared with
	Highlight    bool
	Class        string  // grid: on_time late not_supplied refused held not_due; rowbars, stages: part id
	Lat, Lon     float64 // map: centre in degrees
	Size         float64 // map: what the circle's area stands for; 0 = unknown
	Polygon      [][][2]float64 // map: rings in degrees, empty for a cartogram
	Note         string
}

// Series is a run of marks: one line, one row of a grid, one bar.
type Series struct {
	Key, Name, Href string
	Marks           []Mark
	Faint           bool // background, such as the region's line behind a district's
	Highlight       bool
}

// Rule is a value that all marks are compared with, such as the region's.
type Rule struct {
	Label        string
	N            Number
	Lower, Upper *Number
}

// Event is a dated change on the time axis.
type Event struct {
	X     float64
	Until float64 // > X for a rule period drawn as a band
	Date  string  // as people write it
	Label string
	Cut   bool // territory or definition changed: no line is drawn across it
}

// Figure is the one description. Titles: Finding is a sentence, Subtitle
// says what, where, when, unit.
type Figure struct {
	ID       string // unique on the page, used for anchors
	Kind     Kind
	Lang     string
	Finding  string
	Subtitle string
	Unit     string // in words, for the head of the table and the axis
	Decimals int
	Series   []Series
	Rule     *Rule
	Events   []Event
	Columns  []string // heads of the table: first column, value, …; grid: periods
	Source   string   // "Source: …, date, release …"
	Notes    []string // one line each, under the figure
	Legend   []LegendItem
	Example  string // the words "invented example" in the page's language; empty for real data
	Words    Words
	Download string // href of the SVG file; empty = no file
	Format   func(float64) string // axis ticks in the language of the page
}

// LegendItem explains a class of marks where labels at the marks cannot.
type LegendItem struct{ Class, Label string }

// Words are the few fixed words a figure needs, in the page's language.
type Words struct {
	AsTable   string // "as a table"
	NoData    string
	Interval  string // "95 % interval" or "range of rounding"
	Lower     string
	Upper     string
	OutOf     string
	Region    string
	Area      string
	Period    string
	Value     string
	Enlarge   string
	Histogram string
	SignsHead string // "Signs:"
}
