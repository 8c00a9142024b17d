package pipeline

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tereze/config"
	"tereze/sources"
	"tereze/sources/form"
	"tereze/transforms"
)

// CheckOptions say which file to check, as a delivery of which source.
type CheckOptions struct {
	Instance string
	Source   string // empty = as the form says itself, or the only source there is
	File     string
	Lang     string // of the words; empty = the instance's default
	Annotate string // where to write a copy with the bad cells marked; empty = nowhere
	Preview  bool   // say what the file would bring to the public pages
	Store    string // private folder, for the fetched sources of a preview; need not exist
	Settings config.Settings
}

// CheckReport is what is wrong with one file, in the shape that
// `check --json` prints.
type CheckReport struct {
	File            string         `json:"file"`
	Source          string         `json:"source"`
	Area            string         `json:"area,omitempty"`   // of a form
	Period          string         `json:"period,omitempty"` // of a form
	CellsRead       int64          `json:"cells_read"`
	Accepted        int64          `json:"accepted"`
	Refused         int64          `json:"refused"`
	DroppedPersonal int64          `json:"dropped_personal"`
	Problems        []CheckProblem `json:"problems"` // must be mended: a build would refuse
	Remarks         []CheckProblem `json:"remarks"`  // worth knowing: a build would take it
	Preview         []PreviewLine  `json:"preview,omitempty"`
	Text            []string       `json:"-"` // all of it in words, a line each
}

// Refuses reports whether something of the file would not be taken.
func (r CheckReport) Refuses() bool {
	return len(r.Problems) > 0 || r.Refused > 0 || r.DroppedPersonal > 0
}

// CheckProblem is one place to look at. Row 0 is the whole file.
type CheckProblem struct {
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row"`
	Column  string `json:"column,omitempty"`
	Measure string `json:"measure,omitempty"` // what the line counts, by its id
	Code    string `json:"code"`
	Words   string `json:"words"`            // what is wrong and what to do
	Found   string `json:"found,omitempty"`  // the text that stands there; never a personal one
	Hint    string `json:"hint,omitempty"`   // nearest valid names, or what it does not fit with
	Detail  string `json:"detail,omitempty"` // what the parser adds, in English
	Place   string `json:"place"`            // in words
	Cells   int    `json:"cells,omitempty"`  // how many value cells hang on it, where more than one
}

// Check takes one file through the door exactly as a build would, keeps
// nothing, and says what a build would refuse and what the sender may have
// overlooked.
func Check(ctx context.Context, o CheckOptions) (CheckReport, error) {
	none := CheckReport{}
	inst, err := loadInstance(o.Instance, o.Settings)
	if err != nil {
		return none, err
	}
	lang := o.Lang
	if lang == "" {
		lang = inst.DefaultLanguage
	}
	if !slices.Contains(inst.Languages, lang) {
		return none, fail(ExitUsage, "--lang %q is not a language of %s; expected one of %s", lang, inst.ID, strings.Join(inst.Languages, ", "))
	}
	data, err := readOne(o.File)
	if err != nil {
		return none, err
	}
	src, err := chooseSource(inst, o.Source, data)
	if err != nil {
		return none, err
	}
	c := &checker{inst: inst, src: src, l: inst.Words.Lang(lang), data: data,
		report: CheckReport{File: o.File, Source: src.ID, Problems: []CheckProblem{}, Remarks: []CheckProblem{}}}
	if err := c.check(ctx); err != nil {
		return none, err
	}
	if o.Preview {
		if c.report.Preview, err = c.preview(ctx, o.Store); err != nil {
			return none, err
		}
	}
	if o.Annotate != "" {
		if err := c.annotate(o.Annotate); err != nil {
			return none, err
		}
	}
	c.write(o.Preview)
	return c.report, nil
}

// check puts the file through the door.
func (c *checker) check(ctx context.Context) error {
	if !c.readable() {
		return nil
	}
	one, err := onlyFile(c.inst, c.src, c.report.File)
	if err != nil {
		return err
	}
	deliveries, problems := sources.Deliver(ctx, one, one.Sources[0], nil)
	for _, p := range problems {
		return fail(ExitUsage, "%s", p.Error())
	}
	store, err := transforms.Open("")
	if err != nil {
		return err
	}
	defer store.Close()
	loaded, err := store.Load(ctx, one, deliveries)
	if err != nil {
		return checkFailure(err)
	}
	for _, s := range loaded.Sources {
		c.report.CellsRead += s.Read
		c.report.Accepted += s.Accepted
		c.report.Refused += s.Refused
		c.report.DroppedPersonal += s.DroppedPersonal
	}
	c.deliveries = deliveries
	c.refusals(loaded.Refusals)
	c.personal()
	c.warnings()
	c.formRemarks()
	c.sort()
	return nil
}

// chooseSource is the source with the id, the one that a form names itself,
// or the only one there is.
func chooseSource(inst *config.Instance, id string, data []byte) (config.Source, error) {
	if id == "" {
		if g, ok := formSheet(data); ok {
			said, _ := form.Identify(g)
			src, ok := inst.Source(said.Source)
			if !ok {
				return src, fail(ExitUsage, "the form says it belongs to source %q, which %s does not have; name the source with --source or the instance with --instance", said.Source, inst.ID)
			}
			return src, nil
		}
	}
	if src, ok := inst.Source(id); ok {
		return src, nil
	}
	ids := make([]string, len(inst.Sources))
	for i, s := range inst.Sources {
		ids[i] = s.ID
	}
	if id == "" && len(ids) == 1 {
		return inst.Sources[0], nil
	}
	if id == "" {
		return config.Source{}, fail(ExitUsage, "the file does not say which source it belongs to, as a form of this program would; name it with --source, one of %s", strings.Join(ids, ", "))
	}
	return config.Source{}, fail(ExitUsage, "--source %q is not a source of %s; expected one of %s", id, inst.ID, strings.Join(ids, ", "))
}

func readOne(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fail(ExitUsage, "%s: cannot be opened: %w", file, err)
	}
	if info.IsDir() {
		return nil, fail(ExitUsage, "%s: is a folder; expected a file", file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fail(ExitUsage, "%s: cannot be read: %w", file, err)
	}
	return data, nil
}

// onlyFile is the instance with one source that has one file. The whole path
// stays visible to the source, since it may name the period or the area; a
// form needs no name, and the day of receipt is for its receiver to add.
func onlyFile(inst *config.Instance, src config.Source, file string) (*config.Instance, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	root := filepath.VolumeName(abs) + string(filepath.Separator)
	name, err := filepath.Rel(root, abs)
	if err != nil {
		return nil, err
	}
	src.Files = oneFileName
	if src.Form != nil && !src.Table.Received.FitsName(filepath.ToSlash(name)) {
		src.Table.Received = config.Key{}
	}
	one := inst.WithSources(src)
	one.FS = oneFile{os.DirFS(root), filepath.ToSlash(name)}
	return one, nil
}

// oneFileName is a glob that fits the one file of oneFile.
const oneFileName = "*"

// oneFile is a file system in which every glob gives the same one file, so
// that brackets in its name are not taken for a pattern.
type oneFile struct {
	fs.FS
	name string
}

// Glob gives the one file, whatever is asked for.
func (f oneFile) Glob(string) ([]string, error) { return []string{f.name}, nil }

var _ fs.GlobFS = oneFile{}
