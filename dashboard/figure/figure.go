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
	Funnel    Kind = "funnel"    // does chance explain it: values over what they are out of, with limits
	Spine     Kind = "spine"     // one area against the region, many indicators
	Spark     Kind = "spark"     // a word-sized line, no axes
	Lanes     Kind = "lanes"     // whose land: areas over time that split and join
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
	Short        string // shorter label for small places (map, multiples); empty = Label
	Href         string // page the label leads to; empty = none
	N            Number
	Lower, Upper *Number // nil = no interval
	Of           *Number // what it is out of (denominator); nil = none
	X            float64 // position in time, in years (2021.5); only where time is drawn
	XLabel       string
	Hollow       bool // became known later than the point it is compared with
	Highlight    bool
	Class        string         // grid: on_time late not_supplied refused held not_due; rowbars, stages: part id
	Lat, Lon     float64        // map: centre in degrees
	Size         float64        // map: what the circle's area stands for; 0 = unknown
	Polygon      [][][2]float64 // map: rings of {longitude, latitude} in degrees, empty for a cartogram
	Note         string
	Share        *Number  // stages: its share of the first stage; nil = none
	Until        float64  // lanes: end of the area in time; X is its beginning
	CameFrom     string   // lanes: the areas before it, in words
	Became       string   // lanes: the areas after it, in words
	Allowed      *Allowed // funnel: what chance allows an area of its size
}

// Series is a run of marks: one line, one row of a grid, one bar.
type Series struct {
	Key, Name, Href string
	Marks           []Mark
	Faint           bool // background, such as the region's line behind a district's
	OneLand         bool // all of it is on one territory: a changed border does not cut it
	Highlight       bool
	Events          []Event // multiples: changes of this run alone, such as a new name or border
	// The rest is for the spine, whose rows have a scale each.
	Rule      *Rule   // the region's value of this row's indicator
	Direction string  // up: more is better; down: less is better; none or empty: neither
	Unit      string  // of this row's numbers
	Spread    *Spread // of all areas; nil = taken from the marks
}

// Spread is how the values of all areas lie: used where drawing each one
// would weigh too much.
type Spread struct{ Min, Q1, Q3, Max float64 }

// Rule is a value that all marks are compared with, such as the region's.
type Rule struct {
	Label        string
	N            Number
	Lower, Upper *Number
}

// Event is a dated change on the time axis.
type Event struct {
	X     float64
	Until float64 // > X for a rule period drawn as a band; +Inf = it goes on, to the edge of the chart
	Date  string  // as people write it
	Label string
	Cut   bool // territory or definition changed: no line is drawn across it
	Land  bool // what changed is a border: lines on one territory go on
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
	Period   string // of all values, in words; empty where they have several or time is drawn
	Decimals int
	Series   []Series
	Rule     *Rule
	Events   []Event
	Joins    []Join   // lanes: where land changed hands
	Columns  []string // heads of the table: first column, value, …; grid: periods
	Source   string   // "Source: …, date, release …"
	Notes    []string // one line each, under the figure
	Legend   []LegendItem
	Example  string // the words "invented example" in the page's language; empty for real data
	Words    Words
	Download string               // href of the SVG file; empty = no file
	SaveAs   string               // the name under which a browser saves it; empty = its own
	Format   func(float64) string // axis ticks in the language of the page
	SizeNote string               // map: what the area of a circle stands for
	faces    *faces               // nil = not written yet
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
	Bracket   string // what a bracket beside sorted dots says; empty = no brackets are drawn
	Estimated string // what the flag e says
	Break     string // what the flag b says
	Close     string // closes the enlarged chart
	SaveSVG   string // names the link to the SVG file
	SaveCSV   string // names the button that saves the table as shown; empty = no button
	ShareOf   string // head of the column with shares of the first stage
	From, To  string // spine: lowest and highest of all areas
	Better    string // spine: which side is better
	Events    string // head of the list of events
}
