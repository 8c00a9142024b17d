package config

import (
	"io/fs"

	"tereze/config/words"
	"tereze/model"
)

// Instance is a region's whole configuration, read and checked. Load builds
// it; nothing changes it afterwards.
type Instance struct {
	ID              string
	FS              fs.FS // the instance folder
	Name            model.Text
	Owner           model.Text // whose site it is, one line
	Languages       []string
	DefaultLanguage string
	BaseURL         string // for canonical links and feeds; ends in "/" or is empty
	Region          string // area code
	Country         string // area code
	ReferenceDate   model.Date
	Today           model.Date
	Licence         model.Text
	Contact         Contact
	Example         bool   // all of it is invented
	ExampleInstance string // the example built beside; empty = none
	Disclosure      Disclosure
	Lead            Lead
	Map             MapSettings
	Areas           []model.Area // sorted by code, then valid_from
	Aliases         []Alias
	AreaEvents      []model.AreaEvent   // by date
	PolicyEvents    []model.PolicyEvent // by date
	Subjects        []model.Subject     // in the order of the site
	Measures        []model.Measure
	Indicators      []model.Indicator
	Sources         []Source    // by id
	Rules           model.Rules // what holds where neither a measure nor a source declares a rule
	Decisions       []Decision
	SenderRefusals  []SenderRefusal
	Explanations    []Explanation
	Corrections     []Correction
	Glossary        []Term
	Offices         []Office
	Boundaries      map[string]Rings // outlines by area code; nil when the instance has no boundaries.geojson
	Register
	Models   map[string]string // own .sql by file name
	Words    *words.Catalogue
	Hash     string          // sha256 over every file the instance was read from
	Warnings []model.Problem // what it can live with: a page of the guide that is stale or not translated

	index *index
}

// Public is the part of an instance that may be seen by everybody: no
// folder, no aliases, no paths or mappings of sources, no SQL.
type Public struct {
	ID              string
	Name            model.Text
	Owner           model.Text
	Languages       []string
	DefaultLanguage string
	BaseURL         string
	Region          string
	Country         string
	ReferenceDate   model.Date
	Today           model.Date
	Licence         model.Text
	Contact         Contact
	Example         bool
	ExampleInstance string
	Disclosure      Disclosure
	Lead            Lead
	Map             MapSettings
	Areas           []model.Area
	AreaEvents      []model.AreaEvent
	PolicyEvents    []model.PolicyEvent
	Subjects        []model.Subject
	Measures        []model.Measure
	Indicators      []model.Indicator
	Sources         []PublicSource
	Glossary        []Term
	Offices         []Office
	Boundaries      map[string]Rings
	Register
	Words *words.Catalogue
	Hash  string

	index *index
}

// Contact is where readers may turn to; each part may be empty.
type Contact struct {
	Name  model.Text `yaml:"name" doc:"Who answers."`
	Email string     `yaml:"email" doc:"Address for letters; may be empty."`
	URL   string     `yaml:"url" doc:"Page of the contact; may be empty."`
}

// Disclosure holds the defaults of protection.
type Disclosure struct {
	Threshold int `yaml:"threshold" doc:"Counts of persons and families from 1 up to one below this number are protected."`
}

// Lead is the statement the home page opens with, in the instance's own words.
type Lead struct {
	Indicator string
	Area      string // code
	Period    model.Period
	Title     model.Text
	Text      model.Text
}

// MapSettings says what the map on the home page shows.
type MapSettings struct {
	Size       string   `yaml:"size" doc:"Measure that sizes the circles; empty makes them equal."`
	Indicators []string `yaml:"indicators" doc:"Indicators offered on the map of the home page."`
}

// Alias is another spelling of an area's name.
type Alias struct {
	Alias     string
	Code      string
	ValidFrom model.Date // empty = every version of the code
	Language  string     // may be empty
}

// Term is one entry of the glossary.
type Term struct {
	ID         string
	Term       model.Text
	Definition model.Text
	Unverified bool // no confirmed source; shown with a note
}

// Office is the place a citizen of an area turns to.
type Office struct {
	ID        string
	Area      string // code
	Name      model.Text
	Address   model.Text
	Hours     model.Text
	Phone     string
	Email     string
	URL       string
	CheckedOn model.Date
}

// Public is what the dashboard may see of the instance.
func (in *Instance) Public() Public {
	p := Public{
		ID: in.ID, Name: in.Name, Owner: in.Owner, Languages: in.Languages,
		DefaultLanguage: in.DefaultLanguage, BaseURL: in.BaseURL, Region: in.Region, Country: in.Country,
		ReferenceDate: in.ReferenceDate, Today: in.Today, Licence: in.Licence, Contact: in.Contact,
		Example: in.Example, ExampleInstance: in.ExampleInstance, Disclosure: in.Disclosure,
		Lead: in.Lead, Map: in.Map, Areas: in.Areas, AreaEvents: in.AreaEvents, PolicyEvents: in.PolicyEvents,
		Subjects: in.Subjects, Measures: in.Measures, Indicators: in.Indicators, Glossary: in.Glossary,
		Offices: in.Offices, Boundaries: in.Boundaries, Words: in.Words, Hash: in.Hash, Register: in.Register, index: in.index,
	}
	for _, s := range in.Sources {
		p.Sources = append(p.Sources, s.public())
	}
	return p
}
