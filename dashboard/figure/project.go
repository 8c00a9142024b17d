package figure

import "math"

// projection is Albers' equal-area conic, fitted to the latitudes it has to
// show; near the equator, where the cone becomes a cylinder, Lambert's
// equal-area cylindrical. y grows downwards, as on a screen.
type projection struct{ lon0, n, c, rho0, cosLat float64 }

const degree = math.Pi / 180

// project fits a projection to all centre points and polygons of the marks.
func project(marks []Mark) projection {
	var lats []float64
	sin, cos := 0.0, 0.0
	add := func(lon, lat float64) {
		if !finite(lon) || !finite(lat) {
			return
		}
		lats = append(lats, math.Max(-89, math.Min(89, lat)))
		s, c := math.Sincos(lon * degree)
		sin, cos = sin+s, cos+c
	}
	for i := range marks {
		if marks[i].Lat != 0 || marks[i].Lon != 0 {
			add(marks[i].Lon, marks[i].Lat)
		}
		for _, ring := range marks[i].Polygon {
			for _, q := range ring {
				add(q[0], q[1])
			}
		}
	}
	lo, hi := extent(lats)
	if lo > hi {
		lo, hi = 0, 0
	}
	// Rounded, so that the order of the marks does not show in the last bit.
	p := projection{lon0: math.Round(math.Atan2(sin, cos)*1e9) / 1e9}
	f1, f2 := (lo+(hi-lo)/6)*degree, (hi-(hi-lo)/6)*degree
	p.n = (math.Sin(f1) + math.Sin(f2)) / 2
	p.cosLat = math.Max(math.Cos((f1+f2)/2), 0.02)
	if math.Abs(p.n) > 0.05 {
		p.c = math.Cos(f1)*math.Cos(f1) + 2*p.n*math.Sin(f1)
		p.rho0 = p.rho((lo + hi) / 2 * degree)
	}
	return p
}

// rho is the distance from the top of the cone, negative south of the equator.
func (p projection) rho(lat float64) float64 {
	return math.Sqrt(math.Max(p.c-2*p.n*math.Sin(lat), 0)) / p.n
}

func (p projection) at(lon, lat float64) (x, y float64) {
	d := math.Remainder(lon*degree-p.lon0, 2*math.Pi)
	lat = math.Max(-89.9, math.Min(89.9, lat)) * degree
	if math.Abs(p.n) <= 0.05 {
		return d * p.cosLat, -math.Sin(lat) / p.cosLat
	}
	rho, t := p.rho(lat), p.n*d
	return rho * math.Sin(t), rho*math.Cos(t) - p.rho0
}
