package config

import (
	"slices"

	"tereze/model"
)

// Source says who delivers which measures, how, and when they are due.
type Source struct {
	ID           string // name of its file without the extension
	Path         string // its file below the instance folder: sources/ID.yaml
	Series       string // sources with one series make one delivery together
	Kind         string // format of its files, or the service it is fetched from
	Title        model.Text
	Publisher    model.Text
	Licence      string
	Nature       model.Nature
	Address      string     // where its owner made it public
	PublishedOn  model.Date // the default known_from
	PublishedDay string     // what PublishedOn is where the day is not known: taken, earliest, about; empty = it is known
	RetrievedOn  model.Date
	Note         model.Text
	Files        string      // path or glob below the instance folder
	Connection   *Connection // nil = read from files
	Aggregate    *Aggregate  // nil = the cells themselves are read
	Encoding     string      // empty = detect
	Separator    string      // empty = detect
	Decimal      string      // "." or ","; empty = detect
	Territory    model.Date
	Calendar     *Calendar // nil = nothing is due
	DateOrder    string    // day_first, month_first; empty = dates that could be either are refused
	Contract     *Contract // nil = nothing beside the rules of its measures
	Form         *Form     // nil = the source has its own files
	Table        Mapping
}

// Calendar says who owes what by when.
type Calendar struct {
	Periods []model.Period
	DueDays int      // due = end of the period + DueDays
	Areas   []string // codes; empty = all children of the region valid at the period's end
}

// Due is the day a report for the period is due.
func (c *Calendar) Due(p model.Period) model.Date { return p.End.AddDays(c.DueDays) }

// Mapping says where in a table the parts of a record stand.
type Mapping struct {
	Sheet        string            `yaml:"sheet" doc:"Workbooks: name of the sheet; absent = the first."`
	Records      string            `yaml:"records" doc:"JSON: dotted path to the array of objects."`
	HeaderRows   int               `yaml:"header_rows" doc:"How many rows the column heads span; they are joined with ' / '."`
	Totals       []string          `yaml:"totals" doc:"Texts in the area column that mark a total row, added to the words of all languages."`
	Area         Key               `yaml:"area" doc:"Where the area of a row stands."`
	Period       Key               `yaml:"period" doc:"Where the period of a row stands."`
	Received     Key               `yaml:"received" doc:"Where the day of receipt stands."`
	Measure      Key               `yaml:"measure" doc:"Long tables: where the measure stands, as its id or one of its labels."`
	Value        Key               `yaml:"value" doc:"Long tables: where the value stands."`
	Values       map[string]string `yaml:"values" doc:"Wide tables: column head to measure id."`
	Qualifier    Key               `yaml:"qualifier" doc:"Where the qualifier (about, almost, more_than, less_than, rounded) stands."`
	RoundedTo    Key               `yaml:"rounded_to" doc:"Where the unit of rounding (1000) stands."`
	Reference    Key               `yaml:"reference" doc:"Where the address of the single figure stands."`
	KnownFrom    Key               `yaml:"known_from" doc:"Where the day the figure became known stands."`
	Evidence     Key               `yaml:"evidence" doc:"Where the document that proves the figure stands."`
	EvidenceDate Key               `yaml:"evidence_date" doc:"Where the date of that document stands."`
	Note         Key               `yaml:"note" doc:"Where remarks stand."`
	Ignore       []string          `yaml:"ignore" doc:"Columns known to be layout."`
	Expect       []string          `yaml:"-"` // columns that the contract of the source asks for, read or not
}

// Key is one place of a table: exactly one of its fields is set, or none
// where the table has no such part.
type Key struct {
	Column string `yaml:"column" doc:"Head of a column."`
	Cell   string `yaml:"cell" doc:"Address of one cell, such as B3."`
	File   string `yaml:"file" doc:"Regular expression over the file's name; its first group is the text."`
	Value  string `yaml:"value" doc:"The text itself."`
}

// Set reports whether the table has this part.
func (k Key) Set() bool { return k != Key{} }

// Long reports whether each row of the table holds one value and names its measure.
func (m Mapping) Long() bool { return m.Value.Set() }

// PublicSource is the part of a source that everybody may see.
type PublicSource struct {
	ID, Series, Kind         string
	Publisher                model.Text
	Licence                  string
	Nature                   model.Nature
	Address                  string
	PublishedOn, RetrievedOn model.Date
	PublishedDay             string // as in Source
	Title, Note              model.Text
	Calendar                 *Calendar
	DateOrder                string
	Contract                 *Contract
	Form                     *Form // nil = the source has its own files
	Networked                bool  // fetched from a network
	Parts                    []TablePart
}

// TablePart says where in a source's table one part of its records stands.
type TablePart struct {
	Part    string // area, period, received, measure, value …, as the keys of a mapping are called
	Measure string // of a column of values of one measure
	Key     Key
}

// parts are the parts of a table that are declared, those of a record first,
// then a column of values each.
func (m Mapping) parts() []TablePart {
	var out []TablePart
	add := func(part string, k Key) {
		if k.Set() {
			out = append(out, TablePart{Part: part, Key: k})
		}
	}
	add("area", m.Area)
	add("period", m.Period)
	add("received", m.Received)
	add("measure", m.Measure)
	add("value", m.Value)
	heads := make([]string, 0, len(m.Values))
	for head := range m.Values {
		heads = append(heads, head)
	}
	slices.Sort(heads)
	for _, head := range heads {
		out = append(out, TablePart{Part: "value", Measure: m.Values[head], Key: Key{Column: head}})
	}
	add("qualifier", m.Qualifier)
	add("rounded_to", m.RoundedTo)
	add("known_from", m.KnownFrom)
	add("reference", m.Reference)
	add("evidence", m.Evidence)
	add("evidence_date", m.EvidenceDate)
	add("note", m.Note)
	return out
}

func (s Source) public() PublicSource {
	return PublicSource{
		ID: s.ID, Series: s.Series, Kind: s.Kind, Publisher: s.Publisher, Licence: s.Licence,
		Nature: s.Nature, Address: s.Address, PublishedOn: s.PublishedOn, PublishedDay: s.PublishedDay, RetrievedOn: s.RetrievedOn,
		Title: s.Title, Note: s.Note, Calendar: s.Calendar, DateOrder: s.DateOrder, Contract: s.Contract,
		Form: s.Form, Networked: s.Networked(), Parts: s.Table.parts(),
	}
}
