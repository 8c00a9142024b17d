package config

import (
	"tereze/config/tree"
	"tereze/model"
)

// The types below are the YAML files as they are written.

type instanceFile struct {
	Name            model.Text  `yaml:"name" need:"yes" doc:"Name of the region, or of the site."`
	Owner           model.Text  `yaml:"owner" need:"yes" doc:"Whose site this is, in one line."`
	Languages       []string    `yaml:"languages" need:"yes" doc:"Codes of the languages, in the order readers see them."`
	DefaultLanguage string      `yaml:"default_language" need:"yes" doc:"Language for readers who have not chosen."`
	BaseURL         string      `yaml:"base_url" doc:"Address of the site, for canonical links and feeds only."`
	Region          string      `yaml:"region" need:"yes" doc:"Code of the area this site is about."`
	Country         string      `yaml:"country" need:"yes" doc:"Code of the country."`
	ReferenceDate   model.Date  `yaml:"reference_date" need:"yes" doc:"The day whose areas home, map and compare show."`
	Today           model.Date  `yaml:"today" doc:"The day the site is built for; absent means the present day."`
	Licence         model.Text  `yaml:"licence" need:"yes" doc:"Under which terms others may use the data."`
	Contact         Contact     `yaml:"contact" doc:"Where readers may turn to."`
	Catalogue       bool        `yaml:"catalogue" doc:"Take the measures, indicators, policy events and terms that ship with the program first."`
	Example         bool        `yaml:"example" doc:"All of it is invented."`
	ExampleInstance string      `yaml:"example_instance" doc:"The invented example that is built beside."`
	Disclosure      Disclosure  `yaml:"disclosure" doc:"Protection of small counts."`
	Lead            *leadFile   `yaml:"lead" doc:"The statement the home page opens with."`
	Map             MapSettings `yaml:"map" doc:"The map on the home page."`
	Rules           *rulesFile  `yaml:"rules" doc:"What the door asks of every measure that declares nothing else."`
}

type leadFile struct {
	Indicator string       `yaml:"indicator" need:"yes" doc:"Indicator the statement is about."`
	Area      string       `yaml:"area" need:"yes" doc:"Code of the area the statement is about."`
	Period    model.Period `yaml:"period" need:"yes" doc:"Period the statement is about."`
	Title     model.Text   `yaml:"title" need:"yes" doc:"The statement in one line."`
	Text      model.Text   `yaml:"text" need:"yes" doc:"What it can mean and what it rests on."`
}

type measuresFile struct {
	Measures []measureFile `yaml:"measures" doc:"What is counted."`
}

type measureFile struct {
	ID         string       `yaml:"id" need:"yes" doc:"Name in files: lower_snake_case."`
	Name       model.Text   `yaml:"name" need:"yes" doc:"Short name."`
	Definition model.Text   `yaml:"definition" need:"yes" doc:"What is counted, and what is not."`
	Unit       string       `yaml:"unit" need:"yes" doc:"Id of a unit in the words files."`
	Of         string       `yaml:"of" doc:"For a percentage, a rate or a sum that came ready-made: the unit of those it is about, such as children."`
	Population string       `yaml:"population" need:"yes" enum:"large|low_income|both|either|all" doc:"Whom it is about; these groups overlap."`
	Counts     model.Counts `yaml:"counts" need:"yes" enum:"persons|families|things" doc:"What one unit is; persons and families are protected."`
	Basis      model.Basis  `yaml:"basis" need:"yes" enum:"stock|flow|year_to_date|cumulative" doc:"What a count covers in time."`
	Since      model.Date   `yaml:"since" doc:"Cumulative only: when the count began."`
	Total      string       `yaml:"total" doc:"Measure this one is a category of."`
	Spread     model.Spread `yaml:"spread" enum:"people|uneven" doc:"Where a part of an area left with a known share of the people: whether the count may be divided by it (people, an assumption that is named) or not (uneven); absent means yes for all people and no for a group of them."`
	Department string       `yaml:"department" need:"yes" enum:"social|employment|education|health|housing|business|statistics" doc:"Who owes it."`
	Labels     []string     `yaml:"labels" doc:"How reports call it, in any language."`
	Rules      *rulesFile   `yaml:"rules" doc:"What the door asks of its values."`
}

