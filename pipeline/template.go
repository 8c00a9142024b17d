package pipeline

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/sources/form"
	"tereze/sources/grid"
	"tereze/sources/xlsx"
)

// TemplateOptions say which form to write, for whom and for when.
type TemplateOptions struct {
	Instance string
	Source   string
	Area     string // code
	Period   string // canonical name, such as 2021-H1
	Lang     string // which language comes first; empty = the order of the instance
	Settings config.Settings
}

// Template writes the form that an office fills in.
func Template(o TemplateOptions, out io.Writer) error {
	inst, err := loadInstance(o.Instance, o.Settings)
	if err != nil {
		return err
	}
	spec, err := templateSpec(inst, o)
	if err != nil {
		return err
	}
	return form.Write(spec, out)
}

func templateSpec(inst *config.Instance, o TemplateOptions) (form.Spec, error) {
	none := form.Spec{}
	forms := strings.Join(inst.FormsOf(), ", ")
	src, ok := inst.Source(o.Source)
	switch {
	case forms == "":
		return none, fail(ExitUsage, "no source of %s has a form; declare one under the key form of sources/ID.yaml", inst.ID)
	case !ok:
		return none, fail(ExitUsage, "%q is not a source of %s; expected one with a form: %s", o.Source, inst.ID, forms)
	case src.Form == nil:
		return none, fail(ExitUsage, "source %s has no form; expected one of %s", src.ID, forms)
	}
	if o.Lang != "" && !slices.Contains(inst.Languages, o.Lang) {
		return none, fail(ExitUsage, "--lang %q is not a language of %s; expected one of %s", o.Lang, inst.ID, strings.Join(inst.Languages, ", "))
	}
	period, err := model.ParsePeriod(o.Period)
	if err != nil {
		return none, fail(ExitUsage, "--period: %w", err)
	}
	on := period.End
	if src.Territory != "" {
		on = src.Territory
	}
	area, ok := inst.Area(o.Area, on)
	if !ok {
		if other, known := inst.Area(o.Area, ""); known {
			return none, fail(ExitUsage, "--area: %s (%s) did not exist on %s; expected an area that did", o.Area, inst.Words.Lang(inst.DefaultLanguage).Name(other.Names), on)
		}
		return none, fail(ExitUsage, "--area: %q is not the code of an area of %s; expected one of areas.csv", o.Area, inst.ID)
	}
	if err := inst.Owes(src, area, period); err != nil {
		return none, &Failure{ExitUsage, err}
	}
	spec, err := form.SpecOf(inst, src, area, period, o.Lang)
	if err != nil {
		return none, &Failure{ExitUsage, err}
	}
	return spec, nil
}

// Filled reports whether a file is a form with values in it, which nobody
// would want to lose.
func Filled(name string) (bool, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, &Failure{ExitUsage, err}
	}
	g, ok := formSheet(data)
	if !ok {
		return false, nil
	}
	for _, line := range form.Lines(g) {
		if line.Text != "" {
			return true, nil
		}
	}
	return false, nil
}

// formSheet is the sheet of a workbook that is a form, of any version.
func formSheet(data []byte) (*grid.Grid, bool) {
	var f config.Form
	grids, _, err := xlsx.Read(data, config.Source{Table: f.Mapping()})
	if err != nil || len(grids) == 0 {
		return nil, false
	}
	_, ok := form.Identify(&grids[0])
	return &grids[0], ok
}
