package sources

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/sources/form"
	"tereze/sources/grid"
	"tereze/sources/number"
	"tereze/sources/personal"
	"tereze/sources/snapshot"
)

// maxFile is the size of the largest file that is read into memory.
const maxFile = 512 << 20

// Delivery is one file of a source: its snapshot, its records, and what
// became of every other cell.
type Delivery struct {
	Source          config.Source
	Snapshot        model.Snapshot
	File            string // path below the instance folder, or name of the answer
	Records         []model.Record
	Layout          int64           // title, header, total, blank and note cells
	DroppedPersonal int64           // value cells dropped because they, or the keys beside them, expose a person
	Problems        []model.Problem // of level Error: nothing of the file was read

	Stale bool       // something newer should be in use; a Problem of level Warning says why it is not
	Since model.Date // the day the source last gave or confirmed these bytes, where Stale
	Age   int        // days from Since to the instance's today
}

// Deliver takes everything that is in use of a source: bytes, snapshot,
// records, in the order of their names. Files of the instance become
// snapshots here; of a fetched source the last good snapshots are read, and
// no network is touched. A file that cannot be read is a Delivery with a
// Problem and without records; the Problems that come back beside them are
// of the source as a whole. Neither stops the others. Without a store the
// source's own files are read and described, and nothing is kept.
func Deliver(ctx context.Context, inst *config.Instance, src config.Source, store *snapshot.Store) ([]Delivery, []model.Problem) {
	return DeliverCounted(ctx, inst, src, store, nil)
}

// DeliverCounted is Deliver with the counter for files of cases.
func DeliverCounted(ctx context.Context, inst *config.Instance, src config.Source, store *snapshot.Store, count Counter) ([]Delivery, []model.Problem) {
	if src.Networked() && store != nil {
		return fetched(ctx, inst, src, store)
	}
	names, err := fs.Glob(inst.FS, src.Files)
	switch {
	case err != nil:
		return nil, []model.Problem{unreadable(src.Path, fmt.Sprintf("%q is not a path or glob: %v", src.Files, err), "")}
	case len(names) == 0 && src.Form != nil:
		return nil, nil // nobody has sent the form in yet; where it is due, the calendar says so
	case len(names) == 0:
		return nil, []model.Problem{unreadable(src.Path, fmt.Sprintf("no file fits %q", src.Files), "put the files there or correct \"files\"")}
	}
	slices.Sort(names)
	door := newDoor(inst)
	door.count = count
	var out []Delivery
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return out, []model.Problem{unreadable(src.Path, "reading was stopped: "+err.Error(), "")}
		}
		info, err := fs.Stat(inst.FS, name)
		if err == nil && info.IsDir() {
			continue
		}
		out = append(out, door.file(ctx, inst, name, src, store))
	}
	return out, nil
}

// Totals are the words of all languages that mark a total row.
func Totals(inst *config.Instance) []string {
	if inst.Words == nil {
		return nil
	}
	return inst.Words.List("parse.totals")
}

// door is what reading needs of an instance: the words by which total rows
// and personal data are known, and who counts files of cases.
type door struct {
	totals []string
	finder *personal.Finder
	count  Counter
}

func newDoor(inst *config.Instance) door {
	return door{totals: Totals(inst), finder: personal.NewFinder(personal.WordsOf(inst.Words))}
}

// file reads one file of the instance.
func (o door) file(ctx context.Context, inst *config.Instance, name string, src config.Source, store *snapshot.Store) Delivery {
	d := Delivery{Source: settled(src), File: name}
	var data []byte
	var err error
	meta := model.Snapshot{Origin: name, Source: src.ID, RetrievedOn: src.RetrievedOn, Licence: src.Licence}
	if src.Aggregate != nil {
		data, meta, err = o.cases(ctx, inst, name, src)
	} else {
		data, err = read(inst.FS, name)
	}
	if err != nil {
		d.Problems = append(d.Problems, unreadable(name, err.Error(), ""))
		return d
	}
	data, meta, open, unscanned := o.redact(data, meta, d.Source)
	if store == nil || unscanned != nil {
		// Bytes that nobody could look through are not kept: they may hold anything.
		d.Snapshot = snapshot.Describe(data, meta)
	} else if d.Snapshot, err = store.Put(data, meta); err != nil {
		d.Problems = append(d.Problems, unreadable(name, "its snapshot cannot be kept: "+err.Error(), "a figure without a snapshot has no history, so nothing of it is used"))
		return d
	}
	d.decode(data, open, o.totals)
	if unscanned != nil && !broken(d.Problems) {
		d.Records, d.Layout, d.DroppedPersonal = nil, 0, 0
		d.Problems = append(d.Problems, unreadable(name, "it cannot be looked through for personal data: "+unscanned.Error(), ""))
	}
	d.tellRedacted()
	return d
}