type indicatorsFile struct {
	Subjects   []subjectFile   `yaml:"subjects" doc:"Groups of indicators, in the order of the site."`
	Indicators []indicatorFile `yaml:"indicators" doc:"Formulas over measures."`
}

type subjectFile struct {
	ID   string     `yaml:"id" need:"yes" doc:"Name in files: lower_snake_case."`
	Name model.Text `yaml:"name" need:"yes" doc:"Name of the subject."`
}

type inputFile struct {
	Measure string `yaml:"measure" need:"yes" doc:"Id of the measure."`
	Series  string `yaml:"series" doc:"Series of sources to take it from; absent means any that carries all inputs."`
}

type indicatorFile struct {
	ID                  string              `yaml:"id" need:"yes" doc:"Name in files and addresses: lower_snake_case."`
	Subject             string              `yaml:"subject" need:"yes" doc:"Id of the subject."`
	Kind                model.IndicatorKind `yaml:"kind" need:"yes" enum:"count|share|rate|change|pace|model|timeliness" doc:"The formula."`
	Numerator           model.Input         `yaml:"numerator" doc:"The measure; of a share or rate the part."`
	Denominator         model.Input         `yaml:"denominator" doc:"Share and rate: what it is out of."`
	Per                 float64             `yaml:"per" doc:"Rate: 1000 means per 1,000."`
	Back                int                 `yaml:"back" doc:"Change: how many years back the base lies."`
	Model               string              `yaml:"model" doc:"Kind model: file name below models/."`
	Weight              string              `yaml:"weight" doc:"Count in per cent: measure of people that weighs the parts when a territory is put together."`
	Annualise           bool                `yaml:"annualise" doc:"Rate over a flow: brings periods of other lengths to a year."`
	MaxAge              int                 `yaml:"max_denominator_age_days" doc:"Share and rate: a denominator older than this at the period's end is marked."`
	After               []string            `yaml:"after" doc:"Kind model: indicators whose values the model reads."`
	Unit                string              `yaml:"unit" need:"yes" doc:"Id of a unit in the words files."`
	Decimals            int                 `yaml:"decimals" doc:"How many decimals the data bear."`
	Direction           string              `yaml:"direction" need:"yes" enum:"up|down|none" doc:"Which way is good."`
	Headline            bool                `yaml:"headline" doc:"Stands on the home page for its subject."`
	Survey              bool                `yaml:"survey" doc:"From a sample survey that gives no error."`
	CumulativeOverStock bool                `yaml:"cumulative_over_stock" doc:"Declares that a cumulative count is divided by a stock on purpose."`
	Name                model.Text          `yaml:"name" need:"yes" doc:"Short title."`
	Question            model.Text          `yaml:"question" need:"yes" doc:"Heading of its page."`
	Definition          model.Text          `yaml:"definition" need:"yes" doc:"What the number is."`
	Formula             model.Text          `yaml:"formula" need:"yes" doc:"The formula in words."`
	DoesNotSay          model.Text          `yaml:"does_not_say" need:"yes" doc:"What must not be read from it."`
	Note                model.Text          `yaml:"note" doc:"What else a reader must know."`
	Gap                 *gapFile            `yaml:"gap" doc:"What is missing, and who has it."`
	Targets             []targetFile        `yaml:"targets" doc:"Values that were set for the region, each with its day."`
	Queue               *queueFile          `yaml:"queue" doc:"Makes it a counted queue whose clearance is projected."`
}

type targetFile struct {
	Base       float64      `yaml:"base" need:"yes" doc:"The value it starts from."`
	BasePeriod model.Period `yaml:"base_period" need:"yes" doc:"The period of that value."`
	Target     float64      `yaml:"target" need:"yes" doc:"The value that is to be reached; may be zero."`
	By         model.Date   `yaml:"by" need:"yes" doc:"The day by which."`
	Reference  string       `yaml:"reference" need:"yes" doc:"Where it was set."`
}

type queueFile struct {
	Stock   string `yaml:"stock" need:"yes" doc:"Measure: who waits at the end of a period."`
	Exits   string `yaml:"exits" need:"yes" doc:"Measure: who left the queue in a period because they were served."`
	Entries string `yaml:"entries" doc:"Measure: who joined it; absent means what balances the queue."`
}

