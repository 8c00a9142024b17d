package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tereze/model"
)

// boundariesFile is the optional file of polygons of an instance.
const boundariesFile = "boundaries.geojson"

// Rings are the outlines of one area: each ring a list of {longitude,
// latitude} in degrees, several where the area has several parts or holes.
type Rings [][][2]float64

type geoJSON struct {
	Type     string `json:"type"`
	Features []struct {
		Properties map[string]any `json:"properties"`
		Geometry   struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	} `json:"features"`
}

// boundaries reads boundaries.geojson (RFC 7946, WGS 84). Boundary files
// name the property with the area's code in their own way, so the one that
// holds a known code is taken.
func (r *reader) boundaries(in *Instance) {
	raw := r.file(r.fsys, boundariesFile, boundariesFile)
	if raw == nil {
		return
	}
	var doc geoJSON
	if err := json.Unmarshal(raw, &doc); err != nil || doc.Type != "FeatureCollection" {
		text := fmt.Sprintf("it is of type %q", doc.Type)
		if err != nil {
			text = err.Error()
		}
		r.bad(model.Place{File: boundariesFile}, "bad_boundaries", "", "%s; expected a GeoJSON FeatureCollection of polygons", text)
		return
	}
	known := map[string]bool{}
	for _, a := range in.Areas {
		known[a.Code] = true
	}
	in.Boundaries = map[string]Rings{}
	for i, f := range doc.Features {
		place := model.Place{File: boundariesFile, Key: fmt.Sprintf("features[%d]", i+1)}
		code := ""
		for _, name := range slices.Sorted(maps.Keys(f.Properties)) {
			if v := fmt.Sprint(f.Properties[name]); known[v] {
				code = v
				break
			}
		}
		if code == "" {
			r.bad(place, "bad_boundaries", "", "no property holds the code of an area; expected one of the codes of areas.csv")
			continue
		}
		rings, err := ringsOf(f.Geometry.Type, f.Geometry.Coordinates)
		if err != nil {
			r.bad(place, "bad_boundaries", "", "area %s: %v", code, err)
			continue
		}
		in.Boundaries[code] = append(in.Boundaries[code], rings...)
	}
}

func ringsOf(kind string, coordinates json.RawMessage) (Rings, error) {
	var parts []Rings
	var err error
	switch kind {
	case "Polygon":
		var one Rings
		err = json.Unmarshal(coordinates, &one)
		parts = []Rings{one}
	case "MultiPolygon":
		err = json.Unmarshal(coordinates, &parts)
	default:
		return nil, fmt.Errorf("geometry of type %q; expected Polygon or MultiPolygon", kind)
	}
	if err != nil {
		return nil, fmt.Errorf("coordinates cannot be read: %w", err)
	}
	var all Rings
	for _, p := range parts {
		for _, ring := range p {
			if len(ring) < 4 {
				return nil, fmt.Errorf("a ring has %d points; expected at least 4, the first and last the same", len(ring))
			}
			for _, point := range ring {
				if point[0] < -180 || point[0] > 180 || point[1] < -90 || point[1] > 90 {
					return nil, fmt.Errorf("point %v is no longitude and latitude in degrees (WGS 84)", point)
				}
			}
			all = append(all, ring)
		}
	}
	return all, nil
}
