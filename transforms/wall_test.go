package transforms

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"tereze/model"
)

// Random regions go the whole way; then a reader with the public file alone
// tries every simple sum: the region less its districts, a whole less its
// parts, a running count less the one before. None may have just one gap, no
// small count of the reports may stand in it, and what was published must.
func TestNoSumInThePublicFileHasASingleGap(t *testing.T) {
	for seed := int64(0); seed < 12; seed++ {
		r := rand.New(rand.NewSource(seed))
		s := newSmall()
		s.source("forms", "forms", model.Reported)
		s.source("press", "press", model.Published)
		var lines, press []string
		for _, area := range []string{"A", "B", "C"} {
			housed := 0
			for _, period := range []string{"2020-H1", "2020-H2", "2021-H1"} {
				served, waiting := r.Intn(9), r.Intn(9)
				if r.Intn(2) == 0 {
					served += 40
				}
				housed += r.Intn(8)
				lines = append(lines, fmt.Sprintf("%s %s need %d", area, period, served+waiting), fmt.Sprintf("%s %s served %d", area, period, served),
					fmt.Sprintf("%s %s waiting %d", area, period, waiting), fmt.Sprintf("%s %s housed %d", area, period, housed))
				if r.Intn(6) == 0 {
					press = append(press, fmt.Sprintf("%s %s served %d", area, period, served))
				}
			}
		}
		s.deliver("forms", strings.Join(lines, "\n"))
		if press != nil {
			s.deliver("press", strings.Join(press, "\n"))
		}
		s.indicator("need_count count need", "served_count count served", "waiting_count count waiting", "housed_count count housed",
			"housed_pace pace housed", "served_share share served need")
		p, _ := s.protect(t)

		public := map[string]bool{} // what was published, and so is known
		for _, l := range press {
			public[strings.Join(strings.Fields(l), " ")] = true
		}
		shown := map[string]string{}
		for _, l := range p.ask(t, `select indicator, area, period, value, source from value where source in ('forms', 'computed:forms')`) {
			f := strings.Fields(l)
			shown[f[0]+" "+f[1]+" "+f[2]] = f[3]
			id := strings.TrimSuffix(f[0], "_count")
			small := f[3] == "1" || f[3] == "2" || f[3] == "3" || f[3] == "4"
			if small && f[0] != "served_share" && !public[f[1]+" "+f[2]+" "+id+" "+f[3]] {
				t.Errorf("seed %d: %s is shown", seed, l)
			}
		}
		for _, l := range press {
			f := strings.Fields(l)
			if v := shown["served_count "+f[0]+" "+f[1]]; v != f[3] {
				t.Errorf("seed %d: the published %s is shown as %q in the reports", seed, l, v)
			}
		}
		gap := func(cells ...string) {
			gaps := 0
			for _, c := range cells {
				if v, ok := shown[c]; ok && v == "_" {
					gaps++
				} else if !ok {
					return
				}
			}
			if gaps == 1 && len(press) == 0 {
				t.Errorf("seed %d: one gap in %v", seed, cells)
			}
		}
		for _, period := range []string{"2020-H1", "2020-H2", "2021-H1"} {
			for _, k := range []string{"need_count", "served_count", "waiting_count", "housed_count", "housed_pace"} {
				gap(k+" R "+period, k+" A "+period, k+" B "+period, k+" C "+period)
			}
			for _, a := range []string{"A", "B", "C", "R"} {
				gap("need_count "+a+" "+period, "served_count "+a+" "+period, "waiting_count "+a+" "+period)
			}
		}
		for _, a := range []string{"A", "B", "C", "R"} {
			gap("housed_count "+a+" 2020-H1", "housed_count "+a+" 2020-H2", "housed_pace "+a+" 2020-H2")
			gap("housed_count "+a+" 2020-H2", "housed_count "+a+" 2021-H1", "housed_pace "+a+" 2021-H1")
		}
	}
}
