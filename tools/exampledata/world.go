package main

// series is one measure of one piece of land over the half-years.
type series [5]int

// world is the truth of the invented region: measure → piece → half-year.
type world map[string][]series

// invent makes the region up. The figures of 2021-H1 have the size of those
// in the founding article, so that each formula is seen at work.
func invent(land []piece) world {
	w := world{}
	w.people(land)
	w.housing(land)
	w.certificates(land)
	w.education(land)
	w.assistance(land)
	w.support(land)
	w.card(land)
	w.commissions(land)
	w.health(land)
	return w
}

// value is what an area would truthfully report: the sum of its pieces.
func (w world) value(measure string, a area, half int) int {
	sum := 0
	for _, i := range a.pieces {
		sum += w[measure][i][half]
	}
	return sum
}

// total is the region's truth.
func (w world) total(measure string, half int) int {
	sum := 0
	for _, s := range w[measure] {
		sum += s[half]
	}
	return sum
}

// spread divides a total over the land by weights that the dice bend to
// between lo and hi thousandths.
func spread(purpose string, total int, weights []int, lo, hi int) []int {
	r := dice(purpose)
	bent := make([]int, len(weights))
	for i, w := range weights {
		bent[i] = w * between(r, lo, hi)
	}
	return apportion(total, bent)
}

// stock lets a count go to its final value by a trend in thousandths, with
// a wobble before the end.
func stock(purpose string, finals []int, trend series, wobble int) []series {
	r := dice(purpose + " over time")
	out := make([]series, len(finals))
	for i, f := range finals {
		for t := range out[i] {
			rate := trend[t]
			if t < len(trend)-1 {
				rate += between(r, -wobble, wobble)
			}
			out[i][t] = permille(f, rate)
		}
	}
	return out
}

// running lets a count since some day grow to its final value: the part
// before the first half-year, then five gains. It never falls.
func running(purpose string, finals []int, gains [6]int) (counts, gained []series) {
	r := dice(purpose + " gains")
	counts, gained = make([]series, len(finals)), make([]series, len(finals))
	for i, f := range finals {
		weights := make([]int, len(gains))
		for k, g := range gains {
			weights[k] = g * between(r, 850, 1150)
		}
		steps := apportion(f, weights)
		sum := steps[0]
		for t := range counts[i] {
			sum += steps[t+1]
			counts[i][t], gained[i][t] = sum, steps[t+1]
		}
	}
	return counts, gained
}

// part is a share of a whole: a rate of the piece between lo and hi
// thousandths that moves by drift each half-year, never above the whole.
func part(purpose string, whole []series, lo, hi, drift int) []series {
	r := dice(purpose)
	out := make([]series, len(whole))
	for i := range whole {
		rate := between(r, lo, hi)
		for t := range out[i] {
			now := clamp(rate+drift*(t-4)+between(r, -8, 8), 0, 1000)
			out[i][t] = permille(whole[i][t], now)
		}
	}
	return out
}

// sinceJanuary adds up what each half-year brought, anew every year.
func sinceJanuary(gained []series) []series {
	out := make([]series, len(gained))
	for i, g := range gained {
		out[i] = series{g[0], g[0] + g[1], g[2], g[2] + g[3], g[4]}
	}
	return out
}

// less is what remains of a whole beside a part.
func less(whole, part []series) []series {
	out := make([]series, len(whole))
	for i := range whole {
		for t := range out[i] {
			out[i][t] = whole[i][t] - part[i][t]
		}
	}
	return out
}

// at is one half-year of all pieces, to weigh by.
func at(s []series, half int) []int {
	out := make([]int, len(s))
	for i := range s {
		out[i] = s[i][half]
	}
	return out
}