// redact looks through bytes before they are kept. Where personal data are
// found, the copy without them takes the place of the bytes, and meta says
// what they were by hash and count. Where they were opened for it, they come
// back open too. The error means that the bytes could not be looked through.
func (o door) redact(data []byte, meta model.Snapshot, src config.Source) ([]byte, model.Snapshot, opened, error) {
	f, ok := formats[formatOf(src)]
	if !ok {
		return data, meta, nil, fmt.Errorf("nothing is known of the format %q", formatOf(src))
	}
	r, err := f.redact(data, src, o.finder)
	if err != nil || r.found == 0 {
		return data, meta, r.open, err
	}
	meta.Original, meta.Redacted = snapshot.Describe(data, model.Snapshot{}).SHA256, r.found
	return r.clean, meta, nil, nil
}

// tellRedacted says how many cells were taken out, and not which.
func (d *Delivery) tellRedacted() {
	n := d.Snapshot.Redacted
	if n == 0 {
		return
	}
	d.Problems = append(d.Problems, model.Problem{
		Place: model.Place{File: d.File}, Code: "personal_data", Level: model.Warning,
		Args: map[string]string{"n": fmt.Sprint(n)},
		Text: fmt.Sprintf("%d cells hold what looks like personal data; they were taken out before the file was kept", n),
		Hint: "ask the sender for counts only",
	})
}

func broken(problems []model.Problem) bool {
	return slices.ContainsFunc(problems, func(p model.Problem) bool { return p.Level == model.Error })
}

// Decode reads the bytes of a delivery, whose Source and File are set, into
// its records.
func Decode(d *Delivery, data []byte, totals []string) { d.decode(data, nil, totals) }

// decode is Decode for bytes that may lie open already.
func (d *Delivery) decode(data []byte, open opened, totals []string) {
	grids := d.grids(data, open)
	if p, other := d.otherForm(grids); other {
		d.Problems = append(d.Problems, p)
		return
	}
	for i := range grids {
		r := grid.Read(&grids[i], grid.Options{File: d.File, Table: d.Source.Table, Totals: totals})
		if d.Records == nil {
			d.Records = r.Records
		} else {
			d.Records = append(d.Records, r.Records...)
		}
		d.Layout += r.Layout
		d.DroppedPersonal += r.DroppedPersonal
		d.Problems = append(d.Problems, r.Problems...)
		maps.Copy(d.Snapshot.Detected, r.Detected)
	}
}

// FormVersion is the reason code of a form of a version that this program
// cannot read.
const FormVersion = "form_version"

// otherForm refuses a filled form whose version this program does not know:
// its cells may stand elsewhere and mean something else.
func (d *Delivery) otherForm(grids []grid.Grid) (model.Problem, bool) {
	if d.Source.Form == nil {
		return model.Problem{}, false
	}
	for i := range grids {
		id, is := form.Identify(&grids[i])
		if !is || id.Current() {
			continue
		}
		return model.Problem{
			Place: model.Place{File: d.File, Sheet: grids[i].Sheet}, Code: FormVersion, Level: model.Error,
			Args: map[string]string{"found": id.Mark, "expected": config.FormMark},
			Text: fmt.Sprintf("cell %s: the form is of version %q; expected %q", config.FormMarkCell, id.Mark, config.FormMark),
			Hint: "make a new form with: tereze template " + d.Source.ID + ", and copy the numbers into it",
		}, true
	}
	return model.Problem{}, false
}

// grids decodes the bytes of a delivery into sheets, from where they lie open
// if they do.
func (d *Delivery) grids(data []byte, open opened) []grid.Grid {
	f, ok := formats[formatOf(d.Source)]
	if !ok {
		known := slices.Sorted(maps.Keys(formats))
		d.Problems = append(d.Problems, unreadable(d.Source.Path, fmt.Sprintf("format %q is not known; expected %s", formatOf(d.Source), strings.Join(known, ", ")), ""))
		return nil
	}
	var grids []grid.Grid
	var found map[string]string
	var err error
	if open != nil {
		grids, found, err = open.Read(d.Source)
	} else {
		grids, found, err = f.read(data, d.Source)
	}
	if err != nil {
		d.Problems = append(d.Problems, unreadable(d.File, err.Error(), ""))
		return nil
	}
	d.Snapshot.Detected = found
	return grids
}

// NumberOptions say how a record's value is read: the file's own number
// type needs no declaration, a text follows the source's decimal sign.
func NumberOptions(src config.Source, rec *model.Record, percent bool) number.Options {
	return number.Options{Decimal: src.Decimal, Percent: percent, Literal: rec.Value.Numeric}
}

func read(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > maxFile {
		return nil, fmt.Errorf("it has %d MB; at most %d are read", info.Size()>>20, maxFile>>20)
	}
	data, err := fs.ReadFile(fsys, name)
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("it has more than %d MB", maxFile>>20)
	}
	if err == nil && len(data) == 0 {
		err = io.ErrUnexpectedEOF
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it is empty")
	}
	return data, cause(err)
}

// cause leaves out the path of a file error, which the Problem's place says.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func unreadable(file, text, hint string) model.Problem {
	return model.Problem{
		Place: model.Place{File: file}, Code: grid.Unreadable, Level: model.Error,
		Args: map[string]string{"file": file}, Text: text, Hint: hint,
	}
}