type gapFile struct {
	What   model.Text `yaml:"what" need:"yes" doc:"Which table is missing."`
	Who    model.Text `yaml:"who" need:"yes" doc:"Which office has it."`
	Since  model.Date `yaml:"since" doc:"Since when it has been due."`
	Nearby []string   `yaml:"nearby" doc:"Indicators that show what is known nearby."`
}

type policyFile struct {
	Events []policyEventFile `yaml:"policy_events" doc:"Dated changes of rules."`
}

type policyEventFile struct {
	ID        string     `yaml:"id" need:"yes" doc:"Name in files: lower_snake_case."`
	Date      model.Date `yaml:"date" need:"yes" doc:"Day the rule began."`
	Until     model.Date `yaml:"until" doc:"Last day of a rule that held for a time."`
	Measures  []string   `yaml:"measures" need:"yes" doc:"Measures whose counts it touches."`
	Changes   string     `yaml:"changes" need:"yes" enum:"eligibility|amount|counting|responsible_body" doc:"What it changes."`
	Name      model.Text `yaml:"name" need:"yes" doc:"Short name."`
	What      model.Text `yaml:"what" need:"yes" doc:"What changed, in a sentence."`
	Reference string     `yaml:"reference" doc:"Law, order or address."`
	Verified  bool       `yaml:"verified" doc:"A source was found."`
}

type sourceFile struct {
	ID           string        `yaml:"id" doc:"Name of the file without its extension; may be absent."`
	Series       string        `yaml:"series" need:"yes" doc:"Sources with one series make one delivery together."`
	Kind         string        `yaml:"kind" enum:"csv|xlsx|json|parquet|sdmx|jsonstat|web|egov|taldau|statgov|postgres|trino|clickhouse" doc:"Format of the files, or the service that is asked; needed unless there is a form."`
	Title        model.Text    `yaml:"title" need:"yes" doc:"What is delivered."`
	Publisher    model.Text    `yaml:"publisher" need:"yes" doc:"Who delivers it."`
	Licence      string        `yaml:"licence" doc:"Terms of use."`
	Nature       model.Nature  `yaml:"nature" need:"yes" enum:"published|reported|example" doc:"Made public by its owner, sent to the office, or invented."`
	Address      string        `yaml:"address" doc:"Where its owner made it public."`
	PublishedOn  model.Date    `yaml:"published_on" doc:"The day it became public."`
	PublishedDay string        `yaml:"published_day" enum:"taken|earliest|about" doc:"What published_on is where nobody knows the day of publication: the day it was taken, the earliest day it can be, or a day near it; absent means that the day is known."`
	RetrievedOn  model.Date    `yaml:"retrieved_on" doc:"The day it was taken."`
	Note         model.Text    `yaml:"note" doc:"Caveats."`
	Files        string        `yaml:"files" doc:"Path or glob below the instance folder; for what is read from files."`
	Connection   *tree.Node    `yaml:"connection" doc:"Where it is fetched from and what is asked for; keys depend on the kind."`
	Aggregate    *Aggregate    `yaml:"aggregate" doc:"Files with a row for every case: how the database counts them."`
	Encoding     string        `yaml:"encoding" enum:"utf-8|utf-8-bom|windows-1251" doc:"Absent means detect."`
	Separator    string        `yaml:"separator" doc:"One character; absent means detect."`
	Decimal      string        `yaml:"decimal" enum:".|," doc:"Absent means detect."`
	Territory    model.Date    `yaml:"territory" doc:"The rows are on the borders of this day."`
	Calendar     *calendarFile `yaml:"calendar" doc:"Who owes what by when."`
	DateOrder    string        `yaml:"date_order" enum:"day_first|month_first" doc:"Which comes first in dates such as 03/04/2021; absent means that such dates are refused."`
	Contract     *contractFile `yaml:"contract" doc:"What every delivery of this source must keep to."`
	Form         *Form         `yaml:"form" doc:"The workbook that offices fill in; tereze template writes it."`
	Table        *Mapping      `yaml:"table" doc:"Where in the table the parts of a record stand; needed unless there is a form."`
}

type calendarFile struct {
	Periods []model.Period `yaml:"periods" need:"yes" doc:"Periods that are reported."`
	DueDays int            `yaml:"due_days" need:"yes" doc:"Days after the end of the period."`
	Areas   []string       `yaml:"areas" doc:"Codes of those who owe; absent means all children of the region."`
}
