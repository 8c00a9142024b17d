package model

// Measure is what is counted, before any formula.
type Measure struct {
	ID         string
	Name       Text
	Definition Text
	Unit       string // id of a unit in the words files: families, children, percent …
	Population string // large, low_income, both, either, all: they overlap and are never added up
	Counts     Counts
	Basis      Basis
	Since      Date     // start of a cumulative count; empty when nobody named it
	Total      string   // id of the measure this one is a category of
	Department string   // who owes it inside an akimat: social, employment, education, health, housing, business
	Labels     []string // how reports call it: column heads, row labels
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
}

// Subject groups indicators, in the order of the founding article.
type Subject struct {
	ID   string
	Name Text
}
