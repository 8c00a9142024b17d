package downloads

import (
	"strings"

	"tereze/dashboard/public"
	"tereze/model"
)

// api is the list of what the static interface has; the values of each
// indicator stand in a file of rows without names, light enough to fetch.
func (s *Set) api() ([]File, error) {
	example := s.example()
	type object = map[string]any
	wrap := func(key string, list []object) object {
		o := object{"release": s.Release, "instance": s.In.ID, key: list}
		if example != nil {
			o["example"] = example
		}
		return o
	}
	mark := func(o object) object {
		if example != nil {
			o["example"] = s.exampleLine()
		}
		return o
	}
	var inds, areas []object
	for _, i := range s.In.Indicators {
		inds = append(inds, mark(object{"id": i.ID, "subject": i.Subject, "kind": i.Kind, "unit": i.Unit, "direction": i.Direction,
			"name": i.Name, "values": "values/" + i.ID + ".json", "count": len(s.Data.Indicator(i.ID).All())}))
	}
	for _, a := range s.In.Areas {
		o := object{"code": a.Code, "valid_from": a.ValidFrom, "level": a.Level, "parent": a.Parent, "name": a.Names}
		if a.ValidTo != "" {
			o["valid_to"] = a.ValidTo
		}
		if a.Unverified {
			o["unverified"] = true
		}
		areas = append(areas, mark(o))
	}
	out := []File{}
	for _, f := range []struct {
		path string
		x    any
	}{
		{"api/v1/indicators.json", wrap("indicators", inds)},
		{"api/v1/areas.json", wrap("areas", areas)},
	} {
		b, err := marshal(f.x)
		if err != nil {
			return nil, err
		}
		out = append(out, File{f.path, append(b, '\n')})
	}
	return out, nil
}

// apiColumns are the columns of one row of the interface; their order is
// repeated in every file, so that no reader has to know it.
var apiColumns = []string{"area", "area_valid_from", "period", "base_period", "value", "lower", "upper", "obs_status", "conf_status", "nature", "source", "territory", "events", "qualifier"}

// apiValues are the values of one indicator.
func (s *Set) apiValues(ind model.Indicator) ([]File, error) {
	head := map[string]any{"release": s.Release, "indicator": ind.ID, "columns": apiColumns}
	if e := s.example(); e != nil {
		head["example"] = e
	}
	meta, err := marshal(head)
	if err != nil {
		return nil, err
	}
	values := s.Data.Indicator(ind.ID).All()
	b := make([]byte, 0, len(meta)+128*(len(values)+1))
	b = append(b, meta[:len(meta)-1]...)
	b = append(b, `,"rows":[`...)
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '\n')
		for j, f := range apiRow(v) {
			b = append(b, "[,"[min(j, 1)])
			if b, err = appendJSON(b, &f); err != nil {
				return nil, err
			}
		}
		b = append(b, ']')
	}
	return []File{{"api/v1/values/" + ind.ID + ".json", append(b, "\n]}\n"...)}}, nil
}

func apiRow(v *public.Value) [14]field {
	base := ""
	if v.Base != nil {
		base = v.Base.ID
	}
	return [...]field{text(v.Area.Code), text(v.Area.From), text(v.Period.ID), text(base), number(v.Value), number(v.Lower), number(v.Upper),
		text(v.Status), text(v.Conf), text(v.Nature), text(v.Source),
		text(v.Territory), text(strings.Join(v.Events, " ")), text(v.Qualifier)}
}
