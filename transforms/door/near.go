package door

import (
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"tereze/config"
	"tereze/model"
	"tereze/sources"
)

// Nearly is a report that came and could not be taken in, of which the area
// and the period are all the same beyond doubt: its name is misspelt and
// near to one area's only, or the name of an unreadable file says both. No
// value of it is used; but it is not silence.
type Nearly struct {
	Delivery, Area, Period int64
	Received               model.Date
}

// Remark is what is to be said about a file although its values are taken.
type Remark struct {
	Delivery int64
	Code     string
	N        int
}

// nearness gathers what one file may mean by names that nothing has.
type nearness struct {
	texts map[nearKey]map[string]model.Date // area and period → the texts that are near to it
}

type nearKey struct {
	code   string
	period model.Period
}

// add notes a record of an unknown area that is near to one.
func (n *nearness) add(got *Reading, rec *model.Record) {
	if got.Period.Kind == "" {
		return
	}
	k := nearKey{got.Near, got.Period}
	if n.texts == nil {
		n.texts = map[nearKey]map[string]model.Date{}
	}
	if n.texts[k] == nil {
		n.texts[k] = map[string]model.Date{}
	}
	n.texts[k][fold(rec.Area)] = got.Trait.KnownFrom
}

// fromName reads the area and the period of a file that holds no record.
func (n *nearness) fromName(r *Reader, d *sources.Delivery) {
	if !slices.ContainsFunc(d.Problems, func(p model.Problem) bool { return p.Level == model.Error }) {
		return
	}
	area, period := inName(d.Source.Table.Area, d.File), inName(d.Source.Table.Period, d.File)
	if area == "" || period == "" {
		return
	}
	rec := model.Record{Area: area, Period: period, KnownFrom: inName(d.Source.Table.Received, d.File)}
	got := r.Read(&d.Source, &rec)
	if got.Area.Code == "" || got.Period.Kind == "" {
		return
	}
	got.Near = got.Area.Code
	n.add(&got, &rec)
}

// inName is the text of a key that is given or stands in a file's name.
func inName(k config.Key, file string) string {
	if k.File == "" {
		return k.Value
	}
	re, err := regexp.Compile(k.File)
	if err != nil {
		return ""
	}
	for _, s := range []string{file, path.Base(file)} {
		if m := re.FindStringSubmatch(s); len(m) > 1 {
			return strings.TrimSpace(m[1])
		}
	}
	return ""
}

// settle keeps what is beyond doubt: one text only is near to the area, and
// the file, whose cells are given, does not name that area rightly beside.
func (n *nearness) settle(s *Staged, delivery int64, cells []Cell, place func(code string, p model.Period) (area, period int64)) {
	var found []Nearly
	for k, texts := range n.texts {
		if len(texts) != 1 {
			continue
		}
		area, period := place(k.code, k.period)
		if area < 0 || slices.ContainsFunc(cells, func(c Cell) bool { return c.Area == area && c.Period == period }) {
			continue
		}
		for _, received := range texts {
			found = append(found, Nearly{delivery, area, period, received})
		}
	}
	sort.Slice(found, func(i, j int) bool {
		return found[i].Area < found[j].Area || found[i].Area == found[j].Area && found[i].Period < found[j].Period
	})
	s.Nearly = append(s.Nearly, found...)
}

// placeOf is the place in Areas of the version of a code that a source means
// by a period, or -1.
func (s *Staged) placeOf(inst *config.Instance, areas map[areaKey]int64, code string, p model.Period, territory model.Date) int64 {
	on := p.End
	if territory != "" {
		on = territory
	}
	if a, ok := inst.Area(code, on); ok {
		return areas[areaKey{a.Code, a.ValidFrom}]
	}
	return -1
}

func hasProblem(d *sources.Delivery, code string) bool {
	return slices.ContainsFunc(d.Problems, func(p model.Problem) bool { return p.Code == code })
}
