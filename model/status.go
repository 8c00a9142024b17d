package model

// Basis says what a count covers in time. Mixing bases is the commonest way
// to a false comparison, so each measure has exactly one.
type Basis string

const (
	Stock      Basis = "stock"        // as at a day: families registered on 30 June
	Flow       Basis = "flow"         // during the period: vouchers given in the summer
	YearToDate Basis = "year_to_date" // since 1 January of the period's year
	Cumulative Basis = "cumulative"   // since a date that may be unknown
)

// Counts says what one unit of a measure is. Protection of small counts is
// for persons and families only.
type Counts string

const (
	Persons  Counts = "persons"
	Families Counts = "families"
	Things   Counts = "things" // meetings, shops, money, percentages: nobody is exposed by them
)

// Protected reports whether small counts of this kind can expose somebody.
func (c Counts) Protected() bool { return c == Persons || c == Families }

// ObsStatus is SDMX's observation status; one code, the first that holds in
// the order of this list.
type ObsStatus string

const (
	Suppressed      ObsStatus = "Q"
	CannotExist     ObsStatus = "M"
	Missing         ObsStatus = "O"
	Break           ObsStatus = "B" // an event lies between this value and what it is compared with, or the point before
	OtherDefinition ObsStatus = "D"
	Estimated       ObsStatus = "E"
	Provisional     ObsStatus = "P"
	Projected       ObsStatus = "F"
	Normal          ObsStatus = "A"
)

// ConfStatus is SDMX's confidentiality status.
type ConfStatus string

const (
	Free               ConfStatus = "F"
	PrimaryProtected   ConfStatus = "A" // itself small
	DerivedProtected   ConfStatus = "D" // hidden so that a small one cannot be worked out
	SourceConfidential ConfStatus = "C" // confidential at the source
)

// Reason tells apart what the status O covers, and on what a value with the
// status D or E rests.
type Reason string

const (
	NotSupplied     Reason = "not_supplied"
	RefusedBySender Reason = "refused_by_sender"
	RefusedAtDoor   Reason = "refused_at_door"
	Held            Reason = "held"
	OldDenominator  Reason = "old_denominator" // D: it divides by the people of an earlier day than its indicator allows
	SpreadAssumed   Reason = "spread_assumed"  // E: divided as if it were spread like the people
	SpreadUnknown   Reason = "spread_unknown"  // E: a range, since its group is not spread like the people
	NoUpperLimit    Reason = "no_upper_limit"  // a rate whose denominator may be anything from nothing up
	ShareUnknown    Reason = "share_unknown"   // E: a range, since nobody knows how many people moved
)

// Qualifier is how a figure was put into words by its owner.
type Qualifier string

const (
	AsCounted Qualifier = ""
	About     Qualifier = "about"
	Almost    Qualifier = "almost"
	MoreThan  Qualifier = "more_than"
	LessThan  Qualifier = "less_than"
	Rounded   Qualifier = "rounded"
	Nil       Qualifier = "nil" // a reported "-": none
)

// Nature says where data come from and so what may be shown.
type Nature string

const (
	Published Nature = "published" // made public by its owner, with an address
	Reported  Nature = "reported"  // sent to the office; protection applies
	Example   Nature = "example"   // invented
)

// IntervalKind says what lower and upper mean.
type IntervalKind string

const (
	NoInterval    IntervalKind = ""
	Model95       IntervalKind = "model_95"
	RoundingRange IntervalKind = "rounding"
	Apportionment IntervalKind = "apportionment"
)
