package model

// Measure is what is counted, before any formula.
type Measure struct {
	ID         string
	Name       Text
	Definition Text
	Unit       string // id of a unit in the words files: families, children, percent …
	Of         string // of a ready-made percentage or rate: the unit of those it is about; may be empty
	Population string // large, low_income, both, either, all: they overlap and are never added up
	Counts     Counts
	Basis      Basis
	Since      Date     // start of a cumulative count; empty when nobody named it
	Total      string   // id of the measure this one is a category of
	Spread     Spread   // how it is taken to lie over an area of which a part left
	Department string   // who owes it inside an akimat: social, employment, education, health, housing, business
	Labels     []string // how reports call it: column heads, row labels
	Rules      Rules    // what the door asks of its values
}

// Spread says whether the known share of the people that went with a part of
// an area may divide a count.
type Spread string

const (
	SpreadByGroup Spread = ""       // all people: like the people; a group of them: nobody knows
	LikePeople    Spread = "people" // assumed to be spread like the people, and said so
	Uneven        Spread = "uneven" // known not to be
)

// FollowsPeople reports whether a share of the people divides the count:
// persons and families of no special group do unless declared otherwise. A
// group, such as large families, is not spread like the people; things are not
// either.
func (m Measure) FollowsPeople() bool {
	switch m.Spread {
	case LikePeople:
		return true
	case Uneven:
		return false
	}
	return m.Counts.Protected() && (m.Population == "" || m.Population == "all")
}

// IndicatorKind names a formula.
type IndicatorKind string

const (
	Count  IndicatorKind = "count"  // the measure itself
	Share  IndicatorKind = "share"  // 100 × numerator ÷ denominator
	Rate   IndicatorKind = "rate"   // per × flow ÷ stock
	Change IndicatorKind = "change" // later against earlier, in per cent of the earlier
	Pace   IndicatorKind = "pace"   // what a running count gained in one period
	Model  IndicatorKind = "model"  // an own .sql file

	// Timeliness is the share of due reports that came on time: it reads
	// deliveries, no measure.
	Timeliness IndicatorKind = "timeliness"
)

// Input is one measure of a formula; Series limits it to one series of
// sources (empty = whichever series carries all inputs).
type Input struct {
	Measure string
	Series  string
}

// Gap says what is missing from an indicator, and who has it.
type Gap struct {
	What   Text     // which table is missing
	Who    Text     // which office has it
	Since  Date     // since when it has been due
	Nearby []string // indicators that show what is known nearby
}

// Indicator is a formula over measures with its direction, unit and words.
type Indicator struct {
	ID          string
	Subject     string
	Kind        IndicatorKind
	Numerator   Input // the measure, for count, change and pace
	Denominator Input
	Per         float64  // of a rate: 1000 = per 1,000
	Back        int      // of a change: how many years back the base lies
	Model       string   // of kind model: file name under models/
	After       []string // indicators whose values an own model reads
	Weight      string   // of a count in per cent: measure of people by which parts are put together on another territory
	Annualise   bool     // of a rate: a flow of another length than a year is brought to a year
	MaxAge      int      // of a share or rate: days that the denominator may be older than the period's end before it is marked; 0 = any
	Unit        string
	Decimals    int
	Direction   string // up, down (which way is good), none
	Headline    bool   // stands on the home page for its subject
	Survey      bool   // a sample survey whose error is not published: no interval, and says so
	Name        Text   // short title
	Question    Text   // heading of its page
	Definition  Text
	Formula     Text // formula in words
	DoesNotSay  Text
	Note        Text // e.g. two readings of one statement
	Gap         Gap
	Targets     []Target
	Queue       Queue
}

// Target is a value that somebody set in public for the region: from where, to
// where, until when.
type Target struct {
	Base       float64
	BasePeriod Period
	Goal       float64 // may be zero
	By         Date
	Reference  string // where it was set
}

// Queue makes an indicator of people who wait a counted queue: who waits, who
// left it, who joined it. Without Entries those who joined are what balances
// the queue.
type Queue struct {
	Stock, Exits, Entries string // measures, each with a count indicator
}

// Subject groups indicators, in the order of the founding article.
type Subject struct {
	ID   string
	Name Text
}
